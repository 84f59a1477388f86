"""What two readers said of a claim: kept with it, found quickly, and gone with the reading that said so."""

from dataclasses import replace

import pytest

from marsad.model import Readers
from marsad.model.jsonl import claim_to_json
from marsad.model.readers import verdict
from marsad.store import put_articles
from marsad.store.claims import claim_of
from marsad.store.reads import Filters, Order, claims_page, facets, incidents_page
from marsad.store.reviewing import corrected
from read_twice import both, read_by
from reviewed import Desk
from stored import stored

VERDICTS = [
    (None, None),
    ({"by": ["rules", "model"], "differs": []}, "agree"),
    ({"by": ["rules", "model"], "differs": ["place", "source"]}, "differ"),
    ({"by": ["model"], "differs": ["presence"]}, "model"),
    ({"by": ["rules"], "differs": ["presence"]}, "rules"),
    ({"by": ["rules"], "differs": []}, None),
    ({"by": [], "differs": ["presence"]}, None),
]


@pytest.mark.parametrize(("readers", "said"), VERDICTS)
def test_what_readers_come_to(readers, said):
    assert verdict(readers) == said


@pytest.fixture
def desk(store):
    """An article with three claims: the readers differ about the first, agree about the second, and one read the third."""
    article = read_by(
        stored("a"),
        lambda number, claim: (
            both(claim, place=None) if number == 0 else both(claim) if number == 1 else claim
        ),
    )
    return Desk(store, [article, stored("b", "سيطرت فصائل المعارضة على مدينة السقيلبية.")])


def listed(desk, article="a"):
    sql = "SELECT c.readers FROM claim_list c JOIN claims l ON l.id = c.id WHERE l.article = :a ORDER BY l.number"
    return [row[0] for row in desk.rows(sql, a=article)]


def test_lists_say_what_readers_came_to_and_the_claim_keeps_both_readings(desk):
    assert listed(desk) == ["differ", "agree", None]
    assert set(listed(desk, "b")) == {None}
    (data,) = desk.rows("SELECT data FROM claims WHERE id = :id", id=desk.claims()[0])[0]
    kept = claim_of(data, "a")
    assert kept.readers.differs == ("place",)
    assert kept.readers.other["place"] is None
    assert kept.place is not None
    assert claim_to_json(kept)["readers"]["by"] == ["rules", "model"]


def test_an_article_that_one_reader_reads_anew_has_one_reading(desk):
    with desk.store.database.writing() as connection:
        put_articles(connection, [stored("a", reader="another")], None)
    assert listed(desk) == [None, None, None]


def test_claims_are_narrowed_and_counted_by_their_readers(desk):
    differing = Filters(readers=("differ",))
    with desk.store.database.reading() as connection:
        page = claims_page(connection, differing, Order())
        assert [row.id for row in page.rows] == desk.claims()[:1]
        counted = facets(connection, Filters(), ["readers"], "claims")["readers"]
        total = claims_page(connection, Filters(), Order()).total
        assert {one.value: one.count for one in counted} == {"differ": 1, "agree": 1, "none": total - 2}
        narrowed = facets(connection, Filters(event=(page.rows[0].event,)), ["readers"], "claims")["readers"]
        assert sum(one.count for one in narrowed if one.value == "differ") == 1
        assert incidents_page(connection, differing, Order()).total == 0


def test_a_correction_leaves_what_the_readers_said(desk):
    claim = desk.claims()[0]
    base = desk.shown(claim)
    desk.decide("ana", claim, "edit", edit={"place": None})
    assert corrected(base, desk.standing(claim).edit)["readers"] == base["readers"]


def test_what_differs_comes_first_in_the_queue_and_goes_with_a_decision(desk):
    first = desk.claims()[0]
    assert desk.queue()[0] == first
    desk.decide("ana", first)
    assert first not in desk.queue()


def test_a_claim_without_readers_is_written_as_before(desk):
    claim = claim_of(desk.rows("SELECT data FROM claims WHERE id = :id", id=desk.claims()[2])[0][0], "a")
    assert claim.readers is None
    assert "readers" not in claim_to_json(claim)
    assert "readers" in claim_to_json(replace(claim, readers=Readers(by=("model",), differs=("presence",))))
