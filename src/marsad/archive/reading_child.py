"""The process that reads articles for a task, so that an article which ends it, holds it up or eats its memory ends nothing else. Its near end is `marsad.archive.reading_watch`.

It is a program of its own, not a fork: it works the same in a pool's process, in a Spark worker and in a Ray worker. It gets pieces by the chunk and sends
one reply for each chunk; where it is meanwhile stands in a few bytes that both ends share, so the near end knows it also of a process that is dead.
"""

from __future__ import annotations

import mmap
import os
import resource
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from marsad.archive.stages.read_article import Halves, Make, Piece, Reader, Result, Wanted
from marsad.errors import MarsadError

READY = "ready"
OUT_OF_MEMORY = 77
"""The exit code of a process that has none left."""
IDLE = -1
_PLACE = 8
_KILL_WITH_PARENT = 1
_MEGABYTE = 1 << 20
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a process is started for.

    Attributes:
        wanted: What decides the rows.
        make: ``module:function`` that makes the reader (`marsad.archive.stages.read_article.reader`).
        memory: Megabytes that it may take.
        waits: Seconds that it may take longer where it waits for answers.
    """

    wanted: Wanted
    make: str
    memory: int
    waits: float = 0.0


@dataclass(frozen=True, slots=True)
class Stopped:
    """Instead of a reply: whom the reader asks is gone for good, and why."""

    why: str


@dataclass(slots=True)
class Reply:
    """What came of some pieces, in their order.

    Attributes:
        columns: By table, the values of each column.
        counts: What they add to the counts.
        took: What asking about them took.
        processor: Seconds of processor that the process has used since it began.
        megabytes: The most memory that it has held.
    """

    columns: dict[str, list[list[Any]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    took: Counter[str] = field(default_factory=Counter)
    processor: float = 0.0
    megabytes: int = 0

    def add(self, result: Result) -> None:
        """Take in what came of one piece."""
        self.counts.update(result.counts)
        for table, rows in result.rows.items():
            if rows:
                self.extend(table, list(zip(*rows, strict=True)))

    def extend(self, table: str, values: Sequence[Sequence[Any]]) -> None:
        """Take in columns of a table."""
        columns = self.columns.setdefault(table, [[] for _ in values])
        for column, more in zip(columns, values, strict=True):
            column.extend(more)


@dataclass(slots=True)
class Place:
    """The number of the piece in its chunk that the process is at, and whether it waits there for answers; `IDLE` between chunks. It lies in memory that two
    processes share: one number, whose last bit says that it waits.
    """

    shared: mmap.mmap

    @classmethod
    def of(cls, file: int) -> Place:
        """The place that lies in an open file."""
        return cls(mmap.mmap(file, _PLACE))

    def get(self) -> int:
        """Where it is."""
        return self.mark >> 1

    @property
    def waits(self) -> bool:
        """Whether it waits."""
        return bool(self.mark & 1)

    @property
    def mark(self) -> int:
        """Both; it changes when either does."""
        return int.from_bytes(self.shared[:_PLACE], sys.byteorder, signed=True)

    def set(self, number: int, *, waits: bool = False) -> None:
        """It is there now."""
        self.shared[:_PLACE] = (number << 1 | waits).to_bytes(_PLACE, sys.byteorder, signed=True)


def main(make: str, connection: Connection[Any, Any], place: Place) -> None:
    """Load, say so, then work until the other end closes the pipe."""
    order: Order = connection.recv()
    _bounded(order.memory)
    module, _, function = make.partition(":")
    try:
        factory: Make = getattr(import_module(module), function)
        reader = factory(order.wanted)
    except MarsadError as error:
        connection.send(str(error))
        return
    connection.send(READY)
    with suppress(EOFError, ConnectionError):
        while True:
            try:
                connection.send(_read(connection.recv(), reader, place))
            except MemoryError:
                os._exit(OUT_OF_MEMORY)
            except MarsadError as error:
                connection.send(Stopped(str(error)))
            place.set(IDLE)


def _read(pieces: Sequence[Piece], reader: Reader | Halves, place: Place) -> Reply:
    reply = Reply()
    if isinstance(reader, Halves):
        _by_halves(pieces, reader, place, reply)
    else:
        for number, piece in enumerate(pieces):
            place.set(number)
            reply.add(reader(piece))
    reply.processor, reply.megabytes = time.process_time(), peak()
    return reply


def _by_halves(pieces: Sequence[Piece], reader: Halves, place: Place, reply: Reply) -> None:
    """Begin as many pieces as may be, and finish them in order.

    Raises:
        MarsadError: whom the reader asks is gone.
    """
    begun: deque[tuple[int, Callable[[], Result]]] = deque()
    for number, piece in enumerate(pieces):
        place.set(number)
        begun.append((number, reader.begin(piece)))
        if len(begun) >= reader.ahead:
            _finish(*begun.popleft(), place, reply)
    while begun:
        _finish(*begun.popleft(), place, reply)
    same, took = reader.account()
    reply.counts.update(same)
    reply.took.update(took)


def _finish(number: int, ending: Callable[[], Result], place: Place, reply: Reply) -> None:
    place.set(number, waits=True)
    reply.add(ending())


def peak() -> int:
    """The most memory that this process has held, in megabytes."""
    with suppress(OSError, StopIteration), _STATUS.open(encoding="ascii", errors="replace") as told:
        return int(next(line for line in told if line.startswith("VmHWM")).split()[1]) >> 10
    scale = _MEGABYTE if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // scale


def _bounded(megabytes: int) -> None:
    """More memory than this ends in MemoryError, where the system keeps such a limit; the near end looks too."""
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes * _MEGABYTE
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _ends_with(parent: int) -> None:
    """A process whose parent is killed ends too, whatever it is doing; where the system cannot say so, it ends when it asks for more work."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_KILL_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def begin() -> None:
    """The program: which reader, the numbers of the open files of the pipe and of the place, and who started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends it
    make, pipe, place, parent = sys.argv[1:5]
    _ends_with(int(parent))
    main(make, Connection(int(pipe)), Place.of(int(place)))
