"""Outlets and feeds as pages, and the forms that change feeds."""

import json
from xml.etree import ElementTree

import pytest

from marsad.feeds import FeedState, to_row
from marsad.store import tables
from marsad.store.feeds import add_feed, want
from web.client import Browser, client, opened, workspace
from web.known import HOSTILE, desk, looking

__all__ = ["client", "desk", "looking", "workspace"]
FEED, ODD = "https://example.org/feed.xml", 'https://example.org/?a=1&b="<x>"'


def rows_of(looking, query=""):
    return json.loads(looking.seen(f"/outlets.json?{query}"))["outlets"]


def test_the_list(looking):
    rows = rows_of(looking)
    assert sum(row["articles"] for row in rows) == 6
    sana = next(row for row in rows if row["id"] == "سانا")
    assert (sana["label"], sana["country"], sana["ownership"]) == ("SANA", "SY", "state")
    assert {row["label"] for row in rows if row["id"] == HOSTILE} == {None}
    page = looking.seen("/outlets?lang=en")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert page.count("<h1") == 1
    assert {row["id"] for row in rows_of(looking, "q=سانا")} == {"سانا"}
    assert {row["id"] for row in rows_of(looking, "country=SY")} == {"سانا"}
    for sort in ("incidents", "last", "name"):
        assert len(rows_of(looking, f"sort={sort}")) == len(rows)
    assert "sort=odd is none of" in looking.seen("/outlets?sort=odd", 400)


def test_tables_hold_no_formula(looking):
    text = looking.seen("/outlets.csv")
    assert text.startswith("\ufeff")
    assert all(not line.startswith(("=", "+", "-", "@")) for line in text.splitlines())


@pytest.fixture
def fed(client, workspace):
    """A browser, and a workspace that watches two feeds."""
    with workspace.store.database.writing() as connection:
        add_feed(connection, FEED, to_row(FeedState(address=FEED, outlet="نهر", failures=3)), "نهر")
        add_feed(connection, ODD, to_row(FeedState(address=ODD)), "")
        want(connection, FEED, {"https://example.org/1": {}, "https://example.org/2": {}})
    return client


def feeds(workspace):
    with workspace.store.database.reading() as connection:
        return {row.id: bool(row.paused) for row in connection.execute(tables.feeds.select())}


def logged(workspace):
    with workspace.store.database.reading() as connection:
        audit = tables.audit.c
        query = audit.id.table.select().where(audit.action.like("feed%")).order_by(audit.id)
        return [(row.action, row.subject) for row in connection.execute(query)]


def test_feeds_and_how_they_are(fed):
    page = fed.seen("/outlets?lang=en")
    assert "health-failing" in page and "health-new" in page
    assert "times in a row: 3" in page
    assert "?a=1&amp;b=&#34;&lt;x&gt;&#34;" in page
    tree = ElementTree.fromstring(fed.seen("/outlets.opml"))
    assert [one.get("xmlUrl") for one in tree.iter("outline")] == [ODD, FEED]
    assert [one.get("text") for one in tree.iter("outline")] == [ODD, "نهر"]


def test_feeds_are_paused_resumed_and_dropped(fed, workspace):
    for todo in ("pause", "pause", "resume"):
        answer = fed.sent("/outlets/feeds", do=todo, address=FEED)
        assert (answer.status_code, answer.headers["location"]) == (303, "/outlets#feeds")
        assert feeds(workspace)[FEED] is (todo == "pause")
    fed.sent("/outlets/feeds", do="drop", address=FEED)
    assert feeds(workspace) == {ODD: False}
    with workspace.store.database.reading() as connection:
        assert connection.execute(tables.wanted.select()).all() == []
    assert logged(workspace)[2:] == [("feed paused", FEED), ("feed resumed", FEED), ("feed dropped", FEED)]
    answer = fed.sent("/outlets/feeds", do="pause", address=FEED)
    assert answer.status_code == 400
    assert "no feed that is watched" in answer.text


def test_an_address_is_handed_to_ingest(fed, workspace, monkeypatch):
    asked = []
    monkeypatch.setattr(
        type(workspace.chores), "ask", lambda self, *command, who: asked.append((command, who))
    )
    assert fed.sent("/outlets/feeds", do="add", address=" https://example.org/new.xml ").status_code == 303
    assert [command for command, _ in asked] == [("ingest", "https://example.org/new.xml")]
    for bad in (
        "--help",
        "file:///etc/passwd",
        "",
        "https://a b",
        "javascript:alert(1)",
        "https://" + "a" * 3000,
    ):
        answer = fed.sent("/outlets/feeds", do="add", address=bad)
        assert answer.status_code == 400, bad
    assert fed.sent("/outlets/feeds", do="odd", address=FEED).status_code == 400
    assert len(asked) == 1
    assert fed.post("/outlets/feeds", data={"do": "drop", "address": FEED}).status_code == 403
    assert FEED in feeds(workspace)


def test_only_admins_change_feeds(tmp_path):
    from marsad.store.users import add_user

    with opened(tmp_path / "desk", token="t" * 20) as made:
        with made.store.database.writing() as connection:
            add_feed(connection, FEED, to_row(FeedState(address=FEED)), "")
            token = add_user(connection, "coder", "coder")
        with Browser(made) as browser:
            browser.get(f"/login?token={token}")
            if browser.get("/outlets").status_code != 200:
                browser.post("/login", data={"given": token, "token": ""})
            page = browser.seen("/outlets")
            assert FEED in page
            assert 'action="/outlets/feeds"' not in page
            assert browser.sent("/outlets/feeds", do="drop", address=FEED).status_code == 403
        assert feeds(made) == {FEED: False}
