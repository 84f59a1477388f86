"""What is new, in sentences that name the thing."""

import json

import pytest

from marsad.run.news import last_number, news
from marsad.run.tying import Tying
from marsad.store import put_articles
from marsad.store.feeds import note_change
from stored import TEXT, stored

TAKEN = "أعلنت هيئة تحرير الشام يوم الخميس سيطرتها على مدينة حماة بعد معارك مع الجيش السوري."


@pytest.fixture
def held(store, kit, knowledge):
    """A store with incidents and control of a place."""
    with store.database.writing() as connection:
        put_articles(connection, [stored("a", TEXT), stored("b", TAKEN, published="2024-12-05")], None)
    Tying(store=store, knowledge=knowledge, kit=kit).run()
    return store


def note(store, kind, *rows):
    with store.database.writing() as connection:
        before = last_number(connection)
        note_change(connection, kind, rows)
        return news(connection, before)


def test_where_nothing_changed_there_is_no_news(store):
    with store.database.reading() as connection:
        assert (last_number(connection), news(connection, 0)) == (0, [])


def test_an_incident_is_named_by_what_where_and_when_with_its_reason(held):
    with held.database.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT id, event, place, first_day FROM incidents WHERE place IS NOT NULL ORDER BY id"
        ).first()
    [item] = note(held, "status", (row.id, "single", "corroborated"))
    assert item.about == f"{row.event} {row.place} {row.first_day} [{row.id}]"
    assert item.why
    assert item.line == f"status: {item.about}: single -> corroborated ({item.why})"


def test_a_place_is_named(held):
    with held.database.reading() as connection:
        row = connection.exec_driver_sql("SELECT place_key, place FROM spells").first()
    [item] = note(held, "control", (row.place_key, "", "held / ا"))
    assert (item.about, item.line) == (row.place, f"control: {row.place}: nothing told -> held / ا")
    assert item.data()["before"] is None


def test_what_is_gone_is_told_by_its_id(held):
    [incident, place] = note(held, "status", ("i0", "single", "none"), ("elsewhere", "held", ""))
    assert (incident.about, incident.why) == ("i0", "")
    assert place.line.endswith("held -> nothing told")
    [item] = note(held, "control", ("geonames:0", "held", ""))
    assert (item.about, item.after) == ("geonames:0", "")


def test_news_come_in_order_and_only_those_after_a_number(store):
    first = note(store, "feed", ("a", "speaks", "silent"), ("b", "speaks", "silent"))
    second = note(store, "feed", ("c", "speaks", "silent"))
    assert [item.subject for item in first] == ["a", "b"]
    assert [item.subject for item in second] == ["c"]
    with store.database.reading() as connection:
        assert [item.subject for item in news(connection, 0, most=2)] == ["a", "b"]
        assert last_number(connection) == second[0].number
    assert json.loads(json.dumps(first[0].data()))["subject"] == "a"
