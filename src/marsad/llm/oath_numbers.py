"""Counts and times of a model's claim: read by our own rules from the words that it names, never taken from its figures.

A model that writes "min": 30 beside "13 مدنيا" has miscounted or invented, and which of the two cannot be told: the count is dropped. Where the
words are a number with a hedge outside of them ("أكثر من" before "40"), the hedge counts, as it does for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, cast

from marsad.arabic import tokenise
from marsad.arabic.dates import find_times
from marsad.arabic.quantities import find_quantities
from marsad.arabic.quantities_context import people_number
from marsad.llm.oath_hearing import Hearing
from marsad.model import Count, Span, TimeExpr, TimeRef, Token
from marsad.model.claim import CountKind

_ONE = frozenset(("احد", "احدي", "واحد", "واحده"))
_ANOTHER = frozenset(("ثالث", "ثالثه", "رابع", "رابعه", "خامس", "خامسه", "اخر", "اخري"))
_NOBODY = frozenset(("عدد", "عده", "بعض", "بضعه"))
_DUAL_SIGNS = re.compile("[\u064e][\u0651]?ي\u0652?ن\u0650?$|\u0651\u064eي\u0652?ن\u0650?$")
"""The vowel signs of a dual in a word that could be a plural: "مدنيَّين", "مواطنَيْن"."""
_INNER = frozenset(("من", "بين", "في", "بحق"))


class Number(NamedTuple):
    """A number of people as words say it."""

    min: int | None
    max: int | None
    approx: bool = False


def counts(hearing: Hearing, told: Mapping[str, Any], near: Sequence[Span]) -> tuple[Count, ...]:
    """The counts of a claim that stand, each once."""
    found = [_count(hearing, one, near) for one in hearing.members(told, "counts")]
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _count(hearing: Hearing, told: Mapping[str, Any], near: Sequence[Span]) -> Count | None:
    words, kind = told.get("words"), told.get("kind")
    if not hearing.is_value("count_kinds", kind):
        hearing.drop("counts", "count_kind_unknown", kind)
        return None
    span = hearing.find(words, near)
    if span is None:
        hearing.drop("counts", "count_not_found", words)
        return None
    readings = numbers_in(hearing, span)
    if not readings:
        hearing.drop("counts", "count_unread", words)
        return None
    number = _agreed(readings, told)
    if number is None:
        hearing.drop("counts", "count_disagrees", f"{words}: {_whole(told, 'min')}-{_whole(told, 'max')}")
        return None
    return Count(
        kind=cast(CountKind, kind),
        text=hearing.raw(span),
        span=span,
        min=number.min,
        max=number.max,
        approx=number.approx,
        who=_who(hearing, told, span),
    )


def _who(hearing: Hearing, told: Mapping[str, Any], span: Span) -> str | None:
    words = told.get("who")
    if not words:
        return None
    found = hearing.find(words, (span,))
    if found is None:
        hearing.drop("counts", "who_not_found", words)
        return None
    return hearing.raw(found)


def _agreed(readings: Sequence[Number], told: Mapping[str, Any]) -> Number | None:
    """The reading that has the model's figures; the first where it gives none."""
    low, high = _whole(told, "min"), _whole(told, "max")
    if low is None and high is None:
        return readings[0]
    return next((one for one in readings if (one.min, one.max) == (low, high)), None)


def _whole(told: Mapping[str, Any], name: str) -> int | None:
    """A figure of the model: whole numbers only, also as 3.0; -1 for what is none, which no words say."""
    value = told.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return -1
    return int(value)


def numbers_in(hearing: Hearing, span: Span) -> list[Number]:
    """What the words at a span say as a number of people: in their place in the text, then by themselves; empty where nothing.

    A row of single persons ("ضابط ومجند") is as many as are named; a bare plural is no number (CODEBOOK sections 6 and 10.11).
    """
    reading = hearing.finder.reading
    known = reading.memo.get("quantities")
    if known is None:
        known = reading.memo["quantities"] = find_quantities(reading.tokens)
    first, last = hearing.finder.tokens_of(span)
    found = [one for one in known if first <= one.core < last]
    alone = tokenise(hearing.raw(span), hearing.oath.lexicon)
    found += find_quantities(alone)
    numbers = [Number(one.min, one.max, one.approx) for one in found]
    if not numbers:
        people = _people(alone, hearing.raw(span))
        numbers = [Number(people, people)] if people else []
    return list(dict.fromkeys(numbers))


def _people(tokens: Sequence[Token], raw: str) -> int:
    """How many single people words name one by one, up to where they say of whom they are; 0 where they name many."""
    found = 0
    for at, token in enumerate(tokens):
        form = token.form.removeprefix("و")
        if token.form in _NOBODY:
            return 0
        if form in _ONE and found == 0:
            return 1
        if token.form in _INNER or form in _ANOTHER:
            return found or int(form in _ANOTHER)
        number = people_number(token)
        if number == "pl" and not found:
            return 2 * bool(_DUAL_SIGNS.search(raw[token.start : token.end]))
        if number == "sg" and (not found or token.form.startswith("و") or tokens[at - 1].form == "و"):
            found += 1
    return found


def time(hearing: Hearing, told: Mapping[str, Any], near: Sequence[Span]) -> TimeRef | None:
    """The time of a claim: its words with what we read in them, or with nothing where we read none; None where they do not stand."""
    words = told.get("time")
    if not words:
        return None
    span = hearing.find(words, near)
    if span is None:
        hearing.drop("time", "time_not_found", words)
        return None
    expr = time_in(hearing, span)
    if expr is None:
        hearing.drop("time", "time_unread", words)
    return TimeRef(text=hearing.raw(span), span=span, expr=expr)


def time_in(hearing: Hearing, span: Span) -> TimeExpr | None:
    """The time that the words at a span say: as the article's grammar has it where that is within them, else as they say by themselves."""
    reading, (first, last) = hearing.finder.reading, hearing.finder.tokens_of(span)
    known: list[TimeExpr] | None = reading.memo.get("model times")
    if known is None:
        known = reading.memo["model times"] = find_times(reading.tokens)
    touched = [one for one in known if one.first < last and first < one.last]
    # One word before them belongs to them: "منذ" before a date, "أمس" before a weekday.
    inside = [one for one in touched if first - 1 <= one.first and one.last <= last]
    if inside:
        return max(inside, key=lambda one: (one.last - one.first, -one.first))
    alone = find_times(reading.tokens[first:last])
    if alone:
        best = max(alone, key=lambda one: one.last - one.first)
        return replace(best, first=best.first + first, last=best.last + first)
    return touched[0] if touched else None
