"""What is near: the noun phrases around a candidate, and how each stands to its trigger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from marsad.claims.candidate import Candidate
from marsad.claims.parts import is_finite
from marsad.claims.view import RELATIVES, SUBORDINATORS, View
from marsad.model import Mention

SENTENCES_BACK = 2
FAR = 5
"""Sentences back, of a place that was handed on from further away than is looked"""
TITLE = 9
NEXT = -1
_EARLY = 3
"""The title and the first sentences of a text say in short what the sentence behind them tells in full."""
_NISBA_REACH = 3
_OF_PEOPLE = frozenset(("harm", "custody", "people"))
_BUCKETS = (0, 1, 2, 4, 7, 11, 17, 26)
_FAR = _BUCKETS[-1] + 1
_BUCKET_OF = tuple(bisect_left(_BUCKETS, distance) for distance in range(_FAR))
_BACK = {NEXT: "next", **{hops: f"{hops} back" for hops in range(1, TITLE + 1)}}
_ORDER = ("clause", "relative", "verb", "trigger", "comma", "noun", "")
"""What can stand between, the weightiest first."""


class Near(NamedTuple):
    """A noun phrase near a trigger: how many sentences back, on which side, how far, with what between."""

    mention: Mention
    hops: int
    """0 for the same sentence, 1 and 2 for those before, -1 for the next one, 9 for the title"""
    side: str
    distance: int
    preposition: str
    between: str
    nested: bool
    rank: int
    """how many noun phrases without a preposition stand between, in the same sentence"""

    kind: str
    """Its kind; people who fight are told from others"""
    bucket: int
    """The distance, coarsely"""

    @property
    def place(self) -> str:
        """Where it stands: "after", "before", "over" the trigger, or how many sentences back."""
        return _BACK[self.hops] if self.hops else self.side


def bucket_of(distance: int) -> int:
    """A distance in words, coarsely."""
    return _BUCKET_OF[distance] if distance < _FAR else len(_BUCKETS)


def kind_of(view: View, mention: Mention) -> str:
    """The kind of a noun phrase; people who fight (مسلحون، مقاتلون) are told from others."""
    if mention.kind != "people":
        return mention.kind
    sense = view.tokens[mention.head].word.sense("people")
    return "fighters" if sense is not None and sense.data.get("armed") else "people"


def near_of(candidate: Candidate, most: int = 60) -> list[Near]:
    """The noun phrases of the candidate's sentence, of the two before it, of the title, and of the next one early in the article.

    Args:
        candidate: What they are to take part in.
        most: So many are looked at on either side of the trigger, and in each other sentence; few sentences have half of it.
    """
    view = candidate.view
    found = list(_in_sentence(candidate, most))
    sentence = view.reading.sentences[view.index]
    for hops in range(1, SENTENCES_BACK + 1):
        index = view.index - hops
        if index < 0 or view.reading.sentences[index].part != sentence.part:
            break
        found.extend(_elsewhere(view, index, hops)[:most])
    if (after := next_of(view)) is not None:
        found.extend(_elsewhere(view, after, NEXT)[:most])
    if sentence.part == "text" and view.reading.sentences[0].part == "title":
        found.extend(_elsewhere(view, 0, TITLE)[:most])
    return found


def next_of(view: View) -> int | None:
    """The sentence behind, where it counts as near: behind the title and the first sentences."""
    after = view.index + 1
    return after if view.index < _EARLY and after < len(view.reading.sentences) else None


def sentence_of(candidate: Candidate, item: Near) -> int:
    """In which sentence a noun phrase near a candidate stands."""
    return candidate.view.index - item.hops if item.hops < FAR else 0


def _elsewhere(view: View, index: int, hops: int) -> list[Near]:
    """The noun phrases of another sentence; the same for all candidates of this one, so kept in the reading."""
    key = ("elsewhere", index, hops)
    found: list[Near] | None = view.reading.memo.get(key)
    if found is None:
        other = view_of(view, index)
        outer = {id(mention) for mention in other.mentions}
        items = [
            (mention, other.preposition(mention), id(mention) not in outer, kind_of(other, mention))
            for mention in view.reading.mentions(index)
            if not in_its_like(other, mention)
        ]
        found = view.reading.memo[key] = [
            Near(
                mention,
                hops,
                "before",
                gap := mention.first - other.first,
                preposition,
                "",
                nested,
                0,
                kind,
                bucket_of(gap),
            )
            for mention, preposition, nested, kind in (*items, *_origins(other))
        ]
    return found


def in_its_like(view: View, mention: Mention) -> bool:
    """Whether a body lies in the name of a body ("المعارضة" in "القوات المعارضة"): the longer name says it."""
    around = view.at(mention.first) if mention.kind == "body" else None
    return (
        around is not None
        and around.kind == "body"
        and around is not mention
        and around.first <= mention.first
        and mention.last <= around.last
    )


def view_of(view: View, index: int) -> View:
    """The view of another sentence, made once per reading."""
    key = ("view", index)
    found: View | None = view.reading.memo.get(key)
    if found is None:
        found = view.reading.memo[key] = View(view.reading, index)
    return found


_Item = tuple[Mention, str, bool, str]


class _Around(NamedTuple):
    """What is the same for all candidates of a sentence; found once."""

    items: list[_Item]
    """Each noun phrase with its preposition, whether it lies in another, and its kind"""
    begins: list[int]
    """The first token of each, or of one before it that begins later"""
    firsts: list[int]
    lasts: list[int]
    """Where the outermost ones without a preposition begin and end"""
    marks: list[int]
    """What each token is as a boundary, by its place in the order"""
    nisbas: list[_Item]
    """Words of origin behind events"""
    starts: list[int]
    """Where each token begins in the raw text"""


def _around(view: View) -> _Around:
    key = ("around", view.index)
    found: _Around | None = view.reading.memo.get(key)
    if found is None:
        outer = {id(mention) for mention in view.mentions}
        bare = [mention for mention in view.mentions if not view.preposition(mention)]
        items = [
            (mention, view.preposition(mention), id(mention) not in outer, kind_of(view, mention))
            for mention in view.reading.mentions(view.index)
            if not in_its_like(view, mention)
            and not any(first < mention.first and mention.last <= last for first, last in view.phrases)
        ]
        found = view.reading.memo[key] = _Around(
            items,
            list(accumulate((mention.first for mention, _, _, _ in items), max)),
            [mention.first for mention in bare],
            [mention.last for mention in bare],
            [_ORDER.index(_mark(view, index)) for index in range(view.first, view.last)],
            _origins(view),
            [token.start for token in view.tokens[view.first : view.last]],
        )
    return found


def _in_sentence(candidate: Candidate, most: int) -> Iterator[Near]:
    view, hit = candidate.view, candidate.hit
    around = _around(view)
    begin = hit.stem if hit.kind == "verb" and hit.stem else hit.last
    at = bisect_left(around.begins, hit.first)
    for mention, preposition, nested, kind in (
        *around.items[max(0, at - most) : at + most],
        *_extra(candidate, around, most),
    ):
        if mention.first >= begin:
            side, start, stop = "after", begin, mention.first
        elif mention.last <= hit.first:
            side, start, stop = "before", mention.last, hit.first
        else:
            side, start, stop = "over", hit.first, hit.first
        least = min(around.marks[start - view.first : stop - view.first], default=-1)
        rank = min(3, max(0, bisect_right(around.lasts, stop) - bisect_left(around.firsts, start)))
        gap = stop - start
        yield Near(mention, 0, side, gap, preposition, _ORDER[least], nested, rank, kind, bucket_of(gap))


def _mark(view: View, index: int) -> str:
    token = view.tokens[index]
    if token.form in RELATIVES:
        return "relative"
    if token.form in SUBORDINATORS:
        return "clause"
    if "trigger" in token.word.classes:
        return "trigger"
    if is_finite(token):
        return "verb"
    if token.form in "،,":
        return "comma"
    return "noun" if view.at(index) is not None else ""


def _extra(candidate: Candidate, around: _Around, most: int) -> Iterator[_Item]:
    """What is no noun phrase by itself but can have a role: words of origin behind events, and bare numbers of people."""
    mine = list(_nisbas(candidate))
    yield from mine
    taken = {mention.first for mention, _, _, _ in mine}
    at = bisect_left(around.nisbas, candidate.hit.first, key=_first)
    yield from (item for item in around.nisbas[max(0, at - most) : at + most] if item[0].first not in taken)
    if candidate.family in _OF_PEOPLE:
        yield from _counted(candidate, around)


def _first(item: _Item) -> int:
    return item[0].first


def _counted(candidate: Candidate, around: _Around) -> Iterator[_Item]:
    """Numbers of people that no noun phrase holds: "وأصيب 119", "مقتل العشرات", "اثنان آخران"."""
    view = candidate.view
    for count in candidate.counts:
        first = view.first + max(0, bisect_right(around.starts, count.span.start) - 1)
        last = view.first + bisect_left(around.starts, count.span.end)
        if last > first and not any(view.at(index) is not None for index in range(first, last)):
            mention = Mention(
                kind="people", first=first, last=last, ext_first=first, ext_last=last, head=last - 1,
                number="du" if count.max == 2 else "pl",
            )  # fmt: skip
            yield mention, view.preposition(mention), False, "people"


def _origins(view: View) -> list[_Item]:
    """Words of origin behind any event of a sentence: in "أصيب ثلاثة بقصف جوي روسي" the shelling's says who hurt them too."""
    found: list[_Item] = []
    for index in range(view.first + 1, view.last):
        token = view.tokens[index]
        if "nationality" not in token.word.classes or view.at(index) is not None:
            continue
        before = view.tokens[max(view.first, index - _NISBA_REACH) : index]
        if any("trigger" in other.word.classes for other in before) and not any(
            first < index < last for first, last in view.phrases
        ):
            mention = _origin(index, "nisba")
            found.append((mention, view.preposition(mention), False, "nisba"))
    return found


def _origin(index: int, kind: str) -> Mention:
    return Mention(kind=kind, first=index, last=index + 1, ext_first=index, ext_last=index + 1, head=index)


def _nisbas(candidate: Candidate) -> Iterator[_Item]:
    """Words of origin right behind an event: its doer behind a noun (قصف تركي), people behind words of harm (استشهد فلسطيني)."""
    view, hit = candidate.view, candidate.hit
    people = candidate.family in _OF_PEOPLE
    if hit.kind == "verb" and not people:
        return
    for index in range(hit.first + 1, min(view.last, hit.last + _NISBA_REACH)):
        token = view.tokens[index]
        if token.kind == "punct" or view.at(index) is not None:
            return
        if "nationality" in token.word.classes:
            kind = "people" if people else "nisba"
            mention = _origin(index, kind)
            if not any(first < index < last for first, last in view.phrases):
                yield mention, view.preposition(mention), people, kind_of(view, mention)
