"""Words of the site and the report: both languages whole, days and numbers as precisely as they are told, titles that name nobody who is not in the register."""

import re
import string

import pytest
import yaml

from export import records
from marsad.export import site_words
from marsad.export.site_words import Words, clean, plain, title_of

EN, AR = Words.of("en"), Words.of("ar")
FOLDER = site_words._FILE.parents[1]


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_text_is_in_both_languages_with_the_same_values():
    entries = yaml.safe_load(site_words._FILE.read_text(encoding="utf-8"))
    assert {frozenset(texts) for texts in entries.values()} == {frozenset(("en", "ar"))}
    assert [key for key, texts in entries.items() if places(texts["en"]) != places(texts["ar"])] == []
    assert [key for key, texts in entries.items() if not all(texts.values())] == []


def test_templates_and_pages_ask_for_no_text_that_is_not_there():
    files = [*FOLDER.glob("templates/*.html"), *FOLDER.glob("site*.py"), FOLDER / "report.py"]
    asked = {
        key
        for file in files
        for key in re.findall(
            r"""(?:\bw|words|_words)[(\[]["']([a-z_.]+[a-z])["']\s*[,)\]]""", file.read_text("utf-8")
        )
    }
    assert len(asked) > 60
    assert sorted(asked - set(EN.entries)) == []


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (None, ""),
        ({"from": None, "to": None, "precision": "unknown"}, ""),
        ({"from": "2024-12-05", "to": "2024-12-05", "precision": "day"}, "5 December 2024"),
        ({"from": "2024-12-05", "to": None, "precision": "day"}, "5 December 2024"),
        ({"from": "2024-12-05", "to": "2024-12-07", "precision": "week"}, "5 to 7 December 2024"),
        ({"from": "2024-11-30", "to": "2024-12-02", "precision": "week"}, "30 November to 2 December 2024"),
        (
            {"from": "2023-12-30", "to": "2024-01-02", "precision": "week"},
            "30 December 2023 to 2 January 2024",
        ),
        ({"from": "2024-12-01", "to": "2024-12-31", "precision": "month"}, "December 2024"),
        ({"from": "2006-01-01", "to": "2006-12-31", "precision": "year"}, "2006"),
        (
            {"from": "1981-06-01", "to": "1981-08-31", "precision": "month"},
            "1 June to 31 August 1981",
        ),
    ],
)
def test_days_are_told_as_precisely_as_they_are_known(time, said):
    assert EN.days(time) == said


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((None, None), "not known"),
        ((5, 5), "5"),
        ((5, 9), "5 to 9"),
        ((40, None), "40 or more"),
        ((None, 12), "up to 12"),
        ((1200, 9999), "1,200 to 9,999"),
    ],
)
def test_numbers_of_people(ends, said):
    assert EN.people(*ends) == said


def test_a_moment_is_told_in_utc():
    assert EN.moment(records.MOMENT) == "4 March 2026, 05:06 UTC"
    assert EN.moment("") == ""


def test_what_no_page_can_hold_is_replaced_and_what_turns_a_line_is_dropped():
    assert clean("a\x00b\ud800c\nd") == "a\ufffdb\ufffdc\nd"
    assert plain("a\u202eb\n  c\u2067") == "ab c"
    assert clean(None) == plain(None) == ""


TITLES = [
    ({}, "Advance into a place, Khan Shaykhun, 1 March 2026: by Syrian army", "تقدّم أو دخول، خان شيخون، 1 مارس 2026: من جانب الجيش السوري"),
    ({"place": None, "time": None, "actors": []}, "Advance into a place", "تقدّم أو دخول"),
    ({"actors": [{"role": "agent", "text": "سالم", "id": None}]}, "Advance into a place, Khan Shaykhun, 1 March 2026", "تقدّم أو دخول، خان شيخون، 1 مارس 2026"),
    ({"events": ["say.demand"], "actors": [{**records.ARMY, "role": "patient"}], "place": None, "time": None}, "Demand or appeal: toward Syrian army", "مطالبة أو دعوة: تجاه الجيش السوري"),
    ({"events": ["harm.killed", "strike.air", "damage.property"], "place": None, "time": None, "actors": []}, "People killed, air strike and more", "قتلى، غارة جوية وغير ذلك"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "en", "ar"), TITLES)
def test_a_title_names_an_event_and_only_who_is_in_the_register(changes, en, ar):
    data = records.incident(**changes).data
    assert title_of(data, EN, records.making()) == en
    assert title_of(data, AR, records.making(lang="ar")) == ar
