"""Taking turns: what only one process at a time may do to a store. A turn ends with its process, however that ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text

from marsad.errors import TryAgain
from marsad.feeds import Stopped
from marsad.store import Database

_NUMBER = 0x6D617273
"""What PostgreSQL knows our lock by."""
_LOOK_AGAIN = 0.2


@contextmanager
def turn(
    database: Database,
    what: str,
    wait: float = 0.0,
    told: Callable[[], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[None]:
    """Hold the right to do something (``reconcile``, ``watch``) to a store, alone.

    Args:
        database: Whose turn it is about.
        what: What for; turns for different things do not wait for each other.
        wait: Seconds to wait until another process is done.
        told: Called once where there is somebody to wait for.
        stopped: Whether to wait no more.

    Raises:
        TryAgain: another process has the turn.
        Stopped: it was told to stop before the turn came.
    """
    taken = _of_file(database.file, what) if database.file else _of_server(database, what)
    deadline, waited = time.monotonic() + wait, False
    with taken as attempt:
        while not attempt():
            if not waited and told is not None:
                told()
            waited = True
            if time.monotonic() >= deadline:
                raise TryAgain(f"another process is at it already ({what} of {database.name})")
            if stopped():
                raise Stopped(f"stopped while waiting for its turn ({what})")
            time.sleep(_LOOK_AGAIN)
        yield


@contextmanager
def _of_file(file: Path, what: str) -> Iterator[Callable[[], bool]]:
    lock = FileLock(file.with_name(f"{file.name}.{what}.lock"))

    def attempt() -> bool:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    try:
        yield attempt
    finally:
        lock.release()


@contextmanager
def _of_server(database: Database, what: str) -> Iterator[Callable[[], bool]]:
    number = {"id": _NUMBER, "what": sum(what.encode())}

    def attempt(connection: Connection) -> bool:
        return bool(connection.execute(text("SELECT pg_try_advisory_lock(:id, :what)"), number).scalar())

    # The lock belongs to this connection: it is let go with it, also where the process is killed.
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            yield lambda: attempt(connection)
        finally:
            connection.execute(text("SELECT pg_advisory_unlock_all()"))
