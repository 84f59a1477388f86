"""The desk, against an outlet on this machine: politely, with every answer kept, and no page lost or asked for without end."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from marsad.errors import TryAgain
from marsad.feeds import FeedState, Kept, Stopped, read_kept
from marsad.run.desk import NotKept, watch_feed
from marsad.run.pages import web_id
from marsad.run.watching import pause, states_of
from marsad.store import faults
from outlet import FULL, LONGER, MORE, TEXT, asked, ok, page, rig, rss, server

__all__ = ["rig", "server"]


def watch(rig, *entries, path="/feed", **headers):
    """The outlet has a feed with these entries, and the desk watches it; the feed's address."""
    rig.server.answers[path] = ok(rss(*entries), **headers)
    address = rig.server.at(path)
    watch_feed(rig.store, FeedState(address=address, outlet="وكالة النهر"))
    return address


def again(rig, **span):
    """The clock goes forward, and there is another round."""
    rig.clock.forward(**span)
    return rig.cycle()


def versions(rig):
    return [(row.article, row.number) for row in rig.rows("versions")]


def test_a_page_that_a_feed_names_is_stored_with_its_raw_answer_and_fetched_once(rig, server):
    one = server.at("/1")
    watch(rig, (one, rig.clock.now, ""))
    server.answers["/1"] = ok(page())
    done = rig.cycle()
    assert (done.asked, done.taken.fates["new"]) == (1, 1)
    [row] = rig.rows("versions")
    assert (row.article, row.place, row.url, row.outlet) == (web_id(one), one, one, "وكالة النهر")
    assert LONGER in row.text
    assert read_kept(rig.archive, Kept(**json.loads(row.kept))) == page()
    again(rig, hours=2)
    assert (asked(server, "/feed"), asked(server, "/1")) == (2, 1)
    assert rig.rows("wanted") == []


def test_what_was_not_changed_is_asked_for_with_its_marks_and_costs_nothing(rig, server):
    address = watch(
        rig, server.at("/1"), **{"ETag": '"a1"', "Last-Modified": "Fri, 06 Dec 2024 10:00:00 GMT"}
    )
    server.answers["/1"] = ok(page())
    rig.cycle()
    server.answers["/feed"] = (304, {}, b"")
    again(rig, hours=2)
    headers = [headers for path, headers in server.asked if path == "/feed"][-1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == (
        '"a1"',
        "Fri, 06 Dec 2024 10:00:00 GMT",
    )
    [state] = states_of(rig.store)
    assert (state.address, state.failures, state.last_ok) == (address, 0, rig.clock.now)
    assert rig.said == []


def test_a_page_that_changes_after_six_hours_is_a_new_version_and_its_old_claims_are_gone(rig, server):
    watch(rig, (server.at("/1"), rig.clock.now, ""))
    server.answers["/1"] = ok(page(TEXT))
    rig.cycle()
    before = {row.id for row in rig.rows("claims")}
    server.answers["/1"] = ok(page(MORE))
    again(rig, hours=5)
    assert asked(server, "/1") == 1
    done = again(rig, hours=2)
    assert done.taken.fates["changed"] == 1
    identity = web_id(server.at("/1"))
    assert versions(rig) == [(identity, 1), (identity, 2)]
    after = rig.rows("claims")
    assert before
    assert after
    assert before.isdisjoint(row.id for row in after)
    assert list(faults(rig.store.database)) == []


@pytest.mark.parametrize("published", [None, datetime(2024, 12, 6, tzinfo=UTC)], ids=["no date", "old"])
def test_a_page_that_is_not_of_these_days_is_not_looked_at_again(rig, server, published):
    watch(rig, (server.at("/1"), published, ""))
    server.answers["/1"] = ok(page())
    rig.cycle()
    again(rig, hours=7)
    assert asked(server, "/1") == 1


def test_a_page_that_is_looked_at_again_does_not_make_a_feed_speak(rig, server):
    watch(rig, (server.at("/1"), rig.clock.now, ""))
    server.answers["/1"] = ok(page())
    rig.cycle()
    began = rig.clock.now
    again(rig, hours=7)
    assert asked(server, "/1") == 2
    [state] = states_of(rig.store)
    assert state.last_new == began


@pytest.mark.parametrize("status", [404, 410, 451])
def test_a_page_that_is_gone_is_set_aside_and_never_asked_for_again(rig, server, status):
    watch(rig, (server.at("/1"), rig.clock.now, ""))
    server.answers["/1"] = (status, {}, b"")
    rig.cycle()
    for _ in range(3):
        again(rig, hours=7)
    assert asked(server, "/1") == 1
    assert rig.rows("setaside", "place", "reason") == [(server.at("/1"), "gone")]
    assert rig.rows("wanted") == []
    assert rig.reasons == ["gone"]
    assert rig.desk.dropped == {"gone": 1}


def test_a_page_that_fails_is_tried_again_after_growing_waits_then_set_aside(rig, server):
    watch(rig, server.at("/1"))
    server.answers["/1"] = (500, {}, b"")
    rig.cycle()
    waits = []
    while rig.rows("wanted"):
        [(due,)] = rig.rows("wanted", "due")
        wait = datetime.fromisoformat(due) - rig.clock.now
        waits.append(round(wait.total_seconds() / 60))
        tries = asked(server, "/1")
        again(rig, seconds=wait.total_seconds() - 60)
        assert asked(server, "/1") == tries
        again(rig, seconds=61)
        assert asked(server, "/1") == tries + 1
    assert waits == [10, 20, 40, 80, 160]
    assert rig.rows("setaside", "reason") == [("unreachable",)]
    assert "tried 6 times" in rig.said[-1][2]
    assert rig.reasons[:5] == ["later"] * 5


def test_a_page_that_fails_does_not_hold_up_the_others_of_its_host(rig, server):
    watch(rig, server.at("/1"), server.at("/2"))
    server.answers |= {"/1": (500, {}, b""), "/2": ok(page())}
    assert rig.cycle().taken.fates["new"] == 1


@pytest.mark.parametrize(
    ("status", "headers", "minutes"),
    [(503, {}, 10), (429, {"Retry-After": "7200"}, 120), (503, {"Retry-After": "999999999"}, 1440)],
)
def test_a_host_that_is_busy_is_left_alone_with_all_its_pages(rig, server, status, headers, minutes):
    watch(rig, *(server.at(f"/{n}") for n in range(5)))
    server.answers |= {f"/{n}": (status, headers, b"") for n in range(5)}
    rig.cycle()
    assert sum(asked(server, f"/{n}") for n in range(5)) == 1
    assert sorted(rig.rows("wanted", "attempts")) == [(0,), (0,), (0,), (0,), (1,)]
    waits = {
        round((datetime.fromisoformat(due) - rig.clock.now).total_seconds() / 60)
        for (due,) in rig.rows("wanted", "due")
    }
    assert waits == {minutes}
    assert pause(rig.store, rig.clock.now) > 1


def test_a_page_that_robots_keep_out_is_taken_from_the_feed_where_it_is_there_in_full(rig, server):
    watch(rig, (server.at("/private/1"), None, FULL), (server.at("/private/2"), None, "<p>مختصر</p>"))
    server.answers |= {"/robots.txt": ok(b"User-agent: *\nDisallow: /private/"), "/private/1": ok(page())}
    assert rig.cycle().taken.fates["new"] == 1
    assert asked(server, "/private/1") == 0
    [row] = rig.rows("versions")
    assert (row.url, row.title) == (server.at("/private/1"), "خبر")
    assert MORE in row.text
    assert rig.rows("setaside", "place", "reason") == [(server.at("/private/2"), "robots")]
    assert rig.rows("wanted") == []


def test_a_feed_that_robots_keep_out_is_not_asked_and_said(rig, server):
    watch(rig, server.at("/1"))
    server.answers["/robots.txt"] = ok(b"User-agent: *\nDisallow: /feed")
    rig.cycle()
    assert asked(server, "/feed") == 0
    [(where, reason, message)] = rig.said
    assert (where, reason) == (server.at("/feed"), "feed_failed")
    assert "robots.txt" in message
    [state] = states_of(rig.store)
    assert (state.failures, state.next_due - rig.clock.now) == (1, timedelta(hours=1))


def test_a_page_in_windows_1256_with_bytes_that_are_none_is_read(rig, server):
    watch(rig, server.at("/1"))
    body = page().replace(b'charset="utf-8"', b'charset="windows-1256"').decode().encode("cp1256")
    server.answers["/1"] = (200, {"Content-Type": "text/html"}, body)
    rig.cycle()
    [row] = rig.rows("versions")
    assert LONGER in row.text


def test_a_feed_that_moved_for_good_is_kept_under_its_new_address(rig, server):
    old = watch(rig, server.at("/1"))
    server.answers |= {
        "/feed": (301, {"Location": "/new"}, b""),
        "/new": ok(rss(server.at("/1"))),
        "/1": ok(page()),
    }
    assert rig.cycle().taken.fates["new"] == 1
    [state] = states_of(rig.store)
    assert (state.address, state.moved_from) == (server.at("/new"), old)
    again(rig, hours=2)
    assert (asked(server, "/feed"), asked(server, "/new")) == (1, 2)
    assert [row.action for row in rig.rows("audit")].count("feed moved") == 1


def test_a_feed_that_is_gone_for_good_is_not_asked_again(rig, server):
    watch(rig)
    server.answers["/feed"] = (410, {}, b"")
    rig.cycle()
    again(rig, days=40)
    assert asked(server, "/feed") == 1
    assert [state.stopped for state in states_of(rig.store)] == ["gone"]
    [(_, reason, message)] = rig.said
    assert reason == "feed_failed"
    assert "not asked again" in message


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (ok(page()), "no feed but text/html"),
        ((503, {}, b""), "status 503"),
        (ok(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>'), "entities"),
    ],
)  # fmt: skip
def test_an_answer_that_is_no_feed_is_a_failure_with_a_growing_wait(rig, server, answer, said):
    watch(rig)
    server.answers["/feed"] = answer
    rig.cycle()
    again(rig, hours=1, seconds=1)
    [state] = states_of(rig.store)
    assert (state.failures, state.next_due - rig.clock.now) == (2, timedelta(hours=2))
    assert said in rig.said[0][2]


def test_a_page_that_was_wanted_when_the_process_died_is_fetched_by_the_next(rig, server):
    address = watch(rig, server.at("/1"), server.at("/2"))
    server.answers |= {"/1": ok(page()), "/2": ok(page(MORE))}
    [state] = states_of(rig.store)
    rig.desk.poll(state)
    rig.new_desk()
    done = rig.cycle()
    assert (done.asked, done.taken.fates["new"], asked(server, "/feed")) == (0, 2, 1)
    assert [state.address for state in states_of(rig.store)] == [address]


def test_a_page_that_was_stored_when_the_process_died_is_not_fetched_again(rig, server):
    watch(rig, server.at("/1"))
    server.answers["/1"] = ok(page())
    [state] = states_of(rig.store)
    rig.desk.poll(state)
    rig.take(rig.desk.pages())
    assert len(rig.rows("wanted")) == 1
    rig.new_desk()
    rig.cycle()
    assert asked(server, "/1") == 1
    assert rig.rows("wanted") == []


def test_a_page_that_became_unreadable_is_not_asked_for_without_end(rig, server):
    watch(rig, (server.at("/1"), rig.clock.now, ""))
    server.answers["/1"] = ok(page())
    rig.cycle()
    server.answers["/1"] = ok(b"<html><body><p>This page is being worked on.</p></body></html>")
    again(rig, hours=7)
    for _ in range(3):
        again(rig, seconds=1)
    assert asked(server, "/1") == 2
    assert rig.rows("wanted") == []
    assert len(rig.rows("setaside")) == 1
    assert len(versions(rig)) == 1


def test_a_page_that_cannot_be_read_is_looked_at_again_every_six_hours_at_most(rig, server):
    watch(rig, (server.at("/1"), rig.clock.now, ""))
    server.answers["/1"] = ok(b"<html><body><p>This page is being worked on.</p></body></html>")
    rig.cycle()
    with rig.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE setaside SET added = '2024-12-06T10:00:00.000+00:00'")
    for _ in range(3):
        again(rig, hours=1, seconds=1)
    assert asked(server, "/1") == 2
    assert len(rig.rows("setaside")) == 1


def test_a_page_that_became_unreadable_when_the_process_died_is_not_fetched_again(rig, server):
    watch(rig, (server.at("/1"), rig.clock.now, ""))
    server.answers["/1"] = ok(page())
    rig.cycle()
    server.answers["/1"] = ok(b"<html><body><p>This page is being worked on.</p></body></html>")
    rig.clock.forward(hours=7)
    [state] = states_of(rig.store)
    rig.desk.poll(state)
    rig.take(rig.desk.pages())
    rig.new_desk()
    rig.cycle()
    assert asked(server, "/1") == 2
    assert rig.rows("wanted") == []


def test_a_clock_that_was_set_back_while_a_page_was_fetched_makes_nobody_ask_again(rig, server):
    watch(rig, server.at("/1"))
    server.answers["/1"] = ok(page())
    [state] = states_of(rig.store)
    rig.desk.poll(state)
    with rig.store.database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE wanted SET data = json_set(data, '$.at', '2999-01-01T00:00:00.000+00:00')"
        )
    for _ in range(3):
        rig.cycle()
    assert asked(server, "/1") == 1
    assert rig.rows("wanted") == []


@pytest.mark.parametrize("span", [{"days": 4000}, {"days": -4000}], ids=["ahead", "back"])
def test_a_clock_that_jumps_and_comes_back_keeps_no_feed_and_no_page_waiting(rig, server, span):
    watch(rig, server.at("/1"), server.at("/2"))
    server.answers |= {"/1": ok(page()), "/2": (503, {}, b"")}
    right = rig.clock.now
    again(rig, **span)
    rig.clock.now = right
    server.answers["/2"] = ok(page(MORE))
    again(rig, hours=2)
    assert asked(server, "/feed") == 2
    assert len(versions(rig)) == 2
    assert 1 <= pause(rig.store, rig.clock.now) <= 60


def test_told_to_stop_the_desk_ends_between_two_pages_and_the_rest_stays_wanted(rig, server):
    watch(rig, server.at("/1"), server.at("/2"), server.at("/3"))

    def answer(handler):
        rig.stop = True
        handler.give(*ok(page()))

    server.answers |= {"/1": answer, "/2": ok(page(MORE)), "/3": ok(page(TEXT))}
    done = rig.cycle()
    assert done.taken.fates["new"] == 1
    assert len(rig.rows("wanted")) == 2
    rig.stop = False
    assert rig.cycle().taken.fates["new"] == 2


def test_a_signal_in_the_middle_of_a_request_counts_as_no_attempt(rig, server, monkeypatch):
    watch(rig, server.at("/1"))
    server.answers["/1"] = ok(page())
    [state] = states_of(rig.store)
    rig.desk.poll(state)

    def broken(*arguments, **others):
        assert rig.desk.asking
        rig.stop = True
        raise TryAgain("the connection was cut off")

    monkeypatch.setattr(rig.desk.fetcher, "get", broken)
    rig.desk.robots._known.clear()
    assert list(rig.desk.pages()) == []
    with pytest.raises(Stopped):
        rig.desk.poll(state)
    assert rig.rows("wanted", "attempts") == [(0,)]
    assert (rig.said, states_of(rig.store)[0].failures) == ([], 0)


def test_an_archive_that_takes_nothing_ends_the_round_and_counts_as_no_attempt(rig, server, tmp_path):
    watch(rig, server.at("/1"))
    server.answers["/1"] = ok(page())
    [state] = states_of(rig.store)
    rig.desk.poll(state)
    rig.archive = tmp_path / "full"
    rig.archive.write_text("no folder")
    rig.new_desk()
    with pytest.raises(NotKept, match=r"cannot be kept in .*full"):
        rig.cycle()
    assert rig.rows("wanted", "attempts") == [(0,)]
    assert rig.rows("versions") == []
