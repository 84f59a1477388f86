"""How many: a range with a name at each end, in which a root's later toll replaces its earlier one."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from build import (
    MOUNTAIN,
    OBSERVATORY,
    RIVER,
    SEA,
    body,
    claim,
    codes,
    one_incident,
    outlet,
    toll,
    unnamed,
)

MINISTRY = body("south-ministry")
ROLES = "agent:militia patient:مدنيين"


def told_at(hour, root, killed, medium=RIVER, **facts):
    """A toll of killed by a root in an article of that hour; twelve words that all have make them one event."""
    return claim(
        f"a{hour}{medium}@{medium}",
        "harm.killed",
        root,
        killed=killed,
        published=f"2024-05-05T{hour:02}:00:00+03:00",
        roles=ROLES,
        **facts,
    )


def killed(*claims):
    """The range of killed in the one incident of these claims, and whether tolls differ."""
    found = one_incident(*claims)
    (count,) = [count for count in found.counts if count.kind == "killed"]
    return (count.min, count.max, count.min_by, count.max_by), found.counts_differ


def test_a_root_that_counts_more_as_the_day_goes_on_has_one_toll_its_last():
    rising = [
        told_at(hour, MINISTRY, n, medium)
        for hour, n, medium in ((8, 4, RIVER), (12, 6, SEA), (18, 8, RIVER))
    ]
    assert killed(*rising) == ((8, 8, "the south-ministry", "the south-ministry"), False)
    assert killed(*reversed(rising)) == killed(*rising)


def test_a_root_that_counts_less_later_has_that():
    assert killed(told_at(8, MINISTRY, 9), told_at(12, MINISTRY, 7, SEA))[0][:2] == (7, 7)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2024-05-05T23:00:00+03:00", "2024-05-05T21:30:00+00:00"),
        ("2024-05-05T21:30:00+03:00", "2024-05-05T20:00:00Z"),
        ("2024-05-05", "2024-05-06"),
        ("2024-05-05T22:00:00Z", "2024-05-06"),
    ],
)
def test_later_is_by_the_clock_not_by_the_letters_of_the_time(earlier, later):
    first = claim("a", "harm.killed", MINISTRY, killed=12, roles=ROLES, published=earlier)
    last = claim(f"b@{SEA}", "harm.killed", MINISTRY, killed=14, roles=ROLES, published=later)
    assert killed(first, last)[0][:2] == killed(last, first)[0][:2] == (14, 14)


def test_another_root_that_counts_fewer_makes_a_range_with_a_name_at_each_end():
    told = [told_at(8, MINISTRY, 20), told_at(12, MINISTRY, 24, SEA), told_at(13, OBSERVATORY, 15, MOUNTAIN)]
    assert killed(*told) == ((15, 24, "the observatory", "the south-ministry"), True)
    found = one_incident(*told)
    assert found.status == "corroborated", "different tolls are no dispute"
    (why,) = [reason for reason in found.reasons if reason.code == "counts_differ"]
    for word in ("15", "24", "the observatory", "the south-ministry"):
        assert word in why.text.en
        assert word in why.text.ar


def test_a_replaced_toll_is_neither_the_lowest_nor_a_difference():
    told = [told_at(8, MINISTRY, 12), told_at(18, MINISTRY, 15, SEA), told_at(19, OBSERVATORY, 15, MOUNTAIN)]
    assert killed(*told) == ((15, 15, "the observatory", "the south-ministry"), False)
    assert "counts_differ" not in codes(one_incident(*told))


def test_a_toll_of_no_later_day_does_not_replace_another_roots():
    told = [told_at(8, MINISTRY, 12), told_at(18, OBSERVATORY, 15, SEA)]
    assert killed(*told)[0] == (12, 15, "the south-ministry", "the observatory")


@pytest.mark.parametrize(
    ("one", "other", "span", "differ"),
    [
        (toll(low=6), toll(low=6), (6, 6), False),
        (toll(low=6), toll(low=7), (6, 7), True),
        (toll(low=20, high=99, approx=True), toll(low=47), (20, 99), False),
        (toll(low=20, high=99, approx=True), toll(low=120), (20, 120), True),
        (toll(low=41, high=None), toll(low=44), (41, 44), False),
        (toll(low=41, high=None), toll(low=40), (40, None), True),
        (toll(low=41, high=None), toll(low=30, high=None), (30, None), False),
        (toll(low=10, high=15), toll(low=15, high=20), (10, 20), False),
        (toll(low=10, high=14), toll(low=15, high=20), (10, 20), True),
        (toll(low=None, high=12), toll(low=10), (None, 12), False),
        (toll(low=None, high=12), toll(low=14), (None, 14), True),
    ],
)
def test_ranges(one, other, span, differ):
    told = [told_at(8, MINISTRY, one), told_at(8, OBSERVATORY, other, SEA)]
    for order in (told, told[::-1]):
        (low, high, *_), differing = killed(*order)
        assert ((low, high), differing) == (span, differ)


def test_more_than_is_an_open_end_beside_a_lower_toll():
    """ "More than 40" and 60: nobody names an upper end beyond 60, but the first does not rule out more."""
    (low, high, low_by, _), differ = killed(
        told_at(8, MINISTRY, toll(low=41, high=None)), told_at(9, OBSERVATORY, 60, SEA)
    )
    assert (low, low_by, differ) == (41, "the south-ministry", False)
    assert high in (60, None)


def test_the_main_toll_of_an_article_is_its_highest_not_a_part_of_it():
    both = (toll(low=6), toll(low=2))
    one = told_at(8, MINISTRY, None, counts=both)
    other = told_at(8, MINISTRY, None, counts=both[::-1], at=1)
    assert killed(one)[0][:2] == killed(other)[0][:2] == (6, 6)
    assert killed(one, told_at(9, OBSERVATORY, 6, SEA))[1] is False


def test_kinds_of_people_are_counted_apart():
    one = claim("a", "harm.killed", MINISTRY, roles=ROLES, killed=3)
    other = claim("a", "harm.wounded", MINISTRY, roles=ROLES, wounded=30, at=1)
    found = one_incident(one, other)
    assert [(c.kind, c.min, c.max) for c in found.counts] == [("killed", 3, 3), ("wounded", 30, 30)]
    assert not found.counts_differ


def test_tolls_of_plans_denials_and_repeats_count_for_nothing():
    told = [
        told_at(8, MINISTRY, 5),
        told_at(8, outlet(RIVER), 50, at=1),  # the own voice, where the article has a source
        told_at(9, OBSERVATORY, 500, SEA, says="expects"),
        told_at(10, body("ally-army"), 1000, MOUNTAIN, says="denies"),
    ]
    assert killed(*told)[0][:2] == (5, 5)


def test_a_toll_that_rises_beside_another_unnamed_source_is_two_roots_of_tolls():
    told = [told_at(8, unnamed("مصدر طبي", RIVER), 11), told_at(18, unnamed("مصدر طبي", SEA), 14, SEA)]
    assert killed(*told) == ((11, 14, f"مصدر طبي ({RIVER})", f"مصدر طبي ({SEA})"), True)


TOLLS = st.one_of(
    st.tuples(st.integers(1, 60), st.integers(0, 40)).map(lambda t: toll(low=t[0], high=t[0] + t[1])),
    st.integers(1, 60).map(lambda n: toll(low=n, high=None)),
    st.integers(1, 60).map(lambda n: toll(low=None, high=n)),
)
ROOTS = [MINISTRY, OBSERVATORY, outlet(SEA), body("ally-army")]
TOLD = st.lists(st.tuples(st.integers(0, 23), st.sampled_from(ROOTS), TOLLS), min_size=1, max_size=8)


@given(TOLD)
def test_ranges_are_ranges_with_names_of_roots_that_gave_them(rows):
    from marsad.incidents.tolls import differ, ranges_of
    from marsad.model.incident import Told

    claims = [told_at(hour, root, count, id=f"c{n}") for n, (hour, root, count) in enumerate(rows)]
    told = [Told(testimony=one, group=one.root.key) for one in claims]
    names = {root.key: root.key for root in ROOTS}
    (found,) = ranges_of(told, names)
    assert found.min is None or found.max is None or found.min <= found.max
    by = {root.key: [count for _, other, count in rows if other == root] for root in ROOTS}
    assert found.min in {count.min for count in by[found.min_by]}
    assert found.max in {count.max for count in by[found.max_by]}
    lasting = {}
    for hour, root, count in rows:
        lasting.setdefault(root.key, []).append((hour, count))
    if all(len(counts) == 1 for counts in lasting.values()):
        lows = [count.min or 0 for _, _, count in rows]
        assert (found.min or 0) == min(lows)
    if len(lasting) == 1:
        assert not differ(told), "one root does not differ from itself"
