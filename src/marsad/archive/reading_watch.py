"""Watching the process that reads: whatever an article does to it, that article alone is set aside and all others are read."""

from __future__ import annotations

import atexit
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from marsad.archive.reading_child import IDLE, OUT_OF_MEMORY, READY, Order, Place, Reply, Stopped
from marsad.archive.stages.read_article import Piece, refused
from marsad.errors import MarsadError, SetAside

_PROGRAM = "from marsad.archive.reading_child import begin; begin()"
_START_LIMIT = 300.0
_LOOK_AGAIN = 1.0
_FEWEST, _AT_FIRST = 3, 2_000
"""A quota is a share of the pieces, but never fewer than three; until so many have come, it is taken of that many."""
_MOST_IDLE_DEATHS = 3
_GATHERED = 160
"""Megabytes of names and words that a process may remember beside what it loaded: more is not worth what it saves."""
_TAIL = 500


class Died(Exception):
    """The process ended, or was ended.

    Attributes:
        at: The number of the piece in its chunk that it was at; `IDLE` where it was at none.
        why: The reason.
    """

    def __init__(self, at: int, why: SetAside) -> None:
        super().__init__(at, why)
        self.at, self.why = at, why


class Child:
    """The near end of a process that reads; making one waits until it has loaded what it needs.

    Raises:
        MarsadError: it cannot start.
    """

    def __init__(self, order: Order) -> None:
        self.order, self.owner, self.processor = order, os.getpid(), 0.0
        self._told: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the process)
        near, far = socket.socketpair()
        with tempfile.TemporaryFile() as shared:
            shared.write(bytes(8))
            shared.flush()
            self._place = Place.of(shared.fileno())
            self._place.set(IDLE)
            handed = (far.fileno(), shared.fileno())
            words = [order.make, *map(str, handed), str(self.owner)]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, *words], pass_fds=handed, env=_environment(),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._told,
            )  # fmt: skip
        far.close()
        self._connection: Connection[Any, Any] = Connection(near.detach())
        self._expect_ready()
        self.began = self.megabytes

    def _expect_ready(self) -> None:
        greeting = None
        with suppress(EOFError, OSError):
            self._connection.send(self.order)
            greeting = self._connection.recv() if self._connection.poll(_START_LIMIT) else None
        if greeting != READY:
            greeting = greeting or self._cause().message
            self.stop()
            raise MarsadError(f"the process that reads articles could not start: {greeting}")  # fmt: skip

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def read(self, pieces: Sequence[Piece], patience: float) -> Reply:
        """Have it read some pieces.

        Raises:
            Died: it did not live to send its reply; it must be stopped.
            MarsadError: whom it asks is gone.
        """
        try:
            self._connection.send(pieces)
            self._wait(patience)
            reply: Reply | Stopped = self._connection.recv()
        except (EOFError, OSError):
            raise Died(self._place.get(), self._cause()) from None
        if isinstance(reply, Stopped):
            raise MarsadError(reply.why)
        return reply

    def _wait(self, patience: float) -> None:
        at, since = self._place.mark, time.monotonic()
        while not self._connection.poll(min(_LOOK_AGAIN, patience / 4)):
            now, most = self._place.mark, patience + self.order.waits * self._place.waits
            if now != at:
                at, since = now, time.monotonic()
            elif time.monotonic() - since > most:
                raise Died(
                    self._place.get(), SetAside("too_slow", f"reading it took more than {most:g} seconds")
                )
            if self.megabytes > self.order.memory:
                raise Died(self._place.get(), self._without_memory())

    @property
    def megabytes(self) -> int:
        """What it holds now; 0 where the system does not tell."""
        with suppress(OSError, ValueError, IndexError):
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
            return pages * resource.getpagesize() >> 20
        return 0

    def _cause(self) -> SetAside:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        if self._process.returncode == OUT_OF_MEMORY:
            return self._without_memory()
        return SetAside("crashed", f"reading it ended the process ({self._epitaph()})")

    def _without_memory(self) -> SetAside:
        return SetAside("out_of_memory", f"reading it took more than {self.order.memory:,} megabytes")

    def _epitaph(self) -> str:
        code = self._process.poll()
        if code is not None and code < 0:
            with suppress(ValueError):
                return f"signal {signal.Signals(-code).name}"
        self._told.seek(0)
        said = self._told.read()[-_TAIL:].decode("utf-8", "replace").strip()
        return f"exit code {code}" + (f": {said}" if said else "")

    def stop(self) -> float:
        """End it, whatever it is doing; the seconds of processor that it has used in all."""
        with suppress(OSError):
            self._connection.close()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._told.close()
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _environment() -> dict[str, str]:
    """It finds modules where this process does, also where an engine has put them."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}


_kept: list[Child] = []
"""The process that is kept from one task to the next: to load takes a second."""


def _taken(order: Order) -> Child | None:
    """The kept process, if it was started here for the same."""
    while _kept:
        child = _kept.pop()
        if child.owner == os.getpid() and child.order == order and child.alive:
            return child
        child.stop()
    return None


@atexit.register
def let_go() -> None:
    """End what is kept."""
    while _kept:
        _kept.pop().stop()


@dataclass(slots=True)
class Watch:
    """Reads the pieces of a task. Used as a context, which keeps the process for the next task.

    Attributes:
        order: What a process is started for.
        patience: Seconds that one article may take.
        quota: Share of the pieces that may crash, loop or eat memory.
        isolated: Reasons of those that did, in order.
        processor: Seconds of processor that reading took; ``megabytes`` the most that a process held.
    """

    order: Order
    patience: float
    quota: float
    isolated: list[str] = field(default_factory=list)
    processor: float = 0.0
    megabytes: int = 0
    _child: Child | None = None
    _known: float = 0.0
    _pieces: int = 0

    def __enter__(self) -> Watch:
        self._child = _taken(self.order)
        self._known = self._child.processor if self._child else 0.0
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if kind is None and not _kept:
            child.processor = self._known
            _kept.append(child)
        else:
            child.stop()

    def read(self, pieces: Sequence[Piece]) -> list[Reply]:
        """What comes of some pieces, all of them, in their order.

        Raises:
            MarsadError: more articles than the quota allows end the process, it cannot be started, or whom it asks is gone.
        """
        self._pieces += len(pieces)
        replies = self._read(pieces)
        if self._child is not None and self._child.megabytes > self._most():
            self._bury()
        return replies

    def _most(self) -> float:
        """What the process may hold between two chunks; what it has gathered is none of the next article's doing."""
        began = self._child.began if self._child else 0
        return min(began + _GATHERED, 0.75 * self.order.memory)

    def _read(self, pieces: Sequence[Piece]) -> list[Reply]:
        if not pieces:
            return []
        for _ in range(_MOST_IDLE_DEATHS):
            try:
                return [self._tried(pieces)]
            except Died as death:
                self._bury()
                if death.at != IDLE:
                    at = death.at
                    alone = self._alone(pieces[at])
                    return [*self._read(pieces[:at]), alone, *self._read(pieces[at + 1 :])]
                why = death.why.message
        raise MarsadError(f"the process that reads articles ends before it reads any: {why}")

    def _alone(self, piece: Piece) -> Reply:
        """A second trial, in a fresh process with nothing else in hand."""
        try:
            return self._tried([piece])
        except Died as death:
            self._bury()
            self.isolated.append(f"{piece.raw.where}: {death.why.message}")
            self.check(max(self._pieces, _AT_FIRST))
            reply = Reply()
            reply.add(refused(piece, death.why))
            return reply

    def _tried(self, pieces: Sequence[Piece]) -> Reply:
        if self._child is None:
            self._child, self._known = Child(self.order), 0.0
        reply = self._child.read(pieces, self.patience)
        self._spent(reply.processor)
        self.megabytes = max(self.megabytes, reply.megabytes)
        return reply

    def _spent(self, processor: float) -> None:
        self.processor += max(processor - self._known, 0.0)
        self._known = processor

    def _bury(self) -> None:
        if self._child is not None:
            self._spent(self._child.stop())
            self._child = None

    def most_of(self, pieces: int, *, more: bool = False) -> int:
        """How many of so many pieces the quota allows; ``more`` where more are to come."""
        return max(_FEWEST, int(self.quota * (max(pieces, _AT_FIRST) if more else pieces)))

    def check(self, pieces: int) -> None:
        """Whether the quota is kept, of so many pieces.

        Raises:
            MarsadError: it is not.
        """
        most = self.most_of(pieces)
        if len(self.isolated) > most:
            first = "".join(f"\n  {one}" for one in self.isolated[:_FEWEST])
            raise MarsadError(
                f"{len(self.isolated):,} articles ended the process that read them, took too long or too much memory, and {most:,} may; the first are:{first}"
            )
