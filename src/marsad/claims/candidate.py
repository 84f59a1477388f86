"""A candidate: a hit with the parts found for it so far, on its way to becoming a claim or being dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from marsad.claims.hits import Hit
from marsad.claims.view import View
from marsad.model import Count, Mention, Source, TimeExpr
from marsad.model.actor import RoleName
from marsad.model.claim import Modality, Polarity

ROLES: frozenset[str] = frozenset(("agent", "patient", "gainer", "loser", "party"))


@dataclass(slots=True, kw_only=True)
class Candidate:
    """What may become evidence of a claim; ``origin`` says which rule and words gave each part."""

    hit: Hit
    view: View
    event: str
    passive: bool = False
    folded: bool = False
    """A verb that only carries on an event noun before it, and is no event of its own"""
    roles: dict[RoleName, list[Mention]] = field(default_factory=dict)
    places: list[Mention] = field(default_factory=list)
    time: TimeExpr | None = None
    counts: tuple[Count, ...] = ()
    chain: tuple[Source, ...] = ()
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    clause: tuple[int, int] = (0, 0)
    cause: Candidate | None = None
    effects: list[Candidate] = field(default_factory=list)
    ruled: dict[RoleName, list[Mention]] = field(default_factory=dict)
    """The roles as the frames gave them, before ranking"""
    before: Candidate | None = None
    """The candidate before it in the text whose doer the frames found"""
    barred: frozenset[int] = frozenset()
    """Identities of the mentions that only speak or are harmed in its sentence, and so do no violence there"""
    rivals: tuple[str, ...] = ()
    """Other events that the same word can name"""
    doer: tuple[Mention, ...] = ()
    """The subject of the verb that carries an event noun: شنت القوات هجوما"""
    origin: dict[str, tuple[str, str]] = field(default_factory=dict)
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    shares: dict[str, list[Any]] = field(default_factory=dict)
    """By role, and for the place: the noun phrases near by with what share of it each has (choice.py)"""

    def give(self, role: RoleName, mentions: list[Mention], rule: str) -> None:
        """Add noun phrases in a role; the first rule that gives a role is kept as its origin."""
        if not mentions:
            return
        known = self.roles.setdefault(role, [])
        known.extend(mention for mention in mentions if mention not in known)
        self.origin.setdefault(role, (rule, ""))

    def set_places(self, mentions: list[Mention], rule: str) -> None:
        """Say where it happened, unless that is known."""
        if mentions and not self.places:
            self.places = list(mentions)
            self.origin["place"] = (rule, "")

    @property
    def family(self) -> str:
        """The event's family: "strike" for "strike.air"."""
        return self.event.partition(".")[0]
