"""How far two coders of a project agree, with the claims behind each number."""

import pytest

from marsad.run.agreement import FIELDS, agreement, coded_twice, confusions
from reviewed import Desk


@pytest.fixture
def desk(store):
    made = Desk(store)
    made.twice()
    return made


def code(desk, claim, first, second):
    desk.decide("ana", claim, first[0], **first[1])
    desk.decide("ben", claim, second[0], "second", **second[1])


ACCEPT, REJECT, NEGATED = (
    ("accept", {}),
    ("reject", {"reason": "other"}),
    ("edit", {"edit": {"polarity": "negated"}}),
)


def found(desk):
    return {one.field: one for one in desk.read(agreement)}


def test_where_nothing_was_coded_twice_there_are_no_numbers(desk):
    desk.decide("ana", desk.claims()[0])
    numbers = found(desk)
    assert list(numbers) == [*FIELDS, "evidence"]
    assert {(one.alpha, one.low, one.high, one.units, one.coders) for one in numbers.values()} == {
        (None, None, None, 0, 0)
    }


def test_each_field_counts_the_claims_that_have_it_from_both(desk):
    a, b = desk.claims("a"), desk.claims("b")
    code(desk, a[0], ACCEPT, ACCEPT)
    code(desk, a[1], ACCEPT, NEGATED)
    code(desk, a[2], REJECT, REJECT)
    code(desk, b[0], ACCEPT, REJECT)
    code(desk, b[2], NEGATED, NEGATED)
    numbers = found(desk)
    units = {name: one.units for name, one in numbers.items()}
    assert units == {
        "decision": 5, "event": 3, "polarity": 3, "modality": 3, "source": 3, "stance": 3, "place": 3, "first_day": 3, "killed": 2,
        "evidence": 3,
    }  # fmt: skip
    assert numbers["event"].alpha == 1
    assert numbers["polarity"].differing == (a[1],)
    assert numbers["polarity"].alpha == pytest.approx(1 - 5 * 2 / (2 * 3 * 3))
    assert numbers["modality"].alpha is None
    assert (numbers["killed"].alpha, numbers["killed"].claims) == (1, tuple(sorted(a[:2])))
    assert (numbers["evidence"].level, numbers["evidence"].alpha) == ("overlap", 1)
    assert numbers["decision"].coders == 2
    assert set(numbers["decision"].claims) == {*a, b[0], b[2]}


def test_a_source_or_place_that_neither_sees_is_agreed_and_one_that_one_sees_is_not(desk):
    own_voice, sourced = desk.claims("b")[0], desk.claims("b")[2]
    code(desk, own_voice, ACCEPT, ACCEPT)
    code(desk, sourced, ACCEPT, ("edit", {"edit": {"attribution": [], "place": None}}))
    numbers = found(desk)
    assert (numbers["source"].units, numbers["source"].differing) == (2, (sourced,))
    assert numbers["place"].differing == (sourced,)
    assert numbers["stance"].units == 0


def test_days_and_tolls_are_as_far_apart_as_they_are(desk):
    claim, other = desk.claims("a")[:2]
    counts = desk.shown(claim)["counts"]
    later = {
        "time": {"from": "2024-12-04", "precision": "day"},
        "counts": [{**counts[0], "min": 9, "max": None}],
    }
    code(desk, claim, ACCEPT, ("edit", {"edit": later}))
    code(desk, other, ACCEPT, ACCEPT)
    numbers = found(desk)
    assert numbers["killed"].differing == (claim,)
    # Tolls 3 and 9, 5 and 5: D = 2 * 36, E over 3, 9, 5, 5 is 2 * (36 + 4 + 4 + 16 + 16).
    assert numbers["killed"].alpha == pytest.approx(1 - 3 * 72 / 152)


def test_evidence_is_compared_by_the_characters_both_marked(desk):
    claim = desk.claims("a")[0]
    [span] = desk.shown(claim)["evidence"]
    half = {**span, "end": span["trigger"]["end"]}
    code(desk, claim, ACCEPT, ("edit", {"edit": {"evidence": [half]}}))
    one, other = span["end"] - span["start"], half["end"] - half["start"]
    assert found(desk)["evidence"].alpha == pytest.approx(2 * other / (one + other))


def test_what_counts_is_what_was_decided_before_the_other_could_be_seen(desk):
    claim = desk.claims()[0]
    code(desk, claim, ACCEPT, REJECT)
    desk.decide("ana", claim, "reject", reason="other")
    assert desk.state(claim) == "agreed"
    [pair] = desk.read(coded_twice)
    assert (pair.first.decision, pair.second.decision) == ("accept", "reject")


def test_confusions_name_who_said_what(desk):
    a = desk.claims("a")
    code(desk, a[0], ACCEPT, REJECT)
    code(desk, a[1], ACCEPT, REJECT)
    code(desk, a[2], NEGATED, NEGATED)
    rows = [
        (one.coder, one.other, one.value, one.other_value, one.claims)
        for one in desk.read(confusions, "decision")
    ]
    assert rows == [
        ("ana", "ben", "accept", "reject", tuple(sorted(a[:2]))),
        ("ana", "ben", "edit", "edit", (a[2],)),
    ]
    assert [one.value for one in desk.read(confusions, "event")] == ["strike.shelling"]
