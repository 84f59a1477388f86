"""Review in a real browser by keyboard only, under an Arabic layout: what was pressed is what is stored, and nothing twice."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import text as sql

from marsad.run.project import load_project
from marsad.store.reviewing import Decision, decide, standing
from stored import OTHER, TEXT, stored
from web.client import opened

LAYOUT = {
    "KeyA": "ش",
    "KeyE": "ث",
    "KeyR": "ق",
    "KeyU": "ع",
    "KeyZ": "ئ",
    "KeyJ": "ت",
    "KeyK": "ن",
    "KeyN": "ى",
}
"""What each key gives under an Arabic layout; digits are where they are."""


@pytest.fixture
def folder(tmp_path):
    """A project with enough claims for thirty decisions."""
    made = []
    for number in range(8):
        made += [
            stored(f"a{number}", f"{TEXT} {number}"),
            stored(f"b{number}", f"{OTHER} {number}", outlet="وكالة الجبل"),
        ]
    with opened(tmp_path / "desk", made, reconciled=False):
        pass
    return tmp_path / "desk"


@pytest.fixture
def desk(open_page, serving, folder):
    """A keyboard on the page of review of that project."""
    page = open_page(
        serving(folder) + "review?order=oldest", viewport={"width": 1400, "height": 900}, allowed=("409",)
    )
    return Keyboard(page, folder)


class Keyboard:
    """Presses keys as a keyboard with an Arabic layout does, and knows which claim is on the screen."""

    def __init__(self, page, folder):
        self.page, self.folder = page, folder
        self.line = page.context.new_cdp_session(page)
        self.bench = page.locator(".bench")

    def now(self):
        return self.bench.get_attribute("data-claim")

    def press(self, code, shift=False):
        key = LAYOUT.get(code, code.removeprefix("Digit"))
        down = {"code": code, "key": key, "text": key, "modifiers": 8 if shift else 0}
        self.line.send("Input.dispatchKeyEvent", {"type": "keyDown", **down})
        self.line.send("Input.dispatchKeyEvent", {"type": "keyUp", "code": code, "key": key})

    def settled(self, before):
        expect(self.bench).not_to_have_attribute("data-claim", before)
        self.idle()

    def idle(self):
        expect(self.page.locator(".htmx-request")).to_have_count(0)

    def moved(self, *codes, shift=False):
        """Press keys, of which the last leads to another claim; which one it was before."""
        before = self.now()
        for code in codes:
            self.press(code, shift)
        self.settled(before)
        return before

    def rows(self):
        store = load_project(self.folder).open()
        try:
            with store.database.reading() as connection:
                query = "SELECT claim, decision, reason FROM reviews ORDER BY id"
                return [tuple(row) for row in connection.execute(sql(query))]
        finally:
            store.close()

    def edit(self):
        """Correct the claim: its polarity, by keyboard."""
        before = self.now()
        self.press("KeyE")
        form = self.page.locator("form[data-editing]")
        expect(form).to_be_visible()
        form.locator("select[name=polarity]").focus()
        self.page.keyboard.press("ArrowDown")
        form.locator("button.main").focus()
        self.page.keyboard.press("Enter")
        self.settled(before)
        return before


def test_thirty_claims_are_reviewed_by_keyboard_under_an_arabic_layout(desk):
    wanted = []
    for number in range(30):
        way = number % 4
        if way == 0:
            wanted.append((desk.moved("KeyA"), "accept", ""))
        elif way == 1:
            wanted.append((desk.moved("KeyR", "Digit2"), "reject", "wrong_event"))
        elif way == 2:
            wanted.append((desk.moved("KeyU"), "unsure", ""))
        else:
            wanted.append((desk.edit(), "edit", ""))
    expect(desk.page.locator("#told")).to_contain_text("Z takes it back")
    assert desk.rows() == wanted
    assert len({claim for claim, *_ in wanted}) == 30


def test_undo_brings_the_claim_back_and_it_can_be_decided_anew(desk):
    first = desk.moved("KeyA")
    desk.moved("KeyZ")
    assert desk.now() == first
    assert desk.page.url.endswith(f"claim={first}")
    desk.moved("KeyR", "Digit9")
    assert desk.rows() == [(first, "accept", ""), (first, "undo", ""), (first, "reject", "other")]


def test_a_burst_of_keys_in_one_tick_stores_no_claim_twice_and_says_what_was_not_taken(desk):
    before = desk.now()
    event = "new KeyboardEvent('keydown', {code: 'KeyA', key: 'ش', bubbles: true, cancelable: true})"
    desk.page.evaluate(f"() => {{ for (let n = 0; n < 4; n++) document.body.dispatchEvent({event}); }}")
    expect(desk.page.locator("#told")).to_contain_text("that key was not taken")
    desk.settled(before)
    assert [row[:2] for row in desk.rows()] == [(before, "accept")]
    second = desk.moved("KeyA")
    assert [row[0] for row in desk.rows()] == [before, second]


def test_one_goes_on_and_back_without_deciding_and_back_in_the_browser_too(desk):
    first = desk.moved("KeyJ")
    second = desk.moved("KeyK")
    assert desk.now() == first
    desk.moved("KeyJ", shift=True)
    other = desk.now()
    assert other not in (first, second)
    desk.moved("KeyK", shift=True)
    assert desk.now() == second  # the last that one saw of the article before
    desk.page.go_back()
    expect(desk.bench).to_have_attribute("data-claim", other)
    assert desk.rows() == []


def test_a_place_is_looked_up_picked_and_tied_to_selected_words(desk):
    page, before = desk.page, desk.now()
    desk.press("KeyE")
    form = page.locator("form[data-editing]")
    form.locator("select[name=event]").select_option("strike.drone")
    expect(form.locator("#event-says")).to_contain_text("strike.drone")
    page.locator(".text p[data-start]").first.select_text()
    form.locator("[data-prefix='place.'] button[data-take]").click()
    expect(form.locator("[name='place.text']")).to_have_value(f"{TEXT} 0")
    form.locator("[name='place.q']").press_sequentially("إدلب")
    form.locator("#places input").first.check()
    form.locator("button.main").click()
    desk.settled(before)
    page.goto(page.url.partition("review")[0] + f"review?claim={before}")
    expect(page.locator(".now-claim del.was")).to_have_count(2)
    expect(page.locator(".now-claim")).to_contain_text("drone strike")


def test_what_somebody_was_too_late_for_is_told_and_kept(desk):
    page, claim = desk.page, desk.now()
    page.locator("textarea[name=note]").fill("لا أظن ذلك")
    store = load_project(desk.folder).open()
    with store.database.writing() as connection:
        decide(
            connection,
            Decision(
                who="Sami", claim=claim, decision="accept", revision=standing(connection, claim).revision
            ),
        )
    store.close()
    page.locator("#work").focus()
    desk.press("KeyU")
    expect(page.locator("#problem")).to_contain_text("Sami")
    expect(page.locator("textarea[name=note]")).to_have_value("لا أظن ذلك")
    desk.idle()
    desk.moved("KeyU")
    assert [row[:2] for row in desk.rows()] == [(claim, "accept"), (claim, "unsure")]


def test_the_words_of_the_claim_stand_in_the_middle(tmp_path, open_page, serving):
    filler = "كلام آخر.\n" * 120
    with opened(tmp_path / "long", [stored("long", f"{TEXT}\n{filler}\n{OTHER}")], reconciled=False):
        pass
    page = open_page(
        serving(tmp_path / "long") + "review?order=oldest", viewport={"width": 1400, "height": 900}
    )
    desk = Keyboard(page, tmp_path / "long")
    desk.moved("KeyA")
    for _ in range(2):
        if page.locator("#claim-1").evaluate("one => one.closest('.passage').scrollTop") > 0:
            break
        desk.moved("KeyA")
    words, passage = page.locator("#claim-1").bounding_box(), page.locator(".passage").bounding_box()
    middle = words["y"] + words["height"] / 2 - passage["y"]
    assert passage["height"] * 0.25 < middle < passage["height"] * 0.8


def test_a_selection_with_letters_of_two_units_becomes_a_claim_at_its_code_points(
    tmp_path, open_page, serving
):
    text = f"\U0001f680\U0001f680 {TEXT}"
    with opened(tmp_path / "desk", [stored("a1", text)], reconciled=False):
        pass
    page = open_page(serving(tmp_path / "desk") + "articles/a1")
    words = "مدينة حماة"
    page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.querySelector('.text p[data-start]'), NodeFilter.SHOW_TEXT);
          const nodes = [], range = new Range(); let all = '';
          for (let node = walk.nextNode(); node; node = walk.nextNode()) { nodes.push([node, all.length]); all += node.data; }
          const find = at => { const [node, from] = nodes.findLast(([, start]) => start <= at); return [node, at - from]; };
          const at = all.indexOf(words);
          range.setStart(...find(at)); range.setEnd(...find(at + words.length));
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        words,
    )
    Keyboard(page, tmp_path / "desk").press("KeyN")
    expect(page.locator("[data-picked]")).to_have_text(words)
    page.locator("#new-claim select[name=event]").select_option("say.demand")
    page.locator("#new-claim button.main").click()
    expect(page.locator("form[data-editing]")).to_be_visible()
    start = text.index(words)
    fields = page.locator("[name='evidence.0.start'], [name='evidence.0.end']")
    assert [fields.nth(number).input_value() for number in range(2)] == [str(start), str(start + len(words))]


def test_hovering_a_claim_lights_its_words(open_page, serving, folder):
    page = open_page(serving(folder) + "articles/a0")
    page.locator("#card-1").hover()
    lit = page.evaluate("() => [...CSS.highlights.get('lit')].map(range => range.toString()).join(' ')")
    assert lit
    marked = " ".join(page.locator("mark[data-claims~='1']").all_text_contents())
    assert lit == marked
    page.locator("#card-0 a.number").click()
    assert re.search(r"#claim-0$", page.url)


def test_the_page_works_without_scripts(open_page, serving, folder):
    page = open_page(serving(folder) + "review?order=oldest", java_script_enabled=False)
    before = page.locator("input[name=claim]").first.get_attribute("value")
    page.locator("button[value=accept]").click()
    expect(page.locator(".just")).to_contain_text("Accepted")
    page.locator("summary", has_text="Reject").click()
    page.locator("button[value=duplicate]").click()
    expect(page.locator(".just")).to_contain_text("Rejected")
    page.locator("form.undo button").click()
    expect(page.locator(".just")).to_contain_text("Taken back")
    page.wait_for_load_state("networkidle")
    rows = Keyboard.rows(type("Desk", (), {"folder": folder}))
    assert [row[1] for row in rows] == ["accept", "reject", "undo"]
    assert rows[0][0] == before
