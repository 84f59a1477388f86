"""How many people, as each root has it: ranges on one scale, with who says the lowest and who the highest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.model.claim import Count
from marsad.model.incident import Incident, Root, Told

WIDE = 1000
"""Units of the drawing from its beginning to its end."""
_LOG_FROM = 60
"""Where the highest number is so many times the lowest, the scale is logarithmic: three dead must not vanish beside three hundred."""
_MOST_ROOTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What one root says: its range (``high`` None: or more), and where that lies on the scale (``begin`` to ``end``)."""

    root: Root
    outlet: str
    low: int
    high: int | None
    approx: bool
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolls:
    """One kind of people counted; ``ticks`` are numbers with where they lie, ``left`` how many roots are not shown."""

    kind: str
    low: int | None
    high: int | None
    low_by: str
    high_by: str
    rows: tuple[Toll, ...]
    ticks: tuple[tuple[int, int], ...]
    logarithmic: bool
    left: int = 0


def tolls_of(incident: Incident) -> list[Tolls]:
    """The tolls of an incident, one for each kind, in the order in which the incident has them."""
    made = []
    for count in incident.counts:
        held = _by_root(incident.told, count.kind)
        if held:
            made.append(_drawn(count.kind, held, (count.min, count.max, count.min_by, count.max_by)))
    return made


@dataclass(slots=True)
class _Held:
    """What one root says in all: the first claim in which it does, and its range."""

    first: Told
    low: int
    high: int | None
    approx: bool


def _by_root(told: Sequence[Told], kind: str) -> list[_Held]:
    found: dict[str, _Held] = {}
    for one, count in _of_articles(told, kind):
        low = count.min if count.min is not None else count.max or 0
        known = found.setdefault(one.testimony.root.key, _Held(one, low, count.max, count.approx))
        known.low = min(known.low, low)
        known.high = None if known.high is None or count.max is None else max(known.high, count.max)
        known.approx = known.approx or count.approx
    return sorted(
        found.values(),
        key=lambda row: (row.low, row.high is None, row.high or 0, row.first.testimony.root.key),
    )


def _of_articles(told: Sequence[Told], kind: str) -> list[tuple[Told, Count]]:
    """Of each root in each article the highest toll: the others are parts of it ("five, two women among them")."""
    found: dict[tuple[str, str], tuple[Told, Count]] = {}
    for one in told:
        claim = one.testimony
        for count in claim.counts:
            if count.kind != kind or claim.says != "affirms" or (count.min is None and count.max is None):
                continue
            key = (claim.root.key, claim.article)
            if key not in found or (count.min or 0, count.max or 0) > (
                found[key][1].min or 0,
                found[key][1].max or 0,
            ):
                found[key] = (one, count)
    return list(found.values())


def _drawn(kind: str, held: Sequence[_Held], ends: tuple[int | None, int | None, str, str]) -> Tolls:
    top = max(1, *(one.high or one.low for one in held))
    bottom = max(1, min(one.low for one in held))
    logarithmic = top / bottom >= _LOG_FROM

    def at(number: int) -> int:
        share = math.log1p(number) / math.log1p(top) if logarithmic else number / top
        return round(WIDE * share)

    rows = [
        Toll(
            root=one.first.testimony.root, outlet=one.first.testimony.outlet, low=one.low, high=one.high, approx=one.approx,
            begin=at(one.low), end=WIDE if one.high is None else at(one.high),
        )
        for one in held
    ]  # fmt: skip
    shown = _spread(rows)
    ticks = tuple((number, at(number)) for number in _ticks(top, logarithmic))
    low, high, low_by, high_by = ends
    return Tolls(
        kind=kind, low=low, high=high, low_by=low_by, high_by=high_by, rows=tuple(shown), ticks=ticks,
        logarithmic=logarithmic, left=len(rows) - len(shown),
    )  # fmt: skip


def _spread(rows: Sequence[Toll]) -> Sequence[Toll]:
    """At most so many rows, the lowest and the highest among them."""
    if len(rows) <= _MOST_ROOTS:
        return rows
    half = _MOST_ROOTS // 2
    return [*rows[:half], *rows[-half:]]


def _ticks(top: int, logarithmic: bool) -> list[int]:
    if logarithmic:
        return [0, *(10**power for power in range(1, len(str(top))) if 10**power < top), top]
    return sorted({0, round(top / 2), top})
