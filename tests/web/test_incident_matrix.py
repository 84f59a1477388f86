"""Who says what through whom, and tolls on one scale: from incidents written by hand."""

import json

import pytest

from marsad.model.incident_json import incident_from_json
from marsad.web.views.locator import locator
from marsad.web.views.matrix import act_of, matrix_of
from marsad.web.views.tolls import WIDE, tolls_of


def claim(identity, root, outlet, **fields):
    """A claim of an incident."""
    return {
        "article": f"a-{outlet}", "claim": 0, "id": identity, "event": "harm.killed", "root": root, "says": "affirms", "outlet": outlet,
        "published": "2024-12-06T10:00:00+00:00", "group": root, **fields,
    }  # fmt: skip


def incident(*claims, counts=()):
    """An incident of some claims."""
    return incident_from_json(
        {
            "id": "i1",
            "events": ["harm.killed"],
            "status": "single",
            "claims": list(claims),
            "counts": list(counts),
        }
    )


def killed(low, high, **fields):
    """A toll."""
    return {"kind": "killed", "min": low, "max": high, **fields}


def shown(matrix):
    """The matrix as plain rows: root, and of each column what is done."""
    return [
        (
            row.root.key,
            [row.cells[column.key].acts if column.key in row.cells else () for column in matrix.columns],
        )
        for group in matrix.groups
        for row in group.rows
    ]


def test_roots_stand_in_rows_and_outlets_in_columns():
    made = matrix_of(
        incident(
            claim("1", "sohr", "A"), claim("2", "sohr", "B"), claim("3", "army", "B", says="denies")
        ).told
    )
    assert [column.outlets for column in made.columns] == [("B",), ("A",)]
    assert shown(made) == [("sohr", [("affirms",), ("affirms",)]), ("army", [("denies",), ()])]


def test_near_copies_are_one_column_until_they_are_unfolded():
    told = incident(
        claim("1", "sohr", "A", family="a-A"), claim("2", "sohr", "B", family="a-A", copy_of="a-A"), claim("3", "sohr", "C")
    ).told  # fmt: skip
    folded, unfolded = matrix_of(told), matrix_of(told, unfold=True)
    assert [(column.family, column.outlets) for column in folded.columns] == [
        (True, ("A", "B")),
        (False, ("C",)),
    ]
    assert shown(folded) == [("sohr", [("affirms", "repeats"), ("affirms",)])]
    assert [column.outlets for column in unfolded.columns] == [("A",), ("B",), ("C",)]


def test_roots_of_one_body_stand_together_and_what_does_not_count_stands_last():
    told = incident(
        claim("1", "outlet:A", "A", group=None), claim("2", "army", "A", group="state"), claim("3", "ministry", "B", group="state")
    ).told  # fmt: skip
    made = matrix_of(told)
    assert [(group.key, [row.root.key for row in group.rows]) for group in made.groups] == [
        ("state", ["army", "ministry"]), ("", ["outlet:A"])
    ]  # fmt: skip


ACTS = {
    "affirms": ({}, "affirms"),
    "denies": ({"says": "denies"}, "denies"),
    "a copy repeats": ({"copy_of": "other"}, "repeats"),
    "what does not count repeats": ({"group": None}, "repeats"),
    "concedes": ({"id": "conceding"}, "concedes"),
    "expects": ({"says": "expects", "group": None}, "expects"),
    "demands": ({"says": "demands", "group": None}, "demands"),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_a_claim_does(name):
    fields, wanted = ACTS[name]
    row = {**claim("1", "army", "A"), **fields}
    assert act_of(incident(row).told[0], {"conceding"}) == wanted


def test_a_large_matrix_is_cut_and_says_by_how_much():
    told = incident(*(claim(str(number), f"root-{number}", f"outlet-{number}") for number in range(12))).told
    made = matrix_of(told, most=(5, 3))
    assert (len(made.columns), made.hidden, sum(len(group.rows) for group in made.groups), made.left) == (
        5,
        7,
        3,
        9,
    )


def test_tolls_lie_on_one_scale_with_a_name_at_each_end():
    told = incident(
        claim("1", "army", "A", counts=[killed(10, 10)]), claim("2", "sohr", "B", counts=[killed(20, 40, approx=True)]),
        claim("3", "mine", "C", counts=[killed(30, None)]), claim("4", "liar", "D", says="denies", counts=[killed(1, 1)]),
        counts=[{"kind": "killed", "min": 10, "max": None, "min_by": "army", "max_by": "mine"}],
    )  # fmt: skip
    (made,) = tolls_of(told)
    assert [(row.root.key, row.low, row.high, row.begin, row.end) for row in made.rows] == [
        ("army", 10, 10, 250, 250), ("sohr", 20, 40, 500, 1000), ("mine", 30, None, 750, WIDE),
    ]  # fmt: skip
    assert (made.low_by, made.high_by, made.logarithmic) == ("army", "mine", False)


def test_of_one_article_the_highest_toll_of_a_root_counts_for_others_are_parts_of_it():
    told = incident(
        claim("1", "sohr", "A", counts=[killed(5, 5), killed(2, 2)]), counts=[{"kind": "killed", "min": 5, "max": 5, "min_by": "", "max_by": ""}]
    )  # fmt: skip
    assert [(row.low, row.high) for row in tolls_of(told)[0].rows] == [(5, 5)]


def test_numbers_far_apart_are_drawn_on_a_logarithmic_scale():
    told = incident(
        claim("1", "a", "A", counts=[killed(3, 3)]), claim("2", "b", "B", counts=[killed(300, 300)]),
        counts=[{"kind": "killed", "min": 3, "max": 300, "min_by": "a", "max_by": "b"}],
    )  # fmt: skip
    (made,) = tolls_of(told)
    assert made.logarithmic and 200 < made.rows[0].begin < 300
    assert [number for number, _ in made.ticks] == [0, 10, 100, 300]


WORLD = {
    "features": [
        {"properties": {"kind": "land"}, "geometry": {"type": "MultiPolygon", "coordinates": [[[[30, 30], [40, 30], [40, 40], [30, 40], [30, 30]]]]}},
        {"properties": {"kind": "border", "disputed": True}, "geometry": {"type": "MultiLineString", "coordinates": [[[34, 35], [38, 35]]]}},
        {"properties": {"kind": "border", "disputed": False}, "geometry": {"type": "MultiLineString", "coordinates": [[[100, 10], [101, 10]]]}},
        {"properties": {"kind": "country"}, "geometry": {"type": "Point", "coordinates": [35, 35]}},
    ]
}  # fmt: skip


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A world of one square of land, with a contested border through it and another border far away."""
    (tmp_path / "world.json").write_text(json.dumps(WORLD))
    monkeypatch.setattr("marsad.web.views.ground.VENDOR", tmp_path)


def test_a_place_that_is_known_less_well_has_a_wider_ring(world):
    exact, region = locator(35.1, 36.8, "exact"), locator(35.1, 36.8, "governorate")
    assert exact.kilometres < region.kilometres and exact.ring < region.ring
    assert (exact.x, exact.y) == (160.0, 110.0)


def test_contested_borders_are_drawn_apart_and_what_is_far_away_is_not_drawn(world):
    made = locator(35.1, 36.8, "exact")
    assert made.land.endswith("Z") and made.disputed.startswith("M") and made.borders == ""


def test_without_the_map_of_the_world_there_is_no_small_map(tmp_path, monkeypatch):
    monkeypatch.setattr("marsad.web.views.ground.VENDOR", tmp_path)
    assert locator(35.1, 36.8, "exact") is None


def test_there_is_no_map_without_a_point():
    assert locator(None, 36.8, "exact") is None
