"""The tables of a GeoPackage: those that the standard asks for, a layer from columns of ours, the places summed up, and what is said about each."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from marsad.export.base import Making
from marsad.export.cells import legal
from marsad.export.columns import TABLES, Column, ColumnType

_APPLICATION = 0x47504B47
"""``GPKG``: how a program knows the file."""
_VERSION = 10_300
_TYPES: Mapping[ColumnType, str] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "BOOLEAN",
    "day": "DATE",
    "moment": "DATETIME",
}
_WGS84 = 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid"),
)  # fmt: skip
_STANDARD = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""
_OF_PLACE = ("place", "place_ar", "place_id", "admin1", "admin1_id", "country", "lat", "lon", "place_precision", "place_reach_km")  # fmt: skip


PLACES: tuple[Column, ...] = (
    *(column for column in TABLES["claims"] if column.name in _OF_PLACE),
    Column("incidents", "integer", "How many incidents are told of this place"),
    Column("claims", "integer", "How many claims"),
)
"""The columns of the layer of places."""
LAYERS: Mapping[str, tuple[Sequence[Column], str]] = {
    "incidents": (
        TABLES["incidents"],
        "What is reported to have happened, with its status; not what happened",
    ),
    "claims": (TABLES["claims"], "Who said what, with the words it rests on"),
    "control": (TABLES["control"], "Who is said to hold a place, since when, on whose word"),
    "places": (PLACES, "Each place on the map once, with how much is told of it"),
}
"""The columns of each layer, and what it is."""


def moment_of(iso: str) -> str:
    """A moment as the standard writes it: UTC with milliseconds and ``Z``."""
    at = datetime.fromisoformat(iso)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def begin(base: sqlite3.Connection) -> None:
    """Make an empty GeoPackage of a new file, and begin the one transaction in which it is filled."""
    base.executescript(
        f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA application_id={_APPLICATION}; PRAGMA user_version={_VERSION};"
    )
    base.execute("BEGIN")
    for statement in _STANDARD.split(";\n"):
        base.execute(statement)
    base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
    base.executemany(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write')",
        [("gpkg_data_columns",), ("gpkg_data_column_constraints",)],
    )
    make_layer(base, "places", PLACES)


def make_layer(base: sqlite3.Connection, name: str, columns: Sequence[Column]) -> None:
    """Make the table of a layer of points."""
    typed = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in columns)
    base.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, {typed})")


def fill_places(base: sqlite3.Connection) -> None:
    """Sum up the layers of incidents and claims by place; where a place is told with several precisions, it lies where the finest says."""
    names = ", ".join(_OF_PLACE[:-1])
    one = f"SELECT geom, {names}, place_reach_km, {{}} FROM {{}} WHERE geom IS NOT NULL"
    both = f"{one.format('1 AS incident, 0 AS claim', 'incidents')} UNION ALL {one.format('0, 1', 'claims')}"
    # SQLite takes the columns that are not summed from the row that has the minimum.
    base.execute(
        f"INSERT INTO places (geom, {names}, place_reach_km, incidents, claims)"
        f" SELECT geom, {names}, min(place_reach_km), sum(incident), sum(claim) FROM ({both})"
        " GROUP BY coalesce(place_id, place) ORDER BY coalesce(place_id, place)"
    )


def describe(base: sqlite3.Connection, making: Making) -> None:
    """Say what the layers and their columns are, where their geometry is, and how far they reach."""
    moment = moment_of(making.moment or "1970-01-01")
    narrowed = "; ".join(f"{name}: {value}" for name, value in making.filters)
    for name, (columns, what) in LAYERS.items():
        edges = base.execute(f"SELECT min(lon), min(lat), max(lon), max(lat) FROM {name}").fetchone()
        said = legal(f"{what}. Only: {narrowed}" if narrowed else what)
        row = (name, "features", name, said, moment, *edges, 4326)
        base.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', 4326, 0, 0)", (name,))
        base.executemany(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, NULL, ?, NULL, NULL)",
            [(name, column.name, column.means) for column in columns],
        )
