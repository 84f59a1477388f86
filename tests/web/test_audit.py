"""The log of who did what, as a page and in other forms; and finding out that somebody changed it."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from sqlalchemy import text

from marsad.store.audit import note
from marsad.store.reads.audit import Asked, audit_count, audit_page, audit_rows, audit_values
from reviewed import Desk
from web.client import client, workspace

__all__ = ["client", "workspace"]

HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> \u202e\x00"


@pytest.fixture
def told(workspace):
    """A log of 150 rows by two people, one of them with a hostile name."""
    with workspace.store.database.writing() as connection:
        for number in range(150):
            who = "ana" if number % 3 else "سلمى"
            note(connection, "review", str(number), {"claim": f"c{number}", "decision": "accept"}, who)
        note(connection, "settings", HOSTILE.replace("\x00", ""), {"x": HOSTILE.replace("\x00", "")}, "eve")
    return workspace


def test_the_log_is_read_newest_first_in_pages(client, told):
    page = client.seen("/audit")
    assert page.index('id="row-151"') < page.index('id="row-150"')
    assert 'id="row-1"' not in page
    with told.store.database.reading() as connection:
        numbers = [row.id for row in audit_rows(connection, Asked())]
        assert numbers == list(range(numbers[0], 0, -1))
        assert audit_count(connection, Asked()) == len(numbers)
        assert [row.id for row in audit_page(connection, Asked(), 10, 3)] == [9, 8, 7]
        assert set(audit_values(connection)[0]) >= {"ana", "eve", "سلمى"}
    part = client.seen("/audit?after=20", headers={"hx-request": "true"})
    assert "<html" not in part
    assert 'id="row-19"' in part


NARROWED = {"who=ana": 100, "who=سلمى": 50, "action=settings": 1, "subject=7": 1, "since=2999-01-01": 0, "until=2000-01-01": 0,
            "who=ana&action=settings": 0, "since=2000-01-01&until=2999-01-01&who=eve": 1}  # fmt: skip


@pytest.mark.parametrize(("query", "count"), NARROWED.items())
def test_the_log_is_narrowed(client, told, query, count):
    rows = client.get(f"/audit.json?{query}").json()["audit"]
    assert len(rows) == count
    assert f'Rows: <strong><bdi dir="ltr">{count}</bdi></strong>' in client.seen(f"/audit?{query}")


@pytest.mark.parametrize("query", ["since=yesterday", "until=2024-13-01", "after=-1", "after=x"])
def test_what_is_no_day_or_number_is_refused(client, query):
    client.seen(f"/audit?{query}", 400)


def test_twins_carry_every_row_and_nothing_hostile(client, told):
    table = client.get("/audit.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) > 150
    hostile = next(row for row in rows if row["who"] == "eve")
    assert hostile["subject"].startswith("'=")
    lines = [json.loads(line) for line in client.get("/audit.jsonl").text.splitlines()]
    assert lines[0]["data"] == {"x": HOSTILE.replace("\x00", "")}
    feed = ET.fromstring(client.get("/audit.atom").content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) > 100
    assert "<script>alert" not in client.seen("/audit")
    client.seen("/audit.xml", 404)


def test_the_chain_is_checked_on_demand(client, told):
    assert "none is missing" in client.sent("/audit/check").text
    with told.store.database.writing() as connection:
        for trigger in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
        ).scalars():
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE audit SET who = 'bob' WHERE id = 7"))
        connection.execute(text("DELETE FROM audit WHERE id = 9"))
    page = client.sent("/audit/check").text
    assert "row 7 was changed" in page
    assert "rows 9 to 9 are missing" in page


def test_a_long_chain_is_checked_in_the_background(client, told, monkeypatch):
    monkeypatch.setattr("marsad.store.reads.audit._LONGEST_CHAIN", 10)
    answer = client.sent("/audit/check")
    assert answer.headers["location"].startswith("/health#chore-")
    assert told.chores.all()[0].command == ("store", "check")


def test_who_codes_a_second_time_is_not_told_of_the_first_decision_here_either(client, workspace):
    desk = Desk(workspace.store)
    desk.twice(100)
    one, two = desk.claims()[:2]
    desk.decide("ana", one, "reject", reason="duplicate")
    desk.decide("ana", two, "reject", reason="duplicate")
    desk.decide("ben", two, "unsure", part="second")
    client.sent("/me", who="ben")

    def told():
        rows = client.get("/audit.jsonl?action=review").text.splitlines()
        return {(row["data"]["claim"], row["who"]): row["data"]["decision"] for row in map(json.loads, rows)}

    before = told()
    assert before[one, "ana"] == "withheld: second coding"
    assert (before[two, "ana"], before[two, "ben"]) == ("reject", "unsure")
    page = client.seen("/audit?action=review")
    assert page.count("withheld: second coding") >= 1
    desk.decide("ben", one, "accept", part="second")
    assert told()[one, "ana"] == "reject"
