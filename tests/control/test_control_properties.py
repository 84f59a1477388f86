"""What holds for any incidents about a place: order does not matter, spells do not overlap, sides are alike, nothing is invented."""

import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.control import ControlKit, trace, who_held

sys.path.insert(0, str(Path(__file__).parent))
from telling_of import (
    EAST,
    LABELS,
    NORTH,
    NORTH_RADIO,
    OBSERVATORY,
    OTHER,
    SOUTH,
    SOUTH_OFFICE,
    WIRE,
    claim,
    incident,
    mirrored,
    shown,
    swapped,
)

KIT = ControlKit(LABELS.get)
EVENTS = ("control", "withdrawal", "advance", "repel", "siege")
PARTIES = st.lists(st.sampled_from((NORTH, SOUTH, EAST, NORTH_RADIO, SOUTH_OFFICE)), max_size=2, unique=True)
TELLERS = st.sampled_from((NORTH, SOUTH, EAST, OBSERVATORY, WIRE, NORTH_RADIO))


@st.composite
def claims(draw):
    event = draw(st.sampled_from(EVENTS))
    roles = ("gainer", "loser") if event == "control" else ("agent", "patient")
    says = draw(st.sampled_from(("affirms", "affirms", "affirms", "denies", "expects")))
    given_roles = {role: draw(PARTIES) for role in roles}
    return claim(
        f"territory.{event}", draw(TELLERS), says, draw(st.integers(5, 12)), **given_roles
    )  # published on any day


@st.composite
def many_incidents(draw):
    some = draw(
        st.lists(st.tuples(st.integers(1, 8), st.lists(claims(), min_size=1, max_size=4)), max_size=8)
    )
    return [incident(day, *told, id=f"i{number}") for number, (day, told) in enumerate(some)]


@given(many_incidents(), st.randoms(use_true_random=False))
def test_order_does_not_matter(incidents, chance):
    again = list(incidents)
    chance.shuffle(again)
    assert trace(again, KIT) == trace(incidents, KIT)


@given(many_incidents())
def test_spells_follow_one_another_and_every_day_has_one_answer(incidents):
    spells = trace(incidents, KIT)
    assert [one.end for one in spells] == [*(one.start for one in spells[1:]), *[None] * bool(spells)]
    assert all(one.end is None or one.start < one.end for one in spells)
    assert len({one.id for one in spells}) == len(spells)
    neighbours = pairwise(spells)
    assert all((a.state, a.holder, a.claimant) != (b.state, b.holder, b.claimant) for a, b in neighbours)
    for spell in spells:
        assert who_held(spells, spell.start).spell is spell
        assert spell.end is None or who_held(spells, spell.end - timedelta(1)).spell is spell
    if spells:
        assert who_held(spells, spells[0].start - timedelta(1)).spell is None


@given(many_incidents())
def test_a_spell_shows_what_its_state_allows_and_what_it_rests_on(incidents):
    days = {one.when.start for one in incidents}
    for spell in trace(incidents, KIT):
        assert (spell.holder is not None) or spell.state != "held"
        assert spell.state == "contested" or spell.claimant is None
        assert spell.state != "unknown" or spell.holder is None
        assert spell.claimant is None or spell.claimant != spell.holder
        assert spell.incidents
        assert spell.reasons
        assert spell.start >= min(days)


@given(st.lists(st.tuples(st.integers(1, 8), st.sampled_from((NORTH, NORTH_RADIO)), PARTIES), min_size=1))
def test_one_side_alone_never_makes_itself_the_holder(told):
    incidents = [
        incident(day, claim("territory.control", by, gainer=NORTH, loser=[p for p in losers if p != NORTH]))
        for day, by, losers in told
    ]
    assert {spell.state for spell in trace(incidents, KIT)} == {"contested"}


@settings(max_examples=200)
@given(many_incidents())
def test_sides_are_alike(incidents):
    here, there = trace(incidents, KIT), trace(map(swapped, incidents), KIT)
    mirror = [tuple(OTHER.get(one, one) for one in spell) for spell in shown(here)]
    assert shown(there) == mirror
    for one, other in zip(here, there, strict=True):
        assert [mirrored(r.text.en) for r in one.reasons] == [r.text.en for r in other.reasons]
