"""Which of our incidents is which of their events: candidates by a grid, a fit of each pair, and pairs one to one, the best first.

A pair comes into question where the distance is within what both precisions and ``km`` allow, the days are no further apart than ``days`` beyond what both intervals cover,
and the types fit. It is then scored from 0 to 1 by place, time, type and actors; actors that are not known on either side do not count at all. Tolls are shown and never
scored: they are what the two are compared for. The rules are the same whoever took part.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import asin, ceil, cos, floor, radians, sin, sqrt
from typing import Literal

from marsad.references import ReferenceEvent, acled_fit
from marsad.run.comparing_names import TheirNames
from marsad.run.comparing_ours import MONTH, Ours

ENOUGH = 0.6
"""The lowest score of a pair that is taken for one event."""
Met = Literal["same", "side", "other", "unknown"]

_CELL = 0.5
_KM_OF_DEGREE = 111.2
_MOST = 20
"""Candidates of one event that are kept."""
_SAME_NAME = 25.0
"""Kilometres within which two places of one name are one place, whatever their points."""
_WEIGHTS = {"place": 0.35, "time": 0.25, "type": 0.2, "actors": 0.2}
_OF_TYPE = {"same": 1.0, "deadly": 0.8, "group": 0.7, "force": 0.4, "unknown": 0.4}
_OF_ACTORS: dict[Met, float] = {"same": 1.0, "side": 0.8, "other": 0.0}


@dataclass(frozen=True, slots=True)
class Fit:
    """How one of theirs fits one of ours.

    Attributes:
        score: 0 to 1.
        km: Kilometres between the points.
        allowed: Kilometres that both precisions allow.
        days: Days between the two intervals, 0 where they meet.
        type: ``same``, ``group``, ``force``, ``deadly`` or ``unknown``.
        actors: Whether an actor of theirs is one of ours (or a part of it): ``same``; only on one side with it: ``side``; neither: ``other``; not known: ``unknown``.
        shared: Ids of ours that met one of theirs.
        named: Whether the two places bear one name: the place itself, or the governorate where only that is known; None where that is not known.
    """

    score: float
    km: float
    allowed: float
    days: int
    type: str
    actors: Met
    shared: tuple[str, ...]
    named: bool | None


@dataclass(frozen=True, slots=True)
class Theirs:
    """An event with its days as ordinals and what its names mean."""

    event: ReferenceEvent
    first: int
    last: int
    places: frozenset[str]
    admin: str
    actors: frozenset[str]


class Grid:
    """Our incidents by cells of half a degree that they reach into, within a cell by their first days."""

    def __init__(self, ours: Sequence[Ours]) -> None:
        self._cells: dict[tuple[int, int], tuple[list[int], list[tuple[int, int]]]] = {}
        for number in sorted(range(len(ours)), key=lambda one: ours[one].first):
            one = ours[number]
            for cell in cells(one.lat, one.lon, one.reach):
                firsts, numbers = self._cells.setdefault(cell, ([], []))
                firsts.append(one.first)
                numbers.append((one.last, number))

    def near(self, event: ReferenceEvent, km: float, days: int) -> set[int]:
        """Numbers of the incidents that may lie within reach of an event, in its days."""
        assert event.lat is not None and event.lon is not None
        first, last = event.first_day.toordinal() - days, event.last_day.toordinal() + days
        found: set[int] = set()
        for cell in cells(event.lat, event.lon, event.reach + km):
            firsts, numbers = self._cells.get(cell, ([], []))
            begun = numbers[bisect_left(firsts, first - MONTH) : bisect_left(firsts, last + 1)]
            found.update(number for ended, number in begun if ended >= first)
        return found


def cells(lat: float, lon: float, reach: float) -> Iterator[tuple[int, int]]:
    """The cells that a circle (in kilometres) touches; around the back of the globe, too."""
    high = reach / _KM_OF_DEGREE
    wide = min(180.0, high / max(0.01, cos(radians(min(89.0, abs(lat) + high)))))
    for south in range(floor((lat - high) / _CELL), ceil((lat + high) / _CELL) + 1):
        for west in range(floor((lon - wide) / _CELL), ceil((lon + wide) / _CELL) + 1):
            yield south, west % round(360 / _CELL)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two points, along the globe."""
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


class Matcher:
    """Fits events to incidents.

    Args:
        ours: The incidents.
        names: What their names mean.
        km: Kilometres allowed beyond both precisions.
        days: Days allowed beyond both intervals.
    """

    def __init__(self, ours: Sequence[Ours], names: TheirNames, *, km: float, days: int) -> None:
        self._ours, self._names, self._km, self._days = ours, names, km, days
        self._grid = Grid(ours)

    def candidates(self, event: ReferenceEvent) -> list[tuple[float, int]]:
        """The best incidents for an event as scores and numbers, those that are enough, the best first."""
        if event.lat is None or event.lon is None:
            return []
        theirs = self._known(event)
        scored = (
            (fit.score, -number)
            for number in self._grid.near(event, max(self._km, _SAME_NAME), self._days)
            if (fit := self._fit(theirs, self._ours[number])) is not None and fit.score >= ENOUGH
        )
        return [(score, -number) for score, number in heapq.nlargest(_MOST, scored)]

    def fit(self, event: ReferenceEvent, number: int) -> Fit | None:
        """How an event fits an incident, None where it does not come into question."""
        return self._fit(self._known(event), self._ours[number])

    def _known(self, event: ReferenceEvent) -> Theirs:
        names = self._names
        first, last = event.first_day.toordinal(), event.last_day.toordinal()
        return Theirs(event, first, last, names.places(event), names.admin(event), names.actors(event))

    def _fit(self, theirs: Theirs, one: Ours) -> Fit | None:
        event = theirs.event
        gap = max(0, theirs.first - one.last, one.first - theirs.last)
        if gap > self._days or event.lat is None or event.lon is None:
            return None
        km = kilometres((event.lat, event.lon), (one.lat, one.lon))
        allowed = one.reach + event.reach + self._km
        if km > max(allowed, _SAME_NAME):
            return None
        named = _named(theirs, one)
        if km > allowed and not named:
            return None
        kind = "deadly" if event.origin == "ucdp" else acled_fit(event, one.row.events)
        if not kind:
            return None
        met, shared = self._met(theirs, one)
        parts = {
            "place": _of_place(km, allowed, named),
            "time": _of_time(gap / (self._days + 1), theirs.last - theirs.first, one.last - one.first),
            "type": _OF_TYPE[kind],
        }
        if met != "unknown":
            parts["actors"] = _OF_ACTORS[met]
        weight = sum(_WEIGHTS[part] for part in parts)
        score = sum(_WEIGHTS[part] * value for part, value in parts.items()) / weight
        return Fit(round(score, 4), km, allowed, gap, kind, met, shared, named)

    def _met(self, theirs: Theirs, one: Ours) -> tuple[Met, tuple[str, ...]]:
        if not theirs.actors or not one.actors:
            return "unknown", ()
        chain = self._names.chain
        above = frozenset().union(*map(chain, theirs.actors))
        shared = tuple(
            mine for mine in one.actors if mine in above or not chain(mine).isdisjoint(theirs.actors)
        )
        if shared:
            return "same", shared
        day = theirs.first
        sides = {self._names.side(actor, day) for actor in theirs.actors} - {""}
        allied = tuple(mine for mine in one.actors if self._names.side(mine, day) in sides)
        return ("side", allied) if allied else ("other", ())


def paired(candidates: Sequence[Sequence[tuple[float, int]]]) -> dict[int, int]:
    """Pairs one to one, the best first; equal ones in the order in which they came.

    Args:
        candidates: Of each event, scores and numbers of incidents.

    Returns:
        From the number of an event to that of its incident.
    """
    pairs = sorted(
        (-score, event, number) for event, found in enumerate(candidates) for score, number in found
    )
    taken: set[int] = set()
    matched: dict[int, int] = {}
    for _, event, number in pairs:
        if event not in matched and number not in taken:
            matched[event] = number
            taken.add(number)
    return matched


def _named(theirs: Theirs, one: Ours) -> bool | None:
    """Whether the names of the two places meet; a governorate's only where one of ours is known to no more."""
    if one.row.place_id in theirs.places:
        return True
    if theirs.admin and one.admin and one.admin.partition("-")[0] == theirs.admin.partition("-")[0]:
        if theirs.admin != one.admin:
            return False
        if one.row.precision == "governorate":
            return True
    return None


def _of_place(km: float, allowed: float, named: bool | None) -> float:
    vague = 1.0 if allowed <= 20 else 0.8 if allowed <= 60 else 0.55
    near = vague * (1 - 0.5 * min(1.0, km / allowed))
    if named is None:
        return near
    return max(near, vague * 0.9) if named else near * 0.6


def _of_time(apart: float, theirs: int, ours: int) -> float:
    widest = max(theirs, ours)
    return (1 - apart) * (1.0 if widest == 0 else 0.85 if widest <= 7 else 0.6)
