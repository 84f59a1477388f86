"""A process may end at any instant: nothing that was stored is lost, nothing comes twice, and the next run finishes what was begun."""

import importlib
import random
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from marsad.cli.main import main
from marsad.run import ingesting, planning, tying
from marsad.run.project import make_project
from marsad.store import Database, faults, open_store
from marsad.store.articles import put_articles
from stored import TEXT, stored

BENCH = Path(__file__).resolve().parent.parent.parent / "bench"
KILLS = 3
LONGER = f"صباح اليوم. {TEXT}"


@pytest.fixture
def bench(data, tmp_path, monkeypatch):
    """The modules of bench/kills.py, and a folder for projects."""
    monkeypatch.syspath_prepend(str(BENCH))
    names = ("invented", "killed", "kills", "states")
    return SimpleNamespace(**{name: importlib.import_module(name) for name in names}, folder=tmp_path)


@pytest.mark.parametrize("command", ["ingest", "rebuild", "watch"])
def test_kills_lose_nothing_and_double_nothing(bench, command, monkeypatch):
    monkeypatch.setattr(bench.kills, "ROUNDS", 2)
    shelf = bench.killed.Shelf(bench.folder)
    lines, pages = bench.kills.lay_out(bench.folder, 12, 1)
    with bench.invented.serving(bench.invented.articles(6, 2)) as outlet:
        trial = bench.kills.Bench(shelf, lines, pages, outlet)
        made = {"ingest": lambda: trial.ingest(2), "rebuild": trial.rebuild, "watch": trial.watch}[command]()
        course = replace(made, often=(KILLS, KILLS) if command != "watch" else (2, 2))
        tally, chance = bench.kills.Tally(command), random.Random(3)
        while tally.kills < KILLS:
            bench.kills.once(course, tally, KILLS, chance)
    assert (tally.kills, tally.faults.total(), tally.said) == (KILLS, 0, [])
    assert course.expected["incidents"]
    assert tally.finished


@pytest.fixture
def small_steps(monkeypatch):
    """Every step in several transactions."""
    monkeypatch.setattr(ingesting, "_AT_ONCE", 4)
    monkeypatch.setattr(planning, "_ARTICLES_AT_ONCE", 1)
    monkeypatch.setattr(tying, "_PLACES_AT_ONCE", 2)


@contextmanager
def copied_after_each_write(monkeypatch, project, copies):
    """What would be left if the process ended right after each of its transactions: a copy of the project for each."""
    write = Database.writing

    @contextmanager
    def writing(self):
        with write(self) as connection:
            yield connection
        folder = copies / f"{len(list(copies.iterdir())):03}"
        folder.mkdir()
        shutil.copy(project / "marsad.toml", folder)
        with (
            closing(sqlite3.connect(project / "marsad.db")) as one,
            closing(sqlite3.connect(folder / "marsad.db")) as other,
        ):
            one.backup(other)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "writing", writing)
        yield


def ingest(project, file):
    assert main(["ingest", "--project", str(project), str(file)]) == 0


def test_whichever_transaction_was_the_last_the_next_run_finishes(bench, small_steps, monkeypatch):
    made = bench.invented.articles(21, 5)
    files = [bench.folder / "first.jsonl", bench.folder / "second.jsonl"]
    # What is planned last is not new: only its family is.
    copies = [{**row, "id": f"copy-{row['id']}", "outlet": "صحيفة الجسر"} for row in made[-3:]]
    for file, rows in zip(files, (made[4:], made[:4] + copies), strict=True):
        file.write_text(bench.invented.as_lines(rows), encoding="utf-8")
    project, left = bench.folder / "project", bench.folder / "left"
    make_project(project)
    left.mkdir()
    ingest(project, files[0])
    with copied_after_each_write(monkeypatch, project, left):
        ingest(project, files[1])
    expected = bench.states.state_of(project)
    found = {}
    for folder in sorted(left.iterdir()):
        ingest(folder, files[1])
        found[folder.name] = bench.states.difference(expected, bench.states.state_of(folder)).said
        database = Database(f"sqlite:///{folder / 'marsad.db'}")
        found[folder.name] += faults(database)
        database.close()
    assert len(found) > 10
    assert {name: said for name, said in found.items() if said} == {}


def put(store, *articles, **how):
    with store.database.writing() as connection:
        return put_articles(connection, articles, None, **how)


def test_a_slower_process_makes_no_version_of_what_is_stored_already(store):
    first, second = stored("a", piece="record:1"), stored("a", LONGER, piece="record:2")
    assert put(store, first, second) == ["new", "changed"]
    assert put(store, first, second) == ["unchanged", "unchanged"]


def test_reading_anew_never_brings_back_an_older_text(store):
    put(store, stored("a", piece="record:1"))
    before = stored("a", piece="")
    put(store, stored("a", LONGER, piece="record:2"))
    assert put(store, before, again=True) == ["unchanged"]
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT max(version) FROM articles").scalar() == 2


def test_writers_take_turns(store):
    """What the second one reads within its transaction is what the first one wrote."""
    from threading import Thread

    def add():
        other = open_store(store.database.url.render_as_string(hide_password=False))
        try:
            for number in range(10):
                put(other, stored(f"a{number}", piece=f"record:{number}"))
        finally:
            other.close()

    threads = [Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*), sum(version) FROM articles").one() == (10, 10)
