"""A project's store: opened once, with its schema checked; the rooms' functions take its connections."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text, update

from marsad.errors import InputError, MarsadError
from marsad.store import tables
from marsad.store.audit import note, now
from marsad.store.db import Database
from marsad.store.migrations import migrate, pending, version_of


class Store:
    """An open store.

    Attributes:
        database: Its `reading()` and `writing()` give connections.
        id: What tells this store from all others; copies share it.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.reading() as connection:
            self.id: str = connection.execute(
                select(tables.facts.c.value).where(tables.facts.c.id == "id")
            ).scalar_one()

    def begin_run(self, command: str, version: str) -> int:
        """Note that a run has begun; its number."""
        with self.database.writing() as connection:
            statement = insert(tables.runs).values(command=command, started=now(), version=version, data="{}")
            number: int = connection.execute(statement.returning(tables.runs.c.id)).scalar_one()
        return number

    def end_run(self, run: int, data: Mapping[str, Any]) -> None:
        """Note that a run has ended, with its sums, here and in the audit log."""
        with self.database.writing() as connection:
            command = connection.execute(
                select(tables.runs.c.command).where(tables.runs.c.id == run)
            ).scalar_one()
            text_of = json.dumps(data, ensure_ascii=True, sort_keys=True)
            connection.execute(
                update(tables.runs).where(tables.runs.c.id == run).values(ended=now(), data=text_of)
            )
            note(connection, command, f"run {run}", data)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def open_store(url: str, *, make: bool = False) -> Store:
    """Open a store.

    Args:
        url: ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.
        make: Whether to make one where there is none.

    Raises:
        InputError: there is none, it is of a newer version, or older and must be migrated first.
        MarsadError: it cannot be opened.
    """
    database = Database(url)
    if database.file is not None and not make and not database.file.is_file():
        raise InputError(f"there is no store at {database.file}")
    try:
        return Store(_ready(database, make=make))
    except BaseException:
        database.close()
        raise


def _ready(database: Database, *, make: bool) -> Database:
    have = version_of(database)
    if have == 0:
        if not make:
            raise InputError(
                f"{database.name} is empty: `marsad init` makes a project; where one was here, put a backup of its store in this place"
            )
        migrate(database)
        _name(database)
    elif waiting := pending(database):
        raise InputError(
            f"{database.name} was made by an earlier version (it lacks {', '.join(waiting)}): make a backup, then run `marsad store migrate`"
        )
    return database


def _name(database: Database) -> None:
    with database.writing() as connection:
        if connection.execute(text("SELECT 1 FROM facts WHERE id = 'id'")).first():
            return
        rows = [{"id": "id", "value": uuid.uuid4().hex}, {"id": "made", "value": now()}]
        connection.execute(insert(tables.facts), rows)
        note(connection, "init", database.file.name if database.file else database.name, {})


def backup(database: Database, target: Path) -> int:
    """Copy an SQLite store while it is in use, whole and consistent; the size of the copy in bytes.

    Raises:
        InputError: the store is a PostgreSQL database (``pg_dump`` copies those), or the target exists.
        MarsadError: the copy cannot be written, or is not sound.
    """
    if database.file is None:
        raise InputError(f"{database.name} is on a server: `pg_dump` makes its backups")
    if target.exists():
        raise InputError(f"{target} exists already: a backup never overwrites anything")
    part = target.with_name(target.name + ".part")
    try:
        _copy(database.file, part)
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise MarsadError(f"the backup {target} cannot be made: {error}") from error
    return target.stat().st_size


def _copy(source: Path, part: Path) -> None:
    part.unlink(missing_ok=True)
    with sqlite3.connect(source) as one, sqlite3.connect(part) as other:
        one.backup(other)
        sound = other.execute("PRAGMA quick_check").fetchone()[0]
    one.close()
    other.close()
    if sound != "ok":
        raise MarsadError(f"the copy of {source} is not sound: {sound}")
