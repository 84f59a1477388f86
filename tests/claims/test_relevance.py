"""How much a text is about armed conflict, and that no side weighs more than another."""

import pytest

from marsad.arabic import tokenise
from marsad.claims.relevance import Relevance, sign, stem
from marsad.run.pipeline import load_kit


def tokens(text):
    return tokenise(text, load_kit().reading.lexicon)


def score(text):
    words = tokens(text)
    return Relevance().score(words, 0, len(words))


WAR = "قصفت القوات البلدة وقتل جنود في اشتباكات مسلحة بين المقاتلين"
FOOTBALL = "سجل اللاعب هدفا في مرمى الفريق الضيف خلال مباراة الدوري"


def test_war_weighs_more_than_football():
    assert score(WAR) > 0.3 > 0 > score(FOOTBALL)


def test_unknown_words_and_empty_texts_weigh_nothing():
    assert score("") == 0
    assert score("زقزقفل زقزقفل") == 0
    assert score("، . «»") == 0


@pytest.mark.parametrize(
    ("form", "bare"),
    [
        ("والقوات", "قوات"),
        ("بالقصف", "قصف"),
        ("للجيش", "جيش"),
        ("وقصف", "قصف"),
        ("قصف", "قصف"),
        ("الي", "الي"),
    ],
)
def test_stems(form, bare):
    assert stem(form) == bare


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("إسرائيل", "فلسطين"),
        ("روسيا", "أوكرانيا"),
        ("الروسية", "الأوكرانية"),
        ("الحوثيون", "الحوثيين"),
        ("السوري", "التركي"),
    ],
)
def test_names_of_sides_weigh_the_same(first, second):
    one, other = tokens(first)[0], tokens(second)[0]
    assert sign(one) == sign(other)
    assert sign(one).startswith("<")
    assert Relevance().weight(one) == Relevance().weight(other)


def test_a_word_of_conflict_weighs_more_than_nothing():
    assert Relevance().weight(tokens("قصف")[0]) > 0
