"""The engine: one SQLite file in WAL mode, or a PostgreSQL server, and the few things in which they differ.

A write is one transaction that begins with the right to write (``BEGIN IMMEDIATE`` on SQLite, a lock of our own on PostgreSQL), so that two processes take
turns and neither finds out half-way that the other was first. With ``synchronous=NORMAL`` a committed transaction outlives the death of the process at any instant;
a power cut may cost the last ones, and never the file. What the database refuses comes out as one sentence that says what became of the data.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from marsad.errors import Damaged, InputError, MarsadError, TryAgain

PATIENCE = 60.0
"""Seconds that a writer waits for its turn."""
_PATIENTLY = f"SET LOCAL lock_timeout = '{PATIENCE:.0f}s'"
_ALONE = "SELECT pg_advisory_xact_lock(1835103091)"
"""Writers of one database take turns; the lock goes with the transaction, however that ends."""
_STEADY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
_CACHE_KB = 32_768
_ROWS_AT_ONCE = 500
_FULL, _LOCKED, _DAMAGED, _READ_ONLY = "full", "locked", "damaged", "read-only"
_SAID = {
    "database or disk is full": _FULL, "disk I/O error": _FULL, "No space left": _FULL, "could not extend file": _FULL,
    "database is locked": _LOCKED, "database table is locked": _LOCKED, "lock timeout": _LOCKED, "deadlock detected": _LOCKED,
    "malformed": _DAMAGED, "is not a database": _DAMAGED, "readonly database": _READ_ONLY, "read-only": _READ_ONLY,
    "unable to open database file": _READ_ONLY,
}  # fmt: skip
"""Words of SQLite and PostgreSQL by which a failure is known; SQLite calls a disk that is full while it writes its log an I/O error."""

Row = Mapping[str, Any]


class Database:
    """A store's database; `reading` and `writing` are the only ways to it.

    Args:
        url: ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.

    Raises:
        InputError: the URL is none, or of a kind that is not supported.
    """

    def __init__(self, url: str) -> None:
        self.url = _checked(url)
        self.is_file = self.url.get_backend_name() == "sqlite"
        self.name = (
            (self.url.database or "") if self.is_file else self.url.render_as_string(hide_password=True)
        )
        self.engine = _engine(self.url, self.is_file)

    @property
    def file(self) -> Path | None:
        """The file of an SQLite store, else None."""
        return Path(self.url.database) if self.is_file and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view that does not change while it is read, and keeps nobody from writing.

        Raises:
            MarsadError: the database cannot be read; the message says why.
        """
        with self._told(), self.engine.connect() as connection, connection.begin():
            if not self.is_file:
                connection.exec_driver_sql(_STEADY)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is stored when it ends, or nothing.

        Raises:
            TryAgain: another process would not let go of the database for `PATIENCE` seconds, or the disk is full.
            MarsadError: the file is damaged or cannot be written.
        """
        with self._told(), self.engine.connect() as connection:
            connection = connection.execution_options(marsad_writes=True)
            with connection.begin():
                if not self.is_file:
                    connection.exec_driver_sql(_PATIENTLY)
                    connection.exec_driver_sql(_ALONE)
                yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def about_to_fork(self) -> None:
        """Before processes are forked: no file may be open then, for SQLite in the other process would believe that it has this one's locks."""
        if self.is_file:
            self.engine.dispose()

    def forked(self) -> None:
        """In a process that was forked: its connections are its own, and those that it came with are not touched."""
        self.engine.dispose(close=False)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            said = str(error.orig if isinstance(error, DBAPIError) else error)
            raise _complaint(said, self.name) from error


def insert(connection: Connection, table: Table, rows: Sequence[Row], *, replace: bool = False) -> None:
    """Insert rows; with ``replace`` a row of the same primary key takes the new values."""
    if not rows:
        return
    is_file = connection.dialect.name == "sqlite"
    statement: Any = sqlite.insert(table) if is_file else postgresql.insert(table)
    if replace:
        keys = [column.name for column in table.primary_key]
        others = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        statement = (
            statement.on_conflict_do_update(index_elements=keys, set_=others)
            if others
            else statement.on_conflict_do_nothing(index_elements=keys)
        )
    if not is_file:
        # With RETURNING, SQLAlchemy sends many rows in one statement; a server far away is asked once for each batch.
        statement = statement.returning(*table.primary_key)
    connection.execute(statement, rows)


def batches(values: Sequence[Any], size: int = _ROWS_AT_ONCE) -> Iterator[Sequence[Any]]:
    """The values in slices that a statement can hold."""
    return (values[start : start + size] for start in range(0, len(values), size))


def _checked(url: str) -> URL:
    try:
        made = make_url(url)
    except ArgumentError:
        raise InputError(f"the store {url!r} is no URL such as postgresql://name@localhost/marsad") from None
    backend = made.get_backend_name()
    if backend == "sqlite":
        return made
    if backend in ("postgresql", "postgres"):
        return made.set(drivername="postgresql+pg8000")
    raise InputError(f"a store is sqlite:///FILE or postgresql://..., not {backend!r}")


def _engine(url: URL, is_file: bool) -> Engine:
    if is_file:
        engine = create_engine(url, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, insertmanyvalues_page_size=_ROWS_AT_ONCE)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise InputError('a store on PostgreSQL needs: pip install "marsad[postgresql]"') from None


def _prepare(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # `_begin` says when a transaction begins
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KB}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("marsad_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _complaint(said: str, name: str) -> MarsadError:
    kind = next((kind for words, kind in _SAID.items() if words in said), None)
    if kind == _FULL:
        return TryAgain(
            f"no room is left for {name} (or its disk fails): nothing that was stored is lost; make room and run the same command again [{said}]"
        )
    if kind == _LOCKED:
        return TryAgain(
            f"{name} is held by another process, for more than {PATIENCE:.0f} seconds; run the same command again"
        )
    if kind == _DAMAGED:
        return Damaged(f"{name} is damaged: {said}; `marsad doctor` says what can be done")
    if kind == _READ_ONLY:
        return MarsadError(f"{name} cannot be opened or written: {said}")
    return MarsadError(f"{name}: {said}")


def scalar(connection: Connection, sql: str, **values: object) -> Any:  # noqa: ANN401 (a value of a database)
    """The first value that a query gives, or None."""
    return connection.execute(text(sql), values).scalar()
