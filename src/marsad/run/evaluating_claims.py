"""When a predicted claim is an annotated one, and what of it is right.

A predicted claim can be an annotated one when the codes of their events are equal and at least half of one of its triggers (or, where none is given, of its
evidence) lies within the annotated evidence. Each is matched to one at most; where there are several, to the one with more right in it.
Two names are the same when all content words of the shorter stand in the longer, and are at least a quarter of it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Json = Mapping[str, Any]
_Span = tuple[str, int, int]

_UNSEEN = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_ONE_LETTER = str.maketrans(dict(zip("أإآٱىةؤئ", "اااايهوي", strict=True)))
_WORD = re.compile(r"\w+")
_FRONTS = ("وبال", "وال", "بال", "كال", "فال", "لل", "ال")
_SAY_LITTLE = frozenset("مدينه بلده قريه محافظه ريف حي منطقه مخيم مطار رئيس قوات من في السيد الرئيس".split())
_LEAST_SHARE = 0.25
_EARTH_KM = 12742
_REACH_KM = {"exact": 10, "town": 15, "district": 40, "governorate": 100}
_REACH_ELSE_KM = 400
"""How far coordinates may be from the annotated ones to be right, by the precision that gold gives."""
_MOST_OVERLAP = 100


@dataclass(frozen=True, slots=True)
class Roles:
    """How many actors, by role and name, are right, annotated and predicted."""

    right: int
    annotated: int
    predicted: int


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, whatever their spelling and article.

    >>> same_name("مدينة حماة", "حماه"), same_name("حماة", "حمص")
    (True, False)
    """
    first, second = content_words(one or ""), content_words(other or "")
    if not first or not second:
        return not first and not second
    first, second = (first - _SAY_LITTLE) or first, (second - _SAY_LITTLE) or second
    shorter, longer = (second, first) if len(second) < len(first) else (first, second)
    return shorter <= longer and len(shorter) >= _LEAST_SHARE * len(longer)


@lru_cache(maxsize=50_000)
def content_words(name: str) -> frozenset[str]:
    """The words of a name, folded, without the article and what is written on to it."""
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", name)).translate(_ONE_LETTER)
    return frozenset(map(_bare, _WORD.findall(folded)))


def _bare(word: str) -> str:
    front = next((one for one in _FRONTS if word.startswith(one) and len(word) >= len(one) + 2), "")
    return word[len(front) :]


def source_right(predicted: Json, gold: Json) -> bool:
    """Whether the nearest source is right: by name, or by the body that it speaks for; that neither has one is right, too."""
    mine, theirs = nearest(predicted), nearest(gold)
    if mine is None or theirs is None:
        return mine is theirs
    allowed = [theirs.get("text"), *_body(theirs), *(theirs.get("also") or ())]
    return any(same_name(one, other) for one in (mine.get("text"), *_body(mine)) for other in allowed)


def nearest(claim: Json) -> Json | None:
    """The source nearest to the event, or None where the article speaks itself."""
    chain: Sequence[Json] = claim.get("attribution") or ()
    return chain[0] if chain else None


def _body(source: Json) -> tuple[str, ...]:
    return (source["for"],) if source.get("for") else ()


def place_right(predicted: Json, gold: Json) -> bool:
    """Whether the place is right by name; that neither has one is right, too."""
    mine, theirs = (claim.get("place") or {} for claim in (predicted, gold))
    if not mine.get("text") or not theirs.get("text"):
        return not mine.get("text") and not theirs.get("text")
    return any(same_name(mine["text"], name) for name in (theirs["text"], *(theirs.get("also") or ())))


def near_enough(predicted: Json, gold: Json) -> bool | None:
    """Whether coordinates are as near to the annotated ones as their precision asks; None where none are annotated."""
    mine, theirs = (claim.get("place") or {} for claim in (predicted, gold))
    if theirs.get("lat") is None:
        return None
    if mine.get("lat") is None:
        return False
    reach = _REACH_KM.get(theirs.get("precision") or "", _REACH_ELSE_KM)
    return _kilometres((mine["lat"], mine["lon"]), (theirs["lat"], theirs["lon"])) <= reach


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    (north, east), (far_north, far_east) = one, other
    first, second = math.radians(north), math.radians(far_north)
    chord = (
        math.sin((second - first) / 2) ** 2
        + math.cos(first) * math.cos(second) * math.sin(math.radians(far_east - east) / 2) ** 2
    )
    return _EARTH_KM * math.asin(min(1, math.sqrt(chord)))


def time_right(predicted: Json, gold: Json) -> bool | None:
    """Whether both days are right; None where none are annotated."""
    mine, theirs = (claim.get("time") or {} for claim in (predicted, gold))
    if not theirs.get("from") or theirs.get("precision") == "unknown":
        return None
    return bool(mine.get("from") == theirs["from"] and mine.get("to") == theirs.get("to", theirs["from"]))


def roles_of(predicted: Json, gold: Json) -> Roles:
    """The actors that are right: each annotated one takes the first predicted one of its role and of one of its names."""
    wanted: Sequence[Json] = gold.get("actors") or ()
    given: Sequence[Json] = predicted.get("actors") or ()
    left = list(range(len(given)))
    for actor in wanted:
        names = (actor.get("text"), *(actor.get("also") or ()))
        fits = (
            at
            for at in left
            if given[at].get("role") == actor.get("role")
            and any(same_name(given[at].get("text"), name) for name in names)
        )
        if (taken := next(fits, None)) is not None:
            left.remove(taken)
    return Roles(right=len(given) - len(left), annotated=len(wanted), predicted=len(given))


def counts_of(claim: Json) -> set[tuple[Any, Any, Any]]:
    """What is counted, and between which bounds."""
    return {(one.get("kind"), one.get("min"), one.get("max")) for one in claim.get("counts") or ()}


def polarity_of(claim: Json) -> str:
    """Its polarity; affirmed where it is not given."""
    return str(claim.get("polarity", "affirmed"))


def modality_of(claim: Json) -> str:
    """Its modality; actual where it is not given."""
    return str(claim.get("modality", "actual"))


def usable(predicted: Json, gold: Json) -> bool:
    """Whether source, polarity, modality, place and all annotated actors are right, with one actor too many at most."""
    roles = roles_of(predicted, gold)
    return (
        source_right(predicted, gold)
        and polarity_of(predicted) == polarity_of(gold)
        and modality_of(predicted) == modality_of(gold)
        and place_right(predicted, gold)
        and roles.right == roles.annotated
        and roles.predicted <= roles.annotated + 1
    )


def family_of(event: str) -> str:
    """The family of an event's code: ``family_of("strike.air")`` is ``"strike"``."""
    return event.split(".")[0]


def touches(predicted: Json, gold: Json) -> bool:
    """Whether half of a trigger of the one lies in the evidence of the other."""
    return any(_half_inside(mine, theirs) for mine in _triggers(predicted) for theirs in _spans(gold))


def _spans(claim: Json) -> Iterator[_Span]:
    for one in claim["evidence"]:
        yield one.get("in", "text"), one["start"], one["end"]


def _triggers(claim: Json) -> Iterator[_Span]:
    for one in claim["evidence"]:
        word = one.get("trigger") or one
        yield one.get("in", "text"), word["start"], word["end"]


def _shared(one: _Span, other: _Span) -> int:
    """How many characters two spans of one part share; below zero, how many lie between them."""
    return min(one[2], other[2]) - max(one[1], other[1])


def _half_inside(inner: _Span, outer: _Span) -> bool:
    return inner[0] == outer[0] and 2 * _shared(inner, outer) >= inner[2] - inner[1]


def _closeness(predicted: Json, gold: Json) -> float:
    """How much of a candidate is right. The order of the terms is part of the figure: sums of floats depend on it, and ties are settled by it."""
    roles = roles_of(predicted, gold)
    shared = [
        _shared(mine, theirs)
        for mine in _triggers(predicted)
        for theirs in _spans(gold)
        if mine[0] == theirs[0]
    ]
    return (
        source_right(predicted, gold) * 4
        + place_right(predicted, gold) * 2
        + (roles.right + 1) / (roles.annotated + 1)
        + (predicted.get("modality") == gold.get("modality"))
        + min(max(shared, default=0), _MOST_OVERLAP) / 1000
    )


@dataclass(frozen=True, slots=True)
class Matched:
    """Which claims are the same, as pairs of numbers (predicted, annotated): by code, and by the family of the event alone."""

    by_code: tuple[tuple[int, int], ...]
    by_family: tuple[tuple[int, int], ...]


def match(predicted: Sequence[Json], gold: Sequence[Json]) -> Matched:
    """Which claims of an article are the same, one to one, the best fitting first."""
    fitting = sorted(
        (
            (_closeness(mine, theirs), -i, -j)
            for i, mine in enumerate(predicted)
            for j, theirs in enumerate(gold)
            if family_of(mine["event"]) == family_of(theirs["event"]) and touches(mine, theirs)
        ),
        reverse=True,
    )
    pairs = [(-i, -j) for _, i, j in fitting]
    same_code = [(i, j) for i, j in pairs if predicted[i]["event"] == gold[j]["event"]]
    return Matched(by_code=_one_to_one(same_code), by_family=_one_to_one(pairs))


def _one_to_one(pairs: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    mine: set[int] = set()
    theirs: set[int] = set()
    found = []
    for i, j in pairs:
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            found.append((i, j))
    return tuple(found)
