"""The queue: which claims come, and in which order."""

import pytest
from sqlalchemy import select, text

from marsad.errors import InputError
from marsad.store import reviewing_queue as module
from marsad.store import tables
from marsad.store.reviewing import ORDERS
from reviewed import Desk
from stored import OTHER, TEXT, stored


@pytest.fixture
def desk(store):
    """Three articles with claims of every rank; c has no day."""
    made = Desk(
        store,
        [
            stored("a", TEXT, published="2024-12-06"),
            stored("b", OTHER, published="2024-12-08"),
            stored("c", TEXT.replace("ثلاثة", "أربعة"), published=None),
        ],
    )
    changes = {
        "disputed": ("UPDATE claim_list SET status = 'disputed' WHERE id = :id", made.claims("a")[2]),
        "no place": ("UPDATE claim_list SET lat = NULL, lon = NULL WHERE id = :id", made.claims("b")[2]),
        "own voice": ("UPDATE claim_list SET killed_top = NULL WHERE id = :id", made.claims("b")[1]),
    }
    for sql, claim in changes.values():
        made.write(lambda connection, sql=sql, claim=claim: connection.execute(text(sql), {"id": claim}))
    return made


def compared(desk, claim, verdict):
    """Say of a claim what comparing two readers came to."""
    sql = text("UPDATE claim_list SET readers = :v WHERE id = :id")
    desk.write(lambda connection: connection.execute(sql, {"v": verdict, "id": claim}))


def test_what_matters_most_comes_first(desk):
    a, b, c = (desk.claims(one) for one in "abc")
    killed = [*c[:2], *a[:2]]  # of what was stored last first
    assert desk.queue() == [a[2], *killed, b[0], b[2], b[1], c[2]]


def test_what_two_readers_read_differently_comes_before_all(desk):
    a, b, c = (desk.claims(one) for one in "abc")
    for claim, verdict in ((b[1], "differ"), (a[0], "model"), (c[2], "rules"), (b[0], "agree")):
        compared(desk, claim, verdict)
    assert desk.queue() == [c[2], b[1], a[0], a[2], *c[:2], a[1], b[0], b[2]]
    assert desk.queue(after=b[1]) == [a[0], a[2], *c[:2], a[1], b[0], b[2]]


def test_sorting_all_at_once_gives_the_same_order(desk, monkeypatch):
    desk.decide("ana", desk.claims("a")[0])
    compared(desk, desk.claims("b")[1], "differ")
    rank_by_rank = desk.queue()
    monkeypatch.setattr(module, "_MUCH", 0)
    assert desk.queue() == rank_by_rank


def test_by_day_undated_articles_come_last(desk):
    a, b, c = (desk.claims(one) for one in "abc")
    assert desk.queue(order="newest") == [*b, *a, *c]
    assert desk.queue(order="oldest") == [*a, *b, *c]


def test_a_seed_gives_an_order_that_stays_and_another_seed_another(desk):
    orders = {seed: tuple(desk.queue(order="random", seed=seed)) for seed in range(12)}
    assert orders[3] == tuple(desk.queue(order="random", seed=3))
    assert len(set(orders.values())) > 2
    everything = {*desk.claims("a"), *desk.claims("b"), *desk.claims("c")}
    assert all(set(order) == everything for order in orders.values())


@pytest.mark.parametrize("order", ORDERS)
def test_pages_come_one_after_the_other_also_when_their_last_claim_was_decided(desk, order):
    whole, pages, after = desk.queue(order=order), [], ""
    while page := desk.queue(order=order, most=2, after=after):
        pages += page
        after = page[-1]
        desk.decide("ana", after)
    assert pages == whole


@pytest.mark.parametrize("order", ORDERS)
def test_what_was_decided_does_not_come_again_until_that_is_undone(desk, order):
    claim = desk.queue(order=order)[0]
    desk.decide("ana", claim)
    assert claim not in desk.queue(order=order)
    desk.undo("ana")
    assert claim == desk.queue(order=order)[0]


def test_the_queue_can_be_narrowed(desk):
    a, b = desk.claims("a"), desk.claims("b")
    assert desk.queue(article="b", order="oldest") == b
    assert desk.queue(ids=(b[1], a[0]), order="oldest") == [a[0], b[1]]
    within = select(tables.claims.c.id).where(tables.claims.c.event == "strike.shelling")
    assert desk.queue(within=within, order="oldest") == [a[2], desk.claims("c")[2]]
    desk.write(
        lambda connection: connection.execute(
            tables.incident_claims.insert().values(claim=b[0], incident="i", root="r", says="affirms")
        )
    )
    assert desk.queue(incident="i") == [b[0]]


@pytest.mark.parametrize("order", ORDERS)
def test_parts_have_the_same_orders(desk, order):
    desk.twice()
    whole = desk.queue(order=order)
    for claim in whole:
        desk.decide("ana", claim)
    assert desk.queue("ben", part="second", order=order) == whole
    for claim in whole[1:]:
        desk.decide("ben", claim, "unsure", "second")
    assert desk.queue("eve", part="adjudication", order=order) == whole[1:]
    assert desk.queue("eve", part="adjudication", order=order, after=whole[2]) == whole[3:]


REFUSED = [
    ({"part": "third"}, "a part is one of"),
    ({"order": "best"}, "an order is one of risk, oldest"),
    ({"after": "none"}, "there is no claim 'none'"),
]


@pytest.mark.parametrize(("wanted", "said"), REFUSED)
def test_a_queue_that_there_is_not_is_refused(desk, wanted, said):
    with pytest.raises(InputError, match=said):
        desk.queue(**wanted)
