"""Lists in pages: first which rows, by going through the short rows, then what is shown of these few.

A page begins behind a row and not at a number, so that what is stored meanwhile neither doubles nor hides anything.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.list_tables import claim_list, incident_list
from marsad.store.reads.conditions import Condition, Narrowed, narrowed
from marsad.store.reads.cursors import cursor_of, place_of
from marsad.store.reads.described import articles_described, claims_described, incidents_described
from marsad.store.reads.filters import Filters
from marsad.store.reads.rows import SORTS, ArticleRow, ClaimRow, IncidentRow, Order, Page, Sort

_I, _C, _A = incident_list.c, claim_list.c, tables.articles.c
_MOST = 1000
_AT_ONCE = 500
_BEFORE_ALL, _AFTER_ALL = -(1 << 30), 1 << 30
"""Days for what has none: it comes last, whichever way the list goes."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Kind(Generic[R]):
    """How a kind of list is read: its table, what decides between equal keys, its keys (and whether the greatest comes first), its rows.

    ``plain`` are keys by which SQLite finds the rows in the order of an index: the column itself, of which what is not known comes last.
    """

    name: str
    table: Table
    tie: ColumnElement[Any]
    keys: Mapping[Sort, tuple[ColumnElement[Any], bool]]
    where: Callable[[Narrowed], list[Condition]]
    described: Callable[[Connection, Sequence[int]], Iterator[R]]
    plain: Mapping[Sort, ColumnElement[Any]] = field(default_factory=dict)

    def order(self, sort: Sort) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """What rows are ordered by."""
        key, falling = _key(self, sort)
        by = self.plain.get(sort, key)
        falls = by.desc() if falling else by.asc()
        return (falls.nulls_last() if sort in self.plain else falls), self.tie


_INCIDENTS: _Kind[IncidentRow] = _Kind(
    name="incidents",
    table=incident_list,
    tie=_I.id,
    keys={
        "newest": (func.coalesce(_I.first, _BEFORE_ALL), True),
        "oldest": (func.coalesce(_I.first, _AFTER_ALL), False),
        "claims": (_I.claims, True),
        "roots": (_I.roots, True),
        "killed": (func.coalesce(_I.killed_top, -1), True),
        "changed": (_I.changed, True),
    },
    where=Narrowed.incidents,
    described=incidents_described,
)
_CLAIMS: _Kind[ClaimRow] = _Kind(
    name="claims",
    table=claim_list,
    tie=_C.serial,
    keys={
        "newest": (func.coalesce(_C.first, _BEFORE_ALL), True),
        "oldest": (func.coalesce(_C.first, _AFTER_ALL), False),
        "killed": (func.coalesce(_C.killed_top, -1), True),
    },
    where=Narrowed.claims,
    described=claims_described,
    plain={"newest": _C.first, "oldest": _C.first},
)
_ARTICLES: _Kind[ArticleRow] = _Kind(
    name="articles",
    table=tables.articles,
    tie=_A.id,
    keys={
        "newest": (func.coalesce(_A.day, ""), True),
        "oldest": (func.coalesce(_A.day, "9999-99-99"), False),
        "claims": (_A.claims, True),
        "changed": (_A.changed, True),
    },
    where=Narrowed.articles,
    described=articles_described,
)


def incidents_page(connection: Connection, filters: Filters, order: Order) -> Page[IncidentRow]:
    """Some incidents of the list.

    Raises:
        InputError: ``after`` is no place in this list, incidents are not sorted so, or more than 1,000 are asked for.
    """
    return _page(connection, filters, order, _INCIDENTS)


def claims_page(connection: Connection, filters: Filters, order: Order) -> Page[ClaimRow]:
    """Some claims of the list; within one key by article, in the order in which they came in.

    Raises:
        InputError: as `incidents_page` has it.
    """
    return _page(connection, filters, order, _CLAIMS)


def articles_page(connection: Connection, filters: Filters, order: Order) -> Page[ArticleRow]:
    """Some articles: they fit themselves by outlet, day of publication, words and id, and have a claim that fits the rest.

    Raises:
        InputError: as `incidents_page` has it.
    """
    return _page(connection, filters, order, _ARTICLES)


def all_incidents(connection: Connection, filters: Filters, sort: Sort = "newest") -> Iterator[IncidentRow]:
    """The whole list in the order of its pages; only the numbers of its rows are held."""
    return _all(connection, filters, sort, _INCIDENTS)


def all_claims(connection: Connection, filters: Filters, sort: Sort = "newest") -> Iterator[ClaimRow]:
    """The whole list likewise."""
    return _all(connection, filters, sort, _CLAIMS)


def all_articles(connection: Connection, filters: Filters, sort: Sort = "newest") -> Iterator[ArticleRow]:
    """The whole list likewise."""
    return _all(connection, filters, sort, _ARTICLES)


def _page(connection: Connection, filters: Filters, order: Order, kind: _Kind[R]) -> Page[R]:
    key, falling = _key(kind, order.sort)
    if not 1 <= order.most <= _MOST:
        raise InputError(f"a page has 1 to {_MOST} rows, not {order.most}")
    where = kind.where(narrowed(connection, filters))
    total = connection.execute(select(func.count()).select_from(kind.table).where(*where)).scalar_one()
    query = select(kind.table.c.serial, key.label("key"), kind.tie.label("tie")).where(*where)
    if order.after:
        kinds = (key.type.python_type, kind.tie.type.python_type)
        at, tie = place_of(order.after, order.sort, kinds)
        beyond = key < at if falling else key > at
        query = query.where(or_(beyond, and_(key == at, kind.tie > tie)))
    query = query.order_by(*kind.order(order.sort)).limit(order.most + 1)
    found = connection.execute(query).all()
    shown = found[: order.most]
    after = cursor_of(order.sort, (shown[-1].key, shown[-1].tie)) if len(found) > order.most else None
    return Page(tuple(kind.described(connection, [row.serial for row in shown])), total, after)


def _all(connection: Connection, filters: Filters, sort: Sort, kind: _Kind[R]) -> Iterator[R]:
    where = kind.where(narrowed(connection, filters))
    query = select(kind.table.c.serial).where(*where).order_by(*kind.order(sort))
    serials = array("q", connection.execute(query).scalars())
    for start in range(0, len(serials), _AT_ONCE):
        yield from kind.described(connection, serials[start : start + _AT_ONCE].tolist())


def _key(kind: _Kind[R], sort: Sort) -> tuple[ColumnElement[Any], bool]:
    if sort not in kind.keys:
        raise InputError(f"sort={sort}: {kind.name} are sorted by {', '.join(SORTS[kind.name])}")
    return kind.keys[sort]
