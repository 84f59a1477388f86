"""HXL: tags of the standard, read by libhxl."""

import io

import hxl
import pytest
from hxl.input import InputOptions

from export import records
from marsad.export.columns import INCIDENTS
from marsad.export.hxl import Hxl, tag_of

HASHTAGS = set(
    """#access #activity #adm1 #adm2 #adm3 #adm4 #adm5 #affected #beneficiary #capacity #cause #channel #contact #country #crisis #currency #date #delivery #description
    #event #frequency #geo #group #impact #indicator #inneed #item #loc #meta #modality #need #operations #org #output #population #reached #region #respondee #sector
    #service #severity #status #subsector #targeted #value""".split()
)
"""Those of HXL 1.1."""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a.csv"
    records.written(Hxl(path, records.making()), path, records.odd_incidents())
    return path


def read(path):
    return hxl.data(io.BytesIO(path.read_bytes()), InputOptions(allow_local=True))


def test_every_column_has_its_own_tag_of_the_standard():
    tags = [tag_of(column.name) for column in INCIDENTS]
    assert {tag.split("+")[0] for tag in tags} <= HASHTAGS
    assert len(set(tags)) == len(tags)


def test_libhxl_reads_columns_and_rows(table):
    found = read(table)
    assert [column.header for column in found.columns] == [column.name for column in INCIDENTS]
    assert [hxl.model.Column.parse(tag_of(column.name)) for column in INCIDENTS] == found.columns
    rows = list(found)
    assert [row.get("#event+id") for row in rows] == [f"i{n}" for n in range(1, 7)]
    assert [row.get("#affected+killed+min") or "" for row in rows] == ["", "", "", "20", "", ""]
    assert [row.get("#affected+injured+max") or "" for row in rows] == ["", "", "", "9", "", ""]
    assert [row.get("#geo+lat") or "" for row in rows] == ["35.44", "", "35.0", "35.44", "", "0.0"]
    assert rows[0].get("#group+agent") == "Syrian army"
    assert rows[3].get("#meta+source+affected+killed+min") == "المرصد"


def test_libhxl_finds_no_error(table):
    errors = []
    report = hxl.validation.validate(read(table))
    for issue in report["issues"]:
        if issue["severity"] == "error":
            errors.append(issue["description"])
    assert errors == []
    assert report["stats"]["error"] == 0


def test_two_exports_are_equal(table, tmp_path):
    other = tmp_path / "b.csv"
    assert table.read_bytes() == records.written(Hxl(other, records.making()), other, records.odd_incidents())
