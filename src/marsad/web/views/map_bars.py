"""The timeline under the map: how many begin when, as bars that are stacked by status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from sqlalchemy import Connection

from marsad.store.reads import Bar, Filters, Kind, histogram
from marsad.web.views.bars import STATUSES, Part, stacked

WIDTH, HEIGHT = 1000, 84
"""The drawing's size in its own units."""
MOST = 200
"""As many bars as there are at most."""
_TAIL = 0.02
"""The share that may lie before the first bar, where bars get finer by it."""
_FINE = ("day", "week", "month")
_LEAST = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A bar as it is drawn: where, its days, its number in all and by status, and its parts."""

    x: float
    width: float
    first: str
    last: str
    total: int
    counts: tuple[tuple[str, int], ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The bars, the unit of time that each stands for, marks on the axis as (x, text), and how many begin before, after, or on no known day."""

    unit: str
    columns: tuple[Column, ...]
    marks: tuple[tuple[float, str], ...]
    before: int
    after: int
    undated: int

    @property
    def most(self) -> int:
        """The highest bar's number."""
        return max((column.total for column in self.columns), default=0)


def timeline(
    connection: Connection, filters: Filters, kind: Kind, span: tuple[str, str] | None = None
) -> Timeline:
    """The bars of what some filters let through.

    Args:
        connection: A view of the store.
        filters: What is shown, without days.
        kind: Incidents or claims.
        span: The first and last day of the axis; without, where nearly all begin.
    """
    found = histogram(connection, filters, kind, MOST)
    span = span or (None if found.unit in _FINE else _busy(found.bars))
    if span:
        found = histogram(connection, replace(filters, since=span[0], until=span[1]), kind, MOST)
    return Timeline(
        unit=found.unit,
        columns=tuple(_columns(found.bars)),
        marks=tuple(_marks(found.bars, found.unit)),
        before=sum(found.earlier.values()),
        after=sum(found.later.values()),
        undated=sum(found.undated.values()),
    )


def _busy(bars: Sequence[Bar]) -> tuple[str, str] | None:
    """From the bar before which little lies to the last: a few reports of long ago would make each bar a quarter or a year."""
    totals = [sum(bar.counts.values()) for bar in bars]
    most = sum(totals) * _TAIL
    low = next((number for number, so_far in enumerate(accumulate(totals)) if so_far > most), 0)
    return (bars[low].first_day, bars[-1].last_day) if low else None


def _columns(bars: Sequence[Bar]) -> list[Column]:
    most = max((sum(bar.counts.values()) for bar in bars), default=1) or 1
    step = WIDTH / max(len(bars), 1)
    return [_column(bar, number * step, step, most) for number, bar in enumerate(bars)]


def _column(bar: Bar, x: float, step: float, most: int) -> Column:
    counts = tuple((one, bar.counts.get(one, 0)) for one in STATUSES if bar.counts.get(one, 0))
    gap = min(1.0, step * 0.15)
    return Column(
        x=round(x, 2), width=round(step - gap, 2), first=bar.first_day, last=bar.last_day,
        total=sum(bar.counts.values()), counts=counts, parts=stacked(bar.counts, most, HEIGHT, _LEAST),
    )  # fmt: skip


def _marks(bars: Sequence[Bar], unit: str) -> list[tuple[float, str]]:
    """Where a year begins, or a month where there are few years; with a distance that leaves room for the text."""
    step = WIDTH / max(len(bars), 1)
    characters = 4 if _years(bars) > 2 else 7 if unit != "day" or len(bars) > 62 else 10
    marks: list[tuple[float, str]] = []
    before = ""
    for number, bar in enumerate(bars):
        text = bar.first_day[:characters]
        if text != before and (not marks or number * step - marks[-1][0] >= 16 * characters):
            marks.append((round(number * step, 1), text))
        before = text
    return marks


def _years(bars: Sequence[Bar]) -> int:
    return int(bars[-1].last_day[:4]) - int(bars[0].first_day[:4]) + 1 if bars else 0
