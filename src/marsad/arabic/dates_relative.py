"""Days by their place in the week or their distance from today: "فجر اليوم الأحد", "ليل الثلاثاء الأربعاء", "أول من أمس", "السبت الماضي".

Rules have the shape of those in ``dates_calendar``: tokens and a position in, what was read and the position after it
out, or None.
"""

from __future__ import annotations

from marsad.arabic.dates_calendar import (
    Found,
    Tokens,
    calendar_date,
    form,
    link,
    role,
    skip,
)
from marsad.arabic.dates_words import (
    NOT_TODAY,
    NOT_TODAY_BEFORE,
    WEEKDAY_HEADS,
    listed,
)
from marsad.model.interval import (
    After,
    Between,
    Near,
    Night,
    Weekday,
    When,
)

_LONGEST_PART = 4
_BRACKETS = frozenset("(،,[-–")
_SAME = listed("نفسه ذاته عينه نفسها ذاتها")
_FOLLOWING = listed("التالي التاليه")
_EARLIER = listed("السابق السابقه")


def day_words(tokens: Tokens, at: int) -> Found:
    """A day by its place in the week or its distance from today, with the part of the day before it."""
    start = at
    at = _day_part(tokens, at)
    at = skip(tokens, skip(tokens, at, "من"), "يوم", "ليوم", "بيوم", "ويوم", "نهار")
    if at > start:
        at = skip(tokens, at, "،", ",", ".", "..", "من")
    night = _night(tokens, start, at)
    if night is not None:
        return night
    dated = calendar_date(tokens, at) if at > start else None
    found = dated or near(tokens, at) or weekday(tokens, at)
    if (
        found is not None
        and found[0] == Near(-1)
        and form(tokens, start) == "بعد"
        and "ليل" in form(tokens, start + 2)
    ):
        return Night(), found[1]
    return found


def _day_part(tokens: Tokens, at: int) -> int:
    """The position after a part of the day: "فجر", "بعد ظهر", "منتصف ليل", "وقت متأخر من مساء"."""
    for _ in range(_LONGEST_PART):
        joined = link(tokens, at) == "after" or role(tokens, at, "edge") is not None
        goes_on = role(tokens, at + 1, "part") is not None or role(tokens, at + 1, "edge") is not None
        if role(tokens, at, "part") is None and not (joined and goes_on):
            break
        at += 1
    return at


def _night(tokens: Tokens, start: int, at: int) -> Found:
    """The night between two days: "ليل الثلاثاء الأربعاء", "ليلة الأحد - الاثنين"; and "الليلة الماضية"."""
    if form(tokens, start).endswith("الليله") and at == start:
        if role(tokens, at + 1, "which") == -1:
            return Night(), at + 2
        if form(tokens, at + 1) == "قبل" and role(tokens, at + 2, "which") == -1:
            return Near(-2), at + 3
        return None
    first = role(tokens, at, "weekday")
    if first is None or at == start:
        return None
    after = skip(tokens, at + 1, "-", "–", "/", "الي", "علي", "ـ")
    second = role(tokens, after, "weekday")
    if second is None or (second - first) % 7 != 1 or form(tokens, after).startswith("و"):
        return None
    return Night(first, second), after + 1


def near(tokens: Tokens, at: int) -> Found:
    """A day counted from the article's: "اليوم الأحد", "أمس (الخميس)", "أول من أمس", "بعد غد", "في اليوم التالي"."""
    if form(tokens, at).endswith("اول") or form(tokens, at) == "قبل":
        second = skip(tokens, at + 1, "من", "قبل")
        return (
            _with_weekday(tokens, second + 1, -2)
            if form(tokens, second) in ("امس", "البارحه", "الامس")
            else None
        )
    if link(tokens, at) == "after":
        return _with_weekday(tokens, at + 2, 2) if form(tokens, at + 1) in ("غد", "الغد") else None
    days = role(tokens, at, "near")
    if days is None:
        return None
    following = form(tokens, at + 1)
    if days == 0:
        return _today(tokens, at, following)
    if days == -1 and following == "الاول":
        return _with_weekday(tokens, at + 2, -2)
    return _with_weekday(tokens, at + 1, days)


def _today(tokens: Tokens, at: int, following: str) -> Found:
    """اليوم, where it is today and not a newspaper, a counted day or the next one."""
    if following in _FOLLOWING:
        return After("day", 1), at + 2
    if following in _EARLIER:
        return After("day", -1), at + 2
    if following in _SAME or form(tokens, at - 1) in ("ذلك", "ذاك"):
        return After("day", 0), at + (2 if following in _SAME else 1)
    if following in NOT_TODAY or form(tokens, at - 1) in NOT_TODAY_BEFORE:
        return None
    return _with_weekday(tokens, at + 1, 0)


def _with_weekday(tokens: Tokens, at: int, days: int) -> tuple[When, int]:
    """A day counted from today with the weekday or the date that stands beside it; a date says it all."""
    opened = form(tokens, at) in _BRACKETS
    at_name = skip(tokens, at + opened, "يوم")
    named = role(tokens, at_name, "weekday")
    if named is not None and not form(tokens, at_name).startswith("و"):
        dated = _date_beside(tokens, at_name + 1)
        if dated is not None:
            return dated
        return Near(days, named), skip(tokens, at_name + 1, ")") if opened else at_name + 1
    return _date_beside(tokens, at) or (Near(days), at)


def _date_beside(tokens: Tokens, at: int) -> Found:
    """A date in apposition: "الخميس 5 ديسمبر", "الخميس (5 ديسمبر)", "الخميس الموافق للخامس من ديسمبر"."""
    opened = form(tokens, at) in _BRACKETS
    inner = skip(tokens, skip(tokens, at + opened, "الموافق", "في", "الواقع"), "في", "ل", "يوم")
    found = calendar_date(tokens, inner)
    if found is None or form(tokens, inner).startswith(("و", "ب")):
        return None
    return found[0], skip(tokens, found[1], ")") if opened else found[1]


def weekday(tokens: Tokens, at: int) -> Found:
    """A day of the week: "الخميس", "السبت الماضي", "الخميس 5 ديسمبر", "يومي السبت والأحد"."""
    value = role(tokens, at, "weekday")
    if value is None or form(tokens, at - 1) in WEEKDAY_HEADS:
        return None
    second = role(tokens, at + 1, "weekday") if form(tokens, at + 1).startswith("و") else None
    if second is not None and (form(tokens, at - 1).endswith("يومي") or (second - value) % 7 == 1):
        return Between(Weekday(value), Weekday(second)), at + 2
    which = role(tokens, at + 1, "which")
    if which is not None and form(tokens, at + 1) not in ("هذا", "هذه"):
        return Weekday(value, which), at + 2
    if form(tokens, at + 1) == "قبل" and role(tokens, at + 2, "which") == -1:
        return Weekday(value, -2), at + 3
    return _date_beside(tokens, at + 1) or (Weekday(value), at + 1)
