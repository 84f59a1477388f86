"""From words of time and the article's day to an interval: "أمس الخميس" on Friday 2024-12-06 is 2024-12-05.

What the words leave open is settled as readers of news settle it. A weekday or a date without a year is the latest that
has been; with المقبل, or for an event that is planned, the next to come. Where "today" and the weekday beside it
disagree, the weekday wins: the publication date of many outlets is a day or two off. Vague words get the stretch
that they are used for: الأيام الماضية are seven days up to now, منتصف يوليو is 11 to 20 July, أواخر عام 2014 its last two months.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from marsad.grounding.calendar_days import (
    dated,
    days_from,
    hijri_year,
    month_of,
    months_from,
    one,
    precision_of,
    year_of,
)
from marsad.grounding.times_relative import relative, slip, so_far
from marsad.model.interval import (
    After,
    Between,
    Dated,
    Interval,
    Near,
    Since,
    TimeExpr,
    Until,
    When,
)

# A date without a year that is this near ahead is more likely one to come than one of last year.
_SOON = 14
# Dates that are names of one event wherever no year is said: (month, day) to the year.
_NAMED_DAYS = {(10, 7): 2023, (9, 11): 2001}
_NAMED_AFTER = 30


def resolve(expr: TimeExpr, day: date | None, *, future: bool = False) -> Interval | None:
    """The days that an expression stands for, or None where they cannot be known.

    Args:
        expr: The words of time, parsed.
        day: The article's day; without it only dates that name their year are resolved.
        future: The event is still to come, so "الخميس" is the next one and not the last.
    """
    try:
        return _resolve(expr.when, day, future=future)
    except (ValueError, OverflowError):  # 31 June, a Hijri year beyond the tables, four thousand years ago
        return None


def article_day(exprs: Iterable[TimeExpr], day: date | None) -> date | None:
    """The day that an article was written on, where its own words correct the day of publication.

    "أمس الجمعة" in an article published on a Friday was written on the Saturday; every other أمس of the article then means
    that Friday too. The correction that most such pairs ask for wins.
    """
    if day is None:
        return None
    votes: Counter[int] = Counter()
    for expr in exprs:
        when = expr.when
        if isinstance(when, Near) and when.weekday is not None:
            written = days_from(day, when.days)
            votes[slip(written, when.weekday)] += 1
    if not votes:
        return day
    return days_from(day, max(votes, key=lambda shift: (votes[shift], -abs(shift))))


def _resolve(when: When, day: date | None, *, future: bool) -> Interval | None:
    """The days of a time; raises ValueError or OverflowError where the calendar has none."""
    if day is None:
        return _without_day(when)
    match when:
        case Dated():
            return _dated(when, day, future=future)
        case After():
            return _after(Near(0) if future else when.base, when, day)
        case Between():
            return _between(when, day, future=future)
        case Since():
            return _since(when, day)
        case Until():
            return _until(when, day)
        case _:
            return relative(when, day, future=future)


def _without_day(when: When) -> Interval | None:
    """What can be known without the article's day: dates with a year, and from one such date to another."""
    if isinstance(when, Dated) and when.year is not None:
        return dated(when.calendar, when.year, when.month, when.day, when.edge)
    if isinstance(when, Between):
        first, second = _without_day(when.first), _without_day(when.second)
        return _joined(first, second) if first and second else None
    return None


def _dated(when: Dated, day: date, *, future: bool) -> Interval:
    """A date, with the year that it means."""
    year = when.year
    if year is None:
        year = _year_of(when, day, future=future)
    found = dated(when.calendar, year, when.month, when.day, when.edge)
    return found if when.year is not None or future else so_far(found, day)


def _year_of(when: Dated, day: date, *, future: bool) -> int:
    """The year of a date that names none."""
    this = hijri_year(day) if when.calendar == "hijri" else day.year
    if when.years is not None:
        return this + when.years
    if when.which == 0 or when.month is None:
        return this
    if when.which is None and when.calendar == "gregorian" and (when.month, when.day) in _NAMED_DAYS:
        year = _NAMED_DAYS[when.month, when.day or 1]
        gone = dated(when.calendar, this, when.month, when.day).start
        if not 0 <= (day - gone).days <= _NAMED_AFTER and date(year, when.month, when.day or 1) <= day:
            return year
    if when.which == 1 or future:
        return this if _start(when, this) >= day else this + 1
    limit = day if when.which == -1 or when.day is None else days_from(day, _SOON + 1)
    latest = _end(when, this) if when.which == -1 else _start(when, this)
    return this if latest < limit or (when.which is None and latest == day) else this - 1


def _start(when: Dated, year: int) -> date:
    """The first day of a date in a given year; 29 February is 28 in common years."""
    return dated(when.calendar, year, when.month, min(when.day or 1, 28)).start


def _end(when: Dated, year: int) -> date:
    """The last day of a date in a given year."""
    day = None if when.day is None else min(when.day, 28)
    return dated(when.calendar, year, when.month, day).end


def _after(origin: When | None, when: After, day: date) -> Interval | None:
    """So long after (or before) another time of the article, or after today for what is still to come."""
    base = _resolve(origin, day, future=False) if origin is not None else None
    if base is None:
        return None
    start = base.end if when.amount > 0 else base.start
    if when.unit == "month":
        there = months_from(start, when.amount)
        return month_of(there.year, there.month)
    if when.unit in ("year", "decade"):
        return year_of(start.year + when.amount * (1 if when.unit == "year" else 10))
    return one(days_from(start, when.amount * {"hour": 0, "day": 1}.get(when.unit, 7)))


def _between(when: Between, day: date, *, future: bool) -> Interval | None:
    """From one time to another; the first is the latest that comes before the second."""
    second = _resolve(when.second, day, future=future)
    if second is None:
        return None
    first = _resolve(when.first, second.end, future=False)
    return _joined(first, second) if first else None


def _joined(first: Interval, second: Interval) -> Interval | None:
    """One stretch over both; None where the second ends before the first begins."""
    return Interval(first.start, second.end, second.precision) if first.start <= second.end else None


def _since(when: Since, day: date) -> Interval | None:
    """From a time until the article's day."""
    start = _resolve(when.when, day, future=False)
    if start is None or start.start > day:
        return start
    return Interval(start.start, day, precision_of(start.start, day))


def _until(when: Until, day: date) -> Interval | None:
    """Up to a time: from the article's day where that is still to come."""
    end = _resolve(when.when, day, future=False)
    if end is None or end.start <= day:
        return end
    return Interval(day, end.end, precision_of(day, end.end))
