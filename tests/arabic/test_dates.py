"""Where times stand in a text, what they mean, and which words only look like times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic.dates import find_times
from marsad.arabic.dates_words import ROLES
from marsad.arabic.tokens import tokenise
from marsad.model import Word
from marsad.model.interval import (
    After,
    Ago,
    Anniversary,
    Between,
    Dated,
    MonthDay,
    Near,
    Night,
    Period,
    Season,
    Since,
    Until,
    Weekday,
    Window,
)


class Wordless:
    """A lexicon without words: the grammar of times needs none."""

    def __init__(self):
        self.known = {}

    def word(self, form):
        return Word(form, ())


def times(text):
    return [(text[found.start : found.end], found.when) for found in find_times(tokenise(text, Wordless()))]


CASES = [
    ("قصفت الطائرات البلدة أمس الخميس", "أمس الخميس", Near(-1, 3)),
    ("انسحبت القوات فجر اليوم الأحد من القرية", "فجر اليوم الأحد", Near(0, 6)),
    ("فجر اليوم (الأحد)", "فجر اليوم (الأحد)", Near(0, 6)),
    ("قتل اثنان يومَ أمسِ", "يومَ أمسِ", Near(-1)),
    ("دخلوا المدينة أول من أمس", "أول من أمس", Near(-2)),
    ("دخلوا المدينة أمس الأول", "أمس الأول", Near(-2)),
    ("يصل الوفد بعد غد", "بعد غد", Near(2)),
    ("تبدأ الهدنة غداً الاثنين", "غداً الاثنين", Near(1, 0)),
    ("توقف القصف حتى الآن", "حتى الآن", Until(Near(0))),
    ("اندلعت مواجهات مساء الأربعاء", "مساء الأربعاء", Weekday(2)),
    ("دارت مواجهات بعد منتصف ليلة أمس", "بعد منتصف ليلة أمس", Night()),
    ("يقاتلون منذ الـ15 من نيسان", "منذ الـ15 من نيسان", Since(Dated(month=4, day=15))),
    ("ستبدأ الهدنة بعد يومين", "بعد يومين", After("day", 2, Near(0))),
    ("سيعقد الاجتماع بعد أسبوع", "بعد أسبوع", After("week", 1, Near(0))),
    ("سيطرح الوسيط خطته بعد أسبوع", "بعد أسبوع", After("week", 1, Near(0))),
    ("سنواصل العمل بعد يومين", "بعد يومين", After("day", 2, Near(0))),
    ("ستمارس الهيئة عملها بعد يومين", "بعد يومين", After("day", 2, Near(0))),
    ("سيطر الجيش على البلدة بعد أسبوع", "بعد أسبوع", After("week", 1)),
    ("قتل ستة مدنيين في سنجار بعد يومين", "بعد يومين", After("day", 2)),
    ("ستفرج عنهم بعد يومين من توقيفهم", "بعد يومين", After("day", 2)),
    ("اندلعت مواجهات بعد ظهر الأربعاء", "بعد ظهر الأربعاء", Weekday(2)),
    ("زار المدينة السبت الماضي", "السبت الماضي", Weekday(5, -1)),
    ("يجتمعون الخميس المقبل", "الخميس المقبل", Weekday(3, 1)),
    ("قتلوا يومي السبت والأحد", "السبت والأحد", Between(Weekday(5), Weekday(6))),
    ("سقطت قذائف ليل الثلاثاء الأربعاء", "ليل الثلاثاء الأربعاء", Night(1, 2)),
    ("سقطت قذائف ليلة الأحد - الاثنين", "ليلة الأحد - الاثنين", Night(6, 0)),
    ("سقطت قذائف الليلة الماضية", "الليلة الماضية", Night()),
    ("وصلت القافلة في 27 تشرين الثاني", "27 تشرين الثاني", Dated(month=11, day=27)),
    ("وصلت في ٥ ديسمبر/كانون الأول ٢٠٢٤", "٥ ديسمبر/كانون الأول ٢٠٢٤", Dated(2024, 12, 5)),
    ("وصلت الخميس 5 ديسمبر 2024", "الخميس 5 ديسمبر 2024", Dated(2024, 12, 5)),
    (
        "وصلت في السابع والعشرين من تموز (يوليو) الماضي",
        "السابع والعشرين من تموز (يوليو) الماضي",
        Dated(None, 7, 27, -1),
    ),
    ("منتصف يوليو (تموز)", "منتصف يوليو (تموز)", Dated(month=7, edge="middle")),
    ("وقع ذلك في سبتمبر/ أيلول 2018", "سبتمبر/ أيلول 2018", Dated(2018, 9)),
    ("اعتقل في جويلية 2021", "جويلية 2021", Dated(2021, 7)),
    ("اعتقل في 3 غشت 2021", "3 غشت 2021", Dated(2021, 8, 3)),
    ("اعتقل في 12 أيلول من العام الماضي", "12 أيلول من العام الماضي", Dated(None, 9, 12, years=-1)),
    ("يوم 2024-12-05 قصف الجيش", "يوم 2024-12-05", Dated(2024, 12, 5)),
    ("بتاريخ 5/12/2024 قصف الجيش", "5/12/2024", Dated(2024, 12, 5)),
    ("بتاريخ 29.10.2022 قصف الجيش", "29.10.2022", Dated(2022, 10, 29)),
    ("في ١٢ رمضان ١٤٤٥ هـ", "١٢ رمضان ١٤٤٥ هـ", Dated(1445, 9, 12, calendar="hijri")),
    ("في الخامس من ذي الحجة", "الخامس من ذي الحجة", Dated(None, 12, 5, calendar="hijri")),
    ("اندلعت الحرب عام 2011", "عام 2011", Dated(2011)),
    ("اعتقل سنة ألفين وتسعة عشر", "سنة ألفين وتسعة عشر", Dated(2019)),
    ("قتلوا بين 2017 و2020", "بين 2017 و2020", Between(Dated(2017), Dated(2020))),
    ("قتلوا بين عامي 2017 و2020", "بين عامي 2017 و2020", Between(Dated(2017), Dated(2020))),
    ("بين 5 و10 يونيو", "بين 5 و10 يونيو", Between(Dated(month=6, day=5), Dated(month=6, day=10))),
    (
        "دارت معارك من سبتمبر إلى يناير الماضيين",
        "من سبتمبر إلى يناير الماضيين",
        Between(Dated(month=9), Dated(month=1, which=-1)),
    ),
    ("وثقنا منذ مطلع العام الجاري هجمات", "منذ مطلع العام الجاري", Since(Period("year", 0, "start"))),
    ("يحاصرونها منذ السبت الماضي", "منذ السبت الماضي", Since(Weekday(5, -1))),
    ("منذ بدء الحملة في 19 يونيو", "منذ بدء الحملة في 19 يونيو", Since(Dated(month=6, day=19))),
    ("تستمر حتى نهاية الشهر الجاري", "حتى نهاية الشهر الجاري", Until(Period("month", 0, "end"))),
    ("قتلوا الأسبوع الماضي", "الأسبوع الماضي", Period("week", -1)),
    ("يزورها هذا الأسبوع", "هذا الأسبوع", Period("week", 0)),
    ("في الخامس من الشهر الجاري", "الخامس من الشهر الجاري", MonthDay(5, 0)),
    ("في السادس والعشرين من الشهر الماضي", "السادس والعشرين من الشهر الماضي", MonthDay(26, -1)),
    ("في الأسبوع الأول من الشهر الجاري", "الشهر الجاري", Period("month", 0)),
    ("اعتقل في مطلع 2014", "مطلع 2014", Dated(2014, edge="start")),
    ("قصفوها السبت والأحد", "السبت والأحد", Between(Weekday(5), Weekday(6))),
    (
        "منذ بداية العام الجاري حتى 5 تشرين الثاني",
        "منذ بداية العام الجاري حتى 5 تشرين الثاني",
        Between(Period("year", 0, "start"), Dated(month=11, day=5)),
    ),
    ("في صيف عام 2014", "صيف عام 2014", Season(6, 0, 2014)),
    ("هاجموها قبل يومين", "قبل يومين", Ago("day", 2)),
    ("هاجموها قبل أيام", "قبل أيام", Ago("day")),
    ("هاجموها قبل أكثر من أسبوعين", "قبل أكثر من أسبوعين", Ago("week", 2, more=True)),
    ("هاجموها قبل ثلاثة أشهر", "قبل ثلاثة أشهر", Ago("month", 3)),
    ("يحاصرونها منذ أسبوعين", "منذ أسبوعين", Window("week", 2)),
    ("خلال الـ24 ساعة الماضية", "خلال الـ24 ساعة الماضية", Window("hour", 24)),
    ("خلال الساعات القليلة الماضية", "خلال الساعات القليلة الماضية", Window("hour")),
    ("على مدى الأشهر الستة الماضية", "مدى الأشهر الستة الماضية", Window("month", 6)),
    ("في الأيام المقبلة", "الأيام المقبلة", Window("day", forward=True)),
]


@pytest.mark.parametrize(("text", "words", "when"), CASES, ids=[case[1] for case in CASES])
def test_dates_are_read_in_full(text, words, when):
    assert [(found.removeprefix("خلال "), read) for found, read in times(text)] == [
        (words.removeprefix("خلال "), when)
    ]


def test_a_time_after_something_else_is_not_counted_ahead_from_today():
    assert times("أفرج عنهم اليوم بعد أسبوعين من توقيفهم")[1] == ("بعد أسبوعين", After("week", 2))
    assert times("أفرج عنهم أمس بعد أسبوعين")[1] == ("بعد أسبوعين", After("week", 2, Near(-1)))


NOT_TIMES = [
    "نشرت صحيفة اليوم السعودية الخبر",
    "قالت المصري اليوم إن الجيش انسحب",
    "ذكر موقع اليوم السابع أن الوفد غادر",
    "أحد المسلحين قتل أحدهم",
    "قال الرئيس رجب طيب أردوغان إن بلاده سترد",
    "اتهموه بارتكاب جرائم",
    "مارس الجيش ضغوطا على الفصائل",
    "قُصف منزل في محافظة إب",
    "قتل شاب يبلغ 21 عاماً",
    "استمرت الاشتباكات ثلاث ساعات",
    "وصل الأمين العام للأمم المتحدة",
    "قال أب لثلاثة أطفال إن بيته دمر",
    "في المرة الثانية قصفوا الجسر",
    "هاجموا سوق الخميس في طرابلس",
    "تظاهرت حركة 20 فبراير",
    "قتل 2015 مقاتلا في المعارك",
    "دمرت 12 دبابة",
    "تقرر أن تستمر الهدنة خمسة أيام",
    "قرار مجلس الأمن رقم 2216",
    "فتحت جامعة تشرين أبوابها",
]


@pytest.mark.parametrize("text", NOT_TIMES)
def test_dates_are_not_seen_in_other_words(text):
    assert times(text) == []


def test_dates_follow_one_another():
    found = times("قتل جندي في السادس من شباط، وبعد ذلك بيومين أصيب آخر، وكان وقتها في الخدمة")
    first = Dated(month=2, day=6)
    assert [when for _, when in found] == [first, After("day", 2, first), After("day", 2, first)]


def test_dates_of_a_list_are_anniversaries_under_their_heading():
    lines = "1943 - غارات على المدينة.\n1954 - اتفاق على الجلاء."
    assert [when for _, when in times("حدث في مثل هذا اليوم\n" + lines)][-2:] == [
        Anniversary(1943),
        Anniversary(1954),
    ]
    assert [when for _, when in times(lines)] == [Dated(1943), Dated(1954)]


def test_dates_without_a_number_cost_one_lookup():
    assert "قصف" not in ROLES
    assert times("") == []


WORDS = st.sampled_from([*sorted(ROLES), "5", "2024", "31", "،", "(", ")", "/", "-", "من", "في", "\n", "."])


@given(st.lists(WORDS, max_size=30))
def test_dates_stay_inside_the_text_and_apart(words):
    tokens = tokenise(" ".join(words), Wordless())
    before = 0
    for found in find_times(tokens):
        assert before <= found.first < found.last <= len(tokens)
        assert (found.start, found.end) == (tokens[found.first].start, tokens[found.last - 1].end)
        before = found.last
