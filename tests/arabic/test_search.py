"""The words that a search finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic.search import forms_of, search_word, search_words, word_spans

WORDS = [
    ("وبالمدينةِ", ["مدينه"]),
    ("للمدينة", ["مدينه"]),
    ("كالعاصفة", ["عاصفه"]),
    ("الأردن", ["اردن"]),
    ("بغداد", ["بغداد"]),
    ("لبنان", ["لبنان"]),
    ("وزير", ["وزير"]),
    ("حـــماة", ["حماه"]),
    ("قُتِلَ", ["قتل"]),
    ("إلى الآن", ["الي", "الان"]),
    ("BBC عربي", ["bbc", "عربي"]),
    ("٣٥ قتيلا", ["35", "قتيلا"]),
    ("قصف،تلاه:صمت", ["قصف", "تلاه", "صمت"]),
    ("", []),
    ("…!؟", []),
]


@pytest.mark.parametrize(("text", "words"), WORDS, ids=[case[0] or "nothing" for case in WORDS])
def test_search_words_are_folded_and_without_the_article(text, words):
    assert search_words(text) == words


@pytest.mark.parametrize("form", ["حماه", "وحماه", "بحماه", "لحماه", "ولحماه"])
def test_a_question_is_asked_in_the_forms_that_texts_have(form):
    assert form in forms_of("حماه")


@pytest.mark.parametrize("word", ["bbc", "35", "و"])
def test_what_takes_no_letters_in_front_is_asked_as_it_is(word):
    assert forms_of(word) == (word,)


@given(st.text(alphabet="ابتحدرسلمنهويةأإآى ـًُ،.0123abZ\u200f\ufeff\n", max_size=80))
def test_spans_hold_the_words_they_are_for(text):
    found = list(word_spans(text))
    assert [word for word, _, _ in found] == search_words(text)
    for word, start, end in found:
        assert 0 <= start < end <= len(text)
        assert search_words(text[start:end]) == [word]


@given(st.text(max_size=20))
def test_search_word_of_a_kept_word_is_the_same_or_shorter(text):
    for word in search_words(text):
        assert search_word(word) in (word, search_word(word)[: len(word)])
