"""The processes of this machine, the engine that needs nothing else.

Each worker has one task in hand, so when one dies it is known which task it was at: a fresh one takes its place and the task is tried again, and the others do not
notice. A worker is started by its own command, not forked: it holds nothing of the driver, and what a stage does not need is not loaded in it.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, cast

from marsad.archive.engines.base import Outcome
from marsad.archive.engines.trying import Answer, shared_out
from marsad.archive.task import Task

_COMMAND = (sys.executable, "-P", "-m", "marsad.archive.engines.worker")
_LAST_WORDS = 5.0


class _Worker:
    """The near end of a worker process; see `marsad.archive.engines.worker`."""

    def __init__(self) -> None:
        # One thread in each: the processes share the cores among them. A process group of their own: Ctrl-C is for the driver, which ends them.
        self.process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
            # Arrow's own allocator keeps what it was given; the system's gives it back.
            env={"OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", **os.environ},
        )
        self.task: Task | None = None

    @property
    def answers(self) -> IO[bytes]:
        """Where its answers come from."""
        return cast(IO[bytes], self.process.stdout)

    def give(self, task: Task) -> None:
        """Send a task to a worker that has none; whether it still lives is seen when it answers."""
        self.task = task
        lines = cast(IO[bytes], self.process.stdin)
        try:
            lines.write(task.to_json().encode() + b"\n")
            lines.flush()
        except BrokenPipeError:
            return

    def answer(self) -> Answer | None:
        """What it says; None where an idle one ended."""
        line = self.answers.readline()
        task, self.task = self.task, None
        if task is None:
            return None
        if line.endswith(b"\n"):
            return Answer(task=task, line=line.decode())
        return Answer(task=task, lost=f"the process that did it ended ({self._epitaph()})")

    def _epitaph(self) -> str:
        try:
            code = self.process.wait(_LAST_WORDS)
        except subprocess.TimeoutExpired:
            return "it closed its output"
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def dismiss(self) -> None:
        """Tell it that there is no more to do: it ends at once."""
        try:
            cast(IO[bytes], self.process.stdin).close()
        except BrokenPipeError:
            return

    def bury(self) -> None:
        """See it end."""
        try:
            self.process.wait(_LAST_WORDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.answers.close()


@dataclass(slots=True)
class Local:
    """Worker processes on this machine.

    Attributes:
        jobs: How many; they start with the first task.
    """

    jobs: int
    _workers: list[_Worker] = field(default_factory=list)
    _selector: selectors.BaseSelector = field(init=False, repr=False)

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.jobs} process{'es' if self.jobs > 1 else ''} on this machine"

    def __enter__(self) -> Local:
        self._selector = selectors.DefaultSelector()
        return self

    def __exit__(self, *_: object) -> None:
        self._end_all()
        self._selector.close()

    def _end_all(self) -> None:
        for worker in self._workers:
            self._selector.unregister(worker.answers)
            worker.dismiss()
        for worker in self._workers:
            worker.bury()
        self._workers.clear()

    def each(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Do the tasks; see `marsad.archive.engines.base.Engine`. A stage begins with fresh processes: what one loads is of no use to the next."""
        self._end_all()
        yield from shared_out(tasks, self)

    def room(self) -> int:
        """How many tasks may be handed out now."""
        return self.jobs - sum(worker.task is not None for worker in self._workers)

    def busy(self) -> bool:
        """Whether a worker has a task in hand."""
        return any(worker.task is not None for worker in self._workers)

    def take(self, task: Task) -> None:
        """Give a task to an idle worker, or to a new one."""
        idle = next((worker for worker in self._workers if worker.task is None), None)
        (idle or self._started()).give(task)

    def _started(self) -> _Worker:
        worker = _Worker()
        self._workers.append(worker)
        self._selector.register(worker.answers, selectors.EVENT_READ, worker)
        return worker

    def heard(self, seconds: float) -> Iterator[Answer]:
        """What the workers say; one that ended is replaced when it is needed."""
        for key, _ in self._selector.select(timeout=seconds):
            worker = key.data
            answer = worker.answer()
            if answer is None or answer.lost:
                self._selector.unregister(worker.answers)
                self._workers.remove(worker)
                worker.dismiss()
                worker.bury()
            if answer is not None:
                yield answer
