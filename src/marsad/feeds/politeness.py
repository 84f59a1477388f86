"""One request per host at a time, and a pause between two of them.

The pause is counted from start to start and made a little longer at random, so that many feeds of one host do not fall
into step. Waiting ends at once when the desk is told to stop.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock

from marsad.errors import TryAgain

_JITTER = 0.25
"""Share of the pause that may be added to it."""
_TURN = 0.2
"""Seconds between two looks whether another thread is done with the host."""
_MANY_HOSTS = 10_000


class Stopped(TryAgain):
    """The desk was told to stop while it waited."""


@dataclass(slots=True)
class _Host:
    busy: Lock = field(default_factory=Lock)
    free_at: float = 0.0


class Politeness:
    """Turns at hosts.

    Args:
        delay: Least seconds between two starts at one host.
        wait: Waits for some seconds and says whether the desk was told to stop: `threading.Event.wait` of the event that
            a signal sets. Without one, nothing stops it.
        clock: Seconds that never jump.
        chance: Numbers from 0 to 1 for the added pause.
    """

    def __init__(
        self,
        delay: float,
        wait: Callable[[float], bool] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._delay, self._clock, self._chance = delay, clock, chance
        self._wait = wait or Event().wait
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str, delay: float | None = None) -> Iterator[None]:
        """Hold a host for one request, once it is free and the pause is over.

        Args:
            host: Its name, with the port where two ports are two machines.
            delay: What the host itself asks for (``Crawl-delay``), in seconds; the longer of the two pauses counts.

        Raises:
            Stopped: the desk was told to stop before the turn came.
        """
        mine = self._host(host)
        while not mine.busy.acquire(blocking=False):
            self._pause(_TURN)
        try:
            while (left := mine.free_at - self._clock()) > 0:
                self._pause(left)
            pause = max(self._delay, delay or 0.0)
            mine.free_at = self._clock() + pause * (1 + _JITTER * self._chance())
            yield
        finally:
            mine.busy.release()

    def seconds_until(self, host: str) -> float:
        """How long the pause of a host still lasts, for choosing another one meanwhile."""
        known = self._hosts.get(host)
        return max(known.free_at - self._clock(), 0.0) if known else 0.0

    def _pause(self, seconds: float) -> None:
        if self._wait(seconds):
            raise Stopped("stopped while waiting for its turn")

    def _host(self, name: str) -> _Host:
        with self._lock:
            if len(self._hosts) > _MANY_HOSTS:
                now = self._clock()
                self._hosts = {n: h for n, h in self._hosts.items() if h.busy.locked() or h.free_at > now}
            return self._hosts.setdefault(name, _Host())
