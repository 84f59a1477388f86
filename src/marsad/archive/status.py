"""How far an archive has come, as seen from outside: what the driver told last, and the records that are there."""

from __future__ import annotations

import os
import socket
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from marsad.archive.failures import FailedTask, failed_tasks, set_aside_counts
from marsad.archive.folder import Folder, record_in
from marsad.archive.manifest import plan_of
from marsad.archive.progress import progress_of
from marsad.archive.stages import STAGES
from marsad.archive.task import Record

_SHOWN = ("pieces", "articles", "claims", "incidents", "spells")
_LATE = 0.05
"""Seconds that a file system's clock may be behind ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStatus:
    """One stage.

    Attributes:
        name: Its name.
        state: ``done``, ``running``, ``waiting``; ``stopped`` where its run has ended in the middle of it.
        tasks: How many tasks it has, ``done`` how many of them are done; 0 where it has not begun.
        counts: Pieces, articles, claims, incidents, spells that came out of it so far.
        rate: Articles a second in this run, where the stage has some; None where nothing was done now.
        left: Seconds until it is done, at the pace so far; None where that is not known.
    """

    name: str
    state: str
    tasks: int = 0
    done: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    rate: float | None = None
    left: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """An archive.

    Attributes:
        folder: Where it is.
        state: ``running``, ``done``, ``failed``, ``stopped`` (by a person or an error), ``killed`` (its process is gone); ``begun`` where no more is known.
        where: The engine, ``host`` and ``process`` the driver.
        seconds: How long the run has taken.
        stages: Stage by stage in their order.
        set_aside: How many articles, by reason.
        failed: Tasks that failed for good.
    """

    folder: str
    state: str
    where: str
    host: str
    process: int
    seconds: float
    stages: tuple[StageStatus, ...]
    set_aside: Mapping[str, int]
    failed: tuple[FailedTask, ...]

    def data(self) -> dict[str, Any]:
        """The same as JSON."""
        return asdict(self)


def status_of(folder: Folder) -> Status:
    """Look at an archive; nothing is changed.

    Raises:
        InputError: no archive was begun there.
        Damaged: a file of it cannot be read.
    """
    plan_of(folder)
    told = progress_of(folder) or {}
    state = _state(told)
    return Status(
        folder=str(folder.root),
        state=state,
        where=told.get("engine", ""),
        host=told.get("host", ""),
        process=told.get("process", 0),
        seconds=round(told.get("ended", _last(state, told, folder)) - told.get("began", 0), 1)
        if told
        else 0.0,
        stages=tuple(_stages(folder, told.get("stages", {}), state)),
        set_aside=dict(sorted(set_aside_counts(folder).items())),
        failed=tuple(failed_tasks(folder)),
    )


def _state(told: Mapping[str, Any]) -> str:
    if not told:
        return "begun"
    state = str(told["state"])
    return "killed" if state == "running" and _is_gone(told) else state


def _is_gone(told: Mapping[str, Any]) -> bool:
    """Whether the driver is known to be gone: only its own machine can tell."""
    if told.get("host") != socket.gethostname():
        return False
    try:
        os.kill(told["process"], 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is somebody else's
        return False
    return False


def _last(state: str, told: Mapping[str, Any], folder: Folder) -> float:
    """Until when a run has gone that did not say that it ended: now, or its last sign of life."""
    if state != "killed":
        return time.time()
    signs: list[float] = [told["began"], *(one["began"] for one in told["stages"].values())]
    for name, stage in told["stages"].items():
        signs += [at for at, _ in _since(folder, name, stage["began"])]
    return max(signs)


def _stages(folder: Folder, told: Mapping[str, Any], state: str) -> list[StageStatus]:
    begun = [name for name in STAGES if name in told]
    found = []
    for name in STAGES:
        if name not in told:
            found.append(StageStatus(name=name, state="waiting"))
            continue
        over = name != begun[-1] or state == "done"
        found.append(_stage(folder, name, told[name], "done" if over else state))
    return found


def _stage(folder: Folder, name: str, told: Mapping[str, Any], state: str) -> StageStatus:
    since = _since(folder, name, told["began"])
    done = told["tasks"] if state == "done" else min(told["tasks"], told["done_before"] + len(since))
    counts: Counter[str] = Counter()
    for _, record in since:
        counts.update(record.counts)
    spent = max((at for at, _ in since), default=told["began"]) - told["began"]
    if state == "running":
        spent = time.time() - told["began"]
    rate, left = _pace(counts, len(since), told["tasks"] - done, spent)
    counts.update(told.get("counts_before", {}))
    return StageStatus(
        name=name,
        state=state if state in ("done", "running") else "stopped",
        tasks=told["tasks"],
        done=done,
        counts={what: counts[what] for what in _SHOWN if what in counts},
        rate=rate,
        left=left if state == "running" else None,
    )


def _pace(counts: Mapping[str, int], done: int, left: int, spent: float) -> tuple[float | None, float | None]:
    """Articles a second, and seconds that are left."""
    if not done or spent <= 0:
        return None, None
    articles = counts.get("articles", 0)
    return (round(articles / spent, 2) if articles else None), round(left * spent / done, 1)


def _since(folder: Folder, stage: str, began: float) -> list[tuple[float, Record]]:
    """The records of a stage that were written since it began, each with when."""
    found = []
    for path in folder.record_paths(stage):
        at = _written(path)
        if at is not None and at >= began - _LATE and (record := record_in(path)):
            found.append((at, record))
    return found


def _written(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None
