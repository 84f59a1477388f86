"""Making the desk of a project for a command, with its signals."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from marsad import __version__
from marsad.cli.progress import Progress
from marsad.cli.terminal import printable
from marsad.errors import SetAside
from marsad.feeds import Fetcher, FetchLimits, Keeper, Politeness, Robots, Stopped
from marsad.run.desk import Desk
from marsad.run.project import Project
from marsad.store import Store

_LOOK_UP = 0.2
"""Seconds between two looks whether to stop."""


class Stop:
    """Whether to stop, and waiting that this ends. A plain flag: an `Event` that a signal sets can lock up with the wait that it interrupts."""

    def __init__(self) -> None:
        self._told = False

    def set(self) -> None:
        """Say that it is time to stop."""
        self._told = True

    def is_set(self) -> bool:
        """Whether it is."""
        return self._told

    def wait(self, seconds: float) -> bool:
        """Wait, unless told to stop; whether it was."""
        until = time.monotonic() + seconds
        while not self._told and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _LOOK_UP))
        return self._told


def make_desk(project: Project, store: Store, progress: Progress, stop: Stop) -> Desk:
    """The desk of a project: what it may ask, how often, and where answers are kept."""
    plan = project.plan
    contact = f" (+{plan.contact})" if plan.contact else ""
    fetcher = Fetcher(FetchLimits(), plan.allow, f"Marsad/{__version__}{contact}")
    return Desk(
        store=store,
        fetcher=fetcher,
        robots=Robots(fetcher),
        politeness=Politeness(plan.delay, stop.wait),
        keeper=Keeper(project.archive, software=f"Marsad {__version__}"),
        chance=random.random,
        refused=lambda where, refusal: progress.say(refusal_line(where, refusal)),
        stopped=stop.is_set,
    )


def refusal_line(where: str, refusal: SetAside) -> str:
    """What is said of an article that is set aside, or of what failed and is asked for again."""
    if refusal.reason in ("later", "feed_failed"):
        return f"marsad: {printable(where)}: {printable(refusal.message)}"
    return f"marsad: {printable(where)}: set aside: {printable(refusal.message)} [{refusal.reason}]"


@contextmanager
def stopped_by_signals(desk: Desk, stop: Stop) -> Iterator[None]:
    """SIGTERM and Ctrl-C end the work after what is in hand; only a request that is under way is broken off."""

    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()
        if desk.asking:
            raise Stopped("stopped in the middle of a request")

    before = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
