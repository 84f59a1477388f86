"""Trying a task: at its far end, where nothing may be raised, and at the near end, where it is said what is tried again, how often and when.

All engines share this, so that a killed process, a machine that is gone or a full disk means the same on each of them. What they differ in is `Hands`.
"""

from __future__ import annotations

import errno
import json
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from marsad.archive.engines.base import TRIES, Failed, Outcome
from marsad.archive.task import Record, Task
from marsad.archive.work import do
from marsad.errors import Damaged, MarsadError, TryAgain

_AGAIN = (OSError, MemoryError, TryAgain, Damaged)
"""What another process, another machine or a later minute may do away with. A file is damaged also where a shared disk does not show it whole yet."""

PAUSE = 0.5
"""Seconds that a task waits before it is tried again, twice that before the third time."""

HOPELESS = 10
"""Tasks that fail for good one after the other, with none done between them, before the rest is not tried: a disk that is full stays full."""

_LONGEST = 600


def attempt(line: str) -> str:
    """Do a task where it has come to; whatever happens, there is an answer.

    Args:
        line: `Task.to_json`.

    Returns:
        A line of JSON: ``done`` is the record (`Record.to_json`), or ``why`` says why there is none and ``again`` whether it is worth another try.
    """
    try:
        return json.dumps({"done": do(line)})
    except Exception as error:  # noqa: BLE001 (the outer wall: a task that fails must not take its process or its engine with it)
        return json.dumps({"why": _reason(error), "again": isinstance(error, _AGAIN)})


def _reason(error: Exception) -> str:
    """One line for people: our own messages as they stand, others with their kind and place."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        where = f" on the disk of {error.filename}" if error.filename else ""
        return f"no space left{where}: free some and resume ({error})"
    if isinstance(error, MarsadError):
        return str(error)
    if isinstance(error, OSError):
        return f"{type(error).__name__}: {error}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"[:_LONGEST]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a task that was handed out: the ``line`` of `attempt`, or how it was ``lost`` and how often (``times``) the engine tried it by itself."""

    task: Task
    line: str = ""
    lost: str = ""
    times: int = 1


class Hands(Protocol):
    """What is particular to an engine: handing a task out, and hearing of it."""

    def room(self) -> int:
        """How many tasks may be handed out now."""

    def take(self, task: Task) -> None:
        """Hand one out."""

    def heard(self, seconds: float) -> Iterable[Answer]:
        """What came of tasks that were handed out, after at most so many seconds; nothing where nothing did."""

    def busy(self) -> bool:
        """Whether a task is handed out that nothing was heard of yet."""


def shared_out(tasks: Sequence[Task], hands: Hands) -> Iterator[Outcome]:
    """Hand tasks out until each has its outcome.

    Yields:
        Records and failures as they come, one for each task.
    """
    tries = Tries(deque((0.0, task) for task in tasks))
    while tries.left or hands.busy():
        while hands.room() > 0 and (task := tries.take()):
            hands.take(task)
        for answer in hands.heard(PAUSE if tries.left else 60.0) if hands.busy() else _nap():
            if outcome := tries.judged(answer):
                yield outcome
    yield from tries.abandoned()


def _nap() -> tuple[Answer, ...]:
    """All that is left waits for its next try."""
    time.sleep(PAUSE / 5)
    return ()


@dataclass(slots=True)
class Tries:
    """Which tasks wait, since when, and how often each was tried.

    Attributes:
        waiting: Tasks with the moment before which they are not tried.
        tried: By name, how often.
        in_a_row: How many failed for good since one was done.
        last: Why the last of them did.
    """

    waiting: deque[tuple[float, Task]]
    tried: Counter[str] = field(default_factory=Counter)
    in_a_row: int = 0
    last: str = ""

    @property
    def left(self) -> bool:
        """Whether any task is still to be handed out."""
        return bool(self.waiting) and self.in_a_row < HOPELESS

    def take(self) -> Task | None:
        """The next task whose time has come."""
        if not self.left:
            return None
        now = time.monotonic()
        for at, (moment, task) in enumerate(self.waiting):
            if moment <= now:
                del self.waiting[at]
                return task
        return None

    def judged(self, answer: Answer) -> Outcome | None:
        """What an answer means; None where the task is tried again."""
        told: dict[str, Any] = json.loads(answer.line) if answer.line else {"why": answer.lost, "again": True}
        if "done" in told:
            self.in_a_row = 0
            return Record.from_json(told["done"])
        name = answer.task.name
        self.tried[name] += answer.times
        if told["again"] and self.tried[name] < TRIES:
            self.waiting.append((time.monotonic() + PAUSE * self.tried[name], answer.task))
            return None
        self.in_a_row += 1
        self.last = told["why"]
        return Failed(task=answer.task, why=told["why"], tries=self.tried[name])

    def abandoned(self) -> Iterator[Failed]:
        """What is not tried any more, because of what happened to those before."""
        for _, task in self.waiting:
            why = f"not tried: {self.in_a_row:,} tasks before it failed one after the other, the last because: {self.last}"
            yield Failed(task=task, why=why, tries=self.tried[task.name])
