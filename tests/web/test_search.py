"""Searching the articles, with the words marked."""

import re
from xml.etree import ElementTree

import pytest

from marsad.store.search import Hit
from marsad.web.views.search import marked
from stored import OTHER, stored
from web.client import Browser, client, opened, workspace

__all__ = ["client", "workspace"]


def found(page):
    return re.findall(r'<h2><a href="/articles/([^?"]+)', page)


ASKED = {
    "حماة": ["a1", "a2"],
    "حماه": ["a1", "a2"],
    '"مدينة حماة"': ["a1"],
    "حماة -ناشطون": ["a1"],
    "السقيلب*": ["a2"],
    "غواصة": [],
}


@pytest.mark.parametrize(("words", "ids"), ASKED.items())
def test_words_find_articles(client, words, ids):
    answer = client.get("/search", params={"q": words, "lang": "en"})
    assert sorted(found(answer.text)) == ids
    assert f'<strong><bdi dir="ltr">{len(ids)}</bdi></strong>' in answer.text


def test_what_was_found_is_marked_in_its_words(client):
    assert "<mark>حماة</mark>" in client.get("/search", params={"q": "حماه"}).text


NARROWED = {
    "outlet": ("وكالة الجبل", ["a2"]),
    "since": ("2024-12-07", []),
    "until": ("2024-12-06", ["a1", "a2"]),
}


@pytest.mark.parametrize("name", NARROWED)
def test_a_search_is_narrowed_by_outlet_and_days(client, name):
    value, ids = NARROWED[name]
    answer = client.get("/search", params={"q": "حماة", name: value})
    assert sorted(found(answer.text)) == ids


def test_the_newest_come_first_where_that_is_asked(tmp_path):
    rows = [
        stored("old", published="2024-12-01"),
        stored("new", published="2024-12-09", outlet="x"),
        stored("none", OTHER, published=None),
    ]
    with opened(tmp_path / "desk", rows) as made, Browser(made) as browser:
        assert found(browser.seen("/search?q=حماة&sort=newest")) == ["new", "old", "none"]


@pytest.mark.parametrize(
    ("query", "says"), [("", "Write a word"), ("q=-%D8%AD", "no word"), ("q=...", "no word")]
)
def test_a_question_without_a_word_says_so(client, query, says):
    page = client.seen(f"/search?{query}&lang=en")
    assert says in page and not found(page)


def test_places_and_actors_that_the_words_name_are_linked(client):
    page = client.seen("/search?q=حماة")
    assert 'href="/places/geonames:170017"' in page
    actor = next(iter(client.workspace.names.actors()))
    assert f'href="/actors/{actor.id}"' in client.get("/search", params={"q": actor.label.ar}).text


def test_pages_of_hits_follow_each_other(client, monkeypatch):
    monkeypatch.setattr("marsad.web.views.search.AT_ONCE", 1)
    page = client.seen("/search?q=حماة")
    more = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    part = client.seen(more, headers={"hx-request": "true"})
    assert "<html" not in part and sorted(found(page) + found(part)) == ["a1", "a2"] and "hx-get" not in part


def test_hits_are_taken_away_in_other_forms(client):
    rows = client.get("/search.json?q=حماة").json()["hits"]
    assert sorted(row["id"] for row in rows) == ["a1", "a2"] and all("حماة" in row["snippet"] for row in rows)
    assert len(client.get("/search.csv?q=حماة").text.splitlines()) >= 3
    assert (
        len(
            ElementTree.fromstring(client.get("/search.atom?q=حماة").text).findall(
                "{http://www.w3.org/2005/Atom}entry"
            )
        )
        == 2
    )
    assert client.get("/search.geojson?q=حماة").status_code == 404


def test_marks_escape_what_is_around_and_in_them():
    hit = Hit(
        id="a",
        title="",
        outlet=None,
        published=None,
        snippet="<b>حماة & <i>",
        spans=((3, 7), (3, 7), (10, 13)),
    )
    assert marked(hit) == "&lt;b&gt;<mark>حماة</mark> &amp; <mark>&lt;i&gt;</mark>"


def test_hostile_questions_are_shown_as_they_are(client):
    page = client.get("/search", params={"q": '"><script>alert(1)</script> حماة'}).text
    assert "<script>alert" not in page
