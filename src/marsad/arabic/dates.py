"""Expressions of time in Arabic news: "أمس الخميس", "منذ مطلع العام الجاري", "بين 2017 و2020", "فجر اليوم الأحد".

``find_times`` says where they stand and what they mean, in words of ``marsad.model.interval``: "أمس الخميس" is
``Near(-1, weekday=3)`` whatever day it is. Nothing here knows the article's date; ``marsad.grounding.times`` does.

A word of time may also be part of a name (صحيفة اليوم, سوق الخميس, حركة 20 فبراير), a quantity (استمرت ثلاث ساعات), an age
(21 عاماً) or another word altogether (مارس ضغوطا). The grammar takes the word only in company that makes it a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from marsad.arabic.dates_calendar import (
    Found,
    Tokens,
    calendar_date,
    digits,
    form,
    link,
    month_alone,
    role,
    second_year,
    skip,
    year,
    year_alone,
)
from marsad.arabic.dates_periods import (
    ago,
    amount,
    counted_definite,
    definite,
    edge,
    later,
    month_day,
    season,
    this_period,
)
from marsad.arabic.dates_relative import day_words, near
from marsad.arabic.dates_words import AFTER_LINKS, AFTER_NUMBERS, DATE_HEADS, STARTS, listed
from marsad.model.interval import (
    After,
    Anniversary,
    Between,
    Dated,
    MonthDay,
    Near,
    Night,
    Since,
    TimeExpr,
    Until,
    Weekday,
    When,
    Window,
)

_NOW = listed("الان اللحظه الساعه هذه")
_PREPOSITIONS = listed("في وفي بعد منذ حتي خلال منتصف")
_POINTS = (Near, Weekday, Dated, Night, MonthDay)
_DIGITS = "0123456789"
_SINCE_REACH = 16
_PLANNED_REACH = 6
_PLANNED = listed("مقرر مقررا مقرره المقرر المقرره المزمع المتوقع متوقع سوف")
_NO_FUTURE = listed(
    "سيطر سيطره سيطرت سيطروا سيطرتها سيطرته سيطرتهم سياره سيارات سيارته سيد سيده سيدات سياسه سياسي سياسيه سياسات سياده سياق سياح سياحه سيناء سيناريو سيول"
    " سيوله سيوف سيره سيرته سيء سيئه سته ستين ستون ستار ستمائه ستمايه سنه سنوات سنوي سنويا سنويه سنين سنتين سنتان سند سني سنيه سنجار سنار"
)
_FUTURE = re.compile("س[يتن].{2}")
"""The س of the future before a verb of the present (ستبدأ, سيعقد, سيرتفع, سنواصل); nouns and past verbs that begin alike (سيطر, ستة, سنوات) are `_NO_FUTURE`, whole words."""


def find_times(tokens: Tokens) -> list[TimeExpr]:
    """The expressions of time among the tokens of an article, in order, none overlapping another.

    "وقال أمس الخميس إن الهجوم وقع قبل يومين" has two: ``Near(-1, weekday=3)`` and ``Ago("day", 2)``.
    """
    found: list[TimeExpr] = []
    base: When | None = None
    after = 0
    for at in [index for index, token in enumerate(tokens) if token.form in STARTS or token.kind == "number"]:
        token = tokens[at]
        opens = STARTS.get(token.form)
        if at < after or not (opens or _goes_on(tokens, at, opens)):
            continue
        read = _expression(tokens, at)
        if read is None:
            continue
        when, after = read
        first = at
        if isinstance(when, After):
            when = _counted_from(when, _origin(tokens, at, after, base))
            base = when if when.base is not None else base
        elif isinstance(when, _POINTS):
            base = when
            first, when = _since_event(tokens, at, when, found[-1].last if found else 0)
        found.append(TimeExpr(first, after, tokens[first].start, tokens[after - 1].end, token.part, when))
    return _years_of_lists(tokens, found)


def _goes_on(tokens: Tokens, at: int, opens: bool | None) -> bool:
    """Whether the word after a link or a number lets the two be a time."""
    following = form(tokens, at + 1)
    if opens is False:
        return following in AFTER_LINKS or following[:1].isdigit()
    return following in AFTER_NUMBERS or len(form(tokens, at)) == 4 or form(tokens, at).count(".") == 2


def _origin(tokens: Tokens, at: int, after: int, base: When | None) -> When | None:
    """From when a time "after" or "before" counts: from now where it is planned, else from the time told last; but not ahead from today where words follow
    from which it counts (أفرج عنهم اليوم بعد أسبوعين من توقيفهم)."""
    if link(tokens, at) != "after":
        return base
    if form(tokens, after) in ("من", "علي") and form(tokens, after + 1) not in _NOW:
        return None if isinstance(base, Near) and base.days >= 0 else base
    return Near(0) if _is_planned(tokens, at) else base


def _is_planned(tokens: Tokens, at: int) -> bool:
    """Whether a time "after" counts from now: يُعقد الاجتماع المقرر بعد يومين, ستبدأ الهدنة بعد يومين."""
    if form(tokens, at - 1) == "ذلك":
        return False
    before = [form(tokens, index) for index in range(max(0, at - _PLANNED_REACH), at)]
    return any(word in _PLANNED or (_FUTURE.match(word) and word not in _NO_FUTURE) for word in before)


def _counted_from(when: After, base: When | None) -> After:
    """A time counted from the one told before it; two such steps in days become one."""
    if isinstance(base, After):
        same = base.unit == when.unit or when.amount == 0
        return After(base.unit, base.amount + (when.amount if same else 0), base.base)
    return After(when.unit, when.amount, base)


def _years_of_lists(tokens: Tokens, found: list[TimeExpr]) -> list[TimeExpr]:
    """The years that begin the lines of a list are anniversaries only under a heading that says so."""
    if not any(isinstance(expr.when, Anniversary) for expr in found) or any(
        (link(tokens, at) == "this" and (form(tokens, at - 1), form(tokens, at + 1)) == ("مثل", "اليوم"))
        or [form(tokens, at + step) for step in range(4)] == ["هذا", "اليوم", "في", "التاريخ"]
        for at in range(len(tokens))
    ):
        return found
    return [
        replace(expr, when=Dated(year=expr.when.year)) if isinstance(expr.when, Anniversary) else expr
        for expr in found
    ]


def _since_event(tokens: Tokens, at: int, when: When, floor: int) -> tuple[int, When]:
    """منذ بدء الحملة في 19 يونيو: the date says since when, though other words stand between."""
    if isinstance(when, Dated) and form(tokens, at - 1) == "في":
        for before in range(at - 2, max(floor, at - _SINCE_REACH) - 1, -1):
            if tokens[before].kind != "word":
                break
            if link(tokens, before) == "since":
                return before, Since(when)
    return at, when


def _expression(tokens: Tokens, at: int) -> Found:
    """The expression that begins at a token, or None."""
    kind = link(tokens, at)
    if kind:
        return _LINKED[kind](tokens, at)
    if role(tokens, at, "then") is not None:
        return None if form(tokens, at + 1) == "ال" else (After("day", 0), at + 1)
    if _is_name(tokens, at):
        return None
    return _object(tokens, at)


def _is_name(tokens: Tokens, at: int) -> bool:
    """Whether a date is the name of a place or a movement: مدينة 6 أكتوبر, حركة 20 فبراير."""
    if role(tokens, at, "near") is not None or role(tokens, at, "weekday") is not None:
        return False
    head = at - 2 if digits(tokens, at - 1) is not None else at - 1
    return form(tokens, head) in DATE_HEADS


def _object(tokens: Tokens, at: int, *, prompted: bool = False) -> Found:
    """A time without a preposition before it; ``prompted`` where a preposition promises one."""
    if form(tokens, at) in ("ال", "لل") and digits(tokens, at + 1) is not None:
        at += 1
    if (
        digits(tokens, at) is not None
        or form(tokens, at)[:1] in _DIGITS
        or role(tokens, at, "ordinal") is not None
    ):
        return _figures(tokens, at, prompted=prompted)
    return (
        day_words(tokens, at)
        or edge(tokens, at)
        or definite(tokens, at)
        or year_alone(tokens, at)
        or season(tokens, at)
        or month_alone(tokens, at, prompted=prompted or form(tokens, at - 1) in _PREPOSITIONS)
    )


def _figures(tokens: Tokens, at: int, *, prompted: bool) -> Found:
    """What begins with a number: a date, a day of this month, "24 ساعة الماضية", or a year where one is promised."""
    found = calendar_date(tokens, at) or month_day(tokens, at) or counted_definite(tokens, at)
    if found is not None or role(tokens, at, "ordinal") is not None:
        return found
    if (at == 0 or tokens[at - 1].kind == "break") and form(tokens, at + 1) in ("-", "–", ":", "ـ"):
        named = year(tokens, at)
        return None if named is None else (Anniversary(named[0]), named[1])
    if prompted or form(tokens, at - 1) in _PREPOSITIONS:
        named = year(tokens, at)
        if named is not None and role(tokens, named[1], "unit") is None:
            return Dated(year=named[0]), named[1]
    return None


def _before(tokens: Tokens, at: int) -> Found:
    """قبل أمس, قبل يومين."""
    return near(tokens, at) or ago(tokens, at)


def _after(tokens: Tokens, at: int) -> Found:
    """بعد غد, بعد ظهر الخميس, بعد ذلك بيومين."""
    found = near(tokens, at)
    if found is None and (
        role(tokens, at + 1, "part") is not None or role(tokens, at + 1, "edge") is not None
    ):
        return day_words(tokens, at)
    return found or later(tokens, at)


def _since(tokens: Tokens, at: int) -> Found:
    """منذ with a time is all days since; with a number of units, the stretch up to now."""
    at = skip(tokens, at + 1, "ما", "قبل")
    found = _object(tokens, at, prompted=True) or _this(tokens, at)
    if found is not None:
        when, after = found
        if link(tokens, after) == "until" and (end := _object(tokens, after + 1, prompted=True)) is not None:
            return Between(when, end[0]), end[1]
        return (when if isinstance(when, After | Window | Between) else Since(when)), after
    counted = amount(tokens, at)
    return None if counted is None else (Window(counted[0], counted[1]), counted[3])


def _until(tokens: Tokens, at: int) -> Found:
    """حتى الآن is today; حتى with a time ends with it."""
    if form(tokens, at + 1) in _NOW:
        return Until(Near(0)), skip(tokens, at + 2, "اللحظه", "الساعه")
    found = _object(tokens, at + 1, prompted=True)
    return None if found is None else (Until(found[0]), found[1])


def _during(tokens: Tokens, at: int) -> Found:
    """خلال الساعات الماضية, آخر 24 ساعة, خلال شهر يوليو; a bare "خلال يومين" is a quantity, not a time."""
    kind = link(tokens, at)
    inner = skip(tokens, at + 1, "مدي", "مدار", "ال")
    found = definite(tokens, inner) or counted_definite(tokens, inner) or _this(tokens, inner)
    if kind == "during":
        found = found or _object(tokens, inner, prompted=True)
    if found is not None:
        return found
    counted = amount(tokens, inner)
    if counted is None or counted[1] is None or (kind == "during" and not _hours(tokens, inner)):
        return None
    return Window(counted[0], counted[1]), counted[3]


def _hours(tokens: Tokens, at: int) -> bool:
    """Whether a stretch is one of whole days in hours (24, 48, 72 ساعة), as tolls are counted."""
    return digits(tokens, at) in (24, 48, 72) and role(tokens, at + 1, "unit") == 0


def _this(tokens: Tokens, at: int) -> Found:
    """هذا العام, هذا الصيف."""
    return this_period(tokens, at) or (season(tokens, at) if link(tokens, at) == "this" else None)


def _lately(tokens: Tokens, at: int) -> Found:
    """مؤخرا: about a month."""
    return Window("month", 1), at + 1


def _nothing(tokens: Tokens, at: int) -> Found:
    """إلى begins no expression; it joins the ends of one."""
    return None


def _between(tokens: Tokens, at: int) -> Found:
    """بين ... و..., من ... إلى ...: both ends must be times."""
    kind = link(tokens, at)
    at = skip(tokens, at + 1, "يومي", "عامي", "شهري", "ليلتي")
    first = _object(tokens, at, prompted=True)
    if first is None:
        return None
    when, after = first
    if isinstance(when, Between):
        return when, after
    if isinstance(when, Dated) and when.month is None:
        other = second_year(tokens, after)
        return None if other is None else (Between(when, Dated(year=other[0])), other[1])
    joint = form(tokens, after)
    if kind == "from" and link(tokens, after) not in ("to", "until"):
        return None
    if kind == "between" and not joint.startswith("و"):
        return None
    second = _object(tokens, after + (kind == "from" or joint == "و"), prompted=True)
    return None if second is None else (Between(when, second[0]), second[1])


_LINKED: dict[str, Callable[[Tokens, int], Found]] = {
    "before": _before,
    "after": _after,
    "since": _since,
    "until": _until,
    "during": _during,
    "last": _during,
    "between": _between,
    "from": _between,
    "this": _this,
    "lately": _lately,
    "to": _nothing,
}
