"""Control: who is said to hold a place, in a row of spells; what is not told is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from marsad.model.incident import Reason, Spot

ControlState = Literal["held", "contested", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds or claims a place: the register's id ("" where not known), what to call it, and the side it was on."""

    id: str
    label: str
    side: str = ""

    @property
    def key(self) -> str:
        """What tells it from others: its side where that is known, its id, or its words."""
        return self.side or self.id or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A stretch of time in which a place had one holder, or was contested, or is not known.

    Attributes:
        id: Stable while the place and the incident that began it stay.
        place: Where.
        holder: Who holds it; in a contested spell the last known one; None where not known.
        claimant: In a contested spell the other.
        start: First day.
        end: Day on which the next spell begins, or None while it lasts.
        state: held, contested or unknown.
        incidents: Ids of the incidents that it rests on.
        roots: Whose word it is.
        reasons: Why, incident by incident.
    """

    id: str
    place: Spot
    holder: Holder | None
    claimant: Holder | None = None
    start: date
    end: date | None
    state: ControlState
    incidents: tuple[str, ...]
    roots: tuple[str, ...]
    reasons: tuple[Reason, ...]
