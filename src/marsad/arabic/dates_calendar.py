"""Dates by the calendar: "27 تشرين الثاني", "5 ديسمبر/كانون الأول 2024", "١٢ رمضان ١٤٤٥", "2024-12-05", "عام 2011".

Every rule takes the tokens and a position and gives what it read and the position after it, or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from marsad.arabic.dates_words import HIJRI_PAIRS, LINK_NAMES, ROLES, TWIN_MONTHS
from marsad.model.interval import Between, Calendar, Dated, When
from marsad.model.reading import Token

Tokens: TypeAlias = Sequence[Token]
Found: TypeAlias = "tuple[When, int] | None"

_NOTHING: dict[str, int] = {}
_SEPARATORS = frozenset("/-.–ـ")
_OPENING = frozenset("/-–(،,")


def role(tokens: Tokens, at: int, name: str) -> int | None:
    """What the token at a position stands for in that role, or None."""
    return ROLES.get(tokens[at].form, _NOTHING).get(name) if 0 <= at < len(tokens) else None


def link(tokens: Tokens, at: int) -> str:
    """The name of the link word at a position ("since", "during" ...), or an empty string."""
    found = role(tokens, at, "link")
    return "" if found is None else LINK_NAMES[found]


def form(tokens: Tokens, at: int) -> str:
    """The folded form at a position; empty outside of the tokens."""
    return tokens[at].form if 0 <= at < len(tokens) else ""


def skip(tokens: Tokens, at: int, *forms: str) -> int:
    """The position after one token of those forms, or the same position."""
    return at + 1 if form(tokens, at) in forms else at


def digits(tokens: Tokens, at: int) -> int | None:
    """The value of a token of up to four digits."""
    text = form(tokens, at)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def number(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """A number in digits or words: "24", "الـ24", "ثلاثة عشر", "ألفين وتسعة عشر"."""
    at = skip(tokens, at, "ال", "لل", "بال")
    value = digits(tokens, at)
    if value is not None:
        return value, at + 1
    total, start = 0, at
    while (part := role(tokens, at, "cardinal")) is not None:
        if at > start and not form(tokens, at).startswith(("و", "عشر")):
            break
        total, at = total + part, at + 1
    return (total, at) if at > start else None


def year(tokens: Tokens, at: int, calendar: Calendar = "gregorian") -> tuple[int, int] | None:
    """A year that an article could name, in digits or words."""
    found = number(tokens, at)
    if found is None:
        return None
    low, high = (1300, 1500) if calendar == "hijri" else (1900, 2100)
    return found if low <= found[0] <= high else None


def day_number(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """A day of a month: "5", "الخامس", "الحادي عشر", "السابع والعشرين"; the particle من after it is passed over."""
    value = digits(tokens, at)
    after = at + 1
    if value is None:
        value = role(tokens, at, "ordinal")
        if value is None:
            return None
        tens = role(tokens, after, "ordinal") if form(tokens, after).startswith("و") else None
        if form(tokens, after) == "عشر":
            tens = 10
        if tens is not None and tens >= 10 > value:
            value, after = value + tens, after + 1
    return (value, skip(tokens, after, "من")) if 1 <= value <= 31 else None


def _month_name(tokens: Tokens, at: int) -> tuple[int, int, bool, Calendar] | None:
    """One month name: its number, the position after it, whether it is weak, its calendar."""
    for name, weak in (("month", False), ("weak", True)):
        value = role(tokens, at, name)
        if value is not None:
            return value, at + 1, weak, "gregorian"
    if role(tokens, at, "twin") is not None:
        months = next(value for word, value in TWIN_MONTHS.items() if form(tokens, at).endswith(word))
        which = {"الاول": 0, "اول": 0, "الثاني": 1, "ثاني": 1, "ثان": 1}.get(form(tokens, at + 1))
        return None if which is None else (months[which], at + 2, False, "gregorian")
    value = role(tokens, at, "hijri")
    if value is not None:
        return value, at + 1, True, "hijri"
    if role(tokens, at, "pair") is not None:
        pairs = HIJRI_PAIRS[form(tokens, at).removeprefix("و").removeprefix("ف")]
        month = pairs.get(form(tokens, at + 1))
        return None if month is None else (month, at + 2, False, "hijri")
    return None


def month(tokens: Tokens, at: int) -> tuple[int, int, bool, Calendar] | None:
    """A month with its second name if there is one: "كانون الأول/ديسمبر", "تموز (يوليو)", "فبراير شباط"."""
    found = _month_name(tokens, at)
    if found is None:
        return None
    value, after, _, calendar = found
    opening = form(tokens, after)
    partner = _month_name(tokens, after + 1 if opening in _OPENING else after)
    if partner is None or partner[0] != value or partner[3] != calendar:
        return found
    after = skip(tokens, partner[1], ")") if opening == "(" else partner[1]
    return value, after, False, calendar


def year_tail(tokens: Tokens, at: int, found: Dated) -> tuple[Dated, int, bool]:
    """What a month is given after it: a year, الماضي, من العام الجاري; with whether anything was there."""
    after = skip(tokens, skip(tokens, at, "/", "-", "،", "من"), "من")
    after = skip(tokens, after, "عام", "العام", "سنه", "لعام", "للعام")
    named = year(tokens, after, found.calendar)
    if named is not None:
        return replace(found, year=named[0]), skip(tokens, named[1], "م", "ه", "هـ"), True
    which = role(tokens, at, "which")
    if which is not None and form(tokens, at) not in ("هذا", "هذه"):
        return replace(found, which=which), at + 1, True
    years = _this_year(tokens, skip(tokens, at, "من"))
    if years is not None:
        return replace(found, years=years[0]), years[1], True
    return found, at, False


def _this_year(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """العام الماضي and the like after a month; "هذا العام" as well."""
    this = form(tokens, at) in ("هذا", "هذه")
    at = at + this
    if form(tokens, at) not in ("العام", "السنه"):
        return None
    if this:
        return 0, at + 1
    which = role(tokens, at + 1, "which")
    return None if which is None else (which, at + 2)


def day_and_month(tokens: Tokens, at: int) -> Found:
    """A day with its month, also two days of one month: "27 تشرين الثاني", "السابع من أكتوبر", "بين 5 و10 يونيو"."""
    first = day_number(tokens, at)
    if first is None:
        return None
    second = None
    after = first[1]
    joint = form(tokens, after)
    if joint in ("و", "-", "–", "الي", "حتي"):
        second = day_number(tokens, after + 1)
    elif joint.startswith("و") and joint[1:].isdigit():
        second = (int(joint[1:]), after + 1) if 1 <= int(joint[1:]) <= 31 else None
    if second is not None:
        after = second[1]
    named = month(tokens, skip(tokens, skip(tokens, after, "/", "-"), "شهر"))
    if named is None:
        return None
    dated, end, _ = year_tail(tokens, named[1], Dated(month=named[0], calendar=named[3]))
    if second is not None and second[0] > first[0]:
        return Between(replace(dated, day=first[0]), replace(dated, day=second[0])), end
    return replace(dated, day=first[0]), end


def month_alone(tokens: Tokens, at: int, *, prompted: bool = False) -> Found:
    """A month without a day; a weak name needs a year after it, or a word before it that promises a month."""
    start = skip(tokens, at, "شهر", "وشهر", "لشهر", "بشهر")
    named = month(tokens, start)
    if named is None:
        return None
    value, after, weak, calendar = named
    dated, end, said = year_tail(tokens, after, Dated(month=value, calendar=calendar))
    if weak and not (said or prompted or start > at):
        return None
    return dated, end


def year_alone(tokens: Tokens, at: int) -> Found:
    """A year with the word for it: "عام 2011", "العام 2014", "سنة ألفين وتسعة عشر"."""
    word = form(tokens, at).lstrip("وفبل")
    if word not in ("عام", "العام", "سنه", "السنه", "عامي", "اعوام"):
        return None
    found = year(tokens, at + 1)
    if found is None:
        return None
    first, after = Dated(year=found[0]), skip(tokens, found[1], "م")
    second = second_year(tokens, after)
    if second is not None and second[0] > found[0]:
        return Between(first, Dated(year=second[0])), second[1]
    return first, after


def second_year(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """The year after "و", "-" or "إلى", as in "عامي 2017 و2020"."""
    joint = form(tokens, at)
    if joint[:1] == "و" and joint[1:].isdigit() and len(joint) == 5:
        return int(joint[1:]), at + 1
    if joint in ("و", "-", "–", "الي", "حتي", "/"):
        return year(tokens, skip(tokens, at + 1, "عام", "العام"))
    return year(tokens, at) if joint.startswith("و") else None


def numeric(tokens: Tokens, at: int) -> Found:
    """A date in figures: 2024-12-05, 5/12/2024, 29.10.2022; day before month unless that cannot be."""
    figures = form(tokens, at).split(".")
    if len(figures) == 3 and all(figure.isdigit() for figure in figures):
        first, second, third, after = *map(int, figures), at + 1
    else:
        parts = [digits(tokens, at + step) for step in (0, 2, 4)]
        marks = {form(tokens, at + 1), form(tokens, at + 3)}
        if None in parts or len(marks) != 1 or not marks <= _SEPARATORS:
            return None
        first, second, third, after = *(part or 0 for part in parts), at + 5
    year_, month_, day_ = (first, second, third) if first > 31 else (third, second, first)
    if month_ > 12 >= day_:
        month_, day_ = day_, month_
    if not (1900 <= year_ <= 2100 and 1 <= month_ <= 12 and 1 <= day_ <= 31):
        return None
    return Dated(year=year_, month=month_, day=day_), after


def calendar_date(tokens: Tokens, at: int) -> Found:
    """A date with at least a day and a month."""
    return numeric(tokens, at) or day_and_month(tokens, at)
