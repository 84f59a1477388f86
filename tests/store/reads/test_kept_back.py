"""What goes with what people hold back, on both engines."""

import pytest

from marsad.store import put_articles
from marsad.store.reads.kept_back import kept_back, marked_rows, spells_kept_back
from marsad.store.sensitive import hold_back, release
from stored import OTHER, stored
from web.client import reconcile


@pytest.fixture
def told(store, data):
    with store.database.writing() as connection:
        put_articles(connection, [stored("a1"), stored("a2", OTHER)], None)
    reconcile(store)
    return store


def back(store):
    with store.database.reading() as connection:
        return kept_back(connection), spells_kept_back(connection), marked_rows(connection)


def test_an_article_takes_its_claims_incidents_and_spells_with_it(told):
    found, spells, rows = back(told)
    assert (found.any, spells, rows) == (False, frozenset(), [])
    with told.database.writing() as connection:
        hold_back(connection, "article", "a2", "ana", "why")
    found, spells, [row] = back(told)
    assert (found.any, found.articles, row.article, row.number) == (True, {"a2"}, "a2", None)
    assert found.claims and found.incidents and spells
    with told.database.writing() as connection:
        release(connection, "article", "a2", "ana", "over")
    assert back(told)[0].any is False


def test_a_claim_takes_its_incident_with_it_and_is_listed_by_its_words(told):
    with told.database.writing() as connection:
        hold_back(connection, "article", "a1", "ana", "why")
    claims = sorted(back(told)[0].claims)
    with told.database.writing() as connection:
        release(connection, "article", "a1", "ana", "over")
        hold_back(connection, "claim", claims[0], "ana", "names a witness")
    found, _, [row] = back(told)
    assert (found.claims, found.articles, len(found.incidents)) == ({claims[0]}, frozenset(), 1)
    assert (row.article, row.mark.note) == ("a1", "names a witness")
    assert row.words
    assert row.number is not None
