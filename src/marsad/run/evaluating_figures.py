"""Figures from sums: every figure is a ratio of whole numbers that add up over articles, so an article is summed once, however often it is drawn.

Intervals are the middle 95 % of resamples (percentile bootstrap). What is drawn is articles: claims of one article share its author, its events and its mistakes, so
they are not independent. An interval of a figure that never varies has no width; that is what was drawn, not certainty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from marsad.run.evaluating_claims import (
    Json,
    counts_of,
    modality_of,
    near_enough,
    nearest,
    place_right,
    polarity_of,
    roles_of,
    source_right,
    time_right,
    usable,
)

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.float64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

DIGITS = 4
ROUNDS = 1000
_BOUNDS = (2.5, 97.5)
_ENOUGH = 0.5
"""The share of rounds in which a figure must be defined, for an interval to be given."""
_AT_ONCE = 100

F1S: Mapping[str, tuple[str, str, str]] = {
    "claim": ("matched", "predicted", "gold"),
    "family": ("family", "family_predicted", "gold"),
    "usable": ("usable", "predicted", "gold"),
    **{
        name: (f"{name}_right", f"{name}_predicted", f"{name}_gold")
        for name in ("stance", "negation", "modality", "actors", "counts")
    },
}
"""Figures with precision, recall and F1: the sums of what is right, predicted and annotated."""
SHARES: Mapping[str, tuple[str, str]] = {
    "source": ("source_right", "matched"),
    **{name: (f"{name}_right", f"{name}_gold") for name in ("named", "time", "coordinates")},
    "place": ("place_right", "matched"),
}
"""Figures that are a share: the sums of what is right, and of what it is a share of."""
FIGURES = (
    "claim", "family", "usable", "source", "named", "place", "time", "coordinates", "stance", "negation", "modality", "actors", "counts",
)  # fmt: skip
"""All figures, in the order in which they are shown."""
SUMS = tuple(dict.fromkeys(name for names in (*F1S.values(), *SHARES.values()) for name in names))
_AT = {name: at for at, name in enumerate(SUMS)}

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with its intervals.

    Attributes:
        values: ``p``, ``r`` and ``f1``, or ``acc`` (None where there is nothing that it could be a share of).
        n: How many annotated claims, or parts of matched claims, it is of.
        predicted: How many were predicted; None for a share.
        intervals: For each value the bounds of its 95 % interval; None where fewer than two articles have anything to say about it.
    """

    values: Mapping[str, float | None]
    n: int
    predicted: int | None = None
    intervals: Mapping[str, Interval] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing was annotated and nothing predicted: its zeros then say nothing."""
        return not self.n and not self.predicted

    def data(self) -> dict[str, Any]:
        """Its values and ``n``."""
        return {**self.values, "n": self.n}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All `FIGURES` over some articles."""

    articles: int
    figures: Mapping[str, Figure]

    def data(self) -> dict[str, Any]:
        """As JSON has it: each figure under its name, and their intervals under ``intervals``."""
        plain = {name: figure.data() for name, figure in self.figures.items()}
        bounds = {
            name: {key: list(pair) if pair else None for key, pair in figure.intervals.items()}
            for name, figure in self.figures.items()
        }
        return {"articles": self.articles, **plain, "intervals": bounds}


class Sums:
    """The sums of one article, or of the claims of one group in it."""

    __slots__ = ("numbers",)

    def __init__(self) -> None:
        self.numbers = [0] * len(SUMS)

    def add(self, name: str, number: int = 1) -> None:
        """Add to one of them."""
        self.numbers[_AT[name]] += number

    def add_all(self, other: Sums) -> None:
        """Add other sums."""
        self.numbers = [one + more for one, more in zip(self.numbers, other.numbers, strict=True)]

    @classmethod
    def of_pair(cls, mine: Json, theirs: Json) -> Self:
        """The sums of a predicted claim that was matched to an annotated one."""
        made = cls()
        made._add_pair(mine, theirs)
        return made

    def _add_pair(self, mine: Json, theirs: Json) -> None:
        self.add("matched")
        self.add("usable", usable(mine, theirs))
        self._add_source(mine, theirs)
        self.add("place_right", place_right(mine, theirs))
        self._add_rare("negation", "affirmed", (polarity_of(mine), polarity_of(theirs)))
        self._add_rare("modality", "actual", (modality_of(mine), modality_of(theirs)))
        for name, right in (("time", time_right(mine, theirs)), ("coordinates", near_enough(mine, theirs))):
            if right is not None:
                self.add(f"{name}_right", right)
                self.add(f"{name}_gold")
        roles, counted, annotated = roles_of(mine, theirs), counts_of(mine), counts_of(theirs)
        self._add_f1("actors", (roles.right, roles.predicted, roles.annotated))
        self._add_f1("counts", (len(counted & annotated), len(counted), len(annotated)))

    def _add_source(self, mine: Json, theirs: Json) -> None:
        right = source_right(mine, theirs)
        self.add("source_right", right)
        ours, other = nearest(mine), nearest(theirs)
        if other is None:
            return
        self.add("named_gold")
        if right and ours is not None:
            self.add("named_right")
            self._add_rare("stance", "state", (ours.get("stance"), other.get("stance")))

    def _add_rare(self, name: str, common: str, values: tuple[object, object]) -> None:
        """Add a value of which only what is not common counts."""
        mine, theirs = values
        self._add_f1(name, (mine == theirs != common, mine != common, theirs != common))

    def _add_f1(self, name: str, numbers: tuple[int, int, int]) -> None:
        for part, number in zip(("right", "predicted", "gold"), numbers, strict=True):
            self.add(f"{name}_{part}", number)


def scores(sums: Sequence[Sums], rounds: int = ROUNDS, seed: int = 0) -> Scores:
    """The figures of some articles with their intervals.

    Args:
        sums: One for each article.
        rounds: How many resamples are drawn; 0 gives no intervals.
        seed: Of the draws; the same seed gives the same intervals everywhere.
    """
    import numpy as np

    matrix = np.array([one.numbers for one in sums], dtype=np.float64).reshape(len(sums), len(SUMS))
    drawn = _resampled(matrix, rounds, seed)
    totals = matrix.sum(axis=0, keepdims=True)
    return Scores(
        articles=len(sums), figures={name: _figure(name, totals, (matrix, drawn)) for name in FIGURES}
    )


def _resampled(matrix: Numbers, rounds: int, seed: int) -> Numbers:
    """The sums of as many articles as there are, drawn with replacement, in each round."""
    import numpy as np

    articles, chance = len(matrix), np.random.default_rng(seed)
    parts = [np.empty((0, len(SUMS)))]
    for first in range(0, rounds if articles else 0, _AT_ONCE):
        draws = chance.integers(0, articles, size=(min(_AT_ONCE, rounds - first), articles))
        times = np.stack([np.bincount(row, minlength=articles) for row in draws]).astype(np.float64)
        parts.append(times @ matrix)
    return np.concatenate(parts)


def _figure(name: str, totals: Numbers, samples: tuple[Numbers, Numbers]) -> Figure:
    matrix, drawn = samples
    points = dict(_values(name, totals))
    bounds = dict(_values(name, drawn))
    held = dict(_values(name, matrix))
    row = totals[0]
    if name in SHARES:
        n = int(row[_AT[SHARES[name][1]]])
        point = points["acc"][0][0]
        values: dict[str, float | None] = {"acc": round(float(point), DIGITS) if n else None}
        predicted = None
    else:
        _, given, wanted = F1S[name]
        n, predicted = int(row[_AT[wanted]]), int(row[_AT[given]])
        values = {key: round(float(found[0]), DIGITS) for key, (found, _) in points.items()}
    intervals = {
        key: _interval(found, defined) if held[key][1].sum() > 1 else None
        for key, (found, defined) in bounds.items()
    }
    return Figure(values=values, n=n, predicted=predicted, intervals=intervals)


def _values(name: str, rows: Numbers) -> Iterator[tuple[str, tuple[Numbers, Flags]]]:
    """Each value of a figure in each row of sums (0 where it is not defined), and whether it is."""
    if name in SHARES:
        right, of = (rows[:, _AT[one]] for one in SHARES[name])
        yield "acc", (_ratio(right, of), of > 0)
        return
    right, given, wanted = (rows[:, _AT[one]] for one in F1S[name])
    p, r = _ratio(right, given), _ratio(right, wanted)
    yield "p", (p, given > 0)
    yield "r", (r, wanted > 0)
    yield "f1", (_ratio(2 * p * r, p + r), given + wanted > 0)


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    import numpy as np

    found: Numbers = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return found


def _interval(values: Numbers, defined: Flags) -> Interval:
    import numpy as np

    if not len(values) or defined.sum() < _ENOUGH * len(values):
        return None
    low, high = np.percentile(values[defined], _BOUNDS)
    return round(float(low), DIGITS), round(float(high), DIGITS)
