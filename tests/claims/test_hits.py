"""Hits: which words of a sentence can name an event, and whether they are verb, noun or phrase."""

import pytest

from marsad.claims.hits import find_hits, inside_another
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit


def hits(text):
    kit = load_kit()
    reading = read(Article(id="a", text=text), kit.reading)
    tools = kit.claims.tools
    found = find_hits(reading.tokens, 0, len(reading.tokens), tools.lexicon, tools.frames)
    return reading, found


def told(text):
    """(event, kind, words) of the hits."""
    reading, found = hits(text)
    return {(hit.frame.event, hit.kind, reading.text(hit.first, hit.last)) for hit in found}


KINDS = [
    ("قصفت القوات البلدة", ("strike.shelling", "verb", "قصفت")),
    ("الذي قصف البلدة", ("strike.shelling", "verb", "قصف")),
    ("لقد قصف الجيش البلدة", ("strike.shelling", "verb", "قصف")),
    ("في قصف على البلدة", ("strike.shelling", "noun", "قصف")),
    ("بعد قصف الجيش البلدة", ("strike.shelling", "noun", "قصف")),
    ("وقع قصف عنيف على البلدة", ("strike.shelling", "noun", "قصف")),
    ("توقف القصف على البلدة", ("strike.shelling", "noun", "القصف")),
    ("سمعنا عن انسحابهم", ("territory.withdrawal", "noun", "انسحابهم")),
    ("وسينسحب الجيش غدا", ("territory.withdrawal", "verb", "وسينسحب")),
    ("قال إن إصابة الجنود خطيرة", ("harm.wounded", "noun", "إصابة")),
    ("انفجرت عبوة ناسفة", ("blast.explosion", "phrase", "عبوة ناسفة")),
    ("شمل الاتفاق وقف إطلاق النار", ("talks.agreement", "phrase", "وقف إطلاق النار")),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_verb_noun_or_phrase(text, expected):
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("دخل القانون حيز التنفيذ", "territory.advance"),
        ("انسحب الوفد من المفاوضات", "territory.withdrawal"),
        ("خرج السكان في مظاهرة", "territory.withdrawal"),
        ("قطع الوزير وعدا", "territory.siege"),
        ("أغلق الباب", "territory.siege"),
        ("فقد الرجل هاتفه", "territory.control"),
        ("عبر الوزير عن أسفه", "territory.advance"),
    ],
)
def test_words_that_a_trigger_wants_or_shuns(text, event):
    assert event not in {found for found, _, _ in told(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دخل الجيش البلدة", ("territory.advance", "verb", "دخل")),
        ("انسحب الجيش من البلدة", ("territory.withdrawal", "verb", "انسحب")),
        ("قطع المسلحون الطريق", ("territory.siege", "verb", "قطع المسلحون الطريق")),
        ("عبر المسلحون الحدود", ("territory.advance", "verb", "عبر المسلحون الحدود")),
        ("أحكمت القوات قبضتها على المدينة", ("territory.control", "verb", "أحكمت القوات قبضتها")),
    ],
)
def test_a_trigger_with_the_company_that_it_wants(text, expected):
    assert expected in told(text)


def test_what_a_trigger_wants_is_not_looked_for_behind_a_full_stop():
    assert "territory.siege" not in {event for event, _, _ in told("قطع الوزير وعدا. الطريق طويل")}


@pytest.mark.parametrize(("text", "event"), [("احتلال البلدة", "territory.control"), ("قوات الاحتلال", "")])
def test_a_word_that_counts_only_without_the_article(text, event):
    found = {found for found, _, _ in told(text)}
    assert found == ({event} if event else set())


def test_a_part_of_the_day_is_no_explosion():
    assert "blast.explosion" not in {event for event, _, _ in told("فجر الثلاثاء وصل الوفد")}
    assert "blast.explosion" in {event for event, _, _ in told("فجر المسلحون جسرا")}


def test_a_phrase_wins_over_the_words_in_it():
    found = told("استهدف قصف جوي البلدة")
    assert ("strike.air", "phrase", "قصف جوي") in found
    assert not [words for _, _, words in found if words == "قصف"]


def test_hits_are_in_order_and_carry_their_clitics():
    _, found = hits("قصفت القوات البلدة وقتلتهم ثم انسحبت")
    assert [hit.frame.event for hit in found] == ["strike.shelling", "harm.killed", "territory.withdrawal"]
    assert (found[1].pro, found[1].enc) == ("و", "هم")
    assert [hit.first for hit in found] == sorted(hit.first for hit in found)


def test_voices_of_a_verb_without_vowels():
    _, (verb, *_) = hits("قتل الجندي")
    assert verb.voices == "ap"
    _, (noun, *_) = hits("مقتل جندي")
    assert noun.voices == ""


def test_a_hit_inside_a_longer_one_of_its_event():
    reading, found = hits("تمكنت القوات من السيطرة على البلدة")
    inner = [hit for hit in found if inside_another(hit, found)]
    assert [reading.text(hit.first, hit.last) for hit in inner] == ["السيطرة"]
