"""Which process writes which formats, so that the last one to finish finishes soon.

A format costs what writing it takes (`marsad.export.Format.weight`), and each process also what going through the kinds of records costs that any of its formats takes. The articles
are dear to go through, so it may be best that one process leaves them to the others: both ways are reckoned, and the better is taken.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marsad.export import Format, RecordKind

_TAKING: Mapping[RecordKind, float] = {"spells": 0.1, "incidents": 8.0, "articles": 5.0, "changes": 0.0, "news": 0.5}  # fmt: skip
"""Seconds that going through 10,000 articles takes (bench/exports.py), as weights are; changes come with the incidents."""
_MOST = 4


@dataclass(frozen=True, slots=True)
class Work:
    """What writing one format takes: the kinds of records that it is fed, and seconds of its own for 10,000 articles."""

    kinds: frozenset[RecordKind]
    seconds: float


def work_of(form: Format, of: str) -> Work:
    """The work of a format made of something; what is made of spells is little, whatever the format is."""
    kinds = frozenset(form.takes[of])
    return Work(kinds, 0.0 if kinds == {"spells"} else form.weight)


def processors() -> int:
    """How many processes may write at the same time: the processors that this one may use, at most four."""
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST, free)


def shares_of(works: Sequence[Work], jobs: int) -> list[list[int]]:
    """The numbers of the works that each process does; every number once, no process without work."""
    count = max(1, min(jobs, len(works)))
    free, apart = (_shared(works, count, apart=apart) for apart in (False, True))
    return min(free, apart, key=lambda shares: max(_seconds(works, share) for share in shares))


def _shared(works: Sequence[Work], count: int, *, apart: bool) -> list[list[int]]:
    """The heaviest first, each to whom it makes least busy; ``apart``: never to the first what takes articles."""
    shares: list[list[int]] = [[] for _ in range(count)]
    for number in sorted(range(len(works)), key=lambda one: -works[one].seconds):
        bound = apart and count > 1 and "articles" in works[number].kinds
        least = min(shares[bound:], key=lambda share: _seconds(works, (*share, number)))
        least.append(number)
    return [share for share in shares if share]


def _seconds(works: Sequence[Work], share: Sequence[int]) -> float:
    kinds = {kind for one in share for kind in works[one].kinds}
    return sum(_TAKING[kind] for kind in kinds) + sum(works[one].seconds for one in share)
