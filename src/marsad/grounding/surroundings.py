"""What is around a place that is in no file: the smallest known place that the article puts it in, or nothing.

Places named in its own sentence come first, those behind it before those before it. A bare noun ("المستشفى") lies where the article is: at the
last place named before. Of an unknown name in another sentence no town is told, only the governorate, and only where the places
named before lie in one; of a part of a border or of "the region" nothing is told. A country is told only where it is the only one that
the article is about, so that nothing is put in a country by guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.grounding.place_keys import bare
from marsad.grounding.place_words import is_owned
from marsad.grounding.places import Choice, Chooser, is_wide, links
from marsad.grounding.scene import NO_PLACE, Scene, Seen
from marsad.grounding.tables import AREAS, SETTLED
from marsad.model import Place

TOWNLIKE = SETTLED | {"camp", "quarter"}
"""Kinds of places that others lie in or near."""
_LOOK_BACK, _ABOUT, _HEAD = 4, 0.3, 2
_CLEAR, _ALONE = 0.8, 0.6
"""The most that the next country may be named beside the first: for a town or governorate of it, and for it alone as a guess."""
_BESIDE_TOKENS, _REFERS, _BROAD_KM = 7, 6, 100.0
_REFERRED = {
    "مدينه": ("city",),
    "محافظه": ("governorate",),
    "ولايه": ("governorate",),
    "مخيم": ("camp",),
    "مطار": ("airport", "airbase"),
}
"""Kinds that a bare noun means before all others."""
_IN_A_TOWN = frozenset(("site", "square", "quarter", "quarters", "road"))
_WIDE_KM = 15.0
_NOWHERE = frozenset(("crossing", "land", "water"))
"""Sorts of bare nouns that say nothing of where ("الحدود", "البلاد", "الساحل") beyond the country."""
_PLURAL = frozenset(
    "قري بلدات مدن مناطق احياء ارياف مخيمات محافظات مواقع مزارع تلال نقاط نواحي مديريات منطقه".split()
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The places around the others of one article."""

    scene: Scene
    chooser: Chooser

    def of(self, one: Seen) -> Place | None:
        """The smallest known place around one, or None where the article leaves it open."""
        if one.named.sort == NO_PLACE:
            return None
        if one.named.generic and one.named.sort == "land":
            return self._main(one)
        unit = shared_unit(self.chooser.choose(one))
        place = self._in_sentence(one, unit)
        if place is not None and not is_broad(place):
            return place
        if one.named.country and not is_owned(one.named.sort, one.words):
            return self._country(one.named.country)
        earlier = self._earlier(one, unit)
        return earlier or place or self._main(one)

    def _in_sentence(self, one: Seen, unit: str | None) -> Place | None:
        widest: Place | None = None
        own = [o for o in self.scene.seen if o.sentence == one.sentence and o.first != one.first]
        own.sort(key=lambda o: o.first - one.last if o.first > one.first else one.first - o.last + 4)
        for other in own:
            for place in self._known(one, [other]):
                if not fits(place, unit) or self._is_joined(one, other):
                    continue
                if is_broad(place):
                    widest = widest or place
                elif near := self._as_near(one, other, place):
                    return near
        return widest

    def _is_joined(self, one: Seen, other: Seen) -> bool:
        """Whether و or a comma alone joins two names: then neither is around the other."""
        first, second = sorted((one, other), key=lambda s: s.first)
        between = self.scene.reading.tokens[first.last : second.first]
        opening = self.scene.reading.tokens[second.first]
        if not between:
            return opening.form.startswith("و") and not second.words[0].startswith("و")
        return len(between) == 1 and between[0].form in ("و", "،", ",", "او")

    def _as_near(self, one: Seen, other: Seen, place: Place) -> Place | None:
        """The place itself where the words say that the unknown name lies in or by it; of one that is but named in the sentence, its governorate."""
        between = self.scene.reading.tokens[one.last : other.first]
        if other.first > one.first and len(between) <= _BESIDE_TOKENS and links(between):
            return place
        at_home = place.country in ("", self.scene.main_country()) and self._is_certain()
        if (one.named.generic and not is_plural(one)) or one.named.sort in _IN_A_TOWN:
            return place if at_home or self.scene.share(place.country) >= _ABOUT else None
        if place.kind not in TOWNLIKE and place.radius >= _WIDE_KM:
            return place if at_home or self.scene.share(place.country) >= _ABOUT else None
        if not at_home:
            return None
        return self.chooser.lookup.gazetteer.place(place.admin) if place.admin else place

    def _earlier(self, one: Seen, unit: str | None) -> Place | None:
        """What the sentences before say: a town for a bare noun, a governorate for an unknown name."""
        if one.named.sort in _NOWHERE:
            return None
        main = self.scene.main_country()
        before = [o for o in self.scene.seen if o.sentence < one.sentence]
        near = [o for o in before if o.sentence >= one.sentence - _LOOK_BACK]
        others = [*reversed(near), *(o for o in before if o not in near)]
        if one.named.generic and one.sentence <= _HEAD:
            others += [o for o in self.scene.seen if o.sentence > one.sentence]
        found = [
            place
            for place in self._known(one, others)
            if not is_broad(place) and place.country in ("", main) and fits(place, unit)
        ]
        if not found or not self._is_certain():
            return None
        if one.named.generic and not is_plural(one):
            kinds = _REFERRED.get(bare(one.words[0]) if one.words else "", ())
            return next((place for place in found if place.kind in kinds), found[0])
        units = {place.admin for place in found[:_LOOK_BACK]}
        admin = units.pop()
        return self.chooser.lookup.gazetteer.place(admin) if admin and not units else None

    def _main(self, one: Seen) -> Place | None:
        """The country that the article is about, where no other is nearly as much so."""
        return (
            self._country(self.scene.main_country())
            if self._is_certain(_CLEAR if one.named.sort == "land" else _ALONE)
            else None
        )

    def _is_certain(self, most: float = _CLEAR) -> bool:
        """Whether the article is about one country clearly more than about any other: the next has at most that share."""
        shares = sorted((self.scene.share(land) for land in self.scene.evidence), reverse=True)
        return bool(shares) and (len(shares) == 1 or shares[1] <= most)

    def _country(self, code: str) -> Place | None:
        return self.chooser.lookup.gazetteer.place(code)

    def _known(self, one: Seen, others: list[Seen]) -> Iterator[Place]:
        for other in others:
            if other.words == one.words or self._is_end_of(other, one):
                continue
            place = self.chooser.choose(other).place
            if place is not None and _can_hold(place, one) and not is_wide(place):
                yield place

    def _is_end_of(self, other: Seen, one: Seen) -> bool:
        """Whether a name is but the end of a longer one ("الدوحة" of "حي الدوحة"); what ب opens ("منطقة كذا بكراتشي") is what the longer lies in."""
        if not one.first <= other.first < one.last:
            return False
        return self.scene.reading.tokens[other.first].form == other.words[0]

    def named_before(self, one: Seen) -> Seen | None:
        """The full name that a bare noun stands for: "المخيم" after "مخيم جنين", "مبنى المحافظة" after "مبنى محافظة أربيل"."""
        words = [bare(word) for word in one.words]
        near = [o for o in self.scene.seen if abs(o.sentence - one.sentence) <= _REFERS]
        for other in sorted(near, key=lambda o: (o.first > one.first, abs(o.first - one.first))):
            opening = [bare(word) for word in other.words[: len(words)]]
            if opening == words and len(other.words) > len(words) and not other.named.generic:
                return other
        return None


def is_broad(place: Place) -> bool:
    """Whether a place is a country or a large part of one ("شمال سوريا"): told only where nothing smaller is named."""
    return place.kind == "country" or (place.kind == "region" and place.radius >= _BROAD_KM)


def is_plural(one: Seen) -> bool:
    """Whether a bare noun speaks of several places, or of no certain one ("القرى", "المنطقة")."""
    return bool(one.words) and bare(one.words[0]) in _PLURAL


def fits(place: Place, unit: str | None) -> bool:
    """Whether a place can be around one of which only the governorate or country is known."""
    return unit in (None, place.admin, place.country)


def shared_unit(choice: Choice) -> str | None:
    """The governorate or country that all candidates of an undecided name share, or None."""
    for name in ("admin", "country"):
        values = {str(getattr(scored.place, name)) for scored in choice.scored[:4]}
        if len(values) == 1 and "" not in values and len(choice.scored) > 1:
            return values.pop()
    return None


def _can_hold(place: Place, one: Seen) -> bool:
    """Whether a place is of a kind that others lie in or by."""
    if one.named.sort == "governorate":
        return place.kind == "country"
    others = ("governorate", "country", "island", "mountain")
    return place.kind in TOWNLIKE or place.kind in AREAS or place.kind in others
