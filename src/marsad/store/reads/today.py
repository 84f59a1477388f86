"""What the first page tells at a glance: how much there is, what came in, what changed, and which feeds are in trouble."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, Table, case, func, select

from marsad.store import tables
from marsad.store.list_tables import claim_list, incident_list

_A, _G, _F, _S = tables.articles.c, tables.changes.c, tables.feeds.c, tables.spells.c
DAYS = 14
"""Days before the latest article for which each outlet's articles are drawn."""
_MOST_OUTLETS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much there is; ``statuses`` are incidents by status ("none" where there is none), ``held`` places of which control is told."""

    articles: int
    claims: int
    incidents: int
    outlets: int
    held: int
    statuses: dict[str, int]
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of ``changes``: ``kind`` is status, control or feed; ``about`` the name of the place for control."""

    at: str
    kind: str
    subject: str
    before: str
    after: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """An article that came in."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    added: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """An outlet's articles, day by day up to the latest day."""

    outlet: str
    days: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A feed that does not answer (``failures`` in a row), has gone silent, or is not asked any more (``stopped`` says why)."""

    address: str
    outlet: str
    failures: int
    last_ok: str | None
    silent_since: str | None
    stopped: str


def sizes(connection: Connection) -> Sizes:
    """How much there is."""
    query = select(incident_list.c.status, func.count()).group_by(incident_list.c.status)
    statuses = {status or "none": number for status, number in connection.execute(query)}
    pending = connection.scalar(select(func.count()).where(_A.pending)) or 0
    return Sizes(
        articles=_count(connection, tables.articles), claims=_count(connection, claim_list),
        incidents=sum(statuses.values()), outlets=connection.scalar(select(func.count(_A.outlet.distinct()))) or 0,
        held=connection.scalar(select(func.count(_S.place_key.distinct()))) or 0, statuses=statuses, waiting=pending,
    )  # fmt: skip


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def fresh_articles(connection: Connection, since: str | None, most: int) -> tuple[int, list[Fresh]]:
    """How many articles came in after a moment (all of them without one), and the last of them."""
    after = [] if since is None else [_A.added > since]
    total = connection.scalar(select(func.count()).select_from(tables.articles).where(*after)) or 0
    query = select(_A.id, _A.title, _A.outlet, _A.published, _A.added).where(*after)
    rows = connection.execute(query.order_by(_A.added.desc(), _A.serial.desc()).limit(most))
    return total, [Fresh(**row._mapping) for row in rows]


def changes_since(
    connection: Connection, kind: str, since: str | None, most: int
) -> tuple[int, list[Change]]:
    """How many changes of a kind were noted after a moment (all of them without one), and the last of them."""
    where = [_G.kind == kind, *([] if since is None else [_G.at > since])]
    total = connection.scalar(select(func.count()).select_from(tables.changes).where(*where)) or 0
    query = select(_G.at, _G.subject, _G.before, _G.after).where(*where).order_by(_G.id.desc()).limit(most)
    rows = connection.execute(query).all()
    names = _places(connection, [row.subject for row in rows]) if kind == "control" else {}
    found = [
        Change(at=row.at, kind=kind, subject=row.subject, before=row.before or "", after=row.after or "", about=names.get(row.subject, row.subject))
        for row in rows
    ]  # fmt: skip
    return total, found


def _places(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    rows = connection.execute(select(_S.place_key, func.max(_S.place)).where(_S.place_key.in_(keys)).group_by(_S.place_key))  # fmt: skip
    return dict(rows.all())


def sparks(connection: Connection, latest: str) -> tuple[tuple[str, ...], list[Spark]]:
    """The days up to the latest one, and the outlets with the most articles in them."""
    last = date.fromisoformat(latest)
    days = tuple((last - timedelta(back)).isoformat() for back in range(DAYS - 1, -1, -1))
    query = select(_A.outlet, _A.day, func.count()).where(
        _A.day >= days[0], _A.day <= latest, _A.outlet.is_not(None)
    )
    held: dict[str, dict[str, int]] = {}
    for outlet, day, number in connection.execute(query.group_by(_A.outlet, _A.day)):
        held.setdefault(outlet, {})[day] = number
    found = [Spark(outlet=one, days=tuple(of.get(day, 0) for day in days)) for one, of in held.items()]
    return days, sorted(found, key=lambda one: (-one.total, one.outlet))[:_MOST_OUTLETS]


def troubles(connection: Connection) -> tuple[int, list[Trouble]]:
    """How many feeds are watched, and those that are in trouble, the longest failing first."""
    rows = connection.execute(select(_F.id, _F.outlet, _F.paused, _F.data).order_by(_F.id)).all()
    found = []
    for row in rows:
        state = json.loads(row.data)
        failures, stopped, silent = (
            int(state.get("failures") or 0),
            state.get("stopped") or "",
            state.get("silent_since"),
        )
        if not row.paused and (failures or stopped or silent):
            found.append(
                Trouble(
                    address=row.id, outlet=row.outlet or state.get("outlet") or "", failures=failures,
                    last_ok=state.get("last_ok"), silent_since=silent, stopped=stopped,
                )
            )  # fmt: skip
    return len(rows), sorted(found, key=lambda one: (-one.failures, one.address))


def at_odds(connection: Connection, most: int) -> list[str]:
    """The newest incidents about which roots are at odds or a side speaks against its interest."""
    telling = incident_list.c.status.in_(("conceded", "disputed", "denied"))
    first = func.coalesce(incident_list.c.first, -(1 << 30))
    query = select(incident_list.c.id).where(telling).order_by(first.desc(), incident_list.c.id).limit(most)
    return list(connection.scalars(query))


def most_told(connection: Connection, days: int, most: int) -> list[str]:
    """The incidents of the latest days (those of the latest article and before) that most outlets tell of."""
    latest = connection.scalar(select(func.max(_A.day)))
    if latest is None:
        return []
    last = date.fromisoformat(latest).toordinal() - date(1970, 1, 1).toordinal()
    column = incident_list.c
    telling = case((column.status.is_(None), 0), else_=column.outlets)
    query = (
        select(column.id)
        .where(column.first > last - days, column.first <= last)
        .order_by(telling.desc(), column.roots.desc(), column.claims.desc(), column.id)
        .limit(most)
    )
    return list(connection.scalars(query))
