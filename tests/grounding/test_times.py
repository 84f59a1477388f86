"""From words of time to days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic.dates import find_times
from marsad.arabic.dates_words import ROLES
from marsad.arabic.tokens import tokenise
from marsad.grounding.times import article_day, resolve
from marsad.model import Word

FRIDAY = date(2024, 12, 6)


class Wordless:
    """A lexicon without words."""

    def __init__(self):
        self.known = {}

    def word(self, form):
        return Word(form, ())


def exprs(text):
    return find_times(tokenise(text, Wordless()))


def days(text, day=FRIDAY, *, future=False):
    found = resolve(exprs(text)[0], day, future=future)
    return found and (found.start.isoformat(), found.end.isoformat(), found.precision)


def one(day):
    return day, day, "day"


CASES = [
    ("اليوم", one("2024-12-06")),
    ("أمس الخميس", one("2024-12-05")),
    ("فجر اليوم الجمعة", one("2024-12-06")),
    ("أول من أمس", one("2024-12-04")),
    ("غداً", one("2024-12-07")),
    ("الجمعة", one("2024-12-06")),
    ("مساء الأربعاء", one("2024-12-04")),
    ("الجمعة الماضي", one("2024-11-29")),
    ("الجمعة المقبل", one("2024-12-13")),
    ("الخميس المقبل", one("2024-12-12")),
    ("ليل الثلاثاء الأربعاء", ("2024-12-03", "2024-12-04", "day")),
    ("الليلة الماضية", ("2024-12-05", "2024-12-06", "day")),
    ("27 تشرين الثاني", one("2024-11-27")),
    ("27 كانون الأول", one("2023-12-27")),
    ("12 ديسمبر", one("2024-12-12")),
    ("12 ديسمبر الماضي", one("2023-12-12")),
    ("13 كانون الأول الجاري", one("2024-12-13")),
    ("28 فبراير 2021", one("2021-02-28")),
    ("29 فبراير", one("2024-02-29")),
    ("السابع من أكتوبر", one("2023-10-07")),
    ("11 سبتمبر", one("2001-09-11")),
    ("7 أكتوبر الماضي", one("2024-10-07")),
    ("في سبتمبر", ("2024-09-01", "2024-09-30", "month")),
    ("منتصف يوليو", ("2024-07-11", "2024-07-20", "week")),
    ("نهاية عام 2014", ("2014-11-01", "2014-12-31", "month")),
    ("أواخر العام 2014 وبداية العام 2015", ("2014-11-01", "2015-02-28", "month")),
    ("١٢ رمضان ١٤٤٥", one("2024-03-22")),
    ("عام 2011", ("2011-01-01", "2011-12-31", "year")),
    ("العام الماضي", ("2023-01-01", "2023-12-31", "year")),
    ("الشهر الماضي", ("2024-11-01", "2024-11-30", "month")),
    ("الشهر الجاري", ("2024-12-01", "2024-12-06", "month")),
    ("الأسبوع الماضي", ("2024-11-29", "2024-12-05", "week")),
    ("هذا الصيف", ("2024-06-01", "2024-08-31", "month")),
    ("الخامس من الشهر الماضي", one("2024-11-05")),
    ("قبل يومين", one("2024-12-04")),
    ("قبل أسبوع", one("2024-11-29")),
    ("قبل شهرين", ("2024-10-01", "2024-10-31", "month")),
    ("قبل عامين", ("2022-01-01", "2022-12-31", "year")),
    ("قبل أكثر من أسبوعين", ("2024-11-15", "2024-11-22", "week")),
    ("منذ أسبوعين", ("2024-11-22", "2024-12-06", "month")),
    ("منذ مطلع العام الجاري", ("2024-01-01", "2024-12-06", "year")),
    ("منذ السبت الماضي", ("2024-11-30", "2024-12-06", "week")),
    ("خلال الـ24 ساعة الماضية", ("2024-12-05", "2024-12-06", "day")),
    ("الأيام الأخيرة", ("2024-11-29", "2024-12-06", "week")),
    ("خلال الأيام المقبلة", ("2024-12-07", "2024-12-13", "week")),
    ("الأشهر الستة الماضية", ("2024-06-06", "2024-12-06", "month")),
    ("بين 2017 و2020", ("2017-01-01", "2020-12-31", "year")),
    ("من سبتمبر إلى يناير الماضيين", ("2023-09-01", "2024-01-31", "month")),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_times_resolve_against_the_articles_day(text, expected):
    assert days(text) == expected


def test_times_of_planned_events_are_the_next_to_come():
    assert days("الأحد", future=True) == one("2024-12-08")
    assert days("12 يناير", future=True) == one("2025-01-12")
    assert days("بعد يومين", future=True) == one("2024-12-08")


def test_times_that_cannot_be_are_none():
    assert days("31 حزيران 2024") is None
    assert days("بعد يومين من الهجوم") is None
    assert days("31 رمضان 1445") is None


def test_times_without_the_articles_day_need_a_year():
    assert days("5 ديسمبر 2024", None) == one("2024-12-05")
    assert days("بين 2017 و2020", None) == ("2017-01-01", "2020-12-31", "year")
    assert days("أمس", None) is None
    assert days("5 ديسمبر", None) is None


def test_times_counted_from_one_another():
    first, second = exprs("قتل جندي في السادس من شباط، وبعد ذلك بيومين أصيب آخر")
    assert resolve(second, FRIDAY) == resolve(exprs("8 شباط 2024")[0], FRIDAY)
    assert resolve(first, FRIDAY) == resolve(exprs("6 شباط 2024")[0], FRIDAY)


def test_article_day_follows_the_weekday_beside_today():
    assert article_day(exprs("قصفوا أمس الجمعة"), FRIDAY) == date(2024, 12, 7)
    assert article_day(exprs("قصفوا اليوم (الثلاثاء)"), FRIDAY) == date(2024, 12, 3)
    assert article_day(exprs("قصفوا أمس"), FRIDAY) == FRIDAY
    assert article_day(exprs("قصفوا أمس"), None) is None


WORDS = st.sampled_from(
    [*sorted(ROLES), "5", "2024", "31", "1445", "9999", "،", "(", ")", "/", "-", "من", "في"]
)


@given(st.lists(WORDS, max_size=20), st.dates(), st.booleans())
def test_times_never_raise_and_never_run_backwards(words, day, future):
    found = exprs(" ".join(words))
    if timedelta(days=10) < day - date.min and timedelta(days=10) < date.max - day:
        article_day(found, day)
    for expr in found:
        interval = resolve(expr, day, future=future)
        assert interval is None or interval.start <= interval.end
