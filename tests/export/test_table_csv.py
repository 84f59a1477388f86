"""CSV tables: as everybody reads them, with nothing that a spreadsheet would run."""

import csv
import io

import pytest

from export import records
from marsad.export.cells import legal, unguarded
from marsad.export.columns import TABLES, told
from marsad.export.table_csv import CsvTable


def made(path, of, some=None, **changes):
    exporter = CsvTable(path, records.making(**changes), of)
    return records.written(exporter, path, records.of_kind(of) if some is None else some)


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.mark.parametrize("of", TABLES)
def test_a_table_has_the_columns_and_every_row(tmp_path, of):
    head, *body = rows(made(tmp_path / "a.csv", of))
    assert head == [column.name for column in TABLES[of]]
    making = records.making()
    values = [values for record in records.of_kind(of) for _, values in told(of, record, making)]
    assert len(body) == len(values)
    for line, wanted in zip(body, values, strict=True):
        assert [unguarded(one) for one in line] == [as_text(one) for one in wanted]


def as_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return legal(value) if isinstance(value, str) else "" if value is None else str(value)


@pytest.mark.parametrize("of", TABLES)
def test_no_cell_of_text_is_a_formula(tmp_path, of):
    kinds = [column.type for column in TABLES[of]]
    for line in rows(made(tmp_path / "a.csv", of))[1:]:
        texts = [one for one, kind in zip(line, kinds, strict=True) if kind == "text"]
        assert [one for one in texts if one.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []


@pytest.mark.parametrize("of", TABLES)
def test_two_exports_are_equal(tmp_path, of):
    assert made(tmp_path / "a.csv", of) == made(tmp_path / "b.csv", of)


def test_a_mark_of_byte_order_is_there_for_browsers_only(tmp_path):
    assert made(tmp_path / "a.csv", "control", bom=True).startswith(b"\xef\xbb\xbfid,place,")
    assert made(tmp_path / "b.csv", "control").startswith(b"id,place,")


def test_nothing_fed_is_a_table_without_rows(tmp_path):
    assert len(rows(made(tmp_path / "a.csv", "claims", []))) == 1


def test_a_private_person_has_no_name(tmp_path):
    assert "سالم" not in made(tmp_path / "a.csv", "claims").decode()
    assert "سالم" not in made(tmp_path / "b.csv", "incidents").decode()
    assert "سالم" in made(tmp_path / "c.csv", "claims", private=True).decode()


def test_a_spell_line_by_line(tmp_path):
    content = made(tmp_path / "a.csv", "control", [records.spell()], lang="ar").decode()
    assert content.splitlines()[1] == (
        "s1,Khan Shaykhun,خان شيخون,geonames:168325,Idlib,SY-ID,SY,35.44,36.65,town,5.0,held,الجيش السوري,sy-army,,,2026-03-01,,observer,i1,يؤكده المرصد"
    )
