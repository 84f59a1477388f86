"""What the sides of an incident are called in ACLED's columns, and the codes of their types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.export.acled_events import SUB_EVENTS
from marsad.export.coders_sides import Member, Sides
from marsad.export.coders_words import is_named_force

ROLES = {
    1: "State forces",
    2: "Rebel group",
    3: "Political militia",
    4: "Identity militia",
    5: "Rioters",
    6: "Protesters",
    7: "Civilians",
    8: "External/Other forces",
}
"""Their words for the types of actors."""
MILITIA, RIOTERS, PROTESTERS, CIVILIANS = 3, 5, 6, 7
UNKNOWN_FORCES = "Unidentified Military Forces"
_ARMED = ("Battles", "Explosions/Remote violence", "Violence against civilians")
_CROWDS = {"Protests": PROTESTERS, "Riots": RIOTERS}
_AGAINST = ("Excessive force against protesters", "Protest with intervention")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of a row: its name and the code of its type, None where that is not known."""

    name: str
    code: int | None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an incident is: the country's ISO 3166-1 alpha-2 code and its English name."""

    code: str
    country: str


Parties = tuple[tuple[Party, ...], tuple[Party, ...]]


def parties_of(sub: str, events: Sequence[str], sides: Sides, scene: Scene) -> Parties:
    """The first and the second side of a row, each with its main actor first."""
    event = SUB_EVENTS[sub]
    if event in _CROWDS:
        return _crowd(sub, sides, scene)
    first, second = _named(sides.first, scene), _named(sides.second, scene)
    if event == "Violence against civilians":
        second = _victims(second, scene)
    if not first and event in _ARMED:
        forces = event.startswith("Explosions") and "strike.air" in events
        first = (Party(UNKNOWN_FORCES, None) if forces else _unknown_group(scene),)
    elif not first:
        first, second = second, ()
    return first, second


def interaction(first: Sequence[Party], second: Sequence[Party]) -> str:
    """The pair of types as ACLED writes it, the lower code first; "" where one of them is not known."""
    one = first[0].code if first else None
    if one is None:
        return ""
    if not second:
        return f"{ROLES[one]} only"
    other = second[0].code
    return "" if other is None else "-".join(ROLES[code] for code in sorted((one, other)))


def role(parties: Sequence[Party]) -> str:
    """The type of the main actor in ACLED's words; "" where there is none or it is not known."""
    return ROLES.get(parties[0].code or 0, "") if parties else ""


def targets_civilians(sub: str, second: Sequence[Party]) -> bool:
    """Whether civilians were the main or only target."""
    event = SUB_EVENTS[sub]
    if event == "Violence against civilians" or sub == "Excessive force against protesters":
        return True
    return event == "Explosions/Remote violence" and bool(second) and second[0].code == CIVILIANS


def _crowd(sub: str, sides: Sides, scene: Scene) -> Parties:
    """Protests: the crowd, with the actors of the register who are told as protesting; somebody on the other side only where they acted."""
    code = _CROWDS[SUB_EVENTS[sub]]
    known = [one for one in sides.first if one.kind == "known"]
    crowd = Party(f"{ROLES[code]} ({scene.country})", code)
    against = [one for one in sides.second if one.kind not in ("civilians", "words")]
    return (crowd, *_named(known, scene)), _named(against, scene) if sub in _AGAINST else ()


def _victims(second: tuple[Party, ...], scene: Scene) -> tuple[Party, ...]:
    """Of violence against civilians: whoever has no type of their own is civilians, for that is what the type of the event says."""
    if not second:
        return (Party(f"Civilians ({scene.country})", CIVILIANS),)
    return tuple(Party(one.name, CIVILIANS if one.code is None else one.code) for one in second)


def _named(members: Sequence[Member], scene: Scene) -> tuple[Party, ...]:
    return tuple(dict.fromkeys(_party(one, scene) for one in members))


def _party(member: Member, scene: Scene) -> Party:
    if member.kind == "civilians":
        return Party(f"Civilians ({scene.country})", CIVILIANS)
    if member.kind in ("fighters", "regulars") and is_named_force(member.name):
        return Party(member.name, None)
    if member.kind == "fighters":
        return _unknown_group(scene)
    if member.kind == "regulars":
        return Party(UNKNOWN_FORCES, None)
    return Party(member.name, member.code(scene.code))


def _unknown_group(scene: Scene) -> Party:
    return Party(f"Unidentified Armed Group ({scene.country})", MILITIA)
