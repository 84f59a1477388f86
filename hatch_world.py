"""The map's land and borders, cut from Natural Earth (TopoJSON) and written as compact GeoJSON, with contested stretches told apart.

TopoJSON keeps each line once, as an *arc* of whole-numbered steps; countries name the arcs they are made of. An arc that two countries name is a border. Land is drawn
as one body, so that no ground is shown as anybody's; borders are lines, dashed (``disputed``) where ``disputed.yml`` says so, and in one style for all.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""
Line = list[Point]
Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""

REGION: Box = (-20.0, -5.0, 80.0, 50.0)
"""What is on the map: North Africa, the Horn, the Middle East, the Caucasus, up to Afghanistan and Kashmir."""
DIGITS = 3
"""Decimals of a degree: about 100 m, finer than the 1:50 million that Natural Earth draws for."""
SPECK = 0.0003
"""Islands with a smaller area (square degrees, about 3 km²) are left out: they would be less than a pixel."""


class WorldError(ValueError):
    """A file of the map is not what this module reads, or says what cannot be."""


@dataclass(frozen=True)
class Disputed:
    """A stretch of a border that is dashed: between two countries, all of it or what lies within a box; or a line of our own."""

    between: tuple[str, str]
    reason: str
    reason_ar: str
    within: Box | None = None
    line: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Label:
    """A country's names, and where on it they may stand; its radius in km says which names yield to which."""

    code: str
    name: str
    name_ar: str
    at: Point
    radius: float


def load_disputed(path: Path) -> list[Disputed]:
    """The entries of ``disputed.yml``.

    Raises:
        WorldError: an entry lacks something, or has what is not known.
    """
    import yaml

    found = []
    for number, entry in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
        try:
            pair, line = entry.pop("between"), entry.pop("line", ())
            first, second = sorted(pair)
            points = tuple((float(lon), float(lat)) for lon, lat in line)
            box = _box(entry.pop("within")) if "within" in entry else None
            found.append(Disputed(between=(first, second), within=box, line=points, **entry))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise WorldError(f"{path.name}: entry {number} cannot be read: {error}") from error
        if len(points) == 1:
            raise WorldError(f"{path.name}: entry {number}: one point is no line")
    return found


def _box(sides: Iterable[float]) -> Box:
    west, south, east, north = map(float, sides)
    return west, south, east, north


def decode_arcs(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a topology in degrees: without a ``transform`` as they stand, else each point is a step from the one before."""
    if "transform" not in topology:
        return [[(x, y) for x, y in arc] for arc in topology["arcs"]]
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * kx + dx, y * ky + dy))
        lines.append(line)
    return lines


def ring(arcs: Sequence[Line], numbers: Iterable[int]) -> Line:
    """Arcs tied end to end; ``~n`` is arc ``n`` walked backwards."""
    tied: Line = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        tied += arc[1:] if tied else arc
    return tied


def polygons(topology: dict[str, Any], name: str) -> Iterator[list[list[int]]]:
    """The polygons of an object of the topology: each a list of rings, each ring a list of arc numbers."""
    for shape in topology["objects"][name]["geometries"]:
        if shape["type"] == "Polygon":
            yield shape["arcs"]
        elif shape["type"] == "MultiPolygon":
            yield from shape["arcs"]
        else:
            raise WorldError(f"{name}: a {shape['type']} is no area")


def shared_arcs(topology: dict[str, Any]) -> dict[tuple[str, str], list[int]]:
    """The borders: two names of countries, in order of the alphabet, to the numbers of the arcs that both have."""
    owners: dict[int, set[str]] = defaultdict(set)
    for shape in topology["objects"]["countries"]["geometries"]:
        for polygon in polygons({"objects": {"one": {"geometries": [shape]}}}, "one"):
            for number in (number for way in polygon for number in way):
                owners[number if number >= 0 else ~number].add(shape["properties"]["name"])
    borders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, names in sorted(owners.items()):
        if len(names) == 2:
            first, second = sorted(names)
            borders[first, second].append(number)
    return borders


def clip_ring(points: Line, box: Box) -> Line:
    """What of an area lies in a box (Sutherland and Hodgman); stretches outside run along the box's sides, the ring is closed again.

    Where the area leaves and enters the box more than once, its parts stay tied by lines along the side: right when filled, not when outlined.
    """
    west, south, east, north = box
    for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept: Line = []
        for here, there in zip(points, [*points[1:], *points[:1]], strict=True):
            inside, next_inside = sign * (here[axis] - bound) >= 0, sign * (there[axis] - bound) >= 0
            if inside:
                kept.append(here)
            if inside != next_inside:
                kept.append(_crossing(here, there, axis, bound))
        points = kept
    return [*points, points[0]] if points and points[0] != points[-1] else points


def _crossing(here: Point, there: Point, axis: int, bound: float) -> Point:
    share = (bound - here[axis]) / (there[axis] - here[axis])
    other = here[1 - axis] + share * (there[1 - axis] - here[1 - axis])
    return (bound, other) if axis == 0 else (other, bound)


def pieces(line: Line, box: Box, *, inside: bool = True) -> list[Line]:
    """The stretches of a line in a box (or outside of it), whole steps only: a step belongs where its middle lies."""
    west, south, east, north = box
    found: list[Line] = []
    joined = False
    for (x1, y1), (x2, y2) in pairwise(line):
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        wanted = (west <= x <= east and south <= y <= north) is inside
        if wanted and joined:
            found[-1].append((x2, y2))
        elif wanted:
            found.append([(x1, y1), (x2, y2)])
        joined = wanted
    return found


def rounded(line: Line, digits: int = DIGITS) -> Line:
    """A line with fewer decimals, and without points that fall on the one before."""
    short: Line = []
    for x, y in line:
        point = (round(x, digits), round(y, digits))
        if not short or short[-1] != point:
            short.append(point)
    return short


def area(points: Line) -> float:
    """The area in a closed ring, in square degrees, whichever way round it runs."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points))) / 2


def land_feature(topology: dict[str, Any], region: Box = REGION) -> dict[str, Any]:
    """All land in the region, as one body."""
    arcs = decode_arcs(topology)
    bodies = []
    for polygon in polygons(topology, "land"):
        rings = [rounded(clip_ring(ring(arcs, way), region)) for way in polygon]
        if rings[0] and area(rings[0]) >= SPECK:
            bodies.append([one for one in rings if len(one) > 3 and area(one) >= SPECK])
    return _feature("MultiPolygon", bodies, kind="land")


def border_features(
    topology: dict[str, Any], disputed: Sequence[Disputed], region: Box = REGION
) -> list[dict[str, Any]]:
    """The borders in the region: one feature for those that nobody contests, one for each entry of the contested.

    Raises:
        WorldError: an entry names a border that is not there, or nothing of it is left.
    """
    arcs = decode_arcs(topology)
    borders = {pair: [arcs[number] for number in numbers] for pair, numbers in shared_arcs(topology).items()}
    features = []
    for entry in disputed:
        if entry.line:
            lines = [list(entry.line)]
        else:
            lines, borders[entry.between] = _split(borders.get(entry.between, []), entry.within)
        drawn = _drawn(lines, region)
        if not drawn:
            raise WorldError(f"no border {' / '.join(entry.between)} within {entry.within or 'the region'}")
        facts = {"between": entry.between, "reason": entry.reason, "reason_ar": entry.reason_ar}
        features.append(_feature("MultiLineString", drawn, kind="border", disputed=True, **facts))
    settled = _drawn([line for lines in borders.values() for line in lines], region)
    return [_feature("MultiLineString", settled, kind="border", disputed=False), *features]


def _split(lines: list[Line], box: Box | None) -> tuple[list[Line], list[Line]]:
    """The stretches of a border in a box, and the others."""
    if box is None:
        return lines, []
    within = [piece for line in lines for piece in pieces(line, box)]
    return within, [piece for line in lines for piece in pieces(line, box, inside=False)]


def _drawn(lines: Iterable[Line], region: Box) -> list[Line]:
    short = (rounded(piece) for line in lines for piece in pieces(line, region))
    return [line for line in short if len(line) > 1]


def country_features(countries: Iterable[Label], region: Box = REGION) -> list[dict[str, Any]]:
    """A point with the names of each country whose middle lies in the region; the larger first, for labels to yield to."""
    west, south, east, north = region
    return [
        _feature("Point", one.at, kind="country", code=one.code, name=one.name, name_ar=one.name_ar)
        for one in sorted(countries, key=lambda one: -one.radius)
        if west <= one.at[0] <= east and south <= one.at[1] <= north
    ]


def _feature(shape: str, coordinates: object, **facts: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": facts,
        "geometry": {"type": shape, "coordinates": coordinates},
    }


def make_world(atlas: Path, disputed: Path, countries: Iterable[Label]) -> str:
    """The map as GeoJSON text: features of the kinds ``land``, ``border`` and ``country``.

    Args:
        atlas: world-atlas' TopoJSON of countries and land.
        disputed: Our list of contested stretches.
        countries: Names for the countries; those outside the region are passed over.

    Raises:
        WorldError: one of the files does not fit.
    """
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    borders = border_features(topology, load_disputed(disputed))
    features = [land_feature(topology), *borders, *country_features(countries)]
    world = {"type": "FeatureCollection", "bbox": REGION, "features": features}
    return json.dumps(world, ensure_ascii=False, separators=(",", ":"))
