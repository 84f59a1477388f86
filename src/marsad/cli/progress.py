"""Progress on standard error, when a run is long enough to ask itself whether anything happens."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from marsad.run import Stats

_ERASE = "\r\x1b[K"


class Progress:
    """A line that renews itself on a terminal after two seconds; elsewhere a line every half minute."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._pause = 0.5 if self._terminal else 30.0
        self._started = time.monotonic()
        self._next = self._started + (2.0 if self._terminal else 30.0)
        self._drawn = False
        self.shown = False
        """Whether any progress has been shown: then the run was long, and a summary is due."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._erase()

    def show(self, stats: Stats) -> None:
        """Show how far the run has come, if it is time to."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._pause
        rate = (stats.articles + stats.set_aside) / (now - self._started)
        line = f"marsad: {stats.summary()}, {rate:,.0f} a second"
        self._put(f"{_ERASE}{line}" if self._terminal else f"{line}\n")
        self._drawn = self._terminal
        self.shown = True

    def say(self, line: str) -> None:
        """A message that stays."""
        self._erase()
        self._put(f"{line}\n")

    def _erase(self) -> None:
        if self._drawn:
            self._put(_ERASE)
            self._drawn = False

    def _put(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
