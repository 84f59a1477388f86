"""Who is meant by the words for actors in hand-written articles."""

import pytest

from marsad import read_article
from marsad.grounding.actor_keys import key_of_name


def meant(text: str, published: str) -> dict[str, str | None]:
    """Words of actors and sources with their ids."""
    found: dict[str, str | None] = {}
    for claim in read_article(text, published=published):
        found.update((actor.text, actor.id) for actor in claim.actors)
        found.update((source.text, source.id) for source in claim.attribution)
    return found


CASES = [
    ("قصفت قوات النظام مدينة سراقب في ريف إدلب.", "2020-02-01", "قوات النظام", "sy-army"),
    ("قصفت قوات الأسد مدينة سراقب في ريف إدلب.", "2020-02-01", "قوات الأسد", "sy-army"),
    ("قصف الجيش العربي السوري مدينة سراقب في ريف إدلب.", "2020-02-01", "الجيش العربي السوري", "sy-army"),
    ("قصف الجيش السوري مدينة سراقب في ريف إدلب.", "2020-02-01", "الجيش السوري", "sy-army"),
    # the same words mean another army on another day
    ("قصف الجيش السوري مدينة سراقب في ريف إدلب.", "2025-06-01", "الجيش السوري", "sy-new-army"),
    (
        "قتل ثلاثة عناصر من قوات النظام في كمين في ريف حمص.",
        "2020-02-01",
        "ثلاثة عناصر من قوات النظام",
        "sy-army",
    ),
    (
        "قتل عنصران من تنظيم الدولة الإسلامية في غارة في ريف حمص.",
        "2020-02-01",
        "عنصران من تنظيم الدولة الإسلامية",
        "islamic-state",
    ),
    (
        "قصفت طائرات حربية روسية مدينة سراقب في ريف إدلب.",
        "2020-02-01",
        "طائرات حربية روسية",
        "russia-air-force",
    ),
    ("قتل جنديان فرنسيان في هجوم في مالي.", "2020-02-01", "جنديان فرنسيان", "france-army"),
    ("قصف الجيش الإسرائيلي مدينة صور.", "2024-10-01", "الجيش الإسرائيلي", "israel-army"),
    ("أطلقت كتائب القسام صواريخ على مدينة عسقلان.", "2024-10-01", "كتائب القسام", "qassam-brigades"),
    ("قصف الحوثيون مدينة مأرب بصاروخ.", "2021-10-01", "الحوثيون", "houthis"),
    ("قصفت قوات الدعم السريع مدينة الفاشر.", "2024-10-01", "قوات الدعم السريع", "rsf"),
    (
        "قال المرصد السوري لحقوق الإنسان إن ثلاثة مدنيين قتلوا في قصف في إدلب.",
        "2020-02-01",
        "المرصد السوري لحقوق الإنسان",
        "sohr",
    ),
    ("قالت وكالة رويترز إن ثلاثة مدنيين قتلوا في قصف في إدلب.", "2020-02-01", "وكالة رويترز", "reuters"),
]


@pytest.mark.parametrize(("text", "day", "words", "identity"), CASES, ids=[f"{c[2]} {c[1]}" for c in CASES])
def test_who_is_meant(text, day, words, identity):
    found = meant(text, day)
    assert found.get(words) == identity, found


def test_a_short_name_is_the_body_of_the_country_that_the_news_is_about():
    sudan = meant("قصف الجيش مواقع في مدينة الخرطوم في السودان.", "2024-01-01")
    egypt = meant("قصف الجيش مواقع في مدينة العريش في مصر.", "2024-01-01")
    assert sudan.get("الجيش") == "sd-army"
    assert egypt.get("الجيش") == "egypt-army"


def test_a_short_name_is_nobody_where_two_countries_are_as_near():
    of_one = meant("قالت الشرطة إن ثلاثة أشخاص قتلوا في انفجار، بينما تنفي فرنسا ذلك.", "2024-01-01")
    of_two = meant(
        "قالت الشرطة إن ثلاثة أشخاص قتلوا في انفجار، بينما تنفي السعودية وفرنسا ذلك.", "2024-01-01"
    )
    assert of_one.get("الشرطة") == "france-police"
    assert "الشرطة" in of_two
    assert of_two["الشرطة"] is None


GAZA = "شن الطيران الإسرائيلي غارات على خان يونس في قطاع غزة. وتوعد الجيش الإسرائيلي بمواصلة عملياته، وقالت إسرائيل إنها لن تتوقف. "


@pytest.mark.parametrize("source", ["وزارة الصحة", "المتحدث باسم وزارة الصحة"])
def test_a_ministry_of_one_land_that_could_be_two_is_never_that_of_its_enemy(source):
    """Gaza and Ramallah have one each: which is meant is not known, but it is not Israel's, however much of the article Israel is."""
    found = meant(f"{GAZA}وقالت {source} إن عشرة مدنيين قتلوا في قصف إسرائيلي على خان يونس.", "2024-03-01")
    assert not str(found[source]).startswith("israel"), found


@pytest.mark.parametrize("where", ["في غزة", "بغزة", "في قطاع غزة", "في قطاع #غزة"])
@pytest.mark.parametrize("again", ["وزارة الصحة", "الوزارة"])
def test_a_ministry_named_with_its_place_is_the_same_when_named_without(again, where):
    text = (
        f"{GAZA}وأعلنت وزارة الصحة {where} مقتل ثلاثة مدنيين في قصف إسرائيلي على رفح. "
        f"وقالت {again} إن عشرة مدنيين قتلوا في قصف إسرائيلي على خان يونس."
    )
    ids = {
        source.id
        for claim in read_article(text, published="2024-03-01")
        for source in claim.attribution
        if source.text == again
    }
    assert ids == {"ps-gaza-health-ministry"}


def test_a_ministry_named_with_its_place_is_not_that_of_another_land():
    text = (
        "أعلنت وزارة الصحة في غزة مقتل ثلاثة مدنيين في قصف إسرائيلي على رفح.\n"
        "وفي لبنان، قالت وزارة الصحة إن خمسة مدنيين قتلوا في قصف على مدينة صور جنوب لبنان."
    )
    told = {claim.place.country: claim.attribution[0].id for claim in read_article(text, published="2024-03-01") if claim.place and claim.attribution}  # fmt: skip
    assert told["PS"] == "ps-gaza-health-ministry"
    assert told["LB"] != "ps-gaza-health-ministry"


def test_a_bare_head_noun_is_who_was_named_before():
    text = "أعلنت جماعة أنصار الله سيطرتها على مدينة ذمار.\nوهاجمت الجماعة مدينة رداع."
    found = meant(text, "2014-12-01")
    assert found.get("الجماعة") == "houthis"


def test_private_persons_are_nobody_of_the_register():
    found = meant("قتل المزارع سالم الزنجبيلي في قصف لقوات النظام على بلدة سراقب.", "2020-02-01")
    assert all(identity is None for words, identity in found.items() if "الزنجبيلي" in words)


def test_unnamed_sources_are_nobody():
    found = meant("قال مصدر عسكري إن ثلاثة مدنيين قتلوا في قصف في إدلب.", "2020-02-01")
    assert found.get("مصدر عسكري") is None


SIDES = [
    ("قوات النظام", "فصائل المعارضة", "مدينة سراقب في ريف إدلب", "2020-02-01"),
    ("الجيش الإسرائيلي", "حزب الله", "مدينة صور في لبنان", "2024-10-01"),
    ("الحوثيون", "الجيش اليمني", "مدينة مأرب في اليمن", "2021-10-01"),
    ("الجيش السوداني", "قوات الدعم السريع", "مدينة الفاشر في السودان", "2024-10-01"),
    ("الجيش الروسي", "الجيش الأوكراني", "مدينة باخموت", "2023-03-01"),
]


@pytest.mark.parametrize(("one", "other", "place", "day"), SIDES)
def test_both_sides_are_known_in_every_role(one, other, place, day):
    """Same sentence, sides swapped: both are tied to the register, each to the same entry in both sentences."""
    there = meant(f"قصفت {one} مواقع {other} في {place}.", day)
    back = meant(f"قصفت {other} مواقع {one} في {place}.", day)
    for words in (one, other):
        ids = {found for said in (there, back) for text, found in said.items() if words in text}
        assert len(ids) <= 1, (there, back)
    assert all(there.values()), there
    assert all(back.values()), back


def test_names_are_looked_up_whatever_their_case():
    assert key_of_name("الحوثيون") == key_of_name("الحوثيين") == key_of_name("حوثيين")
    assert key_of_name("مليشيا الحوثي") == key_of_name("ميليشيات الحوثي")
    assert key_of_name("القاعدة") != key_of_name("قاعدة")


@pytest.mark.parametrize(
    ("text", "words", "identity"),
    [
        ("فرضت واشنطن عقوبات على مسؤولين في إيران.", "واشنطن", "united-states-government"),
        ("دعا الكرملين إلى وقف إطلاق النار في أوكرانيا.", "الكرملين", "russia-presidency"),
        ("اتهمت طهران إسرائيل بقصف سفارتها في دمشق.", "طهران", "iran-government"),
    ],
)
def test_a_capital_that_acts_is_a_government(text, words, identity):
    assert meant(text, "2024-04-02").get(words) == identity
