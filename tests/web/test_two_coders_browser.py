"""A claim's whole way in a real browser: two people code it, a third settles where they differ, agreement counts them, gold carries what was settled."""

import json

import pytest
from playwright.sync_api import expect

from stored import OTHER, TEXT, stored
from web.client import opened

DECISIONS = 10


@pytest.fixture
def desk(tmp_path, serving):
    """The address of a workspace on a project of four articles."""
    made = [stored(f"a{n}", f"{TEXT} {n}") for n in range(2)]
    made += [stored(f"b{n}", f"{OTHER} {n}", outlet="وكالة الجبل") for n in range(2)]
    with opened(tmp_path / "desk", made):
        pass
    return serving(tmp_path / "desk").rstrip("/")


def as_somebody(page, desk, name):
    """Be somebody else from now on."""
    page.goto(f"{desk}/me")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Take this name").click()
    expect(page.locator(".who")).to_contain_text(name)


def pressed(page, *keys):
    """Press keys, of which the last leads to another claim, or to the end of the queue; which claim it was."""
    bench = page.locator(".bench, .settle")
    before = page.locator("#work input[name=claim]").first.input_value()
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator(f'#work input[name=claim][value="{before}"]')).to_have_count(0)
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert bench.count() <= 1
    return before


def test_two_coders_and_one_who_settles(desk, open_page, tmp_path):
    page = open_page(f"{desk}/agreement", viewport={"width": 1400, "height": 900}, locale="en")
    page.get_by_label("Share", exact=False).fill("100")
    page.locator("form[action='/agreement/settings'] button").click()

    as_somebody(page, desk, "ana")
    page.goto(f"{desk}/review?order=oldest")
    first = {pressed(page, "a"): "accept" for _ in range(DECISIONS)}

    as_somebody(page, desk, "basim")
    page.goto(f"{desk}/review?part=second&order=oldest")
    expect(page.locator("#work")).not_to_contain_text("ana")
    second = {}
    for number in range(DECISIONS):
        keys = ("a",) if number % 5 else ("r", "1")
        second[pressed(page, *keys)] = "accept" if number % 5 else "reject"
    assert second.keys() == first.keys()

    as_somebody(page, desk, "carla")
    page.goto(f"{desk}/agreement")
    expect(page.locator("main")).to_contain_text("10")
    page.goto(f"{desk}/adjudicate")
    settled = [pressed(page, "2"), pressed(page, "1")]
    expect(page.locator("#work .empty")).to_be_visible()
    assert {claim for claim, decision in second.items() if decision == "reject"} == set(settled)

    page.goto(f"{desk}/export")
    partial = page.locator("form[action='/export/gold.jsonl'] input[type=checkbox]")
    if partial.count():
        partial.first.check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="gold.jsonl").click()
    file = tmp_path / "gold.jsonl"
    taken.value.save_as(file)
    articles = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert (
        sum(len(article["claims"]) for article in articles) == DECISIONS - 1
    )  # basim's refusal was taken once

    page.goto(f"{desk}/audit")
    for name in ("ana", "basim", "carla"):
        expect(page.locator("main")).to_contain_text(name)
