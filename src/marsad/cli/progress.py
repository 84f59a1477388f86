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
        self._draw(f"marsad: {stats.summary()}, {rate:,.0f} a second")

    def show_share(self, what: str, done: int, share: float) -> None:
        """The same for work of which it is known how much there is.

        Args:
            what: What is counted, in the plural.
            done: How many are done.
            share: What part of all that is, 0 to 1; 0 where it is not known.
        """
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._pause
        spent = now - self._started
        line = f"marsad: {done:,} {what}, {done / spent:,.0f} a second"
        if 0 < share <= 1:
            line += f", {share:.0%}, {span(spent * (1 - share) / share)} left"
        self._draw(line)

    def show_line(self, line: str) -> None:
        """Show a line in place of the one before, if it is time to."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + self._pause
            self._draw(line)

    def anew(self) -> None:
        """Begin to measure another kind of work."""
        self._started = time.monotonic()

    def _draw(self, line: str) -> None:
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


def span(seconds: float) -> str:
    """A stretch of time for people.

    >>> [span(each) for each in (4, 75, 4000)]
    ['4 s', '1 min 15 s', '1 h 6 min']
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
