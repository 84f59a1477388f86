"""Putting a claim's place on the map: itself where it is known, else the smallest place around it that is, with a precision that says so.

"بلدة أرزة" has its own point (exact); "حي الفردوس" that is in no file has its town's (town); a village that nobody knows in "ريف إدلب" has the
governorate's (governorate). "المسجد" lies where the article is. What is around a place: `surroundings`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from marsad.grounding.place_lookup import Lookup, capitals
from marsad.grounding.places import Choice, Chooser
from marsad.grounding.scene import Scene, Seen
from marsad.grounding.surroundings import TOWNLIKE, Surroundings, is_plural
from marsad.grounding.tables import SETTLED
from marsad.model import Place, PlaceRef
from marsad.model.claim import Origin
from marsad.model.place import PlacePrecision

_IN_TOWN = frozenset(("site", "square", "quarter", "quarters", "road", "airport", "port", "base", "crossing"))
"""Sorts of places that are taken to lie in the town that is named around them; a hill or a village lies near it."""
_PRECISION: dict[str, PlacePrecision] = {"country": "country", "governorate": "governorate", "sea": "country"}


@dataclass(frozen=True, slots=True)
class Located:
    """A claim's place with what it was grounded to, and how that was found."""

    ref: PlaceRef
    origin: Origin


class Locator:
    """The places of one article's claims."""

    def __init__(self, scene: Scene, lookup: Lookup) -> None:
        self.scene = scene
        self.lookup = lookup
        self.chooser = Chooser(scene, lookup)
        self.surroundings = Surroundings(scene, self.chooser)
        self._at = {(one.first): one for one in reversed(scene.seen)}
        self._known: dict[int, Located] = {}

    def locate(self, ref: PlaceRef) -> Located:
        """A place as written with what it stands for; as it was where nothing can be said."""
        token = self.scene.token_of(ref.span)
        found = self._known.get(token)
        if found is None:
            one = self._at.get(token) or self.scene.seen_at(ref.span, self.lookup)
            found = self._known[token] = self._locate(ref, one)
        return Located(replace(found.ref, text=ref.text, span=ref.span), found.origin)

    def _locate(self, ref: PlaceRef, one: Seen) -> Located:
        if one.named.generic and one.named.sort == "capital" and (capital := self._capital(one)):
            return Located(_filled(ref, capital, "exact"), _origin("the capital"))
        if one.named.generic and (full := self.surroundings.named_before(one)):
            one = full
        choice = self.chooser.choose(one)
        if choice.place is not None:
            precision = _precision(one, choice.place)
            return Located(_filled(ref, choice.place, precision), _explained(choice, one))
        around = self.surroundings.of(one)
        if around is None:
            return Located(ref, _origin(f"unresolved: {choice.reason}", _names(choice)))
        reason = f"what is around it: {around.name}" + ("" if one.named.generic else f" ({choice.reason})")
        return Located(_filled(ref, around, _outer_precision(one, around)), _origin(reason, _names(choice)))

    def _capital(self, one: Seen) -> Place | None:
        """The capital named right behind the bare noun ("العاصمة كيغالي"), else that of the country that the article is about."""
        tokens = self.scene.reading.tokens[one.last : one.last + 1]
        named = self.lookup.find([token.form for token in tokens]) if tokens else None
        told = [p for p in named.places if p.kind in SETTLED] if named and not named.generic else []
        for place in told:
            if place in capitals(self.lookup.gazetteer, place.country):
                return place
        return next(iter(capitals(self.lookup.gazetteer, self.scene.main_country())), None)


def _precision(one: Seen, place: Place) -> PlacePrecision:
    """To what a claim is known whose place was found under its own name, or (around) under that of what it lies in."""
    if not one.named.around:
        if one.named.sort in ("governorate", "unit") and place.kind in SETTLED:
            return "governorate" if one.named.sort == "governorate" else "district"
        return place.precision
    return _outer_precision(one, place)


def _outer_precision(one: Seen, place: Place) -> PlacePrecision:
    """To what a claim is known whose place lies in or by a known one."""
    if place.kind in TOWNLIKE:
        sort = one.named.sort
        if sort == "countryside" or sort == "governorate":
            return "district" if sort == "countryside" else "governorate"
        return "town" if sort in _IN_TOWN or (one.named.generic and not is_plural(one)) else "district"
    if place.kind in _PRECISION:
        return _PRECISION[place.kind]
    return "district" if place.precision in ("exact", "town", "district") else place.precision


def _filled(ref: PlaceRef, place: Place, precision: PlacePrecision) -> PlaceRef:
    return replace(
        ref,
        name=place.name,
        id=place.id,
        lat=round(place.lat, 4),
        lon=round(place.lon, 4),
        precision=precision,
        country=place.country or None,
    )


def _explained(choice: Choice, one: Seen) -> Origin:
    best = choice.scored[0]
    terms = ", ".join(f"{term.name} {term.value:+.2f}" for term in best.terms if abs(term.value) >= 0.005)
    head = "what it lies in" if one.named.around else "gazetteer"
    return _origin(f"{head}: {choice.reason} ({terms})", _names(choice))


def _names(choice: Choice) -> str:
    return "; ".join(f"{one.place.name} {one.place.id} {one.score:.2f}" for one in choice.scored[:4])


def _origin(rule: str, words: str = "") -> Origin:
    return Origin(part="map", rule=rule, words=words)
