"""What the words around a number do to it: "نحو 300" is about, "أكثر من 40" at least 41, "40 على الأقل" at least 40."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.arabic.quantities_numbers import Number
from marsad.arabic.quantities_words import HEDGES_AFTER, HEDGES_BEFORE, NUMERALS, Hedge
from marsad.model.reading import Token

Bounds = tuple[int | None, int | None, bool]
"""Lowest, highest, and whether the number is only near."""

_MOST_HEDGES = 2
_HEDGE_REACH = 4


def hedges_before(tokens: Sequence[Token], first: int) -> tuple[int, list[Hedge]]:
    """The hedges that end where a number begins, and their first token: "ما لا يقل عن نحو 30"."""
    found: list[Hedge] = []
    while first > 0 and len(found) < _MOST_HEDGES:
        for words, hedge in HEDGES_BEFORE.get(tokens[first - 1].form, ()):
            if _stands(tokens, first - len(words), words):
                found.append(hedge)
                first -= len(words)
                break
        else:
            break
    return first, found


def hedges_after(tokens: Sequence[Token], last: int, noun: int | None) -> tuple[int, list[Hedge]]:
    """A hedge behind the number, its noun, or up to three more words ("12 شخصا قتلوا، على الأقل"), and the token after it."""
    ahead = last if noun is None or noun < last else noun + 1
    for begin in range(last, min(ahead + _HEDGE_REACH, len(tokens))):
        token = tokens[begin]
        for words, hedge in HEDGES_AFTER.get(token.form, ()):
            if _stands(tokens, begin, words):
                return begin + len(words), [hedge]
        if begin >= ahead and not _can_pass(token):
            break
    return last, []


def _can_pass(token: Token) -> bool:
    """Whether a hedge may still come behind this token."""
    return token.form == "،" or (
        token.kind == "word" and token.form[0] not in "وف" and token.form not in NUMERALS
    )


def bounded(hedges: Sequence[Hedge], number: Number) -> Bounds:
    """The range that is left of a number under its hedges."""
    low: int | None = number.low
    high: int | None = number.high
    approx = number.approx
    for hedge in hedges:
        low, high, approx = _hedge(hedge, low, high, approx)
    return low, high, approx


def _hedge(hedge: Hedge, low: int | None, high: int | None, approx: bool) -> Bounds:
    if hedge == "about":
        return low, high, True
    if hedge == "more":
        return (None if low is None else low + 1), None, approx
    if hedge == "least":
        return low, None, approx
    if hedge == "less":
        return None, (None if high is None else max(high - 1, 0)), approx
    return None, high, approx


def _stands(tokens: Sequence[Token], begin: int, words: tuple[str, ...]) -> bool:
    if begin < 0 or begin + len(words) > len(tokens):
        return False
    return all(tokens[begin + i].form == word for i, word in enumerate(words))
