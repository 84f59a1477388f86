"""GeoPackages: as GDAL reads them, and by what the standard asks of the file itself."""

import sqlite3
from contextlib import closing

import geopandas
import pyogrio
import pytest
from lxml import etree

from export import records
from marsad.export.cells import legal
from marsad.export.colours import COLOURS
from marsad.export.columns import TABLES, told
from marsad.export.geopackage import GeoPackage
from marsad.export.geopackage_tables import PLACES, moment_of


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "a.gpkg"
    records.written(GeoPackage(path, records.making()), path, records.everything())
    return path


def asked(path, query):
    with closing(sqlite3.connect(path)) as base:
        return base.execute(query).fetchall()


def test_gdal_finds_layers_with_types(package):
    layers = dict(pyogrio.list_layers(package))
    styles = layers.pop("layer_styles")
    assert styles is None
    assert layers == dict.fromkeys(["incidents", "claims", "control", "places"], "Point")
    info = pyogrio.read_info(package, layer="incidents")
    assert info["crs"] == "EPSG:4326"
    assert info["driver"] == "GPKG"
    assert list(info["fields"]) == [column.name for column in TABLES["incidents"]]
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert {types[name] for name in ("id", "status", "quote")} == {"OFTString"}
    assert types["first_day"] == "OFTDate"
    assert types["added"] == "OFTDateTime"
    assert types["lat"] == "OFTReal"
    assert types["roots"] == "OFTInteger64"
    subtypes = dict(zip(info["fields"], info["ogr_subtypes"], strict=True))
    assert subtypes["counts_differ"] == "OFSTBoolean"


@pytest.mark.parametrize("layer", TABLES)
def test_geopandas_reads_rows_and_points(package, layer):
    found = geopandas.read_file(package, layer=layer)
    assert found.crs.to_epsg() == 4326
    making = records.making()
    values = [values for record in records.of_kind(layer) for _, values in told(layer, record, making)]
    assert len(found) == len(values)
    for name, point in zip(found["id"], found.geometry, strict=True):
        line = next(line for line in values if line[0] == name)
        row = dict(zip([column.name for column in TABLES[layer]], line, strict=True))
        wanted = None if row["lon"] is None else (row["lon"], row["lat"])
        assert (point and (point.x, point.y)) == wanted


@pytest.mark.parametrize("layer", TABLES)
def test_the_file_has_every_value(package, layer):
    columns = TABLES[layer]
    names = ", ".join(f'"{column.name}"' for column in columns)
    making = records.making()
    values = [values for record in records.of_kind(layer) for _, values in told(layer, record, making)]
    wanted = [
        tuple(as_kept(one, column.type) for one, column in zip(line, columns, strict=True)) for line in values
    ]
    assert asked(package, f"SELECT {names} FROM {layer} ORDER BY fid") == wanted


def as_kept(value, kind):
    if value is None:
        return None
    return {"text": legal, "moment": moment_of}.get(kind, lambda one: one)(value)


def test_each_place_is_there_once_with_what_is_told_of_it(package):
    found = geopandas.read_file(package, layer="places")
    assert list(found.columns) == [*(column.name for column in PLACES), "geometry"]
    rows = {row["place_id"]: row for row in found.to_dict("records")}
    assert list(rows) == ["SY", "geonames:168325"]
    city, country = rows["geonames:168325"], rows["SY"]
    # i1, i4 and i6 (exactly, so that the place lies where that one says); c1, c4 and c5
    assert (city["incidents"], city["claims"]) == (3, 3)
    assert (city["place_precision"], city["place_ar"], city["admin1"]) == ("exact", "خان شيخون", "Idlib")
    assert (city["geometry"].x, city["geometry"].y) == (36.6512, 0.0)
    assert (country["incidents"], country["claims"], country["place_reach_km"]) == (1, 1, 400.0)


def test_the_file_is_what_the_standard_asks_for(package):
    assert asked(package, "PRAGMA application_id") == [(0x47504B47,)]
    assert asked(package, "PRAGMA user_version") == [(10300,)]
    assert asked(package, "PRAGMA integrity_check") == [("ok",)]
    assert asked(package, "PRAGMA foreign_key_check") == []
    assert asked(package, "SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1") == [(-1,), (0,), (4326,)]
    geometries = asked(package, "SELECT * FROM gpkg_geometry_columns ORDER BY 1")
    layers = ["claims", "control", "incidents", "places"]
    assert geometries == [(name, "geom", "POINT", 4326, 0, 0) for name in layers]
    contents = (
        "SELECT table_name, data_type, last_change, srs_id FROM gpkg_contents ORDER BY data_type DESC, 1"
    )
    moment = "2026-03-04T05:06:07.000Z"
    features = [(name, "features", moment, 4326) for name in layers]
    assert asked(package, contents) == [*features, ("layer_styles", "attributes", moment, 0)]
    edges = asked(
        package, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'incidents'"
    )
    assert edges == [(36.65, 0.0, 38.0, 35.44)]


def test_a_point_is_a_header_and_well_known_binary(package):
    ((blob,),) = asked(package, "SELECT geom FROM incidents WHERE id = 'i3'")
    assert blob.hex() == "47500001e6100000010100000000000000000043400000000000804140"


def test_columns_say_what_they_mean(package):
    found = asked(package, "SELECT table_name, column_name, description FROM gpkg_data_columns")
    wanted = {(layer, column.name, column.means) for layer, columns in {**TABLES, "places": PLACES}.items() for column in columns}  # fmt: skip
    assert set(found) == wanted
    assert asked(package, "SELECT DISTINCT extension_name FROM gpkg_extensions") == [("gpkg_schema",)]


def test_layers_have_a_style_by_status(package):
    styles = dict(asked(package, "SELECT f_table_name, styleQML FROM layer_styles"))
    assert set(styles) == {"incidents", "claims", "control", "places"}
    root = etree.fromstring(styles["incidents"])
    renderer = root.find("renderer-v2")
    assert renderer.get("attr") == "status"
    categories = [(one.get("value"), one.get("label")) for one in renderer.iter("category")]
    assert [value or "none" for value, _ in categories] == list(COLOURS)
    assert categories[-1] == ("", "only expected")
    drawn = {one.get("name") for one in renderer.find("symbols")}
    assert drawn == {one.get("symbol") for one in renderer.iter("category")}
    signs = [one.get("value") for one in root.iterfind(".//Option[@name='name']")]
    assert len(set(signs)) == len(COLOURS), "a status can be told without its colour"


def test_two_exports_are_equal(package, tmp_path):
    other = tmp_path / "b.gpkg"
    records.written(GeoPackage(other, records.making()), other, records.everything())
    assert package.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("changes", [{"moment": ""}, {"lang": "ar", "filters": (("place", "حماة"),)}])
def test_nothing_fed_is_a_package_of_empty_layers(tmp_path, changes):
    path = tmp_path / "a.gpkg"
    records.written(GeoPackage(path, records.making(**changes)), path, [])
    for layer in ("incidents", "claims", "control", "places"):
        assert len(geopandas.read_file(path, layer=layer)) == 0
