"""What people judged goes before every score, and lasts when more articles come in."""

import itertools
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from build import (
    HARBOUR,
    MOUNTAIN,
    OBSERVATORY,
    RIVER,
    SEA,
    TOWNS,
    body,
    claim,
    codes,
    incidents,
    judged,
    one_incident,
    outlet,
    sets,
    together,
)

from marsad.incidents import Verdicts
from marsad.incidents.scene import Scene

HERE = {"roles": "agent:north patient:مدنيين"}
A = claim("a", id="A", **HERE)
B = claim(f"b@{SEA}", id="B", **HERE)
C = claim(f"c@{MOUNTAIN}", id="C", **HERE)
FAR = claim(f"f@{SEA}", id="FAR", place=TOWNS[6], **HERE)
ABROAD = claim(f"h@{MOUNTAIN}", "strike.shelling", id="ABROAD", place=HARBOUR, **HERE)
SPEECH = claim("s", "say.threat", id="SPEECH", roles="agent:north")
ALL = (A, B, C, FAR, ABROAD, SPEECH)


def alone(*claims):
    return {frozenset({one.id}) for one in claims}


def test_without_judgements_scores_decide():
    assert together(*ALL) == {frozenset("ABC"), *alone(FAR, ABROAD, SPEECH)}


def test_same_joins_what_scores_keep_apart():
    found = incidents(*ALL, judgements=[judged("A", "FAR")])
    assert sets(found) == {frozenset({"A", "B", "C", "FAR"}), *alone(ABROAD, SPEECH)}
    joined = {told.testimony.id: [r.code for r in told.joined] for one in found for told in one.told}
    assert joined["A"] == joined["FAR"] == ["judged_same"]
    assert joined["B"] != ["judged_same"]


@pytest.mark.parametrize("other", ["ABROAD", "SPEECH"])
def test_same_joins_across_blocks(other):
    assert frozenset({"A", "B", "C", other}) in together(*ALL, judgements=[judged("A", other)])


def test_same_is_carried_on_from_claim_to_claim():
    pairs = [judged("A", "FAR"), judged("FAR", "ABROAD"), judged("SPEECH", "ABROAD")]
    for order in itertools.permutations(pairs):
        assert together(*ALL, judgements=order) == {frozenset(one.id for one in ALL)}


def test_different_splits_what_scores_join():
    found = together(A, B, judgements=[judged("A", "B", "different")])
    assert found == alone(A, B)


def test_different_keeps_the_others_with_one_of_the_two():
    found = together(A, B, C, judgements=[judged("B", "A", "different")])
    assert len(found) == 2
    assert not any({"A", "B"} <= one for one in found)


def test_different_splits_claims_of_one_article():
    one = claim("a", id="X", **HERE)
    other = claim("a", "harm.killed", id="Y", at=1, killed=3, **HERE)
    assert together(one, other) == {frozenset("XY")}
    assert together(one, other, judgements=[judged("X", "Y", "different")]) == alone(one, other)


def test_different_also_keeps_apart_those_that_same_ties_to_them():
    pairs = [judged("A", "FAR"), judged("B", "FAR", "different")]
    found = together(A, B, FAR, judgements=pairs)
    assert found == {frozenset({"A", "FAR"}), frozenset({"B"})}


def test_same_within_one_article_joins_two_episodes():
    one = claim("a", id="X", **HERE)
    other = claim("a", id="Y", at=1, place=TOWNS[5], **HERE)
    assert together(one, other) == alone(one, other)
    assert together(one, other, judgements=[judged("X", "Y")]) == {frozenset("XY")}


def test_all_claims_pairwise_different_are_all_alone():
    pairs = [judged(x, y, "different") for x, y in itertools.combinations("ABC", 2)]
    assert together(A, B, C, judgements=pairs) == alone(A, B, C)


def test_unsure_changes_nothing_but_is_told():
    found = one_incident(A, B, judgements=[judged("A", "B", "unsure")])
    assert "unsure" in codes(found)
    assert "unsure" not in codes(one_incident(A, B))
    assert together(*ALL, judgements=[judged("A", "FAR", "unsure")]) == together(*ALL)


LATEST = [
    ([("same", None), ("different", None)], "different"),
    ([("different", None), ("same", None)], "same"),
    ([("same", "2024-06-02"), ("different", "2024-06-01")], "same"),
    ([("different", "2024-06-01"), ("same", "2024-06-02")], "same"),
    ([("different", "2024-06-02T10:00:00Z"), ("same", None)], "different"),
    ([("different", "2024-06-01"), ("unsure", "2024-06-02")], "unsure"),
]


@pytest.mark.parametrize(("rows", "holds"), LATEST)
def test_the_later_judgement_on_a_pair_holds_whichever_claim_is_named_first(rows, holds):
    for turned in ((False, False), (True, False), (False, True)):
        pairs = [
            judged(*(("B", "A") if turn else ("A", "B")), verdict, at)
            for (verdict, at), turn in zip(rows, turned, strict=True)
        ]
        assert len(incidents(A, B, judgements=pairs)) == (2 if holds == "different" else 1)
        far = [judged("A", "FAR", one.verdict, one.at) for one in pairs]
        assert len(incidents(A, FAR, judgements=far)) == (1 if holds == "same" else 2)


def test_judgements_that_cannot_all_hold_are_told():
    pairs = [judged("A", "B"), judged("B", "FAR"), judged("A", "FAR", "different")]
    found = one_incident(A, B, FAR, judgements=pairs)
    assert "judgements_conflict" in codes(found)
    assert Verdicts(pairs).conflicts == [("A", "FAR")]
    assert Verdicts(pairs[:2]).conflicts == []


def test_judgements_on_claims_that_are_not_there_do_nothing():
    pairs = [judged("A", "gone"), judged("gone", "B", "different"), judged("x", "y")]
    assert together(B, FAR, judgements=pairs) == together(B, FAR)


def test_a_judged_claim_that_is_gone_still_ties_those_that_are_there():
    assert together(A, FAR, judgements=[judged("A", "gone"), judged("gone", "FAR")]) == {
        frozenset({"A", "FAR"})
    }


def test_judgements_survive_more_articles():
    pairs = [judged("A", "FAR"), judged("A", "B", "different")]
    few = together(A, B, FAR, judgements=pairs)
    later = [
        claim(f"n{n}@{medium}", root=root, id=f"N{n}", **HERE)
        for n, (medium, root) in enumerate(
            ((RIVER, OBSERVATORY), (SEA, outlet(SEA)), (MOUNTAIN, body("south-army")))
        )
    ]
    many = together(*later, A, B, FAR, judgements=pairs)
    assert few == {frozenset({"A", "FAR"}), frozenset({"B"})}
    for incident in few:
        assert any(incident <= one for one in many)
    assert not any({"A", "B"} <= one for one in many)


def test_a_retelling_judged_same_goes_to_the_first_incident():
    late = claim(f"l@{SEA}", id="LATE", published="2024-05-20", **HERE)
    assert together(A, late) == alone(A, late)
    found = one_incident(A, late, judgements=[judged("A", "LATE")])
    assert found.retells == ""


def test_no_judgement_is_false_and_asks_nothing():
    assert not Verdicts()
    assert not Verdicts([judged("A", "B", "unsure")])
    assert Verdicts([judged("A", "B")])
    assert not Verdicts().apart(Scene([A]), Scene([B]))


def test_an_incident_that_two_judgements_tie_brings_all_three_together():
    """The one in the middle is taken last, when the other two are already there."""
    first, last = claim("a", place=TOWNS[0]), claim("b", place=TOWNS[3])
    middle = [claim("c", place=TOWNS[6]), claim("d", place=TOWNS[6])]
    told = [first, last, *middle]
    for one, other in (middle, middle[::-1]):
        said = [judged(first.id, one.id), judged(last.id, other.id)]
        assert len(incidents(*told, judgements=said)) == 1
