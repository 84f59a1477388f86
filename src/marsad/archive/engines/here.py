"""The engine that does each task in this process, one after the other: for looking for faults, and for few articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.archive.engines.base import Outcome
from marsad.archive.task import Task
from marsad.archive.work import done


class Here:
    """Does tasks in this process; what a task raises goes through, and nothing is tried twice."""

    name = "this process"

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def each(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Do the tasks in their order."""
        return map(done, tasks)
