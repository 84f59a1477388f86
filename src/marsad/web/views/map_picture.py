"""The map as a drawing made at the server: what is seen where the browser draws no map, without scripts, and on paper.

Web Mercator, as the map in the browser, cut to where the reports are. Bubbles stand for cells of a grid; their slices are the shares of statuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import asinh, atan, cos, degrees, hypot, pi, radians, sin, sinh, sqrt, tan

from marsad.export import nearly_all
from marsad.store.reads import Cell
from marsad.web.views.bars import STATUSES
from marsad.web.views.ground import outlines

WIDTH, HEIGHT = 960, 600
"""The drawing's size in its own units."""
_STEP = 1.8
"""Points of a coast nearer than this to the one before are left out."""
_MARGIN = 30.0
_MOST_BUBBLES = 120
_MOST_NAMES = 16
_TAIL, _RIM = 0.05, 0.16
_TOP_LATITUDE = 84.0
_DEFAULT = (25.0, 12.0, 60.0, 42.0)

Extent = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A projection: from degrees to units of the drawing."""

    west: float
    top: float
    scale: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point of the globe lies on the drawing."""
        return (lon - self.west) * self.scale, (self.top - _mercator(lat)) * self.scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """A cell as it is drawn: where, how large, its number, slices as (status, path), a title, and a name where there is room for one."""

    x: float
    y: float
    radius: float
    count: int
    slices: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    place: str
    named: bool
    box: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: what it shows, paths of the land and of borders (settled, contested), and bubbles, the largest first."""

    extent: Extent
    land: str
    settled: str
    disputed: str
    bubbles: tuple[Bubble, ...]


def extent_of(cells: Sequence[Cell]) -> Extent:
    """Where nearly all reports lie (the outermost share on each side is left out), with a rim; a region where there are none."""
    if not cells:
        return _DEFAULT
    west, east = nearly_all([(cell.lon, cell.count) for cell in cells], _TAIL, _RIM)
    south, north = nearly_all([(cell.lat, cell.count) for cell in cells], _TAIL, _RIM)
    return west, max(south, -_TOP_LATITUDE), east, min(north, _TOP_LATITUDE)


def around(lon: float, lat: float, zoom: float) -> Extent:
    """What a map of the browser shows that is centred there (512 units to the globe at zoom 0)."""
    half = 180.0 * WIDTH / (512 * 2**zoom)
    middle, tall = _mercator(lat), half * HEIGHT / WIDTH
    return lon - half, _latitude(middle - tall), lon + half, _latitude(middle + tall)


def coarser(cells: Sequence[Cell], size: float) -> list[Cell]:
    """Small cells gathered into cells of ``size`` degrees; each has the name of the fullest in it."""
    gathered: dict[tuple[int, int], list[Cell]] = {}
    for cell in cells:
        gathered.setdefault((int(cell.lat // size), int(cell.lon // size)), []).append(cell)
    return [_joined(some) for some in gathered.values()]


def _joined(cells: Sequence[Cell]) -> Cell:
    whole = sum(cell.count for cell in cells)
    counts = {one: number for one in STATUSES if (number := sum(cell.counts.get(one, 0) for cell in cells))}
    lat, lon = (
        sum(part) / whole for part in zip(*((c.lat * c.count, c.lon * c.count) for c in cells), strict=True)
    )
    return Cell(lat, lon, whole, counts, max(cells, key=lambda cell: cell.count).place)


def cell_size(extent: Extent) -> float:
    """How many degrees a cell has, so that some dozens of cells stand side by side."""
    span = extent[2] - extent[0]
    return next((size for size in (0.25, 0.5, 1.0, 2.0) if span / size <= 44), 4.0)


def spot(extent: Extent, lon: float, lat: float) -> tuple[float, float]:
    """Where a point lies on the drawing of an extent."""
    x, y = _sheet(extent).at(lon, lat)
    return round(x, 1), round(y, 1)


def draw(extent: Extent, cells: Sequence[Cell], size: float) -> Picture:
    """The drawing of some cells of ``size`` degrees."""
    sheet = _sheet(extent)
    land, settled, disputed = _ground(sheet)
    within = [cell for cell in cells if _is_on(sheet.at(cell.lon, cell.lat), 0.0)]
    within.sort(key=lambda cell: (-cell.count, cell.lat, cell.lon))
    shown = tuple(round(one, 3) for one in extent)
    return Picture(
        (shown[0], shown[1], shown[2], shown[3]),
        land,
        settled,
        disputed,
        tuple(_bubbles(sheet, within[:_MOST_BUBBLES], size)),
    )


def _sheet(extent: Extent) -> Sheet:
    west, south, east, north = extent
    top, bottom = _mercator(north), _mercator(south)
    scale = min(WIDTH / max(east - west, 0.01), HEIGHT / max(top - bottom, 0.01))
    west -= (WIDTH / scale - (east - west)) / 2
    return Sheet(round(west, 3), round(top + (HEIGHT / scale - (top - bottom)) / 2, 3), round(scale, 3))


def _mercator(lat: float) -> float:
    return degrees(asinh(tan(radians(max(-_TOP_LATITUDE, min(_TOP_LATITUDE, lat))))))


def _latitude(y: float) -> float:
    return degrees(atan(sinh(radians(y))))


def _is_on(point: tuple[float, float], margin: float) -> bool:
    x, y = point
    return -margin <= x <= WIDTH + margin and -margin <= y <= HEIGHT + margin


def _bubbles(sheet: Sheet, cells: Sequence[Cell], size: float) -> Iterator[Bubble]:
    most = max((cell.count for cell in cells), default=1)
    taken: list[tuple[float, float, float]] = []
    for cell in cells:
        x, y = sheet.at(cell.lon, cell.lat)
        radius = 3.0 + 21.0 * sqrt(cell.count / most)
        counts = tuple((one, cell.counts.get(one, 0)) for one in STATUSES if cell.counts.get(one, 0))
        named = bool(cell.place) and len(taken) < _MOST_NAMES and _has_room(x, y, taken)
        if named:
            taken.append((x, y, radius))
        half = size / 2
        box = f"{cell.lon - half:.3f},{cell.lat - half:.3f},{cell.lon + half:.3f},{cell.lat + half:.3f}"
        yield Bubble(
            x=round(x, 1), y=round(y, 1), radius=round(radius, 1), count=cell.count, counts=counts,
            slices=tuple(_slices(x, y, radius, counts)), place=cell.place or "", named=named, box=box, lat=cell.lat, lon=cell.lon,
        )  # fmt: skip


def _has_room(x: float, y: float, taken: Sequence[tuple[float, float, float]]) -> bool:
    return all(abs(y - other_y) > 24 or abs(x - other_x) > 110 for other_x, other_y, _ in taken)


def _slices(
    x: float, y: float, radius: float, counts: Sequence[tuple[str, int]]
) -> Iterator[tuple[str, str]]:
    whole, turned = sum(number for _, number in counts), 0.0
    if len(counts) == 1:
        yield counts[0][0], ""
        return
    for status, number in counts:
        start, turned = turned, turned + 2 * pi * number / whole
        (x1, y1), (x2, y2) = ((x + radius * sin(a), y - radius * cos(a)) for a in (start, turned))
        far = int(turned - start > pi)
        yield (
            status,
            f"M{x:.1f} {y:.1f}L{x1:.1f} {y1:.1f}A{radius:.1f} {radius:.1f} 0 {far} 1 {x2:.1f} {y2:.1f}Z",
        )


@lru_cache(maxsize=16)
def _ground(sheet: Sheet) -> tuple[str, str, str]:
    """Paths of the land, of settled and of contested borders; "" where the build left the land out."""
    land: list[str] = []
    settled: list[str] = []
    disputed: list[str] = []
    for one in outlines():
        if one.kind == "land":
            land.append(_area(sheet, one.points))
        else:
            (disputed if one.kind == "disputed" else settled).extend(_stretches(sheet, one.points))
    return "".join(land), "".join(settled), "".join(disputed)


def _area(sheet: Sheet, ring: Sequence[Sequence[float]]) -> str:
    """A ring as a path; what lies outside is drawn along the rim."""
    kept: list[tuple[float, float]] = []
    for lon, lat in ring:
        x, y = sheet.at(lon, lat)
        point = (max(-_MARGIN, min(WIDTH + _MARGIN, x)), max(-_MARGIN, min(HEIGHT + _MARGIN, y)))
        if not kept or hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= _STEP:
            kept.append(point)
    sides = zip(*kept, strict=True)
    if len(kept) < 3 or any(max(side) - min(side) < _STEP for side in sides):
        return ""
    return _path(kept) + "Z"


def _stretches(sheet: Sheet, line: Sequence[Sequence[float]]) -> Iterator[str]:
    points = [sheet.at(lon, lat) for lon, lat in line]
    run: list[tuple[float, float]] = []
    for here, there in pairwise(points):
        if _is_on(here, _MARGIN) or _is_on(there, _MARGIN):
            run = run or [here]
            if hypot(there[0] - run[-1][0], there[1] - run[-1][1]) >= _STEP or there == points[-1]:
                run.append(there)
        else:
            if len(run) > 1:
                yield _path(run)
            run = []
    if len(run) > 1:
        yield _path(run)


def _path(points: Sequence[tuple[float, float]]) -> str:
    """Whole steps of a tenth of a unit from one point to the next: half as long as points would be."""
    at_x, at_y = (round(one * 10) for one in points[0])
    made = [f"M{at_x / 10:g} {at_y / 10:g}l"]
    for x, y in points[1:]:
        step_x, step_y = round(x * 10) - at_x, round(y * 10) - at_y
        at_x, at_y = at_x + step_x, at_y + step_y
        made.append(f"{step_x / 10:g} {step_y / 10:g} ")
    return "".join(made)
