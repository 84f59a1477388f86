"""When: time words as written, what they mean, and the interval of days they stand for.

Reading and resolving are two steps. "أمس الخميس" is read as ``Near(-1, weekday=THURSDAY)`` wherever it stands; only
with the article's day (Friday 2024-12-06) does it become the interval 2024-12-05 to 2024-12-05. The first step
needs only words and is done in ``marsad.arabic.dates``; the second belongs to grounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from marsad.model.span import Part, Span

TimePrecision = Literal["day", "week", "month", "year", "unknown"]
Unit = Literal["hour", "day", "week", "month", "year", "decade"]
Edge = Literal["", "start", "middle", "end"]
Calendar = Literal["gregorian", "hijri"]


@dataclass(frozen=True, slots=True)
class Near:
    """A day counted from the article's: اليوم is 0, أمس is -1; a weekday beside it is kept as a check."""

    days: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Night:
    """A night named by the days on both sides of it: ليل الثلاثاء الأربعاء, الليلة الماضية (no weekdays)."""

    first: int | None = None
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0; ``which`` is -1 for الماضي, 1 for المقبل, 0 where nothing is said."""

    weekday: int
    which: int = 0


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a calendar with what is said of it: day and month, month and year, year alone.

    ``which`` says which year is meant where none is named: -1 الماضي, 0 الجاري, 1 المقبل, None nothing said;
    ``years`` counts years from this one where that is what is said ("أيلول من العام الماضي" is -1).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    which: int | None = None
    years: int | None = None
    edge: Edge = ""
    calendar: Calendar = "gregorian"


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month that is counted from this one: الخامس من الشهر الجاري is ``MonthDay(5, 0)``."""

    day: int
    months: int


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar unit counted from the one of the article's day: الشهر الماضي is ``Period("month", -1)``."""

    unit: Unit
    which: int
    edge: Edge = ""


@dataclass(frozen=True, slots=True)
class Season:
    """A season by its first month: صيف 2014, الصيف الماضي (``which`` -1), هذا الصيف (0)."""

    month: int
    which: int = 0
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A year in a list of what happened on this day in other years."""

    year: int


@dataclass(frozen=True, slots=True)
class Ago:
    """A point that far back: قبل يومين. ``amount`` is None for a bare plural (قبل أيام), ``more`` is أكثر من."""

    unit: Unit
    amount: int | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """All of a stretch that ends (or, ``forward``, begins) with the article's day: الأيام الثلاثة الماضية."""

    unit: Unit
    amount: int | None = None
    forward: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """A point counted from another time of the article: بعد ذلك بيومين, في اليوم التالي; negative is before."""

    unit: Unit
    amount: int
    base: When | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """From one time to another: بين 2017 و2020, من سبتمبر إلى يناير."""

    first: When
    second: When


@dataclass(frozen=True, slots=True)
class Since:
    """From a time to the article's day: منذ السبت الماضي."""

    when: When


@dataclass(frozen=True, slots=True)
class Until:
    """Up to a time: حتى نهاية الشهر."""

    when: When


When: TypeAlias = (
    Near
    | Night
    | Weekday
    | Dated
    | MonthDay
    | Period
    | Season
    | Anniversary
    | Ago
    | Window
    | After
    | Between
    | Since
    | Until
)


@dataclass(frozen=True, slots=True)
class TimeExpr:
    """Time words as found in a text, parsed but not yet tied to a date.

    ``first`` and ``last`` are token indexes (end exclusive), ``start`` and ``end`` raw code points in ``part``.
    """

    first: int
    last: int
    start: int
    end: int
    part: Part
    when: When

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return Span(self.start, self.end, self.part)


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of days, both ends included, and how precisely the words give it."""

    start: date
    end: date
    precision: TimePrecision


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRef:
    """When an event happened: the words (if any) beside what they resolve to (if anything)."""

    text: str | None = None
    span: Span | None = None
    expr: TimeExpr | None = None
    start: date | None = None
    end: date | None = None
    precision: TimePrecision = "unknown"
