"""Roots as the register of this program knows them: officials by their states, members by their bodies, media by their owners."""

import sys
from datetime import date
from pathlib import Path

import pytest

from marsad.incidents.roots import roots_of
from marsad.run.reconciling import load_knowledge

sys.path.insert(0, str(Path(__file__).parent))
from build import said, source, written
from texts import only, read, told_in

DAY = "2024-05-06"
SHEET = "نشرة الساحل"


def root_of(words, kind="unnamed", medium=SHEET, published=DAY):
    claims = [said(source(words, kind)) if words else said()]
    return roots_of(written(medium=medium, published=published), claims, load_knowledge())[0]


STATES = [
    ("مسؤول تركي", "turkey-state", "turkey"),
    ("مسؤولون أميركيون", "united-states-state", "united-states"),
    ("مسؤول أمريكي رفيع", "united-states-state", "united-states"),
    ("مصدر عسكري سوري", "sy-state", "sy-assad"),
    ("مصادر أمنية عراقية", "iraq-state", "iraq"),
    ("مصدر أمني لبناني", "lebanon-state", "lebanon"),
    ("المتحدث العسكري الإسرائيلي", "israel-state", "israel"),
    ("وسائل إعلام إسرائيلية رسمية", "israel-state", "israel"),
    ("مسؤول إيراني كبير", "iran-state", "iran"),
    ("وزير الدفاع الأوكراني", "ukraine-state", "ukraine"),
]


@pytest.mark.parametrize(("words", "state", "side"), STATES)
def test_officials_are_organs_of_the_state_that_their_adjective_names(words, state, side):
    root = root_of(words)
    assert (root.authority[-1], root.side) == (state, side)


NOBODYS = [
    "مصدر طبي سوري",
    "ناشطون سوريون",
    "مصادر محلية سورية",
    "شهود عيان لبنانيون",
    "محلل عسكري روسي",
    "مصدر دبلوماسي غربي",
    "مصدر في المعارضة السورية",
    "مسؤول في الائتلاف السوري المعارض",
    "مصدر عسكري في الجيش الوطني السوري",
    "مصدر في قوات سوريا الديمقراطية",
    "مصدر أمني في الإدارة الذاتية لشمال وشرق سوريا",
    "مسؤول في الأمم المتحدة في سوريا",
    "ضابط منشق عن الجيش السوري",
]


@pytest.mark.parametrize("words", NOBODYS)
def test_a_countrys_name_in_the_words_of_others_makes_them_no_organ_of_its_state(words):
    root = root_of(words)
    assert not any(above.endswith("-state") for above in root.authority), root
    assert root.side not in ("sy-assad", "russia", "lebanon")


MEMBERS = [
    ("مسؤول في حركة حماس", "hamas"),
    ("قيادي في حزب الله", "hezbollah"),
    ("مصدر في قوات سوريا الديمقراطية", "sdf"),
    ("مصدر قيادي في كتائب القسام", "hamas"),
    ("ناطق باسم الجيش السوداني", "sd-army"),
    ("متحدث باسم وزارة الدفاع التركية", "turkey-state"),
]


@pytest.mark.parametrize(("words", "body"), MEMBERS)
def test_whoever_speaks_from_within_a_body_is_its_organ(words, body):
    text = f"قال {words} إن ستة مدنيين قتلوا وأصيب عشرة آخرون في غارة جوية استهدفت سوقا شعبيا في مدينة منبج بريف حلب أمس الأحد."
    article, claims = read("a", SHEET, DAY, text)
    roots = roots_of(article, claims, load_knowledge())
    assert roots
    assert all(body in root.authority for root in roots), roots


def test_a_member_and_the_body_are_one_voice():
    event = "قتلوا وأصيب عشرة آخرون في غارة جوية استهدفت سوقا شعبيا في مدينة رفح أمس الأحد."
    found = told_in(
        ("a", SHEET, DAY, f"قالت حركة حماس إن ستة مدنيين {event}"),
        ("b", "صحيفة الجبل", DAY, f"قال مسؤول في حركة حماس إن ستة أشخاص {event}"),
    )
    assert only(found, "harm.killed").independent == 1


STATE_MEDIA = [
    ("سانا", "sy-army", "2024-05-06"),
    ("سانا", "sy-army", "2024-12-06"),
    ("وكالة الأناضول", "turkey-army", "2024-05-06"),
    ("روسيا اليوم", "russia-army", "2024-05-06"),
    ("سونا", "sd-army", "2024-05-06"),
    ("وكالة إرنا", "iran-state", "2024-05-06"),
    ("المنار", "hezbollah", "2024-05-06"),
    ("المسيرة", "houthis", "2024-05-06"),
]


@pytest.mark.parametrize(("medium", "body", "day"), STATE_MEDIA)
def test_media_of_a_state_or_party_are_its_voice_and_on_its_side_of_that_day(medium, body, day):
    root = root_of("", medium=medium, published=day)
    known = load_knowledge()
    on = date.fromisoformat(day)
    assert root.authority[-1] == known.authority(body, on)[-1]
    assert root.side == known.side(body, on) != ""


@pytest.mark.parametrize("medium", ["رويترز", "العربية", SHEET])
def test_private_media_are_nobodys_organ(medium):
    root = root_of("", medium=medium)
    assert len(root.authority) == 1
    assert root.side == ""


def test_the_side_is_that_of_the_day():
    """Who governs Damascus changed in December 2024, and with it whose word an official's is."""
    before, after = (root_of("مصدر عسكري سوري", published=day).side for day in ("2024-05-06", "2025-05-06"))
    assert before != after
