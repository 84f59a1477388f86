"""From the words of a place to the rows of the gazetteer that bear that name, without a look at the article.

The whole name is tried first, then without its head nouns and the words of direction before it, then with fewer words at its end:
"ريف حماة الشمالي" as it stands, then "ريف حماة", then "حماة". What a head announces and the row's kind must fit; where they do not,
but a thing lies in the town that it is called by (سجن حماة, مطار دمشق), the town is found as what is around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from marsad.arabic import fold_word
from marsad.grounding.gazetteer import Gazetteer
from marsad.grounding.place_keys import bare, key_of, place_key
from marsad.grounding.place_words import OWNED, SIDED, SIDES, WITHIN, describes, expected, sort_of
from marsad.grounding.tables import SETTLED, countries
from marsad.model import Place

_PREFIXES = {
    "quarter": ("حي",),
    "quarters": ("حي",),
    "camp": ("مخيم",),
    "countryside": ("ريف",),
    "hill": ("جبل", "تل"),
}
"""Head nouns that the gazetteer may have where the news has their plural (أحياء القصور والأربعين) or none."""
_CLITICS = frozenset("وفب")
_BELIEVED = 200_000
"""A name that is an ordinary word too is believed without a head noun only for a city of so many inhabitants."""
_LONG_ENOUGH, _LONG_NAME = 5, 7
_PROVINCES_ARE_REGIONS = frozenset("SA RU BY CU ML BF NE TD SN ER ET SO KZ".split())
"""Countries whose first divisions Arabic news calls منطقة, so that "منطقة عسير" and "منطقة بيلغورود" are those and not the towns."""
_AREAS = frozenset(("region", "governorate", "country", "district", "plain"))
_SEAT = 100_000
_BUILT = frozenset(("site", "square", "road"))
_WIDER = frozenset(
    ("governorate", "settled", "village", "district", "unit", "countryside", "land", "capital")
)
_NO_VILLAGE = 40_000
_PEOPLED = frozenset(("settled", "village"))
_MOST_WORDS = 9
_CACHE = 15_000


@dataclass(frozen=True, slots=True)
class Named:
    """What a name can be.

    Attributes:
        places: The rows of that name, of a kind that fits.
        sort: The sort of place that the head nouns announce, or "".
        around: Whether the rows are not the place itself but what it lies in or is a part of.
        generic: Whether the words hold no name at all ("المدينة", "المسجد").
        country: The country that an adjective behind the name says, or "".
        words: The words that were found.
        edited: Whether the rows' name differs from the words in one letter.
    """

    places: tuple[Place, ...] = ()
    sort: str = ""
    around: bool = False
    generic: bool = False
    country: str = ""
    words: tuple[str, ...] = ()
    edited: bool = False


@dataclass(slots=True)
class Lookup:
    """Names to rows, remembered."""

    gazetteer: Gazetteer
    _known: dict[tuple[str, ...], Named] = field(default_factory=dict)

    def find(self, words: Sequence[str]) -> Named:
        """What a name's folded words can be."""
        asked = tuple(words[:_MOST_WORDS])
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= _CACHE:
                self._known.clear()
            found = self._known[asked] = self._find(list(asked))
        return found

    def nearly(self, named: Named, units: Iterable[str]) -> Named:
        """The places of some governorates whose name differs from an unknown one in one letter, or in the order of two: السملية is السلمية."""
        key = key_of(list(named.words))
        if len(key) < _LONG_ENOUGH:
            return named
        found: list[Place] = []
        for unit in sorted(units):
            inside = self.gazetteer.keys_inside(unit)
            near = (
                k for size in (-1, 0, 1) for k in inside.get(str(len(key) + size), ()) if is_one_edit(key, k)
            )
            found.extend(place for k in near for place in self.gazetteer.named(k) if place.admin == unit)
        fit = tuple(place for place in dict.fromkeys(found) if place.kind in expected(named.sort))
        return replace(named, places=fit, edited=True) if fit else named

    def _find(self, words: list[str]) -> Named:
        words = self._without_clitic(words)
        start, sort = 0, ""
        best = Named(generic=True)
        for start in range(len(words)):
            named = self._at(words[start:], sort)
            if named.places and (not named.around or not best.places):
                best = named
                if not named.around:
                    return named
            head = sort_of(words[start])
            if not head and not _is_side(words[start]):
                return best if best.places else self._unknown(words[start:], sort)
            sort = _joined(sort, head)
        return best if best.places else Named(generic=True, sort=sort)

    def _unknown(self, words: list[str], sort: str) -> Named:
        """A name that is in no file: a country where an adjective tells it ("المدن اليمنية"), its capital behind عاصمة."""
        country = next((land for word in words if (land := nations().get(bare(word)))), "")
        named = [w for w in words if bare(w) not in nations() and w not in SIDED and not describes(w)]
        if country and not named and sort not in OWNED:
            if sort == "capital":
                return Named(
                    tuple(capitals(self.gazetteer, country)), sort, country=country, words=tuple(words)
                )
            whole = self.gazetteer.place(country)
            return Named((whole,) if whole else (), sort, around=True, country=country, words=tuple(words))
        return Named(sort=sort, country=country, words=tuple(words), generic=not named)

    def _at(self, words: list[str], sort: str) -> Named:
        """The longest name that begins with the first of the words."""
        for end in range(len(words), 0, -1):
            name = words[:end]
            if all(word in SIDED for word in name) and sort not in ("governorate", "district"):
                break  # "الريف الجنوبي" names no province of the south
            if end == 1 and _is_head_alone(name[0], sort):
                break
            rest = words[end:]
            if rest and not self._may_follow(rest[0]):
                continue
            country = next((land for word in rest if (land := nations().get(bare(word)))), "")
            found = self._rows(name, sort)
            if found:
                return _fitting(found, sort, country, tuple(name))
        return Named()

    def _may_follow(self, word: str) -> bool:
        """Whether a word behind a name may be left out: a side, a description, an adjective of a country, a place that it is in ("بإدلب")."""
        if word in SIDED or describes(word) or word in ("في", "من") or bare(word) in nations():
            return True
        return word.startswith("ب") and bool(self.gazetteer.named(key_of([word[1:]])))

    def _rows(self, name: list[str], sort: str) -> tuple[Place, ...]:
        rows = self.gazetteer.named(key_of(name))
        if len(name) == 1 and not sort and self.gazetteer.is_word(name[0]):
            rows = tuple(p for p in rows if p.population >= _BELIEVED or p.kind in ("country", "governorate"))
        for head in _PREFIXES.get(sort, ()):
            rows += self.gazetteer.named(key_of([head, *name]))
        return rows

    def _without_clitic(self, words: list[str]) -> list[str]:
        first = words[0] if words else ""
        if first.startswith("لل") and len(first) > 4:
            return ["ال" + first[2:], *words[1:]]
        if (
            len(first) > 3
            and first[0] in _CLITICS
            and not sort_of(first)
            and not self.gazetteer.named(key_of([first]))
        ):
            rest = first[1:]
            if sort_of(rest) or self.gazetteer.named(key_of([rest])):
                return [rest, *words[1:]]
        return words


def _is_side(word: str) -> bool:
    """Whether a word says a side or part ("شمال", "وشرق", "الأراضي")."""
    return word in SIDES or bare(word) in SIDES or (word.startswith("و") and word[1:] in SIDES)


def _is_head_alone(word: str, sort: str) -> bool:
    """Whether one word is but a head or a side; behind مدينة it may be a name all the same ("مدينة القريتين")."""
    return bool(sort_of(word) or _is_side(word)) and not (sort in _PEOPLED and word.startswith("ال"))


def _joined(before: str, head: str) -> str:
    """The sort of place that two heads announce: the last that says something ("منطقة جبل", "ريف مدينة" is the countryside)."""
    if before in _BUILT and head in _WIDER:
        return before  # "مبنى محافظة أربيل" is a building
    if not head or (before == "countryside" and head in ("settled", "village", "district", "unit")):
        return before
    return head


def _fitting(rows: tuple[Place, ...], sort: str, country: str, words: tuple[str, ...]) -> Named:
    """The rows of a kind that the head announces, else those that the place is a part of."""
    if country and any(place.country == country for place in rows):
        rows = tuple(place for place in rows if place.country == country)
    kinds = expected(sort)
    fit = tuple(
        place
        for place in rows
        if place.kind in kinds and (sort != "village" or place.population < _NO_VILLAGE)
    )
    if sort == "district":
        provinces = tuple(p for p in fit if p.kind == "governorate" and p.country in _PROVINCES_ARE_REGIONS)
        fit = provinces or fit
    if fit:
        return Named(_city_first(fit) if not sort else fit, sort, country=country, words=words)
    if sort in WITHIN - {"quarter"} or sort in ("countryside", "hill", "water", "district", "unit"):
        held = SETTLED | {"governorate", "camp", "district", "region"}
        whole = tuple(
            p for p in rows if p.kind in held or (p.kind == "country" and sort not in ("water", "hill"))
        )
        if sort == "countryside" and any(place.kind == "governorate" for place in whole):
            whole = tuple(place for place in whole if place.kind == "governorate")
        return Named(_city_first(whole), sort, around=True, country=country, words=words)
    if sort in _PEOPLED and (areas := tuple(place for place in rows if place.kind in _AREAS)):
        return Named(areas, sort, around=True, country=country, words=words)  # "مدن الضفة الغربية"
    if sort == "governorate":
        return Named(
            tuple(p for p in rows if p.kind in SETTLED and p.population >= _SEAT),
            sort,
            around=True,
            country=country,
            words=words,
        )
    return Named()


def _city_first(rows: tuple[Place, ...]) -> tuple[Place, ...]:
    """Without the governorates of cities of the same name (CODEBOOK section 5): the city, unless a word says otherwise."""
    if any(place.kind in ("sea", "lake", "river") for place in rows):
        return tuple(place for place in rows if place.kind != "governorate")
    cities = {(place.country, place.admin) for place in rows if place.kind in SETTLED}
    return tuple(p for p in rows if p.kind != "governorate" or (p.country, p.admin) not in cities)


def capitals(gazetteer: Gazetteer, country: str) -> list[Place]:
    """The capital of a country as the gazetteer has it, or nothing."""
    names = next((one.capitals for one in countries() if one.code == country), ())
    rows = [p for name in names for p in gazetteer.named(place_key(name))]
    rows = [p for p in rows if p.country == country and p.kind in SETTLED]
    return sorted(rows, key=lambda place: -place.population)[:1]


def is_one_edit(a: str, b: str) -> bool:
    """Whether two words differ in the order of two neighbours, or, where they are long, in one letter added, left out or changed.

    Of short names the one with another letter is another village (بلشون, بليون).

    >>> is_one_edit("سمليه", "سلميه"), is_one_edit("بلشون", "بليون"), is_one_edit("كفرنبوذه", "كفرنبوده")
    (True, False, True)
    """
    if a == b or abs(len(a) - len(b)) > 1 or (len(a) < _LONG_NAME and sorted(a) != sorted(b)):
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        swapped = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        return a[start + 1 :] == b[start + 1 :] or swapped
    shorter, longer = sorted((a, b), key=len)
    return shorter[start:] == longer[start + 1 :]


@cache
def nations() -> dict[str, str]:
    """Adjectives of countries, folded and without the article, to the country's code."""
    found: dict[str, str] = {}
    for land in countries():
        for form in (form for forms in land.nisba for form in forms):
            found.setdefault(fold_word(form), land.code)
    return found
