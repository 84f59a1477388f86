"""Incidents and judgements to and from their lines: nothing is lost on the way, and the codebook's own line can be read."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Count, Label, Span
from marsad.model.incident import CountRange, Incident, Judgement, Part, Reason, Root, Spot, Told, When
from marsad.model.incident import Testimony as Heard  # pytest takes Test... for tests
from marsad.model.incident_json import incident_from_json, incident_to_json, judgement_from_json

WORDS = st.text("ابتثجحخ abc'\"\\<>\u200f", min_size=1, max_size=8)
MAYBE = st.one_of(st.just(""), WORDS)
NUMBERS = st.one_of(st.none(), st.integers(0, 10**6))
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
SPOTS = st.builds(
    Spot,
    id=MAYBE,
    name=WORDS,
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    precision=st.sampled_from(["exact", "town", "district", "governorate", "country", None]),
    country=st.sampled_from(["", "SY", "SD"]),
    radius=st.floats(0, 400),
    admin=st.sampled_from(["", "SY-HM"]),
)
PARTS = st.builds(
    Part, st.sampled_from(["agent", "patient", "gainer", "loser", "party"]), WORDS, MAYBE, MAYBE
)
REASONS = st.builds(Reason, WORDS, st.builds(Label, en=WORDS, ar=WORDS), MAYBE)
COUNTS = st.builds(Count, kind=st.just("killed"), text=WORDS, span=st.just(Span(0, 0)), min=NUMBERS, max=NUMBERS, approx=st.booleans(), who=st.one_of(st.none(), WORDS))  # fmt: skip
WHEN = st.one_of(
    st.just(When(None, None)),
    st.builds(lambda start, days, tie: When(start, start.fromordinal(start.toordinal() + days), "day", tie), DAYS, st.integers(0, 60), st.sampled_from(["named", "relative", "article"])),
)  # fmt: skip
ROOTS = st.builds(
    Root, WORDS, WORDS, st.sampled_from(["person", "outlet", "unnamed"]),
    st.lists(WORDS, min_size=1, max_size=3).map(tuple), MAYBE, st.booleans(), st.booleans(),
)  # fmt: skip


def tuples(what):
    return st.lists(what, max_size=2).map(tuple)


TOLD = st.builds(
    Told,
    testimony=st.builds(
        Heard,
        article=WORDS, number=st.integers(0, 99), id=WORDS, event=st.just("strike.air"),
        says=st.sampled_from(["affirms", "denies", "expects", "demands"]), stance=st.sampled_from([None, "deny", "concede"]),
        root=ROOTS, outlet=MAYBE, published=st.sampled_from(["", "2024-12-06", "2024-12-06T10:00:00+02:00"]), family=MAYBE, copy_of=MAYBE,
        place=st.one_of(st.none(), SPOTS), when=WHEN, parts=tuples(PARTS), counts=tuples(COUNTS),
        span=st.builds(Span, st.integers(0, 9), st.integers(10, 20), st.sampled_from(["text", "title"])), text=MAYBE,
    ),
    group=MAYBE,
    joined=tuples(REASONS),
)  # fmt: skip
INCIDENTS = st.builds(
    Incident,
    id=WORDS, events=st.just(("strike.air", "harm.killed")), status=st.sampled_from(["denied", "disputed", "conceded", "corroborated", "single", None]),
    roots=st.integers(0, 9), independent=st.integers(0, 9), counts_differ=st.booleans(),
    when=WHEN.map(lambda when: replace(when, tie="article")), place=st.one_of(st.none(), SPOTS), parts=tuples(PARTS),
    counts=tuples(st.builds(CountRange, kind=st.just("killed"), min=NUMBERS, max=NUMBERS, min_by=WORDS, max_by=WORDS)),
    told=tuples(TOLD), reasons=tuples(REASONS), retells=MAYBE,
)  # fmt: skip


@given(INCIDENTS)
def test_an_incident_comes_back_as_it_went(incident):
    line = json.dumps(incident_to_json(incident), ensure_ascii=False)
    assert incident_from_json(json.loads(line)) == incident


@given(INCIDENTS, INCIDENTS)
def test_incidents_that_differ_have_lines_that_differ(one, other):
    same = json.dumps(incident_to_json(one)) == json.dumps(incident_to_json(other))
    assert same == (one == other)


CODEBOOK = {
    "id": "i1", "events": ["territory.control", "territory.withdrawal"], "status": "conceded", "roots": 3, "independent": 2, "counts_differ": False,
    "time": {"from": "2024-12-05", "to": "2024-12-05", "precision": "day"},
    "place": {"name": "Hama", "lat": 35.13, "lon": 36.75, "precision": "exact", "country": "SY", "id": "p1"},
    "actors": [{"role": "gainer", "text": "الفصائل", "id": "x", "side": "s"}],
    "counts": [{"kind": "killed", "min": 20, "max": 99, "min_by": "a", "max_by": "b"}],
    "claims": [{"article": "article-1", "claim": 0, "id": "c1", "event": "territory.control", "root": "sy-army", "root_text": "الجيش السوري",
                "root_kind": "organisation", "side": "g", "outlet": "نشرة", "published": "2024-12-06", "says": "affirms", "stance": "concede",
                "actors": [{"role": "loser", "id": "sy-army"}]}],
    "reasons": ["the army, the side that loses by it, affirms it (article-1)"],
}  # fmt: skip


def test_a_line_with_only_what_the_codebook_asks_for_can_be_read():
    incident = incident_from_json(json.loads(json.dumps(CODEBOOK)))
    (told,) = incident.told
    assert (incident.id, incident.status, incident.when.start) == ("i1", "conceded", date(2024, 12, 5))
    assert (told.testimony.root.key, told.testimony.root.side, told.testimony.says) == (
        "sy-army",
        "g",
        "affirms",
    )
    assert told.testimony.parts == (Part("loser", "sy-army", "sy-army"),)
    assert told.group == "sy-army", "who writes no groups has each root stand for itself"
    assert incident.counts[0].max == 99


def test_what_the_codebook_names_is_written_under_its_names():
    row = incident_to_json(incident_from_json(CODEBOOK))
    for name, value in CODEBOOK.items():
        if name in ("claims", "place", "reasons", "actors"):
            continue
        assert row[name] == value, name
    for name in ("claims", "actors"):
        for mine, theirs in zip(row[name], CODEBOOK[name], strict=True):
            assert theirs.keys() <= mine.keys()
    assert CODEBOOK["place"].items() <= row["place"].items()


@pytest.mark.parametrize("name", ["id", "events", "status", "claims"])
def test_a_line_without_what_every_incident_has_is_refused(name):
    with pytest.raises(KeyError, match=name):
        incident_from_json({key: value for key, value in CODEBOOK.items() if key != name})


def test_a_claim_that_does_not_count_is_told_from_one_of_no_group():
    row = incident_to_json(incident_from_json(CODEBOOK))
    row["claims"][0]["group"] = None
    assert incident_from_json(row).told[0].group == ""


def test_nothing_is_written_as_an_empty_word():
    """What is not known is null in the file, never ""."""
    bare = incident_from_json({"id": "i", "events": [], "status": "single", "claims": [{**CODEBOOK["claims"][0], "side": None, "outlet": None, "published": None}]})  # fmt: skip
    row = incident_to_json(bare)
    assert (row["retells"], row["place"], row["time"]["from"]) == (None, None, None)
    claim = row["claims"][0]
    assert (claim["side"], claim["outlet"], claim["published"], claim["family"]) == (None, None, None, None)


def test_every_field_of_an_incident_is_on_disk():
    """A field that is added and not written would be lost without a word."""
    first = incident_from_json(CODEBOOK)
    changed = {
        "id": "i2", "events": ("x",), "status": "single", "roots": 8, "independent": 8, "counts_differ": True, "when": When(None, None),
        "place": None, "parts": (), "counts": (), "told": (), "reasons": (Reason("c", Label(en="e", ar="a")),), "retells": "i9",
    }  # fmt: skip
    assert changed.keys() == {one.name for one in fields(Incident)}
    for name, value in changed.items():
        assert incident_to_json(replace(first, **{name: value})) != incident_to_json(first), name


def test_judgements():
    row = {"claims": ["a", "b"], "verdict": "different", "by": "ليلى", "at": "2024-12-07T10:00:00Z"}
    assert judgement_from_json(row) == Judgement(
        one="a", other="b", verdict="different", by="ليلى", at="2024-12-07T10:00:00Z"
    )
    assert judgement_from_json({"claims": ["a", "b"], "verdict": "unsure"}).at is None
