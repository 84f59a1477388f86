"""The static site in a browser, opened from a file: nothing is asked of any host, no script or policy complains, and it can be read without scripts, on a phone and by keyboard."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from export import records
from marsad.export.site import Site
from marsad.export.site_pages import page_of
from web import browsing

PAGES = ("index.html", "incidents.html", "map.html", "timeline.html", "control.html", page_of("i4"), "months/2026-03.html")  # fmt: skip
PHONE, DESK = {"width": 375, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module", params=["en", "ar"])
def site(request, tmp_path_factory):
    """Where a site of the odd records lies, in a language."""
    folder = tmp_path_factory.mktemp("site")
    made = Site(folder, records.making(lang=request.param))
    for record in (*records.odd_spells(), *records.odd_incidents()):
        made.feed(record)
    made.finish()
    return folder


@contextmanager
def opened(browser, site, page, **options):
    """A page of the site; with what is wrong so far: what it asked for but its own files, errors, breaches of the policy."""
    seen = browsing.Seen()
    shown = browsing.new_page(browser, seen, **options)
    shown.goto(f"file://{site}/{page}")

    def faults():
        outside = [url for url in seen.outside if not url.startswith(f"file://{site}/")]
        return (outside, list(seen.errors), list(seen.violations))

    yield shown, faults
    shown.context.close()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
def test_pages_open_from_a_file_fit_and_are_for_everyone(browser, site, page, viewport, scheme):
    with opened(browser, site, page, viewport=viewport, color_scheme=scheme) as (shown, faults):
        expect(shown.locator("h1")).to_be_visible()
        wide = shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        # The sheet of styles was let in by the policy.
        assert shown.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        # axe fetches sheets of styles itself, which the policy rightly forbids: what the page did is judged before.
        assert faults() == ([], [], [])
        assert browsing.axe(shown, impacts=("minor", "moderate", "serious", "critical")) == []


def test_the_list_is_narrowed_by_status_event_place_and_words(browser, site):
    with opened(browser, site, "incidents.html", viewport=DESK) as (shown, faults):
        rows = shown.locator("#rows tr")
        expect(rows).to_have_count(6)
        shown.select_option("#status", "disputed")
        expect(rows).to_have_count(1)
        shown.select_option("#status", "")
        shown.fill("#text", "الطائراتُ عادت")
        expect(rows).to_have_count(1)
        shown.fill("#text", "")
        shown.fill("#place", "no such place")
        expect(rows).to_have_count(0)
        shown.fill("#place", "")
        expect(rows).to_have_count(6)
        rows.first.locator("a").click()
        expect(shown.locator("blockquote").first).to_be_visible()
        assert faults() == ([], [], [])


def test_an_address_with_filters_narrows_the_list(browser, site):
    with opened(browser, site, "incidents.html#status=denied", viewport=DESK) as (shown, faults):
        expect(shown.locator("#rows tr")).to_have_count(1)
        expect(shown.locator("#status")).to_have_value("denied")
        assert faults() == ([], [], [])


def test_without_scripts_the_months_lead_to_every_incident(browser, site):
    with opened(browser, site, "incidents.html", viewport=DESK, java_script_enabled=False) as (shown, faults):
        assert not shown.locator("#finder").is_visible()
        assert shown.locator(".months a").count() == 3
        shown.locator(".months a").first.click()
        assert shown.locator("tbody tr").count() == 4
        shown.locator("tbody a").first.click()
        assert shown.locator("blockquote").count() > 0
        assert faults() == ([], [], [])


def test_a_place_on_the_map_leads_to_its_incidents_and_the_map_enlarges(browser, site):
    with opened(browser, site, "map.html", viewport=DESK) as (shown, faults):
        shown.locator("[data-zoom]").first.click()
        assert shown.locator("#map").get_attribute("viewBox") != "0 0 960 600"
        shown.locator("[data-zoom='0']").click()
        assert shown.locator("#map").get_attribute("viewBox") == "0 0 960 600"
        circle = shown.locator("circle").last
        place = circle.get_attribute("data-place")
        circle.dispatch_event("click")
        expect(shown.locator("#place")).to_have_value(place)
        assert faults() == ([], [], [])


def test_quotations_are_arabic_and_run_from_right_to_left(browser, site):
    with opened(browser, site, page_of("i3"), viewport=DESK) as (shown, faults):
        words = shown.locator("blockquote bdi")
        assert (words.get_attribute("lang"), words.get_attribute("dir")) == ("ar", "rtl")
        assert shown.evaluate("window.harmed") is None
        assert faults() == ([], [], [])


def test_the_first_key_leads_to_the_content(browser, site):
    with opened(browser, site, "index.html", viewport=DESK) as (shown, faults):
        shown.keyboard.press("Tab")
        assert shown.evaluate("document.activeElement.className") == "skip"
        assert faults() == ([], [], [])
