"""Every page of the workspace in a real browser: nothing asked of another host, nothing against the policy, nothing on the console, and usable by all."""

import csv
import io
import json
import re
import urllib.error
import urllib.request
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from web import browsing, desks

PAGES = (
    "/", "/map", "/map?layer=claims", "/map?layer=control", "/control", "/incidents", "/incidents?status=disputed", "/claims", "/articles", "/review",
    "/adjudicate", "/agreement", "/search", "/search?q=%D9%82%D8%B5%D9%81", "/outlets", "/actors", "/places", "/places?work=ambiguous", "/import",
    "/export", "/held", "/codebook", "/codebook/territory.control", "/audit", "/health", "/me", "/people",
)  # fmt: skip
FORMS = ("json", "jsonl", "csv", "geojson", "atom")
LISTS = ("incidents", "claims", "articles", "control", "places", "actors", "outlets", "audit")
PHONE = {"width": 390, "height": 844}
MOST_LINKS = 400


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The address of a workspace on the demo's project."""
    with browsing.serving(desks.make_desk(tmp_path_factory.mktemp("desk") / "p", *desks.SAMPLES)) as served:
        yield served.address.rstrip("/")


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory):
    """The address of a workspace on articles that want to do harm."""
    with browsing.serving(desks.make_hostile_desk(tmp_path_factory.mktemp("hostile") / "p")) as served:
        yield served.address.rstrip("/")


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_usable_by_all(desk, open_page, path, lang):
    page = open_page(f"{desk}{path}", locale=lang, viewport={"width": 1400, "height": 900})
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    assert browsing.axe(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_phone_in_the_dark(desk, open_page, path):
    page = open_page(f"{desk}{path}", locale="ar", viewport=PHONE, color_scheme="dark")
    too_wide = page.evaluate(
        "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
    assert too_wide <= 1
    assert browsing.axe(page) == []


@pytest.mark.parametrize(
    "path", ["/", "/incidents", "/control", "/review", "/map", "/search?q=%D9%82%D8%B5%D9%81"]
)
def test_page_is_there_without_scripts(desk, open_page, path):
    page = open_page(f"{desk}{path}", java_script_enabled=False)
    expect(page.locator("h1")).to_be_visible()
    assert len(page.locator("main").inner_text()) > 40


def answer(address):
    """Status and text of an address."""
    try:
        with urllib.request.urlopen(address) as found:
            return found.status, found.headers.get_content_type(), found.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read().decode("utf-8", "replace")


def test_no_link_leads_nowhere(desk):
    """From the first page on, breadth first: every address that a page names answers."""
    waiting, seen, broken = deque(["/"]), {"/"}, []
    while waiting and len(seen) < MOST_LINKS:
        path = waiting.popleft()
        status, kind, text = answer(desk + path)
        if status != 200:
            broken.append((path, status))
        if kind != "text/html":
            continue
        for link in re.findall(r'(?:href|src|hx-get)="([^"]+)"', text):
            target = urldefrag(urljoin(path, link.replace("&amp;", "&").replace("&#39;", "'")))[0]
            if urlsplit(target).scheme or target.startswith("//") or target in seen:
                continue
            seen.add(target)
            waiting.append(target)
    assert broken == []
    assert len(seen) >= MOST_LINKS


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", FORMS)
def test_lists_have_their_twins(desk, name, form):
    status, kind, text = answer(f"{desk}/{name}.{form}")
    assert (status, bool(text.strip())) == (200, True)
    assert kind != "text/html"


@pytest.mark.parametrize("path", [*PAGES, "/articles/long", "/review?article=long"])
def test_hostile_texts_change_nothing(hostile_desk, open_page, path):
    page = open_page(f"{hostile_desk}{path}")
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("() => window.harmed") is None
    assert page.locator("main script, main img[onerror], main svg[onload]").count() == 0
    assert page.locator('a[href^="javascript:" i]').count() == 0


def test_each_hostile_article_is_shown_whole(hostile_desk, open_page):
    rows = json.loads(answer(f"{hostile_desk}/articles.json")[2])["articles"]
    # The name of three thousand Latin letters leaves no Arabic article.
    assert len(rows) == len(desks.hostile()) - 1
    for row in rows:
        page = open_page(row["page"])
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("() => window.harmed") is None
        assert len(page.locator("article").first.text_content()) >= row["characters"] * 0.95


@pytest.mark.parametrize("name", ["incidents", "claims", "articles", "outlets"])
def test_no_cell_of_a_table_is_a_formula(hostile_desk, name):
    rows = list(csv.reader(io.StringIO(answer(f"{hostile_desk}/{name}.csv")[2].removeprefix("\ufeff"))))
    cells = [cell for row in rows for cell in row]
    assert len(rows) > 1
    assert name == "incidents" or any(desks.FORMULA in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in "=@\t\r" and cell] == []
