"""What ``/places`` shows: places told about, what the gazetteer knows of one, and names of places that were not found for sure."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.grounding.place_keys import place_key
from marsad.model.place import Place
from marsad.store.reads import Filters, histogram
from marsad.store.reads.control import Asked, control_places, latest_day, spells_at, told_days
from marsad.store.reads.control import beginnings as spell_beginnings
from marsad.store.reads.known import Doubt, PlaceSum, doubts, key_of_place, outlets_of_place, place_sums
from marsad.web.kept import Shown
from marsad.web.views.bars import Bars, bars
from marsad.web.views.control import holder_name
from marsad.web.views.lanes import Chart, Sight, chart, window_of
from marsad.web.views.locator import Locator, locator
from marsad.web.visit import NotFound, Visit

ROWS = 100
WHYS = ("unknown", "narrow", "unresolved", "around")
_NEAR = 200
_MOST_STEPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePage:
    """A place's page.

    Attributes:
        place: The gazetteer's row, or None where the gazetteer knows it no more.
        told: How much is told of it, or None where nothing is.
        parents: What it lies in, the nearest first.
        map: A small map, or None where there is no point.
        bars: Incidents by day.
        lane: Who is said to have held it, or None where nothing is told.
        key: Its key on ``/control``.
        outlets: Who tells of it, with the number of claims.
    """

    place: Place | None
    told: PlaceSum | None
    parents: tuple[Place, ...]
    map: Locator | None
    bars: Bars
    lane: Chart | None
    key: str
    outlets: list[tuple[str, int]]


def sums(visit: Shown, connection: Connection) -> list[PlaceSum]:
    """All places that are told about."""
    return visit.workspace.kept.get(connection, "places", place_sums)


def all_doubts(visit: Shown, connection: Connection) -> list[Doubt]:
    """All names that were not found for sure."""
    return visit.workspace.kept.get(connection, "places.doubts", doubts)


def places_asked(visit: Visit, connection: Connection) -> list[PlaceSum]:
    """The places that an address asks for, those with most claims first; ``sort=name`` by name.

    Raises:
        InputError: there is no such order.
    """
    countries = {value for name, value in visit.query if name == "country"}
    precisions = {value for name, value in visit.query if name == "precision"}
    found = [
        one for one in sums(visit, connection)
        if (not countries or one.country in countries) and (not precisions or one.precision in precisions)
    ]  # fmt: skip
    if written := visit.asked("q"):
        near = {place.id for place in visit.workspace.names.places(written, _NEAR)}
        key = place_key(written)
        found = [
            one
            for one in found
            if one.id in near or one.id == written or (key and key in place_key(one.name))
        ]
    sort = visit.asked("sort", "claims")
    if sort == "name":
        found.sort(key=lambda one: (place_key(one.name), one.id))
    elif sort == "incidents":
        found.sort(key=lambda one: (-one.incidents, one.id))
    elif sort != "claims":
        raise InputError(f"sort={sort} is none of claims, incidents, name")
    return found


def page_of(visit: Visit, connection: Connection, identity: str) -> PlacePage:
    """A place's page.

    Raises:
        NotFound: the gazetteer does not know it, and nothing is told of it.
    """
    place = visit.workspace.names.place(identity)
    told = next((one for one in sums(visit, connection) if one.id == identity), None)
    key = key_of_place(connection, identity) or ""
    if place is None and told is None and not key:
        raise NotFound(f"there is no place {identity} in the gazetteer, and nothing is told of one")
    lat, lon, precision = (place.lat, place.lon, place.precision) if place else (told.lat, told.lon, told.precision) if told else (None, None, None)  # fmt: skip
    return PlacePage(
        place=place, told=told, parents=tuple(parents_of(visit, place)), map=locator(lat, lon, precision),
        bars=bars(histogram(connection, Filters(place=identity), "incidents", 120)),
        lane=_lane(visit, connection, key) if key else None, key=key, outlets=outlets_of_place(connection, identity),
    )  # fmt: skip


def parents_of(visit: Visit, place: Place | None) -> list[Place]:
    """What a place lies in, the nearest first."""
    found: list[Place] = []
    seen = {place.id} if place else set()
    while place is not None and len(found) < _MOST_STEPS:
        above = next(
            (one for one in (place.parent, place.admin, place.country) if one and one not in seen), ""
        )
        place = visit.workspace.names.place(above)
        if place is not None:
            seen.add(place.id)
            found.append(place)
    return found


def _lane(visit: Visit, connection: Connection, key: str) -> Chart:
    asked = Asked(keys=(key,))
    spells = spells_at(connection, [key])
    told = told_days(connection, sorted({one for _, whole in spells[key] for one in whole["incidents"]}))
    window = window_of(spell_beginnings(connection, asked), latest_day(connection), None, None)
    sight = Sight(window=window, told=told, label=lambda identity, label: holder_name(visit, identity, label))
    return chart(control_places(connection, asked, 1), spells, sight)
