"""Finding the scenes that one can be compared with at all, without looking at the others: by place and day, region and day, copies, speakers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from math import floor

from marsad.incidents.families import SPEECH, WITHOUT_COUNTRY
from marsad.incidents.scene import Scene
from marsad.model.incident import Spot

_CELL = 0.15
"""Degrees: a cell and its neighbours hold all within 16 km in the north and 13 in the east of the Arab world."""
DAYS_AROUND = 3
"""Scenes that lie further apart than this many days are not compared, but for copies of one text and tolls of periods."""
_MOST_DAYS = 9
_MOST_IN_REGION = 80
"""More scenes than this in one region on one day: a claim about the region as a whole fits many of them, so it is not asked which."""


_EVERYWHERE = frozenset(("violence", "territory"))


class Index:
    """Scenes by keys; a scene is found by any key that it shares with the one that asks."""

    def __init__(self) -> None:
        self._scenes: dict[Hashable, dict[int, None]] = {}

    def add(self, number: int, scene: Scene) -> None:
        """File an incident under all the keys of a scene that it holds."""
        for key in _keys(scene):
            self._scenes.setdefault(key, {})[number] = None

    def moved(self, number: int, scene: Scene) -> None:
        """File an incident that has grown under where and when it now lies; what each of its scenes brought it has been filed with that."""
        if scene.group in SPEECH or scene.period or scene.spot is None:
            return
        days = _days(scene, 0)
        for place in _where(scene, scene.spot):
            for day in days:
                self._scenes.setdefault((*place, day), {})[number] = None

    def near(self, scene: Scene) -> list[int]:
        """The numbers of the scenes that may be of the same event, in order."""
        found: dict[int, None] = {}
        for key in _asked(scene):
            numbers = self._scenes.get(key)
            if numbers and (len(numbers) <= _MOST_IN_REGION or key[0] not in ("region", "land")):
                found.update(numbers)
        return sorted(found)


def _keys(scene: Scene) -> Iterator[tuple[Hashable, ...]]:
    """Under what a scene is filed: where and when it lies."""
    return _under(scene, _places, 0)


def _asked(scene: Scene) -> Iterator[tuple[Hashable, ...]]:
    """Where a scene of the same event may be filed: around it, some days before and after."""
    return _under(scene, _places_around, DAYS_AROUND)


def _under(
    scene: Scene, places: Callable[[Scene], Iterator[tuple[Hashable, ...]]], around: int
) -> Iterator[tuple[Hashable, ...]]:
    if scene.families:
        yield from (
            ("copies", family, code) for family in sorted(scene.families) for code in sorted(scene.codes)
        )
    if scene.period:
        yield from _period_keys(scene)
        return
    days = _days(scene, around)
    for place in places(scene):
        yield from ((*place, day) for day in days)


def _period_keys(scene: Scene) -> Iterator[tuple[Hashable, ...]]:
    spot, when = scene.spot, scene.when
    assert when.start is not None
    where = (spot.id or spot.name) if spot else ""
    yield ("period", where, when.start.year, when.start.month)
    if spot and spot.country:
        yield from (
            ("period toll", spot.country, count.min) for count in scene.killed if (count.min or 0) > 2
        )


def _days(scene: Scene, around: int) -> range:
    start, end = scene.when.start, scene.when.end
    if start is None or end is None:
        return range(-1, 0)
    first, last = start.toordinal() - around, end.toordinal() + around
    return range(first, min(last, first + _MOST_DAYS + 2 * around) + 1)


def _cell(degrees: float) -> int:
    return floor(degrees / _CELL)


def _places(scene: Scene) -> Iterator[tuple[Hashable, ...]]:
    spot = scene.spot
    if scene.group in WITHOUT_COUNTRY:
        yield from (("speaker", who) for who in sorted(scene.speakers))
        if scene.group in SPEECH:
            return
    if spot is None:
        yield from (("nowhere", code) for code in sorted(scene.codes))
        return
    yield from _where(scene, spot)
    yield from _in_country(scene, spot)


def _where(scene: Scene, spot: Spot) -> Iterator[tuple[Hashable, ...]]:
    if scene.precise:
        yield ("cell", _cell(spot.lat or 0.0), _cell(spot.lon or 0.0))
    else:
        yield ("wide", spot.id or spot.name)
    if spot.admin:
        yield ("region", spot.admin)


def _in_country(scene: Scene, spot: Spot) -> Iterator[tuple[Hashable, ...]]:
    """What finds a scene from anywhere in its country: its toll, and for what is rarer than blows its kind of event."""
    if spot.country:
        yield from (("toll", spot.country, count.min) for count in scene.killed if (count.min or 0) > 2)
        if scene.group not in _EVERYWHERE:
            yield ("land", spot.country)


def _places_around(scene: Scene) -> Iterator[tuple[Hashable, ...]]:
    spot = scene.spot
    if scene.group in SPEECH or spot is None:
        yield from _places(scene)
        return
    if scene.group in WITHOUT_COUNTRY:
        yield from (("speaker", who) for who in sorted(scene.speakers))
    if scene.precise:
        x, y = _cell(spot.lat or 0.0), _cell(spot.lon or 0.0)
        yield from (("cell", x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
    else:
        yield ("wide", spot.id or spot.name)
        if spot.admin:
            yield ("region", spot.admin)
    yield from _in_country(scene, spot)
