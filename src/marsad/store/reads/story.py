"""What the page of one incident is made of, beyond the incident itself: its articles, its history, what people said of its claims, and what lies near it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from marsad.model.incident import Incident
from marsad.store import tables
from marsad.store.db import batches
from marsad.store.incidents import incident_of
from marsad.store.list_tables import claim_actors, claim_list, incident_list
from marsad.store.reviewing import standings

_A, _C, _G, _I = tables.articles.c, tables.claims.c, tables.changes.c, tables.incidents.c
_J, _L, _F, _U = tables.judgements.c, tables.incident_claims.c, tables.successions.c, tables.audit.c
DAYS_NEAR = 3
"""Days around an incident in which another one at the same place is shown beside it."""
_MOST_NEAR = 12
MERGED, SPLIT = "incident.same", "incident.different"
"""Actions of the audit log: people called two incidents one, or some claims of one another event. The row names the claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFact:
    """What an incident's page says of an article; ``family`` is the first of the near copies that it belongs to, ``copy_of`` what it repeats."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    family: str | None
    copy_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement about a pair of claims, one of them of the incident; ``undone`` where it holds no more."""

    number: int
    at: str
    who: str
    one: str
    other: str
    verdict: str
    note: str
    undone: bool
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A status that was noted: when, and from what to what."""

    at: str
    before: str
    after: str


def incident_at(connection: Connection, identity: str) -> Incident | None:
    """The incident of an id, None where there is none."""
    data = connection.scalar(select(_I.data).where(_I.id == identity))
    return None if data is None else incident_of(data)


def article_facts(connection: Connection, ids: Sequence[str]) -> dict[str, ArticleFact]:
    """What is said of some articles, by id."""
    found = {}
    for some in batches(list(ids)):
        query = select(_A.id, _A.title, _A.outlet, _A.published, _A.url, _A.family, _A.copy_of)
        for row in connection.execute(query.where(_A.id.in_(some))):
            found[row.id] = ArticleFact(**row._mapping)
    return found


def written(connection: Connection, identity: str) -> tuple[str, str]:
    """When an incident was first found and when it last changed; "" where there is none."""
    row = connection.execute(select(_I.added, _I.changed).where(_I.id == identity)).first()
    return (row.added, row.changed) if row else ("", "")


def control_places(connection: Connection, identity: str) -> dict[str, str]:
    """The places whose control an incident bears on: their names by their keys."""
    spots, spells = tables.incident_places.c, tables.spells.c
    query = (
        select(spells.place_key, spells.place)
        .join(tables.incident_places, spots.place == spells.place_key)
        .where(spots.incident == identity)
        .distinct()
    )
    return dict(sorted(connection.execute(query).all()))


def status_changes(connection: Connection, identity: str) -> list[Change]:
    """How an incident's status changed, oldest first."""
    query = select(_G.at, _G.before, _G.after).where(_G.kind == "status", _G.subject == identity)
    return [Change(row.at, row.before or "none", row.after or "none") for row in connection.execute(query.order_by(_G.id))]  # fmt: skip


def judgements_on(connection: Connection, claims: Sequence[str]) -> list[Judged]:
    """The judgements about some claims, or about those that they followed, oldest first."""
    ids = set(claims)
    for some in batches(list(claims)):
        ids.update(connection.scalars(select(_F.id).where(_F.claim.in_(some))))
    rows: dict[int, Any] = {}
    for some in batches(sorted(ids)):
        query = select(tables.judgements).where(or_(_J.one.in_(some), _J.other.in_(some)))
        rows.update({row.id: row for row in connection.execute(query)})
    undone = {row.undoes for row in rows.values() if row.undoes is not None}
    return [
        Judged(
            number=number, at=row.at, who=row.who, one=row.one, other=row.other, verdict=row.verdict, note=row.note,
            undone=number in undone, undoes=row.undoes,
        )
        for number, row in sorted(rows.items())
    ]  # fmt: skip


def incidents_holding(connection: Connection, claims: Sequence[str]) -> list[str]:
    """The incidents that some claims are in now, those with most of them first."""
    counts: dict[str, int] = {}
    for some in batches(sorted(set(claims))):
        query = select(_L.incident, func.count()).where(_L.claim.in_(some)).group_by(_L.incident)
        for incident, number in connection.execute(query):
            counts[incident] = counts.get(incident, 0) + number
    return sorted(counts, key=lambda one: (-counts[one], one))


def claims_it_had(connection: Connection, identity: str) -> list[str]:
    """The claims of an incident that is no more, where the audit log tells of it: people called it the same as another, or took it apart."""
    query = (
        select(_U.data).where(_U.action.in_((MERGED, SPLIT)), _U.subject == identity).order_by(_U.id.desc())
    )
    data = connection.scalar(query.limit(1))
    return [] if data is None else list(json.loads(data).get("claims", ()))


def claims_of(connection: Connection, identity: str) -> list[str]:
    """The ids of an incident's claims, sorted."""
    return sorted(connection.scalars(select(_L.claim).where(_L.incident == identity)))


def near_ids(connection: Connection, incident: Incident) -> list[str]:
    """Other incidents at the same place within `DAYS_NEAR` days, nearest in time first; nothing where place or day is not known."""
    start, place = incident.when.start, incident.place
    if start is None or place is None:
        return []
    low, high = start - timedelta(DAYS_NEAR), (incident.when.end or start) + timedelta(DAYS_NEAR)
    same_place = _I.place_id == place.id if place.id else _I.place == place.name
    query = select(_I.id, _I.first_day).where(
        same_place, _I.first_day <= high.isoformat(), _I.last_day >= low.isoformat(), _I.id != incident.id
    )
    rows = connection.execute(query).all()
    far = {row.id: abs((date.fromisoformat(row.first_day) - start).days) for row in rows}
    return sorted(far, key=lambda one: (far[one], one))[:_MOST_NEAR]


def parties_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Who of the register took part in some incidents, in which role, those whom most claims name first."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for some in batches(list(ids)):
        query = (
            select(
                incident_list.c.id, claim_actors.c.role, claim_actors.c.actor, func.count().label("number")
            )
            .join(claim_list, claim_list.c.incident == incident_list.c.serial)
            .join(claim_actors, claim_actors.c.claim == claim_list.c.serial)
            .where(incident_list.c.id.in_(some))
            .group_by(incident_list.c.id, claim_actors.c.role, claim_actors.c.actor)
        )
        for row in connection.execute(query):
            found.setdefault(row.id, []).append((-row.number, row.role, row.actor))
    return {one: tuple((role, actor) for _, role, actor in sorted(rows)) for one, rows in found.items()}


def decided_of(connection: Connection, ids: Sequence[str], who: str) -> dict[str, tuple[int, int]]:
    """Of how many claims of some incidents people decided, and how many they refused, as far as ``who`` may know (`marsad.store.reviewing.standings`)."""
    homes: dict[str, str] = {}
    for some in batches(list(ids)):
        query = (
            select(claim_list.c.id, incident_list.c.id.label("incident"))
            .join(incident_list, claim_list.c.incident == incident_list.c.serial)
            .join(tables.review_states, tables.review_states.c.claim == claim_list.c.id)
            .where(incident_list.c.id.in_(some))
        )
        homes.update({row.id: row.incident for row in connection.execute(query)})
    found: dict[str, tuple[int, int]] = {}
    for claim, state in standings(connection, list(homes), who).items():
        if state != "machine":
            decided, refused = found.get(homes[claim], (0, 0))
            found[homes[claim]] = (decided + 1, refused + (state == "rejected"))
    return found


def first_claims(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """A claim of each of some incidents whose words can stand for it: the one that was stored first."""
    found: dict[str, str] = {}
    for some in batches(list(ids)):
        first = (
            select(func.min(claim_list.c.serial).label("serial"), incident_list.c.id.label("incident"))
            .join(incident_list, claim_list.c.incident == incident_list.c.serial)
            .where(incident_list.c.id.in_(some))
            .group_by(incident_list.c.id)
            .subquery()
        )
        rows = connection.execute(select(first.c.incident, claim_list.c.id).join(claim_list, claim_list.c.serial == first.c.serial))  # fmt: skip
        found.update({row.incident: row.id for row in rows})
    return found


def readers_of(connection: Connection, claims: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Of those of some claims whose article two readers read, what they said (``readers`` of its JSON)."""
    found: dict[str, Mapping[str, Any]] = {}
    for some in batches(list(claims)):
        query = select(_C.id, _C.data).join(claim_list, claim_list.c.id == _C.id)
        rows = connection.execute(query.where(_C.id.in_(some), claim_list.c.readers.is_not(None)))
        found.update({row.id: json.loads(row.data)["readers"] for row in rows})
    return found


def headings(connection: Connection, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """The rows of some incidents as titles need them (events, status, place, days, claims), by id."""
    found: dict[str, Mapping[str, Any]] = {}
    columns = (_I.id, _I.events, _I.status, _I.place_id, _I.place, _I.first_day, _I.last_day, _I.claims, _I.roots, _I.independent)  # fmt: skip
    for some in batches(list(ids)):
        found.update(
            {row.id: row._mapping for row in connection.execute(select(*columns).where(_I.id.in_(some)))}
        )
    return found
