"""Which sub-event type of ACLED an incident is.

Every event of an incident that a root affirms maps to one sub-event type (the codebook's ``acled``, with the rules below); the row has the one that stands first in ACLED's order,
so that a clash with shelling and dead is one battle. An attack by means that are not said is the act whose means somebody says, where there is one; deaths are an event of their own
only where no act is told. Acts of speech, courts and sanctions are no events of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marsad.codebook import load_codebook
from marsad.export.coders_sides import STATE_FORCES, Sides

SUB_EVENTS: Mapping[str, str] = {
    sub: event
    for event, subs in (
        ("Battles", ("Government regains territory", "Non-state actor overtakes territory", "Armed clash")),
        ("Protests", ("Excessive force against protesters", "Protest with intervention", "Peaceful protest")),
        ("Riots", ("Violent demonstration", "Mob violence")),
        (
            "Explosions/Remote violence",
            (
                "Chemical weapon",
                "Air/drone strike",
                "Suicide bomb",
                "Shelling/artillery/missile attack",
                "Remote explosive/landmine/IED",
                "Grenade",
            ),
        ),
        ("Violence against civilians", ("Sexual violence", "Attack", "Abduction/forced disappearance")),
        (
            "Strategic developments",
            (
                "Agreement",
                "Arrests",
                "Change to group/activity",
                "Disrupted weapons use",
                "Headquarters or base established",
                "Looting/property destruction",
                "Non-violent transfer of territory",
                "Other",
            ),
        ),
    )
    for sub in subs
}
"""Their sub-event types with the event type of each, the one that goes before others first."""
FIGHTING = ("fight.", "strike.", "blast.", "harm.", "territory.repel", "territory.advance")
"""Events by which a change of control was fought for."""
_SPOKEN = ("say.", "law.", "talks.contact")
_MEANS = ("strike.air", "strike.drone", "strike.shelling", "blast.")
_ACTS = (*_MEANS, "fight.", "territory.", "protest.")
_DEATHS = ("harm.killed", "harm.assassination", "harm.execution")
_FORCE = ("fight.", "harm.killed", "harm.assassination", "harm.execution")
_ORDER = {sub: number for number, sub in enumerate(SUB_EVENTS)}
_ARMED = ("Battles", "Explosions/Remote violence", "Violence against civilians")


def sub_event_of(events: Sequence[str], sides: Sides, country: str) -> str | None:
    """The sub-event type of an incident in a country, from the events that a root affirms; None where ACLED has none for them."""
    found = [sub for code in events if (sub := _one(code, events, sides, country))]
    return min(found, key=_ORDER.__getitem__, default=None)


def _one(code: str, events: Sequence[str], sides: Sides, country: str) -> str | None:
    if code.startswith(_SPOKEN) or _told_better(code, events):
        return None
    if code == "territory.control":
        return _control(events, sides, country)
    if code in ("fight.attack", "harm.killed", "harm.assassination"):
        return _attack(code, sides)
    if code == "protest.demonstration":
        return _protest(events)
    if code == "harm.abuse":
        return "Attack"
    found = load_codebook().events[code].acled
    return found[0].sub_event if found else None


def _told_better(code: str, events: Sequence[str]) -> bool:
    """Whether other events of the incident say what this one leaves open."""
    if code == "fight.attack":
        return any(other.startswith((*_MEANS, "protest.")) for other in events)
    return code in _DEATHS and any(other.startswith(_ACTS) for other in events)


def _control(events: Sequence[str], sides: Sides, country: str) -> str:
    if not any(code.startswith(FIGHTING) for code in events):
        return "Non-violent transfer of territory"
    gainer = sides.first[0] if sides.first else None
    loser = sides.second[0] if sides.second else None
    if gainer is None or gainer.code(country) is None:
        # Whoever takes a place from the forces of the state is not the state.
        taken = gainer is not None and loser is not None and loser.code(country) == STATE_FORCES
        return "Non-state actor overtakes territory" if taken else "Armed clash"
    own = gainer.code(country) == STATE_FORCES
    return "Government regains territory" if own else "Non-state actor overtakes territory"


def _attack(code: str, sides: Sides) -> str:
    """An attack or deaths: against civilians, or between the armed. Deaths of people whom the words do not call fighters are those of civilians, as ACLED takes them."""
    kinds = {one.kind for one in sides.second}
    armed = bool(kinds & {"fighters", "regulars"}) or any(one.inter for one in sides.second)
    if "civilians" in kinds and not armed:
        return "Attack"
    return "Armed clash" if armed or code == "fight.attack" else "Attack"


def _protest(events: Sequence[str]) -> str:
    if any(code.startswith(_FORCE) for code in events):
        return "Excessive force against protesters"
    if any(code in ("custody.arrest", "harm.abuse", "harm.wounded") for code in events):
        return "Protest with intervention"
    return "Peaceful protest"


def disorder_of(sub: str) -> str:
    """Their disorder type of a sub-event type."""
    event = SUB_EVENTS[sub]
    if sub == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if event in _ARMED or sub == "Mob violence":
        return "Political violence"
    return "Demonstrations" if event in ("Protests", "Riots") else "Strategic developments"
