"""The ground that drawn maps stand on: outlines of land, settled and contested borders, which the build laid beside the scripts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from marsad.web.files import VENDOR


class Outline(NamedTuple):
    """One line of the ground.

    Attributes:
        kind: What it bounds; land is a ring, a border a line. Contested borders are drawn apart from settled ones.
        box: The least west and south, the most east and north, in degrees.
        points: Longitude and latitude of each point.
    """

    kind: Literal["land", "settled", "disputed"]
    box: tuple[float, float, float, float]
    points: list[list[float]]


def outlines() -> tuple[Outline, ...]:
    """All of them, read once; none where the build left the world out."""
    return _read(VENDOR / "world.json")


@cache
def _read(file: Path) -> tuple[Outline, ...]:
    if not file.is_file():
        return ()
    found: list[Outline] = []
    for feature in json.loads(file.read_bytes())["features"]:
        facts, lines = feature["properties"], feature["geometry"]["coordinates"]
        if facts["kind"] == "land":
            found += [_outline("land", ring) for body in lines for ring in body]
        elif facts["kind"] == "border":
            found += [_outline("disputed" if facts["disputed"] else "settled", line) for line in lines]
    return tuple(found)


def _outline(kind: Literal["land", "settled", "disputed"], points: list[list[float]]) -> Outline:
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return Outline(kind, (min(lons), min(lats), max(lons), max(lats)), points)
