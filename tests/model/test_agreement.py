"""Alpha is that of the textbook, and no number where there is nothing to agree about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model.agreement import krippendorff, overlap

# Krippendorff (2011), section D: twelve units, four observers; 0 is missing.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
)
UNITS = [[value for value in unit if value] for unit in zip(*OBSERVERS, strict=True)]
# The same paper, section A: two observers and a yes-or-no question; section B: five letters.
YES_NO = list(zip("0100000010", "1110010000", strict=True))
LETTERS = list(zip("aabbdcccedda", "babbbccceddd", strict=True))

TEXTBOOK = [
    (YES_NO, "nominal", 0.095),
    (LETTERS, "nominal", 0.692),
    (UNITS, "nominal", 0.743),
    (UNITS, "ordinal", 0.815),
    (UNITS, "interval", 0.849),
]


@pytest.mark.parametrize(("units", "level", "alpha"), TEXTBOOK)
def test_alpha_is_that_of_the_textbook(units, level, alpha):
    found = krippendorff(units, level)
    assert found.alpha == pytest.approx(alpha, abs=0.0005)
    assert found.low <= found.alpha <= found.high
    assert found.units == sum(len(unit) > 1 for unit in units)


def test_the_interval_is_the_same_each_time_and_narrows_with_the_units():
    few, many = krippendorff(LETTERS), krippendorff(LETTERS * 30)
    assert krippendorff(LETTERS) == few
    assert many.high - many.low < few.high - few.low
    assert krippendorff(LETTERS, seed=1) != few


NOTHING = [
    [],
    [["a"]],
    [["a"], ["b"]],
    [["a", "a"]],
    [["a", "a"]] * 50,
    [[3, 3], [3, 3]],
    [[3, 3], [3, 3, 3]],
]


@pytest.mark.parametrize("units", NOTHING)
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_without_variation_there_is_no_number(units, level):
    if level == "interval" and any(isinstance(value, str) for unit in units for value in unit):
        units = [[ord(value) for value in unit] for unit in units]
    found = krippendorff(units, level)
    assert (found.alpha, found.low, found.high) == (None, None, None)


numbers = st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=4), min_size=1, max_size=15)
LEVELS = st.sampled_from(["nominal", "ordinal", "interval"])


@given(st.lists(st.integers(0, 6), min_size=2, max_size=15), st.integers(2, 4), LEVELS)
def test_those_who_always_agree_have_alpha_one(values, coders, level):
    found = krippendorff([[value] * coders for value in values], level)
    assert found.alpha == (None if len(set(values)) == 1 else pytest.approx(1.0))


@given(numbers, LEVELS)
def test_alpha_is_at_most_one_and_knows_no_order(units, level):
    found = krippendorff(units, level)
    assert found.alpha is None or found.alpha <= 1
    turned = krippendorff([unit[::-1] for unit in units[::-1]], level)
    assert turned.alpha == (None if found.alpha is None else pytest.approx(found.alpha))


@given(numbers)
def test_interval_alpha_is_the_same_on_any_scale(units):
    found, moved = (
        krippendorff([[a * value + b for value in unit] for unit in units], "interval")
        for a, b in ((1, 0), (3, 739_000))
    )
    assert moved.alpha == (None if found.alpha is None else pytest.approx(found.alpha))


OVERLAPS = [
    ([("text", 0, 10)], [("text", 0, 10)], (20, 20)),
    ([("text", 0, 10)], [("title", 0, 10)], (0, 20)),
    ([("text", 0, 10), ("text", 5, 15)], [("text", 10, 20)], (10, 25)),
    ([], [], (0, 0)),
]


@pytest.mark.parametrize(("one", "other", "shared"), OVERLAPS)
def test_overlap_counts_characters_once(one, other, shared):
    assert overlap(one, other) == shared
