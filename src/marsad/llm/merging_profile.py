"""What is compared of a claim when windows are merged: its parts as sets of bare words, worked out once.

Words are bared more than a search would: what is written onto a word in front and its pronoun behind are dropped on both sides alike, so that
"its withdrawal" and "and the withdrawal" are one word. That two words fall together now and then does no harm, as several are always asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from marsad.arabic import fold_word
from marsad.model import Claim, Reading, Span
from marsad.model.claim import Source

__all__ = ["Profile", "profile_of"]

Words = frozenset[str]

_WORD = re.compile(r"\w+")
_FRONTS = ("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ب", "ل", "ف")
_BACKS = ("هما", "ها", "هم", "ه")
_LEAST = 4
"""Letters that stay of a word when a single letter in front or a pronoun behind is dropped: shorter ones are as likely part of the word."""
_HEADS = frozenset(fold_word(word) for word in ("مدينة", "بلدة", "قرية"))
"""Heads that do not tell one place from another; a province or a countryside is another place than its town."""
_EMPTY = frozenset(
    fold_word(word)
    for word in "في من على عن إلى الى مع أن إن ان قد لقد كان كانت التي الذي الذين هذا هذه ذلك تلك بين بعد قبل كما ما لا لم لن أو او ثم حيث عند خلال".split()
)
"""Words that say nothing of an event."""
_LEAD = 2
"""Sentences of the text that may repeat, in the article's own voice, what a source says further down (as the rules take it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A claim as it is compared with another."""

    key: tuple[str, str, str]
    """Event, polarity and modality: claims that differ in these are never one"""
    voices: Words
    """The nearest source's name and the body that it speaks for; empty for the article's own voice"""
    chain: Words
    """The same of all links"""
    place: Words
    actors: frozenset[tuple[str, Words]]
    """Role and name"""
    time: str
    counts: frozenset[tuple[str, int | None, int | None]]
    tolls: tuple[tuple[int, Words], ...]
    """The least number of each count, with its words"""
    triggers: tuple[Span, ...]
    spans: tuple[Span, ...]
    told: tuple[Words, ...]
    """The telling words of each piece of evidence"""
    lead: bool
    """Whether all its evidence stands in the title or in the lead"""


def profile_of(claim: Claim, reading: Reading | None) -> Profile:
    """The profile of a claim.

    Args:
        claim: Not yet grounded.
        reading: The article; without it only what the claim itself names is known, and not the words of its evidence.
    """
    spans = tuple(one.span for one in claim.evidence)
    return Profile(
        key=(claim.event, claim.polarity, claim.modality),
        voices=_named(claim.attribution[:1]),
        chain=_named(claim.attribution),
        place=bare(claim.place.text) - _HEADS or bare(claim.place.text) if claim.place else frozenset(),
        actors=frozenset((actor.role, bare(actor.text)) for actor in claim.actors),
        time=fold_word(claim.time.text) if claim.time and claim.time.text else "",
        counts=frozenset((one.kind, one.min, one.max) for one in claim.counts),
        tolls=tuple((one.min or 0, bare(one.text)) for one in claim.counts),
        triggers=tuple(one.trigger for one in claim.evidence),
        spans=spans,
        told=tuple(_words(span, reading) for span in spans) if reading else (),
        lead=reading is not None and all(_leads(span, reading) for span in spans),
    )


def _named(links: Iterable[Source]) -> Words:
    return frozenset(fold_word(name) for one in links for name in (one.text, one.body) if name)


def _words(span: Span, reading: Reading) -> Words:
    return bare(reading.article.part(span.part)[span.start : span.end]) - _EMPTY


def _leads(span: Span, reading: Reading) -> bool:
    if span.part == "title":
        return True
    body = (one for one in reading.sentences if one.part == "text" and one.last > one.first)
    return any(span.start < reading.tokens[one.last - 1].end for one in islice(body, _LEAD))


@lru_cache(maxsize=20_000)
def bare(text: str) -> Words:
    """The words of a text, folded, without what is written onto them."""
    return frozenset(_bare(_WORD.findall(fold_word(text))))


def _bare(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        front = next((one for one in _FRONTS if _fits(word, one, before=True)), "")
        rest = word[len(front) :]
        back = next((one for one in _BACKS if _fits(rest, one, before=False)), "")
        yield rest[: len(rest) - len(back)]


def _fits(word: str, affix: str, *, before: bool) -> bool:
    stands = word.startswith(affix) if before else word.endswith(affix)
    left = 2 if before and len(affix) > 1 else _LEAST
    return stands and len(word) - len(affix) >= left
