"""Our own columns: as many values as there are columns, of the types that they say, and unknown is None."""

from datetime import date, datetime

import pytest

from export.records import claim, claim_data, incident, making, odd_claims, odd_incidents, odd_spells, toll
from marsad.export.columns import TABLES, cells_of, values_of

ROWS = {"incidents": odd_incidents, "claims": odd_claims, "control": odd_spells}
TYPES = {"text": str, "integer": int, "number": float, "boolean": bool, "day": str, "moment": str}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_value_has_the_type_of_its_column(table, lang):
    for row in ROWS[table]():
        values = values_of(table, row, making(lang=lang))
        assert len(values) == len(TABLES[table])
        for column, value in zip(TABLES[table], values, strict=True):
            assert value is None or type(value) is TYPES[column.type], (column, value)
            if value is not None and column.type in ("day", "moment"):
                (date if column.type == "day" else datetime).fromisoformat(value)


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_named_once_and_say_what_they_mean(table):
    names = [column.name for column in TABLES[table]]
    assert len(set(names)) == len(names) and all(column.means for column in TABLES[table])


def row_of(table, record, **changes):
    return dict(
        zip(
            [column.name for column in TABLES[table]],
            values_of(table, record, making(**changes)),
            strict=True,
        )
    )


def test_an_incident_by_its_columns():
    row = row_of(
        "incidents", incident(counts=[toll(least=20, most=None), toll("wounded", 3, 9)], counts_differ=True)
    )
    expected = {
        "id": "i1", "event": "territory.advance", "status": "single", "review": "machine", "roots": 1, "first_day": "2026-03-01", "time_precision": "day",
        "place": "Khan Shaykhun", "place_ar": "خان شيخون", "admin1": "Idlib", "admin1_id": "SY-ID", "country": "SY", "lat": 35.44, "lon": 36.65,
        "place_precision": "town", "agents": "Syrian army", "actor_ids": "sy-army", "killed_min": 20, "killed_max": None, "killed_min_by": "المرصد", "killed_max_by": None,
        "wounded_min": 3, "wounded_max": 9, "wounded_max_by": "المشفى", "displaced_min": None, "counts_differ": True, "why": "one root affirms it", "root_names": "Observer",
        "outlets": "Agency", "claims": 1, "articles": "a1", "urls": "https://example.org/a1", "first_published": "2026-03-02",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row_of("incidents", incident(), lang="ar")["agents"] == "الجيش السوري"


def test_of_several_counts_of_one_kind_the_whole_is_told_and_not_a_part_of_it():
    counts = [
        {"kind": "killed", "text": "4 أطفال", "min": 4, "max": 4},
        {"kind": "killed", "text": "20", "min": 20, "max": 20},
    ]
    row = row_of("claims", claim(data=claim_data(counts=counts)))
    assert (row["killed_min"], row["killed_max"], row["wounded_min"]) == (20, 20, None)


def test_what_is_made_for_one_language_is_not_given_for_another():
    record = incident()
    assert values_of("incidents", record, making()) is values_of("incidents", record, making())
    assert values_of("incidents", record, making()) != values_of("incidents", record, making(lang="ar"))
    assert cells_of("incidents", record, making())[0] == "i1"
