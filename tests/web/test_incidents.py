"""The lists of incidents, claims and articles, and the same lists in other forms."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from marsad.store import tables
from marsad.store.reviewing import Decision, ReviewSettings, decide, set_review_settings, standing
from stored import OTHER, stored
from web.client import Browser, client, opened, workspace

__all__ = ["client", "workspace"]

HOSTILE = '<script>alert(1)</script> \u202eabc"'
ROW = re.compile(r'<article class="row">')
LINK = re.compile(r'href="(/incidents/i[0-9a-z]+)"')
MORE = re.compile(r'hx-get="([^"]+)"')


@pytest.fixture
def hostile(tmp_path):
    """A browser on articles whose names are meant to break pages and tables."""
    rows = [
        stored("a1", title=HOSTILE, outlet="=cmd|' /c calc'!A1"),
        stored("<b>a2</b>", OTHER, outlet="وكالة الجبل"),
    ]
    with opened(tmp_path / "desk", rows) as made, Browser(made) as browser:
        yield browser


def links(page):
    return list(dict.fromkeys(LINK.findall(page)))


@pytest.mark.parametrize("path", ["/incidents", "/claims", "/articles"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_each_list_has_rows_and_one_heading(client, path, lang):
    page = client.seen(f"{path}?lang={lang}")
    assert ROW.search(page) and page.count("<h1") == 1


def test_an_incident_of_the_list_is_named_and_quoted(client):
    page = client.seen("/incidents?place=geonames:170017&lang=en")
    assert re.search(r"People killed.*Ḩamāh", page, re.DOTALL)
    assert "ثلاثة مسلحين" in page


def test_filters_narrow_and_each_has_a_way_out(client):
    every, some = client.seen("/incidents?lang=en"), client.seen("/incidents?event=harm&killed=5&lang=en")
    assert 0 < len(links(some)) < len(links(every))
    assert 'href="/incidents?killed=5"' in some and 'href="/incidents?event=harm"' in some


def test_what_fits_nothing_says_so_and_leads_back(client):
    page = client.seen("/incidents?since=2001-01-01&until=2001-01-02&lang=en")
    assert "Nothing fits" in page and not ROW.search(page)


def test_facets_lead_to_lists_with_as_many_rows_as_they_say(client):
    page = client.seen("/incidents?lang=en")
    found = re.findall(
        r'<a href="(/incidents\?status=[a-z]+)"[^>]*>.*?</a> <span class="count"><bdi dir="ltr">(\d+)</bdi>',
        page,
    )
    assert found
    for address, number in found:
        assert f'<strong><bdi dir="ltr">{number}</bdi></strong>' in client.seen(address)


def test_a_facet_is_counted_when_it_is_unfolded(client):
    page = client.seen("/incidents?lang=en")
    assert "facet=outlet" in page and "وكالة النهر" not in page
    part = client.seen("/incidents?facet=outlet", headers={"hx-request": "true"})
    assert "وكالة النهر" in part and "<html" not in part
    assert "وكالة النهر" in client.seen("/incidents?facet=outlet&lang=en")


def test_pages_follow_each_other_without_a_gap(client, monkeypatch):
    whole = links(client.seen("/incidents"))
    monkeypatch.setattr("marsad.web.views.lists.AT_ONCE", 2)
    page, found = client.seen("/incidents"), []
    while True:
        found += links(page)
        more = MORE.search(page[page.rindex("</article>") :])
        if more is None:
            break
        page = client.seen(more[1].replace("&amp;", "&"), headers={"hx-request": "true"})
        assert "<html" not in page
    assert found == whole and len(whole) > 2


REFUSED = [
    "/incidents?sort=odd",
    "/incidents?status=true",
    "/claims?since=x",
    "/articles?sort=roots",
    "/incidents?after=x",
]


@pytest.mark.parametrize("address", REFUSED)
def test_what_cannot_be_asked_is_refused_with_a_sentence(client, address):
    assert "complaint" in client.seen(address, 400)


@pytest.mark.parametrize("kind", ["incidents", "claims", "articles"])
def test_every_form_holds_the_rows_of_the_list(client, kind):
    made = client.get(f"/{kind}.json").json()[kind]
    assert made and all(row["page"].startswith("http://127.0.0.1/") for row in made)
    table = list(csv.DictReader(io.StringIO(client.get(f"/{kind}.csv").text.removeprefix("\ufeff"))))
    lines = [json.loads(line) for line in client.get(f"/{kind}.jsonl").text.splitlines()]
    features = client.get(f"/{kind}.geojson").json()["features"]
    feed = ElementTree.fromstring(client.get(f"/{kind}.atom").text)
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert [len(one) for one in (table, lines, features, entries)] == [len(made)] * 4
    assert [row["id"] for row in table] == [row["id"] for row in made]


def test_twins_are_narrowed_as_their_list_is(client):
    rows = client.get("/incidents.json?event=harm&killed=5").json()["incidents"]
    assert rows and all(row["killed_max"] >= 5 for row in rows)


def test_claims_are_taken_away_with_words_and_offsets(client, workspace):
    rows = client.get("/claims.json").json()["claims"]
    texts = {row["id"]: row for row in map(json.loads, client.get("/articles.jsonl").text.splitlines())}
    for row in rows:
        where = texts[row["article"]]["title" if row["in"] == "title" else "text"]
        assert where[row["start"] : row["end"]] == row["quote"] != ""


def test_articles_are_taken_away_as_they_can_be_taken_in_again(client):
    rows = [json.loads(line) for line in client.get("/articles.jsonl").text.splitlines()]
    assert {row["id"]: bool(row["claims"]) for row in rows} == {"a1": True, "a2": True}
    assert all({"text", "published", "outlet", "schema"} <= row.keys() for row in rows)


def test_hostile_names_change_neither_pages_nor_tables(hostile):
    for path in ("/incidents", "/claims", "/articles", "/incidents?facet=outlet"):
        page = hostile.seen(path)
        assert "<script>alert" not in page and "<b>a2" not in page
    assert "&lt;script&gt;" in hostile.seen("/articles")
    table = list(csv.DictReader(io.StringIO(hostile.get("/articles.csv").text.removeprefix("\ufeff"))))
    assert "'=cmd|' /c calc'!A1" in [row["outlet"] for row in table]
    ElementTree.fromstring(hostile.get("/articles.atom").text)


def test_an_empty_project_says_what_to_type(tmp_path):
    with opened(tmp_path / "desk") as made, Browser(made) as browser:
        for path in ("/incidents", "/claims", "/articles"):
            assert "marsad ingest" in browser.seen(path)


def review(workspace, who, decision, **fields):
    """Somebody decides about every claim."""
    with workspace.store.database.writing() as connection:
        for claim in list(connection.scalars(select(tables.claims.c.id))):
            seen = standing(connection, claim, "first", who)
            decide(
                connection,
                Decision(who=who, decision=decision, claim=claim, revision=seen.revision, **fields),
            )


def test_what_people_refused_is_shown_but_not_to_who_is_to_code_it_blindly(client, workspace):
    review(workspace, "ana", "reject", reason="other")
    with workspace.store.database.writing() as connection:
        set_review_settings(connection, ReviewSettings(second_share=0))
    assert "rejected" in client.seen("/incidents?lang=en") and "rejected" in client.seen("/claims?lang=en")
    assert all(row["rejected"] == row["claims"] for row in client.get("/incidents.json").json()["incidents"])
    with workspace.store.database.writing() as connection:
        set_review_settings(connection, ReviewSettings(second_share=100))
    row = re.compile(r'<article class="row">.*?</article>', re.DOTALL)
    for path in ("/incidents", "/claims"):
        assert all("rejected" not in one for one in row.findall(client.seen(f"{path}?lang=en")))
    assert all(
        row["rejected"] == row["reviewed"] == 0 for row in client.get("/incidents.json").json()["incidents"]
    )
    assert all(row["review"] == "machine" for row in client.get("/claims.json").json()["claims"])
    assert "rejected" not in client.seen(
        "/incidents/" + client.get("/incidents.json").json()["incidents"][0]["id"]
    )
