"""Linear scores: a sum of the weights of named features, from a small text file, so that every decision can be shown.

The files are written by scripts in ``bench/`` from annotated articles: one line per feature with its weight in a logistic regression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Key = tuple[Any, ...]
"""Something that names features, first, and what they rest on: ``key[0](key)`` gives their names."""

_UNITS = 10_000
"""Sums are made in whole units, so that their order does not matter, not even for the last digit."""
_MOST_KEYS = 50_000


class Weights:
    """The weights of one decision, loaded once."""

    def __init__(self, path: Path) -> None:
        """Read a file of weights; without the file nothing is preferred to anything (all scores are 0)."""
        self.path = path
        self._weights: dict[str, float] = {}
        self._sums: dict[Key, int] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                if line and not line.startswith("#"):
                    name, weight = line.split("\t")
                    self._weights[name] = float(weight)
        self._units = {name: round(weight * _UNITS) for name, weight in self._weights.items()}

    def __bool__(self) -> bool:
        """Whether anything has been learnt."""
        return bool(self._weights)

    def total(self, features: Iterable[str], units: int = 0) -> float:
        """The sum of the weights of features that are on, added to whole units of other ones."""
        known = self._units
        for name in features:
            units += known.get(name, 0)
        return units / _UNITS

    def units_of(self, keys: Iterable[Key]) -> int:
        """The sum of the weights of all features that keys name, in units; what a key adds is worked out once."""
        total, sums = 0, self._sums
        for key in keys:
            known = sums.get(key)
            if known is None:
                if len(sums) >= _MOST_KEYS:
                    sums.clear()
                known = sums[key] = sum(self._units.get(name, 0) for name in key[0](key))
            total += known
        return total

    def score(self, features: Mapping[str, float]) -> float:
        """The weighted sum of features with values."""
        weights = self._weights
        return sum(value * weights.get(name, 0.0) for name, value in features.items())

    def reasons(self, features: Mapping[str, float], most: int = 3) -> list[tuple[str, float]]:
        """The features that moved a score most, with what they added."""
        added = [(name, value * self._weights.get(name, 0.0)) for name, value in features.items()]
        return sorted(added, key=lambda pair: -abs(pair[1]))[:most]
