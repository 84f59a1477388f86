"""Whatever JSON a model writes: nothing raises, and every word that stands is the article's."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llm.swearing import TEXT, TITLE, sworn
from marsad.codebook import load_codebook
from marsad.llm.oath import REASONS, Oath
from marsad.llm.words import compared
from marsad.model import Article


@pytest.fixture(scope="module")
def oath(lexicon):
    return Oath.load(load_codebook(), lexicon)


FRAGMENTS = st.sampled_from(
    [
        "harm.killed",
        "strike.air",
        "text",
        "title",
        "agent",
        "patient",
        "person",
        "outlet",
        "state",
        "direct",
        "killed",
        "affirmed",
        "مقتل 12 مدنيا",
        "مقتل",
        "بلدة الوادي",
        "الوادي",
        "سالم الحسن",
        "قال",
        "أمس الخميس",
        "عشرات الجرحى",
        "ال",
        "و",
        "\ud800",
        "",
        ".",
    ]
)
VALUES = FRAGMENTS | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
KEYS = st.sampled_from(
    "event evidence polarity modality sources actors place time counts in words trigger kind stance cue quote for role min max who".split()
)
ANY = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=8)
    ),
    max_leaves=25,
)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "event": FRAGMENTS | st.just("harm.killed"),
        "evidence": st.lists(
            st.fixed_dictionaries({"words": FRAGMENTS}, optional={"in": ANY, "trigger": ANY}), max_size=3
        )
        | ANY,
        "sources": st.lists(st.dictionaries(KEYS, VALUES, max_size=6), max_size=2) | ANY,
        "actors": st.lists(st.fixed_dictionaries({"role": FRAGMENTS, "words": FRAGMENTS}), max_size=3) | ANY,
        "place": ANY,
        "time": ANY,
        "counts": st.lists(
            st.fixed_dictionaries(
                {"kind": st.just("killed"), "words": FRAGMENTS, "min": VALUES, "max": VALUES}
            ),
            max_size=2,
        )
        | ANY,
    },
)


def spans_of(claim):
    for one in claim.evidence:
        yield from (one.span, one.trigger)
    for link in claim.attribution:
        yield from (link.span, *([link.cue] if link.cue else []))
    yield from (one.span for one in (*claim.actors, *claim.counts))
    yield from (one.span for one in (claim.place, claim.time) if one is not None)


@settings(max_examples=200, deadline=None)
@given(claims=st.lists(ANY | LIKELY, max_size=4))
def test_no_json_raises_and_every_word_that_stands_is_the_articles(claims, oath):
    told = sworn(claims, oath)
    article = Article(id="a", text=TEXT, title=TITLE)
    said = compared(json.dumps(claims, ensure_ascii=False).replace('"', " "))
    for claim in told.claims:
        assert claim.event in load_codebook().events
        for span in spans_of(claim):
            words = article.words(span)
            assert words
            assert words == words.strip()
            assert compared(words).replace('"', " ") in said
    for refusal in told.refusals:
        assert refusal.reason in REASONS
        refusal.words.encode()
