"""Which claims are one incident: places, days, parties, tolls, acts and what they did."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from build import (
    HARBOUR,
    MOUNTAIN,
    OBSERVATORY,
    REGION,
    RIVER,
    SEA,
    TOWNS,
    TWIN,
    articles_of,
    body,
    claim,
    incidents,
    judged,
    one_incident,
    shown,
    spot,
    together,
    unnamed,
)

NORTH = "agent:north patient:مدنيين"
SOUTH = "agent:south patient:مدنيين"


def count_of(*claims):
    return len(incidents(*claims))


def test_a_round_up_of_ten_towns_gives_ten_incidents_each_with_its_single_report():
    round_up = [claim("round", place=town, at=n, roles=NORTH) for n, town in enumerate(TOWNS)]
    single = [claim(f"s{n}@{SEA}", place=town, roles=NORTH) for n, town in enumerate(TOWNS)]
    found = incidents(*round_up, *single)
    assert articles_of(found) == sorted(["round", f"s{n}"] for n in range(10))
    for one in found:
        assert len({told.testimony.place for told in one.told}) == 1, shown([one])


def test_a_round_up_with_one_sentence_for_all_and_tolls_by_town_keeps_towns_apart():
    round_up = [
        claim("round", event, place=town, at=n, number=10 * n + k, roles=NORTH, killed=killed)
        for n, town in enumerate(TOWNS)
        for k, (event, killed) in enumerate((("strike.air", None), ("harm.killed", n + 2)))
    ]
    found = incidents(*round_up)
    assert len(found) == 10
    assert all(set(one.events) == {"strike.air", "harm.killed"} for one in found)


def test_strikes_on_one_town_on_successive_named_days_stay_apart():
    told = [
        claim(f"{medium}{day}@{medium}", day=day, roles=NORTH)
        for day in range(3, 10)
        for medium in (RIVER, SEA)
    ]
    found = incidents(*told)
    assert [one.when.start.day for one in sorted(found, key=lambda one: one.when.start)] == list(range(3, 10))
    assert all(len(one.told) == 2 for one in found)


def test_a_night_told_with_two_dates_is_one():
    words = "قصفت الطائرات ليلا محطة المياه وسوق الخضار القديم في الحي الشرقي"
    one = claim("a", day=5, roles=NORTH, killed=4, event="harm.killed", words=words)
    other = claim(f"b@{SEA}", day=6, roles=NORTH, killed=4, event="harm.killed", words=f"{words} قرب الجسر")
    assert count_of(one, other) == 1


def test_one_article_that_tells_of_two_named_days_tells_two_strikes():
    assert count_of(claim("a", day=5, roles=NORTH), claim("a", day=6, roles=NORTH, at=3)) == 2


def test_a_strike_of_one_day_does_not_draw_in_that_of_the_next_by_way_of_a_third():
    """The toll of the second day is that of no other day, whoever tells it first."""
    told = [
        claim(f"a{day}{medium}@{medium}", "harm.killed", day=day, killed=killed, roles=NORTH)
        for day, killed in ((4, 3), (5, 21), (6, 8))
        for medium in (RIVER, SEA)
    ]
    assert {len(one.told) for one in incidents(*told)} == {2}


def first_words_that_differ(place=TOWNS[0], day=5):
    """An explosion for some, shelling for others, until one article tells of both."""
    where = {"place": place, "day": day}
    return [
        claim("a", "blast.explosion"),
        claim(f"b@{SEA}", "strike.shelling", **where),
        claim(f"c@{MOUNTAIN}", "strike.shelling", **where),
        claim("d", "blast.explosion"),
        claim("d", "strike.shelling", number=1),
    ]


def test_two_incidents_that_grew_from_differing_first_words_become_one():
    told = first_words_that_differ()
    assert count_of(*told[:3]) == 2
    found = one_incident(*told)
    assert set(found.events) == {"blast.explosion", "strike.shelling"}
    assert [one.testimony.id[0] for one in found.told if one.joined[0].code == "first"] == ["a"]


@pytest.mark.parametrize("other", [{"place": spot("Next", 34.08, 37.0)}, {"day": 6}], ids=["place", "day"])
def test_two_incidents_of_several_articles_stay_apart_by_place_and_by_day(other):
    assert count_of(*first_words_that_differ(**other)) == 2


def test_two_incidents_judged_different_are_never_made_one():
    told = first_words_that_differ()
    assert len(incidents(*told, judgements=[judged(told[0].id, told[1].id, "different")])) == 2


def test_one_event_told_with_two_village_names_is_one():
    words = "غارة جوية أصابت منزل عائلة نازحة قرب معصرة الزيتون ودمرته بالكامل"
    one = claim("a", "harm.killed", roles=NORTH, killed=7, words=words)
    other = claim(f"b@{SEA}", "harm.killed", place=TWIN, roles=NORTH, killed=7, words=words)
    assert count_of(one, other) == 1
    neighbour = spot("Neighbour", 34.08, 37.0)  # nine kilometres away
    assert (
        count_of(one, claim(f"b@{SEA}", "harm.killed", place=neighbour, roles=NORTH, killed=7, words=words))
        == 1
    )


def test_two_events_in_neighbouring_villages_are_two():
    neighbour = spot("Neighbour", 34.08, 37.0)
    one = claim("a", "harm.killed", roles=NORTH, killed=7)
    other = claim(f"b@{SEA}", "harm.killed", place=neighbour, roles=NORTH, killed=2)
    assert count_of(one, other) == 2


SAME = {"roles": NORTH}
ONE_OR_TWO = [
    # what it is, facts of the first, facts of the second, how many incidents
    ("the same", {}, {}, 1),
    ("an air strike called a shelling", {}, {"event": "strike.shelling"}, 1),
    ("an act and those it killed", {}, {"event": "harm.killed", "killed": 3}, 1),
    ("an act and what it destroyed", {"event": "blast.explosion"}, {"event": "damage.property"}, 1),
    ("an act and whom it drove out", {"event": "strike.shelling"}, {"event": "people.displaced"}, 1),
    ("killed and wounded", {"event": "harm.killed", "killed": 3}, {"event": "harm.wounded", "wounded": 9}, 1),
    ("entry and capture", {"event": "territory.advance", "roles": "agent:north"}, {"event": "territory.control", "roles": "gainer:north"}, 1),
    ("withdrawal and capture", {"event": "territory.withdrawal", "roles": "agent:south"}, {"event": "territory.control", "roles": "gainer:north loser:south"}, 1),
    ("capture and loss", {"event": "territory.control", "roles": "gainer:north"}, {"event": "territory.control", "roles": "loser:south"}, 1),
    ("a claim without a place of its own day", {"place": TOWNS[0]}, {"place": TOWNS[3]}, 2),
    ("another country", {}, {"place": HARBOUR}, 2),
    ("a bomb and an air strike", {"event": "blast.explosion", "roles": ""}, {"roles": ""}, 2),
    ("a battle and a strike", {"event": "fight.clash", "roles": ""}, {"roles": ""}, 2),
    ("stabbing and the arrest of who did it", {"event": "fight.attack"}, {"event": "custody.arrest"}, 2),
    ("capture and recapture", {"event": "territory.control", "roles": "gainer:north loser:south"}, {"event": "territory.control", "roles": "gainer:south loser:north", "day": 7}, 2),
    ("a truce and its breach", {"event": "talks.agreement", "roles": "party:north party:south"}, {"event": "talks.breach", "roles": "agent:north"}, 2),
    ("a threat by each side", {"event": "say.threat", "roles": "agent:north"}, {"event": "say.threat", "roles": "agent:south"}, 2),
    ("a threat told twice", {"event": "say.threat", "roles": "agent:north patient:south"}, {"event": "say.threat", "roles": "agent:north patient:south"}, 1),
    ("a month after", {}, {"day": date(2024, 6, 5)}, 2),
    ("days that hang on publication", {"tie": "relative"}, {"tie": "relative", "day": 6}, 1),
    ("a week between days not said", {"tie": "article"}, {"tie": "article", "day": 12}, 2),
    ("a day and its month", {"event": "harm.killed", "killed": 16}, {"event": "harm.killed", "killed": 16, "day": date(2024, 5, 1), "last": date(2024, 5, 31)}, 2),
    ("one place under the name of either land", {"place": spot("Line", 31.5, 34.5, country="IL")}, {"place": spot("Line", 31.5, 34.5, country="PS")}, 1),
    ("tolls that rose", {"event": "harm.killed", "killed": 11}, {"event": "harm.killed", "killed": 15}, 1),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "expected"), [row[1:] for row in ONE_OR_TWO], ids=[row[0] for row in ONE_OR_TWO])  # fmt: skip
def test_one_or_two(first, second, expected):
    one, other = claim("a", **{**SAME, **first}), claim(f"b@{SEA}", **{**SAME, **second})
    for told in ((one, other), (other, one)):
        found = incidents(*told)
        assert len(found) == expected, [[r.text.en for r in t.joined] for i in found for t in i.told]
        assert sum(len(incident.told) for incident in found) == 2


def test_a_dispute_over_who_did_it_still_meets():
    """Each side lays one strike on one market at the other's door: the claims must be in one incident for that to be seen."""
    toll = {"event": "harm.killed", "killed": 12}
    told = "قتلى في قصف {} السوق الشعبي وسط المدينة ظهرا"
    north = claim("a", root=body("north-army"), roles=SOUTH, words=told.format("قوات south"), **toll)
    south = claim(f"b@{SEA}", root=body("south-army"), roles=NORTH, words=told.format("قوات north"), **toll)
    assert one_incident(north, south).status == "disputed"


def test_who_is_carried_over_from_another_sentence_is_not_accused():
    toll = {"event": "harm.killed", "killed": 12, "words": "قتلى في قصف السوق الشعبي وسط المدينة ظهرا"}
    north = claim("a", root=body("north-army"), roles=SOUTH, **toll)
    south = claim(f"b@{SEA}", root=body("south-army"), roles=NORTH, **toll)
    assert one_incident(north, south).status == "corroborated"


def test_blow_and_counter_blow_are_two():
    one = claim("a", "strike.shelling", roles="agent:north patient:south")
    other = claim(f"b@{SEA}", "strike.shelling", roles="agent:south patient:north")
    assert count_of(one, other) == 2


def test_a_toll_of_a_month_is_an_incident_of_its_own():
    day = claim("a", "harm.killed", killed=6, roles=NORTH)
    month = {"day": date(2024, 5, 1), "last": date(2024, 5, 31), "published": "2024-06-01"}
    total = claim(f"b@{SEA}", "harm.killed", killed=130, roles=NORTH, **month)
    again = claim(f"c@{MOUNTAIN}", "harm.killed", killed=130, roles=NORTH, **month)
    assert together(day, total, again) == {frozenset({day.id}), frozenset({total.id, again.id})}


def test_tolls_of_two_months_are_two():
    april = claim("a", "harm.killed", killed=130, day=date(2024, 4, 1), last=date(2024, 4, 30))
    may = claim(f"b@{SEA}", "harm.killed", killed=130, day=date(2024, 5, 1), last=date(2024, 5, 31))
    assert count_of(april, may) == 2


def test_a_claim_on_a_region_joins_the_only_event_there_and_none_of_two():
    """Who only names the governorate says which town where there is one to mean, and is not put with either of two."""
    toll = {"event": "harm.killed", "killed": 14, "roles": NORTH}
    wide = claim(f"b@{SEA}", place=REGION, **toll)
    inside = claim("a", place=TOWNS[0], **toll)
    assert count_of(inside, wide) == 1
    here, there = (claim("a", place=TOWNS[0], **SAME), claim(f"c@{MOUNTAIN}", place=TOWNS[1], **SAME))
    bare = claim(f"b@{SEA}", place=REGION, **SAME)
    assert frozenset({bare.id}) in together(here, there, bare)


def test_plans_are_attached_to_what_happened_and_alone_make_an_incident_without_affirmation():
    happened = claim("a", "territory.withdrawal", roles="agent:south")
    plan = claim(f"b@{SEA}", "territory.withdrawal", says="expects", roles="agent:south", tie="relative")
    assert one_incident(happened, plan).independent == 1
    alone = one_incident(plan)
    assert (alone.status, alone.independent, alone.roots) == (None, 0, 0)
    assert alone.events == ("territory.withdrawal",)


def test_the_place_of_an_incident_is_the_most_precise_and_the_days_those_that_words_name():
    vague = claim("a", "harm.killed", place=REGION, killed=14, tie="article", day=6, roles=NORTH)
    named = claim(f"b@{SEA}", "harm.killed", killed=14, roles=NORTH)
    found = one_incident(vague, named)
    assert found.place == TOWNS[0]
    assert (found.when.start, found.when.tie) == (date(2024, 5, 5), "named")


def test_every_claim_says_why_it_belongs_there():
    told = [claim("a", **SAME), claim(f"b@{SEA}", "harm.killed", killed=3, **SAME), claim("c", "strike.air", OBSERVATORY, **SAME)]  # fmt: skip
    found = one_incident(*told)
    for one in found.told:
        assert one.joined
        for reason in one.joined:
            assert reason.text.en
            assert reason.text.ar
            assert reason.claim == one.testimony.id
    said = [{reason.code for reason in one.joined} for one in found.told]
    assert {"first"} in said
    assert any({"place_same", "day_same"} <= codes for codes in said)


def test_claims_of_one_article_on_one_town_are_one_episode_also_where_the_toll_stands_far_below():
    lead = claim("a", "strike.air", unnamed("مصدر طبي"), **SAME)
    toll = claim("a", "harm.killed", body("north-ministry"), at=6, killed=5, **SAME)
    assert count_of(lead, toll) == 1


def test_other_towns_are_apart_in_one_article_even_in_one_sentence():
    one = claim("a", roles=NORTH, at=1, number=0)
    other = claim("a", roles=NORTH, at=1, number=1, place=TOWNS[4], id="other")
    assert count_of(one, other) == 2


def test_judgements_are_not_needed_for_any_of_this():
    one, other = claim("a", **SAME), claim(f"b@{SEA}", **SAME)
    assert together(one, other) == together(one, other, judgements=[judged("x", "y")])
