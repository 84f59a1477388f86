"""What is tried again, how often, and when no more is tried: decided in one place for all engines."""

import errno
import json
import re
from collections import deque
from dataclasses import replace

import pytest

from archive.engines.doing import faults
from marsad.archive.engines import Failed, trying
from marsad.archive.engines.base import TRIES
from marsad.archive.engines.trying import HOPELESS, Answer, Tries, attempt, shared_out
from marsad.archive.fingerprints import code_of
from marsad.archive.task import Record


def addressed(task, root):
    return replace(task, folder=str(root), code=code_of(task.stage))


@pytest.mark.parametrize(
    ("fault", "again", "said"),
    [
        ("mistake", False, r"KeyError: 'أين' \(faults\.py:\d+\)"),
        ("refused", False, "part.jsonl: line 7 is no article"),
        ("damaged", True, "part.parquet: cut off"),
        ("full disk", True, r"no space left on the disk of /data/tmp/x: free some and resume"),
        ("no memory", True, "MemoryError"),
    ],
)
def test_what_a_task_raises_becomes_an_answer(tmp_path, fault, again, said):
    task = addressed(faults.named("part-1", value=1, fault=fault), tmp_path)
    told = json.loads(attempt(task.to_json()))
    assert told["again"] is again
    assert re.match(said, told["why"])


def test_what_is_no_task_is_an_answer_too():
    assert json.loads(attempt("{}"))["again"] is False


def test_other_code_than_the_drivers_is_refused(tmp_path):
    task = replace(faults.named("part-1", value=1), folder=str(tmp_path), code="of another version")
    assert "another version of Marsad" in json.loads(attempt(task.to_json()))["why"]


class Scripted:
    """Hands that answer what a test says, in turn by task."""

    def __init__(self, script, room=2):
        self.script, self.most, self.held, self.taken = script, room, [], []

    def room(self):
        return self.most - len(self.held)

    def busy(self):
        return bool(self.held)

    def take(self, task):
        self.held.append(task)
        self.taken.append(task.name)

    def heard(self, seconds):
        held, self.held = self.held, []
        for task in held:
            yield self.script[task.name].pop(0)(task)


def done(task):
    record = Record(stage=task.stage, name=task.name, key=task.key)
    return Answer(task=task, line=json.dumps({"done": record.to_json()}))


def fails(again, why="why"):
    return lambda task: Answer(task=task, line=json.dumps({"why": why, "again": again}))


def lost(times=1):
    return lambda task: Answer(task=task, lost="gone", times=times)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(trying, "PAUSE", 0.001)


@pytest.mark.parametrize(
    ("answers", "tried", "outcome"),
    [
        ([done], 1, None),
        ([lost(), done], 2, None),
        ([fails(True), lost(), done], 3, None),
        ([lost()] * 3, 3, ("gone", 3)),
        ([fails(True)] * 3, 3, ("why", 3)),
        ([fails(False)], 1, ("why", 1)),
        ([lost(times=3)], 1, ("gone", 3)),
        ([lost(times=2), fails(True)], 2, ("why", 3)),
    ],
    ids=["done", "once lost", "lost and failed", "always lost", "always fails", "refused", "engine tried", "engine tried twice"],
)  # fmt: skip
def test_a_task_is_tried_three_times_in_all(answers, tried, outcome):
    hands = Scripted({"a": list(answers), "b": [done], "c": [done]})
    outcomes = {
        one.task.name if isinstance(one, Failed) else one.name: one
        for one in shared_out([faults.named(name) for name in "abc"], hands)
    }
    assert hands.taken.count("a") == tried
    assert sorted(outcomes) == ["a", "b", "c"]
    if outcome is None:
        assert isinstance(outcomes["a"], Record)
    else:
        assert (outcomes["a"].why, outcomes["a"].tries) == outcome
    assert TRIES == 3


def test_where_nothing_works_the_rest_is_not_tried():
    names = [f"part-{n}" for n in range(HOPELESS + 30)]
    hands = Scripted({name: [fails(False, "disk full")] for name in names})
    outcomes = list(shared_out([faults.named(name) for name in names], hands))
    assert sorted(one.task.name for one in outcomes) == sorted(names)
    assert len(hands.taken) <= HOPELESS + 2
    assert "not tried: 10 tasks before it failed one after the other, the last because: disk full" in outcomes[-1].why  # fmt: skip
    assert outcomes[-1].tries == 0


def test_failures_among_work_that_goes_on_stop_nothing():
    names = [f"part-{n}" for n in range(60)]
    hands = Scripted({name: [done if at % 3 == 0 else fails(False)] for at, name in enumerate(names)})
    list(shared_out([faults.named(name) for name in names], hands))
    assert sorted(hands.taken) == sorted(names)


def test_a_task_waits_before_it_is_tried_again(monkeypatch):
    monkeypatch.setattr(trying, "PAUSE", 60)
    tries = Tries(deque([(0.0, faults.named("a")), (0.0, faults.named("b"))]))
    first = tries.take()
    assert tries.judged(fails(True)(first)) is None
    assert tries.take().name == "b"
    assert tries.left
    assert tries.take() is None


def test_quota_is_said_like_a_full_disk():
    assert trying._reason(OSError(errno.EDQUOT, "Disk quota exceeded")).startswith("no space left: free some")
