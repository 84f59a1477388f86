"""An incident as people read it: what each root says, tolls with who gives which, and no private person's name."""

from dataclasses import replace

import pytest

from export import records
from marsad.export.site_told import Teller, safe_url
from marsad.export.site_words import Words


def told(record, **changes):
    making = records.making(**changes)
    return Teller(making, Words.of(making.lang)).told(record)


def incident_of(*rows, **changes):
    """An incident with a claim for each of some changes to its row; ``counts`` are tuples of kind, lowest and highest."""
    claims, made = [], []
    for number, row in enumerate(rows, 1):
        head = records.head(row.get("article", f"a{number}"))
        claim = records.claim(f"c{number}", head=head, root=row.get("root", "observer"))
        counts = [{"kind": kind, "min": low, "max": high} for kind, low, high in row.get("counts", ())]
        one = records.told(claim, **{**row, "counts": counts})
        claims.append(replace(claim, told=one))
        made.append(one)
    return records.incident("i1", claims, made, **changes)


def test_the_matrix_has_a_row_for_each_root_and_leads_to_its_first_words():
    army = {"root": "sy-army", "root_label": "Syrian army", "says": "denies", "stance": "deny"}
    found = told(incident_of({}, {}, army, {"root": "outlet:x", "root_text": "صحيفة", "root_label": None, "own_voice": True}))  # fmt: skip
    assert found.acts == ["affirms", "denies"]
    assert [(root.name, root.own, dict(root.cells)) for root in found.roots] == [
        ("Observer", False, {"affirms": [("Agency", 1)]}),
        ("Syrian army", False, {"denies": [("Agency", 3)]}),
        ("صحيفة", True, {"affirms": [("Agency", 4)]}),
    ]


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ([("gainer", None, "حركة الجبل")], [("gained it", ["named in the words only, not in the register"])]),
        (
            [("agent", "sy-army", "الجيش"), ("agent", None, "قوات الوادي")],
            [("did it", ["Syrian army", "others, named in the words only"])],
        ),
        ([("patient", None, "12 شاحنة"), ("patient", None, "مدنيين")], []),
    ],
)
def test_who_is_not_in_the_register_is_not_named_and_not_passed_over(actors, expected):
    rows = [{"role": role, "id": identity, "text": text, "side": None} for role, identity, text in actors]
    made = told(incident_of({}, actors=rows))
    assert [names for _, names in made.parties] == [names for _, names in expected]
    assert not any("الجبل" in name or "الوادي" in name for _, names in made.parties for name in names)


@pytest.mark.parametrize(
    ("row", "why", "act"),
    [
        ({}, [], "affirms"),
        ({"stance": "concede"}, [], "concedes"),
        ({}, [{"code": "conceded_loss", "claim": "c1"}], "concedes"),
        ({}, [{"code": "conceded_loss", "claim": "c9"}], "affirms"),
        ({"says": "denies", "stance": "concede"}, [], "denies"),
        ({"says": "expects"}, [], "expects"),
    ],
)
def test_what_a_claim_does(row, why, act):
    assert told(incident_of(row, why=why)).quotes[0].act == act


def test_of_each_article_the_highest_toll_counts_and_a_root_has_the_range_of_its_articles():
    rows = (
        {"counts": [("killed", 9, 9), ("killed", 4, 4)]},
        {"counts": [("killed", 12, 15), ("wounded", 3, 3)]},
        {"root": "x", "root_text": "س", "root_label": None, "counts": [("killed", 20, None)]},
        {"says": "denies", "counts": [("killed", 90, 90)]},
        {
            "root": "y",
            "root_text": "ص",
            "root_label": None,
            "counts": [("killed", 5, 5)],
            "group": "",
            "own_voice": True,
        },
    )
    count = {"kind": "killed", "min": 9, "max": None, "min_by": "Observer", "max_by": "س"}
    (toll,) = told(incident_of(*rows, counts=[count])).tolls
    assert (toll.low, toll.high) == ("9 (according to Observer)", "no upper bound told (according to س)")
    assert toll.rows == [("Observer", "9 to 15", True), ("س", "20 or more", True), ("ص", "5", False)]


def test_a_private_person_is_named_nowhere_unless_asked_for():
    whole = records.odd_incidents()[2]
    titled = replace(whole.claims[0], private=(("text", 4, 8), ("title", 0, 4)), head=records.head(title="سالم يروي"))  # fmt: skip
    record = replace(whole, claims=(titled,))
    hidden, shown = told(record), told(record, private=True)
    assert "سالم" not in repr(hidden)
    assert hidden.quotes[0].title == "[…] يروي"
    assert hidden.roots[0].name == "[private person]"
    assert hidden.reasons == ["[private person] denies it"]
    assert "سالم" in shown.quotes[0].text
    assert shown.quotes[0].title == "سالم يروي"


def test_two_private_persons_are_two_rows():
    persons = [{"root": name, "root_text": name, "root_kind": "person", "root_label": None, "authority": [], "counts": [("killed", n, n)]} for n, name in enumerate(("سالم", "هند"), 1)]  # fmt: skip
    found = told(incident_of(*persons, counts=[records.toll()]))
    assert [row[:2] for row in found.tolls[0].rows] == [("[private person]", "1"), ("[private person]", "2")]
    assert len(found.roots) == 2


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=1&c", "https://example.org/a?b=1&c"),
        ("HTTP://example.org", "HTTP://example.org"),
        (" https://example.org ", "https://example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_can_be_followed(url, safe):
    assert safe_url(url) == safe


@pytest.mark.parametrize(
    ("place", "within"),
    [
        (None, ""),
        (records.CITY, ""),
        (records.COUNTRY, "known to the country only, within about 400 km"),
        ({**records.COUNTRY, "lat": None}, ""),
    ],
)
def test_a_rough_place_says_how_rough_it_is(place, within):
    assert told(records.incident(place=place)).within == within
