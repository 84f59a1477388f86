"""What the map's page shows beside the points themselves: which layer and days are asked for, how many that is, and the list of what is in view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.store.reads import (
    NONE,
    Cell,
    ClaimRow,
    Filters,
    IncidentRow,
    Kind,
    Order,
    claims_page,
    facets,
    filters_from,
    incidents_page,
)
from marsad.store.reads.mapped import Held, held_spells, last_control_day
from marsad.web.views import map_picture
from marsad.web.views.bars import STATUSES
from marsad.web.views.holders import Shade, shades
from marsad.web.views.map_picture import Extent, Picture
from marsad.web.visit import Visit

LAYERS = ("incidents", "claims", "control")
LISTED = 12
"""Rows of the list beside the map."""
TERRITORY = "territory"
"""The family of events that control is made of: what the timeline shows under that layer."""
PRECISIONS = ("exact", "town", "district", "governorate", "country")
"""Of what lies on the map."""
CELL = 0.25
"""Degrees of the cells that the drawing is made of, at the finest."""
_OWN = ("layer", "day", "span", "z", "lat", "lon")
"""Names in the address that are the map's own, and no filters."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address of the map asks for.

    Attributes:
        layer: ``incidents``, ``claims`` or ``control``.
        filters: All of its filters.
        day: The one day that is shown, or None.
        span: The first and last day of the timeline's axis, or None for where most lies.
        view: What the map shows (from ``box``, or ``lat``, ``lon`` and ``z``), or None for where most lies.
    """

    layer: str
    filters: Filters
    day: str | None
    span: tuple[str, str] | None
    view: Extent | None

    @property
    def kind(self) -> Kind:
        """What the points and bars count."""
        return "claims" if self.layer == "claims" else "incidents"

    @property
    def base(self) -> Filters:
        """The filters without days and place in view, which the browser narrows by itself."""
        bare = replace(self.filters, since=None, until=None, box=None)
        return replace(bare, event=(TERRITORY,)) if self.layer == "control" and not bare.event else bare

    @property
    def scope(self) -> Filters:
        """The filters with the days that are shown, without the place in view."""
        since, until = (self.day, self.day) if self.day else (self.filters.since, self.filters.until)
        return replace(self.base, since=since, until=until)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is narrowed: what most people open first, and what is kept until the store changes."""
        return not self.scope.used and self.span is None

    @property
    def seen(self) -> Filters:
        """The same with the place in view."""
        return replace(self.scope, box=self.filters.box)


def asked(visit: Visit) -> Asked:
    """What an address of the map asks for.

    Raises:
        InputError: a value of it cannot be.
    """
    layer = visit.asked("layer", LAYERS[0])
    if layer not in LAYERS:
        raise InputError(f"layer={layer[:40]} is none of {', '.join(LAYERS)}")
    filters = filters_from(pair for pair in visit.query if pair[0] not in _OWN)
    span = visit.asked("span").split(",") if visit.asked("span") else []
    if span and (len(span) != 2 or span[0] > span[1]):
        raise InputError(f"span={','.join(span)[:60]} is not two days such as 2024-11-01,2024-12-31")
    return Asked(
        layer=layer,
        filters=filters,
        day=_day("day", visit.asked("day")) if visit.asked("day") else None,
        span=(_day("span", span[0]), _day("span", span[1])) if span else None,
        view=filters.box if filters.box and filters.box[0] < filters.box[2] else _centred(visit),
    )


def _day(name: str, value: str) -> str:
    try:
        return date.fromisoformat(value if _DAY.fullmatch(value) else "").isoformat()
    except ValueError:
        raise InputError(f"{name}={value[:40]} is no day such as 2024-12-06") from None


def _centred(visit: Visit) -> Extent | None:
    values = [visit.asked(name) for name in ("lon", "lat", "z")]
    if not all(values):
        return None
    try:
        lon, lat, zoom = map(float, values)
    except ValueError:
        lon, lat, zoom = 999.0, 0.0, 0.0
    if not (-180 <= lon <= 180 and -90 <= lat <= 90 and 0 <= zoom <= 24):
        raise InputError("lon, lat and z are not a point of the globe and a zoom from 0 to 24")
    return map_picture.around(lon, lat, zoom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many there are: in all, with no place on the map, and of those on the map by status (with the status filter left aside)."""

    total: int
    unplaced: int
    statuses: tuple[tuple[str, int], ...]


def tally(connection: Connection, asked: Asked) -> Tally:
    """The counts in the title and the legend."""
    wanted = asked.scope.precision
    precisions = _counts(connection, asked.scope, "precision", asked.kind)
    on_map = replace(asked.scope, precision=tuple(one for one in wanted or PRECISIONS if one != NONE))
    statuses = _counts(connection, on_map, "status", asked.kind) if on_map.precision else {}
    return Tally(
        total=sum(number for one, number in precisions.items() if not wanted or one in wanted),
        unplaced=precisions.get(NONE, 0) if not wanted or NONE in wanted else 0,
        statuses=tuple((one, statuses.get(one, 0)) for one in STATUSES),
    )


def _counts(connection: Connection, filters: Filters, name: str, kind: Kind) -> dict[str, int]:
    return {one.value: one.count for one in facets(connection, filters, (name,), kind)[name]}


@dataclass(frozen=True, slots=True, kw_only=True)
class InView:
    """The list beside the map: how many are in view, and the first of them."""

    total: int
    incidents: tuple[IncidentRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()


def in_view(connection: Connection, asked: Asked) -> InView:
    """What is in view: of incidents those that are told most, of claims the newest."""
    if asked.layer == "claims":
        claims = claims_page(connection, asked.seen, Order(sort="newest", most=LISTED))
        return InView(total=claims.total, claims=claims.rows)
    incidents = incidents_page(connection, asked.seen, Order(sort="claims", most=LISTED))
    return InView(total=incidents.total, incidents=incidents.rows)


def picture(cells: list[Cell], asked: Asked) -> Picture:
    """The drawing of cells of `CELL` degrees, where no map is drawn by the browser."""
    extent = asked.view or map_picture.extent_of(cells)
    if asked.layer == "control":
        return map_picture.draw(extent, [], CELL)
    size = map_picture.cell_size(extent)
    return map_picture.draw(
        extent, map_picture.coarser(cells, size) if size > CELL else cells, max(size, CELL)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How many places somebody is said to hold on a day, and how many of these are contested."""

    shade: Shade
    held: int
    contested: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """The layer of control: all spells, those of one day, how each holder looks, and the legend of that day, most places first."""

    day: str | None
    spells: tuple[Held, ...]
    standing: tuple[Held, ...]
    shades: Mapping[str, Shade]
    legend: tuple[Holding, ...]


def control(visit: Visit, connection: Connection, asked: Asked) -> Control:
    """Who is said to hold what on the day that is asked for, else on the last that is told of, in the box that is asked for."""
    day = asked.day or last_control_day(connection)
    spells = held_spells(connection)
    labels = {
        party.key: visit.label(party.id) or party.label
        for one in spells
        for party in (one.holder, one.claimant)
        if party
    }
    looks = shades((party.key for one in spells for party in (one.holder, one.claimant) if party), labels)
    standing = [one for one in spells if day and one.covers(day) and _is_in(one, asked.filters.box)]
    return Control(
        day=day,
        spells=tuple(spells),
        standing=tuple(standing),
        shades=looks,
        legend=tuple(_legend(standing, looks)),
    )


def _is_in(spell: Held, box: Extent | None) -> bool:
    return box is None or (box[0] <= spell.lon <= box[2] and box[1] <= spell.lat <= box[3])


def _legend(standing: Iterable[Held], looks: Mapping[str, Shade]) -> list[Holding]:
    held: dict[str, list[int]] = {}
    for spell in standing:
        if spell.holder:
            held.setdefault(spell.holder.key, [0, 0])[spell.state == "contested"] += 1
    found = [
        Holding(shade=looks[key], held=firm + open_, contested=open_) for key, (firm, open_) in held.items()
    ]
    return sorted(found, key=lambda one: (-one.held, one.shade.key))
