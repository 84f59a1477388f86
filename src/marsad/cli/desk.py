"""Making the desk of a project for a command, with its signals."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

from marsad import __version__
from marsad.cli.progress import Progress
from marsad.cli.terminal import printable
from marsad.errors import SetAside
from marsad.feeds import Fetcher, FetchLimits, Keeper, Politeness, Robots, Stopped
from marsad.run.desk import Desk
from marsad.run.project import Project
from marsad.store import Store


def make_desk(project: Project, store: Store, progress: Progress, stop: Event) -> Desk:
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
    """What is said of an article that is set aside."""
    return f"marsad: {printable(where)}: set aside: {printable(refusal.message)} [{refusal.reason}]"


@contextmanager
def stopped_by_signals(desk: Desk, stop: Event) -> Iterator[None]:
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
