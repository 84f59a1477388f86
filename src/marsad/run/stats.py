"""Counters that add up: nothing that came in vanishes from the sums."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from marsad.run.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Articles read and claims found, and how many were set aside for each reason; ``a + b`` is both together."""

    articles: int = 0
    claims: int = 0
    characters: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Stats) -> Stats:
        return Stats(
            articles=self.articles + other.articles,
            claims=self.claims + other.claims,
            characters=self.characters + other.characters,
            dropped=self.dropped + other.dropped,
        )

    @classmethod
    def of(cls, outcome: Outcome) -> Stats:
        """The counts of one outcome."""
        if outcome.refusal is not None:
            return cls(dropped=Counter([outcome.refusal.reason]))
        return cls(articles=1, claims=outcome.claims, characters=outcome.characters)

    @property
    def set_aside(self) -> int:
        """How many articles were set aside, for whatever reason."""
        return self.dropped.total()

    def summary(self) -> str:
        """One line for people: ``98 articles read, 812 claims; 2 set aside (bad_json 1, not_arabic 1)``."""
        line = f"{_number(self.articles, 'article')} read, {_number(self.claims, 'claim')}"
        if not self.dropped:
            return line
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(self.dropped.items()))
        return f"{line}; {self.set_aside:,} set aside ({reasons})"


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
