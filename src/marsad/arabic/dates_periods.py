"""Times by calendar units: "الأسبوع الماضي", "مطلع العام الجاري", "صيف 2014", "قبل يومين", "الأشهر الستة الماضية".

Rules have the shape of those in ``dates_calendar``.
"""

from __future__ import annotations

from dataclasses import replace

from marsad.arabic.dates_calendar import (
    Found,
    Tokens,
    day_number,
    digits,
    form,
    link,
    month_alone,
    number,
    role,
    skip,
    year,
    year_alone,
)
from marsad.arabic.dates_words import EDGE_NAMES, FILLERS, MORE, PLURALS, SINGLE, UNIT_NAMES, listed
from marsad.model.interval import After, Ago, Between, Dated, MonthDay, Period, Season, Unit, When, Window

_PARTS_OF_MONTHS = listed("الاسبوع الثلث النصف")
_SCANT = listed("القليله القليه القريبه الاولي القلايل")


def amount(tokens: Tokens, at: int) -> tuple[Unit, int | None, bool, int] | None:
    """A number of units: "يومين", "ثلاثة أسابيع", "أكثر من 48 ساعة", "أيام"; with whether more than that is said."""
    more = form(tokens, at) in MORE and form(tokens, at + 1) == "من"
    at = at + 2 if more else at
    while form(tokens, at) in FILLERS:
        at += 1
    dual = role(tokens, at, "dual")
    if dual is not None:
        return UNIT_NAMES[dual], 2, more, at + 1
    counted = number(tokens, at)
    after = counted[1] if counted else at
    unit = role(tokens, after, "unit")
    if unit is None:
        return None
    value = counted[0] if counted else (None if form(tokens, after).lstrip("بلو") in PLURALS else 1)
    after = skip(tokens, after + 1, "واحد", "واحده", "قليله", "عده", "فقط", "معدوده")
    return UNIT_NAMES[unit], value, more, after


def definite(tokens: Tokens, at: int) -> Found:
    """A unit with ال and which one: "الأسبوع الماضي", "العام 2014", "الأيام الثلاثة الماضية", "الـ24 ساعة الماضية"."""
    dual = role(tokens, at, "definite_dual")
    if dual is not None:
        return _window(tokens, at + 1, UNIT_NAMES[dual], 2)
    value = role(tokens, at, "definite")
    if value is None:
        return None
    unit = UNIT_NAMES[value]
    if form(tokens, at).endswith(tuple(SINGLE)):
        return _which_period(tokens, at, unit)
    count: int | None = None
    after = at + 1
    while form(tokens, after) in _SCANT:
        after += 1
    counted = number(tokens, after)
    if counted is not None:
        count, after = counted[0], skip(tokens, counted[1], "ساعه", "يوما", "شهرا", "عاما")
    return _window(tokens, after, unit, count)


def counted_definite(tokens: Tokens, at: int) -> Found:
    """الـ24 ساعة الماضية: the article stands on the number."""
    counted = number(tokens, at)
    if counted is None:
        return None
    unit = role(tokens, counted[1], "unit")
    return None if unit is None else _window(tokens, counted[1] + 1, UNIT_NAMES[unit], counted[0])


def _window(tokens: Tokens, at: int, unit: Unit, count: int | None) -> Found:
    """A stretch with الماضية or المقبلة after it."""
    while form(tokens, at) in _SCANT:
        at += 1
    which = role(tokens, at, "which")
    if not which or form(tokens, at).startswith("و"):
        return None
    return Window(unit, count, which > 0), at + 1


def _which_period(tokens: Tokens, at: int, unit: Unit) -> Found:
    """الأسبوع الماضي, الشهر الجاري, العام 2014, العام قبل الماضي."""
    which = role(tokens, at + 1, "which")
    if which is not None and form(tokens, at + 1) not in ("هذا", "هذه"):
        return Period(unit, which), at + 2
    if form(tokens, at + 1) == "قبل" and role(tokens, at + 2, "which") == -1:
        return Period(unit, -2), at + 3
    return year_alone(tokens, at) if unit == "year" else None


def this_period(tokens: Tokens, at: int) -> Found:
    """هذا العام, هذه السنة, هذا الأسبوع."""
    value = role(tokens, at + 1, "definite")
    if link(tokens, at) != "this" or value is None or not form(tokens, at + 1).endswith(tuple(SINGLE)):
        return None
    return year_alone(tokens, at + 1) or (Period(UNIT_NAMES[value], 0), at + 2)


def month_day(tokens: Tokens, at: int) -> Found:
    """الخامس من الشهر الجاري, 12 الشهر الحالي, السابع من هذا الشهر."""
    day = day_number(tokens, at)
    if day is None or form(tokens, at - 1) in _PARTS_OF_MONTHS:
        return None
    found = this_period(tokens, day[1]) or definite(tokens, day[1])
    if found is None:
        return None
    when, after = found
    return (
        (MonthDay(day[0], when.which), after) if isinstance(when, Period) and when.unit == "month" else None
    )


def edge(tokens: Tokens, at: int) -> Found:
    """مطلع العام الجاري, منتصف يوليو, نهاية عام 2014, أواخر الشهر."""
    value = role(tokens, at, "edge")
    if value is None:
        return None
    name = EDGE_NAMES[value]
    inner = at + 1
    found = (
        month_alone(tokens, inner, prompted=True) or year_alone(tokens, inner) or this_period(tokens, inner)
    )
    found = found or _bare_year(tokens, inner) or definite(tokens, inner)
    if found is None:
        unit = role(tokens, inner, "definite")
        if unit is None or not form(tokens, inner).endswith(tuple(SINGLE)):
            return None
        return Period(UNIT_NAMES[unit], 0, name), inner + 1
    when, after = found
    if isinstance(when, Dated) and when.day is None:
        return _edges(tokens, replace(when, edge=name), after)
    return (Period(when.unit, when.which, name), after) if isinstance(when, Period) else None


def _bare_year(tokens: Tokens, at: int) -> Found:
    """A year in digits, as after مطلع and نهاية."""
    named = year(tokens, at) if digits(tokens, at) is not None else None
    return None if named is None else (Dated(year=named[0]), named[1])


def _edges(tokens: Tokens, first: Dated, after: int) -> tuple[When, int]:
    """أواخر العام 2014 وبداية العام 2015 is one stretch."""
    if first.edge == "end" and form(tokens, after).startswith("و"):
        second = edge(tokens, skip(tokens, after, "و"))
        if second is not None and isinstance(second[0], Dated) and second[0].edge == "start":
            return Between(first, second[0]), second[1]
    return first, after


def season(tokens: Tokens, at: int) -> Found:
    """صيف 2014, صيف عام 2014, الصيف الماضي, هذا الصيف."""
    this = link(tokens, at) == "this"
    value = role(tokens, at + this, "season")
    if value is None:
        return None
    after = at + this + 1
    named = year(tokens, skip(tokens, after, "عام", "العام", "سنه"))
    if named is not None:
        return Season(value, 0, named[0]), named[1]
    which = role(tokens, after, "which")
    if which is not None and form(tokens, after) not in ("هذا", "هذه"):
        return Season(value, which), after + 1
    return (Season(value), after) if this else None


def ago(tokens: Tokens, at: int) -> Found:
    """قبل يومين; with من or على after it, counted from an event and not from today."""
    if form(tokens, at + 1) == "ذلك":
        return _counted_from(tokens, at + 2, -1)
    found = amount(tokens, at + 1)
    if found is None:
        return None
    unit, value, more, after = found
    if form(tokens, after) in ("من", "علي") and form(tokens, after + 1) not in ("الان", "اليوم"):
        return None if value is None else (After(unit, -value), after)
    return Ago(unit, value, more), after


def later(tokens: Tokens, at: int) -> Found:
    """بعد يومين من الهجوم, بعد ذلك بيومين: counted from the time that the article told last."""
    if form(tokens, at + 1) == "ذلك":
        return _counted_from(tokens, at + 2, 1)
    found = amount(tokens, at + 1)
    if found is None or found[2]:
        return None
    if found[0] == "hour":
        return (After("hour", 1), found[3]) if form(tokens, found[3]) in ("من", "علي") else None
    return (
        None if found[1] is None or found[0] not in ("day", "week") else (After(found[0], found[1]), found[3])
    )


def _counted_from(tokens: Tokens, at: int, sign: int) -> Found:
    """بيومين, بثلاثة أيام after "قبل ذلك" or "بعد ذلك"."""
    found = amount(tokens, skip(tokens, at, "ب", "بنحو", "بحوالي"))
    if found is None or found[1] is None:
        return None
    return After(found[0], sign * found[1]), found[3]
