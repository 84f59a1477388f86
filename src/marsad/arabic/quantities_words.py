"""The closed class of Arabic number words and of the words that hedge them, as folded forms.

"مئتي" and "مائتان" are both 200, "وثلاثمئة" is 300 with the conjunction in front, "عشرات" is 20 to 99. The tables
are literals because they are grammar that does not grow; open classes (who is counted, units that are not
people) are lexicon entries.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Rank = Literal["unit", "ten", "tens", "hundred", "scale", "vague"]
Hedge = Literal["about", "more", "least", "less", "most"]


class Numeral(NamedTuple):
    """One number word: what it is worth, where it stands in a compound, and the clitics it carries.

    ``plural`` is set for forms that stand for an unknown number of themselves when nothing counts them
    ("آلاف"); ``closed`` for forms that cannot be multiplied ("مئتان", "ألفي").
    """

    rank: Rank
    value: int
    plural: bool = False
    closed: bool = False
    joined: bool = False
    definite: bool = False


_UNITS = {
    1: "احد واحد واحده واحدا احدي",  # only in compounds: alone it is no number but "one of", "a single"
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي",
    3: "ثلاث ثلاثه",
    4: "اربع اربعه",
    5: "خمس خمسه",
    6: "ست سته",
    7: "سبع سبعه",
    8: "ثمان ثماني ثمانيه",
    9: "تسع تسعه",
}
TEEN = frozenset({"عشر", "عشره"})
FRACTIONS = {"نصف": 2, "ونصف": 2, "بنصف": 2, "لنصف": 2, "ربع": 4, "وربع": 4}
_TENS = {
    20: "عشر",
    30: "ثلاث",
    40: "اربع",
    50: "خمس",
    60: "ست",
    70: "سبع",
    80: "ثمان",
    90: "تسع",
}
_FUSED = {3: "ثلاث", 4: "اربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان ثماني", 9: "تسع"}
_SCALES = {
    1_000: ("الف الفا", "الفان الفين الفا الفي", "الاف الافا الوف"),
    1_000_000: ("مليون مليونا", "مليونان مليونين مليوني", "ملايين"),
    1_000_000_000: ("مليار مليارا بليون", "ملياران مليارين ملياري", "مليارات"),
}
_VAGUE = {20: "عشرات", 200: "ميات مءات مايات"}

VAGUE_TOP = {20: 99, 200: 999, 2_000: 9_999, 2_000_000: 9_999_999, 2_000_000_000: 9_999_999_999}
"""The upper end of each vague plural (CODEBOOK section 6)."""

# Clitics in front of a number word; the article is written out because it marks "الأربعة".
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "ول", "وب")
_ARTICLES = ("ال", "وال", "بال", "فال", "لل", "ولل", "وبال", "كال")
# "لست" is a verb, "الاثنين" a day, "وست" is kept; "فال", "كالف" are other words.
_NOT_NUMBERS = frozenset(
    {
        "لست",
        "بست",
        "كست",
        "بالميه",
        "بالمايه",
        "الاثنين",
        "والاثنين",
        "بالاثنين",
        "كالف",
        "فالف",
        "لعشر",
        "السبع",
        "والاثنان",
    }
)


def _plain() -> dict[str, Numeral]:
    """Every number word without clitics; the first meaning of a form stays."""
    rows: list[tuple[str, Numeral]] = [(forms, Numeral("unit", value)) for value, forms in _UNITS.items()]
    rows.append(("عشر عشره", Numeral("ten", 10)))
    rows += [(f"{stem}ون {stem}ين", Numeral("tens", value)) for value, stem in _TENS.items()]
    for stem in ("مي", "ماي"):
        rows.append((stem + "ه", Numeral("hundred", 100)))
        rows.append((f"{stem}تان {stem}تين {stem}تا {stem}تي", Numeral("hundred", 200, closed=True)))
        for value, units in _FUSED.items():
            fused = " ".join(f"{unit}{stem}ه" for unit in units.split())
            rows.append((fused, Numeral("hundred", value * 100, closed=True)))
    for scale, (one, two, many) in _SCALES.items():
        rows.append((one, Numeral("scale", scale)))
        rows.append((two, Numeral("scale", 2 * scale, closed=True)))
        rows.append((many, Numeral("scale", scale, plural=True)))
    rows += [(forms, Numeral("vague", value, plural=True)) for value, forms in _VAGUE.items()]
    found: dict[str, Numeral] = {}
    for forms, numeral in rows:
        for form in forms.split():
            found.setdefault(form, numeral)
    return found


def _with_clitics() -> dict[str, Numeral]:
    plain = _plain()
    found = dict(plain)  # before any clitic, so that "واحد" stays one and is not "and one of"
    for form, numeral in plain.items():
        for prefix in _PREFIXES:
            found.setdefault(prefix + form, numeral._replace(joined=prefix.startswith("و")))
        for prefix in _ARTICLES:
            found.setdefault(prefix + form, numeral._replace(joined=prefix.startswith("و"), definite=True))
    return {form: numeral for form, numeral in found.items() if form not in _NOT_NUMBERS}


NUMERALS: dict[str, Numeral] = _with_clitics()
"""Every form of a number word with the clitics it may carry."""

_HEDGES: dict[Hedge, tuple[str, ...]] = {
    "about": (
        "نحو",
        "حوالي",
        "قرابه",
        "زهاء",
        "تقريبا",
        "يقارب",
        "تقارب",
        "ما يقارب",
        "ما يقرب من",
        "يقرب من",
        "ما يناهز",
        "يناهز",
        "تناهز",
        "في حدود",
        "بحدود",
        "مايقارب",
    ),
    "more": (
        "اكثر من",
        "ازيد من",
        "ما يزيد عن",
        "ما يزيد علي",
        "يزيد عن",
        "يزيد علي",
        "تزيد عن",
        "تزيد علي",
        "مايزيد عن",
        "ما يفوق",
        "يفوق",
        "تفوق",
        "ما يتجاوز",
        "يتجاوز",
        "تتجاوز",
        "تجاوز",
        "تجاوزت",
        "ما يربو علي",
        "ما يربو عن",
        "يربو علي",
        "فاق",
        "عددهم عن",
        "عددها عن",
        "عددهم علي",
    ),
    "least": (
        "ما لا يقل عن",
        "لا يقل عن",
        "لا تقل عن",
        "ما لايقل عن",
        "مالا يقل عن",
        "لايقل عن",
        "علي الاقل",
        "لا يقل عددهم عن",
        "كحد ادني",
        "بحد ادني",
    ),
    "less": ("اقل من", "ما يقل عن"),
    "most": (
        "حتي",
        "ما يصل الي",
        "لا يتجاوز",
        "لا تتجاوز",
        "لم يتجاوز",
        "لا يزيد عن",
        "لا يزيد علي",
        "بحد اقصي",
        "علي الاكثر",
    ),
}
_HEDGE_CLITICS = ("", "و", "ل", "ب", "ف", "ول", "وب")


def _by_last(phrases: dict[Hedge, tuple[str, ...]]) -> dict[str, list[tuple[tuple[str, ...], Hedge]]]:
    found: dict[str, list[tuple[tuple[str, ...], Hedge]]] = {}
    for hedge, texts in phrases.items():
        for text in texts:
            first, *rest = text.split()
            for clitic in _HEDGE_CLITICS:
                words = (clitic + first, *rest)
                found.setdefault(words[-1], []).append((words, hedge))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


HEDGES_BEFORE = _by_last(_HEDGES)
"""Last word of a hedge to the whole phrases that end in it, longest first: "ما لا يقل عن" before "لا يقل عن"."""

HEDGES_AFTER: dict[str, list[tuple[tuple[str, ...], Hedge]]] = {
    "علي": [(("علي", "الاقل"), "least"), (("علي", "الاكثر"), "most")],
    "بالاقل": [(("بالاقل",), "least")],
    "كحد": [(("كحد", "ادني"), "least"), (("كحد", "اقصي"), "most")],
    "بحد": [(("بحد", "ادني"), "least"), (("بحد", "اقصي"), "most")],
    "او": [(("او", "اكثر"), "least")],
    "تقريبا": [(("تقريبا",), "about")],
}
"""First word of a hedge behind a number to the whole phrases."""

FEW = frozenset({"بضع", "بضعه", "عده", "وبضع", "وبضعه", "وعده", "لبضع", "لعده", "بعده"})
"""Words that leave a following "عشرات" or "آلاف" as vague as it is."""

PERCENT = frozenset({"%", "٪", "بالميه", "بالمايه"})


def word_set(*lines: str) -> frozenset[str]:
    """A set of folded words, written as lines."""
    return frozenset(word for line in lines for word in line.split())


MONTHS = word_set(
    "يناير فبراير مارس ابريل نيسان مايو ايار يونيو يونيه حزيران يوليو يوليه تموز اغسطس غشت اب سبتمبر ايلول شتنبر اكتوبر",
    "نوفمبر نونبر ديسمبر دجنبر شباط اذار كانون تشرين محرم صفر ربيع جمادي رجب شعبان رمضان شوال جانفي فيفري افريل ماي جوان",
    "جويليه اوت",
)

# A number after these is a name or a moment, not a quantity: "الفرقة 25", "القرار 2254", "إف 16", "الساعة 5".
LABELS = word_set(
    "فرقه لواء كتيبه فوج قرار ماده فقره بند رقم سوره ايه ساعه قناه منطقه بوابه غرفه طريق جناح سلاح مجموعه سريه ملعب",
    "عمر عمره عمرها اف اس سو ميغ تي بي ام طراز عيار معبر كيلو تاريخ بتاريخ يوم ليله تمام راس مرحله شارع حي",
    "مقاتلات صاروخ طائره مروحيه حلقه صفحه",
)
YEAR_LEADS = word_set(
    "عام العام سنه السنه منذ اعوام سنوات موسم حرب مونديال كاس بعام وعام لعام وسنه لسنه",
)

FUNCTION = word_set(
    "في علي الي عن من مع بعد قبل خلال ضد بين منذ حتي عند لدي بينهم بينهن منهم ان انه انها التي الذي الذين كما حيث بسبب",
    "جراء اثر نتيجه داخل خارج قرب شمال جنوب شرق غرب وسط هذا هذه تم كان كانت قد لم لا ما هو هي هم اليوم امس صباح مساء",
    "يوم او ثم اذ علما لكن بل عدد كل",
)
"""Words that are never the noun behind a number."""

GLUED = word_set("بمقتل مقتل واصابه اصابه قتل وقتل نحو حوالي وشملت شملت فقد استشهاد اعتقال")
"""Words that newsrooms write onto the digits behind them ("نحو15"); other words on digits are names ("خبر24")."""

ORDINALS = word_set(
    "الحادي الحاديه الثاني الثانيه الثالث الثالثه الرابع الرابعه الخامس الخامسه السادس السادسه السابع السابعه",
    "الثامن الثامنه التاسع التاسعه",
)
"""Before "والعشرون" they make an ordinal of it."""
