"""The time of one attempt to get an answer, and how an attempt fails."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType

from marsad.errors import TryAgain


class Fault(TryAgain):
    """An attempt that failed and may work later.

    Args:
        kind: What is counted: ``busy``, ``server_error``, ``too_slow``, ``broken``, ``unreachable``, ``no_answer``, ``too_long``.
        message: One sentence for people.
        wait: Seconds that the server asks to wait.
    """

    def __init__(self, kind: str, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.kind, self.wait = kind, wait


class Deadline:
    """The time of one attempt; when it is over, the connection is shut from outside, wherever the attempt stands.

    A time-out of a socket counts from one byte to the next, so a server that drips could hold a question for ever.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds, self._end = seconds, time.monotonic() + seconds
        self._timer = Timer(seconds, self.cut)
        self._timer.daemon = True
        self._lock, self._held, self._over = Lock(), list[socket.socket](), False

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._held:
                one.close()
            self._held.clear()

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            Fault: there are none.
        """
        left = self._end - time.monotonic()
        if self._over or left <= 0:
            raise Fault("too_slow", f"an answer took longer than {self._seconds:g} s")
        return left

    def hold(self, connected: socket.socket) -> None:
        """Shut this connection when the time is over. A duplicate is kept, as an SSL socket may not be touched by two threads."""
        with self._lock:
            self._held.append(socket.fromfd(connected.fileno(), connected.family, connected.type))
            if self._over:
                self._shut()

    def cut(self) -> None:
        """The time is over now."""
        with self._lock:
            self._over = True
            self._shut()

    def _shut(self) -> None:
        for one in self._held:
            with suppress(OSError):  # the other side was faster
                one.shutdown(socket.SHUT_RDWR)
