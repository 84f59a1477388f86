"""Which of the places of one name is meant: an additive score whose every term is kept, so that the page can say why.

A candidate gains by how much the article is about its country, by being in a governorate or near places that the article names
without doubt, by a governorate named right beside it, by its population and by our overlay. Where the best is
too near to the next best and they are not one place, nothing is chosen: the candidates are told instead. The name of a country
is never overridden by what stands around it.

Weights were set by hand on train.jsonl and the unannotated corpus; the scale of 60 km is about the size of a Syrian governorate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import exp, log10
from typing import NamedTuple

from marsad.grounding.gazetteer import distance
from marsad.grounding.place_lookup import Lookup, Named
from marsad.grounding.place_words import SIDED, is_owned, sort_of
from marsad.grounding.scene import Scene, Seen, evidence_of, main_of, share_of
from marsad.model import Place, Token

WIDE = frozenset(("sea", "strait"))
MARGIN = 0.25
"""By so much the best candidate must lead, unless the next best is within `ONE_PLACE_KM` of it."""
ONE_PLACE_KM = 15.0
_COUNTRY, _BESIDE, _SAME_ADMIN, _NEAR, _SIZE, _OURS = 2.0, 2.0, 0.6, 1.2, 1.0, 0.2
_SCALE_KM = 60.0
_BESIDE_TOKENS = 6
_MOST_BESIDE = 8
_LINKERS = frozenset(
    "في من التابعه التابع الواقعه الواقع ضمن شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط بريف قرب".split()
)
_OPENERS = frozenset("،,(-")
_FOREIGN_SIZE = 200_000
"""In an article that names other countries but not this one, only a city of so many inhabitants is believed."""
_UNCALLED, _EDITED, _ABOUT = -0.5, -0.3, 0.3
_SMALL, _ASTRAY_KM = 20_000, 60.0
_LOCAL = frozenset(
    "village quarter hill site street square mosque hospital settlement checkpoint junction bridge".split()
)
_RANK = {"country": 7.0, "governorate": 5.0, "region": 4.5, "sea": 4.5, "strait": 4.5}


class Term(NamedTuple):
    """One reason for or against a candidate, with what it adds."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score and the terms that it is made of."""

    place: Place
    terms: tuple[Term, ...]

    @property
    def score(self) -> float:
        """The sum of the terms."""
        return sum(term.value for term in self.terms)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a name, with all candidates, the best first; ``place`` is None where none is sure enough."""

    place: Place | None
    scored: tuple[Scored, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a text besides one name: how much it is about each country, and the places that it names without doubt."""

    evidence: Mapping[str, float]
    anchors: tuple[Place, ...] = ()

    def without(self, named: Named) -> Context:
        """The same without what a name itself says: no place is its own evidence."""
        own = evidence_of(named)
        if not own or not self.evidence:
            return self
        return Context(
            {land: max(0.0, told - own.get(land, 0.0)) for land, told in self.evidence.items()}, self.anchors
        )

    def main(self) -> str:
        """The country that the text is most about, or ""."""
        return main_of(self.evidence)

    def share(self, country: str) -> float:
        """How much the text is about a country: 1 for the one most named, 0 for one not named."""
        return share_of(self.evidence, country)


def choose(named: Named, beside: Sequence[Place], context: Context) -> Choice:
    """Which of the rows of a name is meant.

    Args:
        named: What the name can be.
        beside: Places that the words right behind the name say it lies in.
        context: What else the text says.
    """
    if not named.places:
        return Choice(None, (), "no place of that name is known")
    context = context.without(named)
    scored = sorted(
        (Scored(place, tuple(_terms(place, named, beside, context))) for place in named.places),
        key=lambda one: (-one.score, one.place.id),
    )
    best = scored[0]
    elsewhere = named.country and best.place.country not in ("", named.country)
    if elsewhere and not named.around and not is_owned(named.sort, named.words):
        return Choice(None, tuple(scored), "the adjective behind it is of another country")
    if is_vague(named) and best.place.country != context.main():
        return Choice(None, tuple(scored), "a side of the country, not a name")
    if best.place.kind != "country" and is_foreign(best.place, beside, context, whole=not named.around):
        return Choice(None, tuple(scored), "the article names other countries, and not that of this place")
    rival = next((s for s in scored[1:] if not _one_place(s.place, best.place)), None)
    if rival is not None and best.score - rival.score < MARGIN:
        return Choice(None, tuple(scored), f"{rival.place.name} is as likely")
    return Choice(best.place, tuple(scored), "only one" if rival is None else "the likeliest")


def is_vague(named: Named) -> bool:
    """Whether a name is made of words of sides and heads only ("الحدود الشمالية", "المنطقة الشرقية"): a province by that name in one country only."""
    return bool(named.words) and all(word in SIDED or sort_of(word) for word in named.words)


def _one_place(a: Place, b: Place) -> bool:
    """Whether two rows tell of one place for all that a map can show: near each other, or areas that lie over each other."""
    reach = min(a.radius, b.radius) if a.precision != "exact" and b.precision != "exact" else 0.0
    return distance(a, b) <= max(ONE_PLACE_KM, reach)


def _terms(place: Place, named: Named, beside: Sequence[Place], context: Context) -> Iterator[Term]:
    yield Term("the article is about its country", _COUNTRY * context.share(place.country))
    if any(lies_in(place, unit) for unit in beside):
        yield Term("the name beside it is what it lies in", _BESIDE)
    elif beside and not any(unit.country == place.country for unit in beside):
        yield Term("the name beside it is of another country", -_BESIDE)
    # A city is no evidence for the governorate called by its name.
    others = [anchor for anchor in context.anchors if anchor.id != place.id and anchor.ar != place.ar]
    if any(place.admin and anchor.admin == place.admin for anchor in others):
        yield Term("another place of the article is in its governorate", _SAME_ADMIN)
    nearest = min((distance(anchor, place) for anchor in others), default=None)
    if nearest is not None:
        yield Term("near a place of the article", _NEAR * exp(-nearest / _SCALE_KM))
    size = _RANK.get(place.kind, log10(place.population + 1) or (3.0 if place.layer >= 2 else 2.0))
    yield Term("size", _SIZE * size / 6)
    if place.layer >= 2:
        yield Term("in a list made by hand", _OURS)
    if not named.sort and place.kind in ("quarter", "street", "square"):
        yield Term("a quarter that is not called one", _UNCALLED)
    if named.edited:
        yield Term("one letter is different", _EDITED)


def is_wide(place: Place) -> bool:
    """Whether a place is too wide to say where another is: a sea, a part of the world."""
    return place.kind in WIDE or (place.precision == "country" and place.kind != "country")


def is_foreign(place: Place, beside: Sequence[Place], context: Context, *, whole: bool = True) -> bool:
    """Whether the text is about other countries only, and the place is not one that everybody knows.

    A province or a sea is told by its own name only (``whole``): a shop that is called by one is not in it.
    """
    if not place.country or context.share(place.country) > _ABOUT or place.population >= _FOREIGN_SIZE:
        return False
    if any(lies_in(place, unit) for unit in beside):
        return False
    told = max(context.evidence.values(), default=0.0) >= 1.0
    return told and not (whole and place.kind in ("governorate", "sea", "strait", "region"))


class Chooser:
    """Choices for the names of one article: each name has one sense, unless a governorate beside it says otherwise."""

    def __init__(self, scene: Scene, lookup: Lookup) -> None:
        self.scene = scene
        self.lookup = lookup
        self._beside = {(one.first, one.last): _beside(scene, index) for index, one in enumerate(scene.seen)}
        context = Context(scene.evidence)
        self._context = Context(scene.evidence, tuple(_sure(scene, context)))
        self._chosen: dict[tuple[object, ...], Choice] = {}

    def choose(self, one: Seen) -> Choice:
        """The choice for a name at its place in the text."""
        beside = self._beside.get((one.first, one.last), ())
        key = (one.named.words or one.words, one.named.sort, beside)
        choice = self._chosen.get(key)
        if choice is None:
            named = one.named
            if not named.places and not named.generic:
                named = self.lookup.nearly(named, {unit.admin for unit in beside if unit.admin})
            choice = self._chosen[key] = choose(named, beside, self._context)
        if choice.place is not None and not beside and self._is_astray(choice.place, one):
            return Choice(None, choice.scored, f"{choice.place.name} is far from the others of its sentence")
        return choice

    def _is_astray(self, place: Place, one: Seen) -> bool:
        """Whether a small place lies far from all that its sentence names: then it is another of its name, which is in no file."""
        if place.population > _SMALL or place.kind not in _LOCAL:
            return False
        known = {anchor.id for anchor in self._context.anchors if anchor.precision == "exact"}
        near = [
            other.named.places[0]
            for other in self.scene.seen
            if other.sentence == one.sentence and other.first != one.first and len(other.named.places) == 1
        ]
        others = [
            other for other in near if other.id in known and other.id != place.id and other.kind != "country"
        ]
        return bool(others) and min(distance(place, other) for other in others) > _ASTRAY_KM


def _sure(scene: Scene, context: Context) -> Iterator[Place]:
    """The places that an article names without doubt: names of one place only, of a country that it is about."""
    told: set[str] = set()
    for one in scene.seen:
        places = one.named.places
        if len(places) != 1 or places[0].id in told:
            continue
        place = places[0]
        if (
            place.kind == "country"
            or is_wide(place)
            or is_foreign(place, (), context)
            or context.share(place.country) < _ABOUT
        ):
            continue
        told.add(place.id)
        yield place


def _beside(scene: Scene, index: int) -> tuple[Place, ...]:
    """The governorates, countries and towns that the words right behind a name say it lies in: "القصير في ريف حمص", "دوما بريف دمشق"."""
    tokens, one = scene.reading.tokens, scene.seen[index]
    found: list[Place] = []
    end = one.last
    for other in islice(scene.seen, index + 1, index + 1 + _MOST_BESIDE):
        if other.first < end or other.sentence != one.sentence:
            continue
        between = tokens[end : min(other.first, end + _BESIDE_TOKENS + 1)]
        if len(between) > _BESIDE_TOKENS or not links(between):
            break
        places = other.named.places
        if not other.named.generic and places:
            found.extend(p for p in places if p.kind not in WIDE)
        end = other.last
    return tuple(found)


def links(between: Sequence[Token]) -> bool:
    """Whether the words between two names say that the first lies in the second; with none between, ب is on the second."""
    return all(token.form in _LINKERS or token.form in _OPENERS for token in between)


def lies_in(place: Place, unit: Place) -> bool:
    """Whether a place is of the unit, by its codes, or by its distance where the unit is a town or a region."""
    if unit.id in (place.admin, place.parent):
        return True
    if unit.kind == "country":
        return place.country == unit.id
    if unit.kind == "governorate" or place.id == unit.id:
        return False
    return place.country == unit.country and distance(place, unit) <= max(unit.radius, 15.0)
