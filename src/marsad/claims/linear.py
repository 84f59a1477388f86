"""Linear scores: a sum of the weights of named features, from a small text file, so that every decision can be shown.

The files are written by scripts in ``bench/`` from annotated articles: one line per feature with its weight in a logistic regression.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
_MOST_PARTS = 100_000


class Weights:
    """The weights of one decision, loaded once."""

    def __init__(self, path: Path) -> None:
        """Read a file of weights; without the file nothing is preferred to anything (all scores are 0)."""
        self.path = path
        self._weights: dict[str, float] = {}
        self._parts: dict[tuple[object, Hashable], float] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                if line and not line.startswith("#"):
                    name, weight = line.split("\t")
                    self._weights[name] = float(weight)

    def __bool__(self) -> bool:
        """Whether anything has been learnt."""
        return bool(self._weights)

    def total(self, features: Iterable[str], start: float = 0.0) -> float:
        """The sum of the weights of features that are on, added to ``start``."""
        get = self._weights.get
        for name in features:
            start += get(name, 0.0)
        return start

    def part(self, names: Callable[[Key], Iterable[str]], key: Key) -> float:
        """The sum over the features that ``names`` gives for a key, kept: a few keys make up most of what is read."""
        known = self._parts.get((names, key))
        if known is None:
            if len(self._parts) >= _MOST_PARTS:
                self._parts.clear()
            known = self._parts[names, key] = self.total(names(key))
        return known

    def score(self, features: Mapping[str, float]) -> float:
        """The weighted sum of features with values."""
        weights = self._weights
        return sum(value * weights.get(name, 0.0) for name, value in features.items())

    def reasons(self, features: Mapping[str, float], most: int = 3) -> list[tuple[str, float]]:
        """The features that moved a score most, with what they added."""
        added = [(name, value * self._weights.get(name, 0.0)) for name, value in features.items()]
        return sorted(added, key=lambda pair: -abs(pair[1]))[:most]
