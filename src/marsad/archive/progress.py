"""How far a run has come, for whoever looks from outside (`marsad archive status`): one small file, written anew at every change."""

from __future__ import annotations

import json
import os
import socket
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from marsad.archive.engines import Failed
from marsad.archive.folder import Folder, write_whole
from marsad.archive.plan import Plan
from marsad.archive.task import Record

_FILE = "run.json"
_AT_MOST = 1.0


@dataclass(slots=True)
class Progress:
    """The state of a run.

    Attributes:
        folder: The archive.
        state: ``running``, ``done``, ``failed`` or ``stopped``; a run that was killed says ``running`` and its process is gone.
        told: What stands in the file.
    """

    folder: Folder
    told: dict[str, Any] = field(default_factory=dict)
    _written: float = 0.0

    @classmethod
    def begun(cls, folder: Folder, plan: Plan, engine: str) -> Progress:
        """A run begins; its plan is kept, so that it can be resumed without saying it again."""
        write_whole(
            folder.path("plan.json"), json.dumps(plan.to_json(), ensure_ascii=False, indent=1).encode()
        )
        told = {
            "state": "running", "engine": engine, "process": os.getpid(), "host": socket.gethostname(), "began": time.time(), "stages": {}, "failed": []
        }  # fmt: skip
        return cls(folder, told)

    def __enter__(self) -> Progress:
        self._write()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self.told["state"] == "running":
            self.end("stopped" if kind else "done")

    def stage(self, name: str, tasks: int, before: Iterable[Record]) -> None:
        """A stage begins with some of its tasks done before; what is done since then is told by the records that are younger than its beginning."""
        counts: Counter[str] = Counter()
        done = 0
        for record in before:
            done += 1
            counts.update(record.counts)
        self.told["stages"][name] = {
            "tasks": tasks, "done_before": done, "counts_before": dict(sorted(counts.items())), "began": time.time()
        }  # fmt: skip
        self._write()

    def failed(self, one: Failed) -> None:
        """A task failed for good. Told once a second at most: where a disk is full, all tasks may fail one after the other."""
        self.told["failed"].append(
            {"stage": one.task.stage, "name": one.task.name, "why": one.why, "tries": one.tries}
        )
        if time.monotonic() - self._written > _AT_MOST:
            self._write()

    def end(self, state: str) -> None:
        """The run ends."""
        self.told["state"], self.told["ended"] = state, time.time()
        self._write()

    def _write(self) -> None:
        self._written = time.monotonic()
        # On a disk that is full, what is told of the tasks matters more than that this cannot be written.
        with suppress(OSError):
            write_whole(self.folder.path(_FILE), json.dumps(self.told, ensure_ascii=False, indent=1).encode())


def progress_of(folder: Folder) -> dict[str, Any] | None:
    """What the file says; None where no run was begun here."""
    path = folder.path(_FILE)
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
