"""Where words that a model wrote stand in what it was shown: exactly, or nowhere.

Words are compared folded (`marsad.arabic.fold`: spelling of hamza, vowel signs, tatweel, printed shapes), with any run of white space as one
space, any quotation mark as one sign, and any dash as one; nothing else is forgiven. They must begin and end where a word does. Only the one-letter words that
Arabic writes onto the next, and the article, may be cut off in front: "الجيش" is found in "والجيش", "حماة" in "بحماة", but "بنان" is not found in "لبنان".
"الجيش" is found in "للجيش" too, which is how ل and ال are written together; there the span is the whole word.

Pages that were stripped of their links run words together ("قال عمدة موسكوسيرغي سوبيانين"). Two words or more are found there too, where the lexicon has
no such word as the one that they stand in, and what is left of it is a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from marsad.arabic import FoldedText, Lexicon, fold
from marsad.llm.types import Shown, Window
from marsad.model import Reading, Span, Token
from marsad.model.span import Part

MOST_WORDS = 4_000
"""Longer words are not looked for: no clause is as long."""
_MOST_PLACES, _MOST_NEAR = 60, 6
_QUOTES = "\"'`«»‹›“”„‟‘’‚‛〈〉《》〝〞＂"
_PIECES = re.compile(f"(?P<space>\\s+)|(?P<quote>[{_QUOTES}]+)|(?P<dash>[-‐‑‒–—―−]+)|(?P<dots>…|\\.{{3,}})")
_SIGNS = {"space": " ", "quote": '"', "dash": "-", "dots": "…"}
_EDGES = ' .،,؛;:!؟?"-…()[]{}*#|/\\'
_FRONT = re.compile("[وف]?[بلك]?(?:ال)?")
_LEAST_NAME, _LEAST_DEFINITE, _LEAST_REST = 3, 5, 2
_POINTS = ".,٫٬"
_PREPOSED = (" ل", " ب")
"""Words may end in a preposition that is written onto the next: "وفقا ل"."""
_ENDINGS = frozenset("هم هن ها هما نا كم كما ني ات ان ين ون وا تم يه تي".split())
"""What a longer word may end in: pronouns, plurals, persons of verbs."""
_SMALL = frozenset("في من عن الي علي قد فقد ان مع ثم".split())
"""Words that no lexicon of ours needs, and that are run together with others most often."""


class Plain(NamedTuple):
    """A string as it is compared, and where each of its characters begins (``starts``) and ends (``ends``) in the raw one."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


class Stretch(NamedTuple):
    """Sentences that stand side by side, as a range of a plain text; words may run from one into the next."""

    part: Part
    plain: Plain
    first: int
    last: int


def plain(raw: str) -> Plain:
    """A raw string folded, with white space, quotation marks and dashes made one sign each.

    >>> plain("قالَ  «الجيش» – إنّ").text
    'قال "الجيش" - ان'
    """
    folded = fold(raw)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for match in _PIECES.finditer(folded.text):
        pieces += folded.text[position : match.start()], _SIGNS[match.lastgroup or "space"]
        starts += _starts(folded, position, match.start())
        ends += _ends(folded, position, match.start())
        starts.append(folded.raw(match.start()))
        ends.append(folded.raw_end(match.end() - 1))
        position = match.end()
    last = len(folded.text)
    starts += _starts(folded, position, last)
    ends += _ends(folded, position, last)
    return Plain("".join((*pieces, folded.text[position:])), starts, ends)


def _starts(folded: FoldedText, first: int, last: int) -> Sequence[int]:
    return range(first, last) if folded.in_step else [folded.raw(at) for at in range(first, last)]


def _ends(folded: FoldedText, first: int, last: int) -> Sequence[int]:
    if folded.in_step:
        return range(first + 1, last + 1)
    return [folded.raw_end(at) for at in range(first, last)]


def compared(words: str) -> str:
    """Words as they are compared, without white space at their ends."""
    return plain(words).text.strip() if len(words) <= MOST_WORDS else ""


class Finder:
    """Finds words in the sentences of a window, and in the title where the window shows it."""

    def __init__(self, reading: Reading, window: Window, lexicon: Lexicon) -> None:
        """For one window of an article; the folding of the article is done once per reading."""
        self.reading = reading
        self._lexicon = lexicon
        self.window = window
        self._stretches = [*_stretches(reading, window.shown), *_title(reading, window)]
        self._withheld = _stretches(reading, window.withheld)
        self._tokens: dict[Part, list[int]] = {}
        self._found: dict[str, list[Span]] = {}
        self._sentences: dict[Span, int] = {}

    def places(self, words: str) -> list[Span]:
        """Every place where the words stand, in order of the text and the title last; the first 60 of a stretch where there are more."""
        wanted = compared(words)
        known = self._found.get(wanted)
        if known is None:
            known = self._found[wanted] = self._places(wanted, self._stretches)
        return known

    def is_withheld(self, words: str) -> bool:
        """Whether the words stand in a sentence that the model was not shown."""
        return bool(self._places(compared(words), self._withheld))

    def first(self, words: str, part: Part = "text", taken: Sequence[Span] = ()) -> Span | None:
        """The first place in a part that is not ``taken``, or else in the other part, or else the first of all."""
        places = self.places(words)
        free = [place for place in places if place not in taken] or places
        return next((place for place in free if place.part == part), free[0] if free else None)

    def nearest(self, words: str, near: Sequence[Span]) -> Span | None:
        """The place that is nearest to ``near``: inside it, else in its sentence, else before it, else behind it.

        Of several spans an earlier one comes first. The title is looked at last: it names in short what the text names in full.
        """
        places = self.places(words)
        if len(places) < 2:
            return places[0] if places else None
        spans = [span for span in near[:_MOST_NEAR] if span.part == "text"] or near[:_MOST_NEAR]
        return min(places, key=lambda place: min(self._distance(place, *one) for one in enumerate(spans)))

    def within(self, words: str, outer: Span) -> Span | None:
        """The first place inside a span, or None."""
        return next((place for place in self.places(words) if outer.covers(place)), None)

    def tokens_of(self, span: Span) -> tuple[int, int]:
        """The tokens of the reading that a span touches, end exclusive."""
        first = bisect_right(self._starts(span.part), span.start) - 1
        last = bisect_left(self._starts(span.part), span.end)
        shift = self._shift(span.part)
        first = max(first, 0)
        if first < last and self.reading.tokens[first + shift].end <= span.start:
            first += 1
        return first + shift, max(last, first) + shift

    def sentences_at(self, span: Span) -> range:
        """The indexes of the sentences that a span touches."""
        first, last = self.tokens_of(span)
        return range(self.reading.sentence_at(first), self.reading.sentence_at(max(first, last - 1)) + 1)

    def _distance(self, place: Span, rank: int, span: Span) -> tuple[int, int, int]:
        if place.part != span.part:
            return 4, rank, place.start
        if span.covers(place):
            return 0, rank, place.start - span.start
        before = place.start < span.start
        gap = span.start - place.end if before else place.start - span.end
        if self._sentence(place) == self._sentence(span):
            return 1, rank, gap
        return (2 if before else 3), rank, gap

    def _sentence(self, span: Span) -> int:
        known = self._sentences.get(span)
        if known is None:
            known = self._sentences[span] = self.reading.sentence_at(self.tokens_of(span)[0])
        return known

    def _starts(self, part: Part) -> list[int]:
        known = self._tokens.get(part)
        if known is None:
            known = self._tokens[part] = [token.start for token in self.reading.tokens if token.part == part]
        return known

    def _shift(self, part: Part) -> int:
        """Tokens of the title come before those of the text."""
        return len(self._starts("title")) if part == "text" else 0

    def _places(self, wanted: str, stretches: Sequence[Stretch]) -> list[Span]:
        for words in dict.fromkeys((wanted, wanted.strip(_EDGES))):
            if any(map(str.isalnum, words)):
                found = [place for stretch in stretches for place in self._in(words, stretch)]
                if found:
                    return sorted(found, key=lambda span: (span.part == "title", span.start))[:_MOST_PLACES]
        return []

    def _in(self, words: str, stretch: Stretch) -> Iterator[Span]:
        """The places of words in a stretch, also where ل and ال are written together in front of them."""
        forms = [words, *_behind_for(words)]
        text, starts, ends = stretch.plain
        for form in forms:
            at, found = text.find(form, stretch.first, stretch.last), 0
            while at >= 0 and found < _MOST_PLACES:
                if self._stands(stretch, at, at + len(form)):
                    found += 1
                    yield Span(starts[at], ends[at + len(form) - 1], stretch.part)
                at = text.find(form, at + 1, stretch.last)

    def _stands(self, stretch: Stretch, first: int, last: int) -> bool:
        """Whether a range begins and ends where a word does."""
        text, name = stretch.plain.text, stretch.plain.text[first:last]
        begin, end = first, last
        while begin > stretch.first and _is_joined(text, begin):
            begin -= 1
        while end < stretch.last and _is_joined(text, end):
            end += 1
        if end > last and not name.endswith(_PREPOSED) and not self._is_run_together(text, last, end, name):
            return False
        front = text[begin:first]
        return (
            not front
            or self._can_cut(stretch, first, front, name)
            or (len(front) > 1 and self._is_run_together(text, begin, first, name))
        )

    def _can_cut(self, stretch: Stretch, first: int, front: str, name: str) -> bool:
        """Whether what stands in front of a name is written onto it, and no letter of its own."""
        if _FRONT.fullmatch(front) is None:
            return False
        if " " in name or name[0].isdecimal():
            return True
        if len(name) < _LEAST_NAME:
            return False
        if name.startswith("ال"):
            return len(name) >= _LEAST_DEFINITE
        start = stretch.plain.starts[first]
        at = self.tokens_of(Span(start, start + 1, stretch.part))[0]
        return _is_clitic(self.reading.tokens[at], front)

    def _is_run_together(self, text: str, first: int, last: int, name: str) -> bool:
        """Whether the letters beside a name of several words are a word of their own, which lost its space."""
        rest = text[first:last]
        if " " not in name or len(rest) < _LEAST_REST or rest in _ENDINGS:
            return False
        begin, end = first, last
        while begin > 0 and text[begin - 1].isalpha():
            begin -= 1
        while end < len(text) and text[end].isalpha():
            end += 1
        word = self._lexicon.word
        return not word(text[begin:end]).senses and (rest in _SMALL or bool(word(rest).senses))


def _behind_for(words: str) -> list[str]:
    """How definite words are written behind ل: الجيش as للجيش, اللجنة as للجنة."""
    if not words.startswith("ال"):
        return []
    return ["ل" + words[2 if words.startswith("الل") else 1 :]]


def _is_joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of a place are of one word or one number ("3.5"); a digit and a letter are not."""
    left, right = text[at - 1], text[at]
    if left.isdecimal() and right.isdecimal():
        return True
    if not left.isdecimal() and not right.isdecimal():
        return left.isalnum() and right.isalnum()
    return _is_fraction(text, at - 1) or _is_fraction(text, at)


def _is_fraction(text: str, at: int) -> bool:
    """Whether a mark stands between two digits, as in "3.5" and "1,200"."""
    return text[at] in _POINTS and text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal()


def _is_clitic(token: Token, front: str) -> bool:
    """Whether the lexicon lets the letters be split off a word, or does not know the word at all."""
    senses = token.word.senses
    return not senses or any(sense.pro.startswith(front) for sense in senses)


def _stretches(reading: Reading, shown: Sequence[Shown]) -> list[Stretch]:
    """The sentences as stretches: those with nothing but white space between them are one."""
    runs: list[Shown] = []
    for one in sorted(shown, key=lambda one: (one.part, one.start)):
        before = runs[-1] if runs else None
        if before is not None and before.part == one.part and one.start <= before.end:
            runs[-1] = before._replace(end=max(before.end, one.end))
        elif before is not None and _adjoin(reading, before, one):
            runs[-1] = before._replace(end=one.end)
        else:
            runs.append(one)
    return [stretch for run in runs for stretch in _stretch(reading, run.part, run.start, run.end)]


def _adjoin(reading: Reading, before: Shown, one: Shown) -> bool:
    between = reading.article.part(one.part)[before.end : one.start]
    return before.part == one.part and not between.strip()


def _title(reading: Reading, window: Window) -> list[Stretch]:
    return _stretch(reading, "title", 0, len(reading.article.title)) if window.title else []


def _stretch(reading: Reading, part: Part, start: int, end: int) -> list[Stretch]:
    known: Plain | None = reading.memo.get(("plain", part))
    if known is None:
        known = reading.memo["plain", part] = plain(reading.article.part(part))
    first, last = bisect_left(known.starts, start), bisect_right(known.ends, end)
    while last > first and known.starts[last - 1] >= end:
        last -= 1
    return [Stretch(part, known, first, last)] if first < last else []
