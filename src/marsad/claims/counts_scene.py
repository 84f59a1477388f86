"""A sentence as counting sees it: its tokens, the event words that people are counted under, and what bars the way.

All look-ups are near ones: a sentence can be a megabyte without a full stop, and each number in it may only cost what stands around it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.claims.hits import Hit
from marsad.model import Reading, Token

WIDEST = 60
"""How many tokens may lie between a number and anything that explains it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence with the event words in it that people can be counted under, in order."""

    reading: Reading
    tokens: Sequence[Token]
    first: int
    last: int
    hits: Sequence[Hit]
    starts: Sequence[int]
    """The first token of each hit."""
    barriers: frozenset[int] = frozenset()
    """Words that tell another event: no number behind one belongs to a word before it."""

    def form(self, at: int) -> str:
        """The folded word at a token, "" outside the sentence."""
        return self.tokens[at].form if self.first <= at < self.last else ""

    def raw(self, at: int) -> str:
        """The word at a token as the article has it, with its vowel signs."""
        token = self.tokens[at]
        return self.reading.article.part(token.part)[token.start : token.end]

    def bare(self, at: int) -> str:
        """The folded word at a token without a joined "و"."""
        return self.form(at).removeprefix("و")

    def between(self, first: int, last: int) -> Sequence[Hit]:
        """The event words that begin between two tokens, in order."""
        return self.hits[bisect_left(self.starts, first) : bisect_left(self.starts, last)]

    def crossed(self, first: int, last: int, words: frozenset[str]) -> bool:
        """Whether one of those words stands between two tokens."""
        return any(self.tokens[at].form in words for at in range(first, last))
