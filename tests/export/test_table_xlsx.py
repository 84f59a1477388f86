"""Workbooks: as openpyxl reads them, strictly as Office Open XML has them, and with nothing that runs."""

import re
import zipfile

import openpyxl
import pytest
from lxml import etree

from export import records
from marsad.export import table_xlsx, xlsx_package
from marsad.export.cells import guarded
from marsad.export.columns import TABLES, told
from marsad.export.table_xlsx import Workbook
from marsad.export.xlsx_package import column_letters

SHEETS = ["incidents", "claims", "control", "about"]


def made(path, some=None, **changes):
    records.written(
        Workbook(path, records.making(**changes)), path, records.everything() if some is None else some
    )
    return openpyxl.load_workbook(path)


def as_read(value):
    """A value as a cell gives it back: text guarded, empty text nothing, line ends plain."""
    if isinstance(value, str):
        return guarded(value).replace("\r\n", "\n") or None
    return value


def test_every_sheet_has_its_columns_and_rows(tmp_path):
    book = made(tmp_path / "a.xlsx")
    assert book.sheetnames == SHEETS
    for table, columns in TABLES.items():
        head, *body = book[table].iter_rows(values_only=True)
        assert list(head) == [column.name for column in columns]
        making = records.making()
        values = [values for record in records.of_kind(table) for _, values in told(table, record, making)]
        assert [list(line) for line in body] == [[as_read(one) for one in line] for line in values]


def test_nothing_is_a_formula_or_a_link(tmp_path):
    book = made(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} == {"s", "n", "b"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert [name for name in package.namelist() if re.search("external|macro|vba|hyperlink", name)] == []
        assert b"<f>" not in b"".join(map(package.read, package.namelist()))


def test_sheets_are_frozen_filtered_and_as_wide_as_they_should_be(tmp_path):
    book = made(tmp_path / "a.xlsx")
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{column_letters(sheet.max_column - 1)}{sheet.max_row}"
        assert not sheet.sheet_view.rightToLeft
        assert sheet["A1"].font.bold
        assert not sheet["A2"].font.bold
    assert book["claims"].column_dimensions["A"].width == 18
    assert book.properties.created.isoformat() == records.MOMENT[:19]


def test_arabic_sheets_run_from_right_to_left(tmp_path):
    book = made(tmp_path / "a.xlsx", lang="ar")
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    assert book["control"]["M2"].value == "الجيش السوري"


def test_about_says_what_it_is_and_what_columns_mean(tmp_path):
    book = made(tmp_path / "a.xlsx", filters=(("status", "denied"), ("q", "=1")))
    rows = list(book["about"].iter_rows(values_only=True))
    told_of = {row[:2]: row[3] for row in rows}
    assert "As reported" in told_of["export", "note"]
    assert told_of["export", "only status"] == "denied"
    assert told_of["export", "only q"] == "'=1"
    assert told_of["export", "rows of claims"] == 5
    assert told_of["export", "moment"] == records.MOMENT
    meanings = {(table, column.name): column.means for table, columns in TABLES.items() for column in columns}
    assert meanings.items() <= told_of.items()


def test_texts_that_are_too_long_are_cut_and_counted(tmp_path):
    long, emoji = "س" * 32_768, "👩" * 16_384
    fits = "س" * 32_767
    some = [
        records.article(
            *(records.claim(f"c{n}", n, quote=text) for n, text in enumerate((long, emoji, fits)))
        )
    ]
    book = made(tmp_path / "a.xlsx", some)
    column = [column.name for column in TABLES["claims"]].index("quote") + 1
    quotes = [book["claims"].cell(row, column).value for row in (2, 3, 4)]
    assert quotes == ["س" * 32_766 + "…", "👩" * 16_383 + "…", fits]
    about = {row[1]: row[3] for row in book["about"].iter_rows(values_only=True)}
    assert about["cells cut at 32767 characters"] == 2


def test_what_looks_escaped_is_told_as_it_is(tmp_path):
    some = [records.article(records.claim(quote=" _x0041_ <b>&amp; "))]
    book = made(tmp_path / "a.xlsx", some)
    column = [column.name for column in TABLES["claims"]].index("quote") + 1
    assert book["claims"].cell(2, column).value == " _x005F_x0041_ <b>&amp; "  # (openpyxl undoes no escapes)


@pytest.mark.parametrize(("limit", "value"), [("MOST_ROWS", 3), ("MOST_BYTES", 1)])
def test_a_long_table_goes_on_in_another_sheet(tmp_path, monkeypatch, limit, value):
    monkeypatch.setattr(xlsx_package, limit, value)
    monkeypatch.setattr(xlsx_package, "_BUFFER", 0)
    some = [records.article(*(records.claim(f"c{n}", n) for n in range(5)))]
    book = made(tmp_path / "a.xlsx", some)
    found = [name for name in book.sheetnames if name.startswith("claims")]
    assert found[:3] == ["claims", "claims 2", "claims 3"]
    assert book.sheetnames == ["incidents", *found, "control", "about"]
    ids = [line[0] for name in found for line in book[name].iter_rows(min_row=2, values_only=True)]
    assert ids == [f"c{n}" for n in range(5)]


def test_two_exports_are_equal_and_every_part_is_xml(tmp_path):
    made(tmp_path / "a.xlsx")
    made(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        roots = {name: etree.fromstring(package.read(name)).tag for name in package.namelist()}
    assert len(roots) == 4 + 6


def test_nothing_fed_is_a_workbook_with_empty_sheets(tmp_path):
    book = made(tmp_path / "a.xlsx", [])
    assert [sheet.max_row for sheet in book][:3] == [1, 1, 1]


@pytest.mark.parametrize(("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")])  # fmt: skip
def test_columns_have_letters(number, letters):
    assert column_letters(number) == letters


def test_there_are_letters_for_every_column():
    assert max(map(len, TABLES.values())) < xlsx_package._COLUMNS
    assert table_xlsx.MOST_TEXT == 32_767
