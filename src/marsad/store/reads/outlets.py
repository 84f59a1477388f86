"""Outlets and feeds as they stand: how much came of each, how its incidents fare, and whether its feeds answer.

Sums over the whole store; pages keep them while it does not change. What feeds say is read anew each time.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.store import tables
from marsad.store.list_tables import claim_list, incident_list, incident_terms

_A, _C, _F, _W = tables.articles.c, claim_list.c, tables.feeds.c, tables.wanted.c
_I, _T = incident_list.c, incident_terms.c
STEPS = 60
"""Stretches of time that the line of an outlet has; the same days for all outlets."""
_EARLY = 0.02
"""The share of articles that may lie before the lines, where they get finer by it."""
_WEEK = 7


@dataclass(slots=True, kw_only=True)
class OutletSum:
    """How much came of an outlet, by the name that its articles have.

    Attributes:
        name: As in the articles.
        articles, copies, claims: How many; copies are articles known to repeat another's.
        first_day, last_day: Of its articles, ISO days or None.
        line: Articles in each stretch of `Outlets`, oldest first.
        incidents: Incidents that it tells of, by status (``none`` where there is none).
        shared: Incidents that other outlets tell of too; ``leading`` those of them of which no other told on an earlier day.
    """

    name: str
    articles: int = 0
    copies: int = 0
    claims: int = 0
    first_day: str | None = None
    last_day: str | None = None
    line: list[int] = field(default_factory=list)
    incidents: dict[str, int] = field(default_factory=dict)
    shared: int = 0
    leading: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed: its state as watching keeps it, whether it is paused, and how many of its pages are wanted; ``aside`` is how many pages of its host
    were set aside, for which feed named a page is kept only while it is wanted."""

    address: str
    outlet: str | None
    title: str | None
    added: str
    paused: bool
    state: Mapping[str, Any]
    wanted: int
    aside: int


@dataclass(frozen=True, slots=True)
class Outlets:
    """All outlets, those with most articles first; their lines begin on ``first`` (None without articles), and each stretch is ``days`` long."""

    rows: list[OutletSum]
    first: str | None
    days: int


def outlet_sums(connection: Connection) -> Outlets:
    """All outlets of the store."""
    copies = func.count(_A.copy_of)
    query = select(
        _A.outlet,
        _A.day,
        func.count().label("n"),
        copies.label("copies"),
        func.sum(_A.claims).label("claims"),
    )
    rows = connection.execute(
        query.where(_A.outlet.is_not(None)).group_by(_A.outlet, _A.day).order_by(_A.day)
    ).all()
    first, days, steps = _stretches([(row.day, row.n) for row in rows if row.day])
    found: dict[str, OutletSum] = {}
    for row in rows:
        one = found.setdefault(row.outlet, OutletSum(name=row.outlet, line=[0] * steps))
        one.articles += row.n
        one.copies += row.copies
        one.claims += row.claims
        if row.day:
            one.first_day = min(one.first_day or row.day, row.day)
            one.last_day = max(one.last_day or row.day, row.day)
            if first and row.day >= first:
                one.line[(date.fromisoformat(row.day) - date.fromisoformat(first)).days // days] += row.n
    _count_incidents(connection, found)
    for outlets in _shared(connection):
        _share_out(outlets, found)
    return Outlets(sorted(found.values(), key=lambda one: (-one.articles, one.name)), first, days)


def _stretches(rows: Sequence[tuple[str, int]]) -> tuple[str | None, int, int]:
    """From days with numbers of articles, sorted, the first day of the lines, how long each stretch is, and how many there are: weeks, or longer where there would be too many."""
    if not rows:
        return None, _WEEK, 0
    early, gone, first = sum(number for _, number in rows) * _EARLY, 0, rows[0][0]
    for day, number in rows:
        gone += number
        if gone > early:
            first = day
            break
    whole = (date.fromisoformat(rows[-1][0]) - date.fromisoformat(first)).days + 1
    days = max(_WEEK, -(-whole // STEPS))
    return first, days, -(-whole // days)


def _count_incidents(connection: Connection, found: Mapping[str, OutletSum]) -> None:
    """How many incidents of each status each outlet tells of."""
    query = select(_T.value, _I.status, func.count()).join(incident_list, _I.serial == _T.incident)
    for outlet, status, number in connection.execute(query.where(_T.kind == "outlet").group_by(_T.value, _I.status)):  # fmt: skip
        if outlet in found:
            found[outlet].incidents[status or "none"] = number


def _shared(connection: Connection) -> Iterator[list[tuple[str, str | None]]]:
    """Of each incident that several outlets tell of these outlets, and the first day on which each did."""
    query = (
        select(_C.incident, _C.outlet, func.min(_A.day))
        .join(incident_list, _I.serial == _C.incident)
        .join(tables.articles, _A.serial == _C.article)
        .where(_I.outlets > 1, _C.outlet.is_not(None))
        .group_by(_C.incident, _C.outlet)
    )
    told: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
    for incident, outlet, day in connection.execute(query):
        told[incident].append((outlet, day))
    yield from told.values()


def _share_out(outlets: Sequence[tuple[str, str | None]], found: Mapping[str, OutletSum]) -> None:
    earliest = min((day for _, day in outlets if day), default=None)
    for outlet, day in outlets:
        if outlet in found and len(outlets) > 1:
            found[outlet].shared += 1
            found[outlet].leading += day is not None and day == earliest


def feed_rows(connection: Connection) -> list[FeedRow]:
    """All feeds by address, those that are paused too."""
    query = select(_W.feed, func.count()).group_by(_W.feed)
    wanted: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
    rows = connection.execute(select(tables.feeds).order_by(_F.id)).all()
    aside = (
        Counter(map(_host, connection.scalars(select(tables.setaside.c.place)))) if rows else Counter[str]()
    )
    return [
        FeedRow(
            address=row.id, outlet=row.outlet, title=row.title, added=row.added, paused=bool(row.paused),
            state=json.loads(row.data), wanted=wanted.get(row.id, 0), aside=aside[_host(row.id)],
        )
        for row in rows
    ]  # fmt: skip


def _host(address: str) -> str:
    """The host of an address; "" for what is none."""
    scheme, slashes, rest = address.partition("://")
    return rest.partition("/")[0].lower() if slashes and scheme in ("http", "https") else ""
