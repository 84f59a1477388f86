"""Spells narrowed by what an address asks for, on SQLite and on PostgreSQL."""

import json

import pytest

from marsad.store import tables
from marsad.store.db import insert
from marsad.store.list_tables import incident_list
from marsad.store.lists import day_number
from marsad.store.reads.control import (
    Asked,
    beginnings,
    control_places,
    count_control,
    holders_told,
    key_of_spell,
    latest_day,
    names_told,
    on_two_days,
    spell_object,
    spell_objects,
    spell_rows,
    spells_at,
    told_days,
)

# id, place's key, number, country, first day, last day, state, holder, claimant
SPELLS = [
    ("s1", "p1", 0, "SY", "2024-01-01", "2024-06-01", "held", "A", None),
    ("s2", "p1", 1, "SY", "2024-06-01", "2024-12-05", "contested", "A", "B"),
    ("s3", "p1", 2, "SY", "2024-12-05", None, "held", "B", None),
    ("s4", "p2", 0, "YE", "2023-05-05", "2024-02-02", "unknown", None, None),
    ("s5", "p2", 1, "YE", "2024-02-02", None, "held", "C", None),
    ("s6", "p3|", 0, None, "2024-12-04", "2024-12-05", "contested", None, "A"),
]
FITS = [
    (Asked(), "s1 s2 s3 s4 s5 s6"),
    (Asked(keys=("p2", "p3|")), "s4 s5 s6"),
    (Asked(keys=()), ""),
    (Asked(country=("SY",)), "s1 s2 s3"),
    (Asked(holder=("A",)), "s1 s2 s6"),
    (Asked(holder=("B",)), "s2 s3"),
    (Asked(state=("held",)), "s1 s3 s5"),
    (Asked(state=("unknown", "contested")), "s2 s4 s6"),
    (Asked(since="2024-06-01"), "s2 s3 s5 s6"),
    (Asked(since="2024-05-31"), "s1 s2 s3 s5 s6"),
    (Asked(until="2024-01-01"), "s1 s4"),
    (Asked(on="2024-06-01"), "s2 s5"),
    (Asked(on="2024-12-04"), "s2 s5 s6"),
    (Asked(on="2024-12-05"), "s3 s5"),
    (Asked(on="2020-01-01"), ""),
    (Asked(on="2024-03-01", country=("YE",), state=("held",)), "s5"),
]


@pytest.fixture
def connection(store):
    fields = ("id", "place_key", "number", "country", "first_day", "last_day", "state", "holder", "claimant")
    rows = [dict(zip(fields, spell, strict=True)) for spell in SPELLS]
    for row in rows:
        place = row["place_key"]
        row |= {
            "place_id": None if "|" in place else place,
            "place": f"name of {place}",
            "lat": 1.0,
            "lon": 2.0,
        }
        row["data"] = json.dumps({"id": row["id"], "incidents": ["i1"]})
    with store.database.writing() as writing:
        insert(writing, tables.spells, rows)
        borne = [("i1", "p2"), ("i2", "p2"), ("i3", "p1"), ("i9", "p9")]
        insert(writing, tables.incident_places, [{"incident": one, "place": place} for one, place in borne])
        told = [("i1", "2024-01-02", None), ("i2", "2024-01-02", "2024-01-09"), ("i3", None, None)]
        plain = {"event": "e", "roots": 1, "claims": 1, "outlets": 1, "changed": ""}
        insert(
            writing,
            incident_list,
            [
                {"id": one, "first": day_number(first), "last": day_number(last), **plain}
                for one, first, last in told
            ],
        )
    with store.database.reading() as reading:
        yield reading


def ids(rows):
    return " ".join(row.id for row in rows)


def test_what_fits(connection):
    for asked, expected in FITS:
        rows = list(spell_rows(connection, asked))
        assert ids(rows) == expected, asked
        assert [whole["id"] for whole in spell_objects(connection, asked)] == expected.split()
        assert count_control(connection, asked) == (len({row.key for row in rows}), len(rows))
        assert beginnings(connection, asked) == sorted(row.first_day for row in rows)


def test_places_come_by_how_many_incidents_bear_on_them(connection):
    places = control_places(connection, Asked(), 10)
    assert [(one.key, one.spells, one.incidents) for one in places] == [
        ("p2", 2, 2),
        ("p1", 3, 1),
        ("p3|", 1, 0),
    ]
    assert [one.key for one in control_places(connection, Asked(), 1, skip=1)] == ["p1"]
    [held] = control_places(connection, Asked(holder=("B",)), 10)
    assert (held.key, held.name, held.id, held.country, held.spells) == ("p1", "name of p1", "p1", "SY", 2)


def test_all_spells_of_some_places(connection):
    found = spells_at(connection, ["p3|", "p1", "none"])
    assert {key: ids(row for row, _ in rows) for key, rows in found.items()} == {
        "p3|": "s6",
        "p1": "s1 s2 s3",
        "none": "",
    }
    assert found["p1"][2][1] == {"id": "s3", "incidents": ["i1"]}
    assert spell_object(connection, "s5")["id"] == "s5"
    assert spell_object(connection, "s0") is None
    assert (key_of_spell(connection, "s6"), key_of_spell(connection, "s0")) == ("p3|", None)


def test_two_days_beside_each_other(connection):
    pairs = on_two_days(connection, Asked(on="2024-12-05"), "2024-01-15")
    assert {
        key: tuple(row and row.id for row in pair) for key, pair in pairs.items()
    } == {"p1": ("s3", "s1"), "p2": ("s5", "s4")}  # fmt: skip
    of_a = on_two_days(connection, Asked(on="2024-12-05", holder=("A",)), "2024-01-15")
    assert list(of_a) == ["p1"], "A held it on one of the two days"
    assert not on_two_days(connection, Asked(on="2024-12-05", state=("contested",)), "2024-01-15")


def test_what_is_known_of_all(connection):
    assert holders_told(connection) == {"A": 2, "B": 1, "C": 1}
    assert sorted(names_told(connection)) == [
        ("p1", "name of p1", "p1", "SY"),
        ("p2", "name of p2", "p2", "YE"),
        ("p3|", "name of p3|", None, None),
    ]
    assert told_days(connection, ["i1", "i2", "i3", "i4"]) == {"i1": "2024-01-02", "i2": "2024-01-09"}
    assert latest_day(connection) == "2024-12-05"
