"""``marsad watch`` and ``marsad ingest ADDRESS`` against an outlet on this machine."""

import json
import signal
import sqlite3

import pytest

from marsad.errors import TryAgain
from marsad.run.project import load_project
from marsad.run.turn import turn
from marsad.run.watching import Cycle
from marsad.store.feeds import note_change
from outlet import MORE, asked, desk, ok, opml, page, rows_of, rss, server

__all__ = ["desk", "server"]

LATER, SOON = "2024-05-06", "2024-12-05"
SHELLED = "قتل ثلاثة مدنيين في قصف على مدينة سراقب أمس الأحد."
MEDICS = "قالت مصادر طبية إن ثلاثة مدنيين قتلوا في قصف استهدف مدينة سراقب يوم الأحد."
TAKEN = "أعلنت هيئة تحرير الشام يوم الخميس سيطرتها على مدينة حماة بعد معارك مع الجيش السوري."
LEFT = "أعلن الجيش السوري يوم الخميس أن قواته انسحبت من مدينة حماة."


def dated(body, day):
    return page(body).replace(
        b"<title>", f'<meta property="article:published_time" content="{day}T10:00:00Z"><title>'.encode()
    )


@pytest.fixture
def watch(program, desk):
    return lambda *arguments: program("watch", "--project", desk, "--once", *arguments)


def due_now(desk):
    """Feeds may be asked again at once: nobody waits an hour for a test."""
    with sqlite3.connect(desk / "marsad.db") as connection:
        connection.execute("UPDATE feeds SET data = json_set(data, '$.next_due', NULL)")
    connection.close()


@pytest.mark.parametrize(
    ("day", "first", "second", "before", "after"),
    [(LATER, SHELLED, MEDICS, "single", "corroborated"), (SOON, TAKEN, LEFT, "single", "conceded")],
)  # fmt: skip
def test_watch_tells_that_the_status_of_an_incident_changed(
    watch, desk, server, day, first, second, before, after
):
    server.answers |= {
        "/a": ok(rss(server.at("/1"))),
        "/1": ok(dated(first, day)),
        "/2": ok(dated(second, day)),
    }
    assert watch().code == 0
    server.answers["/b"] = ok(rss(server.at("/2")))
    due_now(desk)
    done = watch()
    assert done.code == 0
    [told] = [row for row in done.rows if row["kind"] == "status"]
    assert (told["before"], told["after"]) == (before, after)
    [(event, place)] = rows_of(desk, f"SELECT event, place FROM incidents WHERE id = '{told['subject']}'")
    assert told["about"].startswith(f"{event} {place} {day[:7]}")
    assert told["why"]
    due_now(desk)
    assert watch().out == []


def test_watch_tells_that_a_place_changed_hands(watch, desk, server):
    server.answers |= {
        "/a": ok(rss(server.at("/1"))),
        "/1": ok(dated(TAKEN, SOON)),
        "/2": ok(dated(LEFT, SOON)),
    }
    [first] = [row for row in watch().rows if row["kind"] == "control"]
    server.answers["/b"] = ok(rss(server.at("/2")))
    due_now(desk)
    [second] = [row for row in watch().rows if row["kind"] == "control"]
    [(key, place)] = rows_of(desk, "SELECT DISTINCT place_key, place FROM spells")
    assert [(row["subject"], row["about"]) for row in (first, second)] == [(key, place)] * 2
    assert (first["before"], first["after"]) == (None, second["before"])
    assert second["after"].startswith("held / ")


def test_watch_tells_that_a_feed_has_gone_silent(watch, desk, server):
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": ok(page())}
    watch()
    with sqlite3.connect(desk / "marsad.db") as connection:
        connection.execute(
            "UPDATE feeds SET data = json_set(data, '$.last_new', '2026-01-01T00:00:00+00:00') WHERE id LIKE '%/a'"
        )
    connection.close()
    [told] = watch().rows
    assert (told["kind"], told["subject"], told["after"]) == (
        "feed",
        server.at("/a"),
        "silent since 2026-01-01 00:00",
    )
    assert watch().out == []


def test_watch_in_lines_for_people(watch, desk, server):
    server.answers |= {
        "/a": ok(rss(server.at("/1"))),
        "/1": ok(dated(SHELLED, LATER)),
        "/2": ok(dated(MEDICS, LATER)),
    }
    watch()
    server.answers["/b"] = ok(rss(server.at("/2")))
    due_now(desk)
    [line] = watch("--format", "table").out
    assert line.startswith("status: harm.killed ")
    assert ": single -> corroborated (" in line


def test_watch_says_what_was_set_aside_and_why(watch, desk, server):
    server.answers |= {
        "/a": ok(rss(server.at("/1"), server.at("/2"), server.at("/3"))),
        "/1": ok(page()),
        "/3": (500, {}, b""),
    }
    done = watch()
    assert done.code == 3
    said = "\n".join(done.said)
    assert f"{server.at('/2')}: set aside: status 404" in said
    assert f"{server.at('/3')}: status 500 Internal Server Error; it is tried again later" in said
    assert "2 feeds asked: 1 articles new, 0 changed, 0 as they were, 1 set aside in" in said
    assert rows_of(desk, "SELECT place, reason FROM setaside") == [(server.at("/2"), "gone")]


def test_watch_asks_nothing_that_is_not_due(watch, server):
    watch()
    before = len(server.asked)
    done = watch()
    assert (done.code, done.out, done.said) == (0, [], [])
    assert len(server.asked) == before


def test_watch_says_who_it_is(watch, desk, server):
    file = desk / "marsad.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("[watch]\n", '[watch]\ncontact = "desk@a.example"\n'),
        encoding="utf-8",
    )
    watch()
    assert {headers["user-agent"].partition("/")[0] for _, headers in server.asked} == {"Marsad"}
    assert all("(+desk@a.example)" in headers["user-agent"] for _, headers in server.asked)


def test_watch_without_a_feed_says_how_to_name_one(program, tmp_path):
    program("init", tmp_path)
    done = program("watch", "--project", tmp_path, "--once")
    assert done.code == 1
    assert "no feed is watched: name some in marsad.toml ([[feed]])" in done.said[-1]


def test_watch_keeps_out_of_private_networks_that_are_not_allowed(watch, desk, server):
    file = desk / "marsad.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("allow = [", "allow = []\n# "), encoding="utf-8")
    done = watch()
    assert done.code == 3
    assert "not an address of the public internet" in done.said[0]
    assert server.asked == []


def test_watch_list_shows_how_feeds_are_and_asks_nothing(program, watch, desk, server):
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": (503, {}, b""), "/b": (503, {}, b"")}
    watch()
    before = len(server.asked)
    done = program("watch", "--project", desk, "--list")
    assert [(row["address"], row["health"], row["wanted"]) for row in done.rows] == [
        (server.at("/a"), "well", 1),
        (server.at("/b"), "failing (1)", 0),
    ]
    assert "pages wanted" in program("watch", "--project", desk, "--list", "--format", "table").out[1]
    assert len(server.asked) == before


def test_a_second_watch_is_refused(watch, desk):
    store = load_project(desk).open()
    with turn(store.database, "watch"):
        done = watch()
    store.close()
    assert done.code == 1
    assert "another process is at it already (watch of " in done.said[-1]


def test_a_byte_of_the_archive_that_was_changed_is_found_by_the_check(program, watch, desk, server):
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": ok(page())}
    watch()
    assert program("store", "check", "--project", desk).code == 0
    [(kept,)] = rows_of(desk, "SELECT kept FROM versions")
    where = json.loads(kept)
    file = desk / "archive" / where["file"]
    data = bytearray(file.read_bytes())
    data[where["offset"] + where["length"] // 2] ^= 1
    file.write_bytes(data)
    done = program("store", "check", "--project", desk)
    assert done.code == 5
    assert "does not hold what was kept there" in done.said[0]


# Addresses


def test_ingest_of_a_feed_takes_its_pages_in_and_watch_goes_on(program, watch, desk, server):
    server.answers |= {"/c": ok(rss(server.at("/1"), server.at("/2"))), "/1": ok(page())}
    done = program("ingest", "--project", desk, server.at("/c"))
    assert done.code == 3
    assert "2 articles: 1 new, 0 changed, 0 stored already, 1 set aside (gone 1)" in "\n".join(done.said)
    assert rows_of(desk, "SELECT id FROM feeds") == [(server.at("/c"),)]
    watch()
    assert (asked(server, "/c"), asked(server, "/1"), asked(server, "/2")) == (1, 1, 1)


def test_ingest_of_a_list_of_feeds_by_file_and_by_address(program, desk, server, tmp_path):
    server.answers |= {
        "/a": ok(rss(server.at("/1"))),
        "/1": ok(page()),
        "/2": ok(page(MORE)),
        "/b": ok(rss(server.at("/2"))),
    }
    (tmp_path / "feeds.opml").write_bytes(opml(server.at("/a")))
    server.answers["/opml"] = ok(opml(server.at("/b")))
    done = program("ingest", "--project", desk, tmp_path / "feeds.opml", server.at("/opml"))
    assert done.code == 0
    assert "2 articles: 2 new" in "\n".join(done.said)
    assert rows_of(desk, "SELECT count(*) FROM feeds") == [(3,)]


def test_ingest_of_a_page_that_is_not_there_fails_with_the_reason(program, desk, server):
    done = program("ingest", "--project", desk, server.at("/none"))
    assert done.code == 1
    assert "1 set aside (unreachable 1)" in "\n".join(done.said)


def test_a_dry_run_fetches_nothing(program, desk, server, tmp_path):
    assert program("ingest", "--project", desk, server.at("/a"), "--dry-run").code == 2
    (tmp_path / "feeds.opml").write_bytes(opml(server.at("/a")))
    done = program("ingest", "--project", desk, tmp_path / "feeds.opml", "--dry-run")
    assert done.code == 0
    assert done.said[0] == f"marsad: {tmp_path / 'feeds.opml'}: an OPML list with 1 entries"
    assert server.asked == []
    assert rows_of(desk, "SELECT count(*) FROM feeds") == [(0,)]


def test_a_project_on_either_kind_of_store_takes_in_watches_and_is_sound(
    program, tmp_path, server, store_url
):
    folder = tmp_path / "either"
    assert program("init", folder, "--store", store_url).code == 0
    with (folder / "marsad.toml").open("a", encoding="utf-8") as file:
        file.write(f'[[feed]]\naddress = "{server.at("/a")}"\n')
    settings = (folder / "marsad.toml").read_text(encoding="utf-8")
    (folder / "marsad.toml").write_text(
        settings.replace("[watch]", f'[watch]\ndelay = 0\nallow = ["127.0.0.1:{server.port}"]'),
        encoding="utf-8",
    )
    server.answers |= {
        "/a": ok(rss(server.at("/1"), server.at("/2"))),
        "/1": ok(dated(SHELLED, LATER)),
        "/3": ok(dated(MEDICS, LATER)),
    }
    assert program("watch", "--once", "--project", folder).code == 3
    assert program("ingest", server.at("/3"), "--project", folder).code == 0
    assert "1 stored already; there was nothing to do" in "\n".join(
        program("ingest", server.at("/3"), "--project", folder).said
    )
    [info] = program("store", "info", "--project", folder, "--format", "jsonl").rows
    assert (info["rows"]["articles"], info["rows"]["setaside"], info["rows"]["wanted"], info["waiting"]) == (
        2,
        1,
        0,
        0,
    )
    assert info["incidents"]["corroborated"] >= 1
    assert program("store", "check", "--project", folder).code == 0


def test_a_disk_that_is_full_for_a_while_ends_one_round_and_not_the_watch(program, desk, monkeypatch):
    rounds = []

    def round_(store, desk, intake):
        rounds.append(1)
        if len(rounds) == 1:
            raise TryAgain("no room is left")
        signal.raise_signal(signal.SIGTERM)
        yield Cycle()

    monkeypatch.setattr("marsad.cli.watching.cycle", round_)
    monkeypatch.setattr("marsad.cli.watching._AFTER_TROUBLE", 0.01)
    done = program("watch", "--project", desk)
    assert (done.code, len(rounds)) == (0, 2)
    assert done.said == ["marsad: no room is left; the desk goes on in 0 seconds"]
    assert rows_of(desk, "SELECT count(ended) FROM runs WHERE command = 'watch'") == [(1,)]


def test_once_a_disk_that_is_full_is_a_failure(watch, monkeypatch):
    def round_(store, desk, intake):
        raise TryAgain("no room is left")

    monkeypatch.setattr("marsad.cli.watching.cycle", round_)
    done = watch()
    assert (done.code, done.said) == (1, ["marsad: no room is left"])


def test_more_news_than_are_looked_up_at_once_are_all_told(watch, desk, monkeypatch):
    def round_(store, desk, intake):
        with store.database.writing() as connection:
            note_change(connection, "feed", [(f"f{n}", "speaks", "silent") for n in range(2500)])
        yield Cycle()

    monkeypatch.setattr("marsad.cli.watching.cycle", round_)
    assert [row["subject"] for row in watch().rows] == [f"f{n}" for n in range(2500)]
