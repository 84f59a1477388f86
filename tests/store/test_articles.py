"""Articles in and out of a store: one contract, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import text

from marsad.errors import MarsadError
from marsad.store import faults, known_pieces, latest, put_articles, sizes, versions_of
from marsad.store.search import find
from stored import OTHER, TEXT, stored

LONGER = f"صباح اليوم. {TEXT}"


def put(store, *articles, **how):
    with store.database.writing() as connection:
        return put_articles(connection, articles, None, **how)


def claims_of(store, identity):
    with store.database.reading() as connection:
        query = text("SELECT id, version FROM claims WHERE article = :id ORDER BY number")
        return connection.execute(query, {"id": identity}).all()


AT = {"url": "https://a.example/1"}
FIRST = stored("a", **AT)
FATES = [
    ("the same again", stored("a", **AT), "unchanged"),
    ("another text", stored("a", LONGER), "changed"),
    ("another title", stored("a", title="عنوان"), "changed"),
    ("another day", stored("a", published="2024-12-07"), "changed"),
    ("a corrected outlet", stored("a", outlet="وكالة البحر"), "changed"),
    ("another article with that id", stored("a", OTHER, outlet="وكالة البحر"), "taken"),
    ("another article at another address", stored("a", OTHER, url="https://b.example/2"), "taken"),
    ("another reader", stored("a", reader="marsad 0.0 (other)", **AT), "reread"),
]


@pytest.mark.parametrize(("second", "fate"), [case[1:] for case in FATES], ids=[case[0] for case in FATES])
def test_put_articles_tells_what_became_of_each(store, second, fate):
    assert put(store, FIRST) == ["new"]
    assert put(store, second) == [fate]
    assert list(faults(store.database)) == []


def test_put_articles_keeps_every_version_and_the_claims_of_the_latest(store):
    put(store, stored("a"), stored("b", OTHER))
    before = claims_of(store, "a")
    assert put(store, stored("a", LONGER)) == ["changed"]
    with store.database.reading() as connection:
        assert [one.text for one in versions_of(connection, "a")] == [TEXT, LONGER]
        [(article, data)] = list(latest(connection, ["a"]))
        assert article.text == LONGER
        assert len(data) == len(claims_of(store, "a"))
        assert find(connection, "صباح")[0] == 1
    assert before
    assert {row.version for row in claims_of(store, "a")} == {2}
    assert {row.id for row in claims_of(store, "a")}.isdisjoint(row.id for row in before)
    assert list(faults(store.database)) == []


def test_put_articles_stores_two_texts_of_one_id_in_one_batch_as_versions(store):
    assert put(store, stored("a"), stored("b"), stored("a", LONGER)) == ["new", "new", "changed"]
    with store.database.reading() as connection:
        assert len(list(versions_of(connection, "a"))) == 2


def test_put_articles_replaces_claims_again_only_when_asked(store):
    put(store, stored("a"))
    assert put(store, stored("a")) == ["unchanged"]
    assert put(store, stored("a"), again=True) == ["reread"]
    with store.database.reading() as connection:
        assert len(list(versions_of(connection, "a"))) == 1


def test_a_transaction_that_fails_leaves_nothing(store):
    def fail():
        with store.database.writing() as connection:
            put_articles(connection, [stored("a")], None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.database.reading() as connection:
        rows = sizes(connection)
    assert (rows["articles"], rows["versions"], rows["claims"], rows["seen"]) == (0, 0, 0, 0)
    assert list(faults(store.database)) == []


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM versions",
        "UPDATE versions SET text = ''",
        "DELETE FROM audit",
        "UPDATE audit SET who = 'another'",
    ],
)
def test_the_database_refuses_to_change_what_is_never_changed(store, deed):
    put(store, stored("a"))
    with pytest.raises(MarsadError, match="never changed"), store.database.writing() as connection:
        connection.execute(text(deed))


def test_known_pieces_finds_by_name_and_by_digest(store):
    put(store, stored("a", piece="file:/x/one.txt"))
    digest = stored("a").piece_digest
    with store.database.reading() as connection:
        found = known_pieces(
            connection, [("file:/x/one.txt", "other"), ("file:/y/one.txt", digest), ("no", "no")]
        )
    assert found == dict.fromkeys(["file:/x/one.txt", digest], (digest, "a", "file:/x/one.txt"))


def test_what_no_database_can_hold_is_replaced_one_for_one(store):
    put(store, stored("a", f"{TEXT}\x00\ud800 نهاية"))
    with store.database.reading() as connection:
        [article] = versions_of(connection, "a")
    assert article.text == f"{TEXT}\ufffd\ufffd نهاية"
