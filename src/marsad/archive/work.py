"""Doing one task, in whatever process it has come to: the far end of every engine."""

from __future__ import annotations

import os
import resource
import socket
import time
from dataclasses import replace
from pathlib import Path

from marsad.archive.fingerprints import code_for
from marsad.archive.folder import Folder
from marsad.archive.reading_watch import let_go
from marsad.archive.stages import stage_of
from marsad.archive.task import Record, Task
from marsad.errors import MarsadError

_READS = "read"


def do(line: str) -> str:
    """Do a task and commit it; nothing is done where that was done before.

    Args:
        line: `Task.to_json`.

    Returns:
        The record as a line (`Record.to_json`).

    Raises:
        MarsadError: this process has other code or other word lists than the driver, or the task's own reason.
    """
    return done(Task.from_json(line)).to_json()


def done(task: Task) -> Record:
    """The same without the lines."""
    folder = Folder(Path(task.folder))
    if record := folder.done(task):
        return record
    stage = stage_of(task.stage)
    mine = code_for(task.stage, task.apart.get("reader", "rules"))
    if mine != task.code:
        raise MarsadError(
            f"{socket.gethostname()} has another version of Marsad or its word lists than where the run was started (stage"
            f" {task.stage!r}: {mine} instead of {task.code}); install the same everywhere"
        )
    if task.stage != _READS:
        let_go()  # the process that reads articles holds word lists that no other stage needs
    began, processor = time.perf_counter(), _processor()
    record = stage.run(task, folder)
    cost = {
        "seconds": round(time.perf_counter() - began, 3),
        "processor": round(_processor() - processor, 3),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "where": f"{socket.gethostname()}:{os.getpid()}",
        **record.cost,
    }
    record = replace(record, cost=cost)
    folder.commit(record)
    return record


def _processor() -> float:
    mine, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + children.ru_utime + children.ru_stime
