"""Feeds are shown, paused, resumed and dropped by ``marsad watch`` without asking any."""

import sqlite3

import pytest

from outlet import asked, desk, ok, page, rows_of, rss, server

__all__ = ["desk", "server"]


@pytest.fixture
def watch(program, desk):
    """One cycle, in which every feed is due."""

    def run():
        if (desk / "marsad.db").exists():
            with sqlite3.connect(desk / "marsad.db") as connection:
                connection.execute("UPDATE feeds SET data = json_set(data, '$.next_due', NULL)")
            connection.close()
        return program("watch", "--project", desk, "--once")

    return run


def test_a_feed_that_is_paused_is_not_asked_until_it_is_resumed(program, watch, desk, server):
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": ok(page())}
    feed = server.at("/a")
    assert watch().code == 0
    before = asked(server, "/a")
    done = program("watch", "--project", desk, "--pause", feed)
    assert (done.code, done.said) == (0, [f"marsad: {feed} is paused"])
    assert program("watch", "--project", desk, "--pause", feed).said == [f"marsad: {feed} is paused already"]
    [shown] = [row for row in program("watch", "--project", desk, "--list").rows if row["address"] == feed]
    assert shown["health"] == "paused"
    watch()
    assert asked(server, "/a") == before
    assert program("watch", "--project", desk, "--resume", feed).said == [f"marsad: {feed} is asked again"]
    assert program("watch", "--project", desk, "--resume", feed).said == [f"marsad: {feed} is not paused"]
    watch()
    assert asked(server, "/a") == before + 1


def test_a_feed_that_is_dropped_is_gone_and_what_came_of_it_stays(program, watch, desk, server):
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": ok(page())}
    watch()
    done = program("watch", "--project", desk, "--drop", server.at("/a"))
    assert done.code == 0
    assert done.said == [
        f"marsad: {server.at('/a')} is not watched any more; 0 wanted pages were forgotten",
        f"marsad: {server.at('/a')} is named in marsad.toml, so the next `marsad watch` takes it up again",
    ]
    assert rows_of(desk, f"SELECT count(*) FROM feeds WHERE id = '{server.at('/a')}'") == [(0,)]
    assert rows_of(desk, "SELECT count(*) FROM articles") == [(1,)]
    assert rows_of(desk, "SELECT count(*) FROM audit WHERE action = 'feed dropped'") == [(1,)]
    failed = program("watch", "--project", desk, "--drop", server.at("/a"))
    assert (failed.code, "no feed that is watched" in failed.said[0]) == (1, True)
