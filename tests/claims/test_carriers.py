"""Verbs that only carry an event noun: who did it, who suffered it, and that it stays one event."""

import pytest

from marsad.claims.gather import gather
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit


def gathered(text):
    kit = load_kit()
    reading = read(Article(id="a", text=text), kit.reading)
    return reading, gather(reading, kit.claims.tools)


def names(reading, mentions):
    return [reading.text(mention.first, mention.last)[mention.cut :] for mention in mentions]


@pytest.mark.parametrize(
    ("text", "event", "doer"),
    [
        ("شنت الطائرات الحربية غارات على المدينة.", "strike.air", ["الطائرات الحربية"]),
        ("شن الحوثيون هجوما على البلدة.", "fight.attack", ["الحوثيون"]),
        ("الحوثيون شنوا هجوما على البلدة.", "fight.attack", ["الحوثيون"]),
        ("نفذت القوات الحكومية هجوما على بلدة خناصر.", "fight.attack", ["القوات الحكومية"]),
        ("قال شهود إن القوات الحكومية شنت هجوما على البلدة.", "fight.attack", ["القوات الحكومية"]),
    ],
)
def test_the_subject_of_a_carrying_verb_is_the_doer(text, event, doer):
    reading, (candidate,) = gathered(text)
    assert candidate.event == event
    assert names(reading, candidate.doer) == doer


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("انتهى الهدوء. وقعت غارات على المدينة.", "strike.air"),
        ("شنت القوات حملة. وقع قصف على المدينة.", "strike.shelling"),
    ],
)
def test_no_doer_without_a_carrying_verb(text, event):
    _, candidates = gathered(text)
    assert [c.doer for c in candidates if c.event == event] == [()]


@pytest.mark.parametrize(
    ("text", "event", "patient"),
    [
        ("تعرضت المدينة لقصف.", "strike.shelling", ["المدينة"]),
        ("تعرضت مدينة حلب لقصف مدفعي.", "strike.shelling", ["مدينة حلب"]),
        ("مدينة حلب تعرضت لغارات.", "strike.air", ["مدينة حلب"]),
        ("تعرض الجيش السوري لهجوم في بلدة خناصر.", "fight.attack", ["الجيش السوري"]),
    ],
)
def test_the_subject_of_a_verb_of_suffering_is_the_patient(text, event, patient):
    reading, candidates = gathered(text)
    assert [c.event for c in candidates] == [event]
    assert names(reading, candidates[0].roles["patient"]) == patient


def test_the_place_that_suffers_is_the_place():
    reading, (candidate,) = gathered("تعرضت مدينة حلب لقصف مدفعي.")
    assert names(reading, candidate.places) == ["مدينة حلب"]


@pytest.mark.parametrize(
    ("text", "event", "patient"),
    [
        ("قصف جوي استهدف المدينة.", "strike.air", ["المدينة"]),
    ],
)
def test_a_strike_that_targets_a_place_is_one_event(text, event, patient):
    reading, candidates = gathered(text)
    assert [c.event for c in candidates] == [event]
    assert names(reading, candidates[0].roles["patient"]) == patient


def test_a_verb_with_a_doer_of_its_own_is_its_own_event():
    _, candidates = gathered("قصف الجيش الحي ثم استهدفت القوات الحكومية المدينة.")
    assert [c.event for c in candidates] == ["strike.shelling", "fight.attack"]
