"""How far two coders agree, field by field, with the claims behind every number.

What counts is what each decided before anything of the other was to be seen: the second coder's first decision that holds, and the last one that the first coder
had made by then. A claim that one of them rejects, or does not know about, counts for ``decision`` and has no value in any other field.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, select

from marsad.arabic.search import search_words
from marsad.model.agreement import Level, krippendorff, overlap
from marsad.store import tables
from marsad.store.db import batches
from marsad.store.reviewing import Review, corrected, holding, reviews_of

Json = Mapping[str, Any]
NOBODY = ""
"""The value of a source or place that a claim does not have, where both say so: that is something to agree about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A claim that two people coded: each decision, and the claim as they would have it (None where they would not)."""

    claim: str
    first: Review
    second: Review
    mine: Json | None
    theirs: Json | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAgreement:
    """How far coders agree about a field.

    Attributes:
        level: How values are compared; ``overlap`` for evidence, where ``alpha`` is the F1 of the characters that both marked.
        alpha: None where nothing varies, or nothing was coded twice; never a number that was made up. So are ``low`` and ``high``, the 95 % interval.
        units: How many claims have a value from both.
        coders: How many people gave them.
        claims: Those claims; ``differing`` are those of them in which the two values differ.
    """

    field: str
    level: Level | Literal["overlap"]
    alpha: float | None
    low: float | None
    high: float | None
    units: int
    coders: int
    claims: tuple[str, ...]
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """That one coder said ``value`` where another said ``other_value``, and of which claims."""

    field: str
    coder: str
    other: str
    value: str
    other_value: str
    claims: tuple[str, ...]


def coded_twice(connection: Connection) -> list[Pair]:
    """The claims that two people coded, by id."""
    states = tables.review_states.c
    articles = sorted(set(connection.scalars(select(states.article).where(states.second.is_not(None)))))
    found = []
    for some in batches(articles):
        for claim, rows in reviews_of(connection, some).items():
            pair = _pair(claim, holding(rows))
            if pair is not None:
                found.append(pair)
    return sorted(found, key=lambda pair: pair.claim)


def agreement(connection: Connection, pairs: Sequence[Pair] | None = None) -> list[FieldAgreement]:
    """How far coders agree, for each field in `FIELDS`, and last for the evidence that they marked; of ``pairs`` where these are at hand already."""
    return agreement_of(coded_twice(connection) if pairs is None else pairs)


def agreement_of(pairs: Sequence[Pair]) -> list[FieldAgreement]:
    """The same of pairs that come from elsewhere than a project."""
    return [*(_of_field(pairs, name) for name in FIELDS), _of_evidence(pairs)]


def confusions(connection: Connection, field: str, pairs: Sequence[Pair] | None = None) -> list[Confusion]:
    """Who said what where who else said what, for a field in `FIELDS`: by the coders' names, then most claims first. Equal values are listed, too."""
    return confusions_of(coded_twice(connection) if pairs is None else pairs, field)


def confusions_of(pairs: Sequence[Pair], field: str) -> list[Confusion]:
    """The same of pairs that come from elsewhere than a project."""
    _, value_of = FIELDS[field]
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for pair, value, other in values_of(pairs, value_of):
        found.setdefault((pair.first.who, pair.second.who, str(value), str(other)), []).append(pair.claim)
    rows = [
        Confusion(
            field=field, coder=key[0], other=key[1], value=key[2], other_value=key[3], claims=tuple(claims)
        )
        for key, claims in found.items()
    ]
    return sorted(rows, key=lambda row: (row.coder, row.other, -len(row.claims), row.value, row.other_value))


def _pair(claim: str, rows: Sequence[Review]) -> Pair | None:
    second = next((row for row in rows if row.part == "second"), None)
    if second is None:
        return None
    first = next((row for row in reversed(rows) if row.part == "first" and row.number < second.number), None)
    if first is None or first.who == second.who:
        return None
    return Pair(claim=claim, first=first, second=second, mine=_as_decided(first), theirs=_as_decided(second))


def _as_decided(row: Review) -> Json | None:
    if row.decision in ("reject", "unsure"):
        return None
    return corrected(json.loads(row.machine) if row.machine else {}, row.edit or {})


def values_of(
    pairs: Sequence[Pair], value_of: Callable[[Review, Json | None], Any]
) -> Iterator[tuple[Pair, Any, Any]]:
    """The pairs that have a value from both, with the two values."""
    for pair in pairs:
        value, other = value_of(pair.first, pair.mine), value_of(pair.second, pair.theirs)
        if value is not None and other is not None:
            yield pair, value, other


def _of_field(pairs: Sequence[Pair], name: str) -> FieldAgreement:
    level, value_of = FIELDS[name]
    valued = list(values_of(pairs, value_of))
    made = krippendorff([(value, other) for _, value, other in valued], level)
    return FieldAgreement(
        field=name, level=level, alpha=made.alpha, low=made.low, high=made.high, units=made.units,
        coders=len({who for pair, _, _ in valued for who in (pair.first.who, pair.second.who)}),
        claims=tuple(pair.claim for pair, _, _ in valued),
        differing=tuple(pair.claim for pair, value, other in valued if value != other),
    )  # fmt: skip


def _of_evidence(pairs: Sequence[Pair]) -> FieldAgreement:
    shared, marked, claims, differing, coders = 0, 0, [], [], set()
    for pair in pairs:
        if pair.mine is None or pair.theirs is None or pair.first.version != pair.second.version:
            continue
        both, all_marked = overlap(_spans(pair.mine), _spans(pair.theirs))
        shared, marked = shared + both, marked + all_marked
        claims.append(pair.claim)
        coders |= {pair.first.who, pair.second.who}
        if both != all_marked:
            differing.append(pair.claim)
    return FieldAgreement(
        field="evidence", level="overlap", alpha=shared / marked if marked else None, low=None, high=None, units=len(claims),
        coders=len(coders), claims=tuple(claims), differing=tuple(differing),
    )  # fmt: skip


def _spans(claim: Json) -> list[tuple[str, int, int]]:
    return [(one.get("in", "text"), one["start"], one["end"]) for one in claim["evidence"]]


def _decision(row: Review, _claim: Json | None) -> str:
    return "accept" if row.decision == "add" else row.decision


def _plain(name: str) -> Callable[[Review, Json | None], Any]:
    return lambda _row, claim: claim and claim.get(name)


def _source(_row: Review, claim: Json | None) -> str | None:
    if claim is None:
        return None
    return _named(claim["attribution"][0]) if claim.get("attribution") else NOBODY


def _stance(_row: Review, claim: Json | None) -> str | None:
    return claim["attribution"][0]["stance"] if claim and claim.get("attribution") else None


def _place(_row: Review, claim: Json | None) -> str | None:
    if claim is None:
        return None
    return _named(claim["place"]) if claim.get("place") else NOBODY


def _named(row: Json) -> str:
    """Its id, else its words without regard to spelling."""
    return str(row.get("id") or " ".join(search_words(row["text"])))


def _first_day(_row: Review, claim: Json | None) -> int | None:
    day = claim and (claim.get("time") or {}).get("from")
    return date.fromisoformat(day).toordinal() if day else None


def _killed(_row: Review, claim: Json | None) -> int | None:
    """The highest number of people killed that the claim tells of."""
    counts = [one for one in (claim or {}).get("counts") or () if one["kind"] == "killed"]
    told = [one["min"] if one.get("max") is None else one["max"] for one in counts]
    return max((number for number in told if number is not None), default=None)


FIELDS: Mapping[str, tuple[Level, Callable[[Review, Json | None], Any]]] = {
    "decision": ("nominal", _decision),
    "event": ("nominal", _plain("event")),
    "polarity": ("nominal", _plain("polarity")),
    "modality": ("nominal", _plain("modality")),
    "source": ("nominal", _source),
    "stance": ("nominal", _stance),
    "place": ("nominal", _place),
    "first_day": ("interval", _first_day),
    "killed": ("interval", _killed),
}
"""What is compared: how values of a field differ, and the value of a decision."""
