"""``marsad watch`` and ``marsad ingest`` as processes that are ended, killed, or run two at once."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest

from marsad.feeds import FeedState
from marsad.run.desk import watch_feed
from marsad.run.project import load_project
from marsad.run.watching import states_of
from outlet import MORE, TEXT, asked, desk, ok, page, rows_of, rss, server

__all__ = ["desk", "server"]


def marsad(desk, *arguments, **also):
    command = [sys.executable, "-m", "marsad.cli.main", *map(str, arguments), "--project", str(desk)]
    environment = {**os.environ, "MARSAD_DATA": str(desk / "data"), "no_proxy": "*"}
    return subprocess.Popen(command, stdout=-1, stderr=-1, env=environment, text=True, **also)


@pytest.fixture
def slow(server):
    """A page whose answer comes only when the test is over; the event says that it was asked for."""
    asked_for, over = threading.Event(), threading.Event()

    def answer(handler):
        asked_for.set()
        over.wait(60)

    server.answers["/slow"] = answer
    yield asked_for
    over.set()


@pytest.mark.parametrize("where", ["page", "feed", "robots"])
def test_sigterm_in_the_middle_of_a_request_ends_the_watch_cleanly(desk, server, slow, where):
    server.answers |= {"/a": ok(rss(server.at("/1"), server.at("/slow"))), "/1": ok(page())}
    if where == "feed":
        server.answers["/b"] = server.answers["/slow"]
    if where == "robots":
        server.answers["/robots.txt"] = server.answers["/slow"]
    process = marsad(desk, "watch")
    assert slow.wait(60)
    process.terminate()
    out, said = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, ""), said
    assert "Traceback" not in said
    stored = {"page": 1, "feed": 0, "robots": 0}[where]
    assert rows_of(desk, "SELECT count(*) FROM articles") == [(stored,)]
    assert rows_of(desk, "SELECT count(*), count(ended) FROM runs WHERE command = 'watch'") == [(1, 1)]
    if where == "page":
        server.answers["/slow"] = ok(page(MORE))
        process = marsad(desk, "watch", "--once")
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
        assert rows_of(desk, "SELECT count(*) FROM articles") == [(2,)]
        assert (asked(server, "/1"), asked(server, "/slow")) == (1, 2)


def test_sigterm_between_two_rounds_ends_the_watch_cleanly(desk, server):
    server.answers |= {"/a": ok(rss(server.at("/1"))), "/1": ok(page())}
    process = marsad(desk, "watch")
    for line in process.stderr:
        if "articles reconciled" in line or "feeds asked" in line:
            break
    time.sleep(0.5)
    process.terminate()
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0, said
    assert rows_of(desk, "SELECT count(*), count(ended) FROM runs WHERE command = 'watch'") == [(1, 1)]
    assert rows_of(desk, "SELECT count(*) FROM articles") == [(1,)]


def test_a_watch_that_was_killed_loses_no_page(desk, server, slow):
    server.answers |= {"/a": ok(rss(server.at("/slow"), server.at("/1"))), "/1": ok(page())}
    process = marsad(desk, "watch")
    assert slow.wait(60)
    process.kill()
    process.communicate()
    assert ("/slow" in str(rows_of(desk, "SELECT id FROM wanted"))) is True
    server.answers["/slow"] = ok(page(MORE))
    process = marsad(desk, "watch", "--once")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert asked(server, "/a") == 1
    assert rows_of(desk, "SELECT count(*) FROM articles") == [(2,)]
    assert rows_of(desk, "SELECT count(*) FROM wanted") == [(0,)]


def test_two_ingests_at_once_of_input_that_overlaps_and_changes(program, tmp_path, store_url):
    folder = tmp_path / "either"
    assert program("init", folder, "--store", store_url).code == 0
    texts = [f"{TEXT} وقع ذلك للمرة رقم {n} هذا العام." for n in range(160)]
    for _ in range(2):
        processes = []
        for name, numbers in (("one", range(100)), ("two", range(60, 160))):
            records = (
                {"id": f"a{n}", "text": texts[n], "published": "2024-12-06", "outlet": "وكالة النهر"}
                for n in numbers
            )
            (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(one) for one in records))
            processes.append(marsad(folder, "ingest", tmp_path / f"{name}.jsonl"))
        for process in processes:
            _, said = process.communicate(timeout=120)
            assert process.returncode == 0, said
        texts = [f"{text} ثم هدأت المدينة." for text in texts]
    assert program("store", "check", "--project", folder).code == 0
    store = load_project(folder).open()
    with store.database.reading() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*), count(DISTINCT id), max(version), sum(version) FROM articles"
        ).one()
        assert tuple(found) == (160, 160, 2, 320)
        assert connection.exec_driver_sql("SELECT count(*) FROM versions").scalar() == 320
        assert connection.exec_driver_sql("SELECT count(*) FROM articles WHERE pending").scalar() == 0
    store.close()


def test_sigterm_while_pages_of_an_address_are_fetched_interrupts_an_ingest_that_goes_on_later(
    desk, server, slow
):
    server.answers |= {"/a": ok(rss(server.at("/1"), server.at("/slow"))), "/1": ok(page())}
    process = marsad(desk, "ingest", server.at("/a"))
    assert slow.wait(60)
    process.terminate()
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert rows_of(desk, "SELECT count(*) FROM articles") == [(1,)]
    assert rows_of(desk, "SELECT count(*) FROM wanted") == [(1,)]
    store = load_project(desk).open()
    assert [state.address for state in states_of(store)] == [server.at("/a")]
    assert not watch_feed(store, FeedState(address=server.at("/a")))
    store.close()
