"""Work that pages ask for: one after the other, once each, and never left running."""

import os
import time

import pytest

from marsad.run.chores import Chore, Chores
from marsad.run.project import make_project

PATIENCE = 60


@pytest.fixture
def chores(tmp_path, data):
    made = Chores(make_project(tmp_path / "desk").folder, data)
    yield made
    made.close()


def test_a_command_runs_on_the_project_and_what_it_says_is_kept(chores):
    asked = chores.ask("store", "check", who="ana")
    assert (asked.state, asked.command, asked.who) == ("waiting", ("store", "check"), "ana")
    assert chores.settle(PATIENCE)
    done = chores.one(asked.id)
    assert (done.state, done.who) == ("done", "ana")
    assert "all is there and as it was written" in done.said[-1]
    assert done.asked <= done.began <= done.ended
    assert chores.busy is False


FAILING = {
    "a command that there is not": (("no-such-command",), "failed"),
    "a file that is not there": (("ingest", "--", "/no/such/file"), "failed"),
    "a word that no process can be given": (("ingest", "--", "a\x00b"), "failed"),
}


@pytest.mark.parametrize(("command", "state"), FAILING.values(), ids=FAILING)
def test_a_failure_is_told(chores, command, state):
    asked = chores.ask(*command)
    assert chores.settle(PATIENCE)
    assert chores.one(asked.id).state == state
    assert chores.one(asked.id).said != ()


def test_what_could_not_be_read_is_told_apart(chores, tmp_path):
    text = "أعلن الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة أمس."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("{broken\n", encoding="utf-8")
    asked = chores.ask("ingest", "--", str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl"))
    assert chores.settle(PATIENCE)
    assert chores.one(asked.id).state == "some set aside"


def test_names_behind_the_dashes_are_no_options(chores, tmp_path, monkeypatch):
    words = chores._words(
        Chore(id=1, command=("ingest", "--outlet=--help", "--", "--help", "=cmd|x"), who="")
    )
    assert words == ["ingest", "--outlet=--help", "--project", str(chores.folder), "--", "--help", "=cmd|x"]
    monkeypatch.chdir(tmp_path)
    for name in ("--help", "=cmd|x.txt"):
        (tmp_path / name).write_text(
            "أعلن الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة أمس.", encoding="utf-8"
        )
        asked = chores.ask("ingest", "--", name)
        assert chores.settle(PATIENCE)
        done = chores.one(asked.id)
        assert (done.state, "1 articles: 1" in " ".join(done.said)) == ("done", True)


class Held(Chores):
    """Chores whose work waits until it is let go."""

    def _run(self, chore):
        while not self._closed and not getattr(self, "_go", False):
            time.sleep(0.01)
        super()._run(chore)


def test_what_waits_already_is_asked_for_once(tmp_path, data):
    chores = Held(make_project(tmp_path / "desk").folder, data)
    first = chores.ask("store", "info")
    while chores.one(first.id).state == "waiting":
        time.sleep(0.01)
    second = chores.ask("store", "info")
    assert second.id != first.id, "the one that runs may have looked already"
    assert chores.ask("store", "info").id == second.id
    other = chores.ask("store", "check")
    assert [one.id for one in chores.all()] == [other.id, second.id, first.id]
    assert chores.busy
    assert chores.settle(0.05) is False
    chores._go = True
    assert chores.settle(PATIENCE)
    assert {one.state for one in chores.all()} == {"done"}
    chores.close()


def test_closing_stops_what_runs_and_begins_nothing_more(tmp_path, data):
    chores = Chores(make_project(tmp_path / "desk").folder, data)
    os.mkfifo(tmp_path / "pipe")
    running = chores.ask("ingest", "--", str(tmp_path / "pipe"))  # it waits for a writer who never comes
    waiting = chores.ask("store", "info")
    while chores._child is None:
        time.sleep(0.01)
    child = chores._child
    chores.close()
    assert child.poll() is not None, "the process has ended"
    assert chores.one(running.id).state == "stopped"
    assert chores.one(waiting.id).state == "waiting"
    chores.ask("store", "check")
    assert chores.all()[0].state == "waiting", "nothing begins any more"


def test_old_chores_are_forgotten_and_those_that_wait_are_not(tmp_path, data):
    chores = Held(make_project(tmp_path / "desk").folder, data)
    for number in range(60):
        chores.ask("store", "search", str(number))
    assert len(chores.all()) == 60
    assert chores.one(999) is None
    chores.close()
