"""The runs that took articles in, and what they set aside, as people read them: newest first, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from marsad.store import tables

_R, _S = tables.runs.c, tables.setaside.c
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run; ``ended`` is "" while it goes on, or where it was killed; ``data`` are its sums."""

    id: int
    command: str
    started: str
    ended: str
    version: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideRow:
    """Something that was set aside, and why; ``run`` is None where no run did."""

    id: int
    place: str
    reason: str
    message: str
    added: str
    run: int | None


def runs_page(connection: Connection, before: int | None, most: int) -> Sequence[RunRow]:
    """Some runs with numbers below ``before``, newest first."""
    query = select(tables.runs).order_by(_R.id.desc()).limit(most)
    if before is not None:
        query = query.where(_R.id < before)
    return [_run(row) for row in connection.execute(query)]


def run_at(connection: Connection, number: int) -> RunRow | None:
    """The run of a number."""
    row = connection.execute(select(tables.runs).where(_R.id == number)).first()
    return None if row is None else _run(row)


def run_since(connection: Connection, command: str, began: str) -> RunRow | None:
    """The first run of a command that began at a moment or after it."""
    query = select(tables.runs).where(_R.command == command, _R.started >= began).order_by(_R.id).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _run(row)


def aside_page(
    connection: Connection, run: int | None, reason: str, before: int | None, most: int
) -> Sequence[AsideRow]:
    """Some of what a run set aside (None: any), for a reason ("": any), newest first."""
    query = _narrowed(select(tables.setaside), run, reason).order_by(_S.id.desc()).limit(most)
    if before is not None:
        query = query.where(_S.id < before)
    return [
        AsideRow(
            id=row.id, place=row.place, reason=row.reason, message=row.message, added=row.added, run=row.run
        )
        for row in connection.execute(query)
    ]


def aside_rows(connection: Connection, run: int | None, reason: str) -> Iterator[AsideRow]:
    """All of it, some at a time."""
    before = None
    while some := aside_page(connection, run, reason, before, _AT_ONCE):
        yield from some
        before = some[-1].id


def aside_reasons(connection: Connection, run: int | None) -> list[tuple[str, int]]:
    """How many were set aside for each reason, most first."""
    query = _narrowed(select(_S.reason, func.count()), run, "").group_by(_S.reason)
    rows = connection.execute(query.order_by(func.count().desc(), _S.reason))
    return [(row[0], row[1]) for row in rows]


def _narrowed(query: Select[Any], run: int | None, reason: str) -> Select[Any]:
    if run is not None:
        query = query.where(_S.run == run)
    return query.where(_S.reason == reason) if reason else query


def _run(row: Any) -> RunRow:  # noqa: ANN401 (a row of the database)
    return RunRow(
        id=row.id, command=row.command, started=row.started, ended=row.ended or "", version=row.version,
        data=json.loads(row.data),
    )  # fmt: skip
