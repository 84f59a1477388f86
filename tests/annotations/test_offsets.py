"""Offsets of other programs as code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.annotations import units
from marsad.annotations.offsets import (
    COUNTINGS,
    POINTS,
    POINTS_FOLDED,
    UNITS,
    UNITS_FOLDED,
    Quoted,
    counting_of,
    moved,
    table,
)

TEXT = "أ🚀ب\r\nج🚀د"
TABLES = [
    (POINTS, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    (UNITS, [0, 1, -1, 2, 3, 4, 5, 6, -1, 7, 8]),
    (POINTS_FOLDED, [0, 1, 2, 3, 5, 6, 7, 8]),
    (UNITS_FOLDED, [0, 1, -1, 2, 3, 5, 6, -1, 7, 8]),
]


@pytest.mark.parametrize(("counting", "offsets"), TABLES, ids=[name for name, _ in TABLES])
def test_each_way_of_counting(counting, offsets):
    assert list(table(TEXT, counting)) == offsets


@pytest.mark.parametrize(("counting", "offsets"), TABLES, ids=[name for name, _ in TABLES])
def test_the_way_is_found_by_the_words_that_are_quoted(counting, offsets):
    start, end = offsets.index(5), offsets.index(8)
    first = Quoted([(0, 1)], "أ")
    assert counting_of(TEXT, [first, Quoted([(start, end)], "ج🚀د")]) == counting


def test_where_nothing_is_quoted_code_points_are_meant():
    assert counting_of(TEXT, []) == COUNTINGS[0] == POINTS


@given(st.text())
def test_units_are_those_of_utf_16(text):
    offsets = units(text)
    assert [*offsets] == [
        len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in range(len(text) + 1)
    ]
    assert [table(text, UNITS)[unit] for unit in offsets] == list(range(len(text) + 1))


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ((3, 12), "ends at 10"),
        ((-1, 2), "-1 to 2"),
        ((4, 4), "4 to 4"),
        ((5, 3), "5 to 3"),
        ((0, 2), "cuts a character in two"),
    ],
)
def test_offsets_that_cannot_be_say_why(pair, words):
    with pytest.raises(ValueError, match=words):
        moved([pair], table(TEXT, UNITS))
