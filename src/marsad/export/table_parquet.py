"""A table as GeoParquet 1.1: columns with types, and the point of each row as well-known binary.

Days are dates, moments are timestamps in UTC, and each column's meaning stands in its field's metadata. Coordinates are longitude, latitude in OGC:CRS84, which is what
GeoParquet means where no system is named; what is not on the map has a null geometry.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from marsad.export.base import Making, Record
from marsad.export.cells import encodable
from marsad.export.columns import TABLES, ColumnType, Value, told
from marsad.export.encoding import encode
from marsad.export.geojson import Box, placed, wkb

_GROUP = 10_000
"""Rows of a row group: what is held in memory at once."""


class ParquetTable:
    """Writes incidents, claims or control as GeoParquet; needs ``pyarrow``."""

    def __init__(self, path: Path, making: Making, of: str) -> None:
        import pyarrow as arrow  # type: ignore[import-untyped]
        import pyarrow.parquet as parquet  # type: ignore[import-untyped]

        self._making, self._of, self._point = making, of, placed(of)
        self._schema = _schema(of, making)
        self._rows: list[Sequence[Value]] = []
        self._box = Box()
        self._arrow: Any = arrow
        self._writer = parquet.ParquetWriter(str(path), self._schema, compression="zstd")

    def feed(self, record: Record) -> None:
        """Take the rows of a record; a full group is written."""
        for _, values in told(self._of, record, self._making):
            self._rows.append(values)
            if len(self._rows) == _GROUP:
                self._flush()

    def finish(self) -> None:
        """Write what is left, say what the geometry is, and close the file."""
        if self._rows:
            self._flush()
        self._writer.add_key_value_metadata({"geo": self._geo()})
        self._writer.close()

    def _flush(self) -> None:
        points = [self._point(row) for row in self._rows]
        for point in points:
            if point:
                self._box.add(point)
        arrays = [
            self._array(list(values), column.type, field.type)
            for column, field, values in zip(
                TABLES[self._of], self._schema, zip(*self._rows, strict=True), strict=False
            )
        ]
        arrays.append(self._arrow.array([point and wkb(point) for point in points], self._arrow.binary()))
        self._writer.write_table(self._arrow.table(arrays, schema=self._schema))
        self._rows = []

    def _array(self, values: list[Value], kind: ColumnType, typed: Any) -> Any:  # noqa: ANN401 (pyarrow's)
        if kind == "day":
            return self._arrow.array([one and date.fromisoformat(str(one)) for one in values], typed)
        if kind == "moment":
            return self._arrow.array(values, self._arrow.string()).cast(typed)
        try:
            return self._arrow.array(values, typed)
        except UnicodeEncodeError:
            return self._arrow.array([one and encodable(str(one)) for one in values], typed)

    def _geo(self) -> str:
        geometry: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
        if self._box.edges:
            geometry["bbox"] = self._box.edges
        whole = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
        return encode(whole).decode()


def _schema(of: str, making: Making) -> Any:  # noqa: ANN401 (pyarrow's)
    import pyarrow as arrow

    types: dict[ColumnType, Any] = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "day": arrow.date32(),
        "moment": arrow.timestamp("us", tz="UTC"),
    }
    fields = [
        arrow.field(column.name, types[column.type], metadata={"description": column.means})
        for column in TABLES[of]
    ]
    where = arrow.field(
        "geometry", arrow.binary(), metadata={"description": "The point of lon and lat; null off the map"}
    )
    about = {
        "title": f"{of}, as reported",
        "moment": making.moment,
        "filters": "&".join(f"{name}={value}" for name, value in making.filters),
    }
    return arrow.schema([*fields, where], metadata={name: encodable(value) for name, value in about.items()})
