"""GeoParquet: as pyarrow and geopandas read it."""

import json
from datetime import UTC, date, datetime

import geopandas
import pyarrow as arrow
import pytest
from pyarrow import parquet

from export import records
from marsad.export import table_parquet
from marsad.export.cells import encodable
from marsad.export.columns import TABLES, told
from marsad.export.table_parquet import ParquetTable

TYPES = {
    "text": arrow.string(), "integer": arrow.int64(), "number": arrow.float64(), "boolean": arrow.bool_(), "day": arrow.date32(), "moment": arrow.timestamp("us", tz="UTC"),
}  # fmt: skip


def made(path, of, some=None, **changes):
    exporter = ParquetTable(path, records.making(**changes), of)
    return records.written(exporter, path, records.of_kind(of) if some is None else some)


def as_read(value, kind):
    if value is None:
        return None
    if kind == "day":
        return date.fromisoformat(value)
    if kind == "moment":
        return datetime.fromisoformat(value).astimezone(UTC)
    return encodable(value) if kind == "text" else value


@pytest.mark.parametrize("of", TABLES)
def test_columns_have_types_meanings_and_values(tmp_path, of):
    made(tmp_path / "a.parquet", of)
    found = parquet.read_table(tmp_path / "a.parquet")
    columns = TABLES[of]
    assert found.column_names == [*(column.name for column in columns), "geometry"]
    for column, field in zip(columns, found.schema, strict=False):
        assert field.type == TYPES[column.type]
        assert field.metadata == {
            b"description": column.means.encode(),
            **{k: v for k, v in field.metadata.items() if k.startswith(b"PARQUET")},
        }
    making = records.making()
    values = [values for record in records.of_kind(of) for _, values in told(of, record, making)]
    rows = [list(row.values())[:-1] for row in found.to_pylist()]
    assert rows == [
        [as_read(one, column.type) for one, column in zip(line, columns, strict=True)] for line in values
    ]


@pytest.mark.parametrize("of", TABLES)
def test_geopandas_reads_points(tmp_path, of):
    made(tmp_path / "a.parquet", of)
    found = geopandas.read_parquet(tmp_path / "a.parquet")
    assert found.crs == "OGC:CRS84"
    for point, lon, lat in zip(found.geometry, found["lon"], found["lat"], strict=True):
        assert (point is None) == (lon != lon)
        assert point is None or (point.x, point.y) == (lon, lat)


def test_the_metadata_is_of_geoparquet(tmp_path):
    made(tmp_path / "a.parquet", "incidents", filters=(("status", "denied"),))
    told_of = parquet.read_metadata(tmp_path / "a.parquet").metadata
    assert json.loads(told_of[b"geo"]) == {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"], "bbox": [36.65, 0.0, 38.0, 35.44]}},
    }  # fmt: skip
    assert told_of[b"title"] == b"incidents, as reported"
    assert told_of[b"filters"] == b"status=denied"
    assert told_of[b"moment"] == records.MOMENT.encode()


def test_groups_are_written_one_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr(table_parquet, "_GROUP", 2)
    made(tmp_path / "a.parquet", "claims")
    assert parquet.read_metadata(tmp_path / "a.parquet").num_row_groups == 3
    ids = parquet.read_table(tmp_path / "a.parquet")["id"].to_pylist()
    assert ids == ["c1", "c2", "c3", "c4", "c5"]


def test_nothing_fed_is_a_table_without_rows(tmp_path):
    made(tmp_path / "a.parquet", "incidents", [])
    found = geopandas.read_parquet(tmp_path / "a.parquet")
    assert len(found) == 0
    assert (
        "bbox"
        not in json.loads(parquet.read_metadata(tmp_path / "a.parquet").metadata[b"geo"])["columns"][
            "geometry"
        ]
    )


@pytest.mark.parametrize("of", TABLES)
def test_two_exports_are_equal(tmp_path, of):
    assert made(tmp_path / "a.parquet", of) == made(tmp_path / "b.parquet", of)
