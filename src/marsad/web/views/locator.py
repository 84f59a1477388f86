"""A small map that shows where a place lies, with a ring as wide as its place is unsure: land and borders (contested ones dashed); names are left to the large map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.model.place import REACH
from marsad.web.views.ground import Outline, outlines

WIDTH, HEIGHT = 320, 220
_KM_OF_DEGREE = 111.2
_SPAN = 5.0
"""Degrees of latitude that are shown, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A drawing of `WIDTH` by `HEIGHT`: outlines as SVG paths, the point, and the radius of its ring in units of the drawing and in kilometres."""

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
    ground = outlines()
    if lat is None or lon is None or not ground:
        return None
    kilometres = REACH.get(precision or "", REACH["country"])
    span = max(_SPAN, 3.2 * kilometres / _KM_OF_DEGREE)
    up = HEIGHT / span
    window = _Window(lat, lon, up, up * max(0.2, math.cos(math.radians(lat))))
    x, y = window.point(lon, lat)
    near = [one for one in ground if window.meets(one.box)]
    paths = {
        kind: _paths([one for one in near if one.kind == kind], window)
        for kind in ("land", "settled", "disputed")
    }
    return Locator(
        land=paths["land"], borders=paths["settled"], disputed=paths["disputed"], x=x, y=y,
        ring=round(kilometres / _KM_OF_DEGREE * up, 1), kilometres=kilometres,
    )  # fmt: skip


def _paths(lines: Sequence[Outline], window: _Window) -> str:
    made = []
    for one in lines:
        points = _thinned([window.point(point[0], point[1]) for point in one.points])
        made.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if one.kind == "land" else ""))
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
