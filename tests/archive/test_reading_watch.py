"""Whatever an article does to the process that reads it, it alone is set aside, and only after a second trial."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.archive.reading_child import Order
from marsad.archive.reading_watch import Watch, let_go
from marsad.archive.stages.read_article import Piece, Wanted
from marsad.articles import RawArticle
from marsad.errors import MarsadError

sys.path.insert(0, str(Path(__file__).parent))
import poison

ORDER = Order(wanted=Wanted(), make="poison:quick", memory=400)


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    yield
    let_go()


def pieces(*deeds):
    return [
        Piece(RawArticle(kind="record", file="n", line=number, data=text(deed)), "s", number)
        for number, deed in enumerate(deeds)
    ]


def text(deed):
    return f'"{poison.MARK}{deed}"'.encode() if deed else b'"no harm in it"'


def read(*deeds, order=ORDER, patience=60.0, quota=0.5):
    """What came of each piece by its number: the process that read it, or the reason it was set aside for."""
    with Watch(order, patience, quota) as watch:
        return fates(watch.read(pieces(*deeds)))


def fates(replies):
    found = {}
    for reply in replies:
        for number, process in zip(*reply.columns.get("seen", [[], []]), strict=True):
            found[number] = process
        for reason, number in zip(*reply.columns.get("set_aside", [[]] * 5)[1::3], strict=True):
            found[number] = reason
    return list(found.items())


def test_articles_that_end_their_process_are_set_aside_alone_and_in_their_places():
    found = read("exit", "", "", "eat", "kill", "", "exit")
    assert [number for number, _ in found] == list(range(7))
    reasons = [fate if isinstance(fate, str) else "" for _, fate in found]
    assert reasons == ["crashed", "", "", "out_of_memory", "crashed", "", "crashed"]


def test_article_that_takes_too_long_is_set_aside_alone():
    found = read("", "loop", "", patience=2.0)
    assert [fate if isinstance(fate, str) else "" for _, fate in found] == ["", "too_slow", ""]


def test_article_is_tried_once_more_alone_before_it_is_set_aside(tmp_path):
    found = read("", f"once={tmp_path / 'mark'}", "")
    assert all(isinstance(fate, int) for _, fate in found)
    assert (tmp_path / "mark").exists()


def test_why_it_was_set_aside_is_told():
    with Watch(ORDER, 60.0, 0.5) as watch:
        (reply,) = watch.read(pieces("kill"))
    told = "reading it ended the process (signal SIGKILL)"
    assert reply.columns == {"set_aside": [["n:0"], ["crashed"], [told], ["s"], [0]]}
    assert reply.counts == {"pieces": 1, "dropped_crashed": 1}
    assert watch.isolated == [f"n:0: {told}"]


@pytest.mark.parametrize(
    ("bad", "quota", "pieces", "kept"),
    [
        (3, 0.0, 3, True),
        (4, 0.0, 9_000, False),
        (4, 0.01, 399, False),
        (4, 0.01, 400, True),
        (0, 0.0, 0, True),
    ],
)
def test_quota_is_a_share_but_never_fewer_than_three(bad, quota, pieces, kept):
    watch = Watch(ORDER, 60.0, quota, isolated=[f"n:{number}: why" for number in range(bad)])
    if kept:
        watch.check(pieces)
        return
    with pytest.raises(
        MarsadError, match=r"(?s)^4 articles ended .* 3 may.*\n  n:0: why\n  n:1: why\n  n:2: why$"
    ):
        watch.check(pieces)


def test_quota_is_looked_at_while_it_is_worked():
    watch = Watch(ORDER, 60.0, 0.0, isolated=["n:7: why", "n:8: why", "n:9: why"])
    with pytest.raises(MarsadError, match="4 articles ended"), watch:
        watch.read(pieces("exit", "", ""))


def test_process_is_kept_for_the_next_task_of_the_same_kind_and_for_no_other():
    ((_, first),), ((_, again),) = read(""), read("")
    assert first == again
    ((_, other),) = read("", order=replace(ORDER, wanted=Wanted(text=True)))
    assert other != first
    assert not runs(first)


def test_process_that_died_while_it_waited_is_replaced_and_nobody_blamed():
    ((_, process),) = read("")
    os.kill(process, signal.SIGKILL)
    with Watch(ORDER, 60.0, 0.0) as watch:
        assert len(fates(watch.read(pieces("", "")))) == 2
    assert watch.isolated == []


def test_process_that_dies_between_two_chunks_is_replaced_and_nobody_blamed():
    with Watch(ORDER, 60.0, 0.0) as watch:
        ((_, process),) = fates(watch.read(pieces("")))
        os.kill(process, signal.SIGKILL)
        assert len(fates(watch.read(pieces("", "")))) == 2
    assert watch.isolated == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what another process holds")
@pytest.mark.parametrize(
    ("memory", "gathered", "stays"), [(400, 160, True), (30, 160, False), (400, -1_000, False)]
)
def test_process_that_holds_much_is_replaced_between_chunks(memory, gathered, stays, monkeypatch):
    with Watch(ORDER, 60.0, 0.5) as watch:
        ((_, first),) = fates(watch.read(pieces("")))
        monkeypatch.setattr("marsad.archive.reading_watch._GATHERED", gathered)
        watch.order = replace(ORDER, memory=memory)
        ((_, same),) = fates(watch.read(pieces("")))
        watch.order = ORDER
        ((_, last),) = fates(watch.read(pieces("")))
    assert first == same
    assert (last == same) is stays


@pytest.mark.parametrize(
    ("make", "why"),
    [("poison:cannot_load", "exit code 3"), ("no_such_module:reader", "No module named 'no_such_module'")],
)
def test_process_that_cannot_start_fails_the_task_and_says_why(make, why):
    with pytest.raises(MarsadError, match=f"(?s)could not start: .*{why}"):
        read("", order=replace(ORDER, make=make))


def test_what_was_spent_is_counted_also_of_a_process_that_is_dead():
    with Watch(ORDER, 0.5, 0.5) as watch:
        watch.read(pieces("loop"))
        # Two trials of half a second, and less than that where the machine had other things to do.
        assert watch.processor > 0.1
        assert watch.isolated == ["n:0: reading it took more than 0.5 seconds"]


_PARENT = """
import sys
sys.path[:0] = {path!r}
from marsad.archive.reading_watch import Child
from marsad.archive.reading_child import Order
from marsad.archive.stages.read_article import Wanted
child = Child(Order(wanted=Wanted(), make="poison:quick", memory=400))
print(child._process.pid, flush=True)
sys.stdin.read()
"""


def test_process_ends_with_its_parent_however_that_ends():
    program = _PARENT.format(path=[str(Path(__file__).parent)])
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not runs(child):
            return
        time.sleep(0.05)
    pytest.fail("it outlived its parent")


def runs(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
