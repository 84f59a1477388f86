"""The two sides of a row in UCDP's columns, and which type of violence they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.export.coders_sides import OUTSIDERS, STATE_FORCES, Member, Sides
from marsad.export.coders_words import is_named_force
from marsad.export.countries import country_of

Sort = Literal["state", "group", "civilians", ""]
_GROUPS = (2, 3, 4)
_UNNAMED = {"fighters": "Unidentified fighters", "regulars": "Unidentified soldiers or police"}
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Side:
    """A side: its name, what it is for UCDP, and its main actor with those on its side."""

    name: str
    sort: Sort
    members: tuple[Member, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Ids of its actors of the register."""
        return frozenset(one.id for one in self.members if one.id)


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two sides, each None where nobody is told, and the type of violence, None where it is not known."""

    a: Side | None
    b: Side | None
    violence: int | None

    @property
    def name(self) -> str:
        """Both names; "" where one side is not told."""
        return f"{self.a.name} - {self.b.name}" if self.a and self.b else ""

    def number(self, side: Literal["a", "b"]) -> int | None:
        """The Gleditsch-Ward number of the state whose forces a side is."""
        found = self.a if side == "a" else self.b
        if found is None or found.members[0].inter != STATE_FORCES:
            return None
        home = country_of(found.members[0].country)
        return home.gw if home else None


def dyad_of(sides: Sides, country: str) -> Dyad:
    """The sides of an incident in a country as UCDP orders them."""
    first, second = _side(sides.first, country), _side(sides.second, country)
    violence = _violence(first, second)
    if first is None or second is None or violence in (None, ONE_SIDED):
        return Dyad(first, second, violence)
    # The state goes first; of two states or two groups the first by name, so that who is told first changes nothing.
    one, other = sorted((first, second), key=lambda side: (side.sort != "state", side.name))
    return Dyad(one, other, violence)


def _violence(first: Side | None, second: Side | None) -> int | None:
    sorts = (first.sort if first else "", second.sort if second else "")
    if sorts[1] == "civilians" and sorts[0] in ("state", "group"):
        return ONE_SIDED
    if not {*sorts} <= {"state", "group"}:
        return None
    return STATE_BASED if "state" in sorts else NON_STATE


def _side(members: tuple[Member, ...], country: str) -> Side | None:
    if not members:
        return None
    main = members[0]
    if main.kind == "civilians":
        return Side("Civilians", "civilians", members)
    if main.kind in ("fighters", "regulars") and not is_named_force(main.name):
        return Side(_UNNAMED[main.kind], "", members)
    code = main.code(country)
    sort: Sort = "state" if code in (STATE_FORCES, OUTSIDERS) else "group" if code in _GROUPS else ""
    return Side(main.name, sort, members)
