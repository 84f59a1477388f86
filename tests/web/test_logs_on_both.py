"""The log, the runs and what they set aside, as pages read them, on both databases."""

import pytest

from marsad.errors import InputError
from marsad.store import set_aside
from marsad.store.audit import note
from marsad.store.reads.article_queue import last_settled
from marsad.store.reads.audit import (
    Asked,
    audit_count,
    audit_page,
    audit_rows,
    audit_values,
    is_short,
    withheld_claims,
)
from marsad.store.reads.runs import aside_page, aside_reasons, aside_rows, run_at, run_since, runs_page
from marsad.web.views.agreement import items
from marsad.web.views.settle import settling
from reviewed import Desk


@pytest.fixture
def desk(store):
    return Desk(store)


def test_the_log_is_narrowed_and_read_in_pages(desk):
    for number in range(5):
        desk.write(note, "review", f"ع{number}", {"claim": "x"}, "ana" if number % 2 else "سلمى")
    assert desk.read(audit_count, Asked(who="سلمى")) == 3
    assert (
        desk.read(audit_count, Asked(who="ana", action="review", since="2000-01-01", until="2999-01-01")) == 2
    )
    assert desk.read(audit_count, Asked(until="2000-01-01")) == 0
    numbers = [row.id for row in desk.read(lambda connection: list(audit_rows(connection, Asked())))]
    assert numbers == sorted(numbers, reverse=True)
    assert [row.id for row in desk.read(audit_page, Asked(), numbers[1], 2)] == numbers[2:4]
    assert "review" in desk.read(audit_values)[1]
    assert desk.read(is_short)
    with pytest.raises(InputError, match="since="):
        desk.read(audit_page, Asked(since="soon"), None, 1)


def test_runs_and_what_they_set_aside(desk, store):
    first, second = store.begin_run("ingest", "1"), store.begin_run("watch", "1")
    rows = [
        {"place": f"p{n}", "digest": str(n), "reason": "empty" if n else "binary", "message": "ع"}
        for n in range(3)
    ]
    desk.write(set_aside, rows, first)
    store.end_run(first, {"new": 2})
    assert [row.id for row in desk.read(runs_page, None, 10)] == [second, first]
    assert [row.id for row in desk.read(runs_page, second, 10)] == [first]
    assert desk.read(run_at, first).data == {"new": 2}
    assert desk.read(run_at, 99) is None
    assert desk.read(run_at, second).ended == ""
    assert desk.read(run_since, "ingest", "2000").id == first
    assert desk.read(run_since, "ingest", "2999") is None
    assert desk.read(aside_reasons, first) == [("empty", 2), ("binary", 1)]
    assert desk.read(aside_reasons, second) == []
    assert [row.place for row in desk.read(aside_page, None, "empty", None, 10)] == ["p2", "p1"]
    assert len(desk.read(lambda connection: list(aside_rows(connection, first, "")))) == 3


def test_what_waits_to_be_settled_and_what_is_withheld(desk):
    desk.twice(100)
    one, two = desk.claims()[:2]
    desk.decide("ana", one, "accept")
    assert desk.read(withheld_claims, "ben") == {one}
    assert desk.read(withheld_claims, "ana") == frozenset()
    desk.decide("ben", one, "unsure", part="second")
    assert desk.read(withheld_claims, "zoe") == frozenset()
    work = desk.read(settling, "zoe")
    assert (work.claim, work.side("a").who, work.side("b").decision) == (one, "ana", "unsure")
    assert desk.read(last_settled, "zoe") is None
    number = desk.decide("zoe", one, "accept", part="adjudication")
    assert desk.read(last_settled, "zoe") == (number, one)
    assert desk.read(settling, "zoe", one).settled.who == "zoe"
    assert desk.read(settling, "zoe").claim == ""
    assert [claim for claim, _ in desk.read(items, [two, "gone", one])] == [two, "gone", one]
