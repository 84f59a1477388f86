"""Quantities of people in a line of tokens: how many, how surely, and of whom.

"ما لا يقل عن 260 مقاتلا" is 260 or more, "عشرات القتلى" 20 to 99 (CODEBOOK section 6), "بين 10 و15 جنديا" 10 to 15,
"طفلان" 2. What is written with a unit, a date, a label or a per cent sign ("24 ساعة", "20 يوليو", "الفرقة 25") counts
no people and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.arabic.quantities_context import (
    can_be_counted,
    is_name_or_date,
    names_people,
    people_number,
    ruled_out,
)
from marsad.arabic.quantities_hedges import bounded, hedges_after, hedges_before
from marsad.arabic.quantities_numbers import Number, joined_at, read_number, scale_at
from marsad.arabic.quantities_words import FEW, FRACTIONS, NUMERALS
from marsad.model.reading import Token

QuantityKind = Literal["number", "vague", "dual"]

_STARTS = frozenset(NUMERALS) | frozenset(FRACTIONS)
_BETWEEN = frozenset({"بين", "وبين", "من"})
_RISE = frozenset(
    {"ارتفع", "ارتفعت", "ليرتفع", "لترتفع", "يرتفع", "رفع", "زاد", "زادت", "تراجع", "تراجعت", "انخفض"}
)
_LINKS = frozenset({"-", "–", "—", "الي", "او"})
_ARTICLE = ("ال", "وال", "لل")
_RISE_REACH = 12
_WIDEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of people, or of something not ruled out to be people.

    ``first:last`` are tokens, hedges included; ``core`` is the first token of the number itself; ``start`` and ``end`` are the
    raw code points of that range, without a conjunction in front. ``noun`` is the token that names those counted, where
    one stands next to the number ("3 أطفال", "24 من الجنود", "المهاجمين الأربعة").
    """

    first: int
    core: int
    last: int
    start: int
    end: int
    min: int | None
    max: int | None
    approx: bool
    kind: QuantityKind
    noun: int | None = None


def find_quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """All quantities in a line of tokens, in order; duals of people nouns are among them."""
    found: list[Quantity] = []
    at, size = 0, len(tokens)
    while at < size:
        token = tokens[at]
        if token.form in _STARTS or token.kind == "number":
            quantity, at = _number_at(tokens, at)
            if quantity is not None:
                found.append(quantity)
        elif (
            token.word.classes
            and names_people(token)
            and people_number(token) == "du"
            and not _one_of(tokens, at)
        ):
            found.append(_dual(tokens, at))
            at = _after_adjectives(tokens, found[-1].last)
        else:
            at += 1
    return found


def _dual(tokens: Sequence[Token], at: int) -> Quantity:
    """A dual noun, with the "اثنين" that may follow it."""
    last = at + 1
    if last < len(tokens) and _is_two(tokens[last]):
        last += 1
    start = tokens[at].start + (tokens[at].word.senses[0].pro[:1] == "و")
    return Quantity(
        first=at,
        core=at,
        last=last,
        start=start,
        end=tokens[last - 1].end,
        min=2,
        max=2,
        approx=False,
        kind="dual",
        noun=at,
    )


def _one_of(tokens: Sequence[Token], at: int) -> bool:
    """ "أحد الرجلين" is one man."""
    return at > 0 and tokens[at - 1].form.removeprefix("و") in ("احد", "احدي", "كلا", "كلتا", "لاحد", "باحد")


def _after_adjectives(tokens: Sequence[Token], at: int) -> int:
    """Past further duals that describe the first: "شابان فلسطينيان" is two people, not four."""
    while at < len(tokens) and people_number(tokens[at]) == "du" and tokens[at].form[0] != "و":
        at += 1
    return at


def _is_two(token: Token) -> bool:
    numeral = NUMERALS.get(token.form)
    return numeral is not None and numeral.value == 2 and not numeral.joined


def _number_at(tokens: Sequence[Token], at: int) -> tuple[Quantity | None, int]:
    """The quantity that begins at a token, or None where it counts no people; and where to go on."""
    number = read_number(tokens, at)
    if number is None:
        return None, at + 1
    if is_name_or_date(tokens, at, number) or (number.high == 1 and not number.digits):
        return None, number.last
    first = at
    spread = _range(tokens, at, number)
    if spread is not None:
        first, number = spread
    if ruled_out(tokens, number.last):
        return None, number.last
    quantity = _hedged(tokens, first, at, number)
    return quantity, max(number.last, quantity.last)


def _range(tokens: Sequence[Token], at: int, number: Number) -> tuple[int, Number] | None:
    """ "10-15", "من 10 إلى 15", "بين 10 و15": where it begins, and both ends as one number."""
    if number.approx or number.last + 1 >= len(tokens):
        return None
    before = tokens[at - 1].form if at else ""
    link = tokens[number.last].form
    if link in _LINKS:
        second = read_number(tokens, number.last + 1)
    elif before in _BETWEEN and (joined := joined_at(tokens, number.last)) is not None:
        second = read_number(tokens, joined)
    else:
        return None
    if second is None or second.approx:
        return None
    low = _scaled_low(tokens, number.low, second)
    if not low < second.low <= _WIDEST * low:
        return None
    if link == "الي" and any(token.form in _RISE for token in tokens[max(0, at - _RISE_REACH) : at]):
        low = second.low
    first = at - (before in _BETWEEN)
    if first < at and first and tokens[first - 1].form == "ما":
        first -= 1
    return first, number._replace(low=low, high=second.high, last=second.last)


def _scaled_low(tokens: Sequence[Token], low: int, second: Number) -> int:
    """In "10 إلى 15 ألف" the scale holds for both ends."""
    scale = scale_at(tokens, second.last - 1)
    if scale is None or scale.closed or low * scale.value >= second.low or low >= scale.value:
        return low
    return low * scale.value


def _hedged(tokens: Sequence[Token], first: int, at: int, number: Number) -> Quantity:
    """A number with the hedges before and behind it and the noun it counts."""
    noun = _noun(tokens, at, number)
    first, hedges = hedges_before(tokens, first)
    last, behind = hedges_after(tokens, number.last, noun)
    low, high, approx = bounded(hedges + behind, number)
    if first > 0 and tokens[first - 1].form in FEW:
        first -= 1
    numeral = NUMERALS.get(tokens[first].form)
    joined = numeral.joined if numeral is not None else tokens[first].form[0] == "و"
    return Quantity(
        first=first,
        core=at,
        last=last,
        start=tokens[first].start + joined,
        end=tokens[last - 1].end,
        min=low,
        max=high,
        approx=approx,
        kind="vague" if number.approx else "number",
        noun=noun,
    )


def _noun(tokens: Sequence[Token], at: int, number: Number) -> int | None:
    """The token that names those counted: behind the number, behind "من", or before a definite number or "اثنين"."""
    before = at - 1 - (at > 0 and tokens[at - 1].form in _ARTICLE)
    if before >= 0 and tokens[before].kind == "word":
        definite = number.definite or before < at - 1
        if (
            definite
            and tokens[before].word.definite
            and (number.low < _WIDEST or names_people(tokens[before]))
        ):
            return before
        if number.low == 2 and _is_two(tokens[at]) and people_number(tokens[before]) in ("du", "pl"):
            return before
    noun = number.last
    if noun < len(tokens) and tokens[noun].form == ")" and before >= 0 and tokens[before].form == "(":
        noun += 1
    if noun + 1 < len(tokens) and tokens[noun].form == "من":
        noun += 1
    return noun if noun < len(tokens) and can_be_counted(tokens[noun]) else None
