"""Polarity and modality: tables of hand-written sentences, each with the event that is looked at."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.claims import ClaimsKit
from marsad.claims.gather import gather
from marsad.model import Article
from marsad.reading import ReadingKit, read

ADVANCE, CONTROL, LEAVE, SIEGE = (
    "territory.advance",
    "territory.control",
    "territory.withdrawal",
    "territory.siege",
)
ATTACK, TRUCE, AID, EVACUATED = "fight.attack", "talks.agreement", "aid.delivered", "people.evacuated"


@cache
def kits():
    reading = ReadingKit.load()
    return reading, ClaimsKit.load(reading.lexicon)


def told(sentence: str, event: str) -> set[tuple[str, str]]:
    """Polarity and modality of all candidates of that event."""
    reading, claims = kits()
    found = gather(read(Article(id="a", text=sentence), reading), claims.tools)
    return {(c.polarity, c.modality) for c in found if c.event == event}


NEGATED = [
    ("لم تنسحب القوات من البلدة.", LEAVE),
    ("لم ينسحب المقاتلون من التلة أمس.", LEAVE),
    ("أدى عدم انسحاب القوات من البلدة إلى توتر.", LEAVE),
    ("فشلت القوات في السيطرة على الجسر.", CONTROL),
    ("لم يتضح سبب فشل الدفاعات الجوية في اعتراض الصاروخ.", "strike.intercept"),
    ("لم يقتل أو يجرح أي جندي في الهجوم.", "harm.wounded"),
    ("نفى الناطق انسحاب القوات لكنه أكد مقتل ثلاثة جنود.", LEAVE),
    ("أخفق الجيش في استعادة القرية.", CONTROL),
    ("حالت الألغام دون تقدم القوات نحو المدينة.", ADVANCE),
    ("حالت دون دخول القوات إلى المدينة ألغام كثيرة.", ADVANCE),
    ("رفعت القوات الحصار عن البلدة.", SIEGE),
    ("أعلن الناطق فك الحصار عن القرية.", SIEGE),
    ("لم يتم إجلاء الجرحى من الحي.", EVACUATED),
    ("لم تشن الفصائل هجوما على الثكنة.", ATTACK),
    ("العملية العسكرية لم تستهدف القرية.", ATTACK),
]
AFFIRMED = [
    ("انسحبت القوات من البلدة.", LEAVE),
    ("لم تكتف القوات بالانسحاب من البلدة.", LEAVE),
    ("لا تزال القوات تحاصر المدينة.", SIEGE),
    ("لا تستهدف القوات سوى الثكنة.", ATTACK),
    ("وكانت القوات قد انسحبت من البلدة.", LEAVE),
    ("وقد شنت الفصائل هجوما على الثكنة.", ATTACK),
    ("حاول المسلحون الهجوم على الثكنة.", ATTACK),
    ("قتلت امرأة في هجوم على القرية.", ATTACK),
    ("تعرضت القرية لهجوم عنيف.", ATTACK),
    ("تخضع البلدة لسيطرة الفصائل.", CONTROL),
    ("طالبت الوزارة بمحاسبة المسؤولين عن الهجوم على القرية.", ATTACK),
    ("توقف القصف بعد انسحاب القوات من البلدة.", LEAVE),
]
PLANNED = [
    ("ستنسحب القوات من البلدة.", LEAVE),
    ("سوف تنسحب القوات من البلدة.", LEAVE),
    ("تعتزم القوات الحكومية شن هجوم على المدينة.", ATTACK),
    ("يستعد الجيش لاقتحام المدينة.", ADVANCE),
    ("سيشن الجيش هجوما على المدينة.", ATTACK),
    ("سيتم إجلاء الجرحى من الحي.", EVACUATED),
    ("من المقرر أن تنسحب القوات من البلدة.", LEAVE),
    ("حشد الجيش قواته تمهيدا لاقتحام المدينة.", ADVANCE),
    ("شنت القوات عملية واسعة لاستعادة المدينة.", CONTROL),
    ("تقدمت القوات للسيطرة على الجسر.", CONTROL),
    ("أعلنت القيادة بدء هدنة اعتبارا من يوم الأحد المقبل.", TRUCE),
    ("أكد القائد أن قواته ماضية في تحرير المدينة.", CONTROL),
    ("القتال مستمر حتى يتم تحرير المدينة.", CONTROL),
    ("تأجل إجلاء المقاتلين إلى الغد.", EVACUATED),
]
POSSIBLE = [
    ("قد تنسحب القوات من البلدة.", LEAVE),
    ("ربما تنسحب القوات من البلدة.", LEAVE),
    ("من المتوقع أن تنسحب القوات من البلدة.", LEAVE),
    ("يخشى السكان هجوما جديدا على القرية.", ATTACK),
    ("انتشر الجنود تحسبا لهجوم جديد على الثكنة.", ATTACK),
    ("تحدث الخبير عن احتمال انسحاب القوات من البلدة.", LEAVE),
    ("في حال انسحاب القوات من البلدة يعود الأهالي.", LEAVE),
    ("إذا انسحبت القوات من البلدة عاد الأهالي.", LEAVE),
]


@pytest.mark.parametrize(("sentence", "event"), NEGATED)
def test_negated(sentence, event):
    assert ("negated", "actual") in told(sentence, event)


@pytest.mark.parametrize(("sentence", "event"), AFFIRMED)
def test_affirmed_and_actual(sentence, event):
    assert told(sentence, event) == {("affirmed", "actual")}


@pytest.mark.parametrize(("sentence", "event"), PLANNED)
def test_planned(sentence, event):
    assert ("affirmed", "planned") in told(sentence, event)


@pytest.mark.parametrize(("sentence", "event"), POSSIBLE)
def test_possible(sentence, event):
    assert ("affirmed", "possible") in told(sentence, event)


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("لن تنسحب القوات من البلدة.", LEAVE),
        ("وعدت الفصائل بعدم مهاجمة الحقول.", ATTACK),
        ("لا تعتزم القوات الانسحاب من البلدة.", LEAVE),
        ("سيتم رفع الحصار عن البلدة.", SIEGE),
    ],
)
def test_negated_and_planned(sentence, event):
    assert ("negated", "planned") in told(sentence, event)


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("لم ترد أنباء عن وقوع قتلى.", "harm.killed"),
        ("سقطت القذائف دون وقوع أضرار.", "damage.property"),
        ("انتشر الجنود للحيلولة دون اقتحام القرية.", ADVANCE),
    ],
)
def test_reports_of_nothing_are_no_claim(sentence, event):
    assert told(sentence, event) == set()


def test_origin_names_the_word():
    reading, claims = kits()
    article = Article(id="a", text="تعتزم القوات الانسحاب من البلدة.")
    (candidate,) = [c for c in gather(read(article, reading), claims.tools) if c.event == LEAVE]
    assert candidate.origin["modality"] == ("modal word", "تعتزم")


WORDS = 'لم لن لا ألا إلا قد سوف سيتم عدم دون أن حتى من المتوقع غدا فشل في رفع الحصار ينسحب هجوم القوات ، . " إذا ما'.split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_order_of_words_is_read(words):
    for event in (LEAVE, ATTACK, SIEGE):
        told(" ".join(words), event)


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("نفى الناطق انسحاب القوات لكنه أكد مقتل ثلاثة جنود.", "harm.killed"),
        ("أنهت القوات حصار الفندق.", SIEGE),
    ],
)
def test_what_is_not_denied_stays_affirmed(sentence, event):
    assert told(sentence, event) == {("affirmed", "actual")}


def test_what_a_denier_goes_on_to_threaten_is_not_denied():
    found = told("نفى الناطق انسحاب القوات وتوعد برد قاس.", "say.threat")
    assert {polarity for polarity, _ in found} == {"affirmed"}
