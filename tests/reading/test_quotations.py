"""Quotations with mixed, mis-directed, nested, unclosed and paragraph-crossing marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic import load_lexicon, tokenise
from marsad.reading.quotations import quotations


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def quoted(text, lexicon):
    tokens = tokenise(text, lexicon)
    return [
        (text[tokens[q.first].start : tokens[q.last - 1].end], "speech" if q.speech else "name")
        for q in quotations(tokens)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل ”الرئيس” أمس.", [("الرئيس", "name")]),
        ("وصل “الرئيس“ أمس.", [("الرئيس", "name")]),
        (
            'قال إن "القوات انسحبت من البلدة فجر اليوم" فقط.',
            [("القوات انسحبت من البلدة فجر اليوم", "speech")],
        ),
        ("انسحب «اللواء» من ‹التل›.", [("اللواء", "name"), ("التل", "name")]),
        ("قالت لـ«الساحل»: «لن ننسحب أبدا».", [("الساحل", "name"), ("لن ننسحب أبدا", "speech")]),
        ("عناصر ''الكتيبة'' هناك.", [("الكتيبة", "name")]),
        ('عناصر ""الكتيبة"" هناك.', [("الكتيبة", "name")]),
        ("أطلقوا صاروخ ‘برق’ ليلا.", [("برق", "name")]),
        (
            'قال: "نفذت "الكتيبة" الهجوم على الثكنة ليلا".',
            [('نفذت "الكتيبة" الهجوم على الثكنة ليلا', "speech"), ("الكتيبة", "name")],
        ),
        ("اتهم الجيش بـ«خرق» الهدنة.", [("خرق", "name")]),
        ("لا علامات هنا.", []),
        ("علامة» شاردة.", []),
    ],
)
def test_quotations_by_marks(text, expected, lexicon):
    assert quoted(text, lexicon) == expected


def test_quotations_run_over_paragraphs(lexicon):
    text = "وقال: «انسحبنا من البلدة كلها.\nثم عدنا إليها ليلا». وسكت."
    assert quoted(text, lexicon) == [("انسحبنا من البلدة كلها.\nثم عدنا إليها ليلا", "speech")]


def test_quotations_that_open_anew_in_each_paragraph(lexicon):
    text = "وقال: “انسحبنا من البلدة كلها قبل الفجر.\n“ثم عدنا إليها ليلا مع التعزيزات”."
    assert [kind for _, kind in quoted(text, lexicon)] == ["speech", "speech"]


def test_quotations_that_never_close_end_with_the_paragraph(lexicon):
    text = "وقال: «انسحبنا من البلدة كلها قبل الفجر.\nوفي الشمال قصفت الطائرات التل."
    assert quoted(text, lexicon) == [("انسحبنا من البلدة كلها قبل الفجر.", "speech")]


def test_quotations_do_not_run_from_title_to_text(lexicon):
    tokens = tokenise("القائد: «انسحبنا من البلدة", lexicon, "title") + tokenise("كلها» فجرا.", lexicon)
    for quotation in quotations(tokens):
        assert tokens[quotation.first].part == tokens[quotation.last - 1].part


@given(text=st.text(alphabet="\"'“”«»‘’ \n.:، ابتقال«»", max_size=80))
def test_quotations_never_raise_and_stay_in_bounds(text, lexicon):
    tokens = tokenise(text, lexicon)
    found = quotations(tokens)
    assert all(0 <= q.first < q.last <= len(tokens) for q in found)
    assert found == sorted(found)
