"""Where the words of hand-written articles are put on the map, and with what precision."""

import pytest

from marsad import read_article
from marsad.grounding import Gazetteer, Lookup, search
from marsad.grounding.gazetteer import kilometres
from marsad.grounding.place_lookup import is_one_edit
from marsad.model import Claim

LOOKUP = Lookup(Gazetteer())


def placed(text: str, words: str, title: str = "") -> Claim:
    """The first claim of a text at a place with those words."""
    claims = [
        c
        for c in read_article(text, published="2024-11-30", title=title)
        if c.place and c.place.text == words
    ]
    assert claims, [c.place.text for c in read_article(text, published="2024-11-30", title=title) if c.place]
    return claims[0]


# text, the place's words, English name of the row (or of what is around it), country, precision
CASES = [
    ("قصفت قوات النظام بلدة أرزة في ريف حماة.", "بلدة أرزة", "Arzah", "SY", "exact"),
    ("سيطرت الفصائل على مدينة حماة بعد معارك عنيفة مع قوات النظام.", "مدينة حماة", "Ḩamāh", "SY", "exact"),
    ("قصفت الطائرات الحربية محافظة حماة وقتلت ثلاثة مدنيين.", "محافظة حماة", "Hama", "SY", "governorate"),
    (
        "قصفت قوات النظام ريف حماة الشمالي بالمدفعية.",
        "ريف حماة الشمالي",
        "Northern Hama countryside",
        "SY",
        "governorate",
    ),
    # a quarter of a city that is named beside it, known and not known
    ("اندلعت اشتباكات في حي القصور بمدينة حماة بين الفصائل وقوات النظام.", "حي القصور", None, "SY", None),
    (
        "اندلعت اشتباكات في حي الزنجبيلات بمدينة حلب بين الفصائل وقوات النظام.",
        "حي الزنجبيلات",
        "Aleppo",
        "SY",
        "town",
    ),
    # a village that nobody knows, in a countryside that is known
    (
        "سيطرت الفصائل على قرية كفر زنجبيلة في ريف إدلب.",
        "قرية كفر زنجبيلة",
        "Idlib countryside",
        "SY",
        "governorate",
    ),
    # what bears a town's name lies there
    ("اقتحم مسلحون سجن درعا المركزي وأطلقوا النار على الحراس.", "سجن درعا المركزي", None, "SY", None),
    # one name, several countries: the article decides
    ("قصفت قوات النظام السوري مدينة القصير قرب حمص.", "مدينة القصير", "Al Quşayr", "SY", "exact"),
    (
        "قتل جنديان مصريان في هجوم في مدينة القصير على ساحل البحر الأحمر في مصر.",
        "مدينة القصير",
        "Al Quşayr",
        "EG",
        "exact",
    ),
    ("قصف الجيش الإسرائيلي بلدة الطيبة في جنوب لبنان.", "بلدة الطيبة", None, "LB", "exact"),
    # words that are names too
    ("سيطر الجيش الوطني السوري على مدينة الباب في ريف حلب.", "مدينة الباب", None, "SY", "exact"),
    ("قصف الجيش الإسرائيلي مدينة صور في جنوب لبنان.", "مدينة صور", None, "LB", "exact"),
    # an adjective says the country
    ("قتل شخصان في انفجار في العاصمة الإندونيسية.", "العاصمة الإندونيسية", "Jakarta", "ID", "exact"),
    ("قتل ثلاثة جنود في هجوم في اليمن.", "اليمن", "Yemen", "YE", "country"),
    # a base is where it is, not in the country that it is of
    ("قصف مسلحون قاعدة التنف الأميركية في سوريا.", "قاعدة التنف الأميركية", None, "SY", "exact"),
    # spelled otherwise
    ("قصفت قوات النظام مدينة ديرالزور بالصواريخ.", "مدينة ديرالزور", "Deir ez-Zor", "SY", "exact"),
]


@pytest.mark.parametrize(("text", "words", "name", "country", "precision"), CASES, ids=[c[1] for c in CASES])
def test_where_a_place_is(text, words, name, country, precision):
    place = placed(text, words).place
    assert place is not None
    assert place.country == country
    assert place.lat is not None
    assert place.id
    if name:
        assert place.name == name
    if precision:
        assert place.precision == precision


def test_a_letter_out_of_order_is_mended_beside_what_it_lies_in():
    place = placed("دخلت الفصائل مدينة السملية في محافظة حماة.", "مدينة السملية").place
    assert place is not None
    assert place.lat is not None
    assert kilometres((place.lat, place.lon or 0.0), (35.01, 37.05)) < 10
    assert is_one_edit("سمليه", "سلميه")
    assert not is_one_edit("بلشون", "بليون")


def test_directions_do_not_move_the_point():
    near = placed("اندلعت اشتباكات شمال مدينة سراقب بين الفصائل وقوات النظام.", "مدينة سراقب").place
    at = placed("اندلعت اشتباكات في مدينة سراقب بين الفصائل وقوات النظام.", "مدينة سراقب").place
    assert near is not None
    assert at is not None
    assert (near.lat, near.lon) == (at.lat, at.lon)


def test_a_name_whose_head_stands_before_it_is_the_whole():
    claims = read_article("شنت طائرات حربية غارات على قطاع غزة.", published="2024-11-30")
    assert {(c.place.name, c.place.precision) for c in claims if c.place} == {("Gaza Strip", "governorate")}


@pytest.mark.parametrize(
    "text",
    [
        "بيروت - رويترز\nقتل ثلاثة أشخاص في قصف صاروخي نفذه الجيش.",
        "بيروت/ وكالات\nقتل ثلاثة أشخاص في قصف صاروخي نفذه الجيش.",
        "بيروت (رويترز) قتل ثلاثة أشخاص في قصف صاروخي نفذه الجيش.",
    ],
)
def test_no_claim_is_located_by_a_dateline(text):
    for claim in read_article(text, published="2024-11-30"):
        assert claim.place is None or claim.place.text != "بيروت"


def test_a_name_that_could_be_two_places_is_left_open_with_its_candidates():
    choice = search(LOOKUP, "الطيبة")
    assert choice.place is None
    assert len(choice.scored) > 1
    assert "as likely" in choice.reason


def test_the_words_of_people_and_bodies_are_no_places():
    text = "أعلن فيلق القدس مقتل أبو محمد الجولاني في غارة جوية، وفق قناة الميادين."
    places = {c.place.text for c in read_article(text, published="2020-01-01") if c.place}
    assert not places & {"القدس", "الجولاني", "الميادين"}


SWAPS = [
    ("قصفت قوات النظام قرية كفر زنجبيلة بريف إدلب.", "قصفت فصائل المعارضة قرية كفر زنجبيلة بريف إدلب."),
    ("قصف الجيش الإسرائيلي مدينة صور.", "قصف حزب الله مدينة صور."),
    ("قتل الحوثيون خمسة مدنيين في مدينة تعز.", "قتل التحالف العربي خمسة مدنيين في مدينة تعز."),
    ("قصف الجيش السوداني مدينة نيالا.", "قصفت قوات الدعم السريع مدينة نيالا."),
]


@pytest.mark.parametrize(("one", "other"), SWAPS)
def test_who_did_it_does_not_move_the_place(one, other):
    first, second = (read_article(text, published="2024-11-30") for text in (one, other))
    assert [c.place and (c.place.id, c.place.precision) for c in first] == [
        c.place and (c.place.id, c.place.precision) for c in second
    ]


def test_every_choice_says_why():
    claim = placed("قصفت قوات النظام بلدة أرزة في ريف حماة.", "بلدة أرزة")
    reasons = [origin for origin in claim.origin if origin.part == "map"]
    assert len(reasons) == 1
    assert "the article is about its country" in reasons[0].rule
    assert "Arzah" in reasons[0].words


def test_spans_stay_those_of_the_words():
    text = "قصفت قوات النظام بلدة أرزة في ريف حماة."
    for claim in read_article(text, published="2024-11-30"):
        assert claim.place is not None
        assert text[claim.place.span.start : claim.place.span.end] == claim.place.text


@pytest.mark.parametrize(("outlet", "country"), [("سانا", "SY"), ("الأهرام", "EG")])
def test_the_outlet_s_home_speaks_for_its_country(outlet, country):
    claims = read_article(
        "اندلعت اشتباكات في مدينة القصير بين مسلحين.", published="2013-06-01", outlet=outlet
    )
    assert {claim.place.country for claim in claims if claim.place} == {country}
