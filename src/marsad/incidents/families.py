"""Which events can be one incident: groups of codes, and how well two codes fit together.

An act and what it did are one incident; so are entry, capture, withdrawal and loss of one place in one movement (CODEBOOK section 8). An act and
the counter-act on it are two: an attack and the arrest of who did it are in different groups.
"""

from __future__ import annotations

from functools import cache

from marsad.codebook import load_codebook

_GROUPS = {
    "violence": "strike.* blast.* fight.* harm.killed harm.wounded harm.assassination harm.execution damage.property people.displaced",
    "territory": "territory.* people.evacuated",
    "custody": "custody.arrest harm.abduction harm.abuse",
    "release": "custody.release custody.exchange",
    "movement": "people.returned",
    "forces": "force.move",
    "relief": "aid.*",
    "protest": "protest.*",
    "justice": "law.*",
    "contact": "talks.contact",
    "truce": "talks.agreement talks.breach",
    "demand": "say.demand",
    "threat": "say.threat",
    "accusation": "say.accuse",
    "support": "say.support",
    "refusal": "say.reject",
}
SPEECH = frozenset(("contact", "demand", "threat", "accusation", "support", "refusal", "justice"))
"""Groups whose events are acts of speech: who speaks tells them apart, and a place is seldom said."""

WITHOUT_COUNTRY = SPEECH | {"truce"}
"""Groups that are one block for the whole world: a truce is told with or without a place, and who agrees to it tells it apart."""

NEVER = -9.0


def _groups() -> dict[str, str]:
    """The group of every code of the codebook; a code that is in none is a group of its own."""
    found = {}
    for code in load_codebook().events:
        family = code.split(".")[0]
        fitting = [
            name for name, codes in _GROUPS.items() if code in codes.split() or f"{family}.*" in codes.split()
        ]
        found[code] = fitting[0] if fitting else code
    return found


EVENT_GROUPS = _groups()
_RANK = {name: number for number, name in enumerate(_GROUPS)}


def rank(group: str) -> tuple[int, str]:
    """The place of a group in a fixed order: what was done before what was said."""
    return (_RANK.get(group, len(_RANK)), group)


_FIT: dict[tuple[str, str], float] = {
    # How well two acts fit, from 2 (the same) down; what is not listed: see `fit`. Set by hand from the definitions of the codes:
    # news calls one bombardment "غارة" and "قصف" (shelling is also bombardment by means not said), an attack by means not said may be any of them.
    ("strike.air", "strike.shelling"): 1.0,
    ("strike.air", "strike.drone"): 1.2,
    ("strike.drone", "strike.shelling"): 0.8,
    ("fight.attack", "strike.air"): 0.6,
    ("fight.attack", "strike.drone"): 0.6,
    ("fight.attack", "strike.shelling"): 0.6,
    ("blast.explosion", "fight.attack"): 0.5,
    ("blast.suicide", "fight.attack"): 0.8,
    ("blast.explosion", "blast.suicide"): 1.5,
    ("fight.attack", "fight.clash"): 1.0,
    ("blast.explosion", "strike.shelling"): -0.5,
    ("blast.explosion", "strike.air"): -0.5,
    ("blast.explosion", "strike.drone"): -0.2,
    ("harm.assassination", "blast.explosion"): 0.5,
    ("harm.assassination", "fight.attack"): 1.0,
    ("harm.assassination", "harm.killed"): 1.5,
    ("harm.execution", "harm.killed"): 1.0,
    ("strike.intercept", "strike.drone"): 0.3,
    ("strike.intercept", "strike.shelling"): 0.3,
    ("strike.air", "strike.intercept"): 0.0,
    ("territory.advance", "territory.control"): 1.5,
    ("territory.control", "territory.withdrawal"): 1.5,
    ("territory.advance", "territory.withdrawal"): 0.8,
    ("territory.control", "territory.repel"): 0.5,
    ("territory.advance", "territory.repel"): 1.0,
    ("territory.advance", "territory.siege"): 0.3,
    ("territory.control", "territory.siege"): 0.2,
    # Buses that take fighters out under an agreement are their withdrawal.
    ("people.evacuated", "territory.withdrawal"): 1.0,
    ("people.evacuated", "territory.control"): 0.5,
    ("people.evacuated", "territory.advance"): -1.0,
    ("people.evacuated", "territory.repel"): -2.0,
    ("protest.demonstration", "protest.riot"): 1.3,
    ("harm.abduction", "custody.arrest"): 0.8,
    ("custody.exchange", "custody.release"): 1.3,
    ("talks.agreement", "talks.breach"): NEVER,
}
OUTCOMES = frozenset(("harm.killed", "harm.wounded", "damage.property", "people.displaced"))
"""What an act did: told with it or without it."""


@cache
def fit(one: str, other: str) -> float:
    """How well two codes fit into one incident: 2 for the same code, `NEVER` for codes that cannot be one.

    >>> fit("strike.air", "harm.killed")
    1.0
    """
    if one == other:
        return 2.0
    if EVENT_GROUPS[one] != EVENT_GROUPS[other]:
        return NEVER
    listed = _FIT.get((one, other), _FIT.get((other, one)))
    if listed is not None:
        return listed
    if {one, other} <= OUTCOMES:
        return 0.8
    if one in OUTCOMES or other in OUTCOMES:
        return 1.0
    return -2.0 if EVENT_GROUPS[one] == "violence" else 0.5
