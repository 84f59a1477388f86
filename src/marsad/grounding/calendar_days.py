"""Days of months, years and calendars: the arithmetic that times are resolved with."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from marsad.model.interval import Calendar, Edge, Interval, TimePrecision

if TYPE_CHECKING:
    from hijridate import Hijri

# Thirds of a month, and the two months that are meant by the beginning, the middle and the end of a year.
_THIRDS: dict[Edge, tuple[int, int]] = {"start": (1, 10), "middle": (11, 20), "end": (21, 31)}
_SEASONS: dict[Edge, tuple[int, int]] = {"start": (1, 2), "middle": (6, 7), "end": (11, 12)}


def one(day: date) -> Interval:
    """The interval of a single day."""
    return Interval(day, day, "day")


def days_from(day: date, days: int) -> date:
    """The day so many days later (or, negative, earlier)."""
    return day + timedelta(days=days)


def months_from(day: date, months: int) -> date:
    """The same day of a month so many months later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(year: int, month: int, edge: Edge = "") -> Interval:
    """A month, or its first, second or last third."""
    last = monthrange(year, month)[1]
    if not edge:
        return Interval(date(year, month, 1), date(year, month, last), "month")
    first, until = _THIRDS[edge]
    return Interval(date(year, month, first), date(year, month, min(until, last)), "week")


def year_of(year: int, edge: Edge = "") -> Interval:
    """A year, or two months at its beginning, in its middle or at its end."""
    if not edge:
        return Interval(date(year, 1, 1), date(year, 12, 31), "year")
    first, last = _SEASONS[edge]
    return Interval(date(year, first, 1), month_of(year, last).end, "month")


def precision_of(start: date, end: date) -> TimePrecision:
    """How precise a stretch of that length is."""
    days = (end - start).days
    if days <= 2:
        return "day"
    if days <= 10:
        return "week"
    return "month" if days <= 200 else "year"


def dated(calendar: Calendar, year: int, month: int | None, day: int | None, edge: Edge = "") -> Interval:
    """The days of a date of that calendar.

    Raises:
        ValueError: there is no such day, or the calendar's tables do not reach so far.
    """
    if calendar == "hijri":
        return _hijri(year, month, day)
    if month is None:
        return year_of(year, edge)
    return month_of(year, month, edge) if day is None else one(date(year, month, day))


@lru_cache(maxsize=256)
def _hijri(year: int, month: int | None, day: int | None) -> Interval:
    """The days of a date of the Umm al-Qura calendar."""
    from hijridate import Hijri  # an import of 20 ms that few articles need

    if day is not None and month is not None:
        return one(_plain(Hijri(year, month, day)))
    first, last = Hijri(year, month or 1, 1), Hijri(year, month or 12, 1)
    end = days_from(_plain(last), last.month_length() - 1)
    return Interval(_plain(first), end, "month" if month else "year")


def _plain(day: Hijri) -> date:
    """The day as a `date` and no class of its own: what packs days for other processes looks at the class."""
    return date.fromordinal(day.to_gregorian().toordinal())


def hijri_year(day: date) -> int:
    """The Hijri year that a day falls in.

    Raises:
        OverflowError: the calendar's tables do not reach so far.
    """
    from hijridate import Gregorian

    return int(Gregorian.fromdate(day).to_hijri().year)
