"""The words of a place's name: which say what kind of place it is ("مدينة"), which say a side or part of it ("شمال", "محيط", "الشرقي").

Folded, as all words here. A head tells what is expected ("حي القصور" is a quarter); it may also be part of the name ("جسر الشغور" is a
town, "تل أبيض" too), so names are looked up with it first.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.grounding.tables import KINDS, SETTLED

_HEADS = {
    "settled": "مدينه مدن مدينتا مدينتي مدينتين بلده بلدات بلدتا بلدتي بلدتين مستوطنه مستوطنات كيبوتس",
    "village": "قريه قري قريتا قريتي قريتين ضيعه",
    "quarter": "حي حيا حيي حاره ضاحيه",
    "quarters": "احياء ضواحي حارات",
    "governorate": "محافظه محافظات محافظتا محافظتي ولايه ولايات ولايتا ولايتي مقاطعه مقاطعات اقليم اماره",
    "countryside": "ريف ارياف ريفا ريفي",
    "unit": "قضاء ناحيه نواحي مديريه مديريات",
    "district": "منطقه مناطق منطقتا منطقتي قطاع جبهه جبهات محور محاور باديه صحراء سهل وادي واد غوطه",
    "camp": "مخيم مخيمات مخيما مخيمي",
    "hill": "جبل جبال تل تله تلال تلتا تلتي مرتفعات هضبه",
    "water": "نهر بحر بحيره خليج مضيق ساحل شاطي شواطي سواحل مياه جزيره جزر",
    "road": "طريق طرق اوتوستراد اوتستراد شارع خط",
    "square": "ساحه ميدان دوار مفرق مثلث تقاطع حديقه ملعب",
    "crossing": "معبر معابر منفذ بوابه حدود سياج شريط",
    "site": "جسر حاجز حواجز نقطه نقاط موقع مواقع مقر مقرات مبني مجمع برج مستودع مستودعات مخزن سجن سجون مستشفي مشفي مدرسه جامعه كليه مسجد جامع دير كنيسه سوق اسواق قصر فندق"
    " متحف مزرعه مزارع مصفاه محطه سد حقل حقول منجم مصنع معمل قلعه ملجا مركز قسم مخفر دار مرقد غابه غابات فرن منزل",
    "airport": "مطار مطارات",
    "port": "ميناء مواني مرفا",
    "base": "قاعده قواعد معسكر معسكرات ثكنه ثكنات لواء فوج",
    "capital": "عاصمه",
    "land": "بلد بلاد بلدان دوله دول وطن",
}
_EXPECTED = {
    "settled": SETTLED | {"camp", "quarter", "district"},
    "village": frozenset(("village", "town", "settlement", "quarter", "camp", "site")),
    "quarter": frozenset(("quarter",)),
    "quarters": frozenset(("quarter",)),
    "governorate": frozenset(("governorate", "region", "country")),
    "countryside": frozenset(("region",)),
    "unit": SETTLED | {"district", "subdistrict", "region"},
    "district": KINDS - {"country"},
    "camp": frozenset(("camp",)),
    "hill": frozenset(("hill", "mountain", "region")),
    "water": frozenset(("river", "sea", "lake", "strait", "coast", "island", "region")),
    "road": frozenset(("road", "street")),
    "square": frozenset(("square", "junction", "street", "site")),
    "crossing": frozenset(("crossing", "border", "checkpoint")),
    "site": frozenset(
        "site bridge dam prison hospital university mosque market powerplant field industrial palace checkpoint base".split()
    ),
    "airport": frozenset(("airport", "airbase")),
    "port": frozenset(("port",)),
    "base": frozenset(("base", "airbase", "site")),
    "capital": SETTLED,
    "land": frozenset(("country", "region")),
}
HEADS: dict[str, str] = {word: sort for sort, words in _HEADS.items() for word in words.split()}
"""Folded head noun, without the article, to the sort of place that it announces."""

SIDES = frozenset(
    "شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط محيط قرب اطراف مشارف تخوم ضواحي انحاء عموم داخل خارج جنوبا شمالا شرقا غربا"
    " منتصف جوار جنوبيها كامل معظم كل بعض عمق اراضي اجواء سماء اجزاء جانب قلب بلاد".split()
)
"""Words before a name that say which part of it or that it is near: they do not move the point."""

SIDED = frozenset(
    "الشمالي الشماليه الجنوبي الجنوبيه الشرقي الشرقيه الغربي الغربيه الاوسط الوسطي الشماليين الجنوبيين".split()
)
"""Adjectives behind a name that say which part of it."""

DESCRIBING = frozenset(
    "العسكري العسكريه الدولي الدوليه المدني المدنيه المركزي المركزيه الرييسي الرييسيه الاستراتيجي الاستراتيجيه القديم القديمه الجديد الجديده الحدودي"
    " الحدوديه المحاصر المحاصره المجاور المجاوره المحتل المحتله الساحلي الساحليه التاريخي التاريخيه السكني السكنيه الاثري الاثريه الشهير الشهيره"
    " المنكوبه الواقع الواقعه التابع التابعه الجبلي الجبليه الصحراوي الصحراويه الزراعي الزراعيه الجوي الجويه البحري البحريه البري البريه"
    " النفطي النفطيه الكبير الكبيره المكتظه المجاورتين اليوم امس ايضا الحكومي العام العامه الحاليه الفيدراليه اخري الاخري عده متفرقه مختلفه واسعه محدده مجاوره المزدحمه المكتظه الناييه الامنيه الريفيه الشعبيه التجاريه الحيويه".split()
)
"""Words behind a name that describe it and are not part of it, unless the gazetteer has them with it (the whole name is tried first)."""

WITHIN = frozenset(("quarters", "site", "square", "quarter", "road", "airport", "port", "base", "crossing"))
"""Sorts of places that lie in or at the town whose name they bear (سجن حماة, مطار دمشق)."""


OWNED = frozenset(("site", "square", "road", "base", "airport", "port"))
"""Sorts whose adjective may say whose they are rather than where: "قاعدة التنف الأميركية" is in Syria."""


def describes(word: str) -> bool:
    """Whether a word behind a name describes it and is not part of it ("العسكري", "مزدحمة")."""
    return word in DESCRIBING or f"ال{word}" in DESCRIBING


def is_owned(sort: str, words: Sequence[str]) -> bool:
    """Whether an adjective behind these words may say whose the place is."""
    return sort in OWNED or (bool(words) and sort_of(words[0]) in OWNED)


def sort_of(word: str) -> str:
    """The sort of place that a folded head noun announces ("المدينة", "للمدينة" too), or ""."""
    if word in HEADS:
        return HEADS[word]
    for article in ("ال", "لل"):
        if word.startswith(article):
            return HEADS.get(word[2:], "")
    return ""


def expected(sort: str) -> frozenset[str]:
    """The kinds of places that a sort of head noun can announce; any where there is none."""
    return _EXPECTED.get(sort, KINDS)
