"""How many died, by each root: the figures behind the range of an incident, from which other codebooks take one or three.

A root's figure is its last one; within an article its highest, since the others are parts of it ("six, two children among them"). Where some root counts all, those who count
civilians or fighters only tell of a part, unless it is more. These are the rules of the incident's own range, which is why the lowest and highest figures are its ends. Only
roots that count and affirm are asked; the figures of one group of roots that are not independent stand for one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from marsad.codebook import people_words
from marsad.export.base import IncidentRecord
from marsad.export.coders_words import words_in

Row = Mapping[str, Any]
DEADLY = frozenset(("harm.killed", "harm.assassination", "harm.execution"))
"""Events that say somebody died."""
_POWER = re.compile(r"20*")
_DOZENS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A figure of the dead.

    Attributes:
        group: The group of roots that gives it.
        min: The lowest it can be, or None; ``max`` the highest, None for "or more".
        vague: Whether it is a word and no number: dozens, hundreds, thousands.
        told: The row of the incident's claims in which it stands; ``count`` the count itself.
    """

    group: str
    min: int | None
    max: int | None
    vague: bool
    told: Row
    count: Row

    @property
    def low(self) -> int:
        """The lowest number of dead by it; "up to ten" has none."""
        return self.min if self.min is not None else 0

    @property
    def high(self) -> int:
        """The highest; "more than forty" is known for forty-one only."""
        return self.max if self.max is not None else self.low

    @property
    def figure(self) -> int:
        """The number that is told: the lower end, or the upper where there is no other."""
        return self.min if self.min is not None else self.high

    @property
    def acled(self) -> int:
        """The number by ACLED's rule for vague words: 12 for dozens, 100 for hundreds; and in its manner 1,000 for thousands, of which it says nothing."""
        if not self.vague:
            return self.figure
        power = len(str(self.low)) - 1
        return _DOZENS if power == 1 else int(10**power)


def tolls_of(record: IncidentRecord) -> tuple[Toll, ...]:
    """The figures of the dead, one for each root that gives any, in the order of the claims."""
    last: dict[str, tuple[tuple[Any, ...], bool, Toll]] = {}
    for told in record.data["claims"]:
        if told["says"] != "affirms" or not told.get("group"):
            continue
        for count in told.get("counts") or ():
            if count["kind"] != "killed" or (count["min"] is None and count["max"] is None):
                continue
            rank = (_instant(told.get("published")), count["min"] or 0, count["max"] or 0)
            if told["root"] not in last or rank > last[told["root"]][0]:
                last[told["root"]] = (rank, not _is_part(count), _toll(told, count))
    most = max((toll.min or 0 for _, whole, toll in last.values() if whole), default=0)
    return tuple(toll for _, whole, toll in last.values() if whole or (toll.min or 0) > most)


def best_of(tolls: Sequence[Toll]) -> tuple[int, int]:
    """The figure that most groups of roots give (of equals the lower), and how many give it; there must be one at least."""
    givers: dict[int, set[str]] = defaultdict(set)
    for toll in tolls:
        givers[toll.figure].add(toll.group)
    best = min(givers, key=lambda figure: (-len(givers[figure]), figure))
    return best, len(givers[best])


def deaths_told(record: IncidentRecord) -> int:
    """How many died at least where no number is told: 0 where nobody tells of a death, 3 where words are plural (ACLED's "several"), else 1."""
    rows = [row for row in record.data["claims"] if row["says"] == "affirms" and row["event"] in DEADLY]
    if not rows:
        return 0
    many = people_words()["many"]
    texts = [actor.get("text") or "" for row in rows for actor in row.get("actors") or ()]
    return (
        3 if any(words_in(text) & many for text in (*texts, *(row.get("words") or "" for row in rows))) else 1
    )


def is_vague(count: Row) -> bool:
    """Whether a count is a word such as dozens: from twice a power of ten to the next, less one; or from twice a power of ten on."""
    low, high = count["min"], count["max"]
    if not count.get("approx") or low is None or not _POWER.fullmatch(str(low)) or low < 20:
        return False
    return bool(high == low * 5 - 1 or high is None)


def _toll(told: Row, count: Row) -> Toll:
    return Toll(
        group=told["group"], min=count["min"], max=count["max"], vague=is_vague(count), told=told, count=count
    )


def _is_part(count: Row) -> bool:
    words, lists = words_in(f"{count['text']} {count.get('who') or ''}"), people_words()
    return bool(words & (lists["civilians"] | lists["fighters"]))


def _instant(published: str | None) -> str:
    """A time that can be compared with others: in universal time where its offset is known, else as given."""
    if not published or len(published) <= len("2024-12-06"):
        return published or ""
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        return published
    return at.astimezone(UTC).isoformat() if at.tzinfo else published
