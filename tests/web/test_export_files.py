"""Downloads in the formats of other tools: whole or not at all, by name, in the log, and without what people hold back."""

import csv
import io
import json
import re
import shlex
import sys
import tempfile
import zipfile
from html import unescape

import pytest
from sqlalchemy import text as sql

from marsad.export import FORMATS
from marsad.store.reads.kept_back import kept_back, marked_rows
from marsad.store.sensitive import hold_back
from web.client import client, workspace

__all__ = ["client", "workspace"]

LISTS = ("incidents", "claims", "articles")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where files are written before they are sent."""
    made = tmp_path / "written"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def exports(workspace):
    with workspace.store.database.reading() as connection:
        found = connection.execute(sql("SELECT subject, who, data FROM audit WHERE action = 'export' ORDER BY id"))  # fmt: skip
        return [(row.subject, row.who, json.loads(row.data)) for row in found]


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_sent_whole_by_its_name_and_noted(client, workspace, folder, form):
    answer = client.get(f"/export/files/{form}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[form].media
    assert int(answer.headers["content-length"]) == len(answer.content) > 0
    suffix = FORMATS[form].suffix or ".zip"
    assert re.fullmatch(rf'attachment; filename="[a-z-]+{re.escape(suffix)}"', answer.headers["content-disposition"])  # fmt: skip
    (subject, who, data) = exports(workspace)[0]
    assert (subject, data["bytes"]) == (form, len(answer.content))
    assert answer.headers["etag"] == f'"{data["sha256"]}"'
    assert who
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("/export/files/docx", 404, "there is no format"),
        ("/export/files/html", 404, "there is no format"),
        ("/export/files/csv?of=people", 400, "cannot be made of"),
        ("/export/files/kml?of=claims", 400, "cannot be made of"),
        ("/export/files/csv?status=x", 400, "status=x"),
        ("/export/files/csv?since=2024-13-01", 400, "2024-13-01"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_there_is_not_is_refused_before_anything_is_written(client, workspace, address, code, said, method):  # fmt: skip
    answer = client.request(method, address)
    assert answer.status_code == code
    assert method == "HEAD" or said in answer.text
    assert exports(workspace) == []


def test_a_failure_at_the_very_end_is_said_and_no_file_comes(client, workspace, folder, monkeypatch):
    said = "import sys; sys.exit('marsad: the export cannot be written: the disk is full')"
    with monkeypatch.context() as broken:
        broken.setattr("marsad.web.views.formats.command", lambda *_: [sys.executable, "-c", said])
        page = client.seen("/export/files/geojson", 400)
    assert "the disk is full" in page
    assert "<html" in page
    assert list(folder.iterdir()) == []
    assert exports(workspace) == []
    assert client.get("/export/files/csv").status_code == 200, "the next one gets its turn"


def test_a_part_of_a_file_is_not_given(client):
    answer = client.get("/export/files/csv", headers={"range": "bytes=9-2"})
    assert (answer.status_code, answer.content[:3]) == (200, b"\xef\xbb\xbf")


def test_asking_for_the_head_writes_and_notes_nothing(client, workspace, folder, monkeypatch):
    monkeypatch.setattr("marsad.web.routes.export.written", None)
    for address in ("/export/files/site", "/export/gold.jsonl", "/incidents.csv"):
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b"")
        assert "filename=" in answer.headers["content-disposition"]
        assert "content-length" not in answer.headers
    assert exports(workspace) == []
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("form", "mark"),
    [("csv", b"\xef\xbb\xbf"), ("acled", b"\xef\xbb\xbf"), ("jsonl", b'{"'), ("geojson", b"{")],
)
def test_tables_begin_with_a_mark_for_spreadsheets(client, form, mark):
    assert client.get(f"/export/files/{form}").content.startswith(mark)


@pytest.mark.parametrize("of", ["incidents", "claims", "control"])
def test_a_file_has_what_it_is_made_of_under_the_filters(client, of):
    answer = client.get(f"/export/files/csv?of={of}&country=SY")
    assert f'filename="marsad-{of}.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows and {row["country"] for row in rows} == {"SY"}
    assert client.get(f"/export/files/csv?of={of}&country=YE").text.count("\n") == 1


def test_the_site_is_in_the_language_of_the_page(client):
    with zipfile.ZipFile(io.BytesIO(client.get("/export/files/site?lang=ar").content)) as site:
        assert site.testzip() is None
        [index] = [name for name in site.namelist() if name.endswith("/index.html")]
        assert b'dir="rtl"' in site.read(index)


def commands(page):
    return [shlex.split(unescape(one)) for one in re.findall(r"<code dir=\"ltr\">(marsad export .*?)</code>", page)]  # fmt: skip


def test_commands_are_under_the_same_filters_and_quoted(client):
    page = client.seen("/export?words=%D9%82%D8%B5%D9%81%27%24(x)&country=SY,YE&lang=ar")
    csv_ = next(one for one in commands(page) if one[2] == "csv")
    assert csv_[3:5] == ["--of", "incidents"]
    assert csv_[5:11:2] == ["--filter"] * 3
    assert sorted(csv_[6:12:2]) == ["country=SY", "country=YE", "words=قصف'$(x)"]
    assert csv_[11:] == ["--lang", "ar", "-o", "marsad-incidents.csv"]
    assert "--lang" not in client.seen("/export?lang=en").split("command")[0]


def test_every_offer_is_a_file_with_the_name_that_it_gets(client):
    page = client.seen("/export?country=SY&list=claims&lang=en")
    offered = re.findall(r'href="(/export/files/[^"]+)" download="([^"]+)"', page)
    assert {re.split(r"[/?]", unescape(address))[3] for address, _ in offered} == set(FORMATS)
    assert len(offered) == len({name for _, name in offered})
    for address, name in offered:
        assert "list=" not in address
        answer = client.head(unescape(address))
        assert (answer.status_code, f'filename="{name}"' in answer.headers["content-disposition"]) == (200, True)  # fmt: skip


def held_in(workspace, kind, subject):
    with workspace.store.database.writing() as connection:
        hold_back(connection, kind, subject, "ana", "names a witness")
    with workspace.store.database.reading() as connection:
        return kept_back(connection), marked_rows(connection)


def lines(client, name):
    return [json.loads(line) for line in client.get(f"/{name}.jsonl").text.splitlines()]


def ids(client, name, form="json"):
    rows = client.get(f"/{name}.json").json()[name] if form == "json" else lines(client, name)
    return {row["id"] for row in rows}


def test_lists_are_taken_away_without_an_article_that_is_held_back(client, workspace):
    before = {name: ids(client, name) for name in LISTS}
    back, [row] = held_in(workspace, "article", "a1")
    assert (row.article, row.number) == ("a1", None)
    assert (row.mark.who, row.mark.note, row.mark.kind) == ("ana", "names a witness", "article")
    assert back.articles == {"a1"} and back.claims and back.incidents
    for form in ("json", "jsonl"):
        assert ids(client, "articles", form) == before["articles"] - {"a1"} != set()
        assert ids(client, "claims", form) == before["claims"] - back.claims != set()
        assert ids(client, "incidents", form) == before["incidents"] - back.incidents
    assert "a1" not in {row["id"] for row in client.get("/search.json?q=%D8%A5%D9%84%D9%89").json()["hits"]}


def test_control_is_taken_away_without_spells_of_what_is_held_back(client, workspace):
    spells = {row["id"]: row["incidents"] for row in lines(client, "control")}
    back, _ = held_in(workspace, "article", "a2")
    left = {one for one, incidents in spells.items() if back.incidents.isdisjoint(incidents)}
    assert left != set(spells)
    assert {row["id"] for row in lines(client, "control")} == left
    assert {row["id"] for row in client.get("/control.json").json()["spells"]} == left


def test_lists_are_taken_away_without_a_claim_that_is_held_back(client, workspace):
    before = {name: ids(client, name) for name in LISTS}
    claim = min(row["id"] for row in client.get("/claims.json").json()["claims"] if row["article"] == "a1")
    back, [row] = held_in(workspace, "claim", claim)
    assert (row.article, back.claims, back.articles) == ("a1", {claim}, frozenset())
    assert ids(client, "claims") == before["claims"] - {claim}
    assert ids(client, "articles") == before["articles"]
    whole = client.get("/articles.jsonl").text
    assert claim not in whole and claim not in client.get("/incidents.jsonl").text
    assert not ids(client, "incidents") & back.incidents


def test_the_page_says_how_much_is_held_back_and_leads_to_it(client, workspace):
    assert "/held" not in client.seen("/export")
    assert "Nothing is held back" in client.seen("/held?lang=en")
    back, _ = held_in(workspace, "article", "a1")
    page = client.seen("/export?lang=en")
    assert 'href="/held"' in page
    assert f'Claims: <bdi dir="ltr">{len(back.claims)}</bdi>' in page
    listed = client.seen("/held?lang=ar")
    assert "names a witness" in listed and 'href="/articles/a1"' in listed and "المحجوب" in listed


def test_points_of_lists_are_as_near_as_is_known(client):
    decimals = {"exact": 4, "town": 2, "district": 2, "governorate": 1, "country": 0}
    for name in ("incidents", "claims"):
        rows = [row for row in client.get(f"/{name}.json").json()[name] if row["lat"] is not None]
        assert rows
        for row in rows:
            assert row["lat"] == round(row["lat"], decimals[row["precision"]])
    spells = client.get("/control.json").json()["spells"]
    points = [row["lat"] for row in spells if row["lat"] is not None]
    assert points and points == [round(one, 2) for one in points]


def test_who_may_only_look_takes_lists_and_files_but_no_gold(client, workspace, monkeypatch):
    held_in(workspace, "article", "a1")
    monkeypatch.setattr("marsad.web.sessions.Session.may", lambda self, role: role == "viewer")
    page = client.seen("/export?lang=en")
    assert "/export/gold.jsonl" not in page and "/export/files/csv" in page
    assert client.get("/export/files/csv").status_code == 200
    assert client.get("/export/gold.jsonl").status_code == 403
    assert "names a witness" in client.seen("/held") and "names a witness" not in client.seen("/export")
    assert 'action="/hold' not in client.seen("/held") + client.seen("/articles/a1").split("</main")[0]
