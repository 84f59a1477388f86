"""The rules of control one by one: small incidents in, spells out; in any order, and for both sides alike."""

import random
import sys
from pathlib import Path

import pytest

from marsad.control import ControlKit, trace
from marsad.control.telling import RULES

sys.path.insert(0, str(Path(__file__).parent))
from more_cases import MORE
from rule_cases import CASES as FIRST
from telling_of import (
    LABELS,
    OTHER,
    mirrored,
    shown,
    swapped,
)

KIT = ControlKit(LABELS.get)
CASES = FIRST | MORE


def spells_of(*incidents):
    return trace(incidents, KIT)


def rules(spell):
    return [reason.code for reason in spell.reasons if reason.code.startswith("rule.")]


@pytest.mark.parametrize(("incidents", "expected"), CASES.values(), ids=CASES)
def test_spells(incidents, expected):
    assert shown(spells_of(*incidents)) == expected


@pytest.mark.parametrize("incidents", [case[0] for case in CASES.values()], ids=CASES)
def test_any_order_gives_the_same(incidents):
    again = list(incidents)
    random.Random(5).shuffle(again)
    assert spells_of(*again) == spells_of(*reversed(incidents)) == spells_of(*incidents)


@pytest.mark.parametrize("incidents", [case[0] for case in CASES.values()], ids=CASES)
def test_the_rules_are_the_same_for_both_sides(incidents):
    here, there = spells_of(*incidents), spells_of(*map(swapped, incidents))
    mirror = [
        [one and OTHER.get(one, one) if isinstance(one, str) else one for one in s] for s in shown(here)
    ]
    assert [list(spell) for spell in shown(there)] == mirror
    assert [s.id for s in here] == [s.id for s in there]
    for one, other in zip(here, there, strict=True):
        assert [mirrored(r.text.en) for r in one.reasons] == [r.text.en for r in other.reasons]
        assert [OTHER.get(key, key) for key in one.roots] == list(other.roots)


def test_every_rule_that_is_followed_has_its_sentence():
    followed = {code for incidents, _ in CASES.values() for s in spells_of(*incidents) for code in rules(s)}
    assert followed == {f"rule.{code}" for code in RULES}
