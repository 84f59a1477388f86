"""What users see: articles' text in, incidents out."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from texts import about, only, told_in, why

PAPER, SHEET, BULLETIN = "صحيفة الجبل", "نشرة الساحل", "بريد العاصي"
TOWNS = "سراقب،خان شيخون،جسر الشغور،الباب،منبج،تلبيسة،القريتين،دوما،الزبداني،بصرى الشام".split("،")
NUMBERS = "ثلاثة،أربعة،خمسة،ستة،سبعة،ثمانية،تسعة،عشرة،أحد عشر،اثني عشر".split("،")


def articles_of(incident):
    return sorted({told.testimony.article for told in incident.told})


def test_a_round_up_of_ten_towns_meets_ten_single_reports():
    pairs = list(zip(NUMBERS, TOWNS, strict=True))
    text = " ".join(f"قتل {n} مدنيين في قصف على مدينة {town} أمس الأحد." for n, town in pairs)
    single = [
        (
            f"s{k}",
            PAPER,
            "2024-05-06",
            f"قالت مصادر طبية إن {n} مدنيين قتلوا في قصف استهدف مدينة {town} يوم الأحد.",
        )
        for k, (n, town) in enumerate(pairs)
    ]
    found = about(told_in(("round", SHEET, "2024-05-06", text), *single), "harm.killed")
    assert sorted(articles_of(one) for one in found) == [["round", f"s{k}"] for k in range(10)]
    assert {one.status for one in found} == {"corroborated"}
    assert not any(one.counts_differ for one in found)


def test_strikes_on_successive_named_days_stay_apart():
    days = ((5, "الأحد", "ثلاثة"), (6, "الاثنين", "أربعة"), (7, "الثلاثاء", "خمسة"))
    told = [
        row
        for day, name, n in days
        for row in (
            (f"a{day}", SHEET, f"2024-05-{day + 1:02}", f"قتل {n} مدنيين في غارة جوية على مدينة سراقب يوم {name}."),
            (f"b{day}", PAPER, f"2024-05-{day + 1:02}", f"قالت مصادر طبية إن {n} مدنيين قتلوا في غارة جوية على سراقب {name}."),
        )
    ]  # fmt: skip
    found = about(told_in(*told), "harm.killed")
    assert sorted(articles_of(one) for one in found) == [[f"a{day}", f"b{day}"] for day, *_ in days]


def test_a_night_told_with_two_dates_is_one():
    evening = "قتل سبعة مدنيين في غارة جوية استهدفت منزلا قرب الفرن الآلي في مدينة سراقب مساء الأحد."
    dawn = "قتل سبعة مدنيين بغارة جوية على منزل قرب الفرن الآلي بمدينة سراقب فجر الاثنين."
    (one,) = told_in(("a", SHEET, "2024-05-06", evening), ("b", PAPER, "2024-05-06", dawn))
    assert articles_of(one) == ["a", "b"]
    assert one.independent == 2


def test_one_event_with_two_village_names_is_one():
    one = "قتل تسعة مدنيين من عائلة واحدة في غارة جوية على معصرة زيتون في بلدة سرمين أمس الأحد."
    other = "قتل تسعة مدنيين من عائلة واحدة الأحد في غارة جوية على معصرة زيتون في قرية النيرب بريف إدلب."
    found = only(told_in(("a", SHEET, "2024-05-06", one), ("b", PAPER, "2024-05-06", other)), "harm.killed")
    assert articles_of(found) == ["a", "b"]


EL_OBEID = "في قصف على سوق مدينة الأبيض يوم الاثنين."
MORNING = ("m", SHEET, "2024-05-06T09:00:00+03:00", f"أعلنت وزارة الصحة السودانية مقتل 14 مدنيا {EL_OBEID}")
EVENING = ("e", PAPER, "2024-05-06T18:00:00+03:00", f"قالت وزارة الصحة السودانية إن عدد القتلى ارتفع إلى 19 مدنيا {EL_OBEID}")  # fmt: skip
FEWER = ("f", BULLETIN, "2024-05-06T20:00:00+03:00", f"قال المرصد السوري لحقوق الإنسان إن 12 مدنيا قتلوا {EL_OBEID}")  # fmt: skip


def test_a_toll_that_rises_replaces_and_another_roots_lower_one_makes_a_range():
    rising = only(told_in(EVENING, MORNING), "harm.killed")
    assert [(c.min, c.max) for c in rising.counts if c.kind == "killed"] == [(19, 19)]
    assert not rising.counts_differ
    ranged = only(told_in(MORNING, FEWER, EVENING), "harm.killed")
    (count,) = [count for count in ranged.counts if count.kind == "killed"]
    assert (count.min, count.max) == (12, 19)
    assert "Observatory" in count.min_by
    assert "Health" in count.max_by
    assert ranged.counts_differ
    assert ranged.status == "corroborated"


def test_a_loss_that_the_loser_tells_is_conceded():
    found = only(
        told_in(
            ("a", SHEET, "2024-12-06", "أعلنت فصائل المعارضة السورية سيطرتها على مدينة حماة أمس الخميس."),
            ("b", PAPER, "2024-12-06", "أقر الجيش السوري أمس الخميس بانسحابه من مدينة حماة."),
        ),
        "territory.control",
    )
    assert (found.status, found.independent) == ("conceded", 2)
    assert set(found.events) == {"territory.control", "territory.withdrawal"}
    assert any("Syrian Arab Army" in reason and "(b)" in reason for reason in why(found))


def test_its_units_are_the_armys_where_the_army_speaks():
    """ "وحداته", "قواته": a body's possessive names that body."""
    text = "أعلن الجيش السوري انسحاب وحداته من مدينة حماة أمس الخميس."
    assert only(told_in(("a", SHEET, "2024-12-06", text)), "territory.withdrawal").status == "conceded"
    text = "أقر الجيش الإسرائيلي بمقتل أربعة مدنيين في قصف نفذته قواته على مدينة رفح أمس الأحد."
    assert only(told_in(("b", SHEET, "2024-05-06", text)), "harm.killed").status == "conceded"


def test_a_strike_that_is_told_and_denied_is_disputed():
    found = told_in(
        ("a", SHEET, "2024-05-06", "قال المرصد السوري لحقوق الإنسان إن الطائرات الروسية قصفت مدينة سراقب أمس الأحد. "
                                   "ونفت وزارة الدفاع الروسية أن تكون طائراتها قصفت سراقب الأحد."),
        ("b", PAPER, "2024-05-06", "نفت وزارة الدفاع الروسية قصف مدينة سراقب أمس الأحد."),
    )  # fmt: skip
    (one,) = found
    assert (one.status, one.roots, one.independent) == ("disputed", 2, 1)
    assert any("Ministry of Defence of Russia denies" in reason for reason in why(one))


def test_a_denial_alone_is_denied():
    (one,) = told_in(("b", PAPER, "2024-05-06", "نفت وزارة الدفاع الروسية قصف مدينة سراقب أمس الأحد."))
    assert one.status == "denied"


def test_an_army_that_tells_of_killed_gunmen_concedes_nothing():
    text = "أعلن الجيش الإسرائيلي مقتل عشرة مسلحين في غارة شنها على مدينة جنين في الضفة الغربية أمس الأحد."
    assert {one.status for one in told_in(("a", SHEET, "2024-05-06", text))} == {"single"}


def test_a_ministry_of_health_does_not_concede_what_it_counts():
    """It is the source of the toll; that its own side killed them nobody says."""
    text = "أعلنت وزارة الصحة السودانية مقتل 19 مدنيا في قصف استهدف سوق مدينة الأبيض يوم الاثنين."
    assert only(told_in(("a", SHEET, "2024-05-06", text)), "harm.killed").status == "single"


@pytest.mark.parametrize("medium", [SHEET, "الجزيرة", "العربية"])
def test_the_ministry_of_health_in_gaza_is_not_that_of_another_government(medium):
    """Neither that of the side whose adjective stands by the strike, nor that of the outlet's country."""
    text = (
        "قتل تسعة مدنيين في غارة إسرائيلية على مدينة رفح الأحد، بحسب وزارة الصحة في غزة. "
        "وقال الجيش الإسرائيلي إنه يتحقق من التقارير."
    )
    found = only(told_in(("a", medium, "2024-05-06", text)), "harm.killed")
    assert found.status == "single", why(found)
    assert not found.told[0].testimony.root.key.startswith(("israel", "egypt", "qatar", "saudi"))


TURKEY = "سيطرت القوات التركية على مدينة منبج في ريف حلب أمس الأحد"


def test_army_official_and_agency_of_one_state_are_one_voice():
    found = told_in(
        ("a", SHEET, "2024-05-06", f"قال الجيش التركي: {TURKEY}."),
        ("b", PAPER, "2024-05-06", f"قال مسؤول تركي إن القوات التركية {TURKEY.removeprefix('سيطرت القوات التركية')} بعد معارك."),
        ("c", "وكالة الأناضول", "2024-05-06", f"{TURKEY}."),
    )  # fmt: skip
    roots = {told.testimony.root.key: told.testimony.root for one in found for told in one.told}
    assert all(root.authority[-1] == "turkey-state" and root.side == "turkey" for root in roots.values()), (
        roots
    )
    assert len(roots) >= 2
    for one in about(found, "territory.control"):
        assert one.independent == 1


WITNESSES = (
    "أفاد شهود عيان بأن طائرات حربية شنت غارة على مدينة سراقب في ريف إدلب شمالي سوريا صباح الأحد، ما أدى إلى مقتل خمسة مدنيين بينهم طفلان "
    "وإصابة عشرة آخرين. وأضاف الشهود أن سيارات الإسعاف نقلت المصابين إلى مشفى قريب، وأن فرق الدفاع المدني واصلت البحث عن عالقين "
    "تحت الركام حتى ساعات المساء."
)


@pytest.mark.parametrize("outlets", [(SHEET, PAPER, BULLETIN), (SHEET, "رويترز", "قناة العربية")])
def test_one_text_in_three_outlets_is_one_root(outlets):
    (one,) = told_in(*((f"a{n}", name, "2024-05-05", WITNESSES) for n, name in enumerate(outlets)))
    assert (one.independent, one.status) == (1, "single")
    assert articles_of(one) == ["a0", "a1", "a2"]


def test_one_text_in_three_outlets_is_one_incident_also_where_only_some_know_the_land():
    """Printed without the words on the land, a foreign paper's town may stay unknown; the text is still the same."""
    text = WITNESSES.replace(" في ريف إدلب شمالي سوريا", "")
    outlets = (SHEET, "رويترز", PAPER)
    (one,) = told_in(*((f"a{n}", name, "2024-05-05", text) for n, name in enumerate(outlets)))
    assert one.independent == 1


SWAPS = [
    # the same sentences with two names of one gender
    ("الجيش الروسي", "الجيش الأوكراني"),
    ("الجيش السوري", "الجيش التركي"),
    ("الجيش الإسرائيلي", "الجيش اللبناني"),
]
SENTENCES = [
    "أقر {0} أمس الأحد بانسحابه من مدينة منبج في ريف حلب شمالي سوريا.",
    "أعلن {0} سيطرته على مدينة منبج في ريف حلب شمالي سوريا أمس الأحد بعد معارك مع {1}.",
    "أقر {0} بمقتل أربعة مدنيين في قصف نفذه على مدينة منبج في ريف حلب شمالي سوريا أمس الأحد.",
    "نفى {0} قصف مدينة منبج في ريف حلب شمالي سوريا أمس الأحد. وقالت مصادر طبية إن {0} قصف المدينة وقتل أربعة مدنيين.",
    "قتل {0} عشرة مسلحين في غارة جوية على مدينة منبج في ريف حلب شمالي سوريا أمس الأحد، بحسب {0}.",
]


@pytest.mark.parametrize(("one", "other"), SWAPS)
def test_sides_swapped_in_the_text_swap_nothing_else(one, other):
    def seen(first, second):
        rows = [
            (f"a{n}", SHEET, "2024-05-06", text.format(first, second)) for n, text in enumerate(SENTENCES)
        ]
        return sorted(
            (str(found.status), sorted(found.events), found.roots, found.independent, articles_of(found))
            for found in told_in(*rows)
        )

    here = seen(one, other)
    assert here == seen(other, one)
    assert len(here) > 1
