"""Filters in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.codebook import load_codebook
from marsad.errors import InputError
from marsad.model.readers import VERDICTS
from marsad.store.reads import REVIEW_STATES, Filters, filters_from

READ = [
    ([("status", "disputed")], Filters(status=("disputed",))),
    ([("status", "single,disputed"), ("status", "none")], Filters(status=("disputed", "none", "single"))),
    ([("status", "")], Filters()),
    ([("event", "strike.air, harm")], Filters(event=("harm", "strike.air"))),
    ([("outlet", "النهر, والبحر"), ("outlet", "b")], Filters(outlet=("b", "النهر, والبحر"))),
    ([("actor", "houthis,sy-army")], Filters(actor=("houthis", "sy-army"))),
    ([("root", "outlet:a,b")], Filters(root=("outlet:a,b",))),
    ([("since", "2024-12-01"), ("until", "2024-12-31")], Filters(since="2024-12-01", until="2024-12-31")),
    ([("since", "2024-12-01"), ("since", "2024-12-02")], Filters(since="2024-12-02")),
    ([("killed", "0")], Filters(killed=0)),
    ([("country", "SY,none")], Filters(country=("SY", "none"))),
    ([("box", "35.5,32,38,37.25")], Filters(box=(35.5, 32.0, 38.0, 37.25))),
    ([("words", " قصف حماة ")], Filters(words="قصف حماة")),
    ([("sort", "newest"), ("after", "x"), ("", "y")], Filters()),
]


@pytest.mark.parametrize(("pairs", "filters"), READ)
def test_filters_of_an_address(pairs, filters):
    assert filters_from(pairs) == filters


BAD = [
    ("since", "2024-13-01", "since=2024-13-01 is no day"),
    ("until", "20241201", "until=20241201 is no day"),
    ("until", "2024-W01-1", "until=2024-W01-1 is no day"),
    ("killed", "many", "killed=many is no number"),
    ("killed", "-1", "killed=-1"),
    ("killed", "٣", "killed=٣"),
    ("status", "foo", "status=foo is none of single, "),
    ("status", "disputed,foo", "status=foo"),
    ("event", "strike.", r"event=strike\. is no code"),
    ("country", "Syria", "country=Syria"),
    ("review", "done", "review=done is none of machine"),
    ("precision", "village", "precision=village"),
    ("readers", "both", "readers=both"),
    ("polarity", "none", "polarity=none"),
    ("modality", "x", "modality=x"),
    ("stance", "x", "stance=x"),
    ("box", "1,2,3", "box=1,2,3"),
    ("box", "1,2,3,x", "box="),
    ("box", "1,5,3,4", "box="),
    ("box", "1,2,3,91", "box="),
    ("box", "nan,2,3,4", "box="),
    ("words", "ا" * 1001, "words=.* too long"),
    ("outlet", "a\x00b", "outlet="),
    ("actor", "\ud800", "actor="),
    ("actor", ",".join(map(str, range(201))), "more than 200 values of actor"),
]


@pytest.mark.parametrize(
    ("name", "value", "said"), BAD, ids=lambda value: str(value)[:20].encode("unicode_escape").decode()
)
def test_a_bad_value_is_named(name, value, said):
    with pytest.raises(InputError, match=said):
        filters_from([(name, value)])


def test_days_must_be_in_order():
    with pytest.raises(InputError, match="since=2025-01-02 is after until=2025-01-01"):
        filters_from([("since", "2025-01-02"), ("until", "2025-01-01")])


def test_filters_gain_and_lose_values():
    one = Filters(status=("single",)).with_("status", "disputed").with_("since", "2024-12-01")
    assert one == Filters(status=("disputed", "single"), since="2024-12-01")
    assert one.with_("since", "2025-01-01").since == "2025-01-01"
    assert one.without("status", "single").status == ("disputed",)
    assert one.without("status") == Filters(since="2024-12-01")
    assert one.without("since").without("status", "other") == Filters(status=("disputed", "single"))
    assert one.used == ("status", "since")
    with pytest.raises(InputError, match="status=foo"):
        one.with_("status", "foo")
    with pytest.raises(KeyError):
        one.with_("colour", "red")


BOOK = load_codebook()
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20
).map(str.strip).filter(bool)  # fmt: skip
SLUG = TEXT.filter(lambda value: "," not in value)
DAYS = st.dates().map(lambda day: day.isoformat())


def some(values):
    return st.lists(values, max_size=4).map(tuple)


def among(values):
    return some(st.sampled_from(sorted(values)))


FILTERS = st.builds(
    Filters,
    status=among(BOOK.values["statuses"]),
    event=among([*BOOK.events, *BOOK.families]),
    actor=some(SLUG),
    place=st.none() | TEXT,
    country=among(["SY", "YE", "none"]),
    outlet=some(TEXT),
    root=some(TEXT),
    since=st.none() | DAYS,
    killed=st.none() | st.integers(0, 999_999_999),
    review=among(REVIEW_STATES),
    readers=among([*VERDICTS, "none"]),
    precision=among([*BOOK.values["place_precisions"], "none"]),
    polarity=among(BOOK.values["polarities"]),
    modality=among(BOOK.values["modalities"]),
    stance=among(BOOK.values["stances"]),
    words=st.none() | TEXT,
    box=st.none()
    | st.tuples(st.floats(-180, 180), st.floats(-90, 0), st.floats(-180, 180), st.floats(0, 90)),
    incident=st.none() | TEXT,
    article=st.none() | TEXT,
)


@given(FILTERS)
def test_what_is_written_into_an_address_is_read_back(filters):
    pairs = filters.pairs()
    assert filters_from(pairs) == filters
    assert filters_from(reversed(pairs)).pairs() == pairs
