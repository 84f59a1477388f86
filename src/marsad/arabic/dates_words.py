"""The closed vocabulary of time: folded words and what each can be in an expression of time.

``ROLES`` maps a folded form, clitics included, to the roles that it can play: ``{"month": 6}`` for وحزيران. Almost no word
of an article is in the table, so one dictionary lookup a word is all that most of an article costs. Words that
are something else as often as a month (مارس is also "practised", آب folds to the name of the city إب) are marked
weak: the grammar wants a number, a year, a partner month or a word like مطلع beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from marsad.model.interval import Edge, Unit


def listed(text: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(text.split())


WEEKDAYS = {
    "الاثنين": 0, "الاتنين": 0, "الثلاثاء": 1, "الثلاثا": 1, "الاربعاء": 2, "الاربعا": 2,
    "الخميس": 3, "الجمعه": 4, "السبت": 5, "الاحد": 6,
}  # fmt: skip

MONTHS = {
    "يناير": 1, "جانفي": 1, "فبراير": 2, "فيفري": 2, "شباط": 2, "ابريل": 4, "افريل": 4,
    "مايو": 5, "ايار": 5, "يونيو": 6, "يونيه": 6, "حزيران": 6, "يوليو": 7, "يوليه": 7, "يوليوز": 7, "جويليه": 7,
    "اغسطس": 8, "اوغسطس": 8, "غشت": 8, "سبتمبر": 9, "شتنبر": 9, "ايلول": 9, "يلول": 9,
    "اكتوبر": 10, "اوكتوبر": 10, "نوفمبر": 11, "نونبر": 11, "ديسمبر": 12, "دجنبر": 12,
}  # fmt: skip

# Each is a common word or name as well: "practised", a car, a name, "father"/إب, an English name, an oud.
WEAK_MONTHS = {"مارس": 3, "اذار": 3, "نيسان": 4, "تموز": 7, "اب": 8, "ماي": 5, "اوت": 8, "جوان": 6}

# The two that need الأول or الثاني after them: (with الأول, with الثاني).
TWIN_MONTHS = {"كانون": (12, 1), "تشرين": (10, 11)}

# Hijri months are names of people too (رجب, رمضان, شعبان, صفر "zero"): weak, all of them.
HIJRI_MONTHS = {
    "محرم": 1, "المحرم": 1, "صفر": 2, "رجب": 7, "شعبان": 8, "رمضان": 9, "شوال": 10,
}  # fmt: skip
# Second words of the two-word ones: ربيع الأول / الآخر, جمادى الأولى / الآخرة, ذو القعدة / الحجة.
HIJRI_PAIRS = {
    "ربيع": {"الاول": 3, "الثاني": 4, "الاخر": 4},
    "جمادي": {"الاولي": 5, "الاول": 5, "الثانيه": 6, "الاخره": 6, "الثاني": 6},
    "ذو": {"القعده": 11, "الحجه": 12},
    "ذي": {"القعده": 11, "الحجه": 12},
}

# Days counted from the article's.
NEAR = {
    "اليوم": 0, "الليله": 0, "امس": -1, "الامس": -1, "البارحه": -1, "امبارح": -1, "غدا": 1, "غد": 1, "الغد": 1,
}  # fmt: skip

DAY_PARTS = listed(
    "فجر صباح ضحي ظهر ظهيره عصر مساء عشيه ليل ليله نهار غروب سحر مغرب الفجر الصباح الظهر العصر المساء الليل صبيحه"
)

# Where in a month or a year.
EDGES = {
    "مطلع": "start", "بدايه": "start", "بدايات": "start", "اوايل": "start", "مستهل": "start", "اول": "start",
    "منتصف": "middle", "اواسط": "middle",
    "نهايه": "end", "اواخر": "end", "ختام": "end",
}  # fmt: skip

# Units: singular, plural and dual; the dual carries its own amount.
UNITS = {
    "ساعه": "hour", "ساعات": "hour", "يوم": "day", "يوما": "day", "ايام": "day", "اسبوع": "week", "اسبوعا": "week",
    "اسابيع": "week", "شهر": "month", "شهرا": "month", "اشهر": "month", "شهور": "month", "عام": "year",
    "عاما": "year", "اعوام": "year", "سنه": "year", "سنوات": "year", "سنين": "year", "عقد": "decade",
    "عقود": "decade", "عقدا": "decade",
}  # fmt: skip
DUALS = {
    "ساعتين": "hour", "يومين": "day", "اسبوعين": "week", "شهرين": "month", "عامين": "year", "سنتين": "year",
    "عقدين": "decade",
}  # fmt: skip
PLURALS = listed("ساعات ايام اسابيع اشهر شهور اعوام سنوات سنين عقود")
DEFINITE = {
    "الاسبوع": "week", "الشهر": "month", "العام": "year", "السنه": "year", "الساعه": "hour",
    "الساعات": "hour", "الايام": "day", "الاسابيع": "week", "الاشهر": "month", "الشهور": "month",
    "الاعوام": "year", "السنوات": "year", "السنين": "year", "العقود": "decade", "العقد": "decade", "الليالي": "day",
}  # fmt: skip
DEFINITE_DUALS = {
    "الساعتين": "hour", "اليومين": "day", "الاسبوعين": "week", "الشهرين": "month", "العامين": "year", "السنتين": "year",
    "العقدين": "decade",
}  # fmt: skip
SINGLE = listed("الاسبوع الشهر العام السنه")
UNIT_NAMES: tuple[Unit, ...] = ("hour", "day", "week", "month", "year", "decade")
EDGE_NAMES: tuple[Edge, ...] = ("start", "middle", "end")

# Which one: the last, this, the next.
WHICH = {
    -1: "الماضي الماضيه الماضيين الماضيتين المنصرم المنصرمه المنصرمين الفايت الفايته الفايتين الاخير الاخيره "
        "الاخيرين الاخيرتين السابق السابقه ماض ماضيه",
    0: "الجاري الجاريه الحالي الحاليه هذا هذه",
    1: "المقبل المقبله المقبلين المقبلتين القادم القادمه القادمين القادمتين الاتي الاتيه",
}  # fmt: skip

ORDINALS = {
    "الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "السادس": 6, "السابع": 7, "الثامن": 8,
    "التاسع": 9, "العاشر": 10, "الحادي": 1, "العشرين": 20, "العشرون": 20, "الثلاثين": 30, "الثلاثون": 30,
}  # fmt: skip

CARDINALS = {
    "واحد": 1, "واحده": 1, "اثنين": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5,
    "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7, "ثماني": 8, "ثمان": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10,
    "عشره": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30, "اربعين": 40, "اربعون": 40,
    "خمسين": 50, "خمسون": 50, "ستين": 60, "ستون": 60, "سبعين": 70, "سبعون": 70, "ثمانين": 80, "ثمانون": 80,
    "تسعين": 90, "تسعون": 90, "تسعميه": 900, "تسعمايه": 900, "الف": 1000, "الفين": 2000, "الفان": 2000,
}  # fmt: skip

# Words that turn what follows into a stretch or a distance.
LINKS = {
    "منذ": "since", "مذ": "since", "حتي": "until", "لغايه": "until", "قبل": "before", "بعد": "after", "عقب": "after",
    "خلال": "during", "طوال": "during", "طيله": "during", "غضون": "during", "مدي": "during", "مدار": "during",
    "بين": "between", "من": "from", "الي": "to", "موخرا": "lately",
    "اخر": "last", "هذا": "this", "هذه": "this",
}  # fmt: skip
LINK_NAMES = (
    "since",
    "until",
    "before",
    "after",
    "during",
    "between",
    "from",
    "to",
    "lately",
    "last",
    "this",
)

# "Then", counted from the time told last.
THEN = listed("حينها حينذاك حينيذ انذاك وقتها وقتذاك يومها يومذاك وقتيذ")

# Seasons, by their first month; ربيع alone is a Hijri month and a name as well, and wants ال or a year.
SEASONS = {"الربيع": 3, "ربيع": 3, "الصيف": 6, "صيف": 6, "الخريف": 9, "خريف": 9, "الشتاء": 12, "شتاء": 12}

# After "اليوم" these make it a name (اليوم السابع), a counted day, or a day of something.
NOT_TODAY = listed(
    "السابع الاول الثاني الثالث الرابع الخامس السادس الثامن التاسع العاشر الحادي العالمي الدولي الوطني الواحد الاخير"
    " التاريخي الموعود الماضي الاخر ال"
)
# Before "اليوم" these make it a name (صحيفة اليوم, المصري اليوم) or no day at all (كل اليوم).
NOT_TODAY_BEFORE = listed("صحيفه جريده المصري روسيا قناه موقع وكاله مجله لصحيفه لجريده كل طوال")
# Before a date these make it a name: مدينة 6 أكتوبر, حركة 20 فبراير, شارع 14 آذار.
DATE_HEADS = listed(
    "مدينه ميدان ساحه جسر شارع كوبري محافظه حركه ايتلاف شباب ثوره انتفاضه حرب كتيبه لواء قوي تحالف تيار جماعه مستشفي"
    " مدرسه دوار تكتل"
)
# Before a weekday these make it a name: سوق الخميس, عبد الأحد.
WEEKDAY_HEADS = listed("سوق جامع مسجد عبد ابو بني كفر كنيسه قداس")
FILLERS = listed("نحو حوالي قرابه زهاء بضعه عده")
MORE = listed("اكثر ازيد اقل")


def _particles(word: str) -> Iterable[str]:
    """A word with the conjunctions that a text writes onto it."""
    return (word, "و" + word, "ف" + word)


def _prefixed(word: str) -> Iterable[str]:
    """The same with the prepositions ب and ل and ك; ل joins the article as لل."""
    joined = "لل" + word[2:] if word.startswith("ال") else "ل" + word
    return (form for base in (word, "ب" + word, joined, "ك" + word) for form in _particles(base))


def _numbered(words: Mapping[str, str], names: tuple[str, ...]) -> dict[str, int]:
    """The same words with each value's place in ``names`` for the value."""
    return {word: names.index(name) for word, name in words.items()}


def _table() -> dict[str, dict[str, int]]:
    """Every form with its roles and what it stands for in each."""
    whole: dict[str, Mapping[str, int]] = {
        "weekday": WEEKDAYS, "month": MONTHS, "twin": {word: months[0] for word, months in TWIN_MONTHS.items()},
        "near": NEAR, "part": dict.fromkeys(DAY_PARTS, 0), "edge": _numbered(EDGES, EDGE_NAMES),
        "unit": _numbered(UNITS, UNIT_NAMES), "dual": _numbered(DUALS, UNIT_NAMES),
        "definite": _numbered(DEFINITE, UNIT_NAMES), "definite_dual": _numbered(DEFINITE_DUALS, UNIT_NAMES),
        "ordinal": ORDINALS, "season": SEASONS, "then": dict.fromkeys(THEN, 0),
    }  # fmt: skip
    bare: dict[str, Mapping[str, int]] = {
        "weak": WEAK_MONTHS, "hijri": HIJRI_MONTHS, "pair": dict.fromkeys(HIJRI_PAIRS, 0),
        "which": {word: which for which, words in WHICH.items() for word in words.split()},
        "cardinal": CARDINALS | {"ال" + word: value for word, value in CARDINALS.items() if value < 100},
        "link": _numbered(LINKS, LINK_NAMES),
    }  # fmt: skip
    table: dict[str, dict[str, int]] = {}
    for expand, roles in ((_prefixed, whole), (_particles, bare)):
        for role, words in roles.items():
            for word, value in words.items():
                for form in expand(word):
                    table.setdefault(form, {})[role] = value
    return table


ROLES = _table()

_OPENING_ROLES = listed(
    "weekday month weak twin hijri pair near part edge definite definite_dual ordinal season then"
)
_OPENING_UNITS = ("يوم", "عام", "سنه", "شهر", "اعوام")
_BESIDE_LINKS = listed("ما ذلك ال لل الان اللحظه يومي عامي شهري ليلتي مدي مدار بدء")


def _starts() -> dict[str, bool]:
    """Forms that an expression can begin with: True by themselves, False for a link, which wants a word of time next."""
    starts: dict[str, bool] = {}
    for form, roles in ROLES.items():
        if roles.keys() & _OPENING_ROLES or ("unit" in roles and form.endswith(_OPENING_UNITS)):
            starts[form] = True
        elif "link" in roles:
            starts[form] = LINK_NAMES[roles["link"]] == "lately"
    return starts


STARTS = _starts()
_LINKED = {
    form
    for form, roles in ROLES.items()
    if roles.keys() != {"link"} or roles["link"] == LINK_NAMES.index("this")
}
AFTER_LINKS = _LINKED | FILLERS | MORE | _BESIDE_LINKS
AFTER_NUMBERS = frozenset(ROLES) | frozenset("/-–.:ـ") | {"و"}
