"""The port: what an engine must be able to do, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from marsad.archive.task import Record, Task

TRIES = 3
"""How often a task is tried before it has failed: a process that was killed, a machine that is gone, a disk that is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A task that was tried and could not be done: ``why`` names the file and the value; ``tries`` is how often."""

    task: Task
    why: str
    tries: int = TRIES


Outcome = Record | Failed


class Engine(Protocol):
    """Does the tasks of a stage, in any order, on any number of machines.

    A task may be done twice, or by two machines at once: what it commits is the same. An engine is a context: leaving it ends its processes.
    """

    @property
    def name(self) -> str:
        """For people: ``2 processes on this machine``."""

    def __enter__(self) -> Engine:
        """Start, or connect."""

    def __exit__(self, *_: object) -> None:
        """End what was started here."""

    def each(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Do the tasks; the outcome of each as it comes, in any order. Each calls `marsad.archive.work.do` where it is done.

        Raises:
            MarsadError: the engine itself cannot be used.
        """
