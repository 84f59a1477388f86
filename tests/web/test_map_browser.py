"""The map in a real browser: it draws, answers to clicks, drags and keys, keeps what is chosen in the address, and does without WebGL.

`open_page` fails a test that asks another host, breaks the policy or says an error.
"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from marsad.web.files import VENDOR
from stored import OTHER, stored
from web import browsing
from web.client import opened

FAR = "قال ناشطون إن غارة جوية استهدفت مدينة عدن يوم الاثنين وأدت إلى مقتل سبعة مدنيين."
WIDE = {"width": 1200, "height": 900}

pytestmark = pytest.mark.skipif(not VENDOR.is_dir(), reason="`make web` builds the scripts that this needs")


@pytest.fixture
def address(tmp_path, data, serving):
    """A served project with incidents in two countries and two months."""
    articles = [
        stored("a1"),
        stored("a2", OTHER, outlet="وكالة الجبل"),
        stored("a3", FAR, outlet="صوت الساحل", published="2024-09-10"),
    ]
    with opened(tmp_path / "desk", articles):
        pass
    return serving(tmp_path / "desk")


def ready(page):
    """The page, when its map has been drawn."""
    expect(page.locator("body[data-ready=map]")).to_be_visible(timeout=browsing.PATIENCE)
    return page


def query(page):
    """What the address says."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def shown(page):
    """How many the legend counts."""
    return sum(int(one) for one in page.locator("[data-count]").all_inner_texts())


@pytest.mark.parametrize("layer", ["incidents", "claims", "control"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_map_is_drawn_in_both_languages_and_no_serious_barrier_is_found(address, open_page, layer, lang):
    page = ready(open_page(f"{address}map?layer={layer}&lang={lang}", viewport=WIDE))
    expect(page.locator("#map.is-live canvas")).to_be_visible()
    assert browsing.axe(page) == []


def test_what_is_in_view_is_in_the_address_and_a_copied_address_shows_the_same(address, open_page):
    page = ready(open_page(f"{address}map?z=7&lat=35&lon=37", viewport=WIDE))
    expect(page.locator("#in-view .map-rows li").first).to_be_visible()
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile(r"z=8\.00"))
    again = ready(open_page(page.url, viewport=WIDE))
    expect(again).to_have_url(page.url)


def test_a_point_that_is_clicked_tells_its_incidents(address, open_page):
    page = ready(open_page(f"{address}map?z=9&lat=35.93&lon=36.63", viewport=WIDE))
    place = page.locator("#map canvas").bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    card = page.locator("#card")
    expect(card).to_be_visible()
    expect(card.locator("blockquote").first).to_contain_text("إدلب")
    page.keyboard.press("x")
    expect(card).to_be_hidden()


def test_a_row_of_the_list_is_found_on_the_map(address, open_page):
    page = ready(open_page(f"{address}map", viewport=WIDE))
    page.locator("#in-view .map-find:visible").first.click()
    expect(page.locator("#card blockquote").first).to_be_visible()


def test_dragging_over_the_bars_chooses_days(address, open_page):
    page = ready(open_page(f"{address}map", viewport=WIDE))
    everything = shown(page)
    bars = page.locator("#bars").bounding_box()
    page.mouse.move(bars["x"] + 2, bars["y"] + 20)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] / 3, bars["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator("#days-all")).to_be_visible()
    assert query(page)["since"].startswith("2024-09")
    assert page.locator("#since").input_value() == query(page)["since"]
    assert 0 < shown(page) < everything
    expect(page.locator("#in-view .map-rows li")).to_have_count(1)
    page.locator("#days-all").click()
    assert "since" not in query(page)
    assert shown(page) == everything


def test_days_are_chosen_with_the_keyboard_too(address, open_page):
    page = ready(open_page(f"{address}map", viewport=WIDE))
    page.locator("#range-last").focus()
    page.keyboard.press("Home")
    assert query(page)["until"].startswith("2024-09")
    page.locator("body").press("l")
    assert query(page)["day"].startswith("2024-09")
    assert page.locator("#day-shown").inner_text() == query(page)["day"]


def test_statuses_are_chosen_in_the_legend(address, open_page):
    page = ready(open_page(f"{address}map", viewport=WIDE))
    page.locator(".map-legend input[value=denied]").check()
    assert query(page)["status"] == "denied"
    expect(page.locator("#in-view .map-rows")).to_have_count(0)


def test_without_webgl_the_drawing_stays_and_says_so(address, open_page):
    page = open_page(f"{address}map", webgl=False, allowed=("WebGL", "webgl", "GPU"), viewport=WIDE)
    expect(page.locator("body[data-ready=picture]")).to_be_visible(timeout=browsing.PATIENCE)
    expect(page.locator("#map-said")).to_contain_text("WebGL")
    expect(page.locator("#picture .bubble").first).to_be_visible()
    page.locator("#range-last").focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("until=2024-09"))
    expect(page.locator("body[data-ready=picture]")).to_be_visible(timeout=browsing.PATIENCE)
    assert page.locator("#until").input_value().startswith("2024-09")


def test_without_scripts_there_is_all_but_the_moving_map(address, open_page):
    page = open_page(f"{address}map?since=2024-12-01", java_script_enabled=False, viewport=WIDE)
    expect(page.locator("#picture .bubble").first).to_be_visible()
    expect(page.locator("#in-view .map-rows li").first).to_be_visible()
    page.locator("#since").fill("2024-09-01")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile("since=2024-09-01"))


def test_on_paper_there_is_the_drawing(address, open_page):
    page = ready(open_page(f"{address}map", viewport=WIDE))
    expect(page.locator("#picture")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("#picture")).to_be_visible()
    expect(page.locator("#map canvas")).to_be_hidden()
