"""Deciding about single claims: what is stored, what is refused, and what holds."""

import json
import threading

import pytest

from marsad.errors import InputError, Stale
from marsad.store import faults
from marsad.store.audit import broken
from marsad.store.reviewing import Decision, added_claims, decide, differences, history, rebuild_states
from reviewed import NEW, Desk


@pytest.fixture
def desk(store):
    return Desk(store)


def test_a_claim_that_nobody_decided_is_as_the_machine_has_it(desk):
    claim = desk.claims()[0]
    found = desk.standing(claim)
    assert (found.claim, found.decision, found.number, found.hidden) == (claim, None, None, False)
    assert desk.state(claim) == "machine"


STATES = [
    ("accept", {}, "accepted"),
    ("reject", {"reason": "wrong_event"}, "rejected"),
    ("reject", {"note": "لا حدث هنا"}, "rejected"),
    ("edit", {"edit": {"polarity": "negated"}}, "edited"),
    ("unsure", {}, "unsure"),
]


@pytest.mark.parametrize(("decision", "more", "state"), STATES)
def test_a_decision_holds_with_its_maker_and_all_that_was_said(desk, decision, more, state):
    claim = desk.claims()[0]
    number = desk.decide("ana", claim, decision, **more)
    found = desk.standing(claim)
    assert (found.decision, found.who, found.number) == (decision, "ana", number)
    assert (found.edit, found.reason, found.note) == (
        more.get("edit"),
        more.get("reason", ""),
        more.get("note", ""),
    )
    assert desk.state(claim) == state
    assert desk.rows("SELECT action, subject, who FROM audit ORDER BY id DESC LIMIT 1") == [
        ("review", str(number), "ana")
    ]


def test_a_row_keeps_the_machine_s_claim_the_codebook_and_the_reader(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim, "edit", edit={"event": "strike.air"})
    [(machine, edit, version, codebook, reader)] = desk.rows(
        "SELECT machine, edit, version, codebook, reader FROM reviews"
    )
    assert json.loads(machine)["id"] == claim
    assert (json.loads(edit), version, codebook) == ({"event": "strike.air"}, 1, "1")
    assert reader == desk.rows("SELECT reader FROM articles WHERE id = 'a'")[0][0] != ""


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_both_are_kept(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim, "accept")
    desk.decide("ben", claim, "reject", reason="duplicate")
    assert desk.standing(claim).who == "ben"
    assert [row.who for row in desk.read(history, claim)] == ["ana", "ben"]


def test_a_decision_on_what_somebody_changed_meanwhile_is_refused_and_says_who_did_what(desk):
    claim = desk.claims()[0]
    seen = desk.standing(claim).revision
    desk.decide("ana", claim, "reject", reason="duplicate")
    with pytest.raises(Stale, match=r"ana decided 'reject' about this claim at 2\S+: nothing was stored"):
        desk.decide("ben", claim, "accept", revision=seen)
    assert [row[0] for row in desk.rows("SELECT who FROM reviews")] == ["ana"]


def test_the_same_form_sent_twice_is_stored_once(desk):
    claim = desk.claims()[0]
    seen = desk.standing(claim).revision
    desk.decide("ana", claim, revision=seen)
    with pytest.raises(Stale, match="nothing was stored"):
        desk.decide("ana", claim, revision=seen)
    assert desk.rows("SELECT count(*) FROM reviews") == [(1,)]


def test_a_decision_on_what_was_taken_back_meanwhile_is_refused(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim)
    seen = desk.standing(claim).revision
    desk.undo("ana")
    with pytest.raises(Stale, match="ana took a decision back"):
        desk.decide("ben", claim, revision=seen)


@pytest.mark.parametrize("revision", ["", "nonsense", "0.", "0.000000000000"])
def test_a_revision_that_never_was_is_refused(desk, revision):
    with pytest.raises(Stale, match="nothing was stored"):
        desk.decide("ana", desk.claims()[0], revision=revision)


def test_of_two_people_at_once_one_is_stored_and_the_other_told(desk):
    claim = desk.claims()[0]
    seen = desk.standing(claim).revision
    ready, told = threading.Barrier(2), []

    def work(who):
        ready.wait(30)
        try:
            told.append(desk.decide(who, claim, revision=seen))
        except Stale as refusal:
            told.append(str(refusal))

    threads = [threading.Thread(target=work, args=(who,)) for who in ("ana", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(type(one).__name__ for one in told) == ["int", "str"]
    [(who,)] = desk.rows("SELECT who FROM reviews")
    assert f"{who} decided 'accept'" in next(one for one in told if isinstance(one, str))


REFUSED = [
    ({"decision": "maybe"}, "a decision is one of accept, reject"),
    ({"part": "third"}, "a part is one of first, second"),
    ({"who": "  "}, "needs the name"),
    ({"decision": "reject"}, "a claim is rejected for a reason: one of not_an_event, wrong_event"),
    ({"decision": "reject", "reason": "ugly"}, "a reason is one of not_an_event"),
    ({"decision": "edit"}, "an edit comes with the decisions 'edit' and 'add'"),
    ({"edit": {"event": "strike.air"}}, "an edit comes with the decisions 'edit' and 'add'"),
    ({"note": "x" * 10_001}, "a note has at most 10,000 characters"),
    ({"note": "a\x00b"}, "a note has at most"),
    ({"claim": "none"}, "there is no claim 'none'"),
    ({"part": "second"}, "after somebody else has decided it"),
    ({"part": "adjudication", "note": "n"}, "there is nothing to settle"),
    ({"decision": "edit", "edit": {"event": "harm.killed"}}, "the edit changes nothing"),
    ({"decision": "add", "edit": NEW, "article": "none"}, "there is no article 'none'"),
]


@pytest.mark.parametrize(("wrong", "said"), REFUSED, ids=[case[1] for case in REFUSED])
def test_what_cannot_be_decided_is_refused_with_the_reason(desk, wrong, said):
    claim = desk.claims()[0]
    revision = desk.standing(claim, "second" if wrong.get("part") == "second" else "first").revision
    right = {"who": "ana", "claim": claim, "decision": "accept", "revision": revision}
    with pytest.raises(InputError, match=said):
        desk.write(decide, Decision(**right | wrong))
    assert desk.rows("SELECT count(*) FROM reviews") == [(0,)]


def test_undoing_takes_back_one_after_the_other_and_is_itself_undone(desk):
    one, other = desk.claims()[:2]
    desk.decide("ana", one)
    second = desk.decide("ana", other, "reject", reason="other")
    undoing = desk.undo("ana")
    assert (desk.state(one), desk.state(other)) == ("accepted", "machine")
    desk.undo("ana")
    assert desk.state(one) == "machine"
    assert desk.rows("SELECT count(*) FROM review_states") == [(0,)]
    desk.undo("ana", undoing)
    assert (desk.state(one), desk.state(other)) == ("machine", "rejected")
    assert desk.standing(other).number == second
    assert desk.rows("SELECT decision FROM reviews ORDER BY id") == [
        ("accept",),
        ("reject",),
        ("undo",),
        ("undo",),
        ("undo",),
    ]
    assert desk.rows("SELECT count(*) FROM audit WHERE action = 'review undone'") == [(3,)]


def test_undoing_gives_way_to_what_held_before(desk):
    claim = desk.claims()[0]
    desk.decide("ana", claim, "accept")
    desk.decide("ben", claim, "unsure")
    desk.undo("ben")
    assert (desk.standing(claim).who, desk.state(claim)) == ("ana", "accepted")


def test_what_cannot_be_undone_is_refused(desk):
    claim = desk.claims()[0]
    number = desk.decide("ana", claim)
    with pytest.raises(InputError, match="'ben' has no decision to undo"):
        desk.undo("ben")
    with pytest.raises(InputError, match="there is no decision 999"):
        desk.undo("ana", 999)
    with pytest.raises(InputError, match=f"decision {number} is by 'ana'"):
        desk.undo("ben", number)
    undoing = desk.undo("eve", number, role="adjudicator")
    with pytest.raises(InputError, match=f"decision {number} is undone already"):
        desk.undo("ana", number)
    desk.undo("eve", undoing, role="admin")
    with pytest.raises(InputError, match=f"decision {undoing} is undone already"):
        desk.undo("eve", undoing, role="admin")
    assert desk.state(claim) == "accepted"


def test_a_person_adds_a_claim_that_is_listed_with_its_article_and_can_be_decided_like_any(desk):
    desk.add("ana", NEW)
    [added] = desk.read(added_claims, "a")
    assert (added.state, added.who, added.claim["event"]) == ("added", "ana", "people.displaced")
    assert added.claim["origin"] == [{"part": "claim", "rule": "added by a person", "words": ""}]
    assert (added.claim["polarity"], added.claim["modality"], added.claim["id"]) == (
        "affirmed",
        "actual",
        added.id,
    )
    assert desk.rows("SELECT count(*) FROM claims WHERE id = :id", id=added.id) == [(0,)]
    desk.decide("ana", added.id, "edit", edit={"modality": "planned"})
    [edited] = desk.read(added_claims, "a")
    assert (edited.claim["modality"], edited.state) == ("planned", "edited")
    desk.undo("ana")
    desk.undo("ana")
    assert desk.read(added_claims, "a") == []
    with pytest.raises(InputError, match="there is no claim"):
        desk.standing(added.id)


def test_a_claim_is_added_once(desk):
    desk.add("ana", NEW)
    for who in ("ana", "ben"):
        with pytest.raises(Stale, match="ana has added this claim"):
            desk.add(who, NEW)
    with pytest.raises(InputError, match="'ana' decided this claim first"):
        desk.add("ana", NEW, part="second")
    desk.add("ben", NEW, part="second")
    [added] = desk.read(added_claims, "a")
    assert added.state == "agreed"


def test_a_claim_that_the_machine_has_is_not_added(desk):
    claim = desk.shown(desk.claims()[0])
    with pytest.raises(InputError, match="the machine has this claim already"):
        desk.add("ana", {name: value for name, value in claim.items() if name not in ("id", "origin")})


def test_an_added_claim_can_be_in_conflict_and_settled(desk):
    desk.add("ana", NEW)
    [added] = desk.read(added_claims, "a")
    desk.decide("ben", added.id, "reject", "second", reason="not_an_event")
    assert desk.queue(part="adjudication") == [added.id]
    [found] = desk.read(differences)
    assert [(one.field, one.first, one.second) for one in found.fields] == [("decision", "add", "reject")]
    desk.decide("eve", added.id, "reject", "adjudication", revision=found.revision)
    assert (desk.state(added.id), desk.queue(part="adjudication")) == ("final", [])


@pytest.mark.parametrize("deed", ["UPDATE reviews SET who = 'eve'", "DELETE FROM reviews"])
def test_the_database_itself_keeps_what_was_decided(desk, deed):
    desk.decide("ana", desk.claims()[0])
    with pytest.raises(Exception, match="never changed"):
        desk.write(lambda connection: connection.exec_driver_sql(deed))


def test_states_that_were_tampered_with_are_found_and_made_anew(desk, store):
    desk.decide("ana", desk.claims()[0])
    desk.write(lambda connection: connection.exec_driver_sql("UPDATE review_states SET state = 'rejected'"))
    [said] = [fault for fault in faults(store.database) if "review" in fault]
    assert said.startswith("1 claims whose state of review is not what was decided, such as ")
    assert desk.write(rebuild_states) == 1
    assert [fault for fault in faults(store.database) if "review" in fault] == []
    assert desk.read(broken) == []
