"""Two readings side by side: pairs, differences, confidence, and the same figures whoever the sides are."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.llm.both import AGREED, ALONE, both, raised
from marsad.llm.both_names import same_name
from marsad.llm.both_pairs import pairs_of
from marsad.llm.both_parts import differing
from marsad.llm.types import Shown, Window
from marsad.model import ActorRef, Claim, Count, Evidence, PlaceRef, Source, Span, TimeRef
from marsad.model.jsonl import claim_from_json
from marsad.model.readers import PARTS

TEXT = "قالت الوزارة إن الجيش انسحب من بلدة خناصر أمس. وقتل ثلاثة مدنيين في مدينة تدمر."
SECOND = TEXT.index("وقتل")
WINDOW = Window(number=0, shown=(Shown(0, "text", 0, SECOND), Shown(1, "text", SECOND, len(TEXT))))


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def source(words, **more):
    return Source(text=words, span=span(words), kind="organisation", **more)


def actor(role, words, id=None):
    return ActorRef(role=role, text=words, span=Span(0, len(words)), id=id)


WITHDRAWAL = Claim(
    article="a",
    event="territory.withdrawal",
    evidence=(Evidence(span=span("الجيش انسحب من بلدة خناصر أمس"), trigger=span("انسحب")),),
    attribution=(source("الوزارة"),),
    actors=(actor("agent", "الجيش"),),
    place=PlaceRef(text="بلدة خناصر", span=span("بلدة خناصر"), id="p1"),
    time=TimeRef(start=date(2024, 12, 5), end=date(2024, 12, 5), precision="day"),
)
KILLED = Claim(
    article="a",
    event="harm.killed",
    evidence=(Evidence(span=span("قتل ثلاثة مدنيين في مدينة تدمر"), trigger=span("قتل")),),
    actors=(actor("patient", "ثلاثة مدنيين"),),
    place=PlaceRef(text="مدينة تدمر", span=span("مدينة تدمر")),
    counts=(Count(kind="killed", text="ثلاثة", span=span("ثلاثة"), min=3, max=3),),
)


def sure(claim):
    return 0.5


def one(rules, model, asked=(WINDOW,)):
    (claim,) = both(rules, model, asked, sure)
    return claim


def test_agreement_keeps_the_rules_claim_and_is_surer():
    found = one([WITHDRAWAL], [replace(WITHDRAWAL, origin=())])
    assert (found.readers.by, found.readers.differs) == (("rules", "model"), ())
    assert found.readers.other is None
    assert found.readers.confidence == round(AGREED / (AGREED + 1), 3)
    assert replace(found, readers=None) == WITHDRAWAL


OTHERS = [
    ("source", {"attribution": (source("الجيش"),)}),
    ("source", {"attribution": ()}),
    ("source", {"attribution": (source("الوزارة"), source("مدنيين"))}),
    ("stance", {"attribution": (source("الوزارة", stance="deny"),)}),
    ("polarity", {"polarity": "negated"}),
    ("modality", {"modality": "planned"}),
    ("actors", {"actors": ()}),
    ("actors", {"actors": (actor("patient", "الجيش"),)}),
    ("actors", {"actors": (actor("agent", "الجيش"), actor("agent", "الوزارة"))}),
    ("place", {"place": None}),
    ("place", {"place": PlaceRef(text="تدمر", span=span("تدمر"))}),
    ("time", {"time": None}),
    ("time", {"time": TimeRef(start=date(2024, 12, 4), end=date(2024, 12, 5))}),
    ("counts", {"counts": KILLED.counts}),
]


@pytest.mark.parametrize(("part", "changed"), OTHERS)
def test_each_part_that_differs_is_named_with_the_other_reading(part, changed):
    other = replace(WITHDRAWAL, **changed)
    found = one([WITHDRAWAL], [other])
    assert found.readers.differs == (part,)
    assert replace(found, readers=None) == WITHDRAWAL
    assert not {"origin", "readers"} & set(found.readers.other)
    assert claim_from_json(found.readers.other, "a") == replace(other, origin=())
    assert found.readers.confidence == (0.333 if part in ("source", "polarity", "modality") else 0.5)


SAME = [
    {"attribution": (source("الوزارة", quote="direct"),)},
    {"place": PlaceRef(text="خناصر", span=span("خناصر"))},
    {"place": PlaceRef(text="هناك", span=span("خناصر"), id="p1")},
    {"time": TimeRef(text="أمس", start=date(2024, 12, 5), end=date(2024, 12, 5))},
    {"actors": (actor("agent", "جيش"),)},
]


@pytest.mark.parametrize("changed", SAME)
def test_other_words_for_the_same_are_no_difference(changed):
    assert differing(WITHDRAWAL, replace(WITHDRAWAL, **changed)) == ()


def test_actors_of_one_id_are_one_actor_and_a_body_is_its_speaker():
    army = replace(WITHDRAWAL, actors=(actor("agent", "الجيش", "sy-army"),))
    forces = replace(WITHDRAWAL, actors=(actor("agent", "القوات", "sy-army"),))
    assert differing(army, forces) == ()
    person = replace(WITHDRAWAL, attribution=(source("مدنيين", body="الوزارة"),))
    assert differing(WITHDRAWAL, person) == ()


def test_what_only_the_rules_found_is_less_sure_where_the_model_looked():
    readers = one([KILLED], []).readers
    assert (readers.by, readers.differs) == (("rules",), ("presence",))
    assert readers.confidence == round(1 / (1 + ALONE), 3)


def test_what_the_model_was_not_shown_is_left_as_it_is():
    first = replace(WINDOW, shown=WINDOW.shown[:1])
    assert one([KILLED], [], asked=(first,)) == KILLED
    assert one([KILLED], [], asked=()) == KILLED
    withheld = replace(first, withheld=WINDOW.shown[1:])
    assert one([KILLED], [], asked=(withheld,)) == KILLED


@pytest.mark.parametrize("shown", [True, False])
def test_a_title_counts_as_shown_where_the_window_has_it(shown):
    words = Span(0, 3, "title")
    claim = replace(KILLED, evidence=(Evidence(span=words, trigger=words),))
    found = one([claim], [], asked=(replace(WINDOW, shown=(), title=shown),))
    assert (found.readers is not None) is shown


def test_what_only_the_model_found_is_its_own_claim():
    first, second = both([WITHDRAWAL], [KILLED], [WINDOW], sure)
    assert second.id == KILLED.id
    assert second.readers.by == ("model",)
    assert second.readers.differs == ("presence",)
    assert second.readers.confidence is None
    assert first.readers.by == ("rules",)


def test_another_event_of_the_family_is_another_claim():
    entry = replace(WITHDRAWAL, event="territory.advance")
    found = both([WITHDRAWAL], [entry], [WINDOW], sure)
    assert [claim.readers.by for claim in found] == [("rules",), ("model",)]


def test_words_elsewhere_are_another_claim():
    elsewhere = replace(WITHDRAWAL, evidence=KILLED.evidence)
    assert pairs_of([WITHDRAWAL], [elsewhere]) == {}


def test_a_long_trigger_of_either_reader_meets_a_short_one():
    whole = span("الجيش انسحب من بلدة خناصر أمس")
    long = replace(WITHDRAWAL, evidence=(Evidence(span=whole, trigger=whole),))
    short = replace(WITHDRAWAL, evidence=(Evidence(span=span("انسحب"), trigger=span("انسحب")),))
    assert pairs_of([long], [short]) == pairs_of([short], [long]) == {0: 0}


def test_of_several_the_one_by_the_same_source_is_the_pair():
    denial = replace(WITHDRAWAL, attribution=(source("مدنيين"),), polarity="negated")
    assert pairs_of([WITHDRAWAL, denial], [denial, WITHDRAWAL]) == {0: 1, 1: 0}
    assert pairs_of([denial], [WITHDRAWAL, denial]) == {0: 1}


def test_no_two_claims_of_one_id_come_out():
    found = both([WITHDRAWAL], [WITHDRAWAL, replace(WITHDRAWAL, counts=KILLED.counts)], [WINDOW], sure)
    assert [claim.id for claim in found] == [WITHDRAWAL.id]
    twice = both([], [KILLED, KILLED], [WINDOW], sure)
    assert len(twice) == 1


def test_order_is_that_of_the_text_with_the_title_first():
    words = Span(0, 3, "title")
    title = replace(KILLED, evidence=(Evidence(span=words, trigger=words),))
    found = both([KILLED], [WITHDRAWAL, title], [WINDOW], sure)
    assert [claim.id for claim in found] == [title.id, WITHDRAWAL.id, KILLED.id]


def test_without_a_probability_there_is_no_confidence():
    for model in ([WITHDRAWAL], [replace(WITHDRAWAL, place=None)], []):
        (found,) = both([WITHDRAWAL], model, [WINDOW], lambda claim: None)
        assert found.readers.confidence is None


@given(st.floats(0, 1), st.sets(st.sampled_from(range(len(OTHERS)))), st.booleans())
def test_agreement_never_lowers_and_difference_never_raises(probability, changes, silent):
    changed = {name: value for number in changes for name, value in OTHERS[number][1].items()}
    model = [] if silent else [replace(WITHDRAWAL, **changed)]
    (found,) = both([WITHDRAWAL], model, [WINDOW], lambda claim: probability)
    before = round(probability, 3)
    if found.readers.differs:
        assert found.readers.confidence <= before
    else:
        assert found.readers.confidence >= before
    assert 0 <= found.readers.confidence <= 1
    assert list(found.readers.differs) == [
        part for part in ("presence", *PARTS) if part in found.readers.differs
    ]


@given(st.permutations([WITHDRAWAL, KILLED, replace(WITHDRAWAL, polarity="negated")]))
def test_pairs_do_not_depend_on_whose_claims_come_first(model):
    rules = [WITHDRAWAL, KILLED, replace(WITHDRAWAL, polarity="negated")]
    there = {(rules[i].id, model[j].id) for i, j in pairs_of(rules, model).items()}
    back = {(rules[j].id, model[i].id) for i, j in pairs_of(model, rules).items()}
    assert there == back == {(claim.id, claim.id) for claim in rules}


SIDES = [("الجيش السوري", "الجيش التركي"), ("قوات النظام", "فصائل المعارضة"), ("حركة حماس", "دولة إسرائيل")]


@pytest.mark.parametrize(("left", "right"), SIDES)
def test_sides_swapped_give_the_same_figures(left, right):
    def told(doer, victim):
        rules = replace(WITHDRAWAL, actors=(actor("agent", doer), actor("patient", victim)))
        models = (
            [rules],
            [replace(rules, actors=rules.actors[:1])],
            [replace(rules, attribution=(replace(source("الوزارة"), text=victim),))],
            [],
        )
        found = [one([rules], model).readers for model in models]
        return [(readers.by, readers.differs, readers.confidence) for readers in found]

    assert told(left, right) == told(right, left)


@pytest.mark.parametrize("count", [1, 4])
def test_many_claims_at_one_word_pair_one_to_one(count):
    others = [
        replace(WITHDRAWAL, place=PlaceRef(text=f"قرية {n}", span=Span(n, n + 1))) for n in range(count)
    ]
    assert pairs_of(others, others[::-1]) == {n: count - 1 - n for n in range(count)}


def test_names():
    assert same_name("وزارة الدفاع السورية", "وزارة الدفاع")
    assert same_name("للحكومة", "الحكومة")
    assert not same_name("مدينة حماة", "مدينة حمص")
    assert not same_name("الجيش", None)


def test_raised_keeps_certainty():
    assert raised(0.0, AGREED) == 0.0
    assert raised(1.0, 1 / ALONE) == 1.0
