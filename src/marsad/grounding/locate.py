"""Putting a claim's place on the map: itself where it is known, else the smallest place around it that is, with a precision that says so.

"بلدة أرزة" has its own point (exact); "حي الفردوس" that is in no file has its town's (town); a village that nobody knows in "ريف إدلب" has the
governorate's (governorate). "المسجد" lies where the article is. What is around a place is looked for behind it, in its sentence, in the sentences
before it, then at the head of the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from marsad.grounding.place_keys import bare
from marsad.grounding.place_lookup import Lookup, capitals
from marsad.grounding.places import Choice, Chooser, is_wide
from marsad.grounding.scene import Scene, Seen
from marsad.grounding.tables import AREAS, SETTLED
from marsad.model import Place, PlaceRef
from marsad.model.claim import Origin
from marsad.model.place import PlacePrecision

_LOOK_BACK, _ABOUT = 4, 0.3
_TOWNLIKE = SETTLED | {"camp", "quarter"}
_IN_TOWN = frozenset(("site", "square", "quarter", "road", "airport", "port", "base", "crossing"))
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
        if one.named.generic and one.named.sort == "capital" and (capital := self._capital()):
            return Located(
                _filled(ref, capital, "exact"),
                _origin("the capital of the country that the article is about"),
            )
        if one.named.generic and (full := self._named_before(one)):
            one = full
        choice = self.chooser.choose(one)
        if choice.place is not None:
            precision = _precision(one, choice.place)
            return Located(_filled(ref, choice.place, precision), _explained(choice, one))
        around = self._around(one)
        if around is None:
            return Located(ref, _origin(f"unresolved: {choice.reason}", _names(choice)))
        reason = f"what is around it: {around.name}" + ("" if one.named.generic else f" ({choice.reason})")
        return Located(_filled(ref, around, _outer_precision(one, around)), _origin(reason, _names(choice)))

    def _capital(self) -> Place | None:
        return next(iter(capitals(self.lookup.gazetteer, self.scene.main_country())), None)

    def _around(self, one: Seen) -> Place | None:
        """The smallest known place that the article puts around another: of the country that it is about before any other's, and a
        country only where it names nothing smaller."""
        shared = _shared_unit(self.chooser.choose(one))
        main, widest, foreign = self.scene.main_country(), None, None
        for place, here in self._known_around(one):
            if shared not in (None, place.admin, place.country):
                continue
            if place.kind == "country":
                widest = widest or place
            elif place.country in ("", main) or shared or here:
                return place
            else:
                foreign = foreign or place
        if foreign is not None and (widest is None or foreign.country == widest.id):
            return foreign
        return widest

    def _known_around(self, one: Seen) -> Iterator[tuple[Place, bool]]:
        """The places around one, the nearest first, with whether they are in its sentence and of a country that the article is about."""
        for other in self._candidates(one):
            if other.words == one.words:
                continue
            place = self.chooser.choose(other).place
            if place is not None and _can_hold(place, one) and not is_wide(place):
                here = other.sentence == one.sentence and self.scene.share(place.country) >= _ABOUT
                yield place, here

    def _named_before(self, one: Seen) -> Seen | None:
        """The full name that a bare noun stands for: "المخيم" after "مخيم جنين", "مبنى المحافظة" after "مبنى محافظة أربيل"."""
        words = [bare(word) for word in one.words]
        for other in sorted(self.scene.seen, key=lambda o: (o.first > one.first, abs(o.first - one.first))):
            opening = [bare(word) for word in other.words[: len(words)]]
            if opening == words and len(other.words) > len(words) and not other.named.generic:
                return other
        return None

    def _candidates(self, one: Seen) -> Iterator[Seen]:
        """The names around one, the nearest first: its sentence (behind it before what stands before), those before, the article's head."""
        seen = self.scene.seen
        own = [other for other in seen if other.sentence == one.sentence and other.first != one.first]
        yield from sorted(
            own, key=lambda o: o.first - one.last if o.first > one.first else one.first - o.last + 4
        )
        before = [o for o in seen if one.sentence - _LOOK_BACK <= o.sentence < one.sentence]
        yield from reversed(before)
        yield from (other for other in seen if other.sentence < one.sentence - _LOOK_BACK)
        yield from (other for other in seen if other.sentence > one.sentence)


def _can_hold(place: Place, one: Seen) -> bool:
    """Whether a place is of a kind that others lie in or by."""
    if one.named.sort == "governorate":
        return place.kind == "country"
    return (
        place.kind in _TOWNLIKE
        or place.kind in AREAS
        or place.kind in ("governorate", "country", "island", "mountain")
    )


def _precision(one: Seen, place: Place) -> PlacePrecision:
    """To what a claim is known whose place was found under its own name, or (around) under that of what it lies in."""
    if not one.named.around:
        if one.named.sort == "governorate" and place.kind in SETTLED:
            return "governorate"
        return place.precision
    return _outer_precision(one, place)


def _outer_precision(one: Seen, place: Place) -> PlacePrecision:
    """To what a claim is known whose place lies in or by a known one."""
    if place.kind in _TOWNLIKE:
        sort = one.named.sort
        if sort == "countryside" or sort == "governorate":
            return "district" if sort == "countryside" else "governorate"
        return "town" if sort in _IN_TOWN or one.named.generic else "district"
    if place.kind in _PRECISION:
        return _PRECISION[place.kind]
    return "district" if place.precision in ("exact", "town", "district") else place.precision


def _shared_unit(choice: Choice) -> str | None:
    """The governorate or country that all candidates of an undecided name share, or None."""
    for name in ("admin", "country"):
        values = {str(getattr(scored.place, name)) for scored in choice.scored[:4]}
        if len(values) == 1 and "" not in values and len(choice.scored) > 1:
            return values.pop()
    return None


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
