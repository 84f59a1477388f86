"""What always holds: numbers written in words are read back, spans lie inside the text, nothing raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.arabic.lexicon import Lexicon
from marsad.arabic.quantities import find_quantities
from marsad.arabic.tokens import tokenise

UNITS = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
LEXICON = Lexicon({"entries": [], "forms": {}, "phrases": {}, "version": "empty"})


def below_hundred(number: int) -> str:
    if number <= 10:
        return UNITS[number]
    if number < 20:
        unit = {1: "أحد", 2: "اثنا"}.get(number - 10, UNITS[number - 10])
        return f"{unit} عشر"
    ten, unit = divmod(number, 10)
    return " و".join(filter(None, (UNITS[unit], TENS[ten])))


def below_thousand(number: int) -> str:
    hundred, rest = divmod(number, 100)
    return " و".join(filter(None, (HUNDREDS[hundred], below_hundred(rest))))


def scaled(number: int, one: str, two: str, many: str) -> str:
    if number <= 2:
        return ("", one, two)[number]
    return f"{below_thousand(number)} {many if 3 <= number <= 10 else one}"


def in_words(number: int) -> str:
    millions, rest = divmod(number, 1_000_000)
    thousands, units = divmod(rest, 1_000)
    parts = (
        scaled(millions, "مليون", "مليونان", "ملايين"),
        scaled(thousands, "ألف", "ألفان", "آلاف"),
        below_thousand(units),
    )
    return " و".join(filter(None, parts))


@given(st.integers(min_value=3, max_value=999_999_999))
@settings(max_examples=400, deadline=None)
def test_numbers_in_words_are_read_back(number: int):
    text = in_words(number)
    (quantity,) = find_quantities(tokenise(text, LEXICON))
    assert (quantity.min, quantity.max) == (number, number)
    assert text[quantity.start : quantity.end] == text


@given(st.integers(min_value=1, max_value=10**8).filter(lambda number: not 1900 <= number <= 2099))
@settings(deadline=None)
def test_digits_are_read_back_however_they_are_grouped(number: int):
    for text in (
        str(number),
        f"{number:,}",
        str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    ):
        (quantity,) = find_quantities(tokenise(f"قتل {text} في الهجوم", LEXICON))
        assert (quantity.min, quantity.max) == (number, number)


WORDS = st.sampled_from(
    "نحو أكثر من ما لا يقل عن بين و إلى عشرات مئات آلاف ألف مليون مئتي ثلاثة وأربعون عشر 10 15 2014 3,5 - ( ) / % "
    "على الأقل بينهم أحد نصف ونصف الـ الأربعة خمسة وخمسمئة \n ، . 1.2.3 ٫ ٬ أو حتى بضع يوليو".split(" ")
)


@given(st.lists(WORDS, max_size=30), st.sampled_from(["", " "]))
@settings(max_examples=500, deadline=None)
def test_spans_lie_inside_the_text_in_order(words: list[str], gap: str):
    text = gap.join(words)
    last = 0
    for quantity in find_quantities(tokenise(text, LEXICON)):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.first <= quantity.core < quantity.last
        assert quantity.core >= last
        last = quantity.core
        assert quantity.min is None or quantity.max is None or 0 <= quantity.min <= quantity.max


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_text_is_survived(text: str):
    find_quantities(tokenise(text, LEXICON))


@pytest.mark.parametrize("text", ["9" * 5000, "و" * 5000, "ألف " * 2000, "مليون و" * 1000])
def test_long_nonsense_is_survived(text: str):
    find_quantities(tokenise(text, LEXICON))
