"""Points for maps as GeoJSON (RFC 7946): one feature an incident, a claim or a spell of control, with the same properties as the table.

What is not on the map has a null geometry and is not left out. Coordinates are longitude, latitude in WGS 84, no finer than the place is known; every property is there in
every feature, null where it is not known, so that readers that take the columns from the first feature miss none.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from pathlib import Path

from marsad.export.base import Making, Record
from marsad.export.columns import TABLES, Value, told
from marsad.export.encoding import encode

AXES = ("lon", "lat")
"""Columns that are a feature's geometry and no property of it."""
Point = tuple[float, float]


def wkb(point: Point) -> bytes:
    """A point (longitude, latitude) as well-known binary, little-endian."""
    return struct.pack("<BIdd", 1, 1, *point)


def placed(of: str) -> Callable[[Sequence[Value]], Point | None]:
    """How to find longitude and latitude in the values of a table's row; None where it is not on the map."""
    names = [column.name for column in TABLES[of]]
    lon, lat = (names.index(axis) for axis in AXES)

    def point(values: Sequence[Value]) -> Point | None:
        east, north = values[lon], values[lat]
        return (float(east), float(north)) if east is not None and north is not None else None

    return point


class Box:
    """The rectangle that holds all points it is shown."""

    def __init__(self) -> None:
        self.edges: list[float] = []

    def add(self, point: Point) -> None:
        """Widen it to hold a point (longitude, latitude)."""
        west, south, east, north = self.edges or (*point, *point)
        x, y = point
        self.edges = [min(west, x), min(south, y), max(east, x), max(north, y)]


class GeoJson:
    """Writes a FeatureCollection of incidents, claims or control; ids are members of the features, as RFC 7946 has it."""

    def __init__(self, path: Path, making: Making, of: str) -> None:
        self._making, self._of, self._point = making, of, placed(of)
        names = [column.name for column in TABLES[of]]
        self._kept = [(number, name) for number, name in enumerate(names) if name not in AXES]
        self._box, self._between = Box(), b"\n"
        self._file = path.open("wb")
        head = {
            "type": "FeatureCollection",
            "name": of,
            "reported": True,
            "note": "What sources are reported to have said, with its status; not what happened.",
            "moment": making.moment,
            "filters": [list(pair) for pair in making.filters],
        }
        self._file.write(encode(head)[:-1] + b',"features":[')

    def feed(self, record: Record) -> None:
        """Write a feature for each row of a record."""
        for row, values in told(self._of, record, self._making):
            point = self._point(values)
            if point:
                self._box.add(point)
            feature = {
                "type": "Feature",
                "id": row.id,
                "geometry": {"type": "Point", "coordinates": point} if point else None,
                "properties": {name: values[number] for number, name in self._kept},
            }
            self._file.write(self._between + encode(feature))
            self._between = b",\n"

    def finish(self) -> None:
        """Close the collection, with its bounding box where anything is on the map."""
        box = b',"bbox":' + encode(self._box.edges) if self._box.edges else b""
        self._file.write(b"\n]" + box + b"}\n")
        self._file.close()
