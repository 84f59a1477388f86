"""KML: well-formed, in the order that its schema asks for, and as GDAL reads it."""

import geopandas
import pyogrio
import pytest
from lxml import etree

from export import records
from marsad.export.kml import Kml

NS = {"k": "http://www.opengis.net/kml/2.2"}
SECTIONS = ["name", "description", "Style", "Schema", "Folder"]
PARTS = ["name", "description", "TimeStamp", "TimeSpan", "styleUrl", "ExtendedData", "Point"]


def made(path, some=None, **changes):
    some = records.odd_incidents() if some is None else some
    return records.written(Kml(path, records.making(**changes)), path, some)


def document(content):
    return etree.fromstring(content).find("k:Document", NS)


def tags(element):
    return [etree.QName(one).localname for one in element]


def test_folders_are_statuses_in_the_order_of_legends(tmp_path):
    found = document(made(tmp_path / "a.kml"))
    assert list(dict.fromkeys(tags(found))) == SECTIONS
    folders = {one.findtext("k:name", namespaces=NS): one for one in found.iterfind("k:Folder", NS)}
    ids = {
        name: [one.get("id") for one in folder.iterfind("k:Placemark", NS)]
        for name, folder in folders.items()
    }
    assert ids == {"single": ["i1"], "corroborated": ["i6"], "disputed": ["i4"], "denied": ["i3"]}
    assert list(ids) == ["single", "corroborated", "disputed", "denied"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.kml"]


def test_incidents_off_the_map_are_counted(tmp_path):
    said = document(made(tmp_path / "a.kml", filters=(("type", "harm"),))).findtext(
        "k:description", namespaces=NS
    )
    assert "Incidents that are not on the map, and so not here: 2." in said
    assert "not what happened" in said
    assert "Only: type=harm." in said


def test_what_is_left_out_is_told_to_whoever_exports(tmp_path):
    written = Kml(tmp_path / "a.kml", records.making())
    for one in records.odd_incidents():
        written.feed(one)
    written.finish()
    assert (written.counts.records, written.counts.left_out) == ({"incidents": 4}, {"not on the map": 2})


def test_placemarks_have_time_place_and_style(tmp_path):
    found = document(made(tmp_path / "a.kml"))
    marks = {one.get("id"): one for one in found.iterfind(".//k:Placemark", NS)}
    for mark in marks.values():
        assert tags(mark) == [part for part in PARTS if part in tags(mark)]
        status = mark.findtext("k:styleUrl", namespaces=NS).removeprefix("#")
        assert found.find(f"k:Style[@id='{status}']", NS) is not None
    assert marks["i1"].findtext("k:TimeStamp/k:when", namespaces=NS) == "2026-03-01"
    assert marks["i3"].findtext("k:TimeSpan/k:begin", namespaces=NS) == "2026-02-20"
    assert marks["i3"].findtext("k:TimeSpan/k:end", namespaces=NS) == "2026-02-26"
    assert marks["i3"].findtext("k:Point/k:coordinates", namespaces=NS) == "38.0,35.0"
    assert marks["i6"].findtext("k:name", namespaces=NS) == "territory.advance; Khan Shaykhun"


def test_no_text_can_be_taken_for_marks(tmp_path):
    found = document(made(tmp_path / "a.kml"))
    texts = "".join(found.itertext())
    assert "<" not in texts
    assert ">" not in texts
    assert "‹/script›" in texts
    assert found.find(".//k:Icon", NS) is None


def test_gdal_reads_folders_as_layers_with_typed_data(tmp_path):
    made(tmp_path / "a.kml")
    layers = [name for name, _ in pyogrio.list_layers(tmp_path / "a.kml")]
    assert layers == ["single", "corroborated", "disputed", "denied"]
    found = geopandas.read_file(tmp_path / "a.kml", layer="disputed")
    assert found.crs.to_epsg() == 4326
    (row,) = found.to_dict("records")
    assert (row["killed_min"], row["wounded_max"], row["status"]) == (20, 9, "disputed")
    assert row["agents"] == "Syrian army"
    assert (row["geometry"].x, row["geometry"].y) == (36.65, 35.44)


def test_arabic_words(tmp_path):
    found = document(made(tmp_path / "a.kml", lang="ar"))
    assert found.findtext("k:Folder/k:name", namespaces=NS) == "مفرد المصدر"
    assert found.findtext("k:Folder/k:Placemark/k:name", namespaces=NS) == "territory.advance; خان شيخون"
    assert found.findtext("k:name", namespaces=NS) == "desk · حوادث كما وردت في الأخبار"


@pytest.mark.parametrize("some", [None, []])
def test_two_exports_are_equal(tmp_path, some):
    assert made(tmp_path / "a.kml", some) == made(tmp_path / "b.kml", some)


@pytest.mark.parametrize(
    ("time", "tag"),
    [
        (None, None),
        ({"from": "2026-03-01", "to": None, "precision": "day"}, "<TimeSpan><begin>2026-03-01</begin></TimeSpan>"),
        ({"from": None, "to": "2026-03-01", "precision": "day"}, "<TimeSpan><end>2026-03-01</end></TimeSpan>"),
        (records.DAY, "<TimeStamp><when>2026-03-01</when></TimeStamp>"),
    ],
)  # fmt: skip
def test_time_is_told_as_far_as_it_is_known(tmp_path, time, tag):
    written = made(tmp_path / "a.kml", [records.incident(time=time)]).decode()
    assert (tag in written) if tag else "<Time" not in written
