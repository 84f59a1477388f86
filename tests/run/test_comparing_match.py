"""Which of ours is which of theirs: the grid misses nothing, a pair fits by place, time, type and actors, and pairs are one to one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.references import ReferenceEvent
from marsad.references.event import Deaths
from marsad.run.comparing_match import ENOUGH, Grid, Matcher, cells, kilometres, paired
from marsad.run.comparing_names import TheirNames
from marsad.run.comparing_ours import Ours
from marsad.run.names import Names
from marsad.store.reads import IncidentRow

DAY = date(2016, 3, 14)
THEIRS = ReferenceEvent(
    id="INV1", origin="acled", line=2, first_day=DAY, last_day=DAY, precision="day", lat=35.86, lon=36.80, reach=5.0, place="Saraqib", admin="Idlib",
    country="Syria", group="Explosions/Remote violence", kind="Air/drone strike", actors=("Military Forces of Syria (2000-2024)",), deaths=Deaths(best=3),
)  # fmt: skip
ROW = IncidentRow(
    id="i1", event="strike.air", events=("strike.air",), status="single", roots=1, independent=1, counts_differ=False, claims=1, first_day="2016-03-14",
    last_day="2016-03-14", place_id="geonames:164816", place="Saraqib", country="SY", lat=35.8643, lon=36.8050, precision="exact", killed=(2, 5), outlets=1,
    changed="2016-03-15T00:00:00.000+00:00", reviewed=0, rejected=0,
)  # fmt: skip


def ours(*, at=(35.8643, 36.8050), day=0, long=0, events=("strike.air",), actors=("sy-army",), **values):
    """An incident at a point, so many days later, so many days long."""
    kept = {name: values.pop(name) for name in ("reach", "admin") if name in values}
    row = replace(ROW, events=events, event=events[0], lat=at[0], lon=at[1], **values)
    first = DAY.toordinal() + day
    return Ours(
        row, first, first + long, *at, kept.get("reach", 3.0), kept.get("admin", "SY-ID"), tuple(actors)
    )


@pytest.fixture(scope="module")
def meaning():
    names = Names()
    yield TheirNames(names)
    names.close()


@pytest.fixture
def fit(meaning):
    """How `THEIRS` with other values fits an incident, 5 km and 1 day allowed."""

    def of(one, **values):
        return Matcher([one], meaning, km=5.0, days=1).fit(replace(THEIRS, **values), 0)

    return of


def test_the_same_event_fits_wholly(fit):
    found = fit(ours())
    assert (found.days, found.type, found.actors, found.named) == (0, "same", "same", True)
    assert found.shared == ("sy-army",)
    assert found.score > 0.95
    assert found.km < 1


@pytest.mark.parametrize(
    "one",
    [
        ours(at=(36.2, 36.8)),  # 38 km away
        ours(day=2),
        ours(day=-2),
        ours(events=("protest.demonstration",)),
        ours(events=("say.threat",)),
    ],
)
def test_what_is_too_far_too_late_or_something_else_does_not_come_into_question(fit, one):
    assert fit(one) is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"at": (35.92, 36.80)}),
        ({}, {"day": 1}),
        ({}, {"long": 6}),
        ({"long": 6}, {"long": 30}),
        ({}, {"events": ("strike.shelling",)}),
        ({"events": ("strike.shelling",)}, {"events": ("fight.clash",)}),
        ({}, {"actors": ("russia-army",)}),
        ({}, {"reach": 60.0, "precision": "governorate", "place_id": "SY-ID"}),
        ({"reach": 60.0, "precision": "governorate", "place_id": "SY-ID"},
         {"reach": 60.0, "precision": "governorate", "place_id": "SY-HM", "admin": "SY-HM"}),
    ],
)  # fmt: skip
def test_the_nearer_in_place_time_type_and_actors_scores_more(fit, better, worse):
    assert fit(ours(**better)).score > fit(ours(**worse)).score


@pytest.mark.parametrize(
    ("theirs", "mine", "met"),
    [
        (("Military Forces of Syria (2000-2024)",), ("sy-army",), "same"),
        (("Government of Syria",), ("sy-army",), "same"),
        (("Military Forces of Syria (2000-2024)",), ("sy-state",), "same"),
        (("الجيش السوري",), ("sy-army",), "same"),
        (("Military Forces of Syria (2000-2024)",), ("fatemiyoun",), "side"),
        (("Military Forces of Russia (2000-)",), ("sy-army",), "other"),
        (("Military Forces of Turkey (2016-)",), ("sy-army",), "other"),
        (("Islamic State (Syria)",), ("sdf",), "other"),
        (("An Invented Front",), ("sy-army",), "unknown"),
        (("Civilians (Syria)",), ("sy-army",), "unknown"),
        (("Military Forces of Syria (2000-2024)",), (), "unknown"),
    ],
)
def test_actors_meet_by_the_register_and_the_unknown_is_not_different(fit, theirs, mine, met):
    assert fit(ours(actors=mine), actors=theirs).actors == met


def test_the_rules_are_the_same_for_every_side(fit):
    sides = (
        ("Military Forces of Syria (2000-2024)", "sy-army"),
        ("Military Forces of Russia (2000-)", "russia-army"),
        ("Military Forces of Israel (2022-)", "israel-army"),
        ("Military Forces of Turkey (2016-)", "turkey-army"),
        ("Islamic State (Syria)", "islamic-state"),
        ("QSD: Syrian Democratic Forces", "sdf"),
        ("Hezbollah", "hezbollah"),
        ("Opposition Rebels (Syria)", "sy-opposition-factions"),
    )
    met = {fit(ours(actors=(identity,)), actors=(name,)).score for name, identity in sides}
    missed = {fit(ours(actors=("ye-army",)), actors=(name,)).score for name, _ in sides}
    assert (len(met), len(missed)) == (1, 1)


def test_who_is_not_known_neither_helps_nor_harms(fit):
    unknown, other = fit(ours(actors=())), fit(ours(actors=("russia-army",)))
    assert fit(ours()).score >= unknown.score > other.score


def test_one_name_is_one_place_though_the_points_are_apart(fit):
    apart = {"at": (35.98, 36.80)}  # 13 km
    assert fit(ours(**apart), reach=1.0).named is True
    assert fit(ours(**apart, place_id="geonames:1"), reach=1.0) is None


def test_ucdp_fits_by_deaths_and_tolls_do_not_score(fit):
    as_ucdp = {"origin": "ucdp", "group": "State-based conflict", "kind": ""}
    assert fit(ours(), **as_ucdp).type == "deadly"
    assert fit(ours(killed=(500, 900))).score == fit(ours(killed=None)).score


def test_what_has_no_point_has_no_candidates(meaning):
    matcher = Matcher([ours()], meaning, km=5.0, days=1)
    assert matcher.candidates(replace(THEIRS, lat=None, lon=None)) == []
    [(score, number)] = matcher.candidates(THEIRS)
    assert (score > ENOUGH, number) == (True, 0)


def test_candidates_come_best_first_and_equal_ones_in_order(meaning):
    some = [ours(day=1), ours(), ours()]
    found = Matcher(some, meaning, km=5.0, days=1).candidates(THEIRS)
    assert [number for _, number in found] == [1, 2, 0]


@pytest.mark.parametrize(
    ("candidates", "pairs"),
    [
        ([], {}),
        ([[]], {}),
        ([[(0.9, 0)], [(0.95, 0), (0.7, 1)]], {1: 0}),
        ([[(0.9, 0), (0.8, 1)], [(0.95, 0), (0.7, 1)]], {1: 0, 0: 1}),
        ([[(0.9, 0)], [(0.9, 0)]], {0: 0}),
    ],
)
def test_pairs_are_one_to_one_best_first(candidates, pairs):
    assert paired(candidates) == pairs


_POINTS = st.tuples(st.floats(-80, 80), st.floats(-180, 180))


@given(_POINTS, _POINTS.map(lambda p: (p[0] / 400, p[1] / 800)), st.floats(0, 60), st.floats(0, 60))
def test_circles_that_meet_share_a_cell(point, step, one, other):
    there = (point[0] + step[0], (point[1] + step[1] + 180) % 360 - 180)
    if kilometres(point, there) <= one + other:
        grid = Grid([ours(at=there, reach=one)])
        event = replace(THEIRS, lat=point[0], lon=point[1], reach=other)
        assert grid.near(event, 0.0, 0) == {0}


@pytest.mark.parametrize(
    ("day", "long", "near"),
    [(0, 0, True), (1, 0, True), (2, 0, False), (-1, 0, True), (-2, 0, False), (-31, 31, True), (-31, 29, False)],
)  # fmt: skip
def test_the_grid_finds_what_reaches_into_the_days(day, long, near):
    assert bool(Grid([ours(day=day, long=long)]).near(THEIRS, 5.0, 1)) is near


def test_cells_go_around_the_back_of_the_globe():
    assert set(cells(0.0, 179.95, 20.0)) & set(cells(0.0, -179.95, 20.0))
    assert kilometres((0.0, 179.95), (0.0, -179.95)) == pytest.approx(11.1, abs=0.1)
