"""Roots are counted, not articles: which voices are one, and which do not count."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from build import (
    MOUNTAIN,
    NORTH_AGENCY,
    OBSERVATORY,
    RIVER,
    SEA,
    body,
    claim,
    codes,
    incidents,
    one_incident,
    outlet,
    unnamed,
)

from marsad.model.incident import Root

ROLES = {"roles": "agent:militia patient:مدنيين"}
LONG = "أصابت ثلاث قذائف مدرسة الزهراء الابتدائية وفرن الحارة القديمة وأحرقت مستودعا للوقود قرب الجسر الخشبي"
OTHER = "قال الأهالي إن القصف طال حيا سكنيا وأن سيارات الإسعاف تأخرت في الوصول بسبب انقطاع الطريق الشمالي"


def told_by(root, article, medium=RIVER, **facts):
    return claim(f"{article}@{medium}", root=root, **{**ROLES, **facts})


def independent(*roots, **facts):
    told = [told_by(root, f"a{n}", (RIVER, SEA, MOUNTAIN)[n % 3], **facts) for n, root in enumerate(roots)]
    found = one_incident(*told)
    affirming = {one.group for one in found.told if one.group}
    assert found.independent == len(affirming)
    assert found.status == ("corroborated" if found.independent > 1 else "single")
    return found.independent


def person(name, *above):
    key = name
    return Root(key, name, "person", (key, *above))


INDEPENDENT = [
    ("one monitor in three outlets", [OBSERVATORY, OBSERVATORY, OBSERVATORY], 1),
    ("three outlets in their own words", [outlet(RIVER), outlet(SEA), outlet(MOUNTAIN)], 3),
    ("monitor and outlet", [OBSERVATORY, outlet(SEA)], 2),
    ("army and ministry of one state", [body("north-army"), body("north-ministry")], 1),
    ("general and state", [body("north-general"), body("north-state")], 1),
    ("army and the state's agency", [body("north-army"), outlet(NORTH_AGENCY)], 1),
    ("ministry and general, by way of a state that says nothing", [body("north-ministry"), body("north-general")], 1),
    ("two states", [body("north-army"), body("south-army")], 2),
    ("a state and its ally", [body("ally-army"), body("north-army")], 2),
    ("unnamed in two outlets", [unnamed("مصدر طبي", RIVER), unnamed("مصدر طبي", SEA)], 2),
    ("unnamed of two callings in one outlet", [unnamed("مصدر طبي", RIVER), unnamed("شهود عيان", RIVER)], 2),
    ("unnamed, once with more words", [unnamed("مصدر عسكري", RIVER), unnamed("المصدر العسكري", RIVER)], 1),
    ("a person by half the name", [person("سالم العلي"), person("العلي")], 1),
    ("two persons", [person("سالم العلي"), person("نزار الخطيب")], 2),
    ("two persons of one council", [person("سالم العلي", "مجلس"), person("نزار الخطيب", "مجلس")], 1),
]  # fmt: skip


@pytest.mark.parametrize(("roots", "expected"), [row[1:] for row in INDEPENDENT], ids=[row[0] for row in INDEPENDENT])  # fmt: skip
def test_independent_roots(roots, expected):
    assert independent(*roots) == expected
    assert independent(*reversed(roots)) == expected


def test_roots_and_independent_groups_are_told_apart():
    found = one_incident(told_by(body("north-army"), "a"), told_by(body("north-ministry"), "b", SEA))
    assert (found.roots, found.independent) == (2, 1)
    assert "one_body" in codes(found)
    (why,) = [reason for reason in found.reasons if reason.code == "one_body"]
    assert "the north-army" in why.text.en
    assert "the north-ministry" in why.text.en


@pytest.mark.parametrize("roots", [row[1] for row in INDEPENDENT], ids=[row[0] for row in INDEPENDENT])
def test_a_group_is_named_by_one_of_its_roots(roots):
    found = one_incident(*(told_by(root, f"a{n}") for n, root in enumerate(roots)))
    assert {one.group for one in found.told} <= {root.key for root in roots}


def test_an_official_of_no_named_state_is_that_governments_where_it_alone_is_heard():
    official = Root("unnamed:river:مصدر امني", "مصدر أمني", "unnamed", ("unnamed:river:مصدر امني",), official=True)  # fmt: skip
    ours = told_by(official, "a"), told_by(body("north-ministry"), "b", SEA)
    assert one_incident(*ours).independent == 1
    # Of another country's army it is not known to be an organ.
    assert one_incident(told_by(official, "a"), told_by(body("south-army"), "b", SEA)).independent == 2


def test_an_official_of_no_named_state_may_be_of_another_side_that_speaks_in_its_country():
    official = Root(
        "unnamed:sea:مصدر عسكري", "مصدر عسكري", "unnamed", ("unnamed:sea:مصدر عسكري",), official=True
    )
    told = (told_by(official, "a", SEA), told_by(body("north-ministry"), "b"))
    assert one_incident(*told).independent == 1
    facts = {"roles": "agent:south patient:مدنيين"}
    rival = claim(f"c@{MOUNTAIN}", root=body("militia"), **facts)
    assert one_incident(*told, rival).independent == 3


def test_near_copies_are_one_root_in_their_own_voice():
    printed = [
        told_by(outlet(medium), medium, medium, words=LONG, family="f") for medium in (RIVER, SEA, MOUNTAIN)
    ]
    assert one_incident(*printed).independent == 1
    apart = [
        told_by(outlet(medium), medium, medium, words=words)
        for medium, words in ((RIVER, LONG), (SEA, OTHER))
    ]
    assert one_incident(*apart).independent == 2


def test_the_same_wording_is_one_root_without_a_family():
    printed = [told_by(outlet(medium), medium, medium, words=LONG) for medium in (RIVER, SEA)]
    assert one_incident(*printed).independent == 1


def test_a_short_common_phrase_is_no_copy():
    printed = [told_by(outlet(medium), medium, medium, words="قصف المدينة صباحا") for medium in (RIVER, SEA)]
    assert one_incident(*printed).independent == 2


def test_an_unnamed_source_in_a_copied_text_is_one_and_in_texts_of_their_own_two():
    copied = [
        told_by(unnamed("مصدر طبي", medium), medium, medium, words=LONG, family="f")
        for medium in (RIVER, SEA)
    ]
    assert one_incident(*copied).independent == 1
    own = [told_by(unnamed("مصدر طبي", medium), medium, medium, words=words) for medium, words in ((RIVER, LONG), (SEA, OTHER))]  # fmt: skip
    assert one_incident(*own).independent == 2


def test_copies_do_not_make_named_roots_one():
    """A text that quotes two bodies is printed twice: still two roots."""
    printed = [
        told_by(root, medium, medium, words=LONG, family="f", at=n)
        for medium in (RIVER, SEA)
        for n, root in enumerate((body("south-army"), OBSERVATORY))
    ]
    assert one_incident(*printed).independent == 2


def test_the_own_voice_counts_only_where_its_article_gives_no_source():
    own = told_by(outlet(RIVER), "a", at=0)
    sourced = told_by(OBSERVATORY, "a", at=1)
    found = one_incident(own, sourced)
    assert (found.roots, found.independent, found.status) == (1, 1, "single")
    assert [one.group for one in found.told] == ["", "observatory"]
    assert "own_voice" in codes(found)
    assert len(found.told) == 2, "nothing is dropped: it stands there without weight"
    elsewhere = told_by(outlet(SEA), "b", SEA)
    assert one_incident(own, sourced, elsewhere).independent == 2


def test_the_correspondent_counts_beside_a_source_of_the_same_article():
    man = told_by(outlet(RIVER, correspondent=True), "a", at=0)
    assert one_incident(man, told_by(OBSERVATORY, "a", at=1)).independent == 2


def test_a_source_who_only_expects_it_does_not_silence_the_own_voice():
    own = told_by(outlet(RIVER), "a", at=0)
    found = one_incident(own, told_by(OBSERVATORY, "a", at=1, says="expects"))
    assert (found.independent, found.status) == (1, "single")
    assert found.told[0].group
    assert found.told[1].group == ""


def late(article, medium, root=None, **facts):
    """A claim of an article of two weeks later about the day of the event."""
    return told_by(root or outlet(medium), article, medium, published="2024-05-19", **facts)


def test_later_retellings_are_an_incident_of_their_own_that_leads_to_the_first():
    report = [told_by(outlet(RIVER), "a"), told_by(OBSERVATORY, "b", SEA)]
    found = incidents(*report, late("x", MOUNTAIN), late("y", SEA))
    (first,) = [one for one in found if not one.retells]
    (again,) = [one for one in found if one.retells]
    assert again.retells == first.id
    assert {one.testimony.article for one in first.told} == {"a", "b"}
    assert {one.testimony.article for one in again.told} == {"x", "y"}
    assert (first.independent, again.independent) == (2, 1), "what later articles retell is one voice"
    assert "retells" in codes(again)


def test_a_source_of_a_later_article_still_speaks_of_the_incident_itself():
    found = one_incident(told_by(outlet(RIVER), "a"), late("x", SEA, OBSERVATORY))
    assert found.independent == 2
    assert not found.retells


def test_retellings_of_what_nobody_reported_lead_nowhere():
    found = one_incident(late("x", SEA), late("y", MOUNTAIN))
    assert found.retells == ""
    assert found.independent == 1


def test_an_article_three_days_later_still_reports():
    found = incidents(told_by(outlet(RIVER), "a"), told_by(outlet(SEA), "b", SEA, published="2024-05-08"))
    assert len(found) == 1
    assert found[0].independent == 2
