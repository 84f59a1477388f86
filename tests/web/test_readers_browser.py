"""Two readings in a real browser: by keyboard, without scripts, with their words lit, in both languages and at any width."""

import json

import pytest
from playwright.sync_api import expect
from sqlalchemy import text as sql

from marsad.run.project import load_project
from read_twice import both, read_by
from stored import stored
from web.browsing import axe
from web.client import opened
from web.test_readers import PLACE, SOURCE


@pytest.fixture
def folder(tmp_path):
    """A project with an article whose claims two readers read differently."""
    article = read_by(stored("a1"), lambda _, claim: both(claim, 0.84, attribution=[SOURCE], place=PLACE))
    with opened(tmp_path / "desk", [article]):
        pass
    return tmp_path / "desk"


def decisions(folder):
    store = load_project(folder).open()
    try:
        with store.database.reading() as connection:
            return [tuple(row) for row in connection.execute(sql("SELECT decision, edit FROM reviews"))]
    finally:
        store.close()


def test_a_reading_is_taken_over_by_keyboard(open_page, serving, folder):
    page = open_page(serving(folder) + "review", viewport={"width": 1400, "height": 900})
    bench = page.locator(".bench")
    before = bench.get_attribute("data-claim")
    page.locator("#work").focus()
    page.keyboard.press("t")
    expect(bench).not_to_have_attribute("data-claim", before)
    expect(page.locator("#told")).to_contain_text("Corrected")
    ((decision, edit),) = decisions(folder)
    assert decision == "edit"
    assert json.loads(edit)["place"]["text"] == "إدلب"
    page.goto(page.url.partition("review")[0] + f"review?claim={before}")
    expect(page.locator(".both .taken")).to_have_count(2)


def test_one_part_is_taken_over_with_its_button(open_page, serving, folder):
    page = open_page(serving(folder) + "review", viewport={"width": 1400, "height": 900})
    before = page.locator(".bench").get_attribute("data-claim")
    page.locator("button[name=take][value=place]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bench")).not_to_have_attribute("data-claim", before)
    ((decision, edit),) = decisions(folder)
    assert (decision, "attribution" in edit) == ("edit", False)


def test_the_words_of_a_reading_are_lit_and_led_to(open_page, serving, folder):
    page = open_page(serving(folder) + "review", viewport={"width": 1400, "height": 900})
    link = page.locator(".both a[href='#model-place']")
    link.focus()
    lit = page.evaluate("() => [...CSS.highlights.get('lit')].map(range => range.toString()).join('')")
    assert lit == "إدلب"
    link.press("Enter")
    assert page.url.endswith("#model-place")
    expect(page.locator("#model-place")).to_be_in_viewport()


def test_without_scripts_a_part_is_taken_over_too(open_page, serving, folder):
    page = open_page(serving(folder) + "review", java_script_enabled=False)
    page.locator("button[name=take][value=place]").click()
    expect(page.locator(".just")).to_contain_text("Corrected")
    assert [row[0] for row in decisions(folder)] == ["edit"]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [1400, 380])
def test_the_page_can_be_used_at_any_width_in_both_languages(open_page, serving, folder, lang, width):
    page = open_page(
        serving(folder) + "review",
        viewport={"width": width, "height": 900},
        locale=lang,
        reduced_motion="reduce",
    )
    expect(page.locator(".both table")).to_be_visible()
    rules, model = (page.locator(f"#both-{one}").bounding_box()["x"] for one in ("rules", "model"))
    assert (rules > model) == (lang == "ar")
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert axe(page) == []
