"""The audit log as people read it: newest first, narrowed by who, what and when, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.reviewing import review_settings

_A, _S = tables.audit.c, tables.review_states.c
_AT_ONCE = 500
_LONGEST_CHAIN = 50_000
"""Rows that are checked while somebody waits for the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the log is narrowed to; "" narrows nothing. ``since`` and ``until`` are days in UTC, both included."""

    who: str = ""
    action: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One row of the log, its data as an object."""

    id: int
    at: str
    who: str
    action: str
    subject: str
    data: dict[str, Any]
    before: str
    digest: str


def audit_page(connection: Connection, asked: Asked, before: int | None, most: int) -> Sequence[AuditRow]:
    """Some rows with numbers below ``before``, newest first.

    Raises:
        InputError: a day is none.
    """
    query = _narrowed(select(tables.audit), asked).order_by(_A.id.desc()).limit(most)
    if before is not None:
        query = query.where(_A.id < before)
    return [_row(row) for row in connection.execute(query)]


def audit_rows(connection: Connection, asked: Asked) -> Iterator[AuditRow]:
    """All rows, newest first, some at a time."""
    before = None
    while some := audit_page(connection, asked, before, _AT_ONCE):
        yield from some
        before = some[-1].id


def audit_count(connection: Connection, asked: Asked) -> int:
    """How many rows fit."""
    return connection.scalar(_narrowed(select(func.count()).select_from(tables.audit), asked)) or 0


def audit_values(connection: Connection) -> tuple[list[str], list[str]]:
    """Who is in the log, and which actions."""
    people = connection.scalars(select(_A.who).distinct().order_by(_A.who)).all()
    actions = connection.scalars(select(_A.action).distinct().order_by(_A.action)).all()
    return list(people), list(actions)


def withheld_claims(connection: Connection, who: str) -> frozenset[str]:
    """The claims that wait for this person to code them a second time: of these nobody tells them what was decided first."""
    query = select(_S.claim).where(
        _S.first_by.is_not(None), _S.first_by != who, _S.second.is_(None), _S.final.is_(None),
        _S.bucket < review_settings(connection).second_share,
    )  # fmt: skip
    return frozenset(connection.scalars(query))


def without_decision(row: AuditRow, who: str, withheld: frozenset[str]) -> AuditRow:
    """The row as this person may see it: without the decision that somebody else made about a claim in ``withheld``."""
    if row.who == who or "decision" not in row.data or row.data.get("claim") not in withheld:
        return row
    return replace(row, data={**row.data, "decision": "withheld: second coding"})


def is_short(connection: Connection) -> bool:
    """Whether the chain can be checked while somebody waits."""
    return (connection.scalar(select(func.max(_A.id))) or 0) <= _LONGEST_CHAIN


def _narrowed(query: Select[Any], asked: Asked) -> Select[Any]:
    for name in ("who", "action", "subject"):
        if getattr(asked, name):
            query = query.where(_A[name] == getattr(asked, name))
    if asked.since:
        query = query.where(_A.at >= _day("since", asked.since).isoformat())
    if asked.until:
        query = query.where(_A.at < (_day("until", asked.until) + timedelta(days=1)).isoformat())
    return query


def _day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"{name}={value!r} is no day such as 2024-12-06") from None


def _row(row: Any) -> AuditRow:  # noqa: ANN401 (a row of the database)
    return AuditRow(
        id=row.id, at=row.at, who=row.who, action=row.action, subject=row.subject, data=json.loads(row.data),
        before=row.before, digest=row.digest,
    )  # fmt: skip
