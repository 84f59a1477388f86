"""Spark, on whatever cluster it runs: each task is a job of one partition, handed over as an Arrow function and nothing else of Spark.

A job for each task costs some milliseconds and buys isolation: a task that ends every process it comes to fails alone, and what others have done stays done. Spark
itself tries a task again whose process or machine is gone. Every machine needs the same Marsad in the Python that the driver runs (or `PYSPARK_PYTHON` names).
"""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from marsad.archive.engines.base import TRIES, Outcome
from marsad.archive.engines.trying import Answer, attempt, shared_out
from marsad.archive.task import Task
from marsad.errors import InputError, MarsadError

_AHEAD = 2
"""Jobs that are handed over for each core, so that none waits for the driver."""

_MOST = 4096
_KNOCK = 10.0
_TIMES = re.compile(r"failed (\d+) times")
_WHY = re.compile(
    r"ExecutorLostFailure \(.*?\) Reason: .*|Python worker exited unexpectedly.*|ModuleNotFoundError: .*"
)
_LONGEST = 300

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.task.maxFailures": str(TRIES),
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}


@dataclass(slots=True)
class Spark:
    """A Spark session of our own, or the one that this process has already.

    Attributes:
        master: Spark's master: ``spark://host:7077``, ``yarn``, ``k8s://...``, ``local[2,4]``.
        jobs: Cores that are used, or 0 for as many as the cluster has.
    """

    master: str
    jobs: int = 0
    _session: Any = None
    _own: bool = False
    _threads: Any = None
    _in_hand: dict[Future[str], Task] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """For people."""
        return f"Spark at {self.master}"

    def __enter__(self) -> Spark:
        self._session, self._own = _session(self.master, self.jobs)
        self._threads = ThreadPoolExecutor(_MOST)
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._own:
            self._session.stop()  # jobs that run end with it, and their threads with them
        self._in_hand.clear()

    def each(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Do the tasks; see `marsad.archive.engines.base.Engine`."""
        yield from shared_out(tasks, self)

    def room(self) -> int:
        """How many tasks may be handed over now; a cluster may have grown meanwhile."""
        most = self.jobs or _AHEAD * self._session.sparkContext.defaultParallelism
        return min(most, _MOST) - len(self._in_hand)

    def busy(self) -> bool:
        """Whether a job runs."""
        return bool(self._in_hand)

    def take(self, task: Task) -> None:
        """Start a job."""
        self._in_hand[self._threads.submit(_job, self._session, task.to_json())] = task

    def heard(self, seconds: float) -> Iterator[Answer]:
        """What came of jobs that ended."""
        for job in wait(self._in_hand, seconds, FIRST_COMPLETED).done:
            task = self._in_hand.pop(job)
            error = job.exception()
            if error is None:
                yield Answer(task=task, line=job.result())
                continue
            self._still_there(error)
            yield _lost(task, str(error))

    def _still_there(self, error: BaseException) -> None:
        context = self._session.sparkContext._jsc
        if context is None or context.sc().isStopped():
            raise MarsadError(
                f"{self.name}: the session ended under the run ({_short(str(error))}); what is done stays, `marsad archive resume` goes on"
            )


def _session(master: str, jobs: int) -> tuple[Any, bool]:
    """A session, and whether it is ours to end."""
    try:
        from pyspark.sql import SparkSession  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        raise InputError(f'to work on Spark ({master}): pip install "marsad[spark]"') from None
    if (active := SparkSession.getActiveSession()) is not None:
        return active, False
    _knock(master)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("marsad archive")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    if jobs:
        builder = builder.config("spark.cores.max", str(jobs))
    try:
        session = builder.getOrCreate()
    except Exception as error:  # whatever the JVM says; a missing Java is a RuntimeError of PySpark's
        raise MarsadError(f"Spark at {master} could not be started: {_short(str(error))}") from error
    session.sparkContext.setLogLevel("OFF")  # what fails is said by the outcome of its task
    return session, True


def _knock(master: str) -> None:
    """See at once that nobody is there, where Spark would wait for minutes.

    Raises:
        InputError: no machine of the address answers.
    """
    if not master.startswith("spark://"):
        return
    why = ""
    for one in master.removeprefix("spark://").split(","):
        host, _, port = one.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=_KNOCK).close()
        except (OSError, ValueError) as error:
            why = str(error)
        else:
            return
    raise InputError(f"{master}: no Spark master answers ({why})")


def _job(session: Any, line: str) -> str:  # noqa: ANN401 (PySpark is not there where types are checked)
    """One task as a job of one partition; its answer."""
    rows = session.range(0, 1, 1, 1).mapInArrow(_at_far_end(line), "answer string").collect()
    return str(rows[0][0])


def _at_far_end(line: str) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def work(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa  # type: ignore[import-untyped]

        for batch in batches:
            yield pa.RecordBatch.from_pydict({"answer": [attempt(line)] * batch.num_rows})

    return work


def _lost(task: Task, error: str) -> Answer:
    """A job that failed: its task gives answers whatever happens, so a process or a machine is gone; Spark says how often it tried."""
    times = _TIMES.search(error)
    return Answer(task=task, lost=_short(error), times=int(times[1]) if times else 1)


def _short(error: str) -> str:
    found = _WHY.search(error)
    return (found[0] if found else error.strip().partition("\n")[0])[:_LONGEST]
