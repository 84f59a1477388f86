"""Lists that grow as one reads on, and saying in a real browser that two incidents are one."""

import re

import pytest
from playwright.sync_api import expect

from web import browsing, desks


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The address of a workspace on the demo's project."""
    with browsing.serving(desks.make_desk(tmp_path_factory.mktemp("desk") / "p", *desks.SAMPLES)) as served:
        yield served.address.rstrip("/")


def test_a_list_goes_on_when_its_end_is_seen(desk, open_page):
    page = open_page(f"{desk}/incidents", locale="en")
    rows, first = page.locator("article.row"), page.locator("article.row").count()
    page.locator(".more").scroll_into_view_if_needed()
    expect(rows.nth(first)).to_be_attached()
    names = page.locator("article.row h2 a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(set(names)) == len(names) > first


def test_a_facet_is_counted_when_it_is_unfolded_and_narrows_the_list(desk, open_page):
    page = open_page(f"{desk}/incidents", locale="en")
    facet = page.locator("details.facet", has=page.get_by_text("Outlet", exact=True))
    facet.locator("summary").first.click()
    choice = facet.locator("li").first
    number = choice.locator(".count").inner_text()
    choice.locator("a").click()
    expect(page).to_have_url(re.compile("outlet="))
    expect(page.locator(".looking strong").first).to_have_text(number)


def test_two_incidents_are_made_one_and_two_again(desk, open_page):
    page = open_page(f"{desk}/incidents?sort=claims", locale="en")
    there = re.compile(r"/incidents/i\w+$")
    for address in page.locator("article.row h2 a").evaluate_all("all => all.map(one => one.href)"):
        page.goto(address)
        if page.locator("button[data-take]").count():
            break
    taken = page.locator("button[data-take]").first
    other = taken.get_attribute("data-take")
    taken.click()
    expect(page.locator("input[name=other]")).to_have_value(other)
    page.locator("#merge + form button").click()
    expect(page).to_have_url(re.compile("/tied"))
    into = page.locator("main .near a")
    expect(into).to_have_count(1, timeout=60_000)
    into.click()
    expect(page).to_have_url(there)
    expect(page.locator(".history")).to_contain_text("judged the same")
    page.get_by_role("button", name="take back").click()
    expect(page.locator("main .near a")).to_have_count(2, timeout=60_000)


def test_claims_are_split_off_only_once_some_are_ticked(desk, open_page):
    page = open_page(f"{desk}/incidents?sort=claims", locale="en")
    page.locator("article.row h2 a").first.click()
    button = page.locator("form.split fieldset button")
    expect(button).to_be_disabled()
    page.locator("form.split input[type=checkbox]").last.check()
    expect(button).to_be_enabled()
    assert browsing.axe(page) == []
