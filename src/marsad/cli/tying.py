"""Reconciling a project's store for a command: takes its turn, shows how far it has come, and says what changed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from marsad.cli.progress import Progress
from marsad.feeds import Stopped
from marsad.run.controlling import control_kit
from marsad.run.reconciling import load_knowledge
from marsad.run.turn import turn
from marsad.run.tying import Tied, Tying
from marsad.store import Store, waiting

_MOST_LINES = 20
_PATIENCE = 3600.0


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a store is reconciled.

    Attributes:
        data: The folder of what the user fetched and added.
        jobs: How many processes plan it.
        news: Whether to name each change.
        stopped: Whether to end after the transaction that it is at; what is left waits for the next time.
    """

    data: Path | None
    jobs: int = 1
    news: bool = False
    stopped: Callable[[], bool] = _never


def reconcile_store(store: Store, how: How, progress: Progress) -> Tied:
    """Make anew what changed, and say so.

    Raises:
        Stopped: it was told to stop.
    """
    with store.database.reading() as connection:
        if not waiting(connection):
            return Tied()
    progress.anew()

    def told() -> None:
        progress.say("marsad: another process reconciles this project; waiting for it")

    def say(what: str, done: int, of: int) -> None:
        if how.stopped():
            raise Stopped("stopped while reconciling")
        progress.show_share(what, done, done / of if of else 0.0)

    with turn(store.database, "reconcile", _PATIENCE, told, how.stopped):
        tying = Tying(
            store=store,
            knowledge=load_knowledge(how.data),
            kit=control_kit(how.data),
            say=say,
            jobs=how.jobs,
        )
        with _garbage_let_lie():
            tied = tying.run()
    if tied.articles or tied.blocks:
        progress.say(f"marsad: {_summary(tied)}")
    if how.news:
        for line in lines_of(tied):
            progress.say(f"marsad: {line}")
    return tied


@contextmanager
def _garbage_let_lie() -> Iterator[None]:
    """What is made is kept or let go at once; looking for garbage takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _summary(tied: Tied) -> str:
    line = f"{tied.articles:,} articles reconciled in {tied.blocks:,} blocks: {tied.incidents:,} incidents new or changed"
    if tied.gone:
        line += f", {tied.gone:,} gone into others"
    return f"{line}; control of {tied.places:,} places traced"


def lines_of(tied: Tied) -> list[str]:
    """What changed, in lines: statuses, then control."""
    lines = [
        f"incident {one}: {before or 'none'} -> {after or 'none'}" for one, before, after in tied.statuses
    ]
    lines += [
        f"control of {place}: {before or 'nothing told'} -> {after or 'nothing told'}"
        for place, before, after in tied.control
    ]
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], f"... and {len(lines) - _MOST_LINES:,} more changes"]
    return lines
