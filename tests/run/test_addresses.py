"""What an address, or a saved feed, gives to take in."""

import gzip
import os

import pytest

from marsad.errors import SetAside
from marsad.feeds import FeedState
from marsad.run.addresses import from_address, from_listing, is_address, is_listing, listing_of_file
from marsad.run.desk import watch_feed
from marsad.run.watching import states_of
from outlet import FULL, MORE, TEXT, asked, ok, opml, page, rig, rss, server

__all__ = ["rig", "server"]


def ingest(rig, path, outlet=""):
    return rig.take(from_address(rig.desk, FeedState(address=rig.server.at(path), outlet=outlet)))


def saved(rig, file):
    return rig.take(from_listing(rig.desk, str(file), listing_of_file(str(file)), "", 3600.0))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("http://a.example", True), ("HTTPS://a.example/x", True), ("news.jsonl", False), ("-", False), ("httpd.log", False)],
)  # fmt: skip
def test_what_is_an_address(text, is_one):
    assert is_address(text) is is_one


LISTS = [
    (rss("https://a.example/1"), True),
    (opml("https://a.example/f"), True),
    (b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', True),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', True),
    (gzip.compress(rss("https://a.example/1"), mtime=0), True),
    (gzip.compress(rss("https://a.example/1"), mtime=0)[:20], False),
    (page(), False),
    (TEXT.encode(), False),
    (b"", False),
]


@pytest.mark.parametrize(("data", "is_one"), LISTS)
def test_a_saved_feed_is_known_by_what_it_holds(tmp_path, data, is_one):
    file = tmp_path / "file.txt"
    file.write_bytes(data)
    assert is_listing(str(file)) is is_one


def test_a_pipe_is_not_read_to_look_at_it(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    handle = os.open(pipe, os.O_RDWR)
    try:
        os.write(handle, rss() + b" " * 9000)
        assert not is_listing(str(pipe))
        assert os.read(handle, 5) == b"<?xml"
    finally:
        os.close(handle)


def test_a_page_is_taken_in_with_its_outlet_and_not_watched(rig, server):
    server.answers["/1"] = ok(page())
    assert ingest(rig, "/1", "وكالة النهر").fates["new"] == 1
    assert rig.rows("versions", "url", "outlet") == [(server.at("/1"), "وكالة النهر")]
    assert states_of(rig.store) == []
    assert ingest(rig, "/1").fates["unchanged"] == 1


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"/1": (404, {}, b"")}, "unreachable"),
        ({"/robots.txt": ok(b"User-agent: *\nDisallow: /")}, "robots"),
        ({"/robots.txt": (503, {}, b"")}, "unreachable"),
        ({"/1": (302, {"Location": "http://10.0.0.1/"}, b"")}, "private_address"),
    ],
)
def test_a_page_that_cannot_be_had_is_set_aside_with_the_reason(rig, server, answers, reason):
    server.answers |= answers
    assert ingest(rig, "/1").dropped == {reason: 1}
    assert rig.rows("setaside", "place", "reason") == [(server.at("/1"), reason)]


def test_a_feed_is_watched_afterwards_and_its_pages_are_fetched_once(rig, server):
    server.answers |= {"/feed": ok(rss(server.at("/1"))), "/1": ok(page())}
    assert ingest(rig, "/feed", "نهر").fates["new"] == 1
    [state] = states_of(rig.store)
    assert (state.address, state.outlet, state.last_new) == (server.at("/feed"), "نهر", rig.clock.now)
    rig.clock.forward(hours=2)
    assert rig.cycle().asked == 1
    assert asked(server, "/1") == 1


def test_a_feed_that_is_watched_already_keeps_what_is_known_of_it(rig, server):
    server.answers["/feed"] = ok(rss())
    gaps = (600.0, 700.0)
    watch_feed(
        rig.store, FeedState(address=server.at("/feed"), outlet="نهر", gaps=gaps, every=900.0, stopped="gone")
    )
    ingest(rig, "/feed")
    [state] = states_of(rig.store)
    assert (state.outlet, state.gaps, state.every, state.stopped) == ("نهر", gaps, 900.0, "")


def test_a_feed_that_moved_gives_its_pages_at_once(rig, server):
    server.answers |= {
        "/feed": (301, {"Location": "/new"}, b""),
        "/new": ok(rss(server.at("/1"))),
        "/1": ok(page()),
    }
    assert ingest(rig, "/feed").fates["new"] == 1
    assert [state.address for state in states_of(rig.store)] == [server.at("/new")]


def test_the_feeds_of_a_list_are_watched_and_read_and_those_that_are_known_are_no_news(rig, server):
    server.answers |= {
        "/list": ok(opml(server.at("/a"), server.at("/b"))),
        "/a": ok(rss(server.at("/1"))),
        "/b": (503, {}, b""),
        "/1": ok(page()),
    }
    assert ingest(rig, "/list").fates["new"] == 1
    assert {state.address for state in states_of(rig.store)} == {
        server.at(path) for path in ("/list", "/a", "/b")
    }
    began = rig.clock.now
    rig.clock.forward(hours=2)
    rig.cycle()
    [listed] = [state for state in states_of(rig.store) if state.address == server.at("/list")]
    assert (listed.last_ok, listed.last_new) == (rig.clock.now, began)


def test_a_saved_list_of_feeds_is_watched(rig, server, tmp_path):
    file = tmp_path / "feeds.opml"
    file.write_bytes(opml(server.at("/a")))
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": ok(page())}
    assert saved(rig, file).fates["new"] == 1
    assert [(state.address, state.outlet) for state in states_of(rig.store)] == [(server.at("/a"), "نشرة")]


def test_the_parts_of_a_site_map_belong_to_its_outlet(rig, server):
    index = f"<sitemapindex><sitemap><loc>{server.at('/part')}</loc></sitemap></sitemapindex>"
    part = f"<urlset><url><loc>{server.at('/1')}</loc></url></urlset>"
    server.answers |= {
        "/map": ok(index.encode()),
        "/part": ok(gzip.compress(part.encode())),
        "/1": ok(page()),
    }
    assert ingest(rig, "/map", "نهر").fates["new"] == 1
    assert rig.rows("versions", "url", "outlet") == [(server.at("/1"), "نهر")]


def test_a_saved_feed_with_full_texts_needs_no_net(rig, server, tmp_path):
    file = tmp_path / "saved.xml"
    file.write_bytes(
        gzip.compress(
            rss(("https://a.example/1", None, FULL), ("https://a.example/2", None, f"<p>{MORE}</p>{FULL}"))
        )
    )
    assert saved(rig, file).fates["new"] == 2
    assert saved(rig, file).fates["unchanged"] == 2
    assert server.asked == []
    assert sorted(rig.rows("articles", "url")) == [("https://a.example/1",), ("https://a.example/2",)]


def test_pages_of_a_saved_feed_are_fetched_once(rig, server, tmp_path):
    file = tmp_path / "saved.xml"
    file.write_bytes(rss(server.at("/1")))
    server.answers["/1"] = ok(page())
    assert saved(rig, file).fates["new"] == 1
    rig.desk.tidy()
    assert saved(rig, file).pieces == 0
    assert asked(server, "/1") == 1


def test_a_saved_feed_that_cannot_be_read_is_set_aside(tmp_path):
    file = tmp_path / "bad.xml"
    file.write_bytes(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>')
    with pytest.raises(SetAside, match="entities"):
        listing_of_file(str(file))


def test_an_address_is_known_however_it_is_written(rig, server):
    server.answers |= {"/feed": ok(rss()), "/1": ok(page())}
    for path in ("/feed", "/feed#top"):
        ingest(rig, path)
    assert [state.address for state in states_of(rig.store)] == [server.at("/feed")]
    assert ingest(rig, "/1").fates["new"] == 1
    assert ingest(rig, "/1#comments").fates["unchanged"] == 1


def test_what_is_no_address_is_set_aside(rig):
    assert rig.take(from_address(rig.desk, FeedState(address="http://"))).dropped == {"bad_address": 1}
