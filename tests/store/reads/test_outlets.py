"""Feeds as they are shown, and what pauses, resumes and drops them; sums of outlets are in test_known."""

import pytest

from marsad.errors import InputError
from marsad.store import faults, set_aside, tables
from marsad.store.feeds import add_feed, drop_feed, feed_states, pause_feed, resume_feed, want
from marsad.store.reads.outlets import Outlets, feed_rows, outlet_sums

A, B = "https://example.org/a.xml", "https://EXAMPLE.net/b"


@pytest.fixture
def fed(store):
    with store.database.writing() as connection:
        add_feed(connection, A, {"address": A, "outlet": "نهر"}, "عنوان")
        add_feed(connection, B, {"address": B, "outlet": ""}, "")
        want(connection, A, {"https://example.org/1": {}, "https://example.org/2": {}})
        want(connection, B, {"https://example.net/1": {}})
        places = (
            "https://example.org/3",
            "https://example.net/4",
            "https://example.net/5",
            "file.txt",
            "x://y",
        )
        rows = [{"place": place, "digest": "", "reason": "gone", "message": ""} for place in places]
        set_aside(connection, rows, None)
    return store


def rows(store):
    with store.database.reading() as connection:
        return {
            row.address: (row.outlet, row.title, row.paused, row.wanted, row.aside)
            for row in feed_rows(connection)
        }


def test_feeds_with_what_waits_and_what_was_set_aside(fed):
    assert rows(fed) == {A: ("نهر", "عنوان", False, 2, 1), B: (None, None, False, 1, 2)}


def test_a_paused_feed_is_not_among_those_that_are_asked(fed):
    with fed.database.writing() as connection:
        assert pause_feed(connection, A, "sami")
        assert not pause_feed(connection, A)
        assert [state["address"] for state in feed_states(connection)] == [B]
        assert len(feed_states(connection, paused=True)) == 2
    assert rows(fed)[A][2] is True
    with fed.database.writing() as connection:
        assert resume_feed(connection, A, "sami")
        assert not resume_feed(connection, A)
        audit = tables.audit.c
        log = connection.execute(tables.audit.select().where(audit.who == "sami").order_by(audit.id)).all()
    assert [(row.action, row.subject) for row in log] == [("feed paused", A), ("feed resumed", A)]
    assert list(faults(fed.database)) == []


def test_a_dropped_feed_takes_its_wanted_pages_with_it(fed):
    with fed.database.writing() as connection:
        assert drop_feed(connection, A) == 2
    assert rows(fed) == {B: (None, None, False, 1, 2)}
    for change in (pause_feed, resume_feed, drop_feed):
        with pytest.raises(InputError, match="no feed that is watched"), fed.database.writing() as connection:
            change(connection, A)


def test_a_store_without_articles_has_no_outlets(store):
    with store.database.reading() as connection:
        assert outlet_sums(connection) == Outlets([], None, 7)
        assert feed_rows(connection) == []
