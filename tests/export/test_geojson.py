"""GeoJSON: by the rules of RFC 7946, and as geopandas reads it."""

import json

import geopandas
import pytest

from export import records
from marsad.export.columns import TABLES
from marsad.export.geojson import GeoJson


def made(path, of, some=None, **changes):
    exporter = GeoJson(path, records.making(**changes), of)
    return records.written(exporter, path, records.of_kind(of) if some is None else some)


@pytest.mark.parametrize("of", TABLES)
def test_features_have_ids_points_and_every_property(tmp_path, of):
    found = json.loads(made(tmp_path / "a.geojson", of))
    assert found["type"] == "FeatureCollection"
    assert found["reported"] is True
    assert "crs" not in found
    names = [column.name for column in TABLES[of] if column.name not in ("lat", "lon")]
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert list(feature["properties"]) == names
        assert feature["id"] == feature["properties"]["id"]
        assert feature["geometry"] is None or list(feature["geometry"]) == ["type", "coordinates"]


def test_points_are_longitude_first_and_no_finer_than_known(tmp_path):
    found = json.loads(made(tmp_path / "a.geojson", "incidents"))
    points = {one["id"]: one["geometry"] and one["geometry"]["coordinates"] for one in found["features"]}
    town = [36.65, 35.44]
    assert points == {
        "i1": town,
        "i2": None,
        "i3": [38.0, 35.0],
        "i4": town,
        "i5": None,
        "i6": [36.6512, 0.0],
    }
    assert found["bbox"] == [36.65, 0.0, 38.0, 35.44]


@pytest.mark.parametrize("of", TABLES)
def test_geopandas_reads_it(tmp_path, of):
    made(tmp_path / "a.geojson", of)
    found = geopandas.read_file(tmp_path / "a.geojson")
    assert found.crs.to_epsg() == 4326
    names = [column.name for column in TABLES[of] if column.name not in ("lat", "lon")]
    assert list(found.columns) == [*names, "geometry"]
    assert {one.geom_type for one in found.geometry if one is not None} == {"Point"}


def test_texts_are_as_published_but_for_what_json_cannot_hold(tmp_path):
    found = json.loads(made(tmp_path / "a.geojson", "claims"))
    quote = found["features"][0]["properties"]["quote"]
    assert quote == records.HOSTILE.replace("\ud800", "?")


@pytest.mark.parametrize("of", TABLES)
def test_two_exports_are_equal(tmp_path, of):
    assert made(tmp_path / "a.geojson", of) == made(tmp_path / "b.geojson", of)


def test_a_spell_as_it_is_written(tmp_path):
    written = made(
        tmp_path / "a.geojson", "control", [records.spell()], filters=(("country", "SY"),)
    ).decode()
    properties = (
        '"id":"s1","place":"Khan Shaykhun","place_ar":"خان شيخون","place_id":"geonames:168325","admin1":"Idlib","admin1_id":"SY-ID","country":"SY","place_precision":"town",'
        '"place_reach_km":5.0,"state":"held","holder":"Syrian army","holder_id":"sy-army","claimant":null,"claimant_id":null,"from":"2026-03-01","to":null,"roots":"observer",'
        '"incidents":"i1","reasons":"affirmed by Observer"'
    )
    assert written.splitlines() == [
        '{"type":"FeatureCollection","name":"control","reported":true,"note":"What sources are reported to have said, with its status; not what happened.",'
        '"moment":"2026-03-04T05:06:07+00:00","filters":[["country","SY"]],"features":[',
        '{"type":"Feature","id":"s1","geometry":{"type":"Point","coordinates":[36.65,35.44]},"properties":{' + properties + "}}",
        '],"bbox":[36.65,35.44,36.65,35.44]}',
    ]  # fmt: skip


def test_nothing_fed_is_an_empty_collection(tmp_path):
    found = json.loads(made(tmp_path / "a.geojson", "claims", []))
    assert found["features"] == []
    assert "bbox" not in found
