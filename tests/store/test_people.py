"""What people decided is added to, never changed, and the audit log shows any hand that touched it."""

import pytest
from sqlalchemy import text

from marsad.errors import InputError, MarsadError
from marsad.model.incident import Judgement
from marsad.store import faults, put_articles
from marsad.store.audit import broken, note
from marsad.store.check import head
from marsad.store.people import add_judgement, judgements, undo_judgement
from marsad.store.reviewing import Decision, decide, standing
from stored import OTHER, stored


@pytest.fixture
def claims(store):
    """Ids of all claims of two articles that were put into the store."""
    with store.database.writing() as connection:
        put_articles(connection, [stored("a"), stored("b", OTHER)], None)
        return list(connection.scalars(text("SELECT id FROM claims ORDER BY article, number")))


def rows(store, sql):
    with store.database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def judge(store, one, other, verdict="same", who="ana"):
    with store.database.writing() as connection:
        return add_judgement(connection, Judgement(one=one, other=other, verdict=verdict, by=who))


def test_a_judgement_is_stored_with_its_maker_and_in_the_audit_log(store, claims):
    number = judge(store, claims[0], claims[-1])
    with store.database.reading() as connection:
        [held] = judgements(connection)
    assert (held.one, held.other, held.verdict, held.by) == (claims[0], claims[-1], "same", "ana")
    assert rows(store, "SELECT action, who, subject FROM audit ORDER BY id DESC LIMIT 1") == [
        ("judgement", "ana", str(number))
    ]


def test_undoing_is_a_new_row(store, claims):
    number = judge(store, claims[0], claims[-1])
    with store.database.writing() as connection:
        undo_judgement(connection, number, "ben")
    with store.database.reading() as connection:
        assert judgements(connection) == []
    assert rows(store, "SELECT who, undoes FROM judgements ORDER BY id") == [("ana", None), ("ben", number)]


def test_the_articles_of_a_judgement_wait_to_be_reconciled(store, claims):
    with store.database.writing() as connection:
        connection.execute(text("UPDATE articles SET pending = false"))
    judge(store, claims[0], claims[-1])
    assert rows(store, "SELECT id FROM articles WHERE pending ORDER BY id") == [("a",), ("b",)]


def test_a_claim_that_is_not_there_is_named(store, claims):
    with pytest.raises(InputError, match="there is no claim 'none'"), store.database.writing() as connection:
        add_judgement(connection, Judgement(one=claims[0], other="none", verdict="same"))
    assert rows(store, "SELECT count(*) FROM judgements") == [(0,)]


@pytest.mark.parametrize("table", ["judgements", "reviews"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET who = 'eve'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_people_decided(store, claims, table, deed):
    judge(store, claims[0], claims[-1])
    with store.database.writing() as connection:
        revision = standing(connection, claims[0]).revision
        decide(connection, Decision(who="ana", decision="accept", claim=claims[0], revision=revision))
    with pytest.raises(MarsadError, match="never changed"), store.database.writing() as connection:
        connection.execute(text(deed.format(table)))
    assert rows(store, f"SELECT who FROM {table}") == [("ana",)]


TAMPERING = [
    ("UPDATE audit SET who = 'eve' WHERE id = 2", "row 2 was changed after it was written"),
    ("DELETE FROM audit WHERE id = 2", "rows 2 to 2 are missing"),
    ("UPDATE audit SET digest = 'x' WHERE id = 2", "row 3 does not follow"),
    ("UPDATE audit SET id = 9 WHERE id = 3", "rows 3 to 8 are missing"),
]


@pytest.mark.parametrize(("deed", "said"), TAMPERING, ids=[case[1] for case in TAMPERING])
def test_the_chain_shows_what_was_done_to_it(store, deed, said):
    with store.database.writing() as connection:
        note(connection, "one", "x", {"n": 1}, "ana")
        note(connection, "two", "y", {}, "ana")
        assert broken(connection) == []
        before = head(connection)
    assert before[0] == 3
    drop = (
        "DROP TRIGGER audit_{0}" if store.database.is_file else "DROP TRIGGER IF EXISTS audit_guard ON audit"
    )
    with store.database.writing() as connection:
        for deed_name in ("UPDATE", "DELETE"):
            connection.execute(text(drop.format(deed_name)))
        connection.execute(text(deed))
    assert any(said in fault for fault in faults(store.database))


FAULTS = [
    ("DELETE FROM claims WHERE article = 'a'", "articles whose number of claims is not that of their rows"),
    ("UPDATE claims SET data = '{}' WHERE article = 'a'", "claims whose data is that of another"),
    ("UPDATE articles SET digest = 'x'", "articles whose latest version is not the one that was read"),
    ("DELETE FROM article_words", "articles that cannot be searched"),
    ("UPDATE articles SET version = 7 WHERE id = 'a'", "articles without their latest version"),
    ("UPDATE claims SET version = 7 WHERE article = 'a'", "claims of a version that is not the latest"),
    ("UPDATE articles SET pending = false", "claims that are in no incident"),
]


@pytest.mark.parametrize(("deed", "said"), FAULTS, ids=[case[1] for case in FAULTS])
def test_a_check_finds_what_is_missing(store, claims, deed, said):
    assert claims
    assert list(faults(store.database)) == []
    with store.database.writing() as connection:
        connection.execute(text(deed))
    assert any(said in fault for fault in faults(store.database))


def test_a_check_finds_a_text_that_was_changed_behind_the_store_s_back(store, claims):
    assert claims
    with store.database.writing() as connection:
        drop = (
            "DROP TRIGGER versions_UPDATE"
            if store.database.is_file
            else "DROP TRIGGER versions_guard ON versions"
        )
        connection.execute(text(drop))
        connection.execute(
            text("UPDATE versions SET text = replace(text, 'ثلاثة', 'مئة') WHERE article = 'a'")
        )
    assert list(faults(store.database)) == ["version 1 of article 'a' is not what was stored"]
