"""Times counted from the article's day: today, weekdays, the last month, two days ago, the coming hours."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from marsad.grounding.calendar_days import days_from, month_of, months_from, one, year_of
from marsad.model.interval import (
    Ago,
    Anniversary,
    Interval,
    MonthDay,
    Near,
    Night,
    Period,
    Season,
    TimePrecision,
    Unit,
    Weekday,
    Window,
)

Counted: TypeAlias = Near | Night | Weekday | MonthDay | Anniversary
Stretch: TypeAlias = Period | Season | Ago | Window

# How far back a bare plural reaches (قبل أيام, الأسابيع الماضية): from and to, in days, and how precise that is.
_VAGUE_AGO: dict[Unit, tuple[int, int, TimePrecision]] = {
    "hour": (0, 0, "day"), "day": (7, 1, "week"), "week": (30, 7, "month"), "month": (180, 30, "month"),
    "year": (3650, 365, "year"), "decade": (18250, 3650, "year"),
}  # fmt: skip
_VAGUE_WINDOW: dict[Unit, int] = {
    "hour": 1,
    "day": 7,
    "week": 30,
    "month": 180,
    "year": 1826,
    "decade": 10958,
}
_WINDOW_PRECISION: dict[Unit, TimePrecision] = {
    "hour": "day", "day": "week", "week": "month", "month": "month", "year": "year", "decade": "year",
}  # fmt: skip


def relative(when: Counted | Stretch, day: date, *, future: bool) -> Interval:
    """The days of a time that is counted from the article's day; ``future`` takes the next weekday, not the last."""
    if isinstance(when, Counted):
        return _counted(when, day, future=future)
    match when:
        case Period():
            return _period(when, day)
        case Season():
            return _season(when, day)
        case Ago():
            return _ago(when, day)
        case Window():
            return _window(when, day)


def _counted(when: Counted, day: date, *, future: bool) -> Interval:
    """The day or the night that is meant."""
    match when:
        case Near():
            return one(_near(when, day))
        case Night():
            return _night(when, day)
        case Weekday():
            return one(_weekday(when, day, future=future))
        case MonthDay():
            return one(months_from(day.replace(day=1), when.months).replace(day=when.day))
        case Anniversary():
            return one(day.replace(year=when.year))


def _near(when: Near, day: date) -> date:
    """Today, yesterday, tomorrow; the weekday beside it wins."""
    there = days_from(day, when.days)
    if when.weekday is None:
        return there
    return days_from(there, slip(there, when.weekday))


def slip(there: date, weekday: int) -> int:
    """How far a day is from the weekday that the words give it.

    An article is often published (or collected) days after it was written, but at most a night before.
    """
    return (weekday - there.weekday() + 5) % 7 - 5


def _night(when: Night, day: date) -> Interval:
    """A night, as both its days."""
    morning = day if when.second is None else _weekday(Weekday(when.second), day, future=False)
    return Interval(days_from(morning, -1), morning, "day")


def _weekday(when: Weekday, day: date, *, future: bool) -> date:
    """The latest such weekday, today included; strictly before or after today where that is said."""
    back, ahead = (day.weekday() - when.weekday) % 7, (when.weekday - day.weekday()) % 7
    if when.which > 0:
        return days_from(day, ahead or 7)
    if when.which < 0:
        return days_from(day, -(back or 7) + 7 * (when.which + 1))
    return days_from(day, ahead if future else -back)


def _period(when: Period, day: date) -> Interval:
    """The last, this or the next week, month or year."""
    match when.unit:
        case "month":
            first = months_from(day.replace(day=1), when.which)
            return so_far(month_of(first.year, first.month, when.edge), day)
        case "year":
            return so_far(year_of(day.year + when.which, when.edge), day)
        case _:
            if when.which == 0:
                return Interval(days_from(day, -day.weekday()), day, "week")
            first = days_from(day, 7 * when.which if when.which < 0 else 7 * when.which - 6)
            return Interval(first, days_from(first, 6), "week")


def _season(when: Season, day: date) -> Interval:
    """Three months; the season that is named without a year is the latest that has begun, or the one before it."""
    year = when.year
    if year is None:
        year = day.year if date(day.year, when.month, 1) <= day else day.year - 1
        year += when.which
        if when.which < 0 and months_from(date(year + 1, when.month, 1), 3) <= day:
            year += 1
    start = date(year, when.month, 1)
    return so_far(Interval(start, days_from(months_from(start, 3), -1), "month"), day)


def _ago(when: Ago, day: date) -> Interval:
    """So long ago: days and weeks to the day, months and years by the calendar."""
    if when.amount is None:
        far, close, precision = _VAGUE_AGO[when.unit]
        return Interval(days_from(day, -far), days_from(day, -close), precision)
    match when.unit:
        case "hour":
            return one(days_from(day, -(when.amount // 24)))
        case "day":
            there = days_from(day, -when.amount)
            return Interval(days_from(there, -2), there, "week") if when.more else one(there)
        case "week":
            there = days_from(day, -7 * when.amount)
            return Interval(days_from(there, -7), there, "week") if when.more else one(there)
        case "month":
            there = months_from(day, -when.amount)
            return month_of(there.year, there.month)
        case "year":
            return year_of(day.year - when.amount)
        case "decade":
            return year_of(day.year - 10 * when.amount)


def _window(when: Window, day: date) -> Interval:
    """A stretch up to the article's day, or from the day after it."""
    sign = 1 if when.forward else -1
    amount = when.amount
    if amount is None:
        other = days_from(day, sign * _VAGUE_WINDOW[when.unit])
    elif when.unit in ("month", "year", "decade"):
        other = months_from(day, sign * amount * {"month": 1, "year": 12}.get(when.unit, 120))
    else:
        days = {"hour": -(-amount // 24), "day": amount}.get(when.unit, 7 * amount)
        other = days_from(day, sign * days)
    precision = _WINDOW_PRECISION[when.unit]
    if not when.forward:
        return Interval(other, day, precision)
    return Interval(day if when.unit == "hour" else days_from(day, 1), other, precision)


def so_far(found: Interval, day: date) -> Interval:
    """A stretch that is still running ends, for what has happened, with the article's day."""
    return Interval(found.start, day, found.precision) if found.start <= day < found.end else found
