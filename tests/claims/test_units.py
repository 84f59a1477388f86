"""Sentences as the network reads them: words in their order, every noun phrase by its kind alone."""

import pytest

from marsad.claims.near import view_of
from marsad.claims.units import PREPOSITION_OR_NAME, Units, sequence, shape
from marsad.claims.view import View
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit

UNITS = Units.load()
WORDS = {number: word for word, number in UNITS.numbers.items()}


def units(text, *triggers):
    reading = read(Article(id="a", text=text), load_kit().reading)
    named = {index for index, token in enumerate(reading.tokens) if token.form in triggers}
    found, places = sequence(View(reading, 0), named, UNITS)
    return [WORDS[number] for number in found], {reading.tokens[at].form: n for at, n in places.items()}


CASES = {
    "a body and a place": (
        "قصفت القوات الحكومية بلدة خناصر.",
        ["قصفت", "<body>", "<place>", "."],
    ),
    "letters written onto a name": (
        "هجوم للقوات الحكومية وبلدة خناصر",
        ["هجوم", "ل+", "<body>", "و+", "<place>"],
    ),
    "letters written onto a word": ("وقصفت القوات الحكومية", ["و+", "قصفت", "<body>"]),
    "numbers": ("في 2015", ["في", "<number>"]),
    "people and those who fight": ("قتل مدنيون ومسلحون", ["قتل", "<people>", "و+", "<fighters>"]),
    "an adjective of origin": ("غارة روسية", ["غاره", "<originه>"]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_units_of_a_sentence(text, expected):
    assert units(text)[0] == expected


def test_a_trigger_in_a_noun_phrase_is_a_unit_of_its_own():
    found, places = units("سقوط عشرات القتلى في البلدة.", "القتلي")
    assert found[places["القتلي"]] == "القتلي"
    assert found.count("<people>") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("قصف الجيش السوري بلدة خناصر", "قصف الجيش التركي بلدة خناصر"),
        ("غارة إسرائيلية على البلدة", "غارة روسية على البلدة"),
        ("دخلت قوات سوريا الديمقراطية المدينة", "دخلت القوات الروسية المدينة"),
    ],
)
def test_sides_are_read_alike(one, other):
    assert units(one)[0] == units(other)[0]


def test_no_name_of_a_side_or_state_is_on_the_list():
    lexicon = load_kit().reading.lexicon
    sides = {"nationality", "state", "body_name"}
    named = [
        word
        for word in UNITS.numbers
        if word[:1] != "<" and lexicon.word(word).classes & sides and word not in PREPOSITION_OR_NAME
    ]
    assert named == []


def test_words_off_the_list_count_by_their_shape():
    assert shape("والشعشعانيون") == "<وال_ون>"
    assert UNITS.of("والشعشعانيون") == (UNITS.numbers["<وال_ون>"],)
    assert UNITS.of("ظظ") == (UNITS.numbers["<_>"],)


def test_every_token_has_a_unit():
    reading = read(
        Article(id="a", text="قال الجيش السوري في بيان، إن 3 جنود قتلوا أمس قرب «خناصر»."), load_kit().reading
    )
    view = view_of(View(reading, 0), 0)
    found, places = sequence(view, set(), UNITS)
    assert set(places) == set(range(view.first, view.last))
    assert all(0 <= place < len(found) for place in places.values())
