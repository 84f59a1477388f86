"""A list in other forms: what spreadsheets, maps and feed readers make of hostile rows."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import anyio
import pytest

from marsad.web.twins import FORMS, Listing, in_turn, twin
from marsad.web.visit import NotFound
from web.client import BASE, Browser, client, workspace

__all__ = ["client", "workspace"]

ROWS = [
    {"id": "i1", "title": "<script>alert(1)</script> & \u202e\x07", "lon": 36.7, "lat": 35.1, "killed": 3, "sure": True, "sides": ["=a", "b"], "changed": "2024-12-06T10:00:00.000+00:00"},
    {"id": "i2", "title": "=HYPERLINK(\"http://evil.example\")", "lon": None, "lat": None, "killed": -3, "sure": None, "sides": [], "changed": "2024-12-05"},
    {"id": "i3", "title": "@x\n\"y\", ع \ud800", "lon": 36.0, "lat": None, "killed": None, "sure": False, "sides": ["c"], "changed": ""},
]  # fmt: skip
COLUMNS = ("id", "title", "lon", "lat", "killed", "sure", "sides")


@pytest.fixture
def taken(workspace, monkeypatch):
    """The rows above under ``/listed.FORM``."""

    def page(visit):
        listing = Listing(
            name="listed", path="/listed", columns=COLUMNS, rows=lambda: iter(ROWS), page=lambda row: f"/listed/{row['id']}",
            title=lambda row: row["title"],
        )  # fmt: skip
        return twin(visit, listing)

    monkeypatch.setattr("marsad.web.routes.ROUTES", (("/listed.{form}", page),))
    with Browser(workspace) as browser:
        yield lambda form, query="": browser.get(f"/listed.{form}{query}")


def test_a_table_begins_with_a_mark_and_holds_no_formula(taken):
    answer = taken("csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert list(rows[0]) == [*COLUMNS, "page"]
    assert [row["title"][:2] for row in rows] == ["<s", "'=", "'@"]
    assert [row["sides"] for row in rows] == ["'=a; b", "", "c"]
    assert [row["killed"] for row in rows] == ["3", "-3", ""], "a number stays one"
    assert [row["sure"] for row in rows] == ["true", "", "false"]
    assert rows[0]["page"] == f"{BASE}/listed/i1"


def test_json_carries_the_query_and_says_that_all_is_reported(taken):
    data = taken("json", "?status=disputed&lang=ar").json()
    assert data["query"] == [["status", "disputed"]]
    assert data["reported"] is True
    assert data["page"] == f"{BASE}/listed?status=disputed"
    assert [row["title"] for row in data["listed"][:2]] == [row["title"] for row in ROWS[:2]]
    lines = [json.loads(line) for line in taken("jsonl").text.splitlines()]
    assert [line["id"] for line in lines] == ["i1", "i2", "i3"]


def test_features_without_a_whole_point_have_none(taken):
    found = taken("geojson").json()
    assert found["type"] == "FeatureCollection"
    assert [one["geometry"] for one in found["features"]] == [
        {"type": "Point", "coordinates": [36.7, 35.1]},
        None,
        None,
    ]
    assert [one["id"] for one in found["features"]] == ["i1", "i2", "i3"]
    assert "lon" not in found["features"][0]["properties"]


def test_a_feed_is_well_formed_whatever_its_titles_are(taken, workspace):
    answer = taken("atom", "?q=%3C%26%22")
    feed = ET.fromstring(answer.content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [one.find(f"{atom}title").text[:8] for one in entries] == ["<script>", "=HYPERLI", '@x\n"y", ']
    assert [one.find(f"{atom}id").text for one in entries] == [
        f"urn:marsad:{workspace.store.id}:{row['id']}" for row in ROWS
    ]
    assert [one.find(f"{atom}updated").text for one in entries] == [
        "2024-12-06T10:00:00.000Z",
        "2024-12-05T00:00:00Z",
        "1970-01-01T00:00:00Z",
    ]
    assert feed.find(f"{atom}updated").text == "2024-12-06T10:00:00.000Z"


def test_an_empty_list_is_a_list_in_every_form(workspace, taken, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROWS", [])
    assert taken("json").json()["listed"] == []
    assert taken("geojson").json()["features"] == []
    assert ET.fromstring(taken("atom").content).tag.endswith("feed")
    assert taken("csv").content.decode("utf-8-sig").strip() == ",".join((*COLUMNS, "page"))
    assert taken("jsonl").text == ""


def test_forms_that_are_none_are_not_found(taken):
    assert taken("xml").status_code == 404
    assert "csv, geojson, atom" in taken("xml").text
    assert set(FORMS) == {"json", "jsonl", "csv", "geojson", "atom"}
    assert issubclass(NotFound, Exception)


def test_what_is_left_of_a_surrogate_pair_does_not_break_a_form(taken):
    for form in FORMS:
        assert taken(form).status_code == 200
        assert taken(form).content.decode("utf-8")


def test_lists_that_are_taken_at_once_take_turns_and_end_where_nobody_wants_the_rest():
    at_work, most, closed = [], [], []

    def pieces(name):
        try:
            for number in range(20):
                at_work.append(name)
                most.append(len(at_work))
                sleep(0.001)
                at_work.remove(name)
                yield b"%d" % number
        finally:
            closed.append(name)

    async def taken(name, found, upto):
        stream = in_turn(b"first", pieces(name), turns)
        async for piece in stream:
            found.append(piece)
            if len(found) == upto:
                break
        await stream.aclose()

    async def all_at_once():
        async with anyio.create_task_group() as tasks:
            for number, found in enumerate(founds):
                tasks.start_soon(taken, number, found, 5 if number == 0 else 0)

    turns, founds = anyio.CapacityLimiter(1), [[], [], [], []]
    with ThreadPoolExecutor(1) as aside:  # in a thread of its own: a browser that runs has this thread's loop
        aside.submit(anyio.run, all_at_once).result()
    assert founds[0] == [b"first", b"0", b"1", b"2", b"3"]
    assert founds[1] == founds[2] == founds[3] == [b"first", *(b"%d" % number for number in range(20))]
    assert max(most) == 1
    assert sorted(closed) == [0, 1, 2, 3]
