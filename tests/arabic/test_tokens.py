"""Tokens: in order, exact in the raw text, and of the right kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic import fold, load_lexicon, tokenise
from marsad.arabic.tokens import MAX_WORD

LEXICON = load_lexicon()
PIECES = [
    "قوات",
    "الجَيْش",
    "قتـ.ـلى",
    "قتـ*ـيل",
    "ﻣﺪﻳﻨﺔ",
    "ﻻ",
    "حـمـاة",
    "\u200f",
    "\u202b",
    "ـ",
    "َ",
    "1,200",
    "٣٫٥",
    "٢٠٢٤",
    "«",
    "»",
    '"',
    "...",
    "،",
    ".",
    " ",
    "\n",
    "\r\n",
    "\u2028",
    "Reuters",
    "د",
    "و",
    "𝕏",
    "\x00",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=40).map("".join)


def kinds(text):
    return [(token.kind, token.form) for token in tokenise(text, LEXICON)]


def test_kinds_of_tokens():
    assert kinds("قُتل ١٢ مدنياً،\nقال: «نعم» AFP...") == [
        ("word", "قتل"),
        ("number", "12"),
        ("word", "مدنيا"),
        ("punct", "،"),
        ("break", "\n"),
        ("word", "قال"),
        ("punct", ":"),
        ("punct", "«"),
        ("word", "نعم"),
        ("punct", "»"),
        ("word", "AFP"),
        ("punct", "..."),
    ]


@pytest.mark.parametrize(
    ("text", "form"), [("1,200", "1,200"), ("٣٫٥", "3٫5"), ("2.5", "2.5"), ("٢٠٢٤", "2024")]
)
def test_a_number_is_one_token(text, form):
    assert kinds(text) == [("number", form)]


@pytest.mark.parametrize("word", ["قَتْلَى", "قتـ.ـلى", "قتلـــى", "ﻗﺘﻠﻰ", "قت\u200cلى"])
def test_a_marked_or_broken_word_is_read_whole(word):
    text = f"سقوط {word} في حماة"
    token = tokenise(text, LEXICON)[1]
    assert token.form == "قتلي"
    assert text[token.start : token.end] == word
    assert token.word is LEXICON.word("قتلي")


def test_the_part_of_the_article_is_kept():
    assert {token.part for token in tokenise("سقطت حماة", LEXICON, "title")} == {"title"}


def test_a_page_without_spaces_is_kept_and_not_analysed():
    (token,) = tokenise("قصف" * MAX_WORD, LEXICON)
    assert token.word.senses == ()


@given(TEXTS)
def test_tokens_are_exact_ordered_and_total(raw):
    position = 0
    for token in tokenise(raw, LEXICON):
        assert position <= token.start < token.end <= len(raw)
        assert token.form
        position = token.start if "\ufb50" <= raw[token.start] <= "\ufefc" else token.end


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_raw_span_folds_to_the_form_of_its_token(raw):
    for token in tokenise(raw, LEXICON):
        assert fold(raw[token.start : token.end]).text == token.form
