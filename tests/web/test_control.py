"""Who is said to hold what, as pages."""

import csv
import io
import json
import re

import pytest

from web.known import ARTICLES, desk, looking

__all__ = ["desk", "looking"]
HELD, LEFT = ARTICLES[0].article.text, ARTICLES[1].article.text
HAMA = "geonames:170017"


@pytest.fixture
def spells(looking):
    return [json.loads(line) for line in looking.seen("/control.jsonl").splitlines()]


def of_hama(spells):
    return [one for one in spells if one["place"]["id"] == HAMA]


def test_lanes(looking, spells):
    page = looking.seen("/control?lang=en")
    assert page.count("<h1") == 1
    assert page.count('<li class="lane-row">') == len({one["place"]["name"] for one in spells})
    for one in spells:
        assert f"spell={one['id']}" in page
    assert "Syrian opposition factions" in page
    assert "style=" not in page
    assert "→" not in page


def test_a_spell_tells_why(looking, spells):
    held = next(one for one in of_hama(spells) if one["state"] == "held")
    page = looking.seen(f"/control?spell={held['id']}&lang=en")
    assert 'id="why"' in page
    assert f'href="/incidents/{held["incidents"][0]}"' in page
    assert "Syrian Arab Army" in page, "who concedes it"
    assert "No such statement is stored" not in page
    quotes = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page)
    assert quotes
    assert all(any(quote in text for text in (HELD, LEFT)) for quote in quotes)
    arabic = looking.seen(f"/control?spell={held['id']}&lang=ar")
    assert '<ol class="reasons" lang="ar" dir="rtl">' in arabic
    entered = next(one for one in spells if one["state"] == "contested")
    assert "No such statement is stored" in looking.seen(f"/control?spell={entered['id']}&lang=en")
    assert "there is no spell s0" in looking.seen("/control?spell=s0", 404)


def test_what_is_asked_for(looking, spells):
    def shown(query):
        found = looking.seen(f"/control.jsonl?{query}")
        return {json.loads(line)["id"] for line in found.splitlines()}

    hama = {one["id"] for one in of_hama(spells)}
    assert hama
    assert shown(f"place={HAMA}") == hama
    assert hama <= shown("q=حماة")
    assert hama <= shown("q=Hamah")
    assert shown("q=nowhere-at-all") == set()
    assert shown("state=contested") == {one["id"] for one in spells if one["state"] == "contested"}
    by_id = shown("holder=sy-opposition-factions")
    assert by_id == shown("holder=Syrian opposition factions") != set()
    assert shown("until=2000-01-01") == set()
    assert shown("country=YE") == set()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("since=2024-13-01", "no day"),
        ("on=yesterday", "on=yesterday is no day"),
        ("on=2024-12-06&against=1", "against=1 is no day"),
        ("state=free", "state=free is none of held"),
        ("skip=-1", "skip="),
        ("country=Syria", "country=Syria"),
    ],
)
def test_what_cannot_be_asked_for(looking, query, words):
    assert words in looking.seen(f"/control?{query}&lang=en", 400)


def test_a_day(looking, spells):
    day = max(one["from"] for one in spells)
    page = looking.seen(f"/control?on={day}&lang=en")
    on = [one for one in spells if one["from"] <= day and (one["to"] is None or one["to"] > day)]
    assert page.count("#why") == len(on)
    assert "No report says who held" in looking.seen("/control?on=1999-01-01&lang=en")
    assert "المعارضة" in looking.seen(f"/control?on={day}&lang=ar")


def test_two_days(looking, spells):
    day = max(one["from"] for one in spells)
    page = looking.seen(f"/control?on={day}&against=2020-01-01&lang=en")
    places = {one["place"]["name"] for one in spells if one["state"] != "unknown" and one["from"] <= day}
    count = int(re.search(r"<strong><bdi dir=\"ltr\">(\d+)</bdi></strong>", page)[1])
    assert 0 < count <= len(places)
    assert "Nothing differs" in looking.seen(f"/control?on={day}&against={day}&lang=en")


def test_twins(looking, spells):
    rows = list(csv.DictReader(io.StringIO(looking.seen("/control.csv").removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [one["id"] for one in spells]
    assert rows[0]["page"].endswith(f"/control?spell={rows[0]['id']}")
    features = json.loads(looking.seen("/control.geojson"))["features"]
    assert len(features) == len(spells)
    assert "<entry>" in looking.seen("/control.atom")
    assert json.loads(looking.seen("/control.json"))["spells"][0]["state"] in ("held", "contested", "unknown")
    looking.seen("/control.xlsx", 404)


def test_an_empty_project(tmp_path):
    from web.client import Browser, opened

    with opened(tmp_path / "desk") as made, Browser(made) as browser:
        assert "marsad ingest" in browser.seen("/control")
        assert "marsad ingest" in browser.seen("/outlets")
        for page in ("/places", "/actors", "/places?work=ambiguous", "/control?on=2024-01-01"):
            browser.seen(page)
