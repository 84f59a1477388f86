"""An article's text as HTML with the words of its claims marked, and the words that somebody looks for in it.

Each paragraph carries where it begins, in code points: so a script can say where in the text a selection lies, whatever marks stand in between. A paragraph of
a megabyte is written as several blocks, for a browser lays out one block at a time; no letter of it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from marsad.arabic.search import word_spans
from marsad.model import Article, Claim
from marsad.model.span import Part, Span
from marsad.run.marks import Mark, marked_lines, marks_of
from marsad.store.search import terms_of

LONGEST = 6_000
"""Characters of a block; a paragraph with more is written as several."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Za-z]")
_LOOKED_AT = 4_000
_MOST_HITS = 2_000
Run = tuple[tuple[str, ...], bool]
Words = tuple[str, Sequence[Span]]
NO_WORDS: Mapping[str, Words] = {}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a piece of a long one: where it begins, and whether the next block goes on with it."""

    start: int
    html: Markup
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text to be read.

    Attributes:
        title: The headline's blocks.
        blocks: Those of the text.
        anchored: The claims whose words can be jumped to.
        hits: How often the words stand there that were looked for.
        arabic: Whether it runs from right to left.
    """

    title: Sequence[Block]
    blocks: Sequence[Block]
    anchored: frozenset[str]
    hits: int
    arabic: bool


def marked_text(
    article: Article,
    claims: Iterable[tuple[str, Claim]],
    find: str = "",
    others: Iterable[Claim] = (),
    words: Mapping[str, Words] = NO_WORDS,
) -> MarkedText:
    """The text of an article with its claims' words marked.

    Args:
        article: The version that the claims' spans point into.
        claims: Each with the name of its card.
        find: Words as a search has them; where they stand is marked, too.
        others: Claims that have no card; of each only the words that name its event are marked, faintly.
        words: More words by name, which is their id in the page, too: as what they are marked, and their spans.
    """
    named = list(claims)
    anchors = {name: f"claim-{name}" for name, _ in named} | {name: name for name in words}
    found = {part: list(hits(article.part(part), find)) for part in _PARTS}
    beside = [evidence.trigger for claim in others for evidence in claim.evidence]
    more = [
        (Mark(span.start, span.end, role, name), span.part)
        for name, (seen, spans) in words.items()
        for span in spans
        for role in (seen, "part")
    ]
    seen_too = {
        part: [
            *found[part],
            *(Mark(s.start, s.end, "other") for s in beside if s.part == part),
            *(one for one, where in more if where == part),
        ]
        for part in _PARTS
    }
    title, text = (_blocks(article, part, named, (anchors, seen_too[part])) for part in _PARTS)
    return MarkedText(
        title=title,
        blocks=text,
        anchored=frozenset(name for name, _ in named) - anchors.keys(),
        hits=len(found["title"]) + len(found["text"]),
        arabic=is_arabic(article.text),
    )


_PARTS: tuple[Part, Part] = ("title", "text")


def _blocks(
    article: Article,
    part: Part,
    named: Sequence[tuple[str, Claim]],
    more: tuple[dict[str, str], Sequence[Mark]],
) -> list[Block]:
    anchors, found = more
    marks = [mark for name, claim in named for mark in marks_of(claim, name, part)]
    lines = marked_lines(article.part(part), [*marks, *found], anchors, LONGEST)
    return [Block(line.start, Markup(line.html), line.goes_on) for line in lines if line.html.strip()]


def hits(text: str, find: str) -> Iterator[Mark]:
    """Where the words of a question stand in a text, folded as a search folds them; the first 2,000 places."""
    terms = [term for term in terms_of(find) if not term.negated]
    if not terms:
        return
    firsts: dict[str, list[Run]] = {}
    for term in terms:
        for run in term.forms:
            firsts.setdefault("" if term.begins and len(run) == 1 else run[0], []).append((run, term.begins))
    begun = tuple(run[0] for run, _ in firsts.pop("", ()))
    words = list(word_spans(text))
    number = 0
    for at, (word, start, end) in enumerate(words):
        fits = [
            run for run, begins in firsts.get(word, ()) if _stands(run, begins, words[at : at + len(run)])
        ]
        if fits or (begun and word.startswith(begun)):
            yield Mark(start, words[at + len(fits[0]) - 1][2] if fits else end, "hit")
            number += 1
        if number == _MOST_HITS:
            return


def _stands(run: Sequence[str], begins: bool, there: Sequence[tuple[str, int, int]]) -> bool:
    words = [word for word, _, _ in there]
    if len(words) < len(run):
        return False
    last = words[-1].startswith(run[-1]) if begins else words[-1] == run[-1]
    return last and tuple(words[:-1]) == tuple(run[:-1])


def is_arabic(text: str) -> bool:
    """Whether a text is written in Arabic letters, by its beginning; one without letters is taken for Arabic, as the program reads that."""
    head = text[:_LOOKED_AT]
    return len(_ARABIC.findall(head)) >= len(_LATIN.findall(head))
