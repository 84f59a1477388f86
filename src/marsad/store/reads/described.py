"""What is shown of a few rows of a list, from wherever it is stored, in the order in which they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from marsad.store import tables
from marsad.store.list_tables import claim_list, incident_list
from marsad.store.lists import day_of
from marsad.store.reads.conditions import DECIDED
from marsad.store.reads.rows import ArticleRow, ClaimRow, IncidentRow

_I, _C, _A = incident_list.c, claim_list.c, tables.articles.c
_FULL, _CLAIM, _S = tables.incidents.c, tables.claims.c, tables.review_states.c
_INCIDENTS = select(
    _I.serial, _I.id, _I.event, _FULL.events, _I.status, _I.roots, _FULL.independent, _FULL.counts_differ, _I.claims, _I.first, _I.last,
    _I.place_id, _I.place, _I.country, _I.lat, _I.lon, _I.precision, _I.killed_min, _I.killed_max, _I.killed_top, _I.outlets, _I.changed,
).join(tables.incidents, _FULL.id == _I.id)  # fmt: skip
_CLAIMS = (
    select(
        _C.serial, _C.id, _A.id.label("article"), _C.number, _C.event, _C.polarity, _C.modality, _CLAIM.source, _CLAIM.source_kind,
        _CLAIM.source_id, _C.stance, _C.place_id, _C.place, _C.country, _C.lat, _C.lon, _C.precision, _C.first, _C.last,
        _C.killed_min, _C.killed_max, _C.killed_top, _C.outlet, _A.published, _A.title, _I.id.label("incident"), _C.status, _C.root,
        func.coalesce(_S.state, "machine").label("review"),
    )
    .join(tables.claims, _CLAIM.id == _C.id)
    .join(tables.articles, _A.serial == _C.article)
    .join(incident_list, _I.serial == _C.incident, isouter=True)
    .join(tables.review_states, _S.claim == _C.id, isouter=True)
)  # fmt: skip
_ARTICLES = select(
    _A.serial, _A.id, _A.title, _A.outlet, _A.published, _A.day, _A.url, _A.characters, _A.claims,
    _A.version.label("versions"), case((_A.copy_known, _A.copy_of)).label("copy_of"), _A.added, _A.changed,
)  # fmt: skip


def incidents_described(connection: Connection, serials: Sequence[int]) -> Iterator[IncidentRow]:
    """Incidents by their serials; one that is not there is left out."""
    reviewed = _reviewed(connection, serials)
    rows = {row.serial: row for row in connection.execute(_INCIDENTS.where(_I.serial.in_(serials)))}
    for row in (rows[serial] for serial in serials if serial in rows):
        decided, rejected = reviewed.get(row.serial, (0, 0))
        yield IncidentRow(
            **_shown(row), events=tuple(row.events.split()), reviewed=decided, rejected=rejected
        )


def claims_described(connection: Connection, serials: Sequence[int]) -> Iterator[ClaimRow]:
    """Claims by their serials, likewise."""
    rows = {row.serial: row for row in connection.execute(_CLAIMS.where(_C.serial.in_(serials)))}
    yield from (ClaimRow(**_shown(rows[serial])) for serial in serials if serial in rows)


def articles_described(connection: Connection, serials: Sequence[int]) -> Iterator[ArticleRow]:
    """Articles by their serials, likewise."""
    rows = {row.serial: row for row in connection.execute(_ARTICLES.where(_A.serial.in_(serials)))}
    for row in (rows[serial] for serial in serials if serial in rows):
        yield ArticleRow(**{name: value for name, value in row._mapping.items() if name != "serial"})


def _shown(row: Any) -> dict[str, Any]:  # noqa: ANN401 (a row of the database)
    """A row's values under the names that they are shown by."""
    values = dict(row._mapping)
    for name in ("serial", "events"):
        values.pop(name, None)
    first, last = values.pop("first"), values.pop("last")
    low, high, top = (values.pop(f"killed_{end}") for end in ("min", "max", "top"))
    return {
        **values,
        "first_day": day_of(first),
        "last_day": day_of(last),
        "killed": None if top is None else (low, high),
    }


def _reviewed(connection: Connection, serials: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Of how many claims of each incident people decided, and how many of these they refused."""
    refused = func.sum(case((_S.state == "rejected", 1), else_=0))
    query = (
        select(_C.incident, func.count(), refused)
        .join(tables.review_states, and_(_S.claim == _C.id, _S.state.in_(DECIDED)))
        .where(_C.incident.in_(serials))
        .group_by(_C.incident)
    )
    return {incident: (decided, int(rejected)) for incident, decided, rejected in connection.execute(query)}
