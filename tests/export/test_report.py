"""The printable report: what is told first, what is only counted, and the same bytes each time."""

import html
import re

import pytest
from playwright.sync_api import expect

from export import records
from marsad.export.report import Best, Report, best_quotes
from marsad.export.site_told import Teller
from marsad.export.site_words import Words
from web import browsing


def report(path, some=None, **changes):
    some = [*records.odd_spells(), *records.odd_incidents()] if some is None else some
    return records.written(Report(path, records.making(**changes)), path, some).decode("utf-8")


def told(page):
    """The text of the page, each run of spaces as one."""
    body = re.sub("<[^>]*>", " ", page[page.index("<body") :])
    return re.sub(r"\s+", " ", html.unescape(body))


def ids(page):
    return re.findall(r"<code>([^<]*)</code>", page)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_two_reports_of_one_store_are_equal(tmp_path, lang):
    assert report(tmp_path / "a", lang=lang) == report(tmp_path / "b", lang=lang)


def test_a_day_after_a_name_keeps_its_order(tmp_path):
    assert '<bdi dir="ltr">2026-03-02</bdi>' in report(tmp_path / "a", lang="ar")


def test_disputed_conceded_and_denied_ones_come_first_then_the_deadliest(tmp_path):
    more = [
        records.incident("i7", counts=[records.toll(least=5, most=None)]),
        records.incident("i8", counts=[records.toll(least=2, most=90)]),
        records.incident("i9", independent=3),
    ]
    page = report(tmp_path / "a", [*records.odd_incidents(), *more])
    assert ids(page) == ["i4", "i5", "i3", "i8", "i7", "i9", "i1", "i6", "i2"]


def test_what_is_not_told_is_counted(tmp_path):
    page = told(report(tmp_path / "a", most=2))
    assert "Shown: 2; not shown: 4." in page
    assert "The latest 2 of 3." in page
    assert "disputed 1 16.7%" in page
    assert "Incidents 6 Claims 7" in page


def test_places_are_counted_by_governorate_as_far_as_it_is_known(tmp_path):
    page = told(report(tmp_path / "a"))
    assert "Idlib 3 50.0%" in page
    assert "Syria, governorate not known 2 33.3%" in page
    assert "place not known 1 16.7%" in page


def test_many_months_are_counted_as_years(tmp_path):
    some = [
        records.incident(f"i{n}", time={"from": f"{2020 + n // 12}-{n % 12 + 1:02}-01", "to": None})
        for n in range(30)
    ]
    page = told(report(tmp_path / "a", some))
    assert "By year Year Number Share 2022 6 20.0% 2021 12 40.0% 2020 12 40.0%" in page


def test_texts_of_others_are_never_markup_and_private_persons_are_not_named(tmp_path):
    page = report(tmp_path / "a")
    assert "&lt;/script&gt;" in page
    assert "<b onload" not in page
    assert "<script" not in page
    assert "سالم" not in page
    assert "Names of private persons are left out" in page
    shown = report(tmp_path / "b", private=True)
    assert "سالم" in shown
    assert "Names of private persons are left out" not in shown


def test_denials_and_concessions_are_quoted_first_and_no_words_twice():
    def quoted(*rows):
        claims = [
            records.claim(f"c{n}", quote=words, root=root) for n, (says, root, words) in enumerate(rows)
        ]
        lines = [
            records.told(one, says=says, root=root, root_text=root, root_label=None)
            for one, (says, root, _) in zip(claims, rows, strict=True)
        ]
        record = records.incident("i1", claims, lines)
        return best_quotes(Teller(records.making(), Words.of("en")).told(record).quotes)

    rows = [("affirms", "a", "1"), ("affirms", "a", "2"), ("affirms", "b", "2"), ("affirms", "c", "3"), ("denies", "d", "4"), ("expects", "a", "5"), ("affirms", "e", "6")]  # fmt: skip
    assert [one.text for one in quoted(*rows)] == ["4", "1", "2", "3", "6"]
    assert [one.text for one in quoted(*rows[:2])] == ["1", "2"]


def test_only_the_best_are_held():
    best = Best(2)
    for number in (5, 1, 4, 3):
        best.put((number,), str(number))
    assert best.things() == ["1", "3"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_an_empty_project_makes_a_report_too(tmp_path, lang):
    assert "<h1>" in report(tmp_path / "a", [], lang=lang)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_browser_shows_and_prints_it_without_asking_for_anything(browser, tmp_path, lang):
    file = tmp_path / "report.html"
    report(file, lang=lang)
    seen = browsing.Seen()
    shown = browsing.new_page(browser, seen, viewport={"width": 375, "height": 800})
    shown.goto(f"file://{file}")
    expect(shown.locator("h1")).to_be_visible()
    assert shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert shown.evaluate("getComputedStyle(document.body).direction") == ("rtl" if lang == "ar" else "ltr")
    printed = shown.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed).groups())
    assert (round(width), round(height)) == (595, 842)
    assert ([url for url in seen.outside if url != f"file://{file}"], seen.errors, seen.violations) == ([], [], [])  # fmt: skip
    assert browsing.axe(shown, impacts=("minor", "moderate", "serious", "critical")) == []
    shown.context.close()
