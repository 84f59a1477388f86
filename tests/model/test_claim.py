"""Claims: what their identity rests on, that they cannot change, and their way to disk and back."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import ActorRef, Claim, Count, Evidence, PlaceRef, Readers, Source, Span, TimeRef
from marsad.model.claim import Origin
from marsad.model.jsonl import claim_from_json, claim_to_json

SOURCE = Source(text="وزارة الدفاع", span=Span(6, 18), kind="organisation", cue=Span(0, 5))
OUTLET = Source(text="وكالة الأنباء", span=Span(90, 103), kind="outlet")
EVIDENCE = Evidence(span=Span(19, 60), trigger=Span(22, 28))
PLACE = PlaceRef(text="مدينة حماة", span=Span(40, 50))
CLAIM = Claim(
    article="a-1",
    event="territory.withdrawal",
    evidence=(EVIDENCE,),
    attribution=(SOURCE,),
    actors=(ActorRef(role="agent", text="القوات", span=Span(29, 35)),),
    place=PLACE,
    time=TimeRef(
        text="أمس", span=Span(51, 54), start=date(2024, 12, 5), end=date(2024, 12, 5), precision="day"
    ),
    counts=(Count(kind="killed", text="ثلاثة", span=Span(55, 60), min=3, max=3),),
)

MOVES = {
    "article": {"article": "a-2"},
    "event": {"event": "territory.advance"},
    "polarity": {"polarity": "negated"},
    "modality": {"modality": "planned"},
    "the nearest source's text": {"attribution": (replace(SOURCE, text="وزارة الداخلية"),)},
    "no source": {"attribution": ()},
    "the order of the chain": {"attribution": (OUTLET, SOURCE)},
    "the place's text": {"place": replace(PLACE, text="حماة")},
    "no place": {"place": None},
    "the first trigger": {"evidence": (replace(EVIDENCE, trigger=Span(23, 28)),)},
    "the part of the first trigger": {"evidence": (replace(EVIDENCE, trigger=Span(22, 28, "title")),)},
    "another mention first": {"evidence": (Evidence(span=Span(60, 80), trigger=Span(62, 66)), EVIDENCE)},
}

STAYS = {
    "counts": {"counts": ()},
    "time": {"time": None},
    "actors": {"actors": ()},
    "origin": {"origin": (Origin(part="event", rule="r"),)},
    "further evidence": {"evidence": (EVIDENCE, Evidence(span=Span(60, 80), trigger=Span(62, 66)))},
    "the clause around the trigger": {"evidence": (replace(EVIDENCE, span=Span(0, 80)),)},
    "a further link": {"attribution": (SOURCE, OUTLET)},
    "stance, kind and place of the source": {
        "attribution": (
            replace(
                SOURCE, stance="deny", kind="unnamed", span=Span(1, 2), cue=None, quote="direct", body="x"
            ),
        )
    },
    "the place on the map": {
        "place": replace(PLACE, name="Hama", id="g-1", lat=35.1, lon=36.7, precision="exact", country="SY")
    },
    "where the place is written": {"place": replace(PLACE, span=Span(70, 80))},
    "a second reader": {"readers": Readers(by=("rules", "model"), confidence=0.9)},
    "the actor in the register": {"actors": (replace(CLAIM.actors[0], id="syrian-army"),)},
}


@pytest.mark.parametrize("change", MOVES, ids=str)
def test_id_moves_with(change):
    assert replace(CLAIM, **MOVES[change]).id != CLAIM.id


@pytest.mark.parametrize("change", STAYS, ids=str)
def test_id_does_not_move_with(change):
    assert replace(CLAIM, **STAYS[change]).id == CLAIM.id


def test_every_field_of_a_claim_is_in_one_of_the_tables():
    named = {field for change in (*MOVES.values(), *STAYS.values()) for field in change}
    assert named == set(Claim.__dataclass_fields__)


def test_id_is_sixteen_hexadecimal_digits_and_the_same_in_every_run():
    assert CLAIM.id == "64753f163a0187ae"


def test_fields_do_not_run_into_each_other():
    first = replace(CLAIM, attribution=(replace(SOURCE, text="ab"),), place=replace(PLACE, text="c"))
    second = replace(CLAIM, attribution=(replace(SOURCE, text="a"),), place=replace(PLACE, text="bc"))
    assert first.id != second.id


def test_a_claim_cannot_be_changed():
    for thing, field in (
        (CLAIM, "event"),
        (SOURCE, "text"),
        (EVIDENCE, "span"),
        (CLAIM.counts[0], "min"),
        (PLACE, "lat"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, field, None)
        assert not hasattr(thing, "__dict__")


def test_equal_claims_are_equal_and_can_be_put_in_a_set():
    assert len({CLAIM, replace(CLAIM), replace(CLAIM, event="fight.clash")}) == 2


TEXT = st.text(max_size=12)
SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 99), st.sampled_from(["text", "title"]))
DAYS = st.one_of(st.none(), st.dates())
NUMBERS = st.one_of(st.none(), st.integers(0, 10_000))
CLAIMS = st.builds(
    Claim,
    article=st.just("a-1"),
    event=st.sampled_from(["fight.clash", "harm.killed"]),
    evidence=st.lists(
        st.tuples(SPANS, SPANS).map(
            lambda two: Evidence(span=two[0], trigger=two[1]._replace(part=two[0].part))
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    polarity=st.sampled_from(["affirmed", "negated"]),
    modality=st.sampled_from(["actual", "planned", "possible", "demanded"]),
    attribution=st.lists(
        st.builds(
            Source,
            text=TEXT,
            span=SPANS,
            kind=st.sampled_from(["person", "unnamed"]),
            stance=st.sampled_from(["state", "assert", "concede", "deny", "allege", "predict"]),
            cue=st.one_of(st.none(), SPANS),
            quote=st.sampled_from(["direct", "indirect"]),
            body=st.one_of(st.none(), TEXT),
        ),
        max_size=2,
    ).map(tuple),
    actors=st.lists(
        st.builds(
            ActorRef,
            role=st.sampled_from(["agent", "patient", "gainer", "loser", "party"]),
            text=TEXT,
            span=SPANS,
            id=st.one_of(st.none(), TEXT),
        ),
        max_size=2,
    ).map(tuple),
    place=st.one_of(
        st.none(), st.builds(PlaceRef, text=TEXT, span=SPANS, lat=st.one_of(st.none(), st.floats(-90, 90)))
    ),
    time=st.one_of(
        st.none(),
        st.builds(TimeRef, text=TEXT, span=st.one_of(st.none(), SPANS), start=DAYS, end=DAYS, expr=st.none()),
    ),
    counts=st.lists(
        st.builds(
            Count,
            kind=st.sampled_from(["killed", "other"]),
            text=TEXT,
            span=SPANS,
            min=NUMBERS,
            max=NUMBERS,
            approx=st.booleans(),
            who=st.one_of(st.none(), TEXT),
        ),
        max_size=2,
    ).map(tuple),
    origin=st.lists(st.builds(Origin, part=TEXT, rule=TEXT, words=TEXT), max_size=2).map(tuple),
)


@given(CLAIMS)
def test_a_claim_survives_its_way_to_disk(claim):
    row = json.loads(json.dumps(claim_to_json(claim)))
    again = claim_from_json(row, "a-1")
    assert again == claim
    assert again.id == claim.id == row["id"]


def test_an_annotated_file_may_leave_out_what_only_the_program_writes():
    row = {"event": "fight.clash", "evidence": [{"start": 3, "end": 9}]}
    claim = claim_from_json(row, "a-1")
    assert claim.evidence == (Evidence(span=Span(3, 9), trigger=Span(3, 9)),)
    assert (claim.polarity, claim.modality, claim.attribution, claim.counts) == ("affirmed", "actual", (), ())
