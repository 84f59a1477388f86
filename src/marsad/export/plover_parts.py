"""The objects that a PLOVER event holds: entities, places and sizes.

What the register and the gazetteer know is looked up once for each id and kept; both are bounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from marsad.export.base import Json, Making
from marsad.export.coders_words import is_named_force, kind_of
from marsad.export.countries import country_of
from marsad.export.plover_codes import home_of, sector_of
from marsad.export.points import point_of
from marsad.model.actor import Actor, Membership, on_day

_SIZES: Mapping[str, str] = {"killed": "dead", "wounded": "injured", "held": "arrested"}
_RESOLUTION: Mapping[str, int] = {"exact": 5, "town": 4, "district": 3, "governorate": 2, "country": 1}
_TOWNS = frozenset({"city", "town", "village", "settlement"})
_SECTORS: Mapping[str, str] = {"civilians": "CVL", "fighters": "UAF", "regulars": "UAF"}
Row = Mapping[str, Any]


class Who:
    """Entity objects of actors, by what the register says of them."""

    def __init__(self, making: Making) -> None:
        self._making = making
        self._actors: dict[str, Actor | None] = {}
        self._made: dict[tuple[str, int], Json] = {}

    def entity(self, row: Row, when: str | None) -> Json:
        """An actor of a claim: its words with the sector that they tell, and for one of the register its country (ISO alpha-3), sector, id and label, with the office held that day."""
        identity = row.get("id")
        actor = self._actor(identity) if identity else None
        if actor is None:
            return {"sector": _told_sector(row["text"] or ""), "entity_text": row["text"]}
        held = on_day(actor.offices, date.fromisoformat(when) if when else None) if actor.offices else None
        key = (actor.id, actor.offices.index(held) if held else -1)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._of(actor, held)
        return {**found, "entity_text": row["text"]}

    def _actor(self, identity: str) -> Actor | None:
        if identity not in self._actors:
            self._actors[identity] = self._making.names.actor(identity)
        return self._actors[identity]

    def _of(self, actor: Actor, held: Membership | None) -> Json:
        # Who holds no office that day but belongs to a body has that body's sector.
        above = held.of if held else actor.parent if actor.kind == "person" else ""
        body = self._actor(above) if above else None
        code = country_of(home_of(body or actor))
        title = held.title if held else None
        return {
            **({"code": code.iso3} if code else {}),
            "sector": sector_of(actor, body),
            "identifier_id": actor.id,
            "identifier_text": self._making.said(actor.label),
            **({"office": self._making.said(title)} if title else {}),
        }


def _told_sector(text: str) -> str:
    """The sector of somebody who is not in the register, where the words alone say it: civilians, or armed people of no named body."""
    return "UNK" if is_named_force(text) else _SECTORS.get(kind_of(text), "UNK")


class Places:
    """Location objects."""

    def __init__(self, making: Making) -> None:
        self._making = making
        self._known: dict[str, Json] = {}

    def location(self, place: Row | None) -> Json | None:
        """A claim's place with the manual's fields; None where none is told.

        ``lat`` and ``lon`` are rounded to what is known; ``resolution`` says how far that is, from 5 (within a town) to 1 (a country).
        """
        if not place:
            return None
        point = point_of(place)
        made: Json = {"extracted_place": place.get("text"), "resolved_place": place.get("name")}
        if point is not None:
            made |= {"lat": point[0], "lon": point[1]}
        return made | self._around(place)

    def _around(self, place: Row) -> Json:
        key = f"{place.get('id')}/{place.get('precision')}/{place.get('country')}"
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._levels(place)
        return found

    def _levels(self, place: Row) -> Json:
        names = self._making.names
        row, precision = names.place(place.get("id")), place.get("precision")
        nation = names.place(place.get("country"))
        made: Json = {"country": nation.name if nation else None, "country_code": place.get("country")}
        identity = str(place.get("id") or "")
        if identity.startswith("geonames:"):
            made["geonameid"] = int(identity.removeprefix("geonames:"))
        level = _RESOLUTION.get(precision or "")
        if row is not None:
            town = row.kind in _TOWNS
            level = 4 if town and level == _RESOLUTION["exact"] else level
            admin = names.place(row.admin)
            parent = names.place(row.parent)
            made["city"] = row.name if town else parent.name if parent and parent.kind in _TOWNS else None
            made["district"] = next(
                (one.name for one in (row, parent) if one and one.kind == "district"), None
            )
            made["province"] = admin.name if admin else None
        return made | {"resolution": level, "precision": precision}


def size_of(counts: Sequence[Row]) -> Json:
    """How many: ``size`` has the lowest number told of each kind, ``size_range`` both ends; of two counts of one kind the larger, for the other is a part of it."""
    best: dict[str, Row] = {}
    for row in counts:
        old = best.get(row["kind"])
        if old is None or _most(row) > _most(old):
            best[row["kind"]] = row
    if not best:
        return {}
    ranges = {
        _SIZES.get(kind, kind): {"min": row["min"], "max": row["max"], "approx": bool(row.get("approx"))}
        for kind, row in sorted(best.items())
    }
    told = _SIZES.values()
    lowest = {name: one["min"] for name, one in ranges.items() if name in told and one["min"] is not None}
    return {**({"size": lowest} if lowest else {}), "size_range": ranges}


def _most(row: Row) -> int:
    return int(row["max"] or row["min"] or 0)
