"""The export page in a real browser: usable by all, and a press gives a whole file."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from web import browsing, desks

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The address of a workspace on the demo's project."""
    with browsing.serving(desks.make_desk(tmp_path_factory.mktemp("desk") / "p", *desks.SAMPLES)) as served:
        yield served.address.rstrip("/")


def taken(page, name):
    """The bytes that a press on a file's name gives."""
    with page.expect_download() as waited:
        page.get_by_role("link", name=name, exact=True).click()
    assert waited.value.suggested_filename == name
    return Path(waited.value.path()).read_bytes()


@pytest.mark.parametrize("path", ["/export?list=claims&country=SY&status=disputed", "/held"])
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("scripts", [True, False])
def test_page_is_usable_on_a_phone_in_the_dark(desk, open_page, path, lang, scripts):
    how = {"viewport": PHONE, "color_scheme": "dark", "java_script_enabled": scripts}
    page = open_page(f"{desk}{path}", locale=lang, **how)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if lang == "ar" else "ltr")
    if scripts:
        root = "document.scrollingElement"
        assert page.evaluate(f"() => {root}.scrollWidth - {root}.clientWidth") <= 1
        assert browsing.axe(page) == []


@pytest.mark.parametrize(("lang", "none"), [("en", False), ("ar", True)])
def test_a_table_and_a_site_are_taken_under_the_filters(desk, open_page, lang, none):
    page = open_page(f"{desk}/export?country=SY", locale=lang, java_script_enabled=not none)
    rows = list(csv.DictReader(io.StringIO(taken(page, "marsad-incidents.csv").decode("utf-8-sig"))))
    told = int(page.locator(".looking strong").first.inner_text().replace(",", ""))
    assert len(rows) == told > 1
    with zipfile.ZipFile(io.BytesIO(taken(page, "marsad-site.zip"))) as site:
        assert site.testzip() is None
        pages = [name for name in site.namelist() if "/incidents/" in name and name.endswith(".html")]
    assert len(pages) == told


def test_what_a_machine_and_people_read_are_named_the_same_way_around(desk, open_page):
    """Arabic names of formats that begin with a Latin word still run from right to left."""
    page = open_page(f"{desk}/export", locale="ar")
    name = page.get_by_role("rowheader", name="GeoPackage لبرنامج")
    assert name.evaluate("cell => getComputedStyle(cell).direction") == "rtl"
    assert name.locator("bdi").count() == 0


def test_commands_are_behind_one_press(desk, open_page):
    page = open_page(f"{desk}/export?country=SY", locale="en")
    command = page.get_by_text("marsad export site --filter country=SY -o marsad-site.zip")
    expect(command).to_be_hidden()
    page.locator("summary", has_text="The same by command").click()
    expect(command).to_be_visible()


def test_holding_back_does_not_disturb_the_keys_of_review(desk, open_page):
    page = open_page(f"{desk}/review", locale="en")
    page.locator(".holding summary").click()
    shown = page.url, page.locator("main blockquote, main .quote").all_inner_texts()
    why = page.locator(".holding input[name=why]")
    why.press_sequentially("area j k z?")
    expect(why).to_have_value("area j k z?")
    assert (page.url, page.locator("main blockquote, main .quote").all_inner_texts()) == shown
    page.locator(".holding button").click()
    expect(page.locator(".holding [role=note]")).to_contain_text("area j k z?")
    page.goto(f"{desk}/held")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(f"{desk}/export")
    expect(page.locator("main")).to_contain_text("in no file: Articles: 0 · Claims: 1")
