"""The time of one request to a server: when it is over, the connection is shut from outside, wherever the request stands.

A timeout of a socket counts from one byte to the next, so a server that sends a byte now and then could hold a request for ever.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType
from typing import Self

from marsad.errors import TryAgain


class Deadline:
    """The time that is left for a request; when it is over, the connections it was told of are shut.

    Args:
        seconds: From now, on the wall.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._timer = Timer(seconds, self.cut)
        self._timer.daemon = True
        self._lock = Lock()
        self._held: list[socket.socket] = []
        self._over = False

    def __enter__(self) -> Self:
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
            TryAgain: there are none.
        """
        left = self._end - time.monotonic()
        if self._over or left <= 0:
            raise TryAgain(f"it took longer than {self._seconds:g} s")
        return left

    def hold(self, connected: socket.socket) -> None:
        """Shut this connection when the time is over.

        A duplicate is kept, as TLS takes the socket itself away and may not be touched by two threads; shutting either shuts the connection.
        """
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
