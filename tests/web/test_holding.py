"""Holding back from exports in the workspace: by whom, why, and where it shows."""

import pytest
from sqlalchemy import text as sql

from marsad.store.sensitive import held_back
from web.client import client, workspace

__all__ = ["client", "workspace"]


def held(workspace):
    with workspace.store.database.reading() as connection:
        return held_back(connection)


def claim_of(workspace, article="a1"):
    with workspace.store.database.reading() as connection:
        query = sql("SELECT id FROM claims WHERE article = :a ORDER BY number")
        return connection.scalars(query, {"a": article}).first()


def test_an_article_is_held_back_with_a_reason_and_released(client, workspace):
    page = client.seen("/articles/a1")
    assert "Hold this article back from exports" in page
    assert "Held back from exports" not in page
    answer = client.sent("/hold", kind="article", id="a1", deed="hold", why="<b>تحت الحظر</b>\u202e")
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/a1")
    page = client.seen("/articles/a1")
    assert "Held back from exports" in page
    assert "&lt;b&gt;تحت الحظر" in page
    assert "Let it go out with exports again" in page
    assert "محجوب عن التصدير" in client.seen("/articles/a1?lang=ar")
    assert held(workspace).articles == {"a1"}
    client.sent("/hold", kind="article", id="a1", deed="release", why="over")
    assert held(workspace).articles == frozenset()


def test_a_claim_is_held_back_beside_its_review_and_shows_in_its_article(client, workspace):
    claim = claim_of(workspace)
    page = client.seen(f"/review?order=oldest&claim={claim}")
    assert 'action="/hold?order=oldest"' in page
    answer = client.sent("/hold?order=oldest", kind="claim", id=claim, deed="hold", why="names a witness")
    assert answer.headers["location"] == f"/review?order=oldest&claim={claim}"
    page = client.seen(answer.headers["location"])
    assert "names a witness" in page
    assert client.seen("/articles/a1").count("Held back from exports") == 1
    assert held(workspace).claims == {claim}


def test_a_claim_says_that_its_article_is_held_back(client, workspace):
    client.sent("/hold", kind="article", id="a1", deed="hold", why="why")
    assert "Its article is held back from exports" in client.seen(f"/review?claim={claim_of(workspace)}")
    assert "Its article is held back" not in client.seen(f"/review?claim={claim_of(workspace, 'a2')}")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "article", "id": "a1", "deed": "hold", "why": " "},
        {"kind": "article", "id": "none", "deed": "hold", "why": "why"},
        {"kind": "article", "id": "a1", "deed": "release", "why": "why"},
        {"kind": "outlet", "id": "a1", "deed": "hold", "why": "why"},
        {"kind": "article", "id": "a1", "deed": "burn", "why": "why"},
        {},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stored(client, workspace, fields):
    assert client.sent("/hold", **fields).status_code == 400
    assert held(workspace).articles == frozenset()


def test_the_log_names_who_did_it(client):
    client.sent("/hold", kind="article", id="a1", deed="hold", why="why")
    page = client.seen("/audit")
    assert "held back from exports" in page


def test_who_may_only_look_cannot_hold_back(client, workspace, monkeypatch):
    token = client.form_token()
    monkeypatch.setattr("marsad.web.sessions.Session.may", lambda self, role: role == "reader")
    page = client.get("/articles/a1").text
    assert "/hold" not in page
    answer = client.post("/hold", data={"token": token, "kind": "article", "id": "a1", "deed": "hold", "why": "why"})  # fmt: skip
    assert answer.status_code == 403
    assert held(workspace).articles == frozenset()
