"""The end of a run: files that no record names go, what is not ours stays, and a full disk does not hide why tasks failed."""

import errno
import json

import pytest

from marsad.archive import progress
from marsad.archive.engines import Failed
from marsad.archive.finish import finished
from marsad.archive.folder import Folder, Parts
from marsad.archive.plan import Plan
from marsad.archive.progress import Progress, progress_of
from marsad.archive.task import Task

TASK = Task(stage="settle", name="part-1", given={})


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def plan(tmp_path):
    return Plan(folder=str(tmp_path), inputs=())


def made(folder, task):
    with Parts(folder, task) as parts:
        parts.write("copies", [])
        record = parts.record()
    folder.commit(record)
    return record


def test_what_no_record_names_goes_and_what_a_user_put_there_stays(folder, plan):
    record = made(folder, TASK)
    older = made(folder, Task(stage="settle", name="part-0", given={"text": True}))
    folder.path("copies/notes.txt").write_text("mine", encoding="utf-8")
    folder.path("copies/by year").mkdir()
    finished(plan, folder, {"settle": [record]})
    assert folder.done(TASK) == record
    assert not folder.path(older.parts[0].path).exists()
    assert [one.name for one in folder.path("manifest/settle").iterdir()] == ["part-1.json"]
    assert sorted(one.name for one in folder.path("copies").iterdir() if one.suffix != ".parquet") == ["by year", "notes.txt"]  # fmt: skip


def test_an_older_record_that_comes_late_costs_its_task_and_nothing_else(folder):
    """A worker of a driver that was killed may commit after the next run has done the same part anew."""
    now = made(folder, TASK)
    made(folder, Task(stage="settle", name="part-1", given={"text": True}))
    assert folder.done(TASK) is None
    again = made(folder, TASK)
    assert (again.parts, folder.done(TASK)) == (now.parts, again)


def test_many_failures_are_told_without_writing_for_each(folder, plan, monkeypatch):
    written = []
    with Progress.begun(folder, plan, "here") as told:
        monkeypatch.setattr(progress, "write_whole", lambda path, data: written.append(json.loads(data)))
        for _ in range(500):
            told.failed(Failed(task=TASK, why="the disk is full"))
        told.end("failed")
    assert len(written) < 50
    assert len(written[-1]["failed"]) == 500


def test_a_full_disk_does_not_hide_why_the_run_failed(folder, plan, monkeypatch):
    def full(path, data):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with pytest.raises(ZeroDivisionError), Progress.begun(folder, plan, "here") as told:
        monkeypatch.setattr(progress, "write_whole", full)
        told.failed(Failed(task=TASK, why="the disk is full"))
        raise ZeroDivisionError
    assert progress_of(folder)["state"] == "running"
