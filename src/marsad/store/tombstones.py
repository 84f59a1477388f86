"""Incidents that are gone: what they were, and where their claims went.

An incident goes when its claims come to be in others (``merged`` into one, ``split`` among several), or when none of its claims is there any more (``withdrawn``:
their article changed). The note keeps the claims it had, so that what became of them can be told at any later time, whatever happened to them since: `whereabouts`.
An incident whose id is there again is not gone, whatever notes there are.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from marsad.store import tables
from marsad.store.audit import now
from marsad.store.db import batches, insert

_I, _C, _L, _F = tables.incidents.c, tables.claims.c, tables.incident_claims.c, tables.successions.c
_MOST_STEPS = 100
GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What an incident was that is no more: its status ("none" where it had none), when it was added, its events and the ids of its claims."""

    id: str
    status: str
    added: str
    events: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the claims of an incident: ``merged``, ``split`` or ``withdrawn``, and the incidents that they are in now, by id."""

    what: str
    into: tuple[str, ...] = ()


def what_they_were(connection: Connection, ids: Sequence[str]) -> list[Gone]:
    """What some incidents are that are about to go."""
    found = []
    for some in batches(list(ids)):
        query = select(_I.id, _I.status, _I.added, _I.events, _I.data).where(_I.id.in_(some)).order_by(_I.id)
        for row in connection.execute(query):
            claims = tuple(claim["id"] for claim in json.loads(zlib.decompress(row.data))["claims"])
            found.append(
                Gone(
                    id=row.id,
                    status=row.status or "none",
                    added=row.added,
                    events=row.events,
                    claims=claims,
                )
            )
    return found


def note_gone(connection: Connection, gone: Iterable[Gone]) -> None:
    """Note that incidents are gone, once others are in their place."""
    held = list(gone)
    fates = whereabouts(connection, {one.id: one.claims for one in held})
    moment = now()
    rows = []
    for one in held:
        data = {
            "into": list(fates[one.id].into), "events": one.events, "added": one.added,
            "claims": len(one.claims), "had": list(one.claims),
        }  # fmt: skip
        rows.append(
            {"at": moment, "kind": GONE, "subject": one.id, "before": one.status, "after": fates[one.id].what, "data": json.dumps(data)}
        )  # fmt: skip
    insert(connection, tables.changes, rows)


def became_of(connection: Connection, identity: str) -> Fate | None:
    """What became of an incident that is no more; None where no note tells of it. Whoever asks has looked whether it is there again."""
    changes = tables.changes.c
    query = select(changes.data).where(changes.kind == GONE, changes.subject == identity)
    data = connection.scalar(query.order_by(changes.id.desc()).limit(1))
    if data is None:
        return None
    return whereabouts(connection, {identity: json.loads(data)["had"]})[identity]


def whereabouts(connection: Connection, had: Mapping[str, Sequence[str]]) -> dict[str, Fate]:
    """What became of the claims that incidents had.

    Claims follow their articles into later versions. One that is there and not reconciled yet counts as there.

    Args:
        connection: Any connection.
        had: From an incident's id to the ids of the claims that it had.
    """
    stands = _standing(connection, sorted({claim for claims in had.values() for claim in claims}))
    where = _incidents(connection, sorted(set(stands.values())))
    found = {}
    for identity, claims in had.items():
        there = {stands[claim] for claim in claims if claim in stands}
        into = tuple(sorted({where[claim] for claim in there if claim in where}))
        what = "split" if len(into) > 1 else "merged" if there else "withdrawn"
        found[identity] = Fate(what, into)
    return found


def _standing(connection: Connection, claims: Sequence[str]) -> dict[str, str]:
    """From claims as they were to the ids under which they stand; those that are gone are left out."""
    names = {claim: claim for claim in claims}
    stands: dict[str, str] = {}
    for _ in range(_MOST_STEPS):
        there = _there(connection, sorted(set(names.values())))
        stands |= {claim: name for claim, name in names.items() if name in there}
        names = {claim: name for claim, name in names.items() if name not in there}
        follows = _successors(connection, sorted(set(names.values())))
        names = {claim: follows[name] for claim, name in names.items() if name in follows}
        if not names:
            break
    return stands


def _there(connection: Connection, claims: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in batches(claims):
        found.update(connection.scalars(select(_C.id).where(_C.id.in_(some))))
    return found


def _successors(connection: Connection, claims: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in batches(claims):
        rows = connection.execute(select(_F.id, _F.claim).where(_F.id.in_(some)))
        found.update((row.id, row.claim) for row in rows)
    return found


def _incidents(connection: Connection, claims: Sequence[str]) -> dict[str, str]:
    """In which incident that stands each of some claims is."""
    found: dict[str, str] = {}
    for some in batches(claims):
        query = select(_L.claim, _L.incident).join(tables.incidents, _I.id == _L.incident)
        found.update((row.claim, row.incident) for row in connection.execute(query.where(_L.claim.in_(some))))
    return found
