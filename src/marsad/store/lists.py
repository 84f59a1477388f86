"""Keeping the tables of lists in step with claims and incidents, in the transaction that writes these.

What a claim's incident says of it (which one, its root, its status) is written where incidents are, and found again where an article is read anew: reconciling
leaves incidents alone that come out as they were.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from marsad.model.incident import Incident
from marsad.model.readers import verdict
from marsad.store import tables
from marsad.store.db import batches, insert
from marsad.store.list_tables import claim_actors, claim_list, incident_list, incident_terms

_I, _C, _A = incident_list.c, claim_list.c, claim_actors.c
_EPOCH = date(1970, 1, 1).toordinal()
_MARK = "mark"
_FROM_CLAIM = (
    "number", "event", "polarity", "modality", "stance", "place_id", "place", "country", "lat", "lon", "precision",
)  # fmt: skip
_FROM_INCIDENT = (
    "id", "event", "status", "roots", "claims", "place_id", "place", "country", "lat", "lon", "precision", "changed",
)  # fmt: skip
_TIE = (
    "UPDATE claim_list SET incident = i.serial, root = l.root, status = i.status"
    " FROM incident_claims l JOIN incident_list i ON i.id = l.incident"
    " WHERE l.claim = claim_list.id AND {which} IN :some"
)


class Toll(NamedTuple):
    """A toll of people killed: the range as told, and the highest number in it."""

    min: int | None
    max: int | None
    top: int | None


def touch(connection: Connection) -> None:
    """Say that what lists show has changed (`marsad.store.reads.mark`)."""
    insert(connection, tables.facts, [{"id": _MARK, "value": uuid.uuid4().hex[:16]}], replace=True)


def mark_of(connection: Connection) -> str:
    """What `touch` last wrote, or "" in a store in which nothing has changed yet."""
    facts = tables.facts.c
    return connection.scalar(select(facts.value).where(facts.id == _MARK)) or ""


def day_number(day: str | None) -> int | None:
    """Days from 1970-01-01 to an ISO day."""
    return None if day is None else date.fromisoformat(day).toordinal() - _EPOCH


def day_of(number: int | None) -> str | None:
    """The ISO day of a number of days from 1970-01-01."""
    return None if number is None else date.fromordinal(number + _EPOCH).isoformat()


def list_claims(
    connection: Connection,
    articles: Mapping[str, tuple[str | None, Sequence[Mapping[str, Any]]]],
    *,
    known: bool,
) -> None:
    """Put the claims of articles into the lists, in the place of those that they had there.

    Args:
        connection: A writing connection.
        articles: By id, the outlet and the rows of its claims.
        known: Whether any of them was stored before.
    """
    serials = _serials(connection, articles)
    if known:
        fresh = {claim["id"] for _, claims in articles.values() for claim in claims}
        _unlist(connection, list(serials.values()), fresh)
    rows = [
        _claim_row(claim) | {"article": serials[identity], "outlet": outlet}
        for identity, (outlet, claims) in articles.items()
        for claim in claims
    ]
    actors = {row["id"]: row.pop("actors") for row in rows}
    _upsert(connection, claim_list, rows)
    numbers: dict[str, int] = {}
    for some in batches(list(serials.values())):
        found = connection.execute(select(_C.id, _C.serial).where(_C.article.in_(some)))
        numbers.update((row.id, row.serial) for row in found)
    taking_part = [
        {"claim": numbers[claim], "actor": actor, "role": role}
        for claim, pairs in actors.items()
        for actor, role in pairs
    ]
    insert(connection, claim_actors, taking_part, replace=True)
    if known:
        _tie(connection, "claim_list.article", list(serials.values()))


def _serials(connection: Connection, articles: Iterable[str]) -> dict[str, int]:
    columns, found = tables.articles.c, {}
    for some in batches(list(articles)):
        query = select(columns.id, columns.serial).where(columns.id.in_(some))
        found.update({row.id: row.serial for row in connection.execute(query)})
    return found


def _unlist(connection: Connection, articles: Sequence[int], fresh: set[str]) -> None:
    """Take out claims that their articles have no more, and of all the actors."""
    for some in batches(articles):
        held = connection.execute(select(_C.serial, _C.id).where(_C.article.in_(some))).all()
        for rows in batches(held):
            connection.execute(delete(claim_actors).where(_A.claim.in_([row.serial for row in rows])))
            gone = [row.serial for row in rows if row.id not in fresh]
            connection.execute(delete(claim_list).where(_C.serial.in_(gone)))


def _claim_row(claim: Mapping[str, Any]) -> dict[str, Any]:
    data = json.loads(claim["data"])
    toll = _highest(
        (one.get("min"), one.get("max")) for one in data.get("counts") or () if one["kind"] == "killed"
    )
    return {
        "id": claim["id"],
        **{name: claim[name] for name in _FROM_CLAIM},
        "first": day_number(claim["first_day"]),
        "last": day_number(claim["last_day"]),
        "killed_min": toll.min,
        "killed_max": toll.max,
        "killed_top": toll.top,
        "readers": verdict(data.get("readers")),
        "actors": sorted({(one["id"], one["role"]) for one in data.get("actors") or () if one.get("id")}),
    }


def _highest(counts: Iterable[tuple[int | None, int | None]]) -> Toll:
    """Of several tolls in one article the highest: the others are parts of it."""
    tolls = [Toll(low, high, low if high is None else high) for low, high in counts]
    known = [toll for toll in tolls if toll.top is not None]
    return max(known, key=lambda toll: (toll.top, toll.max is None), default=Toll(None, None, None))


def listed(incident: Incident) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """What lists show of an incident beyond its row, and what it has several of (kind and value)."""
    toll = _toll_of(incident)
    outlets = {told.testimony.outlet for told in incident.told} - {""}
    values = {
        "event": incident.events,
        "family": {event.partition(".")[0] for event in incident.events},
        "actor": {part.id for part in incident.parts} - {""},
        "outlet": outlets,
        "root": {told.testimony.root.key for told in incident.told},
    }
    terms = tuple(sorted((kind, value) for kind, some in values.items() for value in some))
    row = {"killed_min": toll.min, "killed_max": toll.max, "killed_top": toll.top, "outlets": len(outlets)}
    return row, terms


def _toll_of(incident: Incident) -> Toll:
    """The range of people killed; where it is open, its highest number is looked for among the claims."""
    for count in incident.counts:
        if count.kind == "killed":
            counts = [one for told in incident.told for one in told.testimony.counts if one.kind == "killed"]
            numbers = [number for one in counts for number in (one.min, one.max) if number is not None]
            top = max([count.min or 0, *numbers]) if count.max is None else count.max
            return Toll(count.min, count.max, top)
    return Toll(None, None, None)


def list_incidents(
    connection: Connection, rows: Sequence[Mapping[str, Any]], terms: Mapping[str, Iterable[tuple[str, str]]]
) -> None:
    """Put incidents into the lists and tell their claims, which `incident_claims` must hold; of those that were there `unlist_incidents` came before.

    Args:
        connection: A writing connection.
        rows: Their rows of ``incidents`` with what `listed` gives.
        terms: By id, what `listed` gives.
    """
    ids = [str(row["id"]) for row in rows]
    _upsert(connection, incident_list, [_listed_row(row) for row in rows])
    serials: dict[str, int] = {}
    for some in batches(ids):
        query = select(_I.id, _I.serial).where(_I.id.in_(some))
        serials.update({row.id: row.serial for row in connection.execute(query)})
    named = [
        {"incident": serials[one], "kind": kind, "value": value} for one in ids for kind, value in terms[one]
    ]
    insert(connection, incident_terms, named, replace=True)
    _tie(connection, "i.serial", list(serials.values()))


def _listed_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{
            name: row[name] for name in (*_FROM_INCIDENT, "killed_min", "killed_max", "killed_top", "outlets")
        },
        "first": day_number(row["first_day"]),
        "last": day_number(row["last_day"]),
    }


def unlist_incidents(connection: Connection, ids: Sequence[str], *, kept: bool = False) -> None:
    """Take incidents out of the lists; with ``kept`` only what hangs on them, for they are written anew."""
    for some in batches(ids):
        serials = list(connection.scalars(select(_I.serial).where(_I.id.in_(some))))
        if not serials:
            continue
        connection.execute(delete(incident_terms).where(incident_terms.c.incident.in_(serials)))
        untied = update(claim_list).where(_C.incident.in_(serials))
        connection.execute(untied.values(incident=None, root=None, status=None))
        if not kept:
            connection.execute(delete(incident_list).where(_I.serial.in_(serials)))


def _tie(connection: Connection, which: str, serials: Sequence[int]) -> None:
    """Tell claims their incidents: those of some incidents, or of some articles."""
    statement = text(_TIE.format(which=which)).bindparams(bindparam("some", expanding=True))
    for some in batches(serials):
        connection.execute(statement, {"some": some})


def _upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; one whose id is there takes the new values and keeps its serial."""
    if not rows:
        return
    is_file = connection.dialect.name == "sqlite"
    statement: Any = sqlite.insert(table) if is_file else postgresql.insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    statement = statement.on_conflict_do_update(index_elements=["id"], set_=changed)
    if not is_file:
        statement = statement.returning(
            table.c.id
        )  # many rows in one statement, as `marsad.store.db.insert` has it
    connection.execute(statement, rows)
