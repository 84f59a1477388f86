"""The status: the first of denied, disputed, conceded, corroborated, single that holds; with its reasons."""

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
    SOUTH_AGENCY,
    body,
    claim,
    codes,
    day_of,
    incidents,
    one_incident,
    outlet,
    parts,
    toll,
    unnamed,
)

NORTH, SOUTH, ALLY = body("north-army"), body("south-army"), body("ally-army")
MINISTRY = body("north-ministry")
MEDIUMS = (RIVER, SEA, MOUNTAIN)


def tell(*rows):
    """Claims from rows ``(root, event, roles)`` with further facts last, each in an article of its own."""
    told = []
    for n, (root, event, roles, *more) in enumerate(rows):
        facts = more[0] if more else {}
        told.append(claim(f"a{n}@{MEDIUMS[n % 3]}", event, root, **{"roles": roles, **facts}))
    return told


def status_of(*rows):
    return one_incident(*tell(*rows)).status


CIVILIANS = "agent:north patient:مدنيين"
BY_SOUTH = "agent:south patient:مدنيين"
LOST = "gainer:north loser:south"
DENIED = {"says": "denies", "stance": "deny"}
STORY = "دخلت السيطرة على المدينة ومستودعاتها ومطارها القديم يومها الثاني بعد قتال عند الجسر"
LATER = {"published": "2024-05-06"}
EARLIER = {"published": "2024-05-04", "day": 5}

CASES = [
    # ---- single and corroborated
    ("one root", "single", [(OBSERVATORY, "strike.air", CIVILIANS)]),
    ("one root twice", "single", [(OBSERVATORY, "strike.air", CIVILIANS)] * 2),
    ("two organs of the victim's side", "single", [(SOUTH, "strike.air", "agent:north patient:south"), (body("south-ministry"), "strike.air", "agent:north patient:south")]),
    ("two roots", "corroborated", [(OBSERVATORY, "strike.air", CIVILIANS), (outlet(SEA), "strike.air", CIVILIANS)]),
    ("victim and monitor", "corroborated", [(SOUTH, "strike.air", "agent:north patient:south"), (OBSERVATORY, "strike.air", "agent:north patient:south")]),
    ("both sides of a strike on fighters", "corroborated", [(NORTH, "strike.air", "agent:north patient:south"), (SOUTH, "strike.air", "agent:north patient:south")]),
    ("capturer and monitor", "corroborated", [(NORTH, "territory.control", LOST), (OBSERVATORY, "territory.control", LOST)]),
    ("capturer alone", "single", [(NORTH, "territory.control", LOST)]),
    ("a plan beside a root adds nothing", "single", [(OBSERVATORY, "strike.air", CIVILIANS), (outlet(SEA), "strike.air", CIVILIANS, {"says": "expects"})]),
    ("a demand beside a root adds nothing", "single", [(OBSERVATORY, "territory.withdrawal", "agent:south"), (NORTH, "territory.withdrawal", "agent:south", {"says": "demands"})]),
    ("only plans", None, [(NORTH, "territory.withdrawal", "agent:south", {"says": "demands"})]),
    # ---- conceded
    ("the loser tells of the loss", "conceded", [(SOUTH, "territory.control", LOST)]),
    ("the loser tells of the loss, its organ", "conceded", [(body("south-ministry"), "territory.control", "loser:south")]),
    ("the loser's state agency tells of the loss", "conceded", [(outlet(SOUTH_AGENCY), "territory.control", LOST)]),
    ("the side that left tells of its withdrawal", "conceded", [(SOUTH, "territory.withdrawal", "agent:south")]),
    ("harm to civilians, by who did it", "conceded", [(NORTH, "harm.killed", CIVILIANS)]),
    ("a strike that hit civilians, by who did it", "conceded", [(NORTH, "strike.air", CIVILIANS)]),
    ("civilians wounded, by the government of the army that did it", "conceded", [(body("north-state"), "harm.wounded", CIVILIANS)]),
    ("civilians wounded, by its officer", "conceded", [(body("north-general"), "harm.wounded", CIVILIANS)]),
    ("civilians wounded, in a confession by an organ that did nothing", "conceded", [(MINISTRY, "harm.wounded", CIVILIANS, {"stance": "concede"})]),
    ("an act of one's own, in a confession", "conceded", [(NORTH, "strike.shelling", "agent:north patient:مجلس", {"stance": "concede", "words": "بقصف مجلس عزاء"})]),
    ("an act told by a pronoun, in a confession", "conceded", [(NORTH, "strike.air", "agent:north patient:سوق", {"stance": "concede", "words": "أن غاراته أصابت سوقا"})]),
    ("an ambulance hit, in a confession", "conceded", [(NORTH, "fight.attack", "agent:north patient:سيارة", {"stance": "concede", "words": "باستهداف سيارة إسعاف"})]),
    ("a breach, by who broke the truce", "conceded", [(NORTH, "talks.breach", "agent:north patient:south")]),
    ("own fighters killed, claimed by the enemy", "conceded", [(SOUTH, "harm.killed", "agent:north patient:south patient:جنود"), (NORTH, "harm.killed", "agent:north patient:south patient:جنود")]),
    ("own fighters captured, claimed by the enemy", "conceded", [(SOUTH, "custody.arrest", "agent:north patient:south patient:جنود"), (NORTH, "custody.arrest", "agent:north patient:south patient:جنود")]),
    ("civilians beaten, by who did it", "conceded", [(NORTH, "harm.abuse", CIVILIANS)]),
    ("conceding is before corroborating", "conceded", [(SOUTH, "territory.control", LOST), (NORTH, "territory.control", LOST), (OBSERVATORY, "territory.control", LOST)]),
    # ---- not conceded
    ("an attack suffered", "single", [(SOUTH, "strike.shelling", "agent:north patient:south")]),
    ("own civilians killed by the enemy", "single", [(SOUTH, "harm.killed", CIVILIANS)]),
    ("own soldiers killed by the enemy, who is silent", "single", [(SOUTH, "harm.killed", "agent:north patient:south patient:جنود")]),
    ("own soldiers killed, told also by a monitor", "corroborated", [(SOUTH, "harm.killed", "agent:north patient:south patient:جنود"), (OBSERVATORY, "harm.killed", "agent:north patient:south patient:جنود")]),
    ("an army that boasts of killed fighters", "single", [(NORTH, "harm.killed", "agent:north patient:مسلحين")]),
    ("an army that boasts of killed fighters of a side", "single", [(NORTH, "harm.killed", "agent:north patient:south patient:مقاتلين")]),
    ("an enemy said to have left", "single", [(NORTH, "territory.withdrawal", "agent:south")]),
    ("a breach laid at the enemy's door", "single", [(SOUTH, "talks.breach", "agent:north patient:south")]),
    ("harm laid at the enemy's door", "single", [(SOUTH, "harm.killed", CIVILIANS)]),
    ("a toll by a ministry that does not speak for the army", "single", [(MINISTRY, "harm.wounded", CIVILIANS)]),
    ("civilians arrested, by who did it", "single", [(NORTH, "custody.arrest", CIVILIANS)]),
    ("a withdrawal that is only expected", None, [(SOUTH, "territory.withdrawal", "agent:south", {"says": "expects"})]),
    ("an ally's word on the loss", "single", [(ALLY, "territory.control", LOST)]),
    ("a strike on nobody named, by who did it", "single", [(NORTH, "strike.air", "agent:north patient:مواقع")]),
    ("a commander killed, by who did it", "single", [(NORTH, "harm.killed", "agent:north patient:قيادي")]),
    ("fighters killed, in words of a confession", "single", [(NORTH, "harm.killed", "agent:north patient:مسلحين", {"stance": "concede"})]),
    ("an attack suffered, in words of a confession", "single", [(NORTH, "fight.attack", "agent:north patient:مركبات", {"stance": "concede", "words": "أن مركبات عدة تعرضت إلى إطلاق نار"})]),
    ("rockets of the enemy, in words of a confession", "single", [(NORTH, "strike.shelling", "agent:north patient:مستوطنات", {"stance": "concede", "words": "أن الصواريخ التي أطلقها العدو سقطت على البلدات"})]),
    ("a battle that goes badly, in words of a confession", "single", [(NORTH, "fight.attack", "agent:north", {"stance": "concede", "words": "بفشل الهجوم المضاد"})]),
    # ---- disputed
    ("a denial", "disputed", [(OBSERVATORY, "strike.air", CIVILIANS), (NORTH, "strike.air", CIVILIANS, DENIED)]),
    ("a denial in general terms", "disputed", [(OBSERVATORY, "strike.air", CIVILIANS), (NORTH, "strike.shelling", "agent:north", DENIED)]),
    ("a denial of the loss", "disputed", [(NORTH, "territory.control", LOST), (SOUTH, "territory.control", LOST, DENIED)]),
    ("a denial beats concession", "disputed", [(body("south-ministry"), "territory.control", LOST), (OBSERVATORY, "territory.control", LOST, DENIED)]),
    ("each names the other", "disputed", [(NORTH, "harm.killed", BY_SOUTH, {"killed": 12}), (SOUTH, "harm.killed", CIVILIANS, {"killed": 12})]),
    ("another agent named by the accused", "disputed", [(OBSERVATORY, "harm.killed", CIVILIANS, {"killed": 12}), (NORTH, "harm.killed", BY_SOUTH, {"killed": 12})]),
    ("captured and beaten back on one day", "disputed", [(NORTH, "territory.control", LOST), (SOUTH, "territory.repel", "agent:south patient:north")]),
    ("captured, and beaten back, the loser not named", "disputed", [(NORTH, "territory.control", "gainer:north"), (SOUTH, "territory.repel", "agent:south patient:north")]),
    ("held by two on one day", "disputed", [(NORTH, "territory.control", LOST), (OBSERVATORY, "territory.control", "gainer:south")]),
    ("told at first, denied later by the same", "disputed", [(OBSERVATORY, "strike.air", "agent:north patient:south"), (NORTH, "strike.air", "agent:north patient:south", EARLIER), (NORTH, "strike.air", "agent:north patient:south", {**DENIED, **LATER})]),
    # ---- not disputed
    ("held by two, one after the other", "corroborated", [(NORTH, "territory.control", LOST, {"words": STORY}), (OBSERVATORY, "territory.control", "gainer:south", {"words": STORY, "day": 6})]),
    ("a denial by an organ of who affirms", "single", [(SOUTH, "strike.air", "agent:north patient:south"), (body("south-general"), "strike.air", "agent:north patient:south", {**DENIED, **EARLIER})]),
    ("a denial later taken back", "corroborated", [(OBSERVATORY, "strike.air", "agent:north patient:south"), (NORTH, "strike.air", "agent:north patient:south", {**DENIED, **EARLIER}), (NORTH, "strike.air", "agent:north patient:south", LATER)]),
    ("different tolls", "corroborated", [(OBSERVATORY, "harm.killed", CIVILIANS, {"killed": 40}), (outlet(SEA), "harm.killed", CIVILIANS, {"killed": 12})]),
    ("a denial that is only expected", "single", [(OBSERVATORY, "strike.air", CIVILIANS), (NORTH, "strike.air", CIVILIANS, {"says": "expects", "stance": "deny"})]),
    ("a denial of own part where nobody names that side", "single", [(OBSERVATORY, "strike.air", "agent:militia patient:مدنيين"), (NORTH, "strike.air", "agent:north", DENIED)]),
    ("a denial of own part where nobody names anyone", "single", [(OBSERVATORY, "strike.air", "patient:مدنيين"), (NORTH, "strike.air", "agent:north", DENIED)]),
    # ---- denied
    ("nobody affirms", "denied", [(NORTH, "strike.air", CIVILIANS, DENIED)]),
    ("two deny", "denied", [(NORTH, "territory.withdrawal", "agent:north", DENIED), (ALLY, "territory.withdrawal", "agent:north", DENIED)]),
    ("a plan and a denial", "denied", [(NORTH, "territory.withdrawal", "agent:north", DENIED), (SOUTH, "territory.withdrawal", "agent:north", {"says": "expects"})]),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "rows"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_status(expected, rows):
    found = one_incident(*tell(*rows))
    assert found.status == expected, [reason.text.en for reason in found.reasons]


@pytest.mark.parametrize(("expected", "rows"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_reasons_are_given_in_both_languages(expected, rows):
    found = one_incident(*tell(*rows))
    assert found.reasons
    for reason in found.reasons:
        assert reason.text.en.isprintable()
        assert any("\u0621" <= letter <= "\u064a" for letter in reason.text.ar)
        assert "{" not in reason.text.en + reason.text.ar
    first = found.reasons[0].code
    families = {"disputed": "disputed_", "conceded": "conceded_", "denied": "denied", "single": "single", None: "nobody", "corroborated": "corroborated"}  # fmt: skip
    assert any(first.startswith(code) for code in families[expected].split())


def test_capture_and_an_assault_beaten_back_the_day_before_can_both_be():
    told = tell(
        (NORTH, "territory.control", LOST),
        (SOUTH, "territory.repel", "agent:south patient:north", {"day": 4}),
    )
    assert {one.status for one in incidents(*told)} <= {"single", "corroborated"}


def test_reasons_of_a_concession_name_the_root_the_article_and_the_claim():
    told = tell((NORTH, "territory.control", LOST), (SOUTH, "territory.control", LOST))
    found = one_incident(*told)
    (why,) = [reason for reason in found.reasons if reason.code == "conceded_loss"]
    assert "the south-army" in why.text.en
    assert "a1" in why.text.en
    assert "a1" in why.text.ar
    assert why.claim == told[1].id


def test_reasons_of_a_dispute_name_who_denies_and_where():
    told = tell((OBSERVATORY, "strike.air", CIVILIANS), (NORTH, "strike.air", CIVILIANS, DENIED))
    why = next(reason for reason in one_incident(*told).reasons if reason.code == "disputed_denial")
    assert "the north-army" in why.text.en
    assert "a1" in why.text.en
    assert why.claim == told[1].id


def test_two_who_deny_are_both_named():
    told = tell(
        (OBSERVATORY, "strike.air", CIVILIANS),
        (NORTH, "strike.air", CIVILIANS, DENIED),
        (ALLY, "strike.air", CIVILIANS, DENIED),
    )
    assert codes(one_incident(*told)).count("disputed_denial") == 2


def test_unnamed_roots_are_named_with_their_outlet():
    told = claim("a", root=unnamed("مصدر طبي", RIVER), roles=CIVILIANS)
    assert f"مصدر طبي ({RIVER})" in one_incident(told).reasons[0].text.en


def test_how_a_repeat_of_the_denial_stands_does_not_depend_on_articles():
    """One root denies in ten outlets, one root affirms: as disputed as with one."""
    denials = [(NORTH, "strike.air", CIVILIANS, DENIED)] * 10
    found = one_incident(*tell((OBSERVATORY, "strike.air", CIVILIANS), *denials))
    assert (found.status, found.roots, found.independent) == ("disputed", 2, 1)


def test_an_agencys_own_voice_does_not_concede_for_a_side_it_is_not_of():
    told = claim(f"a@{NORTH_AGENCY}", "territory.control", outlet(NORTH_AGENCY), roles=LOST)
    assert one_incident(told).status == "single"


def test_expected_claims_are_told_to_be_without_weight():
    told = tell(
        (OBSERVATORY, "territory.withdrawal", "agent:south"),
        (SOUTH, "territory.withdrawal", "agent:south", {"says": "expects"}),
    )
    found = one_incident(*told)
    assert found.status == "single", "a plan to leave is no concession"
    assert "expected" in codes(found)
    assert [bool(one.group) for one in found.told] == [True, False]


def test_parts_and_days_are_what_claims_say():
    told = tell(
        (NORTH, "strike.air", "agent:north patient:south"),
        (OBSERVATORY, "strike.air", "agent:north patient:مدنيين"),
    )
    found = one_incident(*told)
    assert {(part.role, part.text) for part in found.parts} == {
        ("agent", "قوات north"),
        ("patient", "قوات south"),
        ("patient", "مدنيين"),
    }
    assert found.when == day_of(5)
    assert parts("agent:north")[0].side == "north"
    assert toll(low=3).max == 3
