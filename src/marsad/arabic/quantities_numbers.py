"""Reads one written number: digits, words, or both ("مليون و200 ألف", "ثلاثمئة وخمسة وعشرون", "6,1 مليون").

The parts of a compound descend: thousands before hundreds before the rest, so that "ثلاثة وأربعون" is 43 but
"ثلاثة وأربعة" stays two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from marsad.arabic.quantities_words import FRACTIONS, NUMERALS, TEEN, VAGUE_TOP, Numeral
from marsad.model.reading import Token

_DIGITS = re.compile(r"\d+(?:[.,٫٬،]\d+)*", re.ASCII)
_MOST_DIGITS = 12
_LARGEST = 10**12
_AND_ONE = frozenset({"واحد", "واحدي"})  # "مئة وأحد عشر"; alone "واحد" is "one", without a conjunction


class Number(NamedTuple):
    """A number as read: a range (equal ends when exact), the token after it, and how it was written."""

    low: int
    high: int | None
    last: int
    approx: bool = False
    digits: bool = False
    definite: bool = False


def digits_value(form: str) -> tuple[int, int] | None:
    """The value of a digit string as a fraction: "6,1" is (61, 10), "18.006" and "1,320" are thousands.

    A separator with exactly three digits behind it groups thousands; any other one is a decimal point.
    """
    if not _DIGITS.fullmatch(form) or len(form) > _MOST_DIGITS + 4:
        return None
    whole, *groups = re.split(r"[.,٫٬،]", form)
    if not groups:
        return int(whole), 1
    if all(len(group) == 3 for group in groups) and "٫" not in form and 0 < len(whole) <= 3 and whole != "0":
        return int(whole + "".join(groups)), 1
    if len(groups) == 1:
        return int(whole + groups[0]), 10 ** len(groups[0])
    return None


def read_number(tokens: Sequence[Token], first: int) -> Number | None:
    """The number that begins at a token, or None."""
    token = tokens[first]
    if token.kind == "number":
        return _read_sum(tokens, first)
    numeral = NUMERALS.get(token.form)
    if numeral is not None:
        return _read_vague(tokens, first, numeral) if numeral.plural else _read_sum(tokens, first)
    return _part_of_scale(tokens, first)


def joined_at(tokens: Sequence[Token], at: int) -> int | None:
    """Where a number joined by "و" begins: the same token for "وأربعون", the next one for "و 40"."""
    if at >= len(tokens):
        return None
    form = tokens[at].form
    if form == "و" and at + 1 < len(tokens):
        following = tokens[at + 1]
        numeral = NUMERALS.get(following.form)
        return at + 1 if following.kind == "number" or (numeral and not numeral.joined) else None
    if form in _AND_ONE and at + 1 < len(tokens) and tokens[at + 1].form in TEEN:
        return at
    numeral = NUMERALS.get(form)
    return at if numeral is not None and numeral.joined else None


def _read_vague(tokens: Sequence[Token], first: int, numeral: Numeral) -> Number:
    """ "عشرات", "آلاف", "مئات الآلاف": a range, times the scale that follows."""
    low, high, last = numeral.value, 0, first + 1
    if numeral.rank == "scale":
        low *= 2
    high = VAGUE_TOP.get(low, low * 5)
    scale = scale_at(tokens, last)
    if scale is not None and not scale.joined and not scale.closed:
        low, high, last = low * scale.value, (high + 1) * scale.value - 1, last + 1
    return Number(low, high, last, approx=True, definite=numeral.definite)


def _read_sum(tokens: Sequence[Token], first: int) -> Number | None:
    """Parts of descending rank joined by "و"."""
    total, limit, at = 0, _LARGEST, first
    while True:
        part = _read_part(tokens, at)
        if part is None or part[0] >= limit:
            break
        value, scale, last = part
        total, limit = total + value, scale
        if scale == 1:
            break
        following = joined_at(tokens, last)
        if following is None:
            break
        at = following
    if limit == _LARGEST:
        return None
    token = tokens[first]
    numeral = NUMERALS.get(token.form)
    return Number(
        total, total, last, digits=token.kind == "number", definite=bool(numeral and numeral.definite)
    )


def _read_part(tokens: Sequence[Token], at: int) -> tuple[int, int, int] | None:
    """A group with its scale: ("خمسة آلاف") is (5000, 1000, after)."""
    token = tokens[at]
    if token.kind == "number":
        return _scaled_digits(tokens, at)
    numeral = NUMERALS.get(token.form)
    if numeral is None or numeral.rank == "vague":
        return None
    if numeral.rank == "scale":
        return _bare_scale(tokens, at, numeral)
    value, last = _read_group(tokens, at, numeral)
    scale = scale_at(tokens, last)
    if scale is not None and not scale.joined and not scale.closed:
        return value * scale.value, scale.value, last + 1
    return value, 1, last


def _scaled_digits(tokens: Sequence[Token], at: int) -> tuple[int, int, int] | None:
    """Digits times the scale word behind them; a decimal fraction without one counts no people."""
    form = tokens[at].form
    fraction = digits_value(form)
    if fraction is None:
        return None
    value, parts = fraction
    scale = scale_at(tokens, at + 1)
    if scale is None or scale.joined or scale.closed:
        return (value, 1, at + 1) if parts == 1 else None
    if scale.value > 1_000 and parts == 1 and not form.isdigit():
        parts = 1_000  # "1.500 مليون" is a decimal after all
    return value * scale.value // parts, scale.value, at + 2


def _bare_scale(tokens: Sequence[Token], at: int, numeral: Numeral) -> tuple[int, int, int]:
    """ "ألف", "مليون", "ألفي", with "ونصف" where it follows; "ألفا شخص" is the dual in construct."""
    value, last = numeral.value, at + 1
    if numeral.closed:
        return value, value // 2, last
    following = tokens[last] if last < len(tokens) else None
    if tokens[at].form.endswith("ا") and following is not None and _in_construct(following):
        return 2 * value, value, last
    scale = scale_at(tokens, last)
    if scale is not None and not scale.joined and scale.value > value:
        return value * scale.value, scale.value, last + 1
    if following is not None and following.form == "ونصف":
        scale = scale_at(tokens, last + 1)
        return value + value // 2, 1, last + 1 + (scale is not None and scale.definite)
    return value, value, last


def _in_construct(following: Token) -> bool:
    """Whether "ألفا" before the word is a dual: people follow, and not the tanwin's "و"."""
    return following.form[0] != "و" and "people" in following.word.classes


def _read_group(tokens: Sequence[Token], at: int, numeral: Numeral) -> tuple[int, int]:
    """A number below a thousand in words, and the token after it."""
    if numeral.rank == "hundred":
        return _below_hundred(tokens, at + 1, numeral.value)
    if numeral.rank != "unit" or at + 1 >= len(tokens):
        return numeral.value, at + 1
    following = tokens[at + 1].form
    if following in TEEN:
        return numeral.value + 10, at + 2
    after = NUMERALS.get(following)
    if after is not None and not after.joined and numeral.value > 2 and _is_hundred(after):
        return _below_hundred(tokens, at + 2, numeral.value * 100)
    joined = joined_at(tokens, at + 1)
    tens = NUMERALS.get(tokens[joined].form) if joined is not None else None
    if joined is not None and tens is not None and tens.rank == "tens":
        return numeral.value + tens.value, joined + 1
    return numeral.value, at + 1


def _is_hundred(numeral: Numeral) -> bool:
    """Whether "ثلاث" may stand before it: "مئة", "مئات"."""
    return (numeral.rank, numeral.value) in (("hundred", 100), ("vague", 200)) and not numeral.closed


def _below_hundred(tokens: Sequence[Token], at: int, total: int) -> tuple[int, int]:
    """What "و" adds to hundreds in words."""
    joined = joined_at(tokens, at)
    if joined is None:
        return total, at
    numeral = NUMERALS.get(tokens[joined].form)
    if numeral is None or numeral.rank not in ("unit", "ten", "tens"):
        return total, at
    value, last = _read_group(tokens, joined, numeral)
    if value >= 100:
        return total, at
    return total + value, last


def scale_at(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The scale word ("ألف", "ملايين") at a token, or None."""
    numeral = NUMERALS.get(tokens[at].form) if at < len(tokens) else None
    return numeral if numeral is not None and numeral.rank == "scale" else None


def _part_of_scale(tokens: Sequence[Token], at: int) -> Number | None:
    """ "نصف مليون", "ربع مليون"."""
    parts = FRACTIONS.get(tokens[at].form)
    scale = scale_at(tokens, at + 1) if parts else None
    if parts is None or scale is None or scale.value < 1_000_000 or scale.closed or scale.plural:
        return None
    return Number(scale.value // parts, scale.value // parts, at + 2)
