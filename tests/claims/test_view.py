"""The view of a sentence: its noun phrases and what governs them."""

from itertools import pairwise

import pytest

from marsad.claims.view import View
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit


def view_of(text):
    reading = read(Article(id="a", text=text), load_kit().reading)
    return View(reading, 0)


def governed(text):
    view = view_of(text)
    return {
        view.reading.text(mention.first, mention.last)[mention.cut :]: view.preposition(mention)
        for mention in view.mentions
    }


@pytest.mark.parametrize(
    ("text", "name", "preposition"),
    [
        ("قتلوا في مدينة حماة", "مدينة حماة", "في"),
        ("قصفوا مدينة حماة", "مدينة حماة", ""),
        ("اجتمعوا بالجيش السوري", "بالجيش السوري", "ب"),
        ("قصف لقوات النظام", "قوات النظام", "ل"),
        ("قصف من قبل قوات النظام", "قوات النظام", "من قبل"),
        ("قتلوا على يد قوات النظام", "قوات النظام", "علي يد"),
        ("الجيش السوري والقوات الروسية", "القوات الروسية", "و"),
        ("دخلوا «مدينة حماة»", "مدينة حماة", ""),
        ("وصلوا إلى «مدينة حماة»", "مدينة حماة", "الي"),
    ],
)
def test_what_governs_a_noun_phrase(text, name, preposition):
    found = governed(text)
    assert found.get(name, found.get(name.removeprefix("ب"))) == preposition


@pytest.mark.parametrize(
    ("preposition", "governs"),
    [
        ("في", True),
        ("ب", True),
        ("", True),
        ("قرب", True),
        ("من داخل", True),
        ("من", False),
        ("الي", False),
        ("ضد", False),
    ],
)
def test_prepositions_of_place(preposition, governs):
    assert view_of("قتلوا في حماة").governs_place(preposition) is governs


def test_a_token_leads_to_the_noun_phrase_that_covers_it():
    view = view_of("قصفت القوات الحكومية مدينة حماة")
    forces, city = view.at(1), view.at(4)
    assert view.at(0) is None
    assert view.at(2) is forces
    assert view.reading.text(city.first, city.last) == "مدينة حماة"
    assert view.starts[1] is forces


def test_only_the_outermost_noun_phrases_are_kept():
    view = view_of("قال المتحدث باسم وزارة الدفاع الروسية سالم العلي إن القصف توقف")
    ends = [(mention.ext_first, mention.ext_last) for mention in view.mentions]
    assert all(before[1] <= after[0] for before, after in pairwise(ends))


def test_quotation_marks_are_stepped_over():
    view = view_of("دخلوا «حماة»")
    assert view.before(2) == 0
    assert view.before(0) == -1
