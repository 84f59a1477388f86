"""Incidents and spells in the store: which blocks must be made anew, and putting in what was made."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, select

from marsad.model.control import Spell
from marsad.model.incident import Incident
from marsad.model.incident_json import incident_from_json, incident_to_json, spell_to_json
from marsad.store import tables
from marsad.store.audit import now
from marsad.store.db import batches, insert
from marsad.store.former import formerly
from marsad.store.list_tables import incident_list
from marsad.store.lists import list_incidents, listed, touch, unlist_incidents
from marsad.store.tombstones import Gone, what_they_were

_I, _S = tables.incidents.c, tables.stale.c
_PACKING = 1
"""The quickest level of zlib: JSON of incidents repeats itself, a higher one gains little."""


@dataclass(slots=True)
class Replaced:
    """What became of the incidents of a block: how many were written, which statuses changed (id, before, after), which incidents are gone, and what those were."""

    written: int = 0
    changed: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    left: list[Gone] = field(default_factory=list)


def mark_stale(connection: Connection, kind: str, keys: Iterable[str]) -> None:
    """Say that blocks (``block``) or places of control (``place``) must be made anew."""
    rows = [{"id": f"{kind}:{key}", "kind": kind, "key": key} for key in sorted(set(keys))]
    insert(connection, tables.stale, rows, replace=True)
    if rows and kind == "block":  # families of copies may have changed, which lists of articles show
        touch(connection)


def stale_keys(connection: Connection, kind: str) -> list[str]:
    """What of a kind must be made anew, sorted."""
    return list(connection.scalars(select(_S.key).where(_S.kind == kind).order_by(_S.key)))


def mark_done(connection: Connection, kind: str, keys: Iterable[str]) -> None:
    """Say that these have been made."""
    for some in batches([f"{kind}:{key}" for key in keys]):
        connection.execute(delete(tables.stale).where(_S.id.in_(some)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An incident as rows, ready to be put in: it can be made in another process.

    Attributes:
        row: Its row, but for when it was added and changed.
        links: Of each of its claims the id, the key of the root, and what it says.
        places: The rows of control that it bears on.
        listed: What lists show of it besides, and what it has several of (`marsad.store.lists.listed`).
    """

    row: Mapping[str, Any]
    links: tuple[tuple[str, str, str], ...]
    places: tuple[str, ...]
    listed: tuple[Mapping[str, Any], tuple[tuple[str, str], ...]]

    @property
    def id(self) -> str:
        """The incident's id."""
        return str(self.row["id"])


def prepare(incident: Incident, block: str, places: Iterable[str]) -> Prepared:
    """The rows of an incident.

    Args:
        incident: The incident.
        block: The name of its block.
        places: The rows of control that it bears on.
    """
    data = json.dumps(incident_to_json(incident), ensure_ascii=False).encode()
    row = _incident_row(incident, block)
    row |= {"digest": hashlib.sha256(data).hexdigest(), "data": zlib.compress(data, _PACKING)}
    links = tuple((told.testimony.id, told.testimony.root.key, told.testimony.says) for told in incident.told)
    return Prepared(row=row, links=links, places=tuple(places), listed=listed(incident))


def replace_incidents(connection: Connection, keys: Sequence[str], made: Sequence[Prepared]) -> Replaced:
    """Put the incidents of a block in the place of those it had; rows that stay as they were are not touched.

    Args:
        connection: A writing connection.
        keys: The keys of the block, the first names it; incidents filed under any of them go.
        made: Its incidents.
    """
    query = (
        select(_I.id, _I.digest, _I.status, _I.added, incident_list.c.serial)
        .join(incident_list, incident_list.c.id == _I.id, isouter=True)
        .where(_I.block.in_(list(keys)))
    )
    held = {row.id: row for row in connection.execute(query)}
    result, moment = Replaced(), now()
    fresh: list[Prepared] = []
    rows: list[dict[str, Any]] = []
    again: list[str] = []
    for one in made:
        before = held.pop(one.id, None)
        if before is not None and before.digest == one.row["digest"] and before.serial is not None:
            continue
        if before is not None and before.status != one.row["status"]:
            result.changed.append((one.id, before.status, one.row["status"]))
        again += [one.id] if before else []
        fresh.append(one)
        rows.append({**one.row, "added": before.added if before else moment, "changed": moment})
    result.written, result.gone = len(rows), sorted(held)
    result.left = what_they_were(connection, result.gone)
    unlist_incidents(connection, result.gone)
    unlist_incidents(connection, again, kept=True)
    _forget(connection, [*result.gone, *(one.id for one in fresh)])
    insert(connection, tables.incidents, rows, replace=True)
    links = [
        {"claim": claim, "incident": one.id, "root": root, "says": says}
        for one in fresh
        for claim, root, says in one.links
    ]
    insert(connection, tables.incident_claims, links, replace=True)
    spots = [{"incident": one.id, "place": place} for one in fresh for place in one.places]
    insert(connection, tables.incident_places, spots, replace=True)
    shown = [{**row, **one.listed[0]} for row, one in zip(rows, fresh, strict=True)]
    list_incidents(connection, shown, {one.id: one.listed[1] for one in fresh})
    if result.written or result.gone:
        touch(connection)
    return result


def incidents_of_claims(connection: Connection, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each block among some, from the id of a claim to that of its incident as it stands, or as it stood where the claim was imported from."""
    links = tables.incident_claims.c
    query = select(_I.block, links.claim, links.incident).join(tables.incidents, _I.id == links.incident)
    found = formerly(connection, keys)
    for some in batches(list(keys)):
        for row in connection.execute(query.where(_I.block.in_(some))):
            found.setdefault(row.block, {})[row.claim] = row.incident
    return found


def ids_elsewhere(connection: Connection, keys: Sequence[str], ids: Sequence[str]) -> set[str]:
    """Which of these ids incidents of other blocks bear."""
    found: set[str] = set()
    for some in batches(ids):
        found.update(connection.scalars(select(_I.id).where(_I.id.in_(some), _I.block.not_in(list(keys)))))
    return found


def _incident_row(incident: Incident, block: str) -> dict[str, Any]:
    place, when = incident.place, incident.when
    return {
        "id": incident.id,
        "block": block,
        "event": incident.events[0],
        "events": " ".join(incident.events),
        "status": incident.status,
        "roots": incident.roots,
        "independent": incident.independent,
        "counts_differ": incident.counts_differ,
        "claims": len(incident.told),
        "first_day": when.start.isoformat() if when.start else None,
        "last_day": when.end.isoformat() if when.end else None,
        "place_id": (place.id or None) if place else None,
        "place": place.name if place else None,
        "country": (place.country or None) if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
    }


def _forget(connection: Connection, ids: Sequence[str]) -> None:
    """Take out incidents with all that hangs on them: those that are gone, and those that are written anew."""
    links, spots = tables.incident_claims, tables.incident_places
    for some in batches(ids):
        connection.execute(delete(tables.incidents).where(_I.id.in_(some)))
        # A claim that went on to an incident of another block was given that one already, or will be.
        connection.execute(delete(links).where(links.c.incident.in_(some)))
        connection.execute(delete(spots).where(spots.c.incident.in_(some)))


def places_of_block(connection: Connection, keys: Sequence[str]) -> set[str]:
    """The rows of control that the incidents of a block bear on as they stand."""
    spots = tables.incident_places
    query = (
        select(spots.c.place)
        .join(tables.incidents, _I.id == spots.c.incident)
        .where(_I.block.in_(list(keys)))
    )
    return set(connection.scalars(query))


def incident_of(data: bytes) -> Incident:
    """The incident of a row's ``data``."""
    return incident_from_json(json.loads(zlib.decompress(data)))


def incidents_at(connection: Connection, places: Sequence[str]) -> list[Incident]:
    """The incidents about territory that bear on some rows of control, by id."""
    spots = tables.incident_places
    query = (
        select(_I.id, _I.data)
        .join(spots, _I.id == spots.c.incident)
        .where(spots.c.place.in_(list(places)))
        .order_by(_I.id)
    )
    found = {row.id: row.data for row in connection.execute(query)}  # one may bear on several of them
    return [incident_of(data) for data in found.values()]


def replace_spells(connection: Connection, place: str, made: Sequence[Spell]) -> tuple[str, str] | None:
    """Put a place's spells in the place of those it had; who holds it before and after, where that changed."""
    spells = tables.spells.c
    held = connection.execute(
        select(spells.id, spells.state, spells.holder, spells.claimant)
        .where(spells.place_key == place)
        .order_by(spells.number)
    ).all()
    connection.execute(delete(tables.spells).where(spells.place_key == place))
    rows = [_spell_row(spell, place, number) for number, spell in enumerate(made)]
    insert(connection, tables.spells, rows, replace=True)
    before = _state(held[-1].state, held[-1].holder, held[-1].claimant) if held else ""
    after = _state(rows[-1]["state"], rows[-1]["holder"], rows[-1]["claimant"]) if rows else ""
    return (before, after) if before != after else None


def _state(state: str, holder: str | None, claimant: str | None) -> str:
    return " / ".join(part for part in (state, holder, claimant) if part)


def _spell_row(spell: Spell, place: str, number: int) -> dict[str, Any]:
    return {
        "id": spell.id,
        "place_key": place,
        "number": number,
        "place_id": spell.place.id or None,
        "place": spell.place.name,
        "lat": spell.place.lat,
        "lon": spell.place.lon,
        "country": spell.place.country or None,
        "first_day": spell.start.isoformat(),
        "last_day": spell.end.isoformat() if spell.end else None,
        "state": spell.state,
        "holder": spell.holder.label if spell.holder else None,
        "claimant": spell.claimant.label if spell.claimant else None,
        "data": json.dumps(spell_to_json(spell), ensure_ascii=False),
    }
