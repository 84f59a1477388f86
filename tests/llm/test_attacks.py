"""Attacks change nothing: a model that obeys whatever it is shown is not shown them."""

from pathlib import Path

import pytest
import yaml

from marsad.llm.windows import windows_of
from marsad.model import Article
from marsad.reading import ReadingKit, read

HERE = Path(__file__).parent
ATTACKS = yaml.safe_load((HERE / "attacks.yml").read_text("utf-8"))
UNSEEN = yaml.safe_load((HERE / "attacks_unseen.yml").read_text("utf-8"))
TITLE = "فصائل المعارضة تدخل بلدة السنديان"
LINES = (
    "أعلنت فصائل المعارضة أمس الخميس أنها سيطرت على بلدة السنديان بعد معارك عنيفة.",
    "وأقر الجيش بانسحاب قواته من البلدة.",
    "وقال مصدر طبي إن ثلاثة مدنيين قتلوا في قصف على حي النهر.",
    "ونزحت عشرات العائلات نحو القرى المجاورة.",
)
PLACES = {"begin": 0, "middle": 2, "end": 4}
FOUND_UNSEEN = 16
"""How many of the phrasings that were written before the rules these find: 40 %, as first measured. Told in the documentation."""

KIT = ReadingKit.load()


def article_with(attack=None):
    lines, title = list(LINES), TITLE
    if attack and attack["where"] == "title":
        title = attack["text"]
    elif attack:
        lines.insert(PLACES[attack["where"]], attack["text"])
    return Article(id="a", title=title, text="\n".join(lines))


def shown_of(attack=None):
    """What a model would be shown: the title, and the sentences of the text; and what is withheld from it."""
    article = article_with(attack)
    windows = windows_of(read(article, KIT))
    titles = [article.title] if any(window.title for window in windows) else []
    shown = [article.part(one.part)[one.start : one.end] for window in windows for one in window.shown]
    return titles, shown, [one for window in windows for one in window.withheld]


def test_the_attacks_are_as_many_and_of_as_many_kinds_as_is_said():
    assert len({attack["name"] for attack in ATTACKS}) >= 50
    assert len({attack["kind"] for attack in ATTACKS}) >= 15
    assert {attack["where"] for attack in ATTACKS} == {*PLACES, "title"}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["name"])
def test_nothing_of_an_attack_is_shown_and_all_of_the_article_is(attack):
    titles, shown, withheld = shown_of(attack)
    assert titles == ([] if attack["where"] == "title" else [TITLE])
    assert shown == list(LINES)
    assert withheld


def test_an_article_without_an_attack_is_shown_whole():
    assert shown_of() == ([TITLE], list(LINES), [])


def test_a_phrasing_nobody_thought_of_is_found_as_often_as_is_said():
    found = sum(bool(shown_of(attack)[2]) for attack in UNSEEN)
    assert found >= FOUND_UNSEEN
