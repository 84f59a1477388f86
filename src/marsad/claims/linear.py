"""Linear scores: a sum of the weights of named features, from a small text file, so that every decision can be shown.

The files are written by scripts in ``bench/`` from annotated articles: one line per feature with its weight in a logistic regression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

_UNITS = 10_000
"""Sums are made in whole units, so that their order does not matter, not even for the last digit."""


class Weights:
    """The weights of one decision, loaded once."""

    def __init__(self, path: Path) -> None:
        """Read a file of weights; without the file nothing is preferred to anything (all scores are 0)."""
        self.path = path
        self._weights: dict[str, float] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                if line and not line.startswith("#"):
                    name, weight = line.split("\t")
                    self._weights[name] = float(weight)
        self._units = {name: round(weight * _UNITS) for name, weight in self._weights.items()}

    def __bool__(self) -> bool:
        """Whether anything has been learnt."""
        return bool(self._weights)

    def total(self, features: Iterable[str]) -> float:
        """The sum of the weights of features that are on."""
        known = self._units
        return sum(known.get(name, 0) for name in features) / _UNITS

    def score(self, features: Mapping[str, float]) -> float:
        """The weighted sum of features with values."""
        weights = self._weights
        return sum(value * weights.get(name, 0.0) for name, value in features.items())

    def reasons(self, features: Mapping[str, float], most: int = 3) -> list[tuple[str, float]]:
        """The features that moved a score most, with what they added."""
        added = [(name, value * self._weights.get(name, 0.0)) for name, value in features.items()]
        return sorted(added, key=lambda pair: -abs(pair[1]))[:most]
