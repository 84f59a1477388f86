"""Looking for what is wrong: with the machine, with a project. Each finding says what mends it."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, func, select, text

from marsad.errors import Damaged, MarsadError
from marsad.feeds import from_row, torn_bytes
from marsad.run.pipeline import load_kit
from marsad.run.project import Project
from marsad.run.readers_rules import kind_of, reader_of
from marsad.store import Database, Store, faults, tables, waiting
from marsad.store.feeds import feed_states
from marsad.store.migrations import pending

Severity = Literal["well", "advice", "wrong", "damaged"]

_SQLITE = (3, 35, 0)
"""The first with RETURNING."""
_ROOM = 1_000_000_000
_OLDEST_CLOCK = datetime(2024, 1, 1, tzinfo=UTC)
_EXTRAS = {
    "pyarrow": ("Parquet files are read", 'pip install "marsad[parquet]"'),
    "pg8000": ("a store can be on PostgreSQL", 'pip install "marsad[postgresql]"'),
}
"""What only some need: the module, what it is for, what installs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        about: What it is.
        severity: ``well``; ``advice`` where something could be better; ``wrong`` where it keeps Marsad from working; ``damaged`` where stored data is not
            what was written.
        said: What was found.
        mend: The command, or what to do; "" where nothing is to be done.
    """

    about: str
    severity: Severity
    said: str
    mend: str = ""


def look_at_machine(data: Path | None) -> Iterator[Finding]:
    """What is to be said of this machine and this installation.

    Args:
        data: The folder of what the user fetched and added.
    """
    python = ".".join(map(str, sys.version_info[:3]))
    yield _either(sys.version_info >= (3, 11), "Python", python, "install Python 3.11 or newer")
    yield _sqlite()
    now = datetime.now(UTC)
    yield _either(now > _OLDEST_CLOCK, "clock", f"{now:%Y-%m-%d %H:%M} UTC", "set the clock of this machine")
    yield _knowledge(data)
    for module, (use, mend) in _EXTRAS.items():
        yield _extra(module, use, mend)
    there = shutil.which("pdftotext") is not None
    said = (
        "pdftotext is there: it keeps the order of words in PDFs best"
        if there
        else "pdftotext is not there: PDFs are read by pypdf, whose order of words is worse"
    )
    yield Finding(
        about="PDF",
        severity="well" if there else "advice",
        said=said,
        mend="" if there else "install poppler-utils",
    )


def _either(good: bool, about: str, said: str, mend: str) -> Finding:
    return Finding(about=about, severity="well" if good else "wrong", said=said, mend="" if good else mend)


def _sqlite() -> Finding:
    have = sqlite3.sqlite_version
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    connection.close()
    if sqlite3.sqlite_version_info < _SQLITE:
        return Finding(
            about="SQLite", severity="wrong", said=have, mend="install a Python with SQLite 3.35 or newer"
        )
    if "ENABLE_FTS5" not in options:
        return Finding(
            about="SQLite",
            severity="wrong",
            said=f"{have} without FTS5",
            mend="install a Python whose SQLite has FTS5",
        )
    return Finding(about="SQLite", severity="well", said=f"{have} with full text search")


def _knowledge(data: Path | None) -> Finding:
    try:
        kit = load_kit(data)
    except MarsadError as error:
        return Finding(
            about="lexicon and registers",
            severity="wrong",
            said=str(error),
            mend="pip install --force-reinstall marsad",
        )
    return Finding(about="lexicon and registers", severity="well", said=reader_of(kit.version))


def _extra(module: str, use: str, mend: str) -> Finding:
    if find_spec(module) is None:
        return Finding(about=module, severity="advice", said=f"not installed: with it, {use}", mend=mend)
    try:
        have = version(module)
    except PackageNotFoundError:
        have = "of an unknown version"
    return Finding(about=module, severity="well", said=f"{have}: {use}")


def look_at_project(project: Project, data: Path | None) -> Iterator[Finding]:
    """What is to be said of a project."""
    yield Finding(about="project", severity="well", said=str(project.folder))
    free = shutil.disk_usage(project.folder).free
    yield Finding(
        about="room on the disk", severity="well" if free > _ROOM else "advice", said=f"{free / 1e9:,.1f} GB free",
        mend="" if free > _ROOM else "make room: nothing is lost when the disk is full, but nothing comes in either",
    )  # fmt: skip
    torn = [file.name for file in sorted(project.archive.glob("*.warc.gz")) if torn_bytes(file)]
    if torn:
        said = f"{len(torn)} files end in the middle of a record, as after a crash: {', '.join(torn[:3])}"
        yield Finding(
            about="archive",
            severity="advice",
            said=said,
            mend="nothing: what was stored from them is complete",
        )
    try:
        waiting_steps = _pending(project)
        if waiting_steps:
            yield Finding(
                about="schema",
                severity="wrong",
                said=f"of an earlier version: {', '.join(waiting_steps)}",
                mend="marsad store migrate",
            )
            return
        store = project.open()
    except Damaged as error:
        yield Finding(about="store", severity="damaged", said=str(error), mend=_RESTORE)
        return
    except MarsadError as error:
        yield Finding(about="store", severity="wrong", said=str(error), mend="see the message")
        return
    try:
        yield from _look_at_store(store, data)
    finally:
        store.close()


def _pending(project: Project) -> list[str]:
    database = Database(project.url)
    try:
        return pending(database)
    finally:
        database.close()


_RESTORE = "put the last backup (backup-*.db) in the place of marsad.db, then ingest again what came since; what was fetched is in archive/"


def _look_at_store(store: Store, data: Path | None) -> Iterator[Finding]:
    found = list(faults(store.database))
    if found:
        yield Finding(about="store", severity="damaged", said="; ".join(found[:5]), mend=_RESTORE)
    else:
        yield Finding(about="store", severity="well", said=f"{store.database.name}: sound")
    with store.database.reading() as connection:
        for look in _LOOKS:
            finding = look(connection)
            if finding is not None:
                yield finding
        old = _old_readers(connection, data)
        if old is not None:
            yield old


def _waits(connection: Connection) -> Finding | None:
    count = waiting(connection)
    if not count:
        return None
    said = f"{count:,} articles, blocks and places wait to be reconciled: a run was stopped, or --no-reconcile was given"
    return Finding(about="reconciling", severity="advice", said=said, mend="marsad store reconcile")


def _unfinished(connection: Connection) -> Finding | None:
    day_ago = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    r = tables.runs.c
    rows = connection.execute(
        select(r.id, r.command, r.started).where(r.ended.is_(None), r.started > day_ago)
    ).all()
    if not rows:
        return None
    named = ", ".join(f"{row.command} ({row.started[:16]})" for row in rows[-3:])
    return Finding(
        about="runs", severity="advice", said=f"{len(rows)} of the last day have not ended: {named}",
        mend="if none is going on now, give the same command again: it finishes what is left",
    )  # fmt: skip


def _clock_behind(connection: Connection) -> Finding | None:
    latest = connection.execute(text("SELECT max(at) FROM audit")).scalar()
    if latest and datetime.fromisoformat(latest) > datetime.now(UTC) + timedelta(minutes=10):
        said = f"the audit log has a row of {latest[:16]}, which is still to come"
        return Finding(about="clock", severity="advice", said=said, mend="set the clock of this machine")
    return None


def _feeds(connection: Connection) -> Finding | None:
    states = [from_row(row) for row in feed_states(connection)]
    if not states:
        return None
    failing = [state.address for state in states if state.failures or state.stopped]
    silent = [state.address for state in states if state.silent_since]
    if not failing and not silent:
        return Finding(about="feeds", severity="well", said=f"{len(states)} watched")
    said = f"{len(states)} watched, {len(failing)} failing, {len(silent)} silent: {', '.join((failing + silent)[:3])}"
    return Finding(about="feeds", severity="advice", said=said, mend="marsad watch --list")


def _set_aside(connection: Connection) -> Finding | None:
    rows = connection.execute(
        text("SELECT reason, count(*) FROM setaside GROUP BY reason ORDER BY 2 DESC, 1")
    ).all()
    if not rows:
        return None
    said = ", ".join(f"{reason} {count:,}" for reason, count in rows)
    return Finding(about="set aside", severity="well", said=said)


_LOOKS: tuple[Callable[[Connection], Finding | None], ...] = (
    _waits,
    _unfinished,
    _clock_behind,
    _feeds,
    _set_aside,
)


def _old_readers(connection: Connection, data: Path | None) -> Finding | None:
    reader = reader_of(load_kit(data).version)
    a = tables.articles.c
    others = select(a.reader, func.count()).where(a.reader != reader).group_by(a.reader)
    # What a model read is no old reading of the rules.
    count = sum(number for version, number in connection.execute(others) if kind_of(version) == "rules")
    if not count:
        return None
    said = f"{count:,} articles were read by another version, or with other registers"
    return Finding(about="readers", severity="advice", said=said, mend="marsad store rebuild")
