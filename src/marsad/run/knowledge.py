"""What the registers know, as reconciling asks for it: one adapter between the rooms of grounding and of incidents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from marsad.arabic.folded import fold_word
from marsad.grounding import Gazetteer, Register, nation_of, state_id
from marsad.model import Label, Outlet, PlaceRef
from marsad.model.actor import on_day
from marsad.model.incident import Spot
from marsad.model.place import REACH, PlacePrecision

_MOST_STEPS = 8
_MOST_SPOTS = 200_000


class Knowledge:
    """The register and the gazetteer of this process; answers are kept, since few names fill most of an archive."""

    def __init__(self, register: Register, gazetteer: Gazetteer) -> None:
        self._register, self._gazetteer = register, gazetteer
        self.authority = lru_cache(maxsize=100_000)(self._authority)
        self.side = lru_cache(maxsize=100_000)(self._side)
        self.outlet = lru_cache(maxsize=20_000)(self._outlet)
        self.state_of = lru_cache(maxsize=20_000)(self._state_of)
        self._spots: dict[object, Spot] = {}
        self._located = lru_cache(maxsize=100_000)(self._locate)

    def _authority(self, identity: str, day: date | None) -> tuple[str, ...]:
        chain = [identity]
        actor = self._register.actor(identity)
        while actor is not None and len(chain) < _MOST_STEPS:
            office = on_day(actor.offices, day)
            above = office.of if office else actor.parent
            if not above or above in chain:
                break
            chain.append(above)
            actor = self._register.actor(above)
        if actor is None and len(chain) == 1 and (outlet := self._register.outlet(identity)):
            return (f"outlet:{outlet.id}", *(self._authority(outlet.owner, day) if outlet.owner else ()))
        return tuple(chain)

    def _side(self, identity: str, day: date | None) -> str:
        actor = self._register.actor(identity)
        return self._register.side(actor, day) if actor else ""

    def label(self, identity: str) -> Label | None:
        """Our neutral label of an actor or outlet."""
        actor = self._register.actor(identity)
        return actor.label if actor else self._register.outlet_label(identity.removeprefix("outlet:"))

    def _outlet(self, name: str) -> Outlet | None:
        return self._register.outlet(name)

    def _state_of(self, words: tuple[str, ...], day: date | None) -> str:
        land = next((found for word in words if (found := nation_of(word))), "")
        return state_id(land, self._register, day) if land else ""

    def governs(self, identity: str, country: str) -> bool:
        """Whether an actor is a state or government of a country."""
        actor = self._register.actor(identity)
        return actor is not None and actor.country == country and actor.kind in ("state", "government")

    def country(self, identity: str) -> str:
        """The country of an actor, or ""."""
        actor = self._register.actor(identity)
        return actor.country if actor else ""

    def spot(self, place: PlaceRef) -> Spot:
        """A grounded place with its governorate and how far it reaches."""
        # Where it stands in the article plays no part, so places are alike by all but their spans.
        key = (place.text, place.id, place.name, place.lat, place.lon, place.precision, place.country)
        found = self._spots.get(key)
        if found is None:
            if len(self._spots) >= _MOST_SPOTS:
                self._spots.clear()
            found = self._spots[key] = self._spot(place)
        return found

    def _spot(self, place: PlaceRef) -> Spot:
        spot, names = self._located(place.id or "", place.precision)
        bare = bool(names) and fold_word(place.text).removeprefix("ب").removeprefix("في ") in names
        name = place.name or place.text
        return replace(spot, name=name, lat=place.lat, lon=place.lon, country=place.country or "", loose=bare)

    def _locate(self, identity: str, precision: PlacePrecision | None) -> tuple[Spot, frozenset[str]]:
        """A place by id with its governorate and reach, and the folded names that it shares with that governorate."""
        known = self._gazetteer.place(identity) if identity else None
        above = self._gazetteer.place(known.admin) if known and known.admin != identity else None
        radius = REACH.get(precision or "", 0.0)
        if known is not None and precision != "town":
            radius = max(known.radius, 1.0)
        admin = known.admin if known else ""
        shared = known is not None and above is not None and known.ar == above.ar
        names = frozenset((fold_word(known.ar),)) if known and shared else frozenset()
        return Spot(identity, "", precision=precision, radius=round(radius, 1), admin=admin), names
