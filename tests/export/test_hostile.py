"""Every format of articles that want to do harm: the same bytes twice, files that every system can hold, and readers that take them."""

import csv
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
import zipfile

import cassis
import frictionless
import geopandas
import hxl
import openpyxl
import prov.model
import pytest
from followthemoney import model as ftm
from hxl.input import InputOptions
from pyarrow import parquet

from marsad.annotations import Wanted, read_brat, read_inception
from marsad.run.exporting import Scope, every_format, export_all, making_of
from marsad.run.names import Names
from marsad.run.project import load_project
from web.desks import hostile, make_desk

SAID = "وقال المرصد السوري إن خمسة مدنيين قتلوا في قصف على مدينة إدلب اليوم."
IDS = (
    "a/b/c", "../../etc/passwd", "..", ".", "x" * 3000, "Case", "case", "CASE", "CON", "nul", "nul.txt", "a:b", "C:\\x", "a b", "a  b", "a_b", "a?b", "a*b", " lead", "trail ",
    "trail.", "/abs", "é", "e\u0301", "ا/ب", "-rf", "=1+1", "a\nb", "typesystem", "articles", "annotation",
)  # fmt: skip
ODD = (
    {"id": "title only", "title": "خمسة قتلى في قصف على مدينة إدلب", "text": "لا جديد في الخبر سوى عنوانه حتى ساعة النشر."},
    {"id": "nothing known", "text": SAID},
    {"id": "first year", "title": "قصف", "text": "قتل خمسة مدنيين في قصف على مدينة إدلب أمس.", "published": "1800-01-01", "outlet": "x"},
    {"id": "last year", "title": "قصف", "text": "قتل خمسة مدنيين في قصف على مدينة إدلب أمس.", "published": "2199-12-31", "outlet": "x"},
    {"id": "toll", "title": "قصف", "text": "قتل 1000000000000 مدني في قصف على مدينة إدلب أمس. وأصيب 99999999999999999999 شخصا في مدينة حلب.", "published": "2024-12-06T23:59:59-12:00", "outlet": "x"},
)  # fmt: skip
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def articles():
    plain = [
        {"id": one, "title": f"عنوان {number}", "outlet": "ضفاف برس", "published": "2024-12-06", "text": SAID}
        for number, one in enumerate(IDS)
    ]
    return [*hostile(), *plain, *ODD]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The folder with every format, and one with every format once more."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, articles())), encoding="utf-8")
    store, names = load_project(make_desk(folder / "desk", folder / "in.jsonl")).open(), Names()
    for one in ("first", "second"):
        (folder / one).mkdir()
        making = making_of(store, Scope(), names=names)
        export_all(store, every_format(folder / one), Scope(), making, jobs=1 if one == "first" else 2)
    names.close()
    store.close()
    return folder / "first", folder / "second"


def unpacked(file, folder):
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    return folder / file.stem


def lines(file):
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def test_twice_the_same_bytes_also_by_several_processes(out):
    first, second = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in out)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("name", ["brat", "inception", "release", "site"])
def test_files_have_names_that_every_system_can_hold(out, name):
    with zipfile.ZipFile(out[0] / f"{name}.zip") as packed:
        found = packed.namelist()
    assert len({one.casefold() for one in found}) == len(found)
    for one in found:
        parts = one.split("/")
        assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}", part) for part in parts), one
        assert not any(_DEVICES.fullmatch(part) or part.endswith(".") for part in parts), one


def test_annotators_files_come_back_as_the_articles_they_were(out, tmp_path):
    came = {one["id"] for one in lines(out[0] / "jsonl-articles.jsonl")}
    brat = unpacked(out[0] / "brat.zip", tmp_path)
    cas = unpacked(out[0] / "inception.zip", tmp_path)
    assert len(came) > len(IDS)
    assert {one.article["id"] for one in read_brat(brat, Wanted())} == came
    assert {one.article["id"] for one in read_inception(cas, Wanted())} == came
    for file in cas.glob("*.json"):
        with file.open("rb") as stream:
            assert cassis.load_cas_from_json(stream).sofa_string


@pytest.mark.parametrize(
    "name",
    [
        "csv-incidents",
        "csv-claims",
        "csv-control",
        "acled",
        "ucdp",
        "hxl",
        "release/claims",
        "release/articles",
    ],
)
def test_tables_have_no_formula_and_as_many_cells_in_each_row(out, tmp_path, name):
    file = out[0] / f"{name}.csv"
    if "/" in name:
        file = unpacked(out[0] / "release.zip", tmp_path) / "data" / f"{name.partition('/')[2]}.csv"
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    texts = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d.]+", cell)]
    assert [cell for cell in texts if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_workbook(out):
    book = openpyxl.load_workbook(out[0] / "xlsx.xlsx")
    assert {cell.data_type for sheet in book for row in sheet for cell in row}.isdisjoint({"f", "e"})


@pytest.mark.parametrize("of", ["incidents", "claims", "control"])
def test_maps_and_columns(out, of):
    table = geopandas.read_parquet(out[0] / f"parquet-{of}.parquet")
    assert len(table) == parquet.read_metadata(out[0] / f"parquet-{of}.parquet").num_rows
    assert len(geopandas.read_file(out[0] / "gpkg.gpkg", layer=of)) == len(table)
    features = json.loads((out[0] / f"geojson-{of}.geojson").read_bytes())["features"]
    assert len(features) == len(table)


def test_layers_are_sound(out):
    layers = sqlite3.connect(out[0] / "gpkg.gpkg")
    assert layers.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    layers.close()


@pytest.mark.parametrize("name", ["kml.kml", "atom.atom"])
def test_xml(out, name):
    assert len(ET.parse(out[0] / name).getroot()) > 0


@pytest.mark.parametrize("name", ["jsonl-articles", "jsonl-incidents", "changes", "plover", "ftm"])
def test_json_lines(out, name):
    assert all(isinstance(one, dict) for one in lines(out[0] / f"{name}.jsonl"))


def test_linked_data(out):
    for one in lines(out[0] / "ftm.jsonl"):
        assert ftm.get_proxy(one).id
    document = prov.model.ProvDocument.deserialize(out[0] / "prov.json", format="json")
    assert list(document.get_records())
    held = json.loads((out[0] / "annotation.jsonld").read_bytes())
    assert held
    assert json.loads((out[0] / "jsonfeed.json").read_bytes())["items"]


def test_hxl(out):
    rows = hxl.data(io.BytesIO((out[0] / "hxl.csv").read_bytes()), InputOptions(allow_local=True))
    assert len(list(rows)) == len(lines(out[0] / "jsonl-incidents.jsonl"))


def test_release(out, tmp_path):
    folder = unpacked(out[0] / "release.zip", tmp_path)
    frictionless.system.trusted = True
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


def test_pages_have_no_script_of_the_articles(out, tmp_path):
    site = unpacked(out[0] / "site.zip", tmp_path)
    for file in [out[0] / "report.html", *site.rglob("*.html")]:
        said = file.read_text("utf-8")
        assert "<script>window" not in said and "<img src=x" not in said and "<svg onload" not in said
        assert 'href="javascript' not in said
