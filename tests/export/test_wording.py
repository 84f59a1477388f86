"""Words of records as exports show them."""

import pytest

from export import records
from marsad.export.wording import (
    actor_words,
    actors_in,
    link_words,
    outlet_words,
    place_words,
    root_words,
    why,
)

EN, AR = records.making(), records.making(lang="ar")
CITY = {**records.CITY, "name": "Khan Shaykhun", "text": "البلدة"}


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"kind": "person", "text": "سالم"}, "[private person]"),
        ({"kind": "person", "text": "سالم", "id": "speaker"}, "سالم"),
        ({"kind": "person", "text": "الناطق", "for": "الجيش"}, "الناطق, الجيش"),
        ({"kind": "person", "text": "الناطق باسم الجيش", "for": "الجيش"}, "الناطق باسم الجيش"),
        ({"kind": "body", "text": "المجلس"}, "المجلس"),
    ],
)
def test_a_link_has_its_words_and_the_body_that_it_speaks_for(link, words):
    assert link_words(link, EN) == words


@pytest.mark.parametrize(
    ("row", "english", "arabic"),
    [
        ({"root": "observer", "root_text": "جهة رصد"}, "Observer", "المرصد"),
        ({"root": "جهة", "root_text": "جهة", "root_label": "A body"}, "A body", "A body"),
        ({"root": "جهة", "root_text": "جهة"}, "جهة", "جهة"),
        ({"root": "سالم", "root_text": "سالم", "root_kind": "person"}, "[private person]", "[شخص غير عام]"),
    ],
)
def test_a_root_has_our_label_else_its_words_and_a_private_person_no_name(row, english, arabic):
    assert (root_words(row, EN), root_words(row, AR)) == (english, arabic)


def test_actors_have_our_label_else_their_words_each_once():
    rows = [
        {**records.ARMY, "role": "agent"},
        {"role": "agent", "text": "مسلحون", "id": None},
        {**records.ARMY, "role": "agent", "text": "القوات"},
        {"role": "patient", "text": "القرية", "id": None},
    ]
    label = records.ACTORS[records.ARMY["id"]].label
    assert actors_in(rows, ["agent"], EN) == [label.en, "مسلحون"]
    assert actors_in(rows, ["agent"], AR) == [label.ar, "مسلحون"]
    assert actor_words({"id": None, "text": None}, EN) == ""


@pytest.mark.parametrize(("name", "words"), [("وكالة", "Agency"), ("أخرى", "أخرى"), (None, None)])
def test_an_outlet_has_our_label_else_its_name(name, words):
    assert outlet_words(name, EN) == words


@pytest.mark.parametrize(
    ("place", "english", "arabic"),
    [
        (CITY, "Khan Shaykhun", "خان شيخون"),
        ({**CITY, "id": "elsewhere"}, "Khan Shaykhun", "Khan Shaykhun"),
        ({"id": None, "name": None, "text": "البلدة"}, "البلدة", "البلدة"),
        (None, None, None),
    ],
)
def test_a_place_has_its_name_in_the_language_of_the_export(place, english, arabic):
    assert (place_words(place, EN), place_words(place, AR)) == (english, arabic)


def test_reasons_are_one_line_in_the_language_of_the_export():
    data = {"reasons": ["one", "two"], "reasons_ar": ["واحد"], "claims": []}
    assert (why(data, EN), why(data, AR), why({"claims": []}, EN)) == ("one; two", "واحد", "")
