"""How many, how surely, of whom: tables of hand-written phrases."""

import pytest

from marsad.arabic.lexicon import Lexicon
from marsad.arabic.quantities import find_quantities
from marsad.arabic.tokens import tokenise


def quantities(text: str, lexicon: Lexicon):
    tokens = tokenise(text, lexicon)
    return [(text[q.start : q.end], q.min, q.max, q.approx) for q in find_quantities(tokens)]


EXACT = [
    ("ثلاثة وأربعون شخصا", 43),
    ("ثلاثة و أربعين شخصا", 43),
    ("خمسة عشر جنديا", 15),
    ("إحدى عشرة امرأة", 11),
    ("اثنا عشر طفلا", 12),
    ("ثلاثمئة وخمسة وعشرين مدنيا", 325),
    ("ثلاث مئة جندي", 300),
    ("مئتي شخص", 200),
    ("مائتان وسبعة قتلى", 207),
    ("ألف ومئتان وخمسون نازحا", 1250),
    ("ألفا شخص", 2000),
    ("ألفي لاجئ", 2000),
    ("عشرين ألف مقاتل", 20_000),
    ("مئة وخمسين ألف نازح", 150_000),
    ("ثلاثة ملايين ومئتي ألف نازح", 3_200_000),
    ("مليوني نازح", 2_000_000),
    ("نصف مليون لاجئ", 500_000),
    ("مليون ونصف المليون نازح", 1_500_000),
    ("6,1 مليون نازح", 6_100_000),
    ("٣٫٥ مليون نازح", 3_500_000),
    ("1,320 أسيرا", 1320),
    ("18.006 مصابين", 18_006),
    ("١٢ طفلا", 12),
    ("الـ32 قتيلا", 32),
    ("35 ألف أسرة", 35_000),
    ("ألف و200 جريح", 1200),
]


@pytest.mark.parametrize(("text", "number"), EXACT)
def test_find_quantities_reads_numbers(lexicon, text, number):
    ((_, low, high, approx),) = quantities(text, lexicon)
    assert (low, high, approx) == (number, number, False)


RANGES = [
    ("بين 10 و15 جنديا", 10, 15, False),
    ("ما بين عشرين وثلاثين قتيلا", 20, 30, False),
    ("من 10 إلى 15 شخصا", 10, 15, False),
    ("10-15 شخصا", 10, 15, False),
    ("10 إلى 15 ألف شخص", 10_000, 15_000, False),
    ("ارتفع عدد القتلى من 10 إلى 15 شخصا", 15, 15, False),
    ("ثلاثة أو أربعة جنود", 3, 4, False),
    ("نحو 300 شخص", 300, 300, True),
    ("قرابة أربعين جنديا", 40, 40, True),
    ("ما يقارب 90 نازحا", 90, 90, True),
    ("50 عائلة تقريبا", 50, 50, True),
    ("أكثر من 40 قتيلا", 41, None, False),
    ("ما يزيد على مليون شخص", 1_000_001, None, False),
    ("ما لا يقل عن 260 مقاتلا", 260, None, False),
    ("20 مدنيا على الأقل", 20, None, False),
    ("20 مدنيا سوريا، على الأقل", 20, None, False),
    ("أقل من 30 جنديا", None, 29, False),
    ("ما يصل إلى 50 جنديا", None, 50, False),
    ("عشرات القتلى", 20, 99, True),
    ("مئات المدنيين", 200, 999, True),
    ("آلاف النازحين", 2000, 9999, True),
    ("عشرات الآلاف من النازحين", 20_000, 99_999, True),
    ("مئات آلاف السكان", 200_000, 999_999, True),
    ("بضع عشرات من الجنود", 20, 99, True),
]


@pytest.mark.parametrize(("text", "low", "high", "approx"), RANGES)
def test_find_quantities_reads_ranges_and_hedges(lexicon, text, low, high, approx):
    assert [found[1:] for found in quantities(text, lexicon)] == [(low, high, approx)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قتل وجرح شخصان", ["شخصان"]),
        ("إصابة طفلين اثنين وجنديين", ["طفلين اثنين", "جنديين"]),
        ("شابان فلسطينيان", ["شابان"]),
        ("ما لا يقل عن سبعة جنود ونحو15 مقاتلا", ["ما لا يقل عن سبعة", "نحو15"]),
        ("وثلاثون جريحا", ["ثلاثون"]),
        ("ثلاثة وأربعة", ["ثلاثة", "أربعة"]),
        ("أحد الرجلين", []),
    ],
)
def test_find_quantities_spans_are_exact(lexicon, text, words):
    assert [found[0] for found in quantities(text, lexicon)] == words


@pytest.mark.parametrize(
    "text",
    [
        "بعد 24 ساعة",
        "خلال ثلاثة أيام",
        "في 20 يوليو 2015",
        "في السادس من حزيران",
        "منذ عام 2014",
        "بين عامي 2013 و2016",
        "الفرقة 30",
        "الفرقة الـ25",
        "القرار 2254",
        "طائرة إف-16 وصاروخ إس 400",
        "في 12/3/2020 الساعة 10:30",
        "في 6-6-2024",
        "الشاب سالم (22)",
        "يبلغ من العمر 35 عاما",
        "خمسة كيلومترات",
        "30 صاروخا وأربع غارات",
        "10 بالمئة و5% و95 في المئة",
        "ثلاثة ملايين دولار",
        "يوم الاثنين",
        "عدد من الجنود وبضعة مدنيين وعدة أشخاص",
        "الخامس والعشرون",
        "حركة طالبان",
        "أزمة إنسانية",
        "3,5 درجات",
        "1- وصل الوفد",
    ],
)
def test_find_quantities_leaves_out_what_counts_no_people(lexicon, text):
    assert quantities(text, lexicon) == []


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("3 أطفال", "أطفال"),
        ("24 من الجنود", "الجنود"),
        ("المهاجمين الأربعة", "المهاجمين"),
        ("عسكريين اثنين", "عسكريين"),
        ("(15) مصليا", "مصليا"),
        ("13 في المنطقة", None),
    ],
)
def test_find_quantities_finds_the_counted_noun(lexicon, text, noun):
    tokens = tokenise(text, lexicon)
    (quantity,) = find_quantities(tokens)
    found = None if quantity.noun is None else text[tokens[quantity.noun].start : tokens[quantity.noun].end]
    assert found == noun
