"""Whom the words for a side name, and on which side of a row who did it stands: the same rules for all."""

import csv
import io

import pytest

from export import coding, records
from marsad.export.acled import Acled
from marsad.export.coders_words import is_named_force, kind_of, uncounted

A = coding.actor
WORDS = "حركة الجبل"


def written(tmp_path, *incidents):
    path = tmp_path / "a.csv"
    raw = records.written(Acled(path, coding.making()), path, incidents)
    return list(csv.DictReader(io.StringIO(raw.decode())))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ثلاثة مدنيين", "civilians"),
        ("للمدنيين", "civilians"),
        ("أطفالها", "civilians"),
        ("مسلحوها", "words"),
        ("مقاتلهم", "fighters"),
        ("ضباطها", "regulars"),
        ("جنديين", "regulars"),
        ("مدنيين جنود", "words"),
        ("عشرات Houthis", "words"),
        ("20-30", "nobody"),
        ("عشرات القتلى", "nobody"),
        ("المنازل", "nobody"),
        ("الثوار", "words"),
        ("", "nobody"),
        ("12 شاحنة مساعدات", "nobody"),
        ("المخيم", "nobody"),
        ("طائرات حربية", "nobody"),
        ("ستّة", "nobody"),
        ("21 محتجزا", "nobody"),
        ("المهاجمين", "nobody"),
        ("سالم النجار", "nobody"),
        ("كتيبة سالم النجار", "words"),
        ("منزلاً", "nobody"),
        ("آلياته", "nobody"),
        ("20 ألف شخص", "nobody"),
        ("200 على الأقل", "nobody"),
        ("أحد المنازل", "nobody"),
        ("الإرهابيين", "fighters"),
        ("16 من الفصائل", "words"),
        ("عشرات السكان", "civilians"),
        ("مقاتليها", "fighters"),
        ("انتحاري", "fighters"),
        ("الوحدات", "regulars"),
        ("الدفاع المدني", "words"),
    ],
)
def test_what_words_say_of_people(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("16 من الفصائل", "الفصائل"),
        ("عشرات السكان", "السكان"),
        ("سِتّة جنود", "جنود"),
        ("حركة 23 مارس", "حركة 23 مارس"),
        ("ستة", ""),
        ("12", ""),
    ],
)
def test_a_name_stands_without_the_number_before_it(text, left):
    assert uncounted(text) == left


@pytest.mark.parametrize(
    ("text", "named"),
    [("قوات الوادي", True), ("قوات", False), ("قوات كبيرة", False), ("مسلحون", False), ("مقاتلو الوادي", False)],
)  # fmt: skip
def test_forces_with_a_name_are_a_body(tmp_path, text, named):
    assert is_named_force(text) is named
    (row,) = written(
        tmp_path, coding.incident("fight.attack", actors=[A("agent", text=text), A("patient", "sy-army")])
    )
    assert (row["actor1"] == text) is (named or text.startswith("مقاتلو"))


def acted(*told):
    """An incident of some claims, each an event with the actors that it names."""
    rows = [coding.row(n, event=event, actors=actors) for n, (event, actors) in enumerate(told, 1)]
    actors = [actor for _, actors in told for actor in actors]
    return coding.incident(*dict.fromkeys(event for event, _ in told), actors=actors, rows=rows)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            [
                ("territory.control", [A("gainer", text=WORDS)]),
                ("territory.withdrawal", [A("agent", "sy-army")]),
            ],
            ("Non-violent transfer of territory", WORDS, "Syrian army"),
        ),
        (
            [
                ("territory.control", [A("gainer", text=WORDS), A("loser", "sy-army")]),
                ("fight.clash", [A("party", "sy-army")]),
            ],
            ("Non-state actor overtakes territory", WORDS, "Syrian army"),
        ),
        (
            [("territory.control", [A("gainer", "rebels")]), ("strike.air", [A("agent", "tr-army")])],
            ("Non-state actor overtakes territory", "Rebel factions", ""),
        ),
        (
            [
                ("strike.drone", [A("agent", text=WORDS)]),
                ("strike.intercept", [A("agent", "sy-army"), A("patient", text="ست طائرات مسيرة")]),
            ],
            ("Air/drone strike", WORDS, "Syrian army"),
        ),
        (
            [
                ("fight.attack", [A("agent", text=WORDS)]),
                ("territory.repel", [A("agent", "sy-army"), A("patient", "rebels")]),
            ],
            ("Armed clash", "Rebel factions", "Syrian army"),
        ),
        (
            [("territory.withdrawal", [A("agent", "sy-army")])],
            ("Non-violent transfer of territory", "Syrian army", ""),
        ),
        (
            [("territory.repel", [A("agent", "sy-army"), A("patient", "rebels")])],
            ("Armed clash", "Syrian army", "Rebel factions"),
        ),
    ],
)
def test_who_answers_an_act_is_not_its_doer(tmp_path, told, expected):
    (row,) = written(tmp_path, acted(*told))
    assert (row["sub_event_type"], row["actor1"], row["actor2"]) == expected


def test_the_notes_say_who_names_which_doer(tmp_path):
    told = [("strike.shelling", [A("agent", "rebels")]), ("strike.shelling", [A("agent", "sy-army")])]
    one, two = written(tmp_path, acted(*told), acted(told[0]))
    assert "Doers named: Rebel factions (by مصدر 1); Syrian army (by مصدر 2)." in one["notes"]
    assert "Doers named" not in two["notes"]


def test_the_notes_say_what_was_counted(tmp_path):
    count = {
        "kind": "other",
        "min": 200,
        "max": 999,
        "approx": True,
        "text": "مئات العائلات",
        "who": "العائلات",
    }
    told = {"kind": "other", "min": 200, "max": 999, "min_by": "مصدر 1", "max_by": "مصدر 1"}
    made = coding.incident("people.displaced", rows=[coding.row(1, event="people.displaced", counts=[count])], counts=[told])  # fmt: skip
    (row,) = written(tmp_path, made)
    assert "Others counted («مئات العائلات»): 200 to 999" in row["notes"]
