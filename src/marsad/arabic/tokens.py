"""Tokens: words, numbers, marks of punctuation and line breaks, with raw offsets, in one pass of one expression."""

from __future__ import annotations

import re

from marsad.arabic.folded import fold
from marsad.arabic.letters import LETTER
from marsad.arabic.lexicon import Lexicon
from marsad.model import Token
from marsad.model.reading import TokenKind
from marsad.model.span import Part

_WORD = f"[{LETTER}]+|[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’]*"
_NUMBER = "[0-9]+(?:[.,٫٬][0-9]+)*"
_BREAK = "[ \t]*[\r\n\u2028\u2029][\\s\u2028\u2029]*"
_PUNCT = "\\.{2,}|…|[^\\s0-9A-Za-z]"
_PIECES = re.compile(f"{_WORD}|{_NUMBER}|{_BREAK}|{_PUNCT}|\\s")
"""Every character of a text is in one of its pieces, so that their lengths say where they stand."""
_SPACES = frozenset(c for c in map(chr, range(0x3001)) if c.isspace() and c not in "\r\n\u2028\u2029")
_KINDS: tuple[tuple[re.Pattern[str], TokenKind], ...] = (
    (re.compile(_WORD), "word"),
    (re.compile(_NUMBER), "number"),
    (re.compile(_PUNCT), "punct"),
)
MAX_WORD = 40
"""Longer runs of letters are noise (a page without spaces): kept as a token, not analysed."""


class _KindOf(dict[str, TokenKind]):
    """The kind of a token by its first character, worked out once for each."""

    def __missing__(self, character: str) -> TokenKind:
        kind = self[character] = next((kind for known, kind in _KINDS if known.match(character)), "break")
        return kind


_KIND_OF = _KindOf()


def tokenise(raw: str, lexicon: Lexicon, part: Part = "text") -> list[Token]:
    """The tokens of a raw string in order; spaces are none."""
    folded = fold(raw)
    known, word_of, kinds = lexicon.known, lexicon.word, _KIND_OF
    tokens: list[Token] = []
    add = tokens.append
    start = 0
    for form in _PIECES.findall(folded.text):
        end = start + len(form)
        if form not in _SPACES:
            add(Token(form, start, end, kinds[form[0]], part, known.get(form) or word_of(form)))
        start = end
    if not folded.in_step:
        spans = folded.raw_spans([(token.start, token.end) for token in tokens])
        for token, (start, end) in zip(tokens, spans, strict=True):
            token.start, token.end = start, end
    return tokens
