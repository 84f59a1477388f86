"""Several worker processes, with the outcomes in the order of the input.

Each worker has one chunk in hand and sends every outcome as soon as it has it. So when a worker dies (out of
memory, a fault in a C library), it is known which article it was at: a fresh worker tries that one once more and,
if it dies again, the article is set aside and the run goes on. No more of the input is held than the workers and
the reordering need.
"""

from __future__ import annotations

import selectors
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from marsad.articles import RawArticle
from marsad.errors import SetAside
from marsad.run.outcome import Crew, Outcome, Work
from marsad.run.setaside import refused
from marsad.run.worker import Worker

_CHUNK_ARTICLES = 16
_CHUNK_BYTES = 1 << 18
_CHUNKS_AHEAD = 4
"""Chunks per worker that may be finished out of turn before reading waits for the slowest."""


@dataclass(slots=True)
class _Chunk:
    """Articles on their way through one worker after another, until each has its outcome."""

    number: int
    raws: list[RawArticle]
    done: list[Outcome] = field(default_factory=list)
    on_trial: bool = False

    @property
    def left(self) -> list[RawArticle]:
        return self.raws[len(self.done) :]


class Foreman:
    """Hands chunks to workers, replaces those that die, and puts the outcomes back in order."""

    def __init__(self, raws: Iterable[RawArticle], work: Work, crew: Crew) -> None:
        self._chunks = map(_Chunk, count(), _chunked(raws))
        self._work, self._crew = work, crew
        self._workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self._in_hand: dict[Worker, _Chunk] = {}
        self._again: deque[_Chunk] = deque()
        self._finished: dict[int, list[Outcome]] = {}
        self._next_out = 0

    def outcomes(self) -> Iterator[Outcome]:
        """All outcomes in order; the workers end with it, however it ends."""
        try:
            while self._hand_out() or self._in_hand:
                self._collect()
                while self._next_out in self._finished:
                    yield from self._finished.pop(self._next_out)
                    self._next_out += 1
        finally:
            self._selector.close()
            for worker in self._workers:
                worker.stop()

    def _hand_out(self) -> bool:
        """Give every idle worker a chunk, as far as there are chunks and room; whether any was given."""
        given = False
        while len(self._in_hand) < self._crew.jobs and (chunk := self._next_chunk()):
            worker = self._idle_worker()
            self._in_hand[worker] = chunk
            worker.take(chunk.left)
            given = True
        return given

    def _next_chunk(self) -> _Chunk | None:
        if self._again:
            return self._again.popleft()
        room = len(self._finished) < _CHUNKS_AHEAD * self._crew.jobs
        return next(self._chunks, None) if room else None

    def _idle_worker(self) -> Worker:
        for worker in self._workers:
            if worker not in self._in_hand:
                return worker
        worker = Worker(self._work, self._crew.method, self._workers)
        self._workers.append(worker)
        self._selector.register(worker.connection, selectors.EVENT_READ, worker)
        return worker

    def _collect(self) -> None:
        """Take what the workers have; see who died and who is stuck."""
        for key, _ in self._selector.select(timeout=1.0):
            worker: Worker = key.data
            outcome = worker.receive()
            if outcome is None:
                self._bury(worker, "crashed", f"reading it ended the process ({worker.epitaph()})")
                continue
            chunk = self._in_hand[worker]
            chunk.done.append(outcome)
            chunk.on_trial = False
            if not chunk.left:
                self._finished[chunk.number] = chunk.done
                del self._in_hand[worker]
        now = time.monotonic()
        for worker in [w for w in self._in_hand if now - w.heard > self._crew.patience]:
            self._in_hand[worker].on_trial = True
            self._bury(worker, "too_slow", f"reading it took more than {self._crew.patience:.0f} seconds")

    def _bury(self, worker: Worker, reason: str, message: str) -> None:
        """Replace a dead worker; the article it was at gets a second trial, or is set aside."""
        self._selector.unregister(worker.connection)
        worker.stop()
        self._workers.remove(worker)
        chunk = self._in_hand.pop(worker, None)
        if chunk is None:
            return
        if chunk.on_trial:
            chunk.done.append(refused(chunk.left[0], SetAside(reason, message)))
        chunk.on_trial = not chunk.on_trial
        if chunk.left:
            self._again.append(chunk)
        else:
            self._finished[chunk.number] = chunk.done


def _chunked(raws: Iterable[RawArticle]) -> Iterator[list[RawArticle]]:
    """Chunks of a few articles, fewer where they are long, and at first: so all workers soon have something."""
    chunk: list[RawArticle] = []
    size, most = 0, 1
    for raw in raws:
        chunk.append(raw)
        size += len(raw.data)
        if len(chunk) >= most or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size, most = [], 0, min(most + 1, _CHUNK_ARTICLES)
    if chunk:
        yield chunk
