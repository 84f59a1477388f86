"""The library's one call: a text in, its claims out."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import marsad
from marsad.errors import InputError, SetAside
from marsad.model import Claim, Span
from marsad.run import load_kit

TEXT = "أعلن الجيش الحكومي مقتل ثلاثة مسلحين في مدينة تدمر أمس الخميس."
WORDS = [
    "أعلن", "الجيش", "مقتل", "قصف", "و\u200fقال", "«", "»", "\"", ".", "،", ":", "\n", "قتـ.ـلى", "عشرات", "في", "حماة", "10", "نفى",
    "إن", "ﻗﺘﻞ", "سَيَنسحِبُ", "مدنيين", "أمس", "\U0001f680", "\u202e", "بحسب", "المرصد", "لم", "العاصمة", "(", ")", "؟", "وأضاف",
]  # fmt: skip


def spans_of(claim: Claim):
    for evidence in claim.evidence:
        yield from (evidence.span, evidence.trigger)
    for source in claim.attribution:
        yield from (span for span in (source.span, source.cue) if span)
    yield from (actor.span for actor in claim.actors)
    yield from (count.span for count in claim.counts)
    yield from (ref.span for ref in (claim.place, claim.time) if ref and ref.span)


def test_article_gives_frozen_claims_with_their_words():
    claims = marsad.read_article(TEXT, published="2024-12-06", outlet="وكالة")
    (killed,) = (claim for claim in claims if claim.event == "harm.killed")
    assert TEXT[killed.evidence[0].trigger.start : killed.evidence[0].trigger.end] == "مقتل"
    assert killed.attribution[0].text == "الجيش الحكومي"
    assert (killed.counts[0].min, killed.counts[0].max) == (3, 3)
    assert killed.time.start == date(2024, 12, 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        killed.event = "other"


def test_ids_are_stable_and_do_not_hang_on_the_date():
    first = [claim.id for claim in marsad.read_article(TEXT, published="2024-12-06")]
    assert first == [claim.id for claim in marsad.read_article(TEXT, published="2020-01-01")]
    assert set(first).isdisjoint(claim.id for claim in marsad.read_article(TEXT, id="other"))


def test_title_is_read_as_well():
    claims = marsad.read_article(
        "زار الرئيس معرض الكتاب في المدينة.", title="مقتل ثلاثة جنود في قصف على حماة"
    )
    assert any(span.part == "title" for claim in claims for span in spans_of(claim))


@pytest.mark.parametrize("text", ["", "The army withdrew from the city on Thursday."])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(SetAside):
        marsad.read_article(text)


@pytest.mark.parametrize("published", ["", "yesterday", "2024-13-01"])
def test_date_that_is_none_is_an_error(published):
    with pytest.raises(InputError, match="published"):
        marsad.read_article(TEXT, published=published)


def test_kit_is_loaded_once_and_has_a_version():
    assert load_kit() is load_kit()
    assert load_kit().version


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.sampled_from([" ", "", "\n"]))
def test_every_span_lies_in_its_part_whatever_the_words(words, glue):
    text = "الجيش " + glue.join(words)
    for claim in marsad.read_article(text, title="الجيش قصف", published="2024-12-06"):
        for span in spans_of(claim):
            part = text if span.part == "text" else "الجيش قصف"
            assert 0 <= span.start < span.end <= len(part)
            assert isinstance(span, Span)
        for source in claim.attribution:
            assert source.text
