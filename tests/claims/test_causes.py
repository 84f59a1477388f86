"""Effects are linked to the attack that had them and share its doer and place."""

import pytest

from marsad.claims.causes import is_attack, is_effect
from marsad.claims.gather import gather
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit


def gathered(text):
    kit = load_kit()
    reading = read(Article(id="a", text=text), kit.reading)
    return reading, gather(reading, kit.claims.tools)


def killed(text):
    reading, candidates = gathered(text)
    return reading, next(c for c in candidates if c.event == "harm.killed")


def names(reading, mentions):
    return [reading.text(mention.first, mention.last)[mention.cut :] for mention in mentions]


def test_an_effect_of_the_same_sentence_shares_doer_and_place():
    reading, effect = killed("مقتل ثلاثة جنود في قصف لقوات النظام على بلدة خناصر.")
    assert effect.cause.event == "strike.shelling"
    assert effect in effect.cause.effects
    assert names(reading, effect.roles["agent"]) == ["قوات النظام"]
    assert names(reading, effect.places) == ["بلدة خناصر"]


@pytest.mark.parametrize(
    "second",
    ["وأسفر القصف عن مقتل ثلاثة مدنيين.", "وخلف القصف مقتل ثلاثة مدنيين.", "وأسفر ذلك عن مقتل ثلاثة مدنيين."],
)
def test_an_effect_of_the_next_sentence_that_says_so(second):
    reading, effect = killed(f"قصفت القوات الحكومية بلدة خناصر. {second}")
    assert effect.cause is not None
    assert names(reading, effect.roles["agent"]) == ["القوات الحكومية"]


@pytest.mark.parametrize(
    "text",
    [
        "قصفت القوات الحكومية بلدة خناصر. وقتل ثلاثة مدنيين في حادث.",
        "قصفت القوات الحكومية بلدة خناصر. وصل الوفد. وأسفر ذلك عن مقتل ثلاثة مدنيين.",
        "قتل ثلاثة مدنيين.",
    ],
)
def test_an_effect_without_a_stated_cause_has_none(text):
    _, effect = killed(text)
    assert effect.cause is None
    assert not effect.roles.get("agent")


def test_a_strike_that_points_back_has_the_doer_of_the_one_before():
    reading, candidates = gathered(
        "شنت القوات الحكومية هجوما. قصفت القوات الحكومية بلدة خناصر. وأسفر القصف عن مقتل رجل."
    )
    again = [c for c in candidates if c.event == "strike.shelling"][-1]
    assert names(reading, again.roles["agent"]) == ["القوات الحكومية"]
    assert names(reading, again.places) == ["بلدة خناصر"]


def test_an_indefinite_strike_does_not_point_back():
    _, candidates = gathered("قصفت القوات الحكومية بلدة خناصر. ووقع قصف آخر.")
    assert not candidates[-1].roles.get("agent")


def test_attacks_and_effects():
    _, candidates = gathered("قصفت القوات بلدة خناصر وقتلت ثلاثة مدنيين ثم انسحبت.")
    assert [(is_attack(c), is_effect(c)) for c in candidates] == [
        (True, False),
        (False, True),
        (False, False),
    ]
