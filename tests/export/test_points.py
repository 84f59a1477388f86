"""A point is never more precise than what is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.codebook import load_codebook
from marsad.export.points import DECIMALS, point_of, reach_of
from marsad.model.place import REACH


@pytest.mark.parametrize(
    ("precision", "point"),
    [
        ("exact", (35.1346, 36.7654)),
        ("town", (35.13, 36.77)),
        ("district", (35.13, 36.77)),
        ("governorate", (35.1, 36.8)),
        ("country", (35.0, 37.0)),
        (None, (35.13, 36.77)),
    ],
)
def test_a_point_is_rounded_to_its_precision(precision, point):
    assert point_of({"lat": 35.13456, "lon": 36.76543, "precision": precision}) == point


@pytest.mark.parametrize(
    "place", [None, {}, {"lat": None, "lon": 36.7}, {"lat": 35.1, "lon": None}, {"name": "حماة"}]
)
def test_what_is_not_on_the_map_has_no_point_and_no_reach(place):
    assert (point_of(place), reach_of(place)) == (None, None)


def test_every_precision_of_the_codebook_has_its_decimals():
    assert set(DECIMALS) == set(load_codebook().values["place_precisions"]) == set(REACH)


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(sorted(DECIMALS)))
def test_a_rounded_point_lies_within_the_reach_of_what_is_told(lat, lon, precision):
    place = {"lat": lat, "lon": lon, "precision": precision}
    made = point_of(place)
    half = 0.5 * 10.0 ** -DECIMALS[precision]
    assert abs(made[0] - lat) <= half + 1e-9 and abs(made[1] - lon) <= half + 1e-9
    assert half * 111.2 <= reach_of(place)
    assert str(made[0]) != "-0.0" and str(made[1]) != "-0.0"
