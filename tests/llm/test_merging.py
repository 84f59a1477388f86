"""Merging the claims of windows: the same event by the same source becomes one, everything else stays what it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.llm.merging import merged
from marsad.model import ActorRef, Claim, Count, Evidence, PlaceRef, Source, Span, TimeRef


def source(text="الجيش"):
    return Source(text=text, span=Span(0, 5), kind="organisation")


def evidence(start, part="text"):
    return Evidence(span=Span(start, start + 20, part), trigger=Span(start + 2, start + 6, part))


def claim(start=10, **parts):
    made = Claim(
        article="a",
        event="territory.control",
        evidence=(evidence(start),),
        attribution=(source(),),
        actors=(ActorRef(role="gainer", text="الفصائل", span=Span(50, 57)),),
        place=PlaceRef(text="حماة", span=Span(60, 64)),
    )
    return replace(made, **parts)


def toll(number):
    return Count(kind="killed", text="قتلى", span=Span(70, 74), min=number, max=number)


def test_one_claim_seen_by_two_windows_is_one_with_the_parts_of_both():
    agency = Source(text="الوكالة", span=Span(30, 37), kind="outlet")
    early = claim(counts=(toll(3),), place=None)
    late = claim(attribution=(source(), agency))
    (one,) = merged([[early], [late]])
    assert one.counts == (toll(3),)
    assert one.place == late.place
    assert one.attribution == (source(), agency)
    assert len(one.evidence) == 1


def test_an_event_told_again_further_down_is_further_evidence():
    (one,) = merged([[claim(10)], [claim(900)]])
    assert [item.span.start for item in one.evidence] == [10, 900]


def test_a_source_that_only_one_window_shows_is_kept():
    (one,) = merged([[claim()], [claim(attribution=())]])
    assert one.attribution == (source(),)


@pytest.mark.parametrize(
    "other",
    [
        {"attribution": (source("المرصد"),)},
        {"polarity": "negated"},
        {"modality": "planned"},
        {"event": "territory.advance"},
        {"place": PlaceRef(text="حمص", span=Span(80, 83))},
        {"actors": (ActorRef(role="gainer", text="الجيش", span=Span(80, 85)),)},
        {"counts": (toll(4),)},
        {"time": TimeRef(text="أمس", span=Span(80, 83))},
    ],
)
def test_claims_that_differ_stay_two(other):
    known = claim(counts=(toll(3),), time=TimeRef(text="اليوم", span=Span(90, 95)))
    assert len(merged([[known], [replace(known, evidence=(evidence(900),), **other)]])) == 2


@pytest.mark.parametrize("missing", [{"place": None}, {"actors": ()}])
def test_what_does_not_name_its_place_and_people_is_not_told_again_for_sure(missing):
    assert len(merged([[claim(10)], [claim(900, **missing)]])) == 2


def test_spelling_that_folding_drops_does_not_part_claims():
    assert len(merged([[claim()], [claim(attribution=(source("الجـيْش"),))]])) == 1


def test_claims_of_one_window_are_merged_only_where_they_are_the_same():
    assert len(merged([[claim(10), claim(900)]])) == 2
    assert len(merged([[claim(10), claim(10)]])) == 1


def test_two_claims_of_one_window_are_not_joined_by_one_of_another():
    assert len(merged([[claim(10), claim(900)], [claim(2000)]])) == 2


def test_the_title_comes_first():
    titled = claim(event="strike.air", evidence=(evidence(30, "title"),))
    assert merged([[claim(10)], [titled]])[0] == titled


CLAIMS = st.builds(
    lambda start, event, who, place, number: claim(
        start,
        event=event,
        attribution=(source(who),) if who else (),
        place=PlaceRef(text=place, span=Span(60, 64)) if place else None,
        counts=(toll(number),) if number else (),
    ),
    st.integers(0, 60),
    st.sampled_from(["territory.control", "strike.air"]),
    st.sampled_from(["", "الجيش", "المرصد"]),
    st.sampled_from(["", "حماة", "حمص"]),
    st.integers(0, 2),
)
WINDOWS = st.lists(st.lists(CLAIMS, max_size=4), max_size=4)


@given(WINDOWS)
def test_merging_what_is_merged_changes_nothing(windows):
    once = merged(windows)
    assert merged([once]) == once


@given(WINDOWS, st.randoms(use_true_random=False))
def test_the_order_of_the_windows_and_of_their_claims_does_not_matter(windows, chance):
    shuffled = [chance.sample(window, len(window)) for window in chance.sample(windows, len(windows))]
    assert merged(shuffled) == merged(windows)


@given(WINDOWS)
def test_every_word_of_evidence_that_names_an_event_is_kept(windows):
    kept = {
        (one.event, point) for one in merged(windows) for e in one.evidence for point in range(*e.trigger[:2])
    }
    for one in (one for window in windows for one in window):
        assert any((one.event, point) in kept for point in range(*one.evidence[0].trigger[:2]))
