"""Which steps there are, which a store has, and taking the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, inspect, text

from marsad.errors import InputError
from marsad.store.db import Database
from marsad.store.migrations import (
    m0001_first,
    m0002_reviewing,
    m0003_lists,
    m0004_spans,
    m0005_held_back,
    m0006_readers,
)

Step = Callable[[Connection], None]

STEPS: tuple[tuple[str, Step], ...] = (
    ("m0001_first", m0001_first.apply),
    ("m0002_reviewing", m0002_reviewing.apply),
    ("m0003_lists", m0003_lists.apply),
    ("m0004_spans", m0004_spans.apply),
    ("m0005_held_back", m0005_held_back.apply),
    ("m0006_readers", m0006_readers.apply),
)
"""Name and function of every step, in order; the number of steps is the version of the schema."""
LATEST = len(STEPS)


def version_of(database: Database) -> int:
    """How many steps a store has taken; 0 for an empty database.

    Raises:
        InputError: it was made by a newer program, or is a database of something else.
    """
    with database.reading() as connection:
        tables = inspect(connection).get_table_names()
        if "migrations" not in tables:
            if "articles" in tables:
                raise InputError(
                    f"{database.name} is a database of something else: it has no table 'migrations'"
                )
            return 0
        names = [row[0] for row in connection.execute(text("SELECT id FROM migrations ORDER BY id"))]
    unknown = [name for name in names if name not in dict(STEPS)]
    if unknown:
        raise InputError(
            f"{database.name} was made by a newer version of Marsad (it has {unknown[0]}, and this one knows {STEPS[-1][0]} as the last): install that version"
        )
    return len(names)


def pending(database: Database) -> list[str]:
    """The names of the steps that a store has not taken yet."""
    return [name for name, _ in STEPS[version_of(database) :]]


def migrate(database: Database) -> list[str]:
    """Take all steps that are pending; the names of those that were taken. Two processes at once take each step once."""
    taken = []
    for name in pending(database):
        with database.writing() as connection:
            connection.execute(
                text("CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied TEXT NOT NULL)")
            )
            if connection.execute(text("SELECT 1 FROM migrations WHERE id = :id"), {"id": name}).first():
                continue
            dict(STEPS)[name](connection)
            connection.execute(
                text("INSERT INTO migrations (id, applied) VALUES (:id, :applied)"),
                {"id": name, "applied": datetime.now(UTC).isoformat(timespec="seconds")},
            )
            taken.append(name)
    return taken
