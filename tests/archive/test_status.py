"""What is seen of an archive from outside: how far it is, what was set aside, what it took."""

import os

import pytest

from marsad.archive.changes import changes_between
from marsad.archive.engines import Failed
from marsad.archive.failures import failed_tasks, set_aside, set_aside_counts
from marsad.archive.folder import Folder
from marsad.archive.plan import Input, Plan, Settings
from marsad.archive.report import report_of, shortened
from marsad.archive.status import status_of
from marsad.archive.task import Record, Task
from marsad.errors import InputError
from small_archive import begun_archive, plan_for, record_of, small_archive


def stage(found, name):
    return next(one for one in found.stages if one.name == name)


def test_a_finished_archive_is_done_in_every_stage(tmp_path):
    found = status_of(small_archive(tmp_path / "out"))
    assert found.state == "done"
    assert {one.state for one in found.stages} == {"done"}
    assert stage(found, "settle").counts == {"articles": 2, "claims": 2}
    assert found.set_aside == {"empty": 1}


def test_a_run_that_is_under_way_tells_its_pace_and_what_is_left(tmp_path):
    folder, _ = begun_archive(tmp_path / "out", records=1)
    found = status_of(folder)
    read = stage(found, "read")
    assert (found.state, found.process) == ("running", os.getpid())
    assert (read.state, read.done, read.tasks) == ("running", 1, 2)
    assert read.rate == pytest.approx(0.2, rel=0.2)
    assert read.left == pytest.approx(10, rel=0.2)
    assert stage(found, "control").state == "waiting"
    assert found.set_aside == {"empty": 1}


def test_what_was_done_before_a_run_counts_and_gives_no_pace(tmp_path):
    folder, progress = begun_archive(tmp_path / "out", records=1)
    os.utime(folder.path("manifest/read/p1.json"), (1, 1))
    progress.stage("read", 2, [folder.record("read", "p1")])
    read = stage(status_of(folder), "read")
    assert (read.done, read.counts["articles"], read.rate, read.left) == (1, 2, None, None)


def test_records_of_an_earlier_plan_are_not_counted(tmp_path):
    folder, progress = begun_archive(tmp_path / "out", records=1)
    os.utime(folder.path("manifest/read/p1.json"), (1, 1))
    progress.stage("read", 2, ())
    assert stage(status_of(folder), "read").done == 0


def test_a_driver_that_is_gone_was_killed_and_one_elsewhere_is_believed(tmp_path):
    folder, progress = begun_archive(tmp_path / "out", records=1)
    progress.told["process"] = 2**22 + 1  # larger than any that Linux gives
    progress._write()
    found = status_of(folder)
    assert (found.state, stage(found, "read").state, stage(found, "read").left) == ("killed", "stopped", None)
    assert found.seconds < 60
    progress.told["host"] = "another-machine.invalid"
    progress._write()
    assert status_of(folder).state == "running"


def test_failed_tasks_are_told(tmp_path):
    folder, progress = begun_archive(tmp_path / "out")
    progress.failed(Failed(task=Task(stage="read", name="p9", given={}), why="news.jsonl: gone", tries=3))
    progress.end("failed")
    assert [(one.stage, one.name, one.why, one.tries) for one in failed_tasks(folder)] == [("read", "p9", "news.jsonl: gone", 3)]  # fmt: skip
    assert status_of(folder).state == "failed"


def test_set_aside_articles_are_told_with_their_place_and_found_by_reason(tmp_path):
    folder = small_archive(tmp_path / "out")
    assert [(one.place, one.reason, one.piece) for one in set_aside(folder)] == [("news.jsonl:3", "empty", 2)]
    assert list(set_aside(folder, ["crashed"])) == []
    assert set_aside_counts(folder) == {"empty": 1}


def test_a_report_counts_what_the_tables_hold(tmp_path):
    found = report_of(small_archive(tmp_path / "out"), 512)
    assert found["rows"]["articles"] == 2
    assert found["articles by year"] == [["2031", 2]]
    assert found["claims by event"] == [["violence.airstrike", 2]]
    assert (found["copies"]["copies"], found["copies"]["share"], found["copies"]["known"]) == (1, 0.5, 1)
    assert found["left out"] == {"off_topic": 2}
    read = next(one for one in found["costs"] if one["stage"] == "read")
    assert (read["processor"], read["per_1000"]) == (0.5, 100.0)


def test_long_lists_end_with_the_others_as_one():
    assert shortened([["", 3], ["SY", 1]]) == [("not known", 3), ("SY", 1)]
    assert shortened([[f"x{number}", 1] for number in range(20)])[-1] == ("5 others", 5)


def test_where_no_archive_is_that_is_said(tmp_path):
    with pytest.raises(InputError, match="no archive was begun here"):
        status_of(Folder(tmp_path))


def test_what_a_plan_asks_for_beyond_another_is_told_in_words(tmp_path):
    before = plan_for(tmp_path)
    now = Plan(
        folder=before.folder,
        inputs=(Input(address="/news/news.jsonl", size=901, mark="2"), Input(address="/b", size=1, mark="")),
        settings=Settings(text=True),
    )
    assert changes_between(before, before) == []
    assert changes_between(before, now) == [
        "1 new input: /b",
        "1 changed input: /news/news.jsonl",
        "text: False before, True now",
    ]


def test_a_plan_comes_back_as_it_was_kept(tmp_path):
    plan = Plan(folder=str(tmp_path), inputs=(), settings=Settings(columns={"text": "body"}, relevance=-1.5))
    assert Plan.from_json(plan.to_json(), str(tmp_path)) == plan
    assert record_of(Folder(tmp_path), "settle").of("articles")[0].rows == 2
    assert Record.from_json(record_of(Folder(tmp_path), "cut").to_json()).counts == {}
