"""Who is said to have held which place and when: spells for pages and twins, narrowed by an address.

A spell ends on the day on which the next one begins; one without an end lasts as long as nothing else is told. ``told`` is the last day of any incident that it
rests on: after it nothing is told of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from marsad.store import tables
from marsad.store.db import batches
from marsad.store.list_tables import incident_list
from marsad.store.lists import day_of

STATES = ("held", "contested", "unknown")
_S, _L = tables.spells.c, incident_list.c
_LIGHT = (
    _S.id, _S.place_key, _S.number, _S.place_id, _S.place, _S.country, _S.lat, _S.lon,
    _S.first_day, _S.last_day, _S.state, _S.holder, _S.claimant,
)  # fmt: skip
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What spells are narrowed to; nothing where all is empty.

    Attributes:
        keys: Keys of places; None for all of them.
        country: Country codes.
        holder: Labels as spells have them, of who holds or claims.
        state: States.
        since, until: ISO days; a spell fits that overlaps.
        on: An ISO day that it must cover.
    """

    keys: tuple[str, ...] | None = None
    country: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPlace:
    """A place of which it is told who holds it: its key, name, id and country, and how many spells fit and incidents bear on it."""

    key: str
    name: str
    id: str | None
    country: str | None
    spells: int
    incidents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellRow:
    """A spell as a list shows it; ``holder`` and ``claimant`` are labels, ``last_day`` is the day on which the next one begins."""

    id: str
    key: str
    number: int
    place_id: str | None
    place: str
    country: str | None
    lat: float | None
    lon: float | None
    first_day: str
    last_day: str | None
    state: str
    holder: str | None
    claimant: str | None


def where(asked: Asked) -> list[ColumnElement[bool]]:
    """The conditions on ``spells`` that an `Asked` makes."""
    found: list[ColumnElement[bool]] = []
    if asked.keys is not None:
        found.append(_S.place_key.in_(asked.keys))
    if asked.country:
        found.append(_S.country.in_(asked.country))
    if asked.holder:
        found.append(or_(_S.holder.in_(asked.holder), _S.claimant.in_(asked.holder)))
    if asked.state:
        found.append(_S.state.in_(asked.state))
    if asked.since:
        found.append(or_(_S.last_day.is_(None), _S.last_day > asked.since))
    if asked.until:
        found.append(_S.first_day <= asked.until)
    if asked.on:
        found.append(and_(_S.first_day <= asked.on, or_(_S.last_day.is_(None), _S.last_day > asked.on)))
    return found


def control_places(connection: Connection, asked: Asked, most: int, skip: int = 0) -> list[ControlPlace]:
    """Places that have a spell that fits, those with most incidents first."""
    borne = tables.incident_places.c
    incidents = select(borne.place, func.count().label("n")).group_by(borne.place).subquery()
    told = func.coalesce(func.max(incidents.c.n), 0)
    query = (
        select(
            _S.place_key, func.max(_S.place).label("name"), func.max(_S.place_id).label("id"),
            func.max(_S.country).label("country"), func.count().label("spells"), told.label("incidents"),
        )
        .join_from(tables.spells, incidents, incidents.c.place == _S.place_key, isouter=True)
        .where(*where(asked)).group_by(_S.place_key).order_by(told.desc(), _S.place_key).limit(most).offset(skip)
    )  # fmt: skip
    return [
        ControlPlace(key=row.place_key, name=row.name, id=row.id, country=row.country, spells=row.spells, incidents=row.incidents)
        for row in connection.execute(query)
    ]  # fmt: skip


def count_control(connection: Connection, asked: Asked) -> tuple[int, int]:
    """How many places have a spell that fits, and how many spells that is."""
    query = select(func.count(func.distinct(_S.place_key)), func.count()).where(*where(asked))
    places, spells = connection.execute(query).one()
    return places, spells


def spell_rows(connection: Connection, asked: Asked) -> Iterator[SpellRow]:
    """The spells that fit, by place and in the order of time."""
    query = select(*_LIGHT).where(*where(asked)).order_by(_S.place_key, _S.number)
    return (_row(row) for row in connection.execute(query))


def spell_objects(connection: Connection, asked: Asked) -> Iterator[dict[str, Any]]:
    """The same as whole objects (CODEBOOK section 9)."""
    query = select(_S.data).where(*where(asked)).order_by(_S.place_key, _S.number)
    return (json.loads(data) for data in connection.scalars(query.execution_options(yield_per=_AT_ONCE)))


def spells_at(
    connection: Connection, keys: Sequence[str]
) -> dict[str, list[tuple[SpellRow, dict[str, Any]]]]:
    """All spells of some places in the order of time, each with its whole object."""
    found: dict[str, list[tuple[SpellRow, dict[str, Any]]]] = {key: [] for key in keys}
    query: Select[Any] = select(*_LIGHT, _S.data).where(_S.place_key.in_(keys))
    for row in connection.execute(query.order_by(_S.place_key, _S.number)):
        found[row.place_key].append((_row(row), json.loads(row.data)))
    return found


def spell_object(connection: Connection, identity: str) -> dict[str, Any] | None:
    """One spell as a whole object, or None."""
    data = connection.scalar(select(_S.data).where(_S.id == identity))
    return json.loads(data) if data else None


def key_of_spell(connection: Connection, identity: str) -> str | None:
    """The place's key of a spell, or None where there is no such spell."""
    return connection.scalar(select(_S.place_key).where(_S.id == identity))


def told_days(connection: Connection, incidents: Sequence[str]) -> dict[str, str]:
    """The last day that each incident may have been on, where it is known."""
    found: dict[str, str] = {}
    for some in batches(incidents):
        query = select(_L.id, _L.first, _L.last).where(_L.id.in_(some))
        for row in connection.execute(query):
            number = row.first if row.last is None else row.last
            if number is not None:
                found[row.id] = day_of(number) or ""
    return found


def names_told(connection: Connection) -> list[tuple[str, str, str | None, str | None]]:
    """Of each place with spells its key, name, id and country."""
    query = select(_S.place_key, func.max(_S.place), func.max(_S.place_id), func.max(_S.country))
    return [tuple(row) for row in connection.execute(query.group_by(_S.place_key))]


def holders_told(connection: Connection) -> dict[str, int]:
    """By label how many spells somebody is said to hold, or to have held last."""
    query = select(_S.holder, func.count()).where(_S.holder.is_not(None)).group_by(_S.holder)
    return {row[0]: row[1] for row in connection.execute(query.order_by(func.count().desc(), _S.holder))}


def beginnings(connection: Connection, asked: Asked) -> list[str]:
    """The first days of the spells that fit, sorted."""
    return list(connection.scalars(select(_S.first_day).where(*where(asked)).order_by(_S.first_day)))


def latest_day(connection: Connection) -> str | None:
    """The last day of which an article is stored, or on which a spell begins, whichever is later."""
    days = [
        connection.scalar(select(func.max(tables.articles.c.day))),
        connection.scalar(select(func.max(_S.first_day))),
    ]
    return max((day for day in days if day), default=None)


def on_two_days(
    connection: Connection, asked: Asked, other: str
) -> dict[str, tuple[SpellRow | None, SpellRow | None]]:
    """By key of place the spell on the day of ``asked.on`` and that on another day, each None where nothing is told; the rest of ``asked`` need fit one of them only."""
    first, second = (
        {
            row.key: row
            for row in spell_rows(connection, Asked(keys=asked.keys, country=asked.country, on=day))
        }
        for day in (asked.on, other)
    )
    pairs = {key: (first.get(key), second.get(key)) for key in sorted(first.keys() | second.keys())}
    return {key: pair for key, pair in pairs.items() if any(row and _fits(row, asked) for row in pair)}


def _fits(row: SpellRow, asked: Asked) -> bool:
    held = not asked.holder or row.holder in asked.holder or row.claimant in asked.holder
    return held and (not asked.state or row.state in asked.state)


def _row(row: Any) -> SpellRow:  # noqa: ANN401 (a row of the light columns, with more or without)
    return SpellRow(
        id=row.id, key=row.place_key, number=row.number, place_id=row.place_id, place=row.place, country=row.country,
        lat=row.lat, lon=row.lon, first_day=row.first_day, last_day=row.last_day, state=row.state, holder=row.holder, claimant=row.claimant,
    )  # fmt: skip
