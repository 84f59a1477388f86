"""Tokens: words, numbers, marks of punctuation and line breaks, with raw offsets, in one pass of one expression."""

from __future__ import annotations

import re

from marsad.arabic.folded import fold
from marsad.arabic.letters import LETTER
from marsad.arabic.lexicon import Lexicon
from marsad.model import Token
from marsad.model.reading import TokenKind
from marsad.model.span import Part

_TOKEN = re.compile(
    f"([{LETTER}]+|[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’]*)"  # word
    "|([0-9]+(?:[.,٫٬][0-9]+)*)"  # number
    "|([ \t]*[\r\n\u2028\u2029][\\s\u2028\u2029]*)"  # break
    "|(\\.{2,}|…|[^\\s0-9A-Za-z])"  # punctuation
)
_KINDS: tuple[TokenKind, ...] = ("word", "word", "number", "break", "punct")
MAX_WORD = 40
"""Longer runs of letters are noise (a page without spaces): kept as a token, not analysed."""


def tokenise(raw: str, lexicon: Lexicon, part: Part = "text") -> list[Token]:
    """The tokens of a raw string in order; letters that no class knows are left out."""
    folded = fold(raw)
    known, word_of = lexicon.known, lexicon.word
    tokens: list[Token] = []
    add = tokens.append
    for match in _TOKEN.finditer(folded.text):
        form = match.group()
        start, end = match.span()
        add(Token(form, start, end, _KINDS[match.lastindex or 1], part, known.get(form) or word_of(form)))
    if not folded.in_step:
        for token in tokens:
            token.start, token.end = folded.raw(token.start), folded.raw_end(token.end - 1)
    return tokens
