"""FollowTheMoney: every entity fits the model, stays as it is when the model cleans it, and names no one who is not in the register."""

import json

import pytest
from followthemoney import model

from export import records
from marsad.export.follow_the_money import FollowTheMoney
from marsad.export.follow_the_money_entities import moment_in_utc, schema_of, toll_words
from marsad.model import Label
from marsad.model.actor import Actor

pytestmark = pytest.mark.filterwarnings(
    "ignore:Install 'pyicu'"
)  # of the model's, on how it writes names in Latin letters


def entities(path, *some, **changes):
    """The entities, each looked at by the model: its schema, its values after cleaning, and that what it names was written before."""
    content = records.written(FollowTheMoney(path, records.making(**changes)), path, some)
    found = [json.loads(line) for line in content.decode().splitlines()]
    seen = set()
    for one in found:
        schema = model.get(one["schema"])
        schema.validate(one)
        cleaned = model.get_proxy(one, cleaned=False)
        for name, values in one["properties"].items():
            assert sorted(cleaned.get(name)) == sorted(values), (one["schema"], name)
            assert schema.get(name).type.name != "entity" or set(values) <= seen, (one["id"], name)
        assert one["id"] not in seen
        seen.add(one["id"])
    return found


def of(found, schema):
    return [one["properties"] for one in found if one["schema"] == schema]


def test_an_incident_is_an_event_with_its_articles_claims_and_actors(tmp_path):
    found = entities(tmp_path / "a", records.incident(counts=[records.toll(most=99)]))
    assert [one["schema"] for one in found] == [
        "PublicBody",
        "Article",
        "Address",
        "Event",
        "UnknownLink",
        "Documentation",
        "Organization",
        "UnknownLink",
    ]
    (event,) = of(found, "Event")
    article = next(one["id"] for one in found if one["schema"] == "Article")
    assert event == {
        "name": ["advance into a place, Khan Shaykhun, 2026-03-01"], "startDate": ["2026-03-01"], "endDate": ["2026-03-01"], "country": ["sy"], "location": ["Khan Shaykhun"],
        "addressEntity": [found[2]["id"]], "involved": ["marsad-actor-sy-army"], "proof": [article], "summary": ["one root affirms it"],
        "notes": ["killed: 20-99 (by المرصد; المشفى)", "status: single; review: machine"], "keywords": ["territory.advance", "single", "review:machine"], "recordId": ["i1"],
        "sourceUrl": ["https://example.org/a1"], "publisher": ["Marsad (as reported, not established)"], "modifiedAt": ["2026-03-04T05:06:07"],
    }  # fmt: skip
    assert found[3]["id"] == "marsad-s1-incident-i1"
    assert of(found, "Documentation") == [
        {
            "entity": ["marsad-s1-incident-i1"], "document": [article], "role": ["Observer: affirms, assert"], "status": ["affirms; review: machine"], "date": ["2026-03-02"],
            "startDate": ["2026-03-01"], "endDate": ["2026-03-01"], "description": [records.SAID], "recordId": ["c1"], "namesMentioned": ["Observer"],
            "summary": ["territory.advance, affirmed, actual; text 0-31 (code points)"],
        }
    ]  # fmt: skip
    assert of(found, "Article") == [
        {
            "title": ["دخول إلى البلدة"], "publisher": ["Agency"], "publishedAt": ["2026-03-02"], "sourceUrl": ["https://example.org/a1"], "language": ["ara"],
            "notes": ["article a1, version 1, SHA-256 " + "d" * 64],
        }
    ]  # fmt: skip
    assert of(found, "Address")[0]["latitude"] == ["35.44"]


def test_links_say_that_a_role_is_reported(tmp_path):
    found = of(entities(tmp_path / "a", records.incident()), "UnknownLink")
    assert [(one["subject"], one["role"]) for one in found] == [
        (["marsad-actor-sy-army"], ["agent, as reported"]),
        (["marsad-actor-observer"], ["source of a report"]),
    ]


def test_what_is_shared_is_written_once(tmp_path):
    some = [records.incident("i1"), records.incident("i2", [records.claim("c2", 1)])]
    schemata = [one["schema"] for one in entities(tmp_path / "a", *some)]
    assert [schemata.count(one) for one in ("Article", "Address", "PublicBody", "Organization", "Event")] == [
        1,
        1,
        1,
        1,
        2,
    ]


def test_odd_incidents_fit_the_model_and_make_no_entity_of_a_private_person(tmp_path):
    found = entities(tmp_path / "a", *records.apart())
    assert len(of(found, "Event")) == 6
    assert of(found, "Person") == []
    hidden = [one for one in of(found, "Documentation") if one["role"][0].startswith("[private person]")]
    assert len(hidden) == 1
    assert "namesMentioned" not in hidden[0]
    assert not [one for one in of(found, "Event") if "سالم" in str(one)]
    nowhere = next(one for one in of(found, "Event") if one["recordId"] == ["i2"])
    assert not {"addressEntity", "startDate", "country"} & set(nowhere)


def test_a_headline_that_names_a_private_person_stays_out(tmp_path):
    claim = records.claim(
        data=records.claim_data(attribution=[dict(records.NEIGHBOUR)]), head=records.head(title="سالم يروي")
    )
    assert "title" not in of(entities(tmp_path / "a", records.incident("i1", [claim])), "Article")[0]
    assert (
        "title" in of(entities(tmp_path / "b", records.incident("i1", [claim]), private=True), "Article")[0]
    )


def test_hostile_and_long_text_fits(tmp_path):
    head = records.head(
        identity=records.HOSTILE,
        title=records.HOSTILE + "ط" * 2000,
        outlet="ط" * 2000,
        url="javascript:alert(1)",
        published="soon",
        day=None,
    )
    claim = records.claim(head=head, quote="وقَّعته\x00\n" + "ط" * 70_000)
    found = entities(tmp_path / "a", records.incident("i1", [claim], actors=[]))
    (article,) = of(found, "Article")
    assert not {"sourceUrl", "publishedAt"} & set(article)
    assert (len(article["title"][0]), len(article["publisher"][0])) == (1000, 1000)
    assert len(of(found, "Documentation")[0]["description"][0]) == 60_000


def test_arabic_labels_where_they_are_wanted(tmp_path):
    (event,) = of(entities(tmp_path / "a", records.incident(), lang="ar"), "Event")
    assert event["location"] == ["خان شيخون"]
    assert event["summary"] == ["مصدر واحد يؤكده"]


def test_two_exports_are_equal_byte_by_byte(tmp_path):
    first, second = (
        records.written(FollowTheMoney(tmp_path / name, records.making()), tmp_path / name, records.apart())
        for name in "ab"
    )
    assert first == second
    assert entities(tmp_path / "c") == []


@pytest.mark.parametrize(
    ("kind", "inter", "schema"),
    [
        ("person", None, "Person"), ("company", None, "Company"), ("army", 1, "PublicBody"), ("army", 2, "Organization"), ("court", None, "PublicBody"),
        ("faction", 2, "Organization"), ("un", 8, "Organization"), ("tribe", 4, "Organization"),
    ],
)  # fmt: skip
def test_schemata_of_actors(kind, inter, schema):
    assert schema_of(Actor(id="x", label=Label(en="X", ar="س"), kind=kind, inter=inter)) == schema


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (records.toll(least=20), "killed: 20-or more (by المرصد)"),
        (records.toll(least=3, most=3), "killed: 3 (by المرصد; المشفى)"),
        (records.toll("held", None, 5, min_by=None), "held: ?-5 (by المشفى)"),
        (records.toll(min_by="سالم"), "killed: 20-or more (by [private person])"),
    ],
)
def test_tolls_have_a_name_at_each_end(row, words):
    claim = records.claim()
    hidden = records.told(
        claim, root="سالم", root_text="سالم", root_kind="person", root_label=None, authority=[]
    )
    assert toll_words(records.incident("i1", [claim], [hidden], counts=[row]), records.making()) == [words]


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T01:00:00+03:00", "2026-03-01T22:00:00"),
        ("2026-03-02T01:00:00", "2026-03-02T01:00:00"),
        ("soon", None),
        (None, None),
        ("0001-01-01T00:00:00+03:00", None),
    ],
)
def test_moments_are_told_in_utc(said, moment):
    assert moment_in_utc(said) == moment
