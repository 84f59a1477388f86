"""Many articles that are no copies of each other, made of the 5,000 of ``../shared/corpus/bench.jsonl.gz`` told again with other names, numbers, dates and words.

An article is read once and cut into what stays and what is exchanged: words that no lexicon of ours knows (a quarter of all), plain verbs and
adjectives, given names, towns, factions and numbers. Each *copy* of the corpus exchanges them by a table of its own for others of the same kind: a word for one of the same shape, about as frequent and as
telling of conflict; a town for another of its country; a faction for another of its kind and country. Triggers, verbs of saying, titles and what sentences hang on stay, so that a copy
reads as its original does. It is moved by whole weeks, about a year each, so that weekdays and days of months stay near to what they were; within one copy
all articles are changed alike, so that what was a copy of another in the corpus is one still. Nothing of it may leave ``bench/out``: the texts are other people's.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from marsad.arabic.dates_words import ROLES
from marsad.grounding.actor_keys import key_of_name
from marsad.grounding.place_keys import place_key
from marsad.model import Article, Token
from marsad.model.reading import Mention, Reading
from marsad.model.span import Part
from marsad.reading import read
from marsad.run.pipeline import Kit, load_kit
from shared import OUT, need_shared, rows

Row = dict[str, Any]
Slot = tuple[str, str, str]
"""What stands there (``same``, ``word``, ``given``, ``town``, ``body``, ``number``), what it counts as there (a folded word, an id, a country), and the raw words."""

_COMMON = 120
"""The most frequent words that no lexicon knows hold sentences together (لذلك, الرغم): they stay."""
_LEAST_LETTERS = 3
_PLAIN = frozenset(("verb", "adjective", "craft", "thing"))
"""Classes of the lexicon whose words are exchanged for others of the same form."""
_AROUND = 48
"""Words are exchanged with those of this many neighbours by frequency."""
_YEARS_BACK, _YEARS = 7, 10
_WEEKS = 52
_BODIES = ("faction", "militia", "party", "movement", "alliance", "company", "agency", "organisation")
_WEEKS_APART = 2
_UNDATED = date(2016, 1, 1)
_FEWEST_PLACES = 8


@dataclass(slots=True)
class _Corpus:
    """The articles cut into slots, and what they may be exchanged for."""

    cut: list[tuple[Row, list[Slot], list[Slot]]] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    raw: dict[str, str] = field(default_factory=dict)
    alike: dict[str, tuple[object, ...]] = field(default_factory=dict)


def made(count: int) -> Path:
    """The file of that many articles; made once, the same every time."""
    path = OUT / "archive" / f"articles-{count}.jsonl"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8") as out:
        for row in articles(count):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    beside.replace(path)
    return path


def articles(count: int) -> Iterator[Row]:
    """That many articles: those of the corpus first, then copy after copy of it."""
    source = list(rows(need_shared() / "corpus" / "bench.jsonl.gz"))[:count]
    yield from source
    if count > len(source):
        corpus = _cut(source)
        left = count - len(source)
        for copy in range(1, -(-left // len(source)) + 1):
            yield from _copies(corpus, copy, min(left - (copy - 1) * len(source), len(source)))


def _copies(corpus: _Corpus, copy: int, count: int) -> Iterator[Row]:
    exchange = _Exchange.of(corpus, copy)
    for row, title, text in corpus.cut[:count]:
        yield {
            **row,
            "id": f"{row['id']}~{copy}",
            "published": _moved(row, exchange),
            "outlet": row["outlet"],
            "title": exchange.told(title),
            "text": exchange.told(text),
            "url": f"{row.get('url') or 'https://example.org/'}#{copy}",
        }


def _moved(row: Row, exchange: _Exchange) -> str:
    """The day of a copy: no two copies lie nearer than weeks to each other, so that what they share makes no copies of them."""
    published = row["published"] or _some_day(row["id"])
    by = timedelta(weeks=_WEEKS * exchange.years + _WEEKS_APART * (exchange.by // _YEARS))
    return (date.fromisoformat(published[:10]) + by).isoformat() + published[10:]


def _some_day(identity: str) -> str:
    """The day of copies whose original has none: without days they would all be of one time."""
    return (_UNDATED + timedelta(days=random.Random(identity).randrange(900))).isoformat()


def _cut(source: Sequence[Row]) -> _Corpus:
    """Read every article as far as its names, and cut it at what is exchanged."""
    corpus, kit = _Corpus(), load_kit()
    for row in source:
        corpus.cut.append((row, *_slots(row, kit, corpus)))
    return corpus


def _slots(row: Row, kit: Kit, corpus: _Corpus) -> tuple[list[Slot], list[Slot]]:
    article = Article(id=row["id"], text=row["text"], title=row["title"] or "")
    reading = read(article, kit.reading)
    named = _Named(kit)
    found: dict[int, tuple[int, Slot]] = {}
    taken: set[int] = set()
    for number in range(len(reading.sentences)):
        for mention in reading.mentions(number):
            taken.update(range(mention.first, mention.last))
            named.take(mention, reading, found)
    for at, token in enumerate(reading.tokens):
        if at not in found and (slot := _slot(token, at in taken, corpus, kit, article.part(token.part))):
            found[at] = (at + 1, slot)
    return _joined(reading, found, "title"), _joined(reading, found, "text")


def _slot(token: Token, in_name: bool, corpus: _Corpus, kit: Kit, raw: str) -> Slot | None:
    """The slot of one token, or None where it stays."""
    written = raw[token.start : token.end]
    if token.kind == "number":
        return ("number", "", written) if written.isdigit() and len(written) < 7 else None
    if token.kind != "word" or token.form in ROLES or token.form[0] < "\u0600":
        return None
    if token.word.classes == {"given_name"}:
        corpus.given[token.form] += 1
        corpus.raw.setdefault(token.form, written)
        return ("given", token.form, written)
    if in_name or len(token.form) < _LEAST_LETTERS or not token.word.classes <= _PLAIN:
        return None
    corpus.words[token.form] += 1
    if token.form not in corpus.alike:
        corpus.raw[token.form] = written
        weight = round(2 * kit.claims.tools.relevance.weight(token))
        corpus.alike[token.form] = (*_form_of(token), weight)
    return ("word", token.form, written)


def _form_of(token: Token) -> tuple[object, ...]:
    """What a word must have in common with one that stands in its place."""
    if not token.word.senses:
        return (_shape(token.form),)
    sense = token.word.senses[0]
    return (tuple(sorted(token.word.classes)), sense.morph, sense.pro, sense.enc)


class _Named:
    """Finds towns and factions among the mentions of an article."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def take(self, mention: Mention, reading: Reading, found: dict[int, tuple[int, Slot]]) -> None:
        """Put the slot of a mention, if it is one of those that are exchanged."""
        text = reading.text(mention.first, mention.last)
        slot = None
        if mention.kind == "place":
            slot = self._town(text, mention.cut)
        elif mention.kind == "body" and not mention.cut:
            slot = self._body(text)
        if slot:
            found[mention.first] = (mention.last, slot)

    def _town(self, text: str, cut: int) -> Slot | None:
        places = self._kit.grounding.lookup.gazetteer.named(place_key(text[cut:]))
        place = max(places, key=lambda one: (one.population, one.layer), default=None)
        if place is None or place.precision != "town" or not place.country:
            return None
        return ("town", f"{place.country} {place.id}", text[:cut] + "\0" + text[cut:])

    def _body(self, text: str) -> Slot | None:
        register = self._kit.grounding.register
        ids = register.named(key_of_name(text))
        actor = register.actor(ids[0]) if len(ids) == 1 else None
        if actor is None or actor.kind not in _BODIES:
            return None
        return ("body", f"{actor.kind} {actor.country} {actor.id}", text)


def _joined(reading: Reading, found: Mapping[int, tuple[int, Slot]], part: Part) -> list[Slot]:
    """The slots of a title or text in order, with all that lies between them."""
    whole = reading.article.part(part)
    slots: list[Slot] = []
    at = 0
    for first in sorted(found):
        last, slot = found[first]
        start, end = reading.tokens[first], reading.tokens[last - 1]
        if start.part != part or start.start < at:
            continue
        slots += [("same", "", whole[at : start.start]), slot]
        at = end.end
    return [*slots, ("same", "", whole[at:])]


@dataclass(slots=True)
class _Exchange:
    """What one copy of the corpus exchanges for what."""

    years: int
    chance: random.Random
    words: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)
    by: int = 0

    @classmethod
    def of(cls, corpus: _Corpus, copy: int) -> _Exchange:
        """The tables of a copy."""
        chance = random.Random(f"copy {copy}")
        groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for form, _ in corpus.words.most_common()[_COMMON:]:
            groups[corpus.alike[form]].append(form)
        groups[("given",)] = [form for form, _ in corpus.given.most_common()]
        words = {
            one: corpus.raw[other] for group in groups.values() for one, other in _shuffled(group, chance)
        }
        made_of = cls(years=copy % _YEARS - _YEARS_BACK, chance=chance, words=words, by=copy)
        made_of.places = {**_other_towns(corpus, chance), **_other_bodies(corpus, chance)}
        return made_of

    def told(self, slots: Iterable[Slot]) -> str:
        """The text with all that is exchanged."""
        return "".join(self._one(slot) for slot in slots)

    def _one(self, slot: Slot) -> str:
        kind, key, raw = slot
        if kind == "same":
            return raw
        if kind == "number":
            return self._number(raw)
        if kind == "town":
            front, _, name = raw.partition("\0")
            return front + self.places.get(key, name)
        return (self.places if kind == "body" else self.words).get(key, raw)

    def _number(self, raw: str) -> str:
        value = int(raw)
        if 1900 <= value <= 2100:  # a year
            return str(value + self.years)
        if value < 3:
            return raw
        for low, high in ((3, 11), (11, 32), (32, 100), (100, 1000)):
            if value < high:  # what is counted keeps its grammar, and a day of a month stays one
                return str(low + (value - low + self.by) % (high - low))
        return str(value + 7 * self.by)


def _shape(form: str) -> str:
    front = next((one for one in ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ي", "ت", "م", "س") if form.startswith(one)), "")  # fmt: skip
    end = next((one for one in ("ها", "هم", "ات", "ين", "ون", "يه", "ه", "ا", "ي") if form.endswith(one)), "")
    return f"{front}-{end}"


def _shuffled(group: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Each of a list with another one that stands near to it."""
    for start in range(0, len(group), _AROUND):
        some = list(group[start : start + _AROUND])
        others = some[:]
        chance.shuffle(others)
        yield from zip(some, others, strict=True)


def _keys(corpus: _Corpus, kind: str) -> list[str]:
    return sorted({slot[1] for _, title, text in corpus.cut for slot in (*title, *text) if slot[0] == kind})


def _other_towns(corpus: _Corpus, chance: random.Random) -> dict[str, str]:
    """For each town of the corpus the Arabic name of another of its country, of which the corpus tells too where it tells of enough."""
    gazetteer = load_kit().grounding.lookup.gazetteer
    by_country: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in _keys(corpus, "town"):
        country, identity = key.split(" ", 1)
        place = gazetteer.place(identity)
        if place and place.ar:
            by_country[country].append((key, place.ar))
    found = {}
    for named in by_country.values():
        if len(named) >= _FEWEST_PLACES:
            names = [name for _, name in named]
            chance.shuffle(names)
            found.update({key: name for (key, _), name in zip(named, names, strict=True)})
    return found


def _other_bodies(corpus: _Corpus, chance: random.Random) -> dict[str, str]:
    """For each faction or party another of the register, of its kind and country."""
    of_kind: dict[tuple[str, str], list[str]] = defaultdict(list)
    for actor in load_kit().grounding.register:
        if actor.kind in _BODIES and actor.label.ar:
            of_kind[actor.kind, actor.country].append(actor.label.ar)
    found = {}
    for key in _keys(corpus, "body"):
        kind, country, _ = key.split(" ", 2)
        if others := sorted(of_kind[kind, country]):
            found[key] = chance.choice(others)
    return found
