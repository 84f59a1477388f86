"""What is held back from exports: marked by somebody for a reason, followed into new versions, and never changed afterwards."""

import pytest
from sqlalchemy import text

from marsad.errors import InputError, MarsadError
from marsad.store import faults
from marsad.store.sensitive import Held, held_back, hold_back, kind_of, marks, release
from reviewed import NEW, Desk
from stored import TEXT, stored


@pytest.fixture
def desk(store):
    return Desk(store)


def test_nothing_is_held_back_at_first(desk):
    assert desk.read(held_back) == Held()


def test_a_claim_and_an_article_are_held_back_and_released(desk):
    [claim, *_] = desk.claims()
    desk.write(hold_back, "claim", claim, "ana", "names a witness")
    desk.write(hold_back, "article", "b", "ben", "not published yet")
    assert desk.read(held_back) == Held(frozenset({claim}), frozenset({"b"}))
    desk.write(release, "claim", claim, "ben", "the witness agreed")
    assert desk.read(held_back) == Held(frozenset(), frozenset({"b"}))
    mark = desk.read(marks)["claim", claim]
    assert (mark.held, mark.who, mark.note) == (False, "ben", "the witness agreed")


def test_an_article_takes_its_claims_with_it():
    held = Held(frozenset({"c"}), frozenset({"a"}))
    assert [held.holds("x", "a"), held.holds("c", "b"), held.holds("x", "b")] == [True, True, False]


def test_each_mark_is_in_the_audit_log(desk):
    desk.write(hold_back, "article", "a", "ana", "why")
    desk.write(release, "article", "a", "ana", "not any more")
    rows = desk.rows("SELECT action, who, subject FROM audit ORDER BY id DESC LIMIT 2")
    assert rows == [("released", "ana", "a"), ("held back", "ana", "a")]
    assert list(faults(desk.store.database)) == []


def test_a_mark_stays_with_its_claim_when_the_article_changes(desk):
    [claim, *_] = desk.claims()
    desk.write(hold_back, "claim", claim, "ana", "names a witness")
    desk.put(stored("a", "عاجل. " + TEXT))
    [now] = desk.read(held_back).claims
    assert now in desk.claims()
    assert now != claim
    with pytest.raises(InputError, match="held back already"):
        desk.write(hold_back, "claim", claim, "ana", "again")
    desk.write(release, "claim", now, "ana", "over")
    assert desk.read(held_back) == Held()


def test_a_claim_that_a_person_added_can_be_held_back(desk):
    desk.add("ana", NEW)
    [[added]] = desk.rows("SELECT claim FROM reviews WHERE decision = 'add'")
    desk.write(hold_back, "claim", added, "ana", "why")
    assert desk.read(held_back).claims == {added}


@pytest.mark.parametrize(
    ("kind", "subject", "reason", "said"),
    [
        ("claim", "none", "why", "there is no claim 'none'"),
        ("article", "none", "why", "there is no article 'none'"),
        ("article", "a", " ", "need a reason"),
        ("article", "a", "x" * 2001, "need a reason"),
        ("article", "a", "a\x00b", "need a reason"),
        ("outlet", "a", "why", "a claim or an article"),
    ],
)
def test_what_cannot_be_held_back(desk, kind, subject, reason, said):
    with pytest.raises(InputError, match=said):
        desk.write(hold_back, kind, subject, "ana", reason)
    assert desk.rows("SELECT * FROM sensitive") == []


def test_what_is_not_held_back_cannot_be_released(desk):
    with pytest.raises(InputError, match="is not held back"):
        desk.write(release, "article", "a", "ana", "why")


def test_an_id_is_that_of_an_article_or_of_a_claim(desk):
    assert [desk.read(kind_of, one) for one in ("a", desk.claims()[0])] == ["article", "claim"]
    with pytest.raises(InputError, match="no article and no claim 'x'"):
        desk.read(kind_of, "x")


@pytest.mark.parametrize("deed", ["UPDATE sensitive SET held = false", "DELETE FROM sensitive"])
def test_the_database_itself_keeps_marks_as_they_are(desk, deed):
    desk.write(hold_back, "article", "a", "ana", "why")
    with pytest.raises(MarsadError, match="never changed"), desk.store.database.writing() as connection:
        connection.execute(text(deed))


def test_a_mark_that_names_no_article_is_a_fault(desk):
    with desk.store.database.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO sensitive (at, who, subject_kind, subject, held, note) VALUES ('t', 'x', 'article', 'none', true, 'n')"
            )
        )
    assert any("held back that name no article" in one for one in faults(desk.store.database))
