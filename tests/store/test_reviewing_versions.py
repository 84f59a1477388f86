"""Decisions follow a claim into the later versions of its article, and their spans go to where the same words stand."""

import pytest

from marsad.errors import InputError
from marsad.model import Article
from marsad.store import faults
from marsad.store.reviewing import added_claims, carried, history
from reviewed import NEW, Desk
from stored import OTHER, TEXT, stored

BEFORE = "عاجل: "


@pytest.fixture
def desk(store):
    made = Desk(store)
    made.twice(0)
    return made


def test_a_decision_follows_its_claim_into_a_new_version_and_back(desk, store):
    old = desk.claims()[0]
    number = desk.decide("ana", old, "edit", edit={"actors": []})
    desk.put(stored("a", BEFORE + TEXT))
    new = desk.claims()[0]
    assert new != old
    for claim in (old, new):
        found = desk.standing(claim)
        assert (found.claim, found.number, found.edit) == (new, number, {"actors": []})
    assert desk.state(new) == "edited"
    assert new not in desk.queue()
    desk.decide("ben", old, "accept")
    assert [row.who for row in desk.read(history, new)] == ["ana", "ben"]
    desk.put(stored("a", TEXT, piece="again"))
    assert (desk.state(old), desk.standing(new).claim) == ("accepted", old)
    desk.undo("ben")
    desk.undo("ana")
    assert desk.state(old) == "machine"
    assert [fault for fault in faults(store.database) if "review" in fault] == []


def test_spans_of_an_edit_are_where_its_words_stand_now(desk):
    old = desk.claims()[0]
    at = TEXT.index("مسلحين")
    desk.decide("ana", old, "edit", edit={"actors": [{"role": "patient", "start": at, "end": at + 6}]})
    desk.put(stored("a", BEFORE + TEXT))
    [actor] = desk.standing(old).edit["actors"]
    assert (actor["start"], actor["text"]) == (at + len(BEFORE), "مسلحين")


def test_a_claim_whose_words_are_gone_takes_its_decisions_with_it(desk, store):
    old = desk.claims()[0]
    desk.decide("ana", old)
    desk.put(stored("a", OTHER))
    with pytest.raises(InputError, match="there is no claim"):
        desk.standing(old)
    assert desk.rows("SELECT count(*) FROM review_states") == [(0,)]
    assert desk.rows("SELECT count(*) FROM reviews") == [(1,)]
    assert [fault for fault in faults(store.database) if "review" in fault] == []
    desk.put(stored("a", TEXT, piece="again"))
    assert desk.state(old) == "accepted"


def test_a_decision_on_a_claim_that_was_read_anew_otherwise_is_refused(desk):
    claim = desk.claims()[0]
    seen = desk.standing(claim).revision
    sql = "UPDATE claims SET data = replace(data, '\"min\": 3', '\"min\": 4') WHERE id = '" + claim + "'"
    desk.write(lambda connection: connection.exec_driver_sql(sql))
    with pytest.raises(Exception, match="not as it was when it was shown"):
        desk.decide("ana", claim, revision=seen)


def test_an_added_claim_goes_along_while_its_words_stand(desk):
    desk.add("ana", NEW)
    desk.put(stored("a", BEFORE + TEXT))
    [added] = desk.read(added_claims, "a")
    assert added.claim["evidence"][0]["start"] == NEW["evidence"][0]["start"] + len(BEFORE)
    desk.decide("ben", added.id, "edit", edit={"modality": "planned"})
    desk.put(stored("a", OTHER))
    assert desk.read(added_claims, "a") == []


OLD = Article(id="x", title="عن حماة", text="قتل اثنان في حماة. وقتل ثلاثة في حمص.")


def spans(*words):
    return [{"start": OLD.text.index(one), "end": OLD.text.index(one) + len(one)} for one in words]


MOVES = [
    (OLD.text, ["اثنان", "ثلاثة"], ["اثنان", "ثلاثة"]),
    ("اليوم " + OLD.text, ["اثنان", "ثلاثة"], ["اثنان", "ثلاثة"]),
    (OLD.text.replace("حماة", "مدينة حماة"), ["اثنان", "ثلاثة"], ["اثنان", "ثلاثة"]),
    (OLD.text + " وقتل ثلاثة في إدلب.", ["ثلاثة"], ["ثلاثة"]),
    ("وقتل ثلاثة في إدلب. " + OLD.text, ["اثنان", "ثلاثة"], ["اثنان", "ثلاثة"]),
    ("وقتل ثلاثة في إدلب. " + OLD.text, ["ثلاثة"], None),
    (OLD.text.replace("ثلاثة", "أربعة"), ["اثنان", "ثلاثة"], None),
]


@pytest.mark.parametrize(("text", "words", "found"), MOVES)
def test_spans_move_with_their_words_or_not_at_all(text, words, found):
    new = Article(id="x", title=OLD.title, text=text)
    moved = carried({"event": "harm.killed", "evidence": spans(*words), "time": None}, OLD, new)
    if found is None:
        assert moved is None
    else:
        assert [text[one["start"] : one["end"]] for one in moved["evidence"]] == found
        assert moved["evidence"][-1]["start"] == text.index(
            found[-1], text.index("حماة") if len(found) > 1 else 0
        )


def test_a_trigger_moves_in_the_part_of_its_evidence():
    new = Article(id="x", title="خبر عن حماة", text=OLD.text)
    evidence = [{"start": 0, "end": 7, "in": "title", "trigger": {"start": 3, "end": 7}}]
    assert carried({"evidence": evidence}, OLD, new) == {
        "evidence": [{"start": 4, "end": 11, "in": "title", "trigger": {"start": 7, "end": 11}}]
    }
