"""What ``marsad watch`` does: cycle after cycle, until it is told to stop."""

from __future__ import annotations

import gc
import json
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from marsad import __version__
from marsad.articles import Defaults, Limits
from marsad.cli.desk import Stop, make_desk, refusal_line, stopped_by_signals
from marsad.cli.ingesting import project_of
from marsad.cli.lines import safe_line
from marsad.cli.model_options import ModelOptions
from marsad.cli.model_reading import Second, second_of
from marsad.cli.output import Output
from marsad.cli.progress import Progress
from marsad.cli.terminal import printable
from marsad.cli.tying import How, reconcile_store
from marsad.errors import MarsadError, TryAgain
from marsad.feeds import Stopped
from marsad.run.desk import Desk
from marsad.run.ingesting import Intake
from marsad.run.news import last_number, news, note_told, told_number
from marsad.run.project import Project
from marsad.run.readers import Reader
from marsad.run.storing import StoringWork
from marsad.run.turn import turn
from marsad.run.watching import Cycle, cycle, pause, sync_feeds
from marsad.settings import Settings
from marsad.store import Store

DONE, SOME_SET_ASIDE = 0, 3
_AFTER_TROUBLE = 30.0
"""Seconds after which a desk tries again whose disk was full or whose database was held."""


def run_watch(
    folder: Path | None, settings: Settings, form: str | None, options: ModelOptions, *, once: bool
) -> int:
    """Watch until told to stop, or for one cycle, and give the exit code."""
    project = project_of(folder)
    second = second_of(options, settings, project.plan.model)
    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    store, stop = project.open(), Stop()
    try:
        with turn(store.database, "watch"), Progress() as progress:
            desk = make_desk(project, store, progress, stop)
            sync_feeds(store, project.plan)
            run = store.begin_run("watch", __version__)
            watch = _Watch(project, settings, store, desk, progress, form, run, _told(store), second)
            with stopped_by_signals(desk, stop):
                watch.go(stop, once=once)
            store.end_run(
                run, {"cycles": watch.cycles, "failed": desk.failed, "set_aside": dict(desk.dropped)}
            )
    finally:
        store.close()
        second.tell()
    if not once:
        return DONE
    return second.code(SOME_SET_ASIDE if desk.failed or desk.dropped or watch.dropped else DONE)


@dataclass(slots=True)
class _Watch:
    """One desk at work; ``told`` is the number of the last change that was told."""

    project: Project
    settings: Settings
    store: Store
    desk: Desk
    progress: Progress
    form: str
    run: int
    told: int
    second: Second
    cycles: int = 0
    dropped: int = 0

    def go(self, stop: Stop, *, once: bool) -> None:
        """Cycle after cycle. A disk that is full or a database that is held ends one cycle, not the desk."""
        while not stop.is_set():
            seconds = 0.0
            try:
                self._cycle()
                seconds = pause(self.store, datetime.now(UTC))
            except Stopped:
                self._tell()
                return
            except MarsadError as trouble:
                if once or not self._may_pass(trouble):
                    raise
                self.progress.say(f"marsad: {trouble}; the desk goes on in {_AFTER_TROUBLE:.0f} seconds")
                seconds = _AFTER_TROUBLE
            if once:
                return
            gc.collect()  # while reading it is hardly ever looked for, and a desk runs for weeks
            stop.wait(seconds)

    def _may_pass(self, trouble: MarsadError) -> bool:
        """Whether it may work later: a full disk, a database that is held, a model that is not there just now."""
        asking = self.second.choice.reader != "rules"
        return isinstance(trouble, TryAgain) or (asking and type(trouble) is MarsadError)

    def _cycle(self) -> None:
        # A reader for each cycle: one whose model was gone asks no more.
        with self.second.opened() as reader:
            self._round(reader)

    def _round(self, reader: Reader | None) -> None:
        began = time.monotonic()
        plan, settings = self.project.plan, self.settings
        limits = Limits(
            characters=plan.max_characters or settings.max_characters,
            bytes=plan.max_bytes or settings.max_bytes,
        )
        intake = Intake(
            store=self.store,
            work=StoringWork(defaults=Defaults(), limits=limits, data=settings.data, reader=reader),
            crew=self.second.crew(1, reader),
            run=self.run,
            refused=lambda where, refusal: self.progress.say(refusal_line(where, refusal)),
        )
        done, refused = Cycle(), self.desk.dropped.total()
        for done in cycle(self.store, self.desk, intake):  # noqa: B007 (the last one is told of)
            pass
        self.cycles += 1
        self.dropped += done.taken.dropped.total()
        refused = self.desk.dropped.total() - refused
        if done.asked or done.taken.pieces or refused:
            self.progress.say(f"marsad: {_summary(done, refused)} in {time.monotonic() - began:.0f} s")
        if not self.desk.stopped():  # else what is new waits for the next start
            reconcile_store(self.store, How(data=settings.data, stopped=self.desk.stopped), self.progress)
        self._tell()

    def _tell(self) -> None:
        while True:
            with self.store.database.reading() as connection:
                items = news(connection, self.told)
            if not items:
                return
            with Output() as output:
                for item in items:
                    line = item.line if self.form == "table" else json.dumps(item.data(), ensure_ascii=False)
                    output.write(
                        safe_line(line) if self.form == "jsonl" else f"{printable(line)}\n", self.form
                    )
                    self.told = item.number
            with self.store.database.writing() as connection:
                note_told(connection, self.told)


def _told(store: Store) -> int:
    """The last change that was told; what was noted since, by a process that was killed or by another command, is told now. A new desk tells no old news."""
    with store.database.writing() as connection:
        told = told_number(connection)
        if told is None:
            told = last_number(connection)
            note_told(connection, told)
        return told


def _summary(done: Cycle, refused: int) -> str:
    fates = done.taken.fates
    return (
        f"{done.asked:,} feeds asked: {fates['new']:,} articles new, {fates['changed']:,} changed,"
        f" {fates['unchanged']:,} as they were, {done.taken.dropped.total() + refused:,} set aside"
    )
