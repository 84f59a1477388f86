"""Marks on an axis of days: years, months or days, whichever gives a readable number of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_MOST = 9


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark: where, in hundredths of the width, and what is written at it."""

    x: float
    text: str


def ticks(first: date, last: date) -> tuple[Tick, ...]:
    """The marks between two days, both included; none nearer to the end than its text is wide."""
    days = (last - first).days + 1
    found = []
    for day, text in _marks(first, last, days):
        x = (day - first).days / days * 100
        if x <= 95:
            found.append(Tick(x, text))
    return tuple(found)


def _marks(first: date, last: date, days: int) -> list[tuple[date, str]]:
    years = last.year - first.year
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if 2 <= years // step <= _MOST:
            found = range(first.year + 1, last.year + 1)
            return [(date(year, 1, 1), str(year)) for year in found if year % step == 0]
    for step in (1, 2, 3, 6):
        if 1 < days / 30.4 / step <= _MOST:
            return _months(first, last, step)
    step_days = max(1, -(-days // _MOST))
    found_days = (first + timedelta(days=number) for number in range(0, days, step_days))
    return [(day, day.isoformat()) for day in found_days]


def _months(first: date, last: date, step: int) -> list[tuple[date, str]]:
    found = []
    number = first.year * 12 + first.month  # the month after the first
    while (day := date(number // 12, number % 12 + 1, 1)) <= last:
        if (day.month - 1) % step == 0:
            found.append((day, f"{day.year}-{day.month:02}"))
        number += 1
    return found
