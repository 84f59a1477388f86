"""Formats are shared out among processes."""

import pytest

from marsad.export import FORMATS
from marsad.run.sharing_out import Work, shares_of, work_of

ARTICLES, INCIDENTS, SPELLS = (frozenset({one}) for one in ("articles", "incidents", "spells"))
EVERY = [work_of(form, of) for form in FORMATS.values() for of in form.of or ("",)]


@pytest.mark.parametrize("jobs", [0, 1, 2, 3, 64])
def test_every_format_is_written_once_and_nobody_is_idle(jobs):
    shares = shares_of(EVERY, jobs)
    assert sorted(number for share in shares for number in share) == list(range(len(EVERY)))
    assert all(shares) and len(shares) <= max(1, jobs)


@pytest.mark.parametrize(
    ("works", "shares"),
    [
        ([Work(INCIDENTS, 3.0)], [[0]]),
        # Each takes longer than to go through the incidents once more.
        ([Work(INCIDENTS, 30.0), Work(INCIDENTS, 29.0)], [[0], [1]]),
        # What takes articles lies with one process, what takes incidents with the other.
        ([Work(ARTICLES, 4.0), Work(INCIDENTS, 6.0), Work(ARTICLES, 5.0), Work(INCIDENTS, 1.0)], [[1, 3], [2, 0]]),
    ],
)  # fmt: skip
def test_who_writes_what(works, shares):
    assert shares_of(works, 2) == shares


def test_what_is_made_of_spells_is_little():
    assert work_of(FORMATS["csv"], "control") == Work(SPELLS, 0.0)
    assert work_of(FORMATS["csv"], "incidents") == Work(INCIDENTS, FORMATS["csv"].weight)
