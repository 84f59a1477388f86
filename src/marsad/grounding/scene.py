"""The scene of an article: which places it names, where in the text, and which countries it is about.

Made once per article that has claims. The capital in a newsroom's dateline ("بيروت - ") speaks for its country as any other word does, but it
is no place of the story (`marsad.reading.dateline`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from marsad.arabic import fold_word
from marsad.grounding.place_keys import bare, name_words
from marsad.grounding.place_lookup import Lookup, Named, nations
from marsad.grounding.place_words import SIDES, sort_of
from marsad.grounding.tables import countries
from marsad.model import Mention, Reading, Span

NO_PLACE = "no place"
"""The sort of a mention that is no place's name."""
_TANWIN = "\u064b\u064c\u064d"
MOST_SENTENCES, _MOST_TOKENS, _MOST_SEEN = 250, 10_000, 800
"""Sentences of an article that are looked through for what it is about; a claim behind them is told by its own words."""
NAME_WEIGHT, NISBA_WEIGHT, HOME_WEIGHT = 1.0, 0.4, 1.0
"""What a country's name, an adjective of it and the outlet's home weigh as evidence of where a story is set (set by hand once,
as a name says more than an adjective: "الطيران الروسي" over Syria; see docs/explanation/how-places-and-actors-are-known)."""


class Seen(NamedTuple):
    """A place that the article names: its tokens, sentence, folded words and what they can be."""

    first: int
    last: int
    sentence: int
    words: tuple[str, ...]
    named: Named


@dataclass(slots=True)
class Scene:
    """The places and countries of one article."""

    reading: Reading
    seen: list[Seen]
    evidence: dict[str, float]
    starts: list[int]

    def token_of(self, span: Span) -> int:
        """The token at which a span begins."""
        return max(0, bisect_right(self.starts, _place_in_line(span)) - 1)

    def seen_at(self, span: Span, lookup: Lookup) -> Seen:
        """The words of a span as a place's name, where no place was seen at it (a mosque, a shop)."""
        first = self.token_of(span)
        last = first + 1
        while last < len(self.starts) and self.starts[last] < _place_in_line(span) + span.end - span.start:
            last += 1
        words = tuple(word for t in self.reading.tokens[first:last] for word in _words(t.form))
        named = lookup.find(words)
        named = named if named.places else replace(named, generic=True)
        return Seen(first, last, self.reading.sentence_at(first), words, named)

    def main_country(self) -> str:
        """The country that the article is most about, or ""."""
        return main_of(self.evidence)

    def share(self, country: str) -> float:
        """How much the article is about a country: 1 for the one most named, 0 for one not named."""
        return share_of(self.evidence, country)


def main_of(evidence: Mapping[str, float]) -> str:
    """The country that most speaks for, the first by code where two are even, or ""."""
    return max(sorted(evidence), key=lambda land: evidence[land], default="")


def share_of(evidence: Mapping[str, float], country: str) -> float:
    """How much speaks for a country: 1 for the one that most speaks for, 0 for one that nothing speaks for."""
    most = max(evidence.values(), default=0.0)
    return (evidence.get(country, 0.0) / most) ** 0.5 if most else 0.0


_form_of = attrgetter("form")


def _place_in_line(span: Span) -> int:
    return span.start - (1 << 40) if span.part == "title" else span.start


def scene_of(reading: Reading, lookup: Lookup, home: str) -> Scene:
    """The scene of an article.

    Args:
        reading: The article.
        lookup: Names to rows of the gazetteer.
        home: The country of its outlet, or "".
    """
    tokens = reading.tokens
    starts = [t.start - (1 << 40) if t.part == "title" else t.start for t in tokens]
    seen = list(islice(_all_seen(reading, lookup), _MOST_SEEN))
    evidence: dict[str, float] = defaultdict(float)
    known = _forms()
    for form, times in Counter(map(_form_of, tokens[:_MOST_TOKENS])).items():
        spoken = known.get(form) or (known.get(form[1:]) if form[:1] in "وفبلك" else None)
        if spoken is not None:
            evidence[spoken[0]] += spoken[1] * times
    if home:
        evidence[home] += HOME_WEIGHT
    _add_places(evidence, seen)
    return Scene(reading, seen, evidence, starts)


def _add_places(evidence: dict[str, float], seen: list[Seen]) -> None:
    """Add what the places' names say: each name once, shared among the countries that have it."""
    told: set[tuple[str, ...]] = set()
    for one in seen:
        if one.named.words in told or not one.named.places:
            continue
        told.add(one.named.words)
        for land, weight in evidence_of(one.named).items():
            evidence[land] += weight


def evidence_of(named: Named) -> dict[str, float]:
    """What a place's name says of the countries that it may lie in."""
    lands = {place.country for place in named.places if place.kind != "country" and place.country}
    return {land: NAME_WEIGHT / len(lands) for land in lands}


def _all_seen(reading: Reading, lookup: Lookup) -> Iterator[Seen]:
    """The places of an article; not the bare name that ends a longer one which is known ("الزاوية" in "جبل الزاوية")."""
    for index in range(min(len(reading.sentences), MOST_SENTENCES)):
        outer: Seen | None = None
        for mention in reading.mentions(index):
            if mention.kind != "place":
                continue
            if outer and outer.named.places and mention.first > outer.first and mention.last == outer.last:
                continue
            one = _seen(reading, lookup, index, mention)
            outer = one if outer is None or one.last > outer.last else outer
            yield one


def _seen(reading: Reading, lookup: Lookup, sentence: int, mention: Mention) -> Seen:
    tokens = reading.tokens
    words = tuple(word for t in tokens[mention.first : mention.last] for word in _words(t.form))
    if words and mention.cut:
        words = (words[0][mention.cut :] or words[0], *words[1:])
    if _is_no_name(reading, mention):
        no_name = Named(generic=True, sort=NO_PLACE, words=words)
        return Seen(mention.first, mention.last, sentence, words, no_name)
    return Seen(mention.first, mention.last, sentence, words, _with_sides(reading, lookup, mention, words))


def _is_no_name(reading: Reading, mention: Mention) -> bool:
    """Whether the letters as printed tell that a word is no place's name, though it is folded like one: the one word of a mention with
    the ending of an indefinite noun ("هجوما مركّباً" is not مركبا), "إحياء" (reviving) for "أحياء" (quarters)."""
    token = reading.tokens[mention.first]
    raw = reading.article.part(token.part)[token.start : token.end]
    return "إحيا" in raw or (mention.last == mention.first + 1 and any(mark in raw for mark in _TANWIN))


def _with_sides(reading: Reading, lookup: Lookup, mention: Mention, words: tuple[str, ...]) -> Named:
    """What a name can be; with the words of direction or the head before it where the gazetteer has the whole: "شمال غرب سوريا", "قطاع غزة"."""
    sides: tuple[str, ...] = ()
    for token in reversed(reading.tokens[max(0, mention.first - 2) : mention.first]):
        if token.form not in SIDES and not sort_of(token.form):
            break
        sides = (token.form, *sides)
    if sides:
        whole = lookup.find((*sides, *words))
        if len(whole.words) > len(words) and whole.places:
            return whole
    return lookup.find(words)


def _words(form: str) -> list[str]:
    return [form] if form.isalpha() else name_words(form)


@cache
def _forms() -> dict[str, tuple[str, float]]:
    """Single words that speak for a country, folded: its names and, with and without the article, its adjectives."""
    forms = {w: (code, NISBA_WEIGHT) for form, code in nations().items() for w in (form, f"ال{form}")}
    for land in countries():
        for name in (*land.names, *land.capitals):
            words = fold_word(name).split()
            if len(words) == 1 and bare(words[0]) not in _AMBIGUOUS:
                forms[words[0]] = (land.code, NAME_WEIGHT)
    return forms


_AMBIGUOUS = frozenset(("كيف", "مالي", "عمان"))
"""Names of countries and capitals that are other words too (كيف "how", مالي "financial", عمان both a capital and a country)."""
