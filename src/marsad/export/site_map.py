"""The site's map: an SVG drawing of the places told of, over outlines of land where the program was built with them, and over lines of latitude and longitude where not.

Web Mercator, cut to where nearly all incidents are. Nothing is fetched, and no line says whose land it is: contested stretches of borders, as the file of the workspace's map marks
them, are dashed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import asinh, ceil, degrees, floor, hypot, radians, sqrt, tan

from marsad.export.map_extent import nearly_all
from marsad.export.site_shelf import Spot

WIDTH, HEIGHT = 960, 600
"""The drawing's size in its own units."""
_MOST_SPOTS = 1000
_MOST_NAMES = 14
_TAIL, _RIM = 0.02, 0.12
_STEP = 0.9
_MARGIN = 40.0
_TOP = 84.0
_FAR = 80.0
_DEFAULT = (25.0, 12.0, 60.0, 42.0)
_LAND = "web/static/vendor/world.json"
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A place as it is drawn; ``named`` where there is room for its name."""

    x: float
    y: float
    radius: float
    spot: Spot
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Paths of the land, of settled and contested borders ("" where there is no land), of the lines of degrees, and circles, the largest first; ``left`` places are not drawn."""

    land: str
    settled: str
    disputed: str
    degrees: str
    circles: Sequence[Circle]
    left: int


@dataclass(frozen=True, slots=True)
class _Sheet:
    """From degrees to units of the drawing."""

    west: float
    top: float
    scale: float

    def at(self, lon: float, lat: float) -> Point:
        return (lon - self.west) * self.scale, (self.top - _mercator(lat)) * self.scale


def drawing_of(spots: Sequence[Spot]) -> Drawing:
    """The drawing of some places, the one with most incidents first."""
    sheet = _sheet_of(spots)
    land, settled, disputed = _ground(sheet)
    circles = list(_circles(sheet, spots))
    return Drawing(
        land=land, settled=settled, disputed=disputed, degrees=_lines(sheet), circles=circles, left=len(spots) - len(circles)
    )  # fmt: skip


def _sheet_of(spots: Sequence[Spot]) -> _Sheet:
    west, south, east, north = _DEFAULT
    if spots:
        west, east = nearly_all([(one.lon, one.count) for one in spots], _TAIL, _RIM)
        south, north = nearly_all([(max(-_FAR, min(_FAR, one.lat)), one.count) for one in spots], _TAIL, _RIM)
    west, south, east, north = _within_land(west, south, east, north)
    top, bottom = _mercator(north), _mercator(south)
    scale = min(WIDTH / (east - west), HEIGHT / (top - bottom))
    west -= (WIDTH / scale - (east - west)) / 2
    return _Sheet(west, top + (HEIGHT / scale - (top - bottom)) / 2, scale)


def _within_land(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float]:
    """The part of it that has land in the file of outlines: beyond, an empty sea would be drawn where there is land. All of it where there is no such part."""
    lons = [point[0] for kind, ring in _outlines() if kind == "land" for point in ring]
    lats = [point[1] for kind, ring in _outlines() if kind == "land" for point in ring]
    if not lons or west > max(lons) or east < min(lons) or south > max(lats) or north < min(lats):
        return west, south, east, north
    return max(west, min(lons)), max(south, min(lats)), min(east, max(lons)), min(north, max(lats))


def _mercator(lat: float) -> float:
    return degrees(asinh(tan(radians(max(-_TOP, min(_TOP, lat))))))


def _circles(sheet: _Sheet, spots: Sequence[Spot]) -> Iterator[Circle]:
    most = max((one.count for one in spots), default=1)
    taken: list[Point] = []
    drawn = 0
    for one in spots:
        x, y = sheet.at(one.lon, one.lat)
        if drawn == _MOST_SPOTS or not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        drawn += 1
        free = all(abs(y - other[1]) > 22 or abs(x - other[0]) > 100 for other in taken)
        named = free and bool(one.place) and len(taken) < _MOST_NAMES and 40 < x < WIDTH - 40 and y > 24
        if named:
            taken.append((x, y))
        yield Circle(x=round(x, 1), y=round(y, 1), radius=round(2.2 + 20 * sqrt(one.count / most), 1), spot=one, named=named)  # fmt: skip


def _lines(sheet: _Sheet) -> str:
    """Lines of latitude and longitude, so many degrees apart that some stand on the sheet."""
    wide = WIDTH / sheet.scale
    step = next(size for size in (0.5, 1, 2, 5, 10, 20, 60) if wide / size <= 12 or size == 60)
    first, last = ceil(sheet.west / step), floor((sheet.west + wide) / step)
    made = [f"M{sheet.at(number * step, 0)[0]:.1f} 0V{HEIGHT}" for number in range(first, last + 1)]
    heights = (sheet.at(0, number * step)[1] for number in range(-int(_TOP / step), int(_TOP / step) + 1))
    made += [f"M0 {y:.1f}H{WIDTH}" for y in heights if 0 <= y <= HEIGHT]
    return "".join(made)


@cache
def _outlines() -> tuple[tuple[str, Sequence[Sequence[float]]], ...]:
    """Rings of ``land``, and lines of ``settled`` and ``disputed`` borders; none where the program was built without."""
    file = files("marsad").joinpath(_LAND)
    if not file.is_file():
        return ()
    found: list[tuple[str, Sequence[Sequence[float]]]] = []
    for feature in json.loads(file.read_bytes())["features"]:
        facts, lines = feature["properties"], feature["geometry"]["coordinates"]
        if facts["kind"] == "land":
            found += [("land", ring) for body in lines for ring in body]
        elif facts["kind"] == "border":
            found += [("disputed" if facts["disputed"] else "settled", line) for line in lines]
    return tuple(found)


def _ground(sheet: _Sheet) -> tuple[str, str, str]:
    made: dict[str, list[str]] = {"land": [], "settled": [], "disputed": []}
    for kind, points in _outlines():
        at = [sheet.at(point[0], point[1]) for point in points]
        made[kind].extend([_area(at)] if kind == "land" else _stretches(at))
    return "".join(made["land"]), "".join(made["settled"]), "".join(made["disputed"])


def _area(points: Sequence[Point]) -> str:
    """A ring as a path; what lies outside is drawn along the rim."""
    kept: list[Point] = []
    for x, y in points:
        point = (max(-_MARGIN, min(WIDTH + _MARGIN, x)), max(-_MARGIN, min(HEIGHT + _MARGIN, y)))
        if not kept or hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= _STEP:
            kept.append(point)
    flat = any(max(side) - min(side) < _STEP for side in zip(*kept, strict=True))
    return "" if len(kept) < 3 or flat else _path(kept) + "Z"


def _stretches(points: Sequence[Point]) -> Iterator[str]:
    run: list[Point] = []
    for here, there in pairwise(points):
        if _is_on(here) or _is_on(there):
            run = run or [here]
            if hypot(there[0] - run[-1][0], there[1] - run[-1][1]) >= _STEP or there == points[-1]:
                run.append(there)
        elif run:
            yield _line(run)
            run = []
    if run:
        yield _line(run)


def _line(run: Sequence[Point]) -> str:
    return _path(run) if len(run) > 1 else ""  # a corner that only touches the sheet is no line


def _is_on(point: Point) -> bool:
    return -_MARGIN <= point[0] <= WIDTH + _MARGIN and -_MARGIN <= point[1] <= HEIGHT + _MARGIN


def _path(points: Sequence[Point]) -> str:
    """Whole steps of a tenth of a unit from one point to the next: half as long as points would be."""
    at_x, at_y = (round(one * 10) for one in points[0])
    made = [f"M{at_x / 10:g} {at_y / 10:g}l"]
    for x, y in points[1:]:
        step_x, step_y = round(x * 10) - at_x, round(y * 10) - at_y
        at_x, at_y = at_x + step_x, at_y + step_y
        made.append(f"{step_x / 10:g} {step_y / 10:g} ")
    return "".join(made)
