"""The dateline: where the newsroom sits, at the head of a text ("بيروت - رويترز", "دمشق/ سانا", "عدن (الغد)"): never where an event happened."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.model import Token

_MOST_WORDS = 5
_MARKS = frozenset("-–—/|")
_BRACKETS = frozenset('(«"“')
_OUTLETS = frozenset(("outlet_name", "outlet_head", "correspondent"))
_NO_NAME = frozenset(("preposition", "conjunction", "report", "trigger", "numeral", "pronoun"))


def dateline_end(tokens: Sequence[Token]) -> int:
    """One past the last token of the text's dateline, its mark included; 0 where the text has none.

    A dateline is one to five words without a verb or a word of the event before a dash or a stroke, or a name before an outlet's name in
    brackets. A colon is none: "حمص: مقتل ثلاثة" says where.
    """
    body = next(
        (index for index, token in enumerate(tokens) if token.part == "text" and token.kind != "break"), None
    )
    if body is None or tokens[body].kind != "word":
        return 0
    words = 0
    for index in range(body, min(len(tokens), body + 2 * _MOST_WORDS)):
        token = tokens[index]
        if token.kind == "word":
            words += 1
            if words > _MOST_WORDS or token.word.classes & _NO_NAME or _is_verb(token):
                return 0
        elif token.form in _MARKS:
            return index + 1
        elif token.form in _BRACKETS:
            return index if _outlet_follows(tokens, index + 1) else 0
        elif token.form not in ("،", ",", "_", "#"):
            return 0
    return 0


def _is_verb(token: Token) -> bool:
    return bool(token.word.senses) and all("v." in sense.morph for sense in token.word.senses)


def _outlet_follows(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and bool(tokens[index].word.classes & _OUTLETS)
