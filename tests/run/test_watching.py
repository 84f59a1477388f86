"""Watching: what is asked when, which feeds have gone silent, and settings that change."""

from datetime import timedelta

import pytest

from marsad.errors import InputError
from marsad.feeds import FeedState
from marsad.run.desk import watch_feed
from marsad.run.news import news
from marsad.run.project import FeedEntry, Plan
from marsad.run.watching import pause, states_of, sync_feeds
from outlet import asked, ok, page, rig, rss, server

__all__ = ["rig", "server"]


def told(rig):
    with rig.store.database.reading() as connection:
        return [(item.kind, item.subject, item.before, item.after) for item in news(connection, 0)]


def plan(*entries, **also):
    return Plan(feeds=tuple(FeedEntry(**entry) for entry in entries), **also)


def test_nothing_watched_is_said_with_what_to_do(rig):
    with pytest.raises(InputError, match=r"\[\[feed\]\].*marsad ingest"):
        sync_feeds(rig.store, Plan())


def test_feeds_of_the_settings_are_watched_once_and_as_the_settings_say_now(rig):
    first = plan(
        {"address": "https://a.example/f"}, {"address": "https://b.example/f", "outlet": "نهر", "every": 600}
    )
    assert sync_feeds(rig.store, first) == 2
    assert sync_feeds(rig.store, first) == 0
    assert [(s.address, s.outlet, s.every) for s in states_of(rig.store)] == [
        ("https://a.example/f", "", 3600.0),
        ("https://b.example/f", "نهر", 600.0),
    ]
    second = plan(
        {"address": "https://a.example/f", "outlet": "بحر"}, {"address": "https://b.example/f"}, every=900
    )
    assert sync_feeds(rig.store, second) == 0
    assert [(s.outlet, s.every) for s in states_of(rig.store)] == [("بحر", 900.0), ("نهر", 900.0)]
    assert rig.rows("feeds", "outlet") == [("بحر",), ("نهر",)]


def test_a_feed_that_is_to_be_asked_more_often_is_asked_now_unless_it_fails(rig, server):
    addresses = [server.at("/well"), server.at("/bad")]
    server.answers |= {"/well": ok(rss()), "/bad": (503, {}, b"")}
    sync_feeds(rig.store, plan(*({"address": one} for one in addresses)))
    rig.cycle()
    sync_feeds(rig.store, plan(*({"address": one, "every": 300} for one in addresses)))
    rig.clock.forward(seconds=1)
    rig.cycle()
    assert (asked(server, "/well"), asked(server, "/bad")) == (2, 1)


def test_a_feed_that_moved_is_not_added_again_under_the_address_in_the_settings(rig, server):
    server.answers |= {"/old": (308, {"Location": "/new"}, b""), "/new": ok(rss())}
    settings = plan({"address": server.at("/old"), "outlet": "نهر"})
    sync_feeds(rig.store, settings)
    rig.cycle()
    assert sync_feeds(rig.store, settings) == 0
    assert [(s.address, s.outlet) for s in states_of(rig.store)] == [(server.at("/new"), "نهر")]


def test_only_feeds_that_are_due_are_asked(rig, server):
    server.answers |= {"/a": ok(rss()), "/b": ok(rss())}
    for path, every in (("/a", 600.0), ("/b", 3600.0)):
        watch_feed(rig.store, FeedState(address=server.at(path), every=every))
    assert rig.cycle().asked == 2
    rig.clock.forward(seconds=601)
    assert rig.cycle().asked == 1
    assert (asked(server, "/a"), asked(server, "/b")) == (2, 1)


def test_a_feed_that_goes_silent_is_told_once_and_told_again_when_it_speaks(rig, server):
    server.answers |= {"/feed": ok(rss(server.at("/1"))), "/1": ok(page()), "/2": ok(page())}
    address = server.at("/feed")
    watch_feed(rig.store, FeedState(address=address))
    rig.cycle()
    since = f"silent since {rig.clock.now:%Y-%m-%d %H:%M}"
    for _ in range(3):
        rig.clock.forward(hours=13)
        rig.cycle()
    assert told(rig) == [("feed", address, "speaks", since)]
    server.answers["/feed"] = ok(rss(server.at("/1"), server.at("/2")))
    rig.clock.forward(hours=2)
    done = rig.cycle()
    assert done.silent == [(address, since, "speaks")]
    assert told(rig) == [("feed", address, "speaks", since), ("feed", address, since, "speaks")]


def test_a_feed_that_fails_all_the_while_falls_silent_too(rig, server):
    server.answers |= {"/feed": ok(rss(server.at("/1"))), "/1": ok(page())}
    watch_feed(rig.store, FeedState(address=server.at("/feed")))
    rig.cycle()
    server.answers["/feed"] = (503, {}, b"")
    for _ in range(4):
        rig.clock.forward(hours=9)
        rig.cycle()
    assert [after[:12] for _, _, _, after in told(rig)] == ["silent since"]


def test_a_page_that_waits_does_not_make_a_feed_speak(rig, server):
    server.answers |= {"/feed": ok(rss(server.at("/1"))), "/1": (503, {"Retry-After": "90000"}, b"")}
    watch_feed(rig.store, FeedState(address=server.at("/feed")))
    rig.cycle()
    began = rig.clock.now
    for _ in range(3):
        rig.clock.forward(hours=2)
        rig.cycle()
    assert asked(server, "/feed") == 4
    assert [state.last_new for state in states_of(rig.store)] == [began]


def test_the_pause_lasts_until_something_is_due_and_a_minute_at_most(rig, server):
    server.answers["/feed"] = ok(rss())
    watch_feed(rig.store, FeedState(address=server.at("/feed")))
    now = rig.clock.now
    assert pause(rig.store, now) == 1.0
    rig.cycle()
    assert pause(rig.store, now) == 60.0
    assert pause(rig.store, now + timedelta(seconds=3580)) == pytest.approx(20, abs=1)
    assert pause(rig.store, now + timedelta(days=1)) == 1.0
    assert pause(rig.store, now - timedelta(days=9000)) == 60.0


def test_a_feed_in_windows_1256_that_is_cut_off_gives_what_it_names(rig, server):
    address = server.at("/feed")
    watch_feed(rig.store, FeedState(address=address))
    whole = (
        rss(server.at("/1"), title="نشرة النهر")
        .replace(b'encoding="utf-8"', b'encoding="windows-1256"')
        .decode()
    )
    server.answers["/feed"] = (
        200,
        {"Content-Type": "text/xml"},
        whole.encode("cp1256")[: -len("</channel></rss>")],
    )
    server.answers["/1"] = ok(page())
    assert rig.cycle().taken.fates["new"] == 1
    assert [state.address for state in states_of(rig.store)] == [address]
