"""Processes of this machine: drivers that are killed, interrupted or two, and what they leave."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from filelock import FileLock
from pyarrow import parquet

from archive.engines.doing import clusters, faults
from archive.engines.doing.driver import drive
from marsad.archive.engines.choosing import engine_of
from marsad.archive.fingerprints import code_of
from marsad.archive.folder import Folder
from marsad.errors import InputError

TASKS = 16


@pytest.fixture(autouse=True)
def _stage_of_our_own(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(clusters.TESTS))


def started(root, seconds=0.25):
    words = ["-m", "archive.engines.doing.driver", "local", str(root), str(TASKS), str(seconds)]
    return subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0)  # fmt: skip


def processes(folder):
    """All that tried a task."""
    return {pid for n in range(TASKS) for pid in faults.tries_of(f"part-{n:03}", folder)}


def committed(folder, at_least, seconds=30):
    """Wait until so many tasks are done; how many are."""
    end = time.monotonic() + seconds
    while (found := len(folder.records(faults.NAME))) < at_least and time.monotonic() < end:
        time.sleep(0.05)
    return found


def gone(pids, seconds=5):
    """Whether they all ended soon."""
    end = time.monotonic() + seconds
    while alive := [pid for pid in pids if os.path.exists(f"/proc/{pid}")]:  # noqa: PTH110 (a process, no file)
        if time.monotonic() > end:
            return alive
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("ended", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_driver_that_is_ended_leaves_no_process_and_is_gone_on_from(tmp_path, ended):
    folder = Folder(tmp_path)
    driver = started(tmp_path)
    assert committed(folder, 3) >= 3
    driver.send_signal(ended)
    _, said = driver.communicate(timeout=20)
    assert driver.returncode != 0
    assert gone(processes(folder)) is True
    before = len(folder.records(faults.NAME))
    assert before < TASKS, said

    with engine_of("local", 2) as engine:
        ran = drive(engine, tmp_path, TASKS, 0.25)
    assert ran.worked[faults.NAME] == TASKS - before
    records = folder.records(faults.NAME)
    paths = [part.path for record in records.values() for part in record.parts]
    rows = [row["article"] for path in paths for row in parquet.read_table(folder.path(path)).to_pylist()]
    assert sorted(rows) == sorted(f"{n}-{k}" for n in range(TASKS) for k in range(2))


def test_a_second_driver_is_refused_and_harms_nothing(tmp_path):
    with (
        FileLock(str(tmp_path / "driver.lock")),
        pytest.raises(InputError, match="another `marsad archive run`"),
    ):
        drive(engine_of("local", 2), tmp_path, 1, 0)
    with engine_of("local", 2) as engine:
        assert drive(engine, tmp_path, 1, 0).worked == {faults.NAME: 1}


def test_processes_end_with_the_engine(tmp_path):
    with engine_of("local", 2) as engine:
        drive(engine, tmp_path, 4, 0.1)
    assert gone(processes(Folder(tmp_path)), seconds=1) is True
    assert len(processes(Folder(tmp_path))) == 2


def test_what_a_task_prints_is_no_answer(tmp_path, capfd):
    with engine_of("local", 1) as engine:
        task = faults.named("part-1", value=1, fault="prints")
        (record,) = engine.each([replace(task, folder=str(tmp_path), code=code_of(task.stage))])
    assert record.name == "part-1"
    assert "no answer" in capfd.readouterr().err
