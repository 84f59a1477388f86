"""Cells: no text is a formula, and what the guard adds can be taken away again."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.export.cells import cell, encodable, guarded, legal, unguarded

CASES = {
    "": "",
    "حماة": "حماة",
    "=1+1": "'=1+1",
    "+963": "'+963",
    "-7": "'-7",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "\r\n=1": "'\r\n=1",
    "＝1": "'＝1",
    "\x00=1": "'=1",
    "\x1b\x07+1": "'+1",
    "\ud800=1": "'=1",
    "'=1": "''=1",
    "'قال'": "'قال'",
    "a=1": "a=1",
    "\u200f=1": "\u200f=1",  # (a spreadsheet sees a sign that is no formula's)
}


@pytest.mark.parametrize("text", CASES)
def test_a_text_is_guarded(text):
    assert guarded(text) == CASES[text]


@given(st.text(st.sampled_from("'=+-@\t\r\nسa\x00 ")))
def test_what_the_guard_adds_can_be_taken_away(text):
    assert unguarded(guarded(text)) == legal(text)
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text(max_size=40))
def test_a_row_of_such_cells_is_one_row_of_text(text):
    page = io.StringIO()
    csv.writer(page).writerow([cell(text), "last"])
    page.seek(0)
    assert [unguarded(one) for one in next(csv.reader(page))] == [legal(text), "last"]


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, ""), (True, "true"), (False, "false"), (-7, "-7"), (-0.5, "-0.5"), (["=a", 1], "'=a; 1"), ("-", "'-")],
)  # fmt: skip
def test_values_become_cells(value, written):
    assert cell(value) == written


def test_half_a_pair_is_shown_as_one_that_cannot_be():
    assert encodable("a\ud800\x00ب") == "a\ufffd\x00ب"
    assert legal("a\ud800\x00\x0b\ufffe\nب") == "a\nب"
