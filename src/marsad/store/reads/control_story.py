"""Why a spell of control is as it is: the incidents that it rests on, each with the words of one claim, and the claims by which a root concedes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from marsad.store import tables
from marsad.store.incidents import incident_of
from marsad.store.list_tables import claim_list, incident_list
from marsad.store.reads.whole import quotes

_I, _L, _C, _A = tables.incidents.c, incident_list.c, claim_list.c, tables.articles.c
_TERRITORY = _C.event.like("territory.%")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldIncident:
    """An incident on which a spell rests: its codes, status, days, and the words of one of its claims with where they stand."""

    id: str
    event: str
    status: str | None
    first_day: str | None
    last_day: str | None
    quote: str
    article: str
    number: int
    outlet: str


def told_incidents(connection: Connection, ids: Sequence[str]) -> tuple[ToldIncident, ...]:
    """The incidents in their order, each with the claim about territory that was published first."""
    query = (
        select(
            _L.id, _L.event, _L.status, _I.first_day, _I.last_day, _C.id.label("claim"), _C.number, _A.id.label("article"), _A.outlet,
        )
        .join(tables.incidents, _I.id == _L.id)
        .join(claim_list, _C.incident == _L.serial)
        .join(tables.articles, _A.serial == _C.article)
        .where(_L.id.in_(ids), _TERRITORY)
        .order_by(_A.day, _A.id, _C.number)
    )  # fmt: skip
    first: dict[str, Any] = {}
    for row in connection.execute(query):
        first.setdefault(row.id, row)
    said = quotes(connection, [row.claim for row in first.values()])
    return tuple(
        ToldIncident(
            id=row.id, event=row.event, status=row.status, first_day=row.first_day, last_day=row.last_day,
            quote=said.get(row.claim, ""), article=row.article, number=row.number, outlet=row.outlet or "",
        )
        for row in (first[one] for one in ids if one in first)
    )  # fmt: skip


def conceding_claims(connection: Connection, ids: Sequence[str]) -> list[tuple[str, str, int]]:
    """Claims of some incidents by which a root concedes: those that gave an incident its status, and those whose own words do; root, article and number."""
    query = select(_I.data).where(_I.id.in_(ids), _I.status == "conceded")
    incidents = [incident_of(data) for data in connection.scalars(query)]
    by_status = {why.claim for one in incidents for why in one.reasons if why.code.startswith("conceded_")}
    rows = connection.execute(
        select(_C.root, _A.id, _C.number)
        .join(incident_list, _C.incident == _L.serial)
        .join(tables.articles, _A.serial == _C.article)
        .where(_L.id.in_(ids), or_(_C.id.in_(by_status), _C.stance == "concede"), _TERRITORY)
        .order_by(_A.day, _A.id, _C.number)
    )
    return [(root or "", article, number) for root, article, number in rows]
