"""The same function over many items in several processes that were forked from this one: what it works on is there already and need not be sent.

Only numbers of items go there, and only results come back. Where processes cannot be forked, or one dies, the work is done here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
_IN_HAND = 2


def _nothing() -> None:
    pass


def forked_map(
    function: Callable[[int], Result], count: int, jobs: int, first: Callable[[], None] = _nothing
) -> Iterator[Result]:
    """``function(0)``, ``function(1)`` ... in this order, made by some processes at once.

    Args:
        function: Must not use what cannot be shared by processes, such as an open connection to a database; its results are sent by pickle.
        count: How many.
        jobs: How many processes; with one, or on a platform that does not fork, all is done in this one.
        first: What each process does first.
    """
    if jobs == 1 or count < 2 or sys.platform != "linux":
        yield from map(function, range(count))
        return
    crew = _Crew(function, min(jobs, count), first)
    try:
        yield from crew.results(count)
    finally:
        crew.end()


class _Crew:
    """The processes, and which items each has in hand: one that it is at, and one that it will go on with while this process is busy."""

    def __init__(self, function: Callable[[int], Any], jobs: int, first: Callable[[], None]) -> None:
        self._function, self._first = function, first
        self._context = multiprocessing.get_context("fork")
        self._near: dict[Connection[int, Any], Any] = {}
        self._in_hand: dict[Connection[int, Any], deque[int]] = {}
        for _ in range(jobs):
            self._fork()

    def _fork(self) -> None:
        near, far = self._context.Pipe()
        process = self._context.Process(
            target=_work,
            args=((self._first, self._function), far, [*self._near, near]),
            name="marsad-maker",
            daemon=True,
        )
        process.start()
        far.close()
        self._near[near], self._in_hand[near] = process, deque()

    def results(self, count: int) -> Iterator[Any]:
        """All results in order; an item whose process died is done here."""
        done: dict[int, Any] = {}
        coming = iter(range(count))
        for out in range(count):
            while out not in done:
                for held in range(_IN_HAND):
                    for near in [one for one in self._near if len(self._in_hand[one]) == held]:
                        if (number := next(coming, None)) is not None:
                            self._hand_out(near, number)
                busy = [one for one in self._near if self._in_hand[one]]
                if busy:
                    self._collect(busy, done)
                else:  # no process is left
                    number = next(coming)
                    done[number] = self._function(number)
            yield done.pop(out)

    def _hand_out(self, near: Connection[int, Any], number: int) -> None:
        self._in_hand[near].append(number)
        with suppress(OSError):  # it died while idle: receiving from it will show that
            near.send(number)

    def _collect(self, busy: list[Connection[int, Any]], done: dict[int, Any]) -> None:
        for near in wait(busy):
            assert isinstance(near, Connection)
            try:
                result = near.recv()
            except (EOFError, OSError):
                # The process died (out of memory, most likely): here there may be room, and a fault in the work itself shows.
                self._near.pop(near).join(timeout=2)
                near.close()
                for number in self._in_hand.pop(near):
                    done[number] = self._function(number)
            else:
                done[self._in_hand[near].popleft()] = result

    def end(self) -> None:
        """End the processes, whatever they are doing."""
        for near, process in self._near.items():
            near.close()
            process.terminate()
            process.join(timeout=2)


def _work(
    how: tuple[Callable[[], None], Callable[[int], Any]],
    far: Connection[Any, int],
    inherited: list[Connection[Any, Any]],
) -> None:
    """The far end: do what is asked for until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its processes
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What the parent has not flushed yet must not be written twice.
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (open as long as the process)
    sys.stderr = (
        sys.stdout
    )  # what goes wrong here goes wrong again in the parent, which says it in a sentence
    for one in inherited:
        one.close()
    first, function = how
    first()
    try:
        while True:
            far.send(function(far.recv()))
    except (EOFError, OSError):
        return
