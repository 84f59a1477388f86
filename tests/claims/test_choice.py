"""Whom a claim names, from the shares that noun phrases have in a role."""

import math

import pytest

from marsad.claims.choice import choose_place, choose_roles, named, shares
from marsad.claims.find import unjudged
from marsad.claims.names import Names
from marsad.claims.near import near_of
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit


def told(text, event, *scores):
    """Mentions of an event with scores for noun phrases: ({role: {name: score}}, ...), in order of the text."""
    kit = load_kit()
    reading = read(Article(id="a", text=text), kit.reading)
    names = Names(reading)
    found = [c for c in unjudged(reading, kit.claims) if c.event == event][: len(scores)]
    assert len(found) == len(scores)
    for candidate, roles in zip(found, scores, strict=True):
        for role, of in roles.items():
            near = {
                reading.text(i.mention.first, i.mention.last)[i.mention.cut :]: i
                for i in reversed(near_of(candidate))
            }
            candidate.shares[role] = shares(candidate, [(score, near[name]) for name, score in of.items()])
    return reading, names, found


def chosen(text, event, *scores):
    reading, names, found = told(text, event, *scores)
    roles = choose_roles(found, names)
    return {role: [reading.text(m.first, m.last)[m.cut :] for m in ms] for role, ms in roles.items()}


STRIKE = "قصف الجيش السوري بلدة خناصر. ثم قصف الجيش التركي بلدة سراقب."
ARMY, OTHER, TOWN = "الجيش السوري", "الجيش التركي", "بلدة خناصر"


def test_shares_add_up_to_one_with_nobodys():
    _, _, [candidate] = told(STRIKE, "strike.shelling", {"agent": {ARMY: 1.0, TOWN: 0.0}})
    sizes = sorted(s.share for s in candidate.shares["agent"])
    whole = math.e + 1 + 1
    assert sizes == pytest.approx([1 / whole, math.e / whole])


CASES = [
    pytest.param(
        {"agent": {ARMY: 3.0}, "patient": {TOWN: 3.0}}, {"agent": [ARMY], "patient": [TOWN]}, id="clear"
    ),
    pytest.param({"agent": {ARMY: -4.0}}, {}, id="nobody is likelier"),
    pytest.param({"agent": {ARMY: 3.0, TOWN: 0.0}}, {"agent": [ARMY]}, id="a weak second is left out"),
    pytest.param(
        {"agent": {ARMY: 3.0}, "patient": {ARMY: 1.0, TOWN: 0.5}},
        {"agent": [ARMY], "patient": [TOWN]},
        id="one role for each name",
    ),
]


@pytest.mark.parametrize(("scores", "expected"), CASES)
def test_roles_of_one_mention(scores, expected):
    assert chosen(STRIKE, "strike.shelling", scores) == expected


def test_joined_names_come_in_together():
    text = "قصف الجيش السوري والجيش الروسي بلدة خناصر."
    scores = {"agent": {ARMY: 3.0, "الجيش الروسي": 1.0}}
    assert chosen(text, "strike.shelling", scores) == {"agent": [ARMY, "الجيش الروسي"]}


def test_a_name_that_fits_everywhere_beats_one_that_fits_once():
    text = "وصل الجيش السوري والجيش التركي. وقصف الجيش السوري بلدة خناصر. وقال سكان إن القصف استمر."
    scores = ({"agent": {ARMY: 1.0, OTHER: 1.4}}, {"agent": {ARMY: 1.2, OTHER: -2.0}})
    assert chosen(text, "strike.shelling", *scores) == {"agent": [ARMY]}


def test_short_and_long_forms_of_a_name_add_up():
    text = "وصل الجيش السوري. وقال سكان إن الجيش قصف بلدة خناصر."
    _, names, found = told(text, "strike.shelling", {"agent": {ARMY: 1.0, "الجيش": 0.5}})
    [one] = named(found, "agent", names)
    assert one.total == pytest.approx((math.e + math.exp(0.5)) / (math.e + math.exp(0.5) + 1))


def test_a_place_is_named_only_where_it_is_likelier_than_none():
    _, names, found = told(STRIKE, "strike.shelling", {"place": {TOWN: 2.0}})
    assert choose_place(found, names).item.mention is not None
    _, names, found = told(STRIKE, "strike.shelling", {"place": {TOWN: -2.0}})
    assert choose_place(found, names) is None
