"""How many people, as each root has it: ranges on one scale, with who says the lowest and who the highest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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


def _by_root(told: Sequence[Told], kind: str) -> list[tuple[Told, int, int | None, bool]]:
    found: dict[str, tuple[Told, int, int | None, bool]] = {}
    for one in told:
        for count in one.testimony.counts:
            numbers = [number for number in (count.min, count.max) if number is not None]
            if count.kind != kind or not numbers or one.testimony.says != "affirms":
                continue
            low, high = (min(numbers), count.max)
            key = one.testimony.root.key
            if key in found:
                first, lowest, highest, approx = found[key]
                is_open = high is None or highest is None
                top = None if is_open else max(high or 0, highest or 0)
                found[key] = (first, min(lowest, low), top, approx or count.approx)
            else:
                found[key] = (one, low, high, count.approx)
    return sorted(
        found.values(), key=lambda row: (row[1], row[2] is None, row[2] or 0, row[0].testimony.root.key)
    )


def _drawn(
    kind: str,
    held: Sequence[tuple[Told, int, int | None, bool]],
    ends: tuple[int | None, int | None, str, str],
) -> Tolls:
    top = max(1, *(high or low for _, low, high, _ in held))
    bottom = max(1, min(low for _, low, _, _ in held))
    logarithmic = top / bottom >= _LOG_FROM

    def at(number: int) -> int:
        share = math.log1p(number) / math.log1p(top) if logarithmic else number / top
        return round(WIDE * share)

    rows = [
        Toll(
            root=told.testimony.root, outlet=told.testimony.outlet, low=low, high=high, approx=approx,
            begin=at(low), end=WIDE if high is None else at(high),
        )
        for told, low, high, approx in held
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
