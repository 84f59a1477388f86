"""A small map that shows where a place lies, with a ring as wide as its place is unsure: land, borders (contested ones dashed), and towns' names are left to the large map."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marsad.web.files import VENDOR

WIDTH, HEIGHT = 320, 220
_RADIUS = {"exact": 3.0, "town": 5.0, "district": 15.0, "governorate": 60.0, "country": 400.0}
"""Kilometres that a place of a precision reaches, as `marsad.run.knowledge` has them."""
_KM_OF_DEGREE = 111.2
_SPAN = 5.0
"""Degrees of latitude that are shown, at least."""

Ring = list[list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A drawing of `WIDTH` by `HEIGHT`: outlines as SVG paths, the point, and the radius of its ring in units of the drawing."""

    land: str
    borders: str
    disputed: str
    x: float
    y: float
    ring: float
    kilometres: float


@dataclass(frozen=True, slots=True)
class _Window:
    """What part of the world is drawn: its centre, and units of the drawing for each degree of latitude and of longitude."""

    lat: float
    lon: float
    up: float
    along: float

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            round(WIDTH / 2 + (lon - self.lon) * self.along, 1),
            round(HEIGHT / 2 - (lat - self.lat) * self.up, 1),
        )

    def meets(self, box: tuple[float, float, float, float]) -> bool:
        west, south, east, north = box
        wide, high = WIDTH / 2 / self.along, HEIGHT / 2 / self.up
        apart = (
            west > self.lon + wide
            or east < self.lon - wide
            or south > self.lat + high
            or north < self.lat - high
        )
        return not apart


def locator(lat: float | None, lon: float | None, precision: str | None) -> Locator | None:
    """The map of a point; None where there is none, or where the world was not built into this installation."""
    outlines = _world(VENDOR / "world.json")
    if lat is None or lon is None or not outlines:
        return None
    kilometres = _RADIUS.get(precision or "", _RADIUS["country"])
    span = max(_SPAN, 3.2 * kilometres / _KM_OF_DEGREE)
    up = HEIGHT / span
    window = _Window(lat, lon, up, up * max(0.2, math.cos(math.radians(lat))))
    x, y = window.point(lon, lat)
    paths = {kind: _paths(outlines, kind, window) for kind in ("land", "border", "disputed")}
    return Locator(
        land=paths["land"], borders=paths["border"], disputed=paths["disputed"], x=x, y=y,
        ring=round(kilometres / _KM_OF_DEGREE * up, 1), kilometres=kilometres,
    )  # fmt: skip


@cache
def _world(file: Path) -> tuple[tuple[str, tuple[float, float, float, float], Ring], ...]:
    """Outlines of the world by kind, each with its box: west, south, east, north."""
    if not file.is_file():
        return ()
    found = []
    for feature in json.loads(file.read_bytes())["features"]:
        shape, about = feature["geometry"], feature["properties"]
        if shape["type"] == "MultiPolygon":
            lines, kind = [ring for polygon in shape["coordinates"] for ring in polygon], "land"
        elif shape["type"] == "MultiLineString":
            lines, kind = shape["coordinates"], "disputed" if about.get("disputed") else "border"
        else:
            continue
        for line in lines:
            lons, lats = [point[0] for point in line], [point[1] for point in line]
            found.append((kind, (min(lons), min(lats), max(lons), max(lats)), line))
    return tuple(found)


def _paths(outlines: tuple[tuple[str, tuple[float, float, float, float], Ring], ...], kind: str, window: _Window) -> str:  # fmt: skip
    made = []
    for named, box, line in outlines:
        if named != kind or not window.meets(box):
            continue
        points = _thinned([window.point(point[0], point[1]) for point in line])
        made.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if kind == "land" else ""))
    return "".join(made)


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Far outside the drawing every point would do; those that lie where the one before does are left out."""
    far = WIDTH
    kept = points[:1]
    for x, y in points[1:]:
        clipped = (min(max(x, -far), 2 * far), min(max(y, -far), 2 * far))
        if clipped != kept[-1]:
            kept.append(clipped)
    return kept
