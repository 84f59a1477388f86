"""Settling what two coders decided differently."""

import re
from dataclasses import replace

import pytest

from reviewed import Desk
from web.client import Browser, client, workspace

__all__ = ["client", "workspace"]

REVISION = re.compile(r'name="revision" value="([^"]*)"')
CLAIM = re.compile(r'name="claim" value="([0-9a-f]{16})"')
PART = {"hx-request": "true", "hx-request-type": "partial"}


@pytest.fixture
def desk(workspace):
    """Two coders who differ about two claims and agree about a third."""
    made = Desk(workspace.store)
    made.twice(100)
    one, two, three = made.claims()[:3]
    made.decide("ana", one, "edit", edit={"polarity": "negated", "event": "strike.shelling"})
    made.decide("ben", one, "edit", part="second", edit={"polarity": "negated", "event": "strike.air"})
    made.decide("ana", two, "reject", reason="duplicate", note="قيل من قبل")
    made.decide("ben", two, "accept", part="second")
    made.decide("ana", three, "accept")
    made.decide("ben", three, "accept", part="second")
    return made


def form(client, claim):
    page = client.seen(f"/adjudicate?claim={claim}")
    return {"claim": CLAIM.search(page)[1], "revision": REVISION.search(page)[1]}


def test_only_what_differs_is_listed_and_only_differing_fields_are_marked(client, desk):
    one, _, three = desk.claims()[:3]
    page = client.seen(f"/adjudicate?claim={one}")
    differing = re.findall(r'<tr class="differs"><th scope="row">([^<]+)<', page)
    assert differing == ["Event"], "both made it negated: that is settled"
    assert page.count("<h1") == 1
    assert 'data-key="Digit1"' in page
    assert 'data-key="Digit3"' in page
    assert "No two coders differ about this claim" in client.seen(f"/adjudicate?claim={three}")
    assert "ana" in page.split('class="coders"')[1].split("</details>")[0]
    assert "ana" not in page.split('class="coders"')[0].split("<main")[1]


def test_a_field_that_only_one_changed_is_shown_where_the_other_would_not_keep_the_claim(client, desk):
    page = client.seen(f"/adjudicate?claim={desk.claims()[1]}")
    assert "not kept" in page or "Rejected" in page
    assert "قيل من قبل" in page


SIDES = {
    "a": ("edit", {"polarity": "negated", "event": "strike.shelling"}),
    "b": ("edit", {"polarity": "negated", "event": "strike.air"}),
}


@pytest.mark.parametrize("side", SIDES)
def test_one_side_is_taken_as_it_is(client, desk, side):
    claim = desk.claims()[0]
    answer = client.sent("/adjudicate/decide", **form(client, claim), side=side)
    assert (answer.status_code, answer.headers["location"]) == (303, "/adjudicate?said=settled")
    found = desk.standing(claim, "adjudication")
    assert (found.decision, found.edit) == SIDES[side]
    assert desk.state(claim) == "final"


def test_a_rejection_is_taken_with_its_reason(client, desk):
    claim = desk.claims()[1]
    assert client.sent("/adjudicate/decide", **form(client, claim), side="a").status_code == 303
    found = desk.standing(claim, "adjudication")
    assert (found.decision, found.reason) == ("reject", "duplicate")


def test_neither_needs_a_note_and_what_was_written_is_kept(client, desk):
    claim = desk.claims()[0]
    fields = form(client, claim)
    refused = client.sent("/adjudicate/decide", **fields, side="machine")
    assert refused.status_code == 400
    assert "says why in a note" in refused.text
    assert desk.state(claim) == "conflict"
    refused = client.sent("/adjudicate/decide", **fields, side="nobody", note="<b>كذا</b>")
    assert refused.status_code == 400
    assert "&lt;b&gt;كذا" in refused.text
    assert client.sent("/adjudicate/decide", **fields, side="machine", note="كما في النص").status_code == 303
    found = desk.standing(claim, "adjudication")
    assert (found.decision, found.note) == ("accept", "كما في النص")


def fields_of(page):
    """What a browser would send of the form in which a claim is corrected."""
    whole = page.split("data-editing")[1].split("</form>")[0]
    whole = re.sub(r'<input type="checkbox"[^>]*>', "", whole)  # none of them is ticked
    found = dict(re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', whole))
    for name, body in re.findall(r'<select [^>]*?name="([^"]+)"[^>]*>(.*?)</select>', whole, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body) or re.search(
            r'<option value="([^"]*)"', body
        )
        found[name] = chosen[1]
    return {name: value for name, value in found.items() if name != "token"}


def test_a_result_of_ones_own_begins_with_what_both_have(client, desk):
    claim = desk.claims()[0]
    page = client.seen(f"/adjudicate?claim={claim}&edit=1")
    assert 'action="/adjudicate/decide"' in page
    sent = fields_of(page)
    assert sent["polarity"] == "negated", "both have it so"
    answer = client.sent("/adjudicate/decide", **{**sent, "event": "blast.explosion", "note": "انفجار"})
    assert answer.status_code == 303, answer.text
    assert desk.standing(claim, "adjudication").edit == {"polarity": "negated", "event": "blast.explosion"}


def test_an_edit_that_cannot_be_is_refused_and_nothing_typed_is_lost(client, desk):
    claim = desk.claims()[0]
    sent = {**fields_of(client.seen(f"/adjudicate?claim={claim}&edit=1")), "event": "war", "note": "مهم"}
    answer = client.sent("/adjudicate/decide", **sent)
    assert answer.status_code == 400
    assert "مهم" in answer.text
    assert "data-editing" in answer.text


def test_somebody_who_was_quicker_is_told_of(client, desk):
    claim = desk.claims()[0]
    fields = form(client, claim)
    desk.decide("zoe", claim, "accept", part="adjudication", note="رأيي")
    answer = client.sent("/adjudicate/decide", **fields, side="a")
    assert answer.status_code == 409
    assert "zoe" in answer.text
    assert desk.rows("SELECT count(*) FROM reviews WHERE part = 'adjudication'") == [(1,)]
    again = client.sent("/adjudicate/decide", **form(client, desk.claims()[1]), side="b")
    assert again.status_code == 303


def test_the_same_form_twice_is_stored_once(client, desk):
    fields = form(client, desk.claims()[0])
    codes = [client.sent("/adjudicate/decide", **fields, side="a").status_code for _ in range(2)]
    assert codes == [303, 409]


def test_with_scripts_the_next_claim_is_the_answer(client, desk):
    first = form(client, "")["claim"]
    fields = {"token": client.form_token(), **form(client, first), "side": "a"}
    answer = client.post("/adjudicate/decide", data=fields, headers=PART)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    following = CLAIM.search(answer.text)[1]
    assert following != first
    assert answer.headers["hx-push-url"] == f"/adjudicate?claim={following}"
    assert "data-tell" in answer.text
    fields = {"token": client.form_token(), **form(client, following), "side": "b"}
    assert "No two coders differ" in client.post("/adjudicate/decide", data=fields, headers=PART).text


def test_what_was_settled_last_is_taken_back(client, desk, workspace):
    assert client.sent("/adjudicate/undo").status_code == 400
    claim = desk.claims()[0]
    client.sent("/adjudicate/decide", **form(client, claim), side="a")
    desk.decide(workspace_name(client), desk.claims("b")[0])  # a first coding is no settling
    answer = client.sent("/adjudicate/undo")
    assert answer.headers["location"] == f"/adjudicate?claim={claim}&said=undo"
    assert desk.state(claim) == "conflict"
    assert client.sent("/adjudicate/undo").status_code == 400


def workspace_name(client):
    return re.search(r"<strong><bdi[^>]*>([^<]+)<", client.seen("/me"))[1]


def test_coders_do_not_see_what_others_decided(workspace, desk):
    from marsad.store.users import add_user

    with workspace.store.database.writing() as connection:
        token = add_user(connection, "ben", "coder")
    with Browser(replace(workspace, token="t")) as browser:
        browser.get(f"/login?token={token}")
        browser.seen("/adjudicate", 403)
        assert "ana" not in browser.seen("/agreement")


def test_hostile_words_change_nothing(client, desk):
    claim = desk.claims()[2]
    desk.decide("ana", claim, "reject", note="<script>alert(1)</script>\u202e")
    page = client.seen(f"/adjudicate?claim={claim}")
    assert "<script>alert" not in page
    client.seen("/adjudicate?claim=nothing", 404)
