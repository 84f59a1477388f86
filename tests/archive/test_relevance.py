"""The score of relevance: cheap, and the same however a word is spelt."""

import pytest

from marsad.archive.relevance import DEFAULT, score
from marsad.model import Article


def scored(text, title=""):
    return score(Article(id="a", text=text, title=title))


WAR = "قصفت طائرات حربية مواقع للمسلحين في ريف المدينة، وقتل جنود في الاشتباكات."
SPORT = "سجل اللاعب هدفين في المباراة، وتأهل المنتخب إلى نهائي البطولة أمام جماهيره في الملعب."


def test_war_is_above_what_is_left_out_by_default_and_sport_below():
    assert scored(SPORT) < DEFAULT < 0 < scored(WAR)


def test_title_counts():
    assert scored(SPORT, WAR) > scored(SPORT)


@pytest.mark.parametrize("text", ["", "؟!", "zzz qqq", "\0", "\ud800"])
def test_text_that_says_nothing_is_not_left_out(text):
    assert scored(text) == 0 > DEFAULT


def test_spelling_plays_no_part():
    assert scored("مُقَاتِلات إسرائيليّة") == scored("مقاتلات اسرائيليه")
