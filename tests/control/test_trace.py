"""The front door of control: rows by place, parties, sentences, and who held a place on a day."""

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from marsad.control import ControlKit, by_place, trace, who_held
from marsad.control.parties import speaks_for
from marsad.model import Place
from marsad.model.control import Holder
from marsad.model.incident import Root, Spot

sys.path.insert(0, str(Path(__file__).parent))
from telling_of import (
    EAST,
    LABELS,
    NORTH,
    NORTH_HOLDS,
    NORTH_RADIO,
    OBSERVATORY,
    SOUTH,
    TOWN,
    WIRE,
    capture,
    claim,
    denied,
    entry,
    incident,
    repel,
    shown,
    siege,
    withdrawal,
)

KIT = ControlKit(LABELS.get)


def spells_of(*incidents):
    return trace(incidents, KIT)


def test_parties_on_one_side_are_one_holder_by_the_name_used_most():
    spells = spells_of(
        incident(1, capture(NORTH_RADIO)), incident(5, capture(NORTH)), incident(6, entry(NORTH, by=WIRE))
    )
    assert shown(spells) == [(1, None, "held", NORTH, None)]
    assert spells[0].holder.label == "Northern Army"
    assert spells[0].holder.side == "north"


def test_spell_rests_on_those_who_say_so():
    (spell,) = spells_of(
        incident(5, capture(SOUTH, by=SOUTH), id="b"),
        incident(5, capture(SOUTH, by=WIRE, told=6), denied(capture(SOUTH, by=EAST, told=6)), id="c"),
        incident(5, withdrawal(NORTH, by=NORTH, told=7), id="d"),
        incident(9, siege(NORTH, by=OBSERVATORY), id="e"),
    )
    assert spell.state == "held"
    assert spell.incidents == ("b", "c", "d", "e")
    assert set(spell.roots) >= {SOUTH, NORTH}
    assert OBSERVATORY not in spell.roots  # it tells of a siege, not of who holds the place


def test_evidence_of_a_state_that_lasted_no_day_goes_over():
    entered, beaten = (
        incident(5, entry(SOUTH, by=WIRE), id="a"),
        incident(5, repel(NORTH, patient=SOUTH), id="b"),
    )
    (spell,) = spells_of(NORTH_HOLDS, entered, beaten)
    assert spell.incidents == (NORTH_HOLDS.id, "a", "b")
    assert [reason.code for reason in spell.reasons].count("rule.contested.entry") == 1
    assert spell.roots == (OBSERVATORY,)
    (spell,) = spells_of(
        incident(5, entry(EAST, by=WIRE), id="a"), incident(5, capture(SOUTH, by=SOUTH), id="b")
    )
    assert (spell.claimant.id, spell.roots, spell.incidents) == (SOUTH, (WIRE, SOUTH), ("a", "b"))
    (spell,) = spells_of(incident(5, entry(EAST, by=WIRE), id="a"), incident(5, capture(SOUTH), id="b"))
    assert (spell.holder.id, spell.roots, spell.incidents) == (SOUTH, (OBSERVATORY,), ("a", "b"))


def test_siege_is_noted_but_is_nobodys_word_for_a_contest():
    (spell,) = spells_of(incident(5, entry(SOUTH, by=WIRE)), incident(6, siege(NORTH), id="s"))
    assert (spell.roots, spell.incidents[-1]) == ((WIRE,), "s")
    assert spell.reasons[-1].code == "rule.noted.siege"


def test_claim_that_counts_under_no_group_of_roots_does_not_count():
    one = incident(5, capture(SOUTH, by=SOUTH), capture(SOUTH))
    relayed = replace(one, told=(one.told[0], replace(one.told[1], group="")))
    assert [spell.state for spell in spells_of(one)] == ["held"]
    assert [spell.state for spell in spells_of(relayed)] == ["contested"]


def test_actor_whose_side_is_told_once_is_on_it_elsewhere():
    sideless = incident(5, capture(NORTH, by=WIRE))
    claim = sideless.told[0].testimony
    claim = replace(claim, parts=tuple(replace(part, side="") for part in claim.parts))
    sideless = replace(sideless, told=(replace(sideless.told[0], testimony=claim),))
    assert shown(spells_of(NORTH_HOLDS, sideless)) == [(1, None, "held", NORTH, None)]
    assert spells_of(NORTH_HOLDS, sideless)[0].holder.side == "north"


def test_without_names_for_ids_words_are_shown():
    (spell,) = trace([incident(5, capture(SOUTH))])
    assert (spell.holder.id, spell.holder.label) == (SOUTH, f"words for {SOUTH}")
    assert trace([]) == []
    assert trace([incident(None, capture(SOUTH), precision="unknown")]) == []


@pytest.mark.parametrize(
    ("root", "words"),
    [
        (Root("outlet:x", "X News", "outlet", ("outlet:x",), own_voice=True), "the article itself (X News)"),
        (Root("unnamed:x:y", "مصدر", "unnamed", ("unnamed:x:y",)), "an unnamed source (مصدر)"),
        (Root(NORTH, "جيشنا", "organisation", (NORTH,), "north"), "Northern Army"),
        (Root("somebody", "فلان", "person", ("somebody",)), "فلان"),
    ],
)
def test_sources_are_called_by_what_is_known_of_them(root, words):
    one = incident(5, capture(SOUTH))
    told = replace(one.told[0], testimony=replace(one.told[0].testimony, root=root))
    (spell,) = spells_of(replace(one, told=(told,)))
    assert f"according to {words}, control of" in spell.reasons[0].text.en


@pytest.mark.parametrize(
    ("root", "speaks"),
    [
        (Root("r", "r", "organisation", ("r",), "south"), True),
        (Root("r", "r", "organisation", ("r", "band"), "north"), False),  # of another side on that day
        (Root("r", "r", "organisation", ("r", "band")), True),
        (Root("band", "r", "organisation", ()), True),
        (Root("r", "r", "organisation", ("r",)), False),
    ],
)
def test_who_speaks_for_a_party(root, speaks):
    assert speaks_for(root, [Holder(id="band", label="Band", side="south")]) is speaks
    assert speaks_for(Root("r", "كتيبة أ", "organisation", ("r",)), [Holder(id="", label="كتيبه ا")])
    assert not speaks_for(Root("r", "Band", "organisation", ("r",)), [Holder(id="band", label="Band")])


def test_denier_is_no_witness_of_a_holder():
    (spell,) = spells_of(incident(5, capture(SOUTH, loser=NORTH, by=NORTH), denied(capture(SOUTH, by=EAST))))
    assert spell.roots == (NORTH,)


def test_reasons_are_sentences_that_say_whose_word_it_is():
    (spell,) = spells_of(
        incident(
            5,
            capture(SOUTH, by=SOUTH, loser=NORTH),
            withdrawal(NORTH, by=NORTH),
            denied(capture(SOUTH, by=EAST)),
            id="i",
        )
    )
    assert [reason.text.en for reason in spell.reasons] == [
        "2024-12-05: according to Southern Front, the side that gains by it, control of Sindian passed from Northern Army to"
        " Southern Front (i/0).",
        "2024-12-05: according to Northern Army, the side that loses by it, Northern Army withdrew from Sindian"
        " (i/1).",
        "2024-12-05: it is denied by Eastern Brigade that control of Sindian passed to Southern Front (i/2).",
        "2024-12-05: The side that loses by it says so too: Sindian is said to be held by Southern Front.",
    ]
    assert spell.reasons[1].text.ar.startswith(
        "2024-12-05: نقل عن جيش الشمال (الطرف الخاسر) خبر انسحاب جيش الشمال من Sindian"
    )
    assert spell.reasons[3].text.ar.endswith("السيطرة على Sindian تنسب إلى جبهة الجنوب.")


def test_who_held():
    spells = spells_of(NORTH_HOLDS, incident(5, capture(SOUTH, by=SOUTH)), incident(7, capture(SOUTH)))
    before, first = who_held(spells, date(2024, 11, 30)), who_held(spells, date(2024, 12, 4))
    assert (before.state, before.holder, before.spell) == ("unknown", None, None)
    assert before.reasons[0].text.en.startswith("Nothing is told")
    assert (first.state, first.holder.id, first.since) == ("held", NORTH, date(2024, 12, 1))
    turning = who_held(spells, date(2024, 12, 5))
    assert (turning.state, turning.holder.id, turning.claimant.id) == ("contested", NORTH, SOUTH)
    assert who_held(spells, date(2024, 12, 7)).holder.id == SOUTH
    assert who_held(spells, date(2030, 1, 1)).reasons == spells[-1].reasons
    assert who_held([], date(2024, 12, 1)).state == "unknown"


def test_id_is_made_of_place_incident_and_state_only():
    (spell,) = spells_of(incident(5, capture(SOUTH), id="x"))
    assert re.fullmatch("s[0-9a-f]{15}", spell.id)
    assert spells_of(incident(7, capture(EAST, by=WIRE), id="x"))[0].id == spell.id
    assert spells_of(incident(5, capture(SOUTH), id="y"))[0].id != spell.id
    assert spells_of(incident(5, capture(SOUTH, by=SOUTH), id="x"))[0].id != spell.id
    elsewhere = incident(5, capture(SOUTH), id="x", place=replace(TOWN, id="marsad:xx-other"))
    assert spells_of(elsewhere)[0].id != spell.id


QUARTER = Spot("marsad:xx-quarter", "Old Quarter", 35.11, 36.71, "exact", "XX")
PROVINCE = Spot("XX-SI", "Sindian", 35.1, 36.7, "governorate", "XX")


def test_district_does_not_follow_its_city_nor_a_city_its_governorate():
    told = [
        incident(1, capture(NORTH, place=QUARTER), place=QUARTER),
        incident(1, capture(NORTH)),
        incident(5, capture(SOUTH)),
        incident(6, capture(EAST, place=PROVINCE), place=PROVINCE),
    ]
    rows = by_place(told, KIT)
    assert {key: shown(trace(some, KIT)) for key, some in rows.at.items()} == {
        QUARTER.id: [(1, None, "held", NORTH, None)],
        TOWN.id: [(1, 5, "held", NORTH, None), (5, None, "held", SOUTH, None)],
        PROVINCE.id: [(6, None, "held", EAST, None)],
    }


def test_claims_of_one_incident_count_for_the_place_that_they_are_about():
    unplaced, inside = Spot("", "المدينة"), replace(TOWN, precision="town")
    one = incident(
        5,
        capture(SOUTH, by=SOUTH),
        capture(SOUTH, by=OBSERVATORY, place=PROVINCE),
        capture(SOUTH, by=WIRE, place=inside),
    )
    rows = by_place([one], KIT)
    assert shown(trace(rows.at[TOWN.id], KIT)) == [(5, None, "contested", None, SOUTH)]
    assert shown(trace(rows.at[PROVINCE.id], KIT)) == [(5, None, "held", SOUTH, None)]
    two = incident(5, capture(SOUTH, by=SOUTH), capture(SOUTH, by=WIRE, place=unplaced))
    assert shown(trace(by_place([two], KIT).at[TOWN.id], KIT)) == [(5, None, "held", SOUTH, None)]


def test_dispute_over_one_place_is_none_over_another():
    one = incident(
        5,
        capture(SOUTH),
        capture(SOUTH, place=QUARTER, by=WIRE),
        denied(capture(SOUTH, place=QUARTER, by=NORTH)),
        status="disputed",
    )
    rows = by_place([one], KIT)
    assert shown(trace(rows.at[TOWN.id], KIT)) == [(5, None, "held", SOUTH, None)]
    assert shown(trace(rows.at[QUARTER.id], KIT)) == [(5, None, "contested", None, SOUTH)]


def test_place_without_id_is_kept_by_its_folded_name_and_country():
    told = [
        incident(1, capture(NORTH, place=None), place=Spot("", "كفر أرزة", country="XX")),
        incident(5, capture(SOUTH, place=None), place=Spot("", "كفر ارزه", country="XX")),
        incident(7, capture(EAST, place=None), place=Spot("", "كفر أرزة", country="YY")),
    ]
    rows = by_place(told, KIT)
    assert sorted(len(some) for some in rows.at.values()) == [1, 2]
    alone = incident(5, capture(SOUTH, place=Spot("", "كفر أرزة")), place=None)
    assert list(by_place([alone], KIT).at) == ["كفر ارزه|"]


def test_what_cannot_be_used_is_counted():
    wide = replace(incident(5, capture(SOUTH)), when=replace(NORTH_HOLDS.when, start=date(2011, 1, 1)))
    told = [
        incident(None, capture(SOUTH), precision="unknown"),
        incident(5, capture(SOUTH, place=None), place=None),
        incident(
            5, entry(SOUTH, place=replace(TOWN, precision="town")), place=replace(TOWN, precision="town")
        ),
        wide,
        incident(5, claim("strike.air", OBSERVATORY)),
        incident(5, capture(SOUTH)),
    ]
    rows = by_place(told, KIT)
    assert rows.left_out == {"no_day": 1, "no_place": 1, "inside": 1, "no_month": 1}
    assert [len(some) for some in rows.at.values()] == [1]


def test_gazetteer_tells_the_place_itself_from_what_lies_in_it():
    def place(precision):
        return Place(
            id=TOWN.id, name="Sindian", ar="السنديان", kind="district", country="XX", admin="", parent="", lat=35.1, lon=36.7,
            precision=precision, radius=1.0, population=0, origin="", layer=2,
        )  # fmt: skip

    told = [incident(5, capture(SOUTH, place=replace(TOWN, precision="district")))]
    whole = ControlKit(LABELS.get, {TOWN.id: place("district")}.get)
    inside = ControlKit(LABELS.get, {TOWN.id: place("exact")}.get)
    assert list(by_place(told, whole).at) == [TOWN.id]
    assert by_place(told, inside).left_out == {"inside": 1}
    (spell,) = trace(by_place(told, whole).at[TOWN.id], whole)
    assert "السنديان" in spell.reasons[0].text.ar
    assert "Sindian" not in spell.reasons[0].text.ar
