"""What people may change about a claim, and how it is stored."""

import pytest

from marsad.errors import InputError
from marsad.model import Article
from marsad.model.jsonl import claim_from_json, claim_to_json
from marsad.store.reviewing import FIELDS, checked_edit, corrected
from marsad.store.reviewing_edits import checked_claim

ARTICLE = Article(
    id="x", title="قصف على بلدة", text="قال متحدث باسم الجيش إن غارة قتلت أربعة في سوق البلدة يوم الخميس"
)
TEXT = ARTICLE.text


def at(words, **more):
    """The span of words of the text."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), **more}


BASE = claim_to_json(
    claim_from_json(
        {
            "event": "strike.air",
            "evidence": [at("غارة قتلت أربعة", trigger=at("غارة"))],
            "attribution": [at("الجيش", text="الجيش", kind="organisation", stance="state", cue=at("قال"))],
            "place": at("سوق البلدة", text="سوق البلدة", lat=33.5, lon=36.5, precision="town"),
            "time": {"from": "2024-12-05", "to": "2024-12-05", "precision": "day"},
        },
        "x",
    )
)

KEPT = [
    ("event", "harm.killed", "harm.killed"),
    ("polarity", "negated", "negated"),
    ("modality", "planned", "planned"),
    ("evidence", [at("غارة")], [at("غارة", trigger=at("غارة"))]),
    ("evidence", [at("قتلت أربعة")], [at("قتلت أربعة", trigger=at("قتلت أربعة"))]),
    ("evidence", [{"start": 0, "end": 3, "in": "title"}], [{"start": 0, "end": 3, "in": "title", "trigger": {"start": 0, "end": 3}}]),
    ("attribution", [], []),
    (
        "attribution",
        [at("متحدث", kind="person", stance="deny", **{"for": "الجيش"})],
        [at("متحدث", text="متحدث", kind="person", stance="deny", cue=None, quote="indirect", **{"for": "الجيش", "id": None})],
    ),
    ("actors", [at("الجيش", role="agent")], [at("الجيش", role="agent", text="الجيش", id=None)]),
    ("place", None, None),
    (
        "place",
        at("البلدة", id="geonames:1", lat=33, lon=36, precision="exact", country="SY"),
        at("البلدة", text="البلدة", name=None, id="geonames:1", lat=33.0, lon=36.0, precision="exact", country="SY"),
    ),
    ("time", None, None),
    ("time", {"from": "2024-12-04", "precision": "day"}, {"text": None, "from": "2024-12-04", "to": "2024-12-04", "precision": "day"}),
    ("time", {"from": None, "to": ""}, {"text": None, "from": None, "to": None, "precision": "unknown"}),
    (
        "time",
        at("يوم الخميس", **{"from": "2024-12-05", "to": "2024-12-06", "precision": "day"}),
        at("يوم الخميس", text="يوم الخميس", **{"from": "2024-12-05", "to": "2024-12-06", "precision": "day"}),
    ),
    (
        "counts",
        [at("أربعة", kind="killed", min=4)],
        [at("أربعة", text="أربعة", kind="killed", min=4, max=None, approx=False, who=None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "given", "kept"), KEPT, ids=[f"{case[0]}-{n}" for n, case in enumerate(KEPT)]
)
def test_a_field_is_kept_in_full(field, given, kept):
    edit = checked_edit({field: given}, BASE, ARTICLE)
    assert edit == {field: kept}
    assert corrected(BASE, edit)[field] == kept
    assert {name: value for name, value in corrected(BASE, edit).items() if name != field} == {
        name: value for name, value in BASE.items() if name != field
    }


def test_what_is_as_it_was_is_no_edit():
    assert checked_edit({name: BASE[name] for name in FIELDS}, BASE, ARTICLE) == {}


SPAN = {"start": 0, "end": 3}
WRONG = [
    ({"id": "y"}, "'id' is no field that can be edited"),
    ({"event": "war.big"}, "field 'event': it must be a code of the codebook"),
    ({"event": 3}, "field 'event': it must be a code of the codebook, not 3"),
    ({"event": "strike.aerial"}, r"such as strike.air"),
    ({"polarity": "no"}, "field 'polarity': it must be one of affirmed, negated, not 'no'"),
    ({"modality": None}, "field 'modality': it must be one of actual"),
    ({"evidence": []}, "must hold at least one span"),
    ({"evidence": "all"}, "must be a list"),
    ({"evidence": [7]}, "must be an object"),
    ({"evidence": [SPAN] * 61}, "a list of at most 60"),
    (
        {"evidence": [{"start": 0, "end": len(TEXT) + 1}]},
        "a span must lie within the 64 characters of the text",
    ),
    ({"evidence": [{"start": -1, "end": 2}]}, "a span must lie within"),
    ({"evidence": [{"start": 5, "end": 5}]}, "and hold some of them"),
    ({"evidence": [{"start": True, "end": 2}]}, "a span must lie within"),
    ({"evidence": [{"start": 3, "end": 4}]}, "a span must hold words, not ' '"),
    ({"evidence": [{"start": 0, "end": 13, "in": "title"}]}, "the 12 characters of the title"),
    ({"evidence": [{"start": 0, "end": 3, "in": "url"}]}, "'in' must be text or title"),
    ({"evidence": [{**SPAN, "trigger": {"start": 4, "end": 8}}]}, "a trigger must lie within its evidence"),
    ({"attribution": [SPAN]}, "'kind' must be one of person"),
    ({"attribution": [{**SPAN, "kind": "person", "stance": "shout"}]}, "'stance' must be one of state"),
    ({"attribution": [{**SPAN, "kind": "person", "quote": "free"}]}, "'quote' must be direct or indirect"),
    ({"attribution": [{**SPAN, "kind": "person", "cue": {"start": 1, "end": 99}}]}, "a span must lie within"),
    (
        {"attribution": [{"text": "الجيش", "kind": "person"}]},
        r"a span must lie within .*, not \(None, None\)",
    ),
    ({"attribution": [{**SPAN, "kind": "person", "for": 3}]}, "'for' must be a text or null"),
    ({"actors": [{**SPAN, "role": "victim"}]}, "'role' must be one of agent"),
    ({"place": {**SPAN, "precision": "near"}}, "'precision' must be one of exact"),
    ({"place": {**SPAN, "lat": 91, "lon": 0}}, "'lat' must be a number from -90 to 90, not 91"),
    ({"place": {**SPAN, "lat": float("nan"), "lon": 0}}, "'lat' must be a number"),
    ({"place": {**SPAN, "lat": 33.0}}, "'lat' and 'lon' come together"),
    ({"place": "Hama"}, "field 'place': it must be an object, not 'Hama'"),
    ({"time": {"from": "5 December"}}, "'from' must be an ISO day such as 2024-12-06, not '5 December'"),
    ({"time": {"from": "2024-13-01"}}, "'from' must be an ISO day"),
    ({"time": {"from": "20241205"}}, "'from' must be an ISO day"),
    ({"time": {"from": "2024-12-05", "to": "2024-12-04"}}, "'to' cannot be before 'from'"),
    ({"time": {"to": "2024-12-04"}}, "'to' cannot be before 'from'"),
    ({"time": {"precision": "hour"}}, "'precision' must be one of day"),
    ({"counts": [{**SPAN, "kind": "dead", "min": 1}]}, "'kind' must be one of killed"),
    ({"counts": [{**SPAN, "kind": "killed", "min": 5, "max": 4}]}, "'min' cannot be above 'max'"),
    ({"counts": [{**SPAN, "kind": "killed"}]}, "a count needs 'min' or 'max'"),
    ({"counts": [{**SPAN, "kind": "killed", "min": -1}]}, "'min' must be a whole number"),
    ({"counts": [{**SPAN, "kind": "killed", "min": "4"}]}, "'min' must be a whole number"),
]


@pytest.mark.parametrize(("edit", "said"), WRONG, ids=[case[1][:50] for case in WRONG])
def test_what_cannot_be_is_refused_with_field_and_value(edit, said):
    with pytest.raises(InputError, match=said):
        checked_edit(edit, BASE, ARTICLE)


def test_an_added_claim_needs_an_event_and_words_and_gets_the_usual_values():
    made = checked_claim({"event": "harm.killed", "evidence": [at("قتلت أربعة")]}, ARTICLE)
    assert (made.polarity, made.modality, made.attribution, made.place, made.time) == (
        "affirmed",
        "actual",
        (),
        None,
        None,
    )
    for missing in ({"event": "harm.killed"}, {"evidence": [SPAN]}, {"event": "harm.killed", "evidence": []}):
        with pytest.raises(InputError, match="a new claim needs the field"):
            checked_claim(missing, ARTICLE)
