"""Bars over time, stacked by status, in hundredths of a drawing's width and height: so they fit every screen without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.store.reads import Bar, Histogram

STACKED = ("corroborated", "conceded", "single", "disputed", "denied", "none")
"""Statuses from the foot of a bar to its head."""


@dataclass(frozen=True, slots=True)
class Part:
    """One status of one bar: from the top, its height, and which status; in hundredths."""

    y: float
    height: float
    status: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One bar: its days, how many, where it stands, and its parts."""

    first: str
    last: str
    total: int
    x: float
    width: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A histogram as it is drawn; ``most`` is how many the highest bar stands for, ``undated`` how many have no day."""

    unit: str
    bars: tuple[Drawn, ...]
    most: int
    undated: int


def bars(histogram: Histogram) -> Bars:
    """A histogram as a drawing."""
    most = max((sum(bar.counts.values()) for bar in histogram.bars), default=0)
    wide = 100 / max(len(histogram.bars), 1)
    drawn = tuple(_drawn(bar, number * wide, wide, most) for number, bar in enumerate(histogram.bars))
    return Bars(unit=histogram.unit, bars=drawn, most=most, undated=sum(histogram.undated.values()))


def _drawn(bar: Bar, x: float, width: float, most: int) -> Drawn:
    parts, foot = [], 100.0
    for status in STACKED:
        number = bar.counts.get(status, 0)
        if number:
            height = number / most * 100
            foot -= height
            parts.append(Part(foot, height, status))
    return Drawn(bar.first_day, bar.last_day, sum(bar.counts.values()), x, width, tuple(parts))


def sparkline(counts: Sequence[int], width: float = 120, height: float = 22) -> str:
    """Points of a line through numbers, as ``points`` of an SVG polyline has them; "" for less than two."""
    most = max(counts, default=0)
    if len(counts) < 2 or most == 0:
        return ""
    step = width / (len(counts) - 1)
    return " ".join(
        f"{number * step:.1f},{height - 1 - value / most * (height - 2):.1f}"
        for number, value in enumerate(counts)
    )
