"""Claims for others: without how the machine came to them, rounded, and without names of private persons."""

import pytest

from export import records
from marsad.export.open_claims import known_root, open_claim


def private_claim(**changes):
    data = records.claim_data(
        origin=[{"part": "source", "rule": "r", "words": "سالم"}],
        attribution=[dict(records.NEIGHBOUR), {**records.OBSERVER, "start": 50, "end": 56}],
        actors=[
            {"role": "patient", "text": "أسرة سالم", "start": 90, "end": 99, "id": None},
            {**records.ARMY, "start": 12, "end": 17},
        ],
        counts=[
            {"kind": "killed", "text": "ثلاثة", "start": 6, "end": 7, "min": 3, "max": 3, "who": "أقارب سالم"}
        ],
    )
    return records.claim(data={**data, **changes}, private=(("text", 4, 8),))


def test_names_are_masked_wherever_a_part_of_the_claim_holds_them():
    found = open_claim(private_claim(), records.making())
    assert "سالم" not in str(found)
    assert "origin" not in found
    assert [one["text"] for one in found["attribution"]] == ["[private person]", "المرصد"]
    assert [one["text"] for one in found["actors"]] == ["[private person]", "الجيش"]
    assert found["counts"] == [
        {
            "kind": "killed",
            "text": "[private person]",
            "start": 6,
            "end": 7,
            "min": 3,
            "max": 3,
            "who": "[private person]",
        }
    ]
    assert found["attribution"][0]["start"] == 4


def test_the_making_may_let_names_out():
    claim = private_claim()
    found = open_claim(claim, records.making(private=True))
    assert found["attribution"] == claim.data["attribution"]


def test_the_record_stays_as_it_was():
    claim = private_claim()
    before = str(claim.data)
    open_claim(claim, records.making())
    assert str(claim.data) == before


@pytest.mark.parametrize(
    ("precision", "lat"), [("exact", 35.4432), ("town", 35.44), ("governorate", 35.4), ("country", 35.0)]
)
def test_places_are_rounded_to_what_is_known(precision, lat):
    claim = records.claim(data=records.claim_data(place={**records.CITY, "precision": precision}))
    assert open_claim(claim, records.making())["place"]["lat"] == lat


def test_a_place_that_is_not_on_the_map_stays_so():
    assert open_claim(records.claim(data=records.claim_data(place=None)), records.making())["place"] is None


@pytest.mark.parametrize(
    ("root", "links", "known"),
    [
        ("outlet:x", [], "outlet:x"),
        ("observer", [records.OBSERVER], "observer"),
        ("سالم", [records.NEIGHBOUR], None),
        (None, [], None),
    ],
)
def test_only_roots_of_the_register_have_keys(root, links, known):
    assert known_root(records.claim(root=root, data=records.claim_data(attribution=links))) == known
