"""Folded text always leads back to the raw text that it was made of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic import fold, fold_word
from marsad.arabic.letters import LETTER

MARKED = "قتلى مدينة حماة إلى أنْباءٌ ﻣﺪﻳﻨﺔ ﻼ ﷲ قتـ.ـلى دا*ـعش انـ/ـفجار \u202bالجيش\u202c \u200fفي ٢٠٢٤، «نعم» ک ی abc\n12.5"
ANY = st.text(alphabet=st.one_of(st.sampled_from(MARKED), st.characters()), max_size=120)

SAME_WORD = [
    ("حَمَاةُ", "حماه"),
    ("حـمـــاة", "حماه"),
    ("\u200fحماة\u200e", "حماه"),
    ("ﺣﻤﺎﺓ", "حماه"),
    ("قتـ.ـلى", "قتلي"),
    ("قـ*تلى", "قتلي"),
    ("انـ/ـفجار", "انفجار"),
    ("إلى", "الي"),
    ("أُسر", "اسر"),
    ("مئة", "ميه"),
    ("مسؤول", "مسوول"),
    ("ﷲ", "الله"),
    ("ﻻ", "لا"),
    ("٢٠٢٤", "2024"),
    ("۱۲", "12"),
    ("ترکی", "تركي"),
    ("بغ\u200cداد", "بغداد"),
]


@pytest.mark.parametrize(("written", "folded"), SAME_WORD)
def test_spellings_of_a_word_fold_alike(written, folded):
    assert fold(written).text == fold_word(written) == folded


@pytest.mark.parametrize("text", ["3.5", "نعم.لا", "الجيش - القوات", "و/أو", "الأول. الثاني", "حماة..."])
def test_punctuation_that_breaks_no_word_stays(text):
    kept = re.sub(f"[{LETTER}0-9 ]", "", text)
    assert re.sub(f"[{LETTER}0-9 ]", "", fold(text).text) == kept


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("سقطت مدينة حَمَاةُ أمس", "حَمَاةُ"),
        ("سقط قتـ.ـلى في البلدة", "قتـ.ـلى"),
        ("دخلوا «حـمـاة» فجرا", "حـمـاة"),
        ("في \u202bحماة\u202c قصف", "حماة"),
        ("في ﺣﻤﺎﺓ قصف", "ﺣﻤﺎﺓ"),
    ],
)
def test_words_lead_back_to_their_raw_letters(raw, word):
    folded = fold(raw)
    at = folded.text.index(fold_word(word))
    assert raw[folded.raw(at) : folded.raw_end(at + len(fold_word(word)) - 1)] == word


def test_text_without_marks_is_in_step():
    folded = fold("انسحب الجيش إلى حماة")
    assert folded.in_step
    assert folded.text == "انسحب الجيش الي حماه"
    assert not fold("حَماة").in_step


@given(ANY)
def test_folding_twice_changes_nothing(raw):
    once = fold(raw).text
    assert fold(once).text == once


@given(ANY)
def test_offsets_rise_and_stay_in_the_text(raw):
    folded = fold(raw)
    offsets = [folded.raw(i) for i in range(len(folded.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(raw)
    assert all(0 <= offset < len(raw) for offset in offsets[:-1])
    assert all(folded.raw(i) < folded.raw_end(i) <= len(raw) for i in range(len(folded.text)))


@given(ANY)
def test_each_folded_character_comes_from_its_raw_one(raw):
    folded = fold(raw)
    for i, character in enumerate(folded.text):
        assert character in fold(raw[folded.raw(i)]).text


LONG = "قصفت المدفعية قرى. " * 10


@given(ANY)
def test_a_long_text_is_folded_as_its_parts_are(raw):
    """Long texts are folded by table, short ones by expression; both say the same."""
    one, other = fold(LONG + raw), fold(raw)
    assert one.text == fold(LONG).text + other.text
    ends = range(len(other.text) + 1)
    assert [one.raw(len(LONG) + at) for at in ends] == [len(LONG) + other.raw(at) for at in ends]
