"""Review without a browser: what is shown, what a form stores, what is refused, and what a second coder must not learn."""

import re

import pytest
from sqlalchemy import text as sql

from marsad.store import put_articles
from marsad.store.reviewing import standing
from marsad.web.views.editing import edit_of, from_form, shaped
from stored import OTHER, TEXT, stored
from web.client import Browser, client, opened, workspace
from web.review_forms import PART, as_somebody, claims_of, current, edit_fields, sent, stored_reviews

__all__ = ["client", "workspace"]


def test_a_decision_stores_one_row_and_leads_to_the_next_claim(client, workspace):
    page = client.seen("/review?order=oldest")
    claim, _ = current(page)
    answer = sent(client, page, "/review/decide?order=oldest", decision="accept", note="نعم")
    assert answer.status_code == 303
    following = client.seen(answer.headers["location"])
    assert current(following)[0] != claim
    assert "Accepted. Z takes it back." in following
    assert [row[:2] for row in stored_reviews(workspace)] == [(claim, "accept")]
    assert stored_reviews(workspace)[0][5] == "نعم"


def test_with_scripts_the_answer_is_the_work_area_and_says_its_address(client):
    page = client.seen("/review")
    answer = sent(client, page, decision="unsure", headers=PART)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert answer.headers["hx-push-url"] == f"/review?claim={current(answer.text)[0]}"


def test_a_reason_alone_rejects(client, workspace):
    claim, _ = current(page := client.seen("/review"))
    sent(client, page, reason="wrong_place")
    assert stored_reviews(workspace)[0][:5] == (
        claim,
        "reject",
        stored_reviews(workspace)[0][2],
        "first",
        "wrong_place",
    )


def test_a_form_that_is_sent_twice_is_stored_once_and_told_what_happened(client, workspace):
    page = client.seen("/review")
    assert sent(client, page, decision="accept", headers=PART).status_code == 200
    again = sent(client, page, decision="reject", reason="other", note="مهم", headers=PART)
    assert again.status_code == 409
    assert "decided &#39;accept&#39;" in again.text
    assert "مهم" in again.text
    assert current(again.text)[0] == current(page)[0]
    assert current(again.text)[1] != current(page)[1]
    assert len(stored_reviews(workspace)) == 1
    assert sent(client, again.text, decision="unsure").status_code == 303
    assert [row[1] for row in stored_reviews(workspace)] == ["accept", "unsure"]


def test_an_edit_that_came_too_late_is_still_in_the_form(client, workspace):
    page = client.seen("/review?edit=1")
    sent(client, client.seen(f"/review?claim={current(page)[0]}"), decision="accept")
    fields = {**edit_fields(page), "polarity": "negated"}
    late = client.post("/review/decide", data={**fields, "token": client.form_token()})
    assert late.status_code == 409
    assert edit_fields(late.text)["polarity"] == "negated"


def test_undo_takes_the_last_decision_back_and_shows_its_claim(client, workspace):
    page = client.seen("/review")
    sent(client, page, decision="accept")
    answer = client.sent("/review/undo")
    assert current(client.seen(answer.headers["location"]))[0] == current(page)[0]
    assert [row[1] for row in stored_reviews(workspace)] == ["accept", "undo"]
    assert client.sent("/review/undo").status_code == 400


def test_the_form_of_a_claim_that_nobody_touched_changes_nothing(client, workspace):
    for claim in claims_of(workspace) + claims_of(workspace, "a2"):
        page = client.seen(f"/review?claim={claim}&edit=1")
        answer = client.post("/review/decide", data={**edit_fields(page), "token": client.form_token()})
        assert answer.status_code == 400
        assert "the edit changes nothing" in answer.text
    assert stored_reviews(workspace) == []


EDITS = {
    "event": ({"event": "fight.clash"}, {"event": "fight.clash"}),
    "polarity": ({"polarity": "negated"}, {"polarity": "negated"}),
    "no place": ({"place.drop": "yes"}, {"place": None}),
    "no source": ({"attribution.0.drop": "yes"}, {"attribution": []}),
    "day": ({"time.from": "2024-12-04", "time.to": "2024-12-05", "time.precision": "day"}, {"time": ("2024-12-04", "2024-12-05")}),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_holds_only_what_was_changed(client, workspace, name):
    changes, wanted = EDITS[name]
    page = client.seen(f"/review?claim={claims_of(workspace)[0]}&edit=1")
    answer = client.post(
        "/review/decide", data={**edit_fields(page), **changes, "token": client.form_token()}
    )
    assert answer.status_code == 303, answer.text
    with workspace.store.database.reading() as connection:
        edit = standing(connection, claims_of(workspace)[0]).edit
    found = {
        key: (value["from"], value["to"]) if key == "time" and value else value for key, value in edit.items()
    }
    assert found == wanted


WRONG = {
    "event": {"event": "no.such"},
    "evidence": {"evidence.0.end": "99999"},
    "time": {"time.from": "2024-12-05", "time.to": "2024-12-01"},
    "place": {"place.lat": "95.0", "place.start": "0", "place.end": "4"},
    "counts": {"counts.9.text": "x", "counts.9.start": "0", "counts.9.end": "4", "counts.9.kind": "killed", "counts.9.min": "9", "counts.9.max": "2"},
    "actors": {"actors.0.start": "seven"},
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_stored_is_told_at_its_field_and_kept(client, workspace, name):
    page = client.seen(f"/review?claim={claims_of(workspace)[0]}&edit=1")
    answer = client.post(
        "/review/decide", data={**edit_fields(page), **WRONG[name], "token": client.form_token()}
    )
    assert answer.status_code == 400
    fieldset = re.search(rf'<fieldset id="field-{name}"[^>]*>.*?</fieldset>', answer.text, re.S)[0]
    assert 'class="wrong"' in fieldset
    assert 'role="alert"' in fieldset
    for key, value in WRONG[name].items():
        assert edit_fields(answer.text).get(key.replace("counts.9", "counts.1"), value) == value or name in (
            "event",
            "counts",
        )
    assert stored_reviews(workspace) == []


def test_a_place_is_picked_from_the_gazetteer(client, workspace):
    part = client.seen("/review/places?q=إدلب")
    identity = re.search(r'name="place.pick" value="([^"]+)"', part)[1]
    page = client.seen(f"/review?claim={claims_of(workspace)[0]}&edit=1")
    fields = {**edit_fields(page), "place.pick": identity, "token": client.form_token()}
    assert client.post("/review/decide", data=fields).status_code == 303
    with workspace.store.database.reading() as connection:
        place = standing(connection, claims_of(workspace)[0]).edit["place"]
    known = workspace.names.place(identity)
    assert (place["id"], place["lat"], place["lon"], place["text"]) == (
        identity,
        known.lat,
        known.lon,
        "مدينة حماة",
    )
    assert "No place of this name" in client.seen("/review/places?q=غغغغ")


def test_the_codebook_is_quoted_beside_the_event(client):
    assert "codebook#strike.air" in client.seen("/review/event?event=strike.air")
    assert client.get("/review/event?event=no.such").status_code == 404


def test_a_selection_becomes_a_claim_that_can_be_completed(client, workspace):
    fields = {
        "article": "a1",
        "start": "0",
        "end": "4",
        "in": "text",
        "event": "say.demand",
        "polarity": "affirmed",
        "modality": "actual",
    }
    answer = client.sent("/review/add", **fields)
    page = client.seen(answer.headers["location"])
    assert edit_fields(page)["event"] == "say.demand"
    assert stored_reviews(workspace)[0][1] == "add"
    assert "added by a person" in client.seen("/articles/a1")
    edited = client.post(
        "/review/decide", data={**edit_fields(page), "polarity": "negated", "token": client.form_token()}
    )
    assert edited.status_code == 303
    for wrong in (
        {"start": "9", "end": "4"},
        {"end": str(len(TEXT) + 1)},
        {"start": "x"},
        {"event": "no"},
        {"article": "none"},
    ):
        assert client.sent("/review/add", **{**fields, **wrong}).status_code == 400


def test_two_people_are_not_given_the_same_claim(workspace):
    with as_somebody(workspace, "رنا") as one, as_somebody(workspace, "Sami") as other:
        first = current(one.seen("/review"))[0]
        assert current(other.seen("/review"))[0] != first
        assert "رنا" in other.seen(f"/review?claim={first}")
        assert first not in re.findall(r"claim=([0-9a-f]{16})", other.seen("/review"))


def test_one_can_go_on_and_back(client):
    page = client.seen("/review?order=oldest")
    first = current(page)[0]
    step = re.search(r'data-key="KeyJ" href="([^"]+)"', page)[1].replace("&amp;", "&")
    page = client.seen(step)
    assert current(page)[0] != first
    assert f'data-key="KeyK" href="/review?order=oldest&amp;claim={first}"' in page
    article = re.search(r'data-key="Shift\+KeyJ" href="([^"]+)"', page)
    assert article


def test_filters_narrow_what_waits_and_stay_in_every_address(client, workspace):
    page = client.seen("/review?article=a2&order=oldest")
    assert current(page)[0] in claims_of(workspace, "a2")
    assert 'action="/review/decide?article=a2&amp;order=oldest"' in page
    assert "Nothing waits" in client.seen("/review?event=law.sanction")
    for wrong in ("part=third", "order=none", "event=none", "since=soon"):
        assert client.get(f"/review?{wrong}").status_code == 400


def test_an_empty_queue_says_so(client, workspace):
    for _ in range(50):
        page = client.seen("/review")
        if "Nothing waits" in page:
            break
        sent(client, page, decision="accept")
    assert "Nothing waits" in page
    assert sorted(row[0] for row in stored_reviews(workspace)) == sorted(
        claims_of(workspace) + claims_of(workspace, "a2")
    )


def test_what_is_not_there_is_said(client):
    assert client.get("/review?claim=none").status_code == 404
    assert client.sent("/review/decide", claim="none", decision="accept").status_code in (400, 404)


def test_a_viewer_cannot_review(tmp_path):
    from marsad.store.users import add_user

    with opened(tmp_path / "desk", [stored("a1")], token="t") as made, Browser(made) as browser:
        with made.store.database.writing() as connection:
            token = add_user(connection, "Noor", "viewer")
        browser.get("/login", params={"token": token})
        assert browser.get("/review").status_code == 403
        assert "/review/add" not in browser.seen("/articles/a1")


def test_a_long_article_is_shown_around_the_claim_and_the_rest_is_told(tmp_path):
    filler = "كلام آخر. " * 6000
    article = stored("long", f"{TEXT}\n{filler}\n{OTHER}")
    with opened(tmp_path / "desk", [article], reconciled=False) as made, Browser(made) as browser:
        claims = claims_of(made, "long")
        pages = [browser.seen(f"/review?claim={claim}") for claim in (claims[0], claims[-1])]
    told = [[int(number.replace(",", "")) for number in re.findall(r"Characters (?:before|after) this that are not shown here: ([0-9,]+)", page)] for page in pages]  # fmt: skip
    assert [len(numbers) for numbers in told] == [1, 1]
    for page, numbers in zip(pages, told, strict=True):
        shown = "".join(
            re.sub("<[^>]*>", "", words) for words in re.findall(r'data-in="text"[^>]*>(.*?)</p>', page, re.S)
        )
        assert len(shown) + numbers[0] == pytest.approx(len(article.article.text), abs=2)  # the ends of lines
        assert 'id="claim-1"' in page


def test_a_form_gives_back_what_it_was_given(workspace):
    import json

    with workspace.store.database.reading() as connection:
        rows = [json.loads(data) for data in connection.scalars(sql("SELECT data FROM claims"))]
    for row in rows:
        assert edit_of(shaped(row), row) == {}
        assert edit_of(shaped(row), {}, all_of_it=True) == shaped(row)
    assert (
        from_form([("event", "x"), ("actors.0.text", "y"), ("actors.0.drop", "yes")], lambda _: None)[
            "actors"
        ]
        == []
    )


def test_articles_that_come_meanwhile_are_reviewed_too(client, workspace):
    page = client.seen("/review?order=newest")
    with workspace.store.database.writing() as connection:
        put_articles(connection, [stored("a3", published="2025-01-01")], None)
    answer = sent(client, page, "/review/decide?order=newest", decision="accept")
    assert answer.status_code == 303
