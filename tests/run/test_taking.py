"""What comes out of a project for an export: everything once, as people decided it, and what is left out is counted."""

from types import SimpleNamespace

import pytest

from marsad.errors import InputError
from marsad.model.incident_json import incident_to_json
from marsad.model.jsonl import claim_to_json
from marsad.run.controlling import control_kit
from marsad.run.reconciling import load_knowledge
from marsad.run.taking import ORDER, Taking
from marsad.run.tying import Tying
from marsad.store import claim_of, tables
from marsad.store.incidents import incident_of
from marsad.store.reads import Filters
from marsad.store.sensitive import hold_back
from reviewed import NEW, Desk
from stored import OTHER, TEXT, stored

WITNESS = "قال سالم الحلبي إن القصف على إدلب قتل خمسة مدنيين. وأعلن الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة أمس."


@pytest.fixture(scope="module")
def known():
    return SimpleNamespace(knowledge=load_knowledge(None), kit=control_kit(None))


@pytest.fixture
def desk(store, known):
    made = Desk(store, [stored("a"), stored("b", OTHER), stored("c", TEXT, outlet="وكالة الجبل")])
    made.tie = lambda: Tying(store=store, knowledge=known.knowledge, kit=known.kit).run()
    made.tie()
    return made


def taken(desk, *kinds, filters=None, **how):
    with desk.store.database.reading() as connection:
        taking = Taking(connection, filters or Filters(), **how)
        return [record for _, record in taking.records(kinds or ORDER[:3])], taking.left


def test_every_incident_and_every_claim_comes_once_as_it_is_stored(desk):
    records, left = taken(desk)
    incidents = {one.id: one for one in records if hasattr(one, "claims") and hasattr(one, "rejected")}
    with desk.store.database.reading() as connection:
        for row in connection.execute(tables.incidents.select()):
            data = incident_to_json(incident_of(row.data))
            one = incidents.pop(row.id)
            assert {name: one.data[name] for name in data if name != "claims"} == {
                name: data[name] for name in data if name != "claims"
            }
            assert [claim.id for claim in one.claims] == [claim["id"] for claim in data["claims"]]
            # What is passed on untouched is no field that was forgotten.
            assert [set(claim) for claim in one.data["claims"]] == [set(claim) for claim in data["claims"]]
    assert incidents == {} and left.out == {}
    claims = [claim for one in records if hasattr(one, "text") for claim in one.claims]
    assert sorted(claim.id for claim in claims) == sorted(
        desk.claims("a") + desk.claims("b") + desk.claims("c")
    )
    assert all(claim.incident and claim.root and claim.says for claim in claims)
    assert left.taken["claims"] == len(claims)


def test_a_claim_has_all_that_the_program_writes_of_it(desk):
    records, _ = taken(desk, "articles")
    for record in records:
        read = [claim_of(row["data"], record.head.id) for row in stored(record.head.id, record.text).claims]
        assert [set(claim.data) for claim in record.claims] == [{*claim_to_json(one)} for one in read]


def test_quotes_are_the_words_of_the_article(desk):
    records, _ = taken(desk, "articles")
    for record in records:
        for claim in record.claims:
            span = claim.data["evidence"][0]
            whole = record.head.title if span.get("in") == "title" else record.text
            assert claim.quote == whole[span["start"] : span["end"]] != ""


def test_records_of_two_goings_through_are_equal(desk):
    assert taken(desk)[0] == taken(desk)[0]


def test_what_people_rejected_is_left_out_and_what_they_corrected_is_corrected(desk):
    first, second, third = desk.claims("a")
    desk.decide("ana", first, "reject", note="لا")
    desk.decide("ana", second, "edit", edit={"modality": "possible"})
    desk.decide("ana", third)
    records, left = taken(desk)
    article = next(one for one in records if hasattr(one, "text") and one.head.id == "a")
    assert [(claim.id, claim.review, claim.data["modality"]) for claim in article.claims] == [
        (second, "edited", "possible"), (third, "accepted", "actual"),
    ]  # fmt: skip
    assert left.out["claims rejected"] == 1
    for one in records:
        if hasattr(one, "rejected"):
            assert first not in {claim.id for claim in one.claims} | {
                claim["id"] for claim in one.data["claims"]
            }
            assert [claim.id for claim in one.claims] == [claim["id"] for claim in one.data["claims"]]
            corrected = [claim.data["modality"] for claim in one.claims if claim.id == second]
            assert corrected in ([], ["possible"])


def test_an_incident_says_how_much_of_it_people_saw(desk):
    for claim in desk.claims("b"):
        desk.decide("ana", claim)
    desk.decide("ana", desk.claims("a")[0])
    reviews = {}
    for one in taken(desk, "incidents")[0]:
        decided = [claim.review != "machine" for claim in one.claims]
        assert one.reviewed == sum(decided)
        assert one.review == ("reviewed" if all(decided) else "partly" if any(decided) else "machine")
        reviews[one.review] = one
    assert set(reviews) == {"machine", "partly", "reviewed"}


def test_an_incident_whose_claims_were_all_rejected_is_left_out_and_counted(desk):
    for claim in desk.claims("b"):
        desk.decide("ana", claim, "reject", note="لا")
    records, left = taken(desk, "incidents")
    assert all(claim.head.id != "b" for one in records for claim in one.claims)
    assert left.out["incidents whose claims were all rejected"] > 0


def test_claims_that_people_added_come_behind_those_of_the_machine(desk):
    desk.add("ana", NEW)
    records, _ = taken(desk, "articles")
    article = next(one for one in records if one.head.id == "a")
    *machine, added = article.claims
    assert [claim.id for claim in machine] == desk.claims("a")
    assert (added.review, added.incident, added.data["event"]) == ("added", None, NEW["event"])
    assert [claim.number for claim in article.claims] == list(range(len(article.claims)))


@pytest.mark.parametrize("kind", ["claim", "article"])
def test_what_is_held_back_stays_unless_it_is_asked_for(desk, kind):
    subject = desk.claims("b")[0] if kind == "claim" else "b"
    desk.write(hold_back, kind, subject, "ana", "names a witness")
    hidden = {subject} if kind == "claim" else set(desk.claims("b"))
    records, left = taken(desk)
    shown = {claim.id for one in records for claim in getattr(one, "claims", ())}
    assert not shown & hidden
    assert left.out["incidents held back"] > 0 and left.out[f"{kind}s held back"] == 1
    everything, _ = taken(desk, sensitive=True)
    assert hidden <= {claim.id for one in everything for claim in getattr(one, "claims", ())}


def test_filters_narrow_incidents_and_claims(desk):
    filters = Filters(event=("territory.control",))
    records, _ = taken(desk, filters=filters)
    assert {one.data["event"] for record in records if hasattr(record, "text") for one in record.claims} == {
        "territory.control"
    }
    events = [one.data["events"] for one in records if hasattr(one, "rejected")]
    assert events and all("territory.control" in one for one in events)


def test_a_private_person_who_is_quoted_is_marked(store, known):
    desk = Desk(store, [stored("w", WITNESS)])
    Tying(store=store, knowledge=known.knowledge, kit=known.kit).run()
    [record] = taken(desk, "articles")[0]
    named = {WITNESS[start:end] for claim in record.claims for _, start, end in claim.private}
    assert named and all("سالم" in name for name in named)
    others = [
        claim
        for claim in record.claims
        if claim.data["attribution"] and claim.data["attribution"][0]["kind"] != "person"
    ]
    assert others and all(claim.private == () for claim in others)


def test_changes_tell_of_what_is_there_and_what_is_gone(desk):
    before = {one.id for one in taken(desk, "incidents")[0]}
    told, _ = taken(desk, "changes")
    assert {one.id for one in told} == before and {one.what for one in told} == {"added"}
    assert all(one.incident is not None and one.incident.id == one.id for one in told)
    moment = max(one.at for one in told)
    assert taken(desk, "changes", since=moment)[0] == []
    desk.put(stored("b", "لا خبر اليوم."))
    desk.tie()
    later, _ = taken(desk, "changes", since=moment)
    gone = {one.id for one in later if one.incident is None}
    assert gone and gone == before - {one.id for one in taken(desk, "incidents")[0]}


def test_a_moment_that_is_none_is_refused(desk):
    with pytest.raises(InputError, match="yesterday"):
        taken(desk, "changes", since="yesterday")
