"""How far people agree beyond chance: Krippendorff's alpha, after "Computing Krippendorff's Alpha-Reliability" (2011).

Alpha is 1 - (n - 1) * D / E: D sums, over the units that at least two people judged, the squared differences of all pairs within a unit divided by one less than
its values; E sums those of all pairs of values at large; n counts the values. The difference of two values is 0 or 1 (nominal), their distance (interval),
or the distance of their mean ranks (ordinal, which comes to the same as the sum over the ranks between them). Where all values are equal there is nothing to
agree about, and no number.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["nominal", "ordinal", "interval"]
RESAMPLES = 200
_LOW, _HIGH = 0.025, 0.975
_ENOUGH = 0.5
"""The share of resamples that must have an alpha, for an interval to be given."""

Unit = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Alpha with the bounds between which 95 of 100 resamples of the units fall; None is undefined, never zero. ``units`` were judged by two or more."""

    alpha: float | None
    low: float | None
    high: float | None
    units: int


def krippendorff(units: Iterable[Sequence[Hashable]], level: Level = "nominal", seed: int = 0) -> Alpha:
    """Alpha of some units, each the values that people gave it (what is missing is left out); values of ordinal and interval fields can be sorted or are numbers.

    >>> krippendorff([["a", "a"], ["b", "b"], ["a", "b"]]).units
    3
    """
    patterns = Counter(tuple(sorted(unit, key=_order)) for unit in units if len(unit) > 1)
    alpha = _alpha(patterns, level)
    drawn = [] if alpha is None else _resampled(patterns, level, random.Random(seed))
    low, high = (_at(drawn, share) for share in (_LOW, _HIGH))
    return Alpha(alpha=alpha, low=low, high=high, units=patterns.total())


def overlap(one: Iterable[tuple[str, int, int]], other: Iterable[tuple[str, int, int]]) -> tuple[int, int]:
    """How many characters two sets of spans (part, start, end) share, twice, and how many they have together: the two sides of an F1.

    >>> overlap([("text", 0, 10)], [("text", 5, 10)])
    (10, 15)
    """
    mine, theirs = (
        {(part, at) for part, start, end in spans for at in range(start, end)} for spans in (one, other)
    )
    return 2 * len(mine & theirs), len(mine) + len(theirs)


def _order(value: Hashable) -> tuple[str, Any]:
    return ("", value) if isinstance(value, int | float) else (type(value).__name__, value)


def _resampled(patterns: Counter[Unit], level: Level, chance: random.Random) -> list[float]:
    """The alphas of resamples of the units, sorted; none where too few of them have one."""
    kinds = list(patterns)
    if len(kinds) > 1 and all(len(set(unit)) == 1 for unit in kinds):
        return [1.0]  # so has every resample in which anything varies
    drawn_from = [place for place, unit in enumerate(kinds) for _ in range(patterns[unit])]
    found = []
    for _ in range(RESAMPLES if len(kinds) > 1 else 0):
        drawn = Counter(chance.choices(drawn_from, k=len(drawn_from)))
        alpha = _alpha({kinds[place]: times for place, times in drawn.items()}, level)
        if alpha is not None:
            found.append(alpha)
    return sorted(found) if len(found) >= _ENOUGH * RESAMPLES else []


def _at(values: Sequence[float], share: float) -> float | None:
    return values[round(share * (len(values) - 1))] if values else None


def _alpha(patterns: Mapping[Unit, int], level: Level) -> float | None:
    totals: Counter[Hashable] = Counter()
    for unit, times in patterns.items():
        for value in unit:
            totals[value] += times
    n, place = totals.total(), _places(totals, level)
    expected = _spread(totals, place)
    if not expected:
        return None
    observed = sum(
        times * _spread(Counter(unit), place) / (len(unit) - 1) for unit, times in patterns.items()
    )
    return 1 - (n - 1) * observed / expected


def _places(totals: Mapping[Hashable, int], level: Level) -> Callable[[Hashable], float] | None:
    """Where values lie, so that their difference is a distance; None where they are the same or not."""
    if level == "nominal":
        return None
    if level == "interval":
        return float  # type: ignore[return-value]
    before, ranks = 0, {}
    for value in sorted(totals, key=_order):
        ranks[value] = before + totals[value] / 2
        before += totals[value]
    return ranks.__getitem__


def _spread(counts: Mapping[Hashable, int], place: Callable[[Hashable], float] | None) -> float:
    """The sum of squared differences over all ordered pairs of values."""
    n = sum(counts.values())
    if place is None:
        return float(n * n - sum(number * number for number in counts.values()))
    middle = place(next(iter(counts))) if counts else 0.0  # large numbers, such as days, lose no digits so
    points = [(place(value) - middle, number) for value, number in counts.items()]
    total = sum(point * number for point, number in points)
    return 2 * (n * sum(point * point * number for point, number in points) - total * total)
