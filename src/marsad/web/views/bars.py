"""Bars over time, stacked by status, in hundredths of a drawing's width and height: so they fit every screen without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from marsad.store.reads import Bar, Histogram

STATUSES = ("single", "corroborated", "conceded", "disputed", "denied", "none")
"""Statuses in the order in which every drawing stacks them and shares them out; the browser's map has the same."""


class Part(NamedTuple):
    """One status of one bar: how far from the top it begins, and how high it is."""

    status: str
    y: float
    height: float


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


def stacked(counts: Mapping[str, int], most: int, height: float, least: float = 0.0) -> tuple[Part, ...]:
    """The parts of one bar, from its foot.

    Args:
        counts: How many there are of each status.
        most: Of how many a bar is as high as the drawing.
        height: The drawing's height, in units of its own.
        least: How high a part is at the least, so that one among thousands is seen.
    """
    parts, foot = [], height
    for status in STATUSES:
        if number := counts.get(status, 0):
            tall = max(height * number / most, least)
            foot -= tall
            parts.append(Part(status, round(foot, 2), round(tall, 2)))
    return tuple(parts)


def _drawn(bar: Bar, x: float, width: float, most: int) -> Drawn:
    total = sum(bar.counts.values())
    return Drawn(bar.first_day, bar.last_day, total, x, width, stacked(bar.counts, most, 100.0))


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
