"""Coding twice: what the second coder is not shown, what counts as agreed, and settling the rest."""

import pytest

from marsad.errors import InputError, Stale
from marsad.store.reviewing import (
    ReviewSettings,
    added_claims,
    differences,
    history,
    progress,
    review_settings,
    set_review_settings,
)
from marsad.store.reviewing_states import bucket_of
from reviewed import NEW, Desk


@pytest.fixture
def desk(store):
    made = Desk(store)
    made.twice()
    return made


PAIRS = [
    (("accept", {}), ("accept", {}), "agreed"),
    (("reject", {"reason": "other"}), ("reject", {"note": "why"}), "agreed"),
    (("unsure", {}), ("unsure", {}), "agreed"),
    (("accept", {}), ("reject", {"reason": "other"}), "conflict"),
    (("accept", {}), ("edit", {"edit": {"polarity": "negated"}}), "conflict"),
    (("edit", {"edit": {"polarity": "negated"}}), ("edit", {"edit": {"polarity": "negated"}}), "agreed"),
    (("edit", {"edit": {"polarity": "negated"}}), ("edit", {"edit": {"modality": "planned"}}), "conflict"),
    (
        ("edit", {"edit": {"place": None}}),
        ("edit", {"edit": {"place": None, "event": "harm.killed"}}),
        "agreed",
    ),
    (("unsure", {}), ("accept", {}), "conflict"),
]


@pytest.mark.parametrize(("first", "second", "state"), PAIRS)
def test_two_agree_where_decision_and_changed_fields_are_equal(desk, first, second, state):
    claim = desk.claims()[0]
    desk.decide("ana", claim, first[0], **first[1])
    desk.decide("ben", claim, second[0], "second", **second[1])
    assert desk.state(claim) == state
    assert desk.queue(part="adjudication") == ([claim] if state == "conflict" else [])


def test_the_second_coder_is_told_nothing_of_the_first_decision(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim, "reject", reason="duplicate", note="secret")
    desk.add("ana", NEW)
    blind, alone = desk.standing(claim, "first", "ben"), desk.standing(claim, "second", "ben")
    assert (blind.hidden, blind.revision, blind.decision, blind.who, blind.note) == (True, "", None, "", "")
    assert (alone.hidden, alone.decision, alone.who) == (False, None, "")
    assert desk.standing(claim, "adjudication", "ben").hidden
    assert desk.state(claim, "ben") == "machine"
    assert desk.read(history, claim, "ben") == []
    assert desk.read(added_claims, "a", "ben") == []
    assert "reject" not in str(desk.shown(claim, "second"))
    with pytest.raises(Stale, match="it waits for your second coding: nothing was stored") as told:
        desk.decide("ben", claim, revision="0.x")
    assert "ana" not in str(told.value)
    assert "reject" not in str(told.value)


def test_everybody_else_is_told_and_the_second_coder_is_afterwards(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim, "reject", reason="duplicate")
    assert [desk.state(claim, who) for who in ("", "ana")] == ["rejected", "rejected"]
    desk.decide("ben", claim, "accept", "second")
    assert [desk.state(claim, who) for who in ("", "ana", "ben")] == ["conflict"] * 3
    assert desk.standing(claim, "first", "ben").decision == "reject"
    assert len(desk.read(history, claim, "ben")) == 2


def test_blind_to_the_machine_only_the_evidence_is_shown(desk):
    claim = desk.claims()[0]
    desk.twice(blind="machine")
    desk.decide("ana", claim)
    assert set(desk.shown(claim, "second")) == {"id", "evidence"}
    assert desk.shown(claim, "first")["event"] == "harm.killed"
    desk.decide("ben", claim, "edit", "second", edit={"event": "harm.killed", "polarity": "affirmed"})
    assert desk.state(claim) == "agreed"  # they said what the machine had said, unseen


def test_an_added_claim_waits_for_no_second_coder(desk):
    desk.add("ana", NEW)
    [added] = desk.read(added_claims, "a", "ben")
    assert (desk.state(added.id, "ben"), desk.standing(added.id, "first", "ben").hidden) == ("added", False)
    desk.decide("ben", added.id, "edit", edit={"modality": "planned"})
    assert desk.state(added.id) == "edited"


def test_nobody_codes_a_claim_twice(desk):
    one, other = desk.claims()[:2]
    desk.decide("ana", one)
    with pytest.raises(InputError, match="'ana' decided this claim first"):
        desk.decide("ana", one, "accept", "second")
    number = desk.decide("ana", other)
    desk.decide("ben", other, "accept", "second")
    desk.undo("ana", number)
    with pytest.raises(InputError, match="'ben' is the second coder"):
        desk.decide("ben", other)
    assert other not in desk.queue("ben")
    assert other in desk.queue("cy")


def test_the_share_is_drawn_by_the_claim_and_grows_without_losing_any(desk):
    everything = [*desk.claims("a"), *desk.claims("b")]
    for claim in everything:
        desk.decide("ana", claim)
    drawn = []
    for share in (0, 1, 30, 60, 100):
        desk.twice(share)
        drawn.append(set(desk.queue("ben", part="second")))
        assert drawn[-1] == {claim for claim in everything if bucket_of(claim) < share}
        hidden = {claim for claim in everything if desk.standing(claim, "first", "ben").hidden}
        assert hidden == drawn[-1]
    assert drawn[0] == set() and drawn[-1] == set(everything)
    assert desk.queue("ana", part="second") == []


def test_settings_are_kept_and_noted_and_refused_where_they_are_none(store):
    desk = Desk(store)
    assert desk.read(review_settings) == ReviewSettings(second_share=10, blind="coder")
    desk.twice(25, "machine")
    assert desk.read(review_settings) == ReviewSettings(second_share=25, blind="machine")
    assert desk.rows("SELECT action, subject, who FROM audit ORDER BY id DESC LIMIT 1") == [
        ("settings", "review", "admin")
    ]
    for share, blind, said in (
        (101, "coder", "0 to 100, not 101"),
        (-1, "coder", "0 to 100"),
        (5, "both", "blind is one of"),
    ):
        with pytest.raises(InputError, match=said):
            desk.write(set_review_settings, ReviewSettings(second_share=share, blind=blind))


def test_only_what_differs_is_listed_and_what_is_equal_is_merged(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim, "edit", edit={"polarity": "negated", "event": "harm.wounded"})
    desk.decide("ben", claim, "edit", "second", edit={"polarity": "negated", "modality": "planned"})
    [found] = desk.read(differences)
    assert (found.claim, found.first.who, found.second.who) == (claim, "ana", "ben")
    assert [(one.field, one.machine, one.first, one.second) for one in found.fields] == [
        ("event", "harm.killed", "harm.wounded", "harm.killed"),
        ("modality", "actual", "actual", "planned"),
    ]
    assert (found.merged["polarity"], found.merged["event"]) == ("negated", "harm.killed")
    assert found.machine["polarity"] == "affirmed"
    assert desk.read(differences, [claim])[0] == found
    assert desk.read(differences, [desk.claims()[1], "none"]) == []


def test_who_keeps_a_claim_and_who_does_not_differ_in_the_decision(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim, "edit", edit={"polarity": "negated"})
    desk.decide("ben", claim, "reject", "second", reason="other")
    [found] = desk.read(differences)
    assert [(one.field, one.first, one.second) for one in found.fields] == [("decision", "edit", "reject")]


def conflicting(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim, "edit", edit={"polarity": "negated"})
    desk.decide("ben", claim, "reject", "second", reason="other")
    return claim


SETTLED = [
    ("edit", {"edit": {"polarity": "negated"}}, None),
    ("reject", {}, None),
    ("accept", {"note": "both are wrong"}, None),
    ("accept", {}, "says why in a note"),
    ("edit", {"edit": {"polarity": "negated", "modality": "planned"}}, "says why in a note"),
    ("unsure", {}, "says why in a note"),
]


@pytest.mark.parametrize(("decision", "more", "refused"), SETTLED)
def test_settling_needs_a_note_where_it_is_neither_s_view(desk, decision, more, refused):
    claim = conflicting(desk)
    if refused:
        with pytest.raises(InputError, match=refused):
            desk.decide("eve", claim, decision, "adjudication", **more)
        assert desk.state(claim) == "conflict"
    else:
        desk.decide("eve", claim, decision, "adjudication", **more)
        assert desk.state(claim) == "final"


def test_what_is_settled_stays_until_that_is_undone(desk):
    claim = conflicting(desk)
    number = desk.decide("eve", claim, "reject", "adjudication")
    for who, part in (("ana", "first"), ("ben", "second")):
        with pytest.raises(Stale, match="eve has settled this claim"):
            desk.decide(who, claim, "accept", part)
    desk.undo("eve", number)
    assert desk.state(claim) == "conflict"


def test_settling_what_a_coder_changed_meanwhile_is_refused(desk):
    claim = conflicting(desk)
    seen = desk.standing(claim, "adjudication", "eve").revision
    desk.decide("ana", claim, "reject", reason="other")
    with pytest.raises(Stale, match="ana decided 'reject'"):
        desk.decide("eve", claim, "reject", "adjudication", revision=seen)


def test_one_coder_s_decision_does_not_make_the_other_s_stale(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim)
    seen = desk.standing(claim, "second", "ben").revision
    desk.decide("ana", claim, "unsure")
    desk.decide("ben", claim, "accept", "second", revision=seen)
    assert desk.state(claim) == "conflict"


def test_numbers_of_each_part(desk):
    claims = [*desk.claims("a"), *desk.claims("b")]
    for claim in claims[:3]:
        desk.decide("ana", claim)
    desk.decide("cy", claims[3])
    desk.add("ana", NEW)
    desk.decide("ben", claims[0], "accept", "second")
    desk.decide("ben", claims[1], "unsure", "second")
    numbers = [
        desk.read(progress, *asked)
        for asked in (("first", "ana"), ("second", "ben"), ("adjudication", "eve"))
    ]
    assert [(one.waiting, one.done, one.today, one.mine) for one in numbers] == [
        (len(claims) - 4, 4, 4, 3),
        (2, 2, 2, 2),
        (1, 0, 0, 0),
    ]
    desk.decide("eve", claims[1], "accept", "adjudication")
    settled = desk.read(progress, "adjudication", "eve")
    assert (settled.waiting, settled.done, settled.today, settled.mine) == (0, 1, 1, 1)
    with pytest.raises(InputError, match="a part is one of"):
        desk.read(progress, "third", "ana")
