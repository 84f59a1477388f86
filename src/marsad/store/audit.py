"""The audit log: who did what, when. Each row carries the digest of the row before it, so that no row can be changed, taken out or put in unseen.

>>> digest_of(1, Entry("2024-12-06T10:00:00+00:00", "ana", "init", "marsad.db", "{}"), "")[:12]
'990899289208'
"""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, text

from marsad.store import tables


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row tells; ``data`` is JSON."""

    at: str
    who: str
    action: str
    subject: str
    data: str


def now() -> str:
    """This moment in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def whoever() -> str:
    """The name of the account that runs the program, or ``unknown``."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def note(connection: Connection, action: str, subject: str, data: Mapping[str, Any], who: str = "") -> int:
    """Add a row to the log, in the same transaction as what it tells of; its number."""
    if connection.dialect.name != "sqlite":
        connection.execute(
            text("LOCK TABLE audit IN EXCLUSIVE MODE")
        )  # one after the other, as SQLite has it anyway
    last = connection.execute(
        select(tables.audit.c.id, tables.audit.c.digest).order_by(tables.audit.c.id.desc()).limit(1)
    ).first()
    number, before = (last.id + 1, last.digest) if last else (1, "")
    entry = Entry(
        now(), who or whoever(), action, subject, json.dumps(data, ensure_ascii=True, sort_keys=True)
    )
    connection.execute(
        tables.audit.insert().values(
            id=number,
            at=entry.at,
            who=entry.who,
            action=entry.action,
            subject=entry.subject,
            data=entry.data,
            before=before,
            digest=digest_of(number, entry, before),
        )
    )
    return number


def digest_of(number: int, entry: Entry, before: str) -> str:
    """SHA-256 of a row and of the digest before it."""
    parts = [number, entry.at, entry.who, entry.action, entry.subject, entry.data, before]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def broken(connection: Connection) -> list[str]:
    """What is wrong with the chain, in sentences; empty where every row is as it was written and none is missing."""
    found = []
    before, expected = "", 1
    for row in connection.execute(select(tables.audit).order_by(tables.audit.c.id)):
        entry = Entry(row.at, row.who, row.action, row.subject, row.data)
        if row.id != expected:
            found.append(f"audit: rows {expected} to {row.id - 1} are missing")
        if row.before != before:
            found.append(f"audit: row {row.id} does not follow the row before it")
        if row.digest != digest_of(row.id, entry, row.before):
            found.append(f"audit: row {row.id} was changed after it was written")
        before, expected = row.digest, row.id + 1
    return found
