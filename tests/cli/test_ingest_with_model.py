"""`marsad ingest --reader model|both`: what failed is tried again, a killed run asks nothing twice, and rebuilding keeps to the kind of reader."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from sqlalchemy import text

from llm.model_server import ModelServer
from marsad.run.project import load_project
from marsad.store import faults

STRIKE = "قصفت طائرات حربية روسية بلدة سراقب أمس."
KILLED = "أعلن الجيش الحكومي مقتل ثلاثة مسلحين في مدينة تدمر أمس الخميس."
CLAIM = {
    "event": "strike.air",
    "evidence": [{"in": "text", "words": "قصفت طائرات حربية روسية بلدة سراقب", "trigger": "قصفت"}],
}
READERS = "SELECT id, reader FROM articles ORDER BY id"
CLAIMS = "SELECT article, event FROM claims ORDER BY article, event"


def good(shown):
    """The strike, wherever it is shown."""
    return {"claims": [CLAIM] * any("قصفت" in words for words in shown["sentences"])}


@pytest.fixture
def desk(program, tmp_path):
    """A project's folder."""
    program("init", tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
def ingest(program, desk):
    """``marsad ingest`` into it."""
    return lambda *arguments: program("ingest", "--project", desk, *arguments)


@pytest.fixture
def articles(tmp_path):
    """A file of articles, each of one text."""

    def write(*texts):
        path = tmp_path / "articles.jsonl"
        rows = [
            {"id": f"a{n:03}", "text": one, "published": "2024-12-06", "outlet": "وكالة"}
            for n, one in enumerate(texts)
        ]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def rows(desk, sql):
    """What the store holds; it must be sound."""
    store = load_project(desk).open()
    try:
        assert list(faults(store.database)) == []
        with store.database.reading() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]
    finally:
        store.close()


def at(server, *more, reader="model"):
    return ("--reader", reader, "--model-address", server.address, "--model", "tiny", *more)


def shown(server):
    """How often each text was asked about."""
    return Counter(json.dumps(asked.shown["sentences"]) for asked in server.asked)


def test_what_the_model_failed_on_is_tried_again(ingest, desk, articles):
    file = articles(STRIKE, KILLED)
    with ModelServer(answer=good, script=["nothing", "not_json", "not_json"]) as server:
        first = ingest(file, *at(server, "--model-in-flight", "1"))
        assert first.code == 3
        assert any("[model_failed]" in line for line in first.said)
        assert [one for one, _ in rows(desk, READERS)] == ["a000"]
        second = ingest(file, *at(server))
    assert second.code == 0
    assert [one for one, _ in rows(desk, READERS)] == ["a000", "a001"]
    assert all(" + model tiny, prompt " in reader for _, reader in rows(desk, READERS))


def test_a_project_says_who_reads_and_an_option_wins(ingest, desk, articles):
    settings = desk / "marsad.toml"
    with ModelServer(answer=good) as server:
        said = f'reader = "both"\naddress = "{server.address}"\nmodel = "mine"\nbudget = 0.9\n'
        settings.write_text(settings.read_text().replace("[model]\n", f"[model]\n{said}"))
        assert ingest(articles(f"{STRIKE} {KILLED}")).code == 0
        asked = len(server.asked)
        ((_, reader),) = rows(desk, READERS)
        assert reader.endswith(", budget 0.9")
        assert " + both mine, prompt " in reader
        ingest(articles(f"{STRIKE} {KILLED}", KILLED), "--reader", "rules")
        assert len(server.asked) == asked
    assert " + " not in rows(desk, READERS)[1][1]


def test_an_endpoint_that_is_gone_leaves_what_was_read(ingest, desk, articles):
    texts = [f"{STRIKE} رقم {n}." for n in range(5)]
    with ModelServer(answer=good, script=["nothing", "nothing"], always="no_key") as server:
        done = ingest(articles(*texts), *at(server, "--model-in-flight", "1"))
    assert done.code == 1
    assert [one for one, _ in rows(desk, READERS)] == ["a000", "a001"]
    with ModelServer(answer=good) as server:
        assert ingest(articles(*texts), *at(server)).code == 0
        assert len(server.asked) == 3
    assert len(rows(desk, READERS)) == 5


def test_a_dry_run_asks_nobody(ingest, articles):
    with ModelServer() as server:
        assert ingest(articles(STRIKE), "--dry-run", *at(server)).code == 0
        assert server.asked == []


def test_a_killed_run_goes_on_and_asks_nothing_twice(data, ingest, desk, articles):
    file = articles(*[f"{STRIKE} رقم {n}." for n in range(60)])
    flying = 4
    with ModelServer(answer=good, seconds=0.05) as server:
        options = at(server, "--model-in-flight", str(flying))
        command = [sys.executable, "-m", "marsad", "ingest", "--project", str(desk), str(file), *options]
        run = subprocess.Popen(
            command, env={**os.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while len(server.asked) < 20 and time.monotonic() < until:
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
        run.wait()
        before = len(server.asked)
        assert 20 <= before < 60
        assert ingest(file, *options).code == 0
        asked = shown(server)
    assert len(asked) == 60
    assert sum(times - 1 for times in asked.values()) <= flying
    assert rows(desk, CLAIMS) == [(f"a{n:03}", "strike.air") for n in range(60)]


def test_rebuilding_leaves_what_another_kind_of_reader_read(program, ingest, desk, articles):
    with ModelServer(answer=good) as server:
        ingest(articles(STRIKE, STRIKE + " " + KILLED), *at(server))
        before = rows(desk, READERS)
        done = program("store", "rebuild", "--project", desk)
        assert (done.code, rows(desk, READERS)) == (0, before)
        assert any("2 articles were read by a reader of another kind" in line for line in done.said)
        assert program("store", "rebuild", "--project", desk, "--all", *at(server, reader="both")).code == 0
        assert all(" + both tiny" in reader for _, reader in rows(desk, READERS))
        assert program("store", "rebuild", "--project", desk, "--all").code == 0
    assert all(" + " not in reader for _, reader in rows(desk, READERS))


def test_rebuilding_by_a_model_that_fails_keeps_the_claims(program, ingest, desk, articles):
    with ModelServer(answer=good) as server:
        ingest(articles(STRIKE), *at(server))
    before = rows(desk, CLAIMS)
    with ModelServer(always="not_json") as server:
        done = program("store", "rebuild", "--project", desk, "--all", "--no-model-cache", *at(server))
    assert (done.code, rows(desk, CLAIMS)) == (3, before)
