"""Facets: the values of each filter, and how many would fit if it were chosen.

Each is counted under all filters but its own, so that one sees what else could be chosen. Facets that are counted under the same filters are counted together:
of incidents what fits is picked out once; claims, of which there are more, are counted in the order of the index that holds all of them by day. Where nothing is
narrowed, each column is counted through its index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    FromClause,
    Select,
    Table,
    Text,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.list_tables import claim_actors, claim_list, incident_list, incident_terms
from marsad.store.lists import day_of
from marsad.store.reads.conditions import DECIDED, Condition, Narrowed, all_decided, known, narrowed
from marsad.store.reads.filters import Filters
from marsad.store.reads.rows import Facet, Kind

MOST = 30
"""Values that are shown of a facet that may have thousands, and besides them those that are chosen."""
FACETS: Mapping[Kind, tuple[str, ...]] = {
    "incidents": ("status", "event", "family", "country", "place", "actor", "outlet", "root", "precision", "review", "year", "month"),
    "claims": (
        "status", "event", "family", "country", "place", "actor", "outlet", "root", "precision", "review", "year", "month",
        "polarity", "modality", "stance", "readers",
    ),
}  # fmt: skip
"""What can be counted of each kind of list."""
_OWN = {"family": ("event",), "year": ("since", "until"), "month": ("since", "until")}
"""Whose filter a facet has, where that is of another name."""
_LONG = ("place", "actor", "outlet", "root")
_TERMS = ("event", "family", "actor", "outlet", "root")
_CUT = {"year": len("2024"), "month": len("2024-12")}
_TOTAL, _DAYS = "total", "first"
_BY_DAY = {"status", "event", "family", "year", "month"}
"""What can be counted of claims out of the numbers by day, status and event."""

_C, _T, _S, _A = claim_list.c, incident_terms.c, tables.review_states.c, claim_actors.c


class _Counted(NamedTuple):
    """What the statement says of one value."""

    name: str
    value: str
    number: int
    label: str | None


def facets(
    connection: Connection, filters: Filters, names: Sequence[str], kind: Kind = "incidents"
) -> dict[str, list[Facet]]:
    """The values of facets and how many fit, most first; years (``2024``) and months (``2024-12``) in the order of time.

    Args:
        connection: A reading connection.
        filters: What the list is narrowed to.
        names: Which facets, of `FACETS`.
        kind: Of which list.

    Raises:
        InputError: the list has no facet of that name.
    """
    asked = narrowed(connection, filters)
    together: dict[Filters, list[str]] = {}
    for name in names:
        if name not in FACETS[kind]:
            raise InputError(f"{kind} have no facet {name!r}; there are {', '.join(FACETS[kind])}")
        together.setdefault(asked.without(*_OWN.get(name, (name,))).filters, []).append(name)
    found: dict[str, list[Facet]] = {}
    for rest, some in together.items():
        found |= _counted(connection, asked.of(rest), some, kind)
    for name in set(names).intersection(_LONG):
        found[name] += _chosen(connection, asked, name, kind, found[name])
    return {name: found[name] for name in names}


def _counted(
    connection: Connection, asked: Narrowed, names: Sequence[str], kind: Kind
) -> dict[str, list[Facet]]:
    """Facets that are counted under the same filters."""
    table = incident_list if kind == "incidents" else claim_list
    where = asked.incidents() if kind == "incidents" else asked.claims()
    source = _fitting(table, names, where) if where else table
    arms = {arm: _arm(source, kind, arm) for name in names for arm in _ARMS.get((kind, name), (name,))}
    rows = [_Counted(*row) for row in connection.execute(union_all(*arms.values()))]
    by_arm: dict[str, list[_Counted]] = {arm: [] for arm in arms}
    for row in rows:
        by_arm[row.name].append(row)
    return {name: _facet(name, kind, by_arm) for name in names}


def _fitting(table: Table, names: Sequence[str], where: Sequence[Condition]) -> FromClause:
    """What is counted: the rows that fit, or for claims where that is enough how many fit of each day, status and event (``many``)."""
    if table is incident_list:
        return select(*_needed(table, names)).where(*where).cte("fitting")
    if not set(names).isdisjoint(("status", "event")) and set(names) <= _BY_DAY:
        columns = (_C.first, _C.status, _C.event)
        return select(*columns, func.count().label("many")).where(*where).group_by(*columns).cte("fitting")
    return select(*_needed(table, names)).where(*where).subquery()


def _needed(table: Table, names: Sequence[str]) -> list[Column[Any]]:
    """The columns that facets are counted by; ids only where they are needed, for an index by day does not hold them."""
    own = {
        "place": ("place_id", "place"),
        "family": ("event",),
        "year": (_DAYS,),
        "month": (_DAYS,),
        "review": ("id",),
    }
    wanted = {"serial", *(column for name in names for column in own.get(name, (name,)))}
    return [column for column in table.c if column.name in wanted]


def _many(source: FromClause) -> Any:  # noqa: ANN401 (SQL)
    """How many of a group, of rows or of what was counted already."""
    return cast(func.sum(source.c.many), BigInteger) if "many" in source.c else func.count()


_ARMS: Mapping[tuple[Kind, str], tuple[str, ...]] = {
    ("incidents", "year"): (_DAYS,),
    ("incidents", "month"): (_DAYS,),
    ("incidents", "review"): ("review", "machine"),
    ("claims", "year"): (_DAYS,),
    ("claims", "month"): (_DAYS,),
    ("claims", "family"): ("event",),
    ("claims", "review"): ("review", _TOTAL),
}
"""What is counted for a facet that is made of something else."""


def _facet(name: str, kind: Kind, counted: Mapping[str, Sequence[_Counted]]) -> list[Facet]:
    """A facet out of what was counted."""
    if name in _CUT:
        days = ((day_of(int(row.value)) or "", row.number) for row in counted[_DAYS])
        return sorted(_summed((day[: _CUT[name]], number) for day, number in days), key=lambda one: one.value)
    if name == "review":
        pairs = [(row.value, row.number) for row in counted["review"]]
        rest = counted["machine" if kind == "incidents" else _TOTAL][0].number
        waiting = rest if kind == "incidents" else rest - sum(number for _, number in pairs)
        return _summed([*pairs, *([("machine", waiting)] if waiting else [])])
    if (kind, name) == ("claims", "family"):
        return _summed((row.value.partition(".")[0], row.number) for row in counted["event"])
    rows = sorted(counted[name], key=lambda row: (-row.number, row.value))
    return [Facet(row.value, row.number, row.label or row.value) for row in rows]


def _summed(pairs: Iterable[tuple[str, int]]) -> list[Facet]:
    numbers: Counter[str] = Counter()
    for value, number in pairs:
        numbers[value] += number
    ordered = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    return [Facet(value, number, value) for value, number in ordered]


def _arm(source: FromClause, kind: Kind, name: str) -> Select[Any]:
    """What counts the values of one thing among the rows of a table: its name, value, number and label."""
    if name in ("review", "machine", _TOTAL):
        return _named(name, *_REVIEWED[kind, name](source))
    if name == _DAYS:
        first = source.c.first
        days = select(first.label("value"), _many(source).label("number")).where(first.is_not(None))
        found = days.group_by(first).subquery()
        return _named(name, cast(found.c.value, Text), found.c.number)
    counted = _among(source, kind, name).order_by(literal_column("number").desc(), literal_column("value"))
    found = (counted.limit(MOST) if name in _LONG else counted).subquery()
    value = found.c.value if name in _LONG else known(found.c.value)
    return _named(name, value, found.c.number, found.c.label)


def _named(name: str, value: Any, number: Any, label: Any = None) -> Select[Any]:  # noqa: ANN401 (SQL)
    label = cast(null(), Text) if label is None else label
    return select(literal_column(f"'{name}'").label("name"), value, number, label)


def _among(source: FromClause, kind: Kind, name: str) -> Select[Any]:
    no_label, number = cast(null(), Text).label("label"), _many(source).label("number")
    if kind == "incidents" and name in _TERMS:
        query = select(_T.value.label("value"), number, no_label).where(_T.kind == name)
        if source is not incident_list:
            query = query.where(_T.incident.in_(select(source.c.serial)))
        return query.group_by(_T.value)
    if name == "actor":
        number = func.count(_A.claim.distinct()).label("number")
        query = select(_A.actor.label("value"), number, no_label)
        if source is not claim_list:
            query = query.where(_A.claim.in_(select(source.c.serial)))
        return query.group_by(_A.actor)
    column = source.c["place_id" if name == "place" else name]
    label = func.max(source.c.place).label("label") if name == "place" else no_label
    # What is narrowed is not grouped by a column as it is, so that SQLite does not look each row up in the order of an index on that column.
    group = column if source is claim_list or source is incident_list else func.coalesce(column, "")
    query = select(func.max(column).label("value"), number, label).group_by(group)
    return query.where(column.is_not(None)) if name in _LONG else query


def _decided_claims(source: FromClause) -> tuple[Any, Any]:
    query = select(_S.state.label("value"), func.count().label("number"))
    joined = query.join_from(tables.review_states, source, source.c.id == _S.claim)
    found = joined.where(_S.state.in_(DECIDED)).group_by(_S.state).subquery()
    return found.c.value, found.c.number


def _decided_incidents(source: FromClause) -> tuple[Any, Any]:
    query = select(_S.state.label("value"), func.count(_C.incident.distinct()).label("number"))
    joined = query.join_from(tables.review_states, claim_list, _C.id == _S.claim)
    within = func.coalesce(_C.incident, 0).in_(
        select(source.c.serial)
    )  # so that SQLite begins with the reviews
    found = joined.where(_S.state.in_(DECIDED), within).group_by(_S.state).subquery()
    return found.c.value, found.c.number


def _waiting_incidents(source: FromClause) -> tuple[Any, Any]:
    waiting = select(func.count().label("number")).where(source.c.serial.not_in(all_decided()))
    return literal_column("''"), waiting.select_from(source).scalar_subquery()


def _total(source: FromClause) -> tuple[Any, Any]:
    return literal_column("''"), select(func.count()).select_from(source).scalar_subquery()


_REVIEWED = {
    ("incidents", "review"): _decided_incidents,
    ("incidents", "machine"): _waiting_incidents,
    ("claims", "review"): _decided_claims,
    ("claims", _TOTAL): _total,
}


def _chosen(
    connection: Connection, asked: Narrowed, name: str, kind: Kind, shown: Sequence[Facet]
) -> list[Facet]:
    """The chosen values that are not among those that most have."""
    own = getattr(asked.filters, name) or ()
    missing = {own} if isinstance(own, str) else set(own)
    found = []
    for value in sorted(missing - {facet.value for facet in shown}):
        one = asked.of(asked.filters.without(name).with_(name, value))
        table = incident_list if kind == "incidents" else claim_list
        where = one.incidents() if kind == "incidents" else one.claims()
        number = connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        found.append(Facet(value, number, value))
    return found
