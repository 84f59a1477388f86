"""What the map asks beside points: which places are told about most, and who is said to hold which place on which days."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.store import tables
from marsad.store.list_tables import claim_list, incident_list

_I, _C, _S, _L = incident_list.c, claim_list.c, tables.spells.c, tables.incident_claims.c
_AS_POINTS = ("exact", "town")


@dataclass(frozen=True, slots=True)
class Told:
    """A place that is told about: its id, a name that incidents give it, where it lies, and in how many incidents."""

    id: str
    name: str
    lat: float
    lon: float
    incidents: int


@dataclass(frozen=True, slots=True)
class Party:
    """Who is said to hold a place or to claim it: the register's id or None, and the name in the record."""

    id: str | None
    label: str

    @property
    def key(self) -> str:
        """By what it is told from others: its id, or its words."""
        return self.id or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A spell as the map shows it: the place, the days (ISO; ``last`` None while it goes on), the state, and by whom."""

    id: str
    place_key: str
    place_id: str | None
    place: str
    lat: float
    lon: float
    first: str
    last: str | None
    state: str
    holder: Party | None
    claimant: Party | None

    def covers(self, day: str) -> bool:
        """Whether a day lies in it; a spell ends on the day on which the next one begins."""
        return self.first <= day and (self.last is None or day < self.last)


def places_told(connection: Connection, most: int) -> list[Told]:
    """Places (towns and points, no areas) of most incidents, the most told first."""
    number = func.count().label("number")
    query = (
        select(_I.place_id, func.min(_I.place), func.avg(_I.lat), func.avg(_I.lon), number)
        .where(_I.lat.is_not(None), _I.place_id.is_not(None), _I.precision.in_(_AS_POINTS))
        .group_by(_I.place_id)
        .order_by(number.desc(), _I.place_id)
        .limit(most)
    )
    return [Told(*row) for row in connection.execute(query)]


def held_spells(connection: Connection) -> list[Held]:
    """All spells of places with a point, by place and time."""
    query = select(tables.spells).where(_S.lat.is_not(None), _S.lon.is_not(None))
    return [_held(dict(row._mapping)) for row in connection.execute(query.order_by(_S.place_key, _S.number))]


def _held(row: Mapping[str, Any]) -> Held:
    data = json.loads(row["data"])
    return Held(
        id=row["id"], place_key=row["place_key"], place_id=row["place_id"], place=row["place"], lat=row["lat"],
        lon=row["lon"], first=row["first_day"], last=row["last_day"], state=row["state"],
        holder=_party(data.get("holder"), row["holder"]), claimant=_party(data.get("claimant"), row["claimant"]),
    )  # fmt: skip


def _party(data: Mapping[str, Any] | None, name: str | None) -> Party | None:
    if not data:
        return Party(None, name) if name else None
    return Party(data.get("id"), str(data.get("label") or name or ""))


def first_claims(connection: Connection, incidents: Sequence[str]) -> dict[str, str]:
    """Of each incident one claim to quote: of those that belong to it the earliest told."""
    query = (
        select(_L.incident, func.min(_C.serial))
        .join(claim_list, _C.id == _L.claim)
        .where(_L.incident.in_(list(incidents)))
        .group_by(_L.incident)
    )
    serials = {serial: incident for incident, serial in connection.execute(query)}
    rows = connection.execute(select(_C.serial, _C.id).where(_C.serial.in_(list(serials))))
    return {serials[serial]: claim for serial, claim in rows}


def last_control_day(connection: Connection) -> str | None:
    """The last day on which a spell is told to begin or to end: the day that a map of control opens with."""
    row = connection.execute(select(func.max(_S.first_day), func.max(_S.last_day))).one()
    return max((day for day in row if day), default=None)
