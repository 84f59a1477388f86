"""Two annotated files as two coders: the claims that both found, by the matching of `evaluate`, and the words behind every difference.

Claims are matched by their events' codes first; of what is left, those of one family in the same words are the same claim with another event. Names that `evaluate`
takes for the same are one value, so that "حماة" and "مدينة حماة" do not differ.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from marsad.errors import InputError
from marsad.run.agreement import FIELDS, FieldAgreement, Pair, agreement_of, values_of
from marsad.run.evaluating_claims import Json, match, nearest, place_right, source_right
from marsad.run.evaluating_files import Rows, gold_articles, predicted_articles
from marsad.store.reviewing import Review

FOUND = "found"
"""The field that says whether a coder has a claim at all, of two files; its alpha is an F1."""
Texts = Callable[[Pair], Json | None]
"""The texts that a pair's spans lie in: an object with ``text`` and ``title``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Two files as pairs.

    Attributes:
        pairs: All claims of the articles in both; one side is None where only one file has a claim.
        articles: The articles that both have, by id, as the first has them.
        only_one: Ids of articles in the first file only; ``only_other``, in the second. Their claims count nowhere.
    """

    pairs: Sequence[Pair]
    articles: Mapping[str, Json]
    only_one: Sequence[str]
    only_other: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """That two coders gave a field of a claim different values, with the words of the claim; ``text`` is None where the article is not at hand."""

    field: str
    claim: str
    article: str
    coder: str
    value: Any
    other: str
    other_value: Any
    part: str
    start: int
    end: int
    text: str | None

    def data(self) -> dict[str, Any]:
        """As a line of JSON has it."""
        return {
            "field": self.field, "claim": self.claim, "article": self.article, "coder": self.coder, "value": self.value, "other": self.other,
            "other_value": self.other_value, "in": self.part, "start": self.start, "end": self.end, "text": self.text,
        }  # fmt: skip


def coded_files(one: Rows, other: Rows, names: tuple[str, str]) -> Coded:
    """Two annotated files as what two coders made of the same articles.

    Args:
        one: A file of JSON lines (CODEBOOK section 7), or its objects.
        other: The other.
        names: What to call their coders.

    Raises:
        InputError: something in them cannot be used, the texts of an article differ, or no article is in both.
    """
    mine = gold_articles(one)
    theirs, only_other = predicted_articles(other, mine)
    if not theirs:
        raise InputError(f"no article is in {names[0]} and in {names[1]}")
    pairs = _once([pair for key in mine if key in theirs for pair in _pairs(mine[key], theirs[key], names)])
    return Coded(
        pairs=pairs, articles={key: mine[key] for key in mine if key in theirs}, only_one=[key for key in mine if key not in theirs],
        only_other=only_other,
    )  # fmt: skip


def _once(pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs with an id each: one that a file gives to several claims is followed by a number."""
    seen: set[str] = set()
    found = []
    for number, pair in enumerate(pairs):
        claim = f"{pair.claim}#{number}" if pair.claim in seen else pair.claim
        seen.add(claim)
        found.append(replace(pair, claim=claim))
    return found


def agreement_of_files(coded: Coded) -> list[FieldAgreement]:
    """How far two files agree: first on which claims there are, then on each field of those that both have."""
    both = [pair.claim for pair in coded.pairs if pair.mine is not None and pair.theirs is not None]
    claims = tuple(pair.claim for pair in coded.pairs)
    shared, alone = len(both), len(claims) - len(both)
    found = FieldAgreement(
        field=FOUND, level="overlap", alpha=2 * shared / (2 * shared + alone) if claims else None, low=None, high=None, units=len(claims),
        coders=2 if claims else 0, claims=claims, differing=tuple(sorted(set(claims) - set(both))),
    )  # fmt: skip
    return [found, *(one for one in agreement_of(coded.pairs) if one.field != "decision")]


def differing(pairs: Sequence[Pair], found: Sequence[FieldAgreement], texts: Texts) -> Iterator[Differing]:
    """Every difference behind some numbers, with the two values and the words."""
    known = {pair.claim: pair for pair in pairs}
    for one in found:
        for claim in one.differing:
            pair = known[claim]
            yield _differing(pair, one.field, _values(pair, one.field), texts)


def _values(pair: Pair, field: str) -> tuple[Any, ...]:
    if field == FOUND:
        return (pair.mine or {}).get("event"), (pair.theirs or {}).get("event")
    if field == "evidence":
        return _spans(pair.mine), _spans(pair.theirs)
    _, value, other = next(values_of([pair], FIELDS[field][1]))
    if field == "first_day":
        return tuple(date.fromordinal(day).isoformat() for day in (value, other))
    return value, other


def _spans(claim: Json | None) -> list[list[Any]]:
    return [[one.get("in", "text"), one["start"], one["end"]] for one in (claim or {}).get("evidence") or ()]


def _differing(pair: Pair, field: str, values: tuple[Any, ...], texts: Texts) -> Differing:
    claim = pair.mine or pair.theirs or json.loads(pair.first.machine or pair.second.machine or "{}")
    part, start, end = (_spans(claim) or [["text", 0, 0]])[0]
    article = texts(pair)
    return Differing(
        field=field, claim=pair.claim, article=pair.first.article, coder=pair.first.who, value=values[0], other=pair.second.who,
        other_value=values[1], part=part, start=start, end=end, text=(article.get(part) or "")[start:end] if article else None,
    )  # fmt: skip


def _pairs(one: Json, other: Json, names: tuple[str, str]) -> Iterator[Pair]:
    """The claims of an article, in the order of the first file, then what only the second has."""
    mine, theirs = [_filled(claim) for claim in one["claims"]], [_filled(claim) for claim in other["claims"]]
    partner = dict(_matched(mine, theirs))
    for i, claim in enumerate(mine):
        found = _named_alike(theirs[partner[i]], claim) if i in partner else None
        yield _pair((one["id"], str(claim.get("id") or f"{one['id']}#{i}")), names, (claim, found))
    taken = set(partner.values())
    for j, claim in enumerate(theirs):
        if j not in taken:
            yield _pair((one["id"], str(claim.get("id") or f"{one['id']}#other-{j}")), names, (None, claim))


def _matched(mine: Sequence[Json], theirs: Sequence[Json]) -> Iterator[tuple[int, int]]:
    """Which claims are the same: numbers of the first and of the second."""
    by_code = match(theirs, mine).by_code
    yield from ((i, j) for j, i in by_code)
    left = [i for i in range(len(mine)) if i not in {i for _, i in by_code}]
    right = [j for j in range(len(theirs)) if j not in {j for j, _ in by_code}]
    for j, i in match([theirs[j] for j in right], [mine[i] for i in left]).by_family:
        yield left[i], right[j]


def _pair(about: tuple[str, str], names: tuple[str, str], claims: tuple[Json | None, Json | None]) -> Pair:
    article, claim = about
    first = Review(
        number=1, at="", who=names[0], claim=claim, then=claim, article=article, version=0, part="first",
        decision="accept" if claims[0] else "reject",
    )  # fmt: skip
    second = replace(
        first, number=2, who=names[1], part="second", decision="accept" if claims[1] else "reject"
    )
    return Pair(claim=claim, first=first, second=second, mine=claims[0], theirs=claims[1])


def _filled(claim: Json) -> Json:
    """A claim with the fields that files may leave out, as far as they are compared; what is not said stays unsaid."""
    place = claim.get("place")
    return {
        "polarity": "affirmed",
        "modality": "actual",
        **claim,
        "attribution": [{**one, "text": one.get("text") or "", "stance": one.get("stance")} for one in claim.get("attribution") or ()],
        "place": {**place, "text": place["text"]} if place and place.get("text") else None,
        "counts": [{"min": None, **one} for one in claim.get("counts") or ()],
    }  # fmt: skip


def _named_alike(claim: Json, like: Json) -> Json:
    """A claim that calls its source and its place as another does, where these are the same by name."""
    found = dict(claim)
    mine, theirs = nearest(like), nearest(claim)
    if mine and theirs and (source_right(like, claim) or source_right(claim, like)):
        alike = {**theirs, "text": mine["text"], "id": mine.get("id")}
        found["attribution"] = [alike, *claim["attribution"][1:]]
    if like["place"] and claim["place"] and (place_right(like, claim) or place_right(claim, like)):
        found["place"] = {**claim["place"], "text": like["place"]["text"], "id": like["place"].get("id")}
    return found
