"""What is near an event: which noun phrases, words of origin and numbers of people can have a role in it."""

import pytest

from marsad.claims.find import unjudged
from marsad.claims.names import Names, name_span
from marsad.claims.near import near_of
from marsad.claims.signs import Standing, item_keys, spell_out
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit


def candidates(text, event):
    kit = load_kit()
    reading = read(Article(id="a", text=text), kit.reading)
    return reading, [c for c in unjudged(reading, kit.claims) if c.event == event]


def near(text, event):
    """The first candidate of that event with what is near it: (kind, words, sentences back)."""
    reading, found = candidates(text, event)
    return [
        (item.kind, reading.article.words(name_span(reading, item.mention)), item.hops)
        for item in near_of(found[0])
    ]


NUMBERS = [
    ("وأصيب 119 في الانفجار.", "harm.wounded", "119"),
    ("وأصابوا العشرات في الهجوم.", "harm.wounded", "العشرات"),
    ("وقتل اثنان آخران بالرصاص.", "harm.killed", "اثنان آخران"),
    ("أدت الحرب إلى مقتل الآلاف.", "harm.killed", "الآلاف"),
    ("وأصيب أربعة بجروح في القصف.", "harm.wounded", "أربعة"),
]


@pytest.mark.parametrize(("text", "event", "words"), NUMBERS)
def test_a_bare_number_of_people_can_be_who_was_harmed(text, event, words):
    assert ("people", words, 0) in near(text, event)


def test_a_number_with_its_noun_is_there_once():
    found = near("قتل ثلاثة مدنيين في القصف.", "harm.killed")
    assert [words for kind, words, _ in found if kind == "people"] == ["ثلاثة مدنيين"]


ORIGINS = [
    ("أسفر القصف التركي على البلدة عن إصابة عشرين مواطنا.", "harm.wounded", "التركي", 0),
    ("خمسة قتلى في قصف جوي روسي على البلدة.", "harm.killed", "روسي", 0),
    ("أصيب ثلاثة أشخاص بالقصف السوري.", "harm.wounded", "السوري", 0),
    ("استمر القصف التركي على البلدة. وأصيب مدنيان بجروح.", "harm.wounded", "التركي", 1),
]


@pytest.mark.parametrize(("text", "event", "words", "hops"), ORIGINS)
def test_a_word_of_origin_behind_any_event_can_say_who_did_it(text, event, words, hops):
    assert ("nisba", words, hops) in near(text, event)


def subject_signs(text, event):
    """For each noun phrase before the last candidate of that event: as the subject of which verb it stands, and how many come after it."""
    reading, found = candidates(text, event)
    candidate = found[-1]
    items = near_of(candidate)
    standing = Standing(candidate.view, [candidate.view.index], Names(reading))
    signs = [spell_out(key) for key in item_keys(candidate, items, standing, ())]
    return {
        reading.article.words(name_span(reading, item.mention)): sign[1:3]
        for item, signs_of in zip(items, signs, strict=True)
        for sign in signs_of
        if sign and sign[0] == "subject" and item.hops == 0
    }


def test_the_subject_of_the_verb_before_is_told_from_others():
    found = subject_signs("تبنت حركة الفجر الهجوم ثم هاجمت قوات الحزب بلدة خناصر وهددت بالرد.", "say.threat")
    assert found == {"حركة الفجر": ("vs", 1), "قوات الحزب": ("vs", 0)}


@pytest.mark.parametrize(
    ("one", "other"), [("طفلان", "طفلين"), ("المسلحون", "المسلحين"), ("مدنيتان", "مدنيتين")]
)
def test_a_name_is_the_same_in_every_case(one, other):
    names = Names(read(Article(id="a", text="قصف"), load_kit().reading))
    assert names.name(one) == names.name(other)
