"""What the words around a number do to it: "نحو 300" is about, "أكثر من 40" at least 41, "40 على الأقل" at least 40."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.arabic.quantities_numbers import Number
from marsad.arabic.quantities_words import HEDGES_AFTER, HEDGES_BEFORE, Hedge
from marsad.model.reading import Token

Bounds = tuple[int | None, int | None, bool]
"""Lowest, highest, and whether the number is only near."""

_MOST_HEDGES = 2


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
    """A hedge behind the number, its noun, or an adjective of that noun, and the token after it."""
    ahead = last if noun is None or noun < last else noun + 1
    for begin in (last, ahead, ahead + 1):
        for words, hedge in HEDGES_AFTER.items():
            if _stands(tokens, begin, words):
                return begin + len(words), [hedge]
        if begin >= len(tokens) or tokens[begin].kind != "word":
            break
    return last, []


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
