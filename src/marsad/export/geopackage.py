"""A GeoPackage (OGC 12-128, version 1.3): layers of incidents, claims, control and places that a desktop map opens with names, types and colours.

It is an SQLite file and is written by the standard library. Each layer has the columns of our tables with types, and what they mean stands in ``gpkg_data_columns``; what is
not on the map is a row without a geometry. ``places`` has each place once, with how many incidents and claims are told of it.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from marsad.export.base import ArticleRecord, Making, Record, SpellRecord
from marsad.export.cells import legal
from marsad.export.columns import TABLES, Column, ColumnType, Value, told
from marsad.export.geojson import placed, wkb
from marsad.export.geopackage_styles import add_styles
from marsad.export.geopackage_tables import begin, describe, fill_places, make_layer, moment_of

_AT_ONCE = 2_000
_HEAD = struct.pack("<2sBBi", b"GP", 0, 1, 4326)
"""Before each geometry: the first version of the format, little-endian, no envelope, WGS 84."""
_TOLD: dict[ColumnType, Callable[[Any], Any]] = {"text": legal, "moment": moment_of}
"""How values are written that are not written as they are."""


class GeoPackage:
    """Writes the layers ``incidents``, ``claims``, ``control`` and ``places``."""

    def __init__(self, path: Path, making: Making) -> None:
        self._making = making
        self._base = sqlite3.connect(path, isolation_level=None)
        begin(self._base)
        self._layers = {name: _Layer(self._base, name, columns) for name, columns in TABLES.items()}

    def feed(self, record: Record) -> None:
        """Write the rows of a record into its layer."""
        name = _layer_of(record)
        for _, values in told(name, record, self._making):
            self._layers[name].add(values)

    def finish(self) -> None:
        """Sum up the places, say what the layers are and how they look, and close the file."""
        for layer in self._layers.values():
            layer.flush()
        fill_places(self._base)
        describe(self._base, self._making)
        add_styles(self._base, self._making)
        self._base.execute("COMMIT")
        self._base.close()


def _layer_of(record: Record) -> str:
    if isinstance(record, ArticleRecord):
        return "claims"
    return "control" if isinstance(record, SpellRecord) else "incidents"


class _Layer:
    """A layer that is being filled, some thousand rows at once."""

    def __init__(self, base: sqlite3.Connection, name: str, columns: Sequence[Column]) -> None:
        make_layer(base, name, columns)
        marks = ", ".join("?" * (len(columns) + 1))
        names = ", ".join(f'"{column.name}"' for column in columns)
        self._insert = f"INSERT INTO {name} (geom, {names}) VALUES ({marks})"  # (our own names)
        self._told = [
            (number, _TOLD[column.type]) for number, column in enumerate(columns) if column.type in _TOLD
        ]
        self._base, self._point = base, placed(name)
        self._rows: list[list[Any]] = []

    def add(self, values: Sequence[Value]) -> None:
        """Take a row."""
        point = self._point(values)
        row: list[Any] = [_HEAD + wkb(point) if point else None, *values]
        for number, tell in self._told:
            if row[number + 1] is not None:
                row[number + 1] = tell(row[number + 1])
        self._rows.append(row)
        if len(self._rows) == _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what was taken."""
        self._base.executemany(self._insert, self._rows)
        self._rows = []
