"""Rows of the map's list and cards, its filters as chips and hidden fields, and spells as the browser gets them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from marsad.codebook import load_codebook
from marsad.grounding.gazetteer import kilometres
from marsad.model.place import REACH
from marsad.store.reads import ClaimRow, IncidentRow
from marsad.store.reads.described import claims_described, incidents_described
from marsad.store.reads.mapped import Held
from marsad.web.views.map_picture import Bubble
from marsad.web.views.mapping import Asked, Control
from marsad.web.views.titles import Gist, title_of
from marsad.web.visit import Visit, made_address

_NEAR = 250.0
"""Kilometres from the middle of a cell within which the place that it is named after lies."""
_FORM = ("layer", "since", "until", "status", "event", "words")
"""Fields that the map's form has itself."""
_UNSEEN = ("layer", "day", "span", "z", "lat", "lon", "box", "since", "until", "status")
"""Names that stand on the map itself, so that no chip tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An incident or claim as the map's lists show it."""

    address: str
    title: str
    status: str | None
    first: str | None
    last: str | None
    place: str
    precision: str | None
    lat: float | None
    lon: float | None
    claims: int
    outlet: str
    id: str


def titled(visit: Visit, rows: Iterable[IncidentRow | ClaimRow]) -> list[Row]:
    """Rows with titles in the visit's language."""
    return [_row(visit, row) for row in rows]


def _row(visit: Visit, row: IncidentRow | ClaimRow) -> Row:
    events = row.events if isinstance(row, IncidentRow) else (row.event,)
    place = place_name(visit, row.place_id, row.place)
    if isinstance(row, IncidentRow):
        address, claims, outlet = f"/incidents/{row.id}", row.claims, ""
    else:
        address, claims, outlet = f"/incidents/{row.incident}" if row.incident else f"/articles/{row.article}", 1, row.outlet or ""  # fmt: skip
    return Row(
        address=visit.address(address), title=title_of(Gist(events=events, place=place), visit.words), status=row.status,
        first=row.first_day, last=row.last_day, place=place, precision=row.precision, lat=row.lat, lon=row.lon,
        claims=claims, outlet=outlet, id=row.id,
    )  # fmt: skip


def place_name(visit: Visit, identity: str | None, written: str | None) -> str:
    """A place's name in the visit's language, or as it was written."""
    place = visit.workspace.names.place(identity)
    name = (place.ar if visit.lang == "ar" else place.name) if place else ""
    return name or written or ""


def spot_name(visit: Visit, spot: Bubble) -> str:
    """The name of a bubble's place in the visit's language: of the places that are called so the nearest, where one is near."""
    if visit.lang != "ar":
        return spot.place
    called = [place for place in visit.workspace.names.places(spot.place) if place.ar]
    here = (spot.lat, spot.lon)
    near = min(called, key=lambda place: kilometres(here, (place.lat, place.lon)), default=None)
    return near.ar if near and kilometres(here, (near.lat, near.lon)) < _NEAR else spot.place


def card_rows(connection: Connection, kind: str, serials: Sequence[int]) -> list[IncidentRow | ClaimRow]:
    """Incidents or claims by the numbers that points carry."""
    described = claims_described if kind == "claims" else incidents_described
    return list(described(connection, serials))


def chips(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    """The filters that hold and do not stand on the map itself: what each says, and the address without it."""
    found = []
    for name, value in asked.filters.pairs():
        if name in _UNSEEN:
            continue
        rest = [given for other, given in asked.filters.pairs() if other == name and given != value]
        found.append((_said(visit, name, value), made_address(visit.path, visit.query, {name: rest or None})))
    return found


def _said(visit: Visit, name: str, value: str) -> str:
    if name in ("event", "status", "precision", "review", "polarity", "modality", "stance"):
        return visit.words.label(name, value)
    if name == "place":
        return place_name(visit, value, value)
    if name == "country":
        return place_name(visit, value, value) if value != "none" else visit.words("unknown")
    return visit.label(value) or value


def hidden(visit: Visit) -> list[tuple[str, str]]:
    """What the form carries along: the filters that it has no field for, and what the map shows."""
    return [pair for pair in visit.query if pair[0] not in (*_FORM, "day", "box", "after")]


def families(visit: Visit) -> list[tuple[str, str]]:
    """Families of events with their labels, for the form."""
    return [(family, visit.words.label("event", family)) for family in load_codebook().families]


def precisions(visit: Visit) -> dict[str, tuple[str, int]]:
    """What people call each precision, and the radius of its ring in km; a point that is exact needs none."""
    return {
        name: (visit.words.label("precision", name), 0 if name == "exact" else round(km))
        for name, km in REACH.items()
    }


def spell(visit: Visit, one: Held) -> list[Any]:
    """A spell as the browser gets it: id, place's key and name, lon, lat, first day, last day, state, keys of holder and claimant."""
    name = place_name(visit, one.place_id, one.place)
    parties = [party.key if party else None for party in (one.holder, one.claimant)]
    return [one.id, one.place_key, name, one.lon, one.lat, one.first, one.last, one.state, *parties]


def standing(visit: Visit, found: Control) -> list[dict[str, Any]]:
    """The list of who holds what on a day: a row a place."""
    return [
        {
            "spell": one,
            "place": place_name(visit, one.place_id, one.place),
            "holder": found.shades[one.holder.key] if one.holder else None,
            "claimant": found.shades[one.claimant.key] if one.claimant else None,
            "lon": one.lon,
            "lat": one.lat,
        }
        for one in found.standing
    ]
