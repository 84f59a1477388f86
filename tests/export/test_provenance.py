"""PROV-JSON as the `prov` package reads it: what each incident was made from, by what, on whose word, and nobody's name who is private or reviews."""

import json
from dataclasses import replace

from prov.model import (
    ProvActivity,
    ProvAgent,
    ProvAssociation,
    ProvAttribution,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvGeneration,
    ProvUsage,
)

from export import records
from marsad.export.provenance import SECTIONS, Provenance


def content(path, *some, **changes):
    return records.written(Provenance(path, records.making(**changes)), path, some).decode()


def document(path, *some, **changes):
    return ProvDocument.deserialize(content=content(path, *some, **changes), format="json")


def names(found, kind):
    return sorted(str(one.identifier) for one in found.get_records(kind))


def ends(found, kind):
    return sorted(
        tuple(str(value) for _, value in one.formal_attributes if value is not None)
        for one in found.get_records(kind)
    )


def test_an_incident_was_derived_from_claims_and_these_from_articles(tmp_path):
    found = document(tmp_path / "a", records.incident())
    assert names(found, ProvEntity) == ["article:a1", "claim:c1", "incident:i1"]
    assert names(found, ProvActivity) == ["reading:a1", "reconciling:i1"]
    assert names(found, ProvAgent) == ["marsad:software", "outlet:agency", "root:observer"]
    assert ends(found, ProvGeneration) == [("claim:c1", "reading:a1"), ("incident:i1", "reconciling:i1")]
    assert ends(found, ProvUsage) == [("reading:a1", "article:a1"), ("reconciling:i1", "claim:c1")]
    assert ends(found, ProvDerivation) == [
        ("claim:c1", "article:a1", "reading:a1"),
        ("incident:i1", "claim:c1", "reconciling:i1"),
    ]
    assert ends(found, ProvAttribution) == [("article:a1", "outlet:agency"), ("claim:c1", "root:observer")]
    assert ends(found, ProvAssociation) == [
        ("reading:a1", "marsad:software"),
        ("reconciling:i1", "marsad:software"),
    ]


def test_names_are_unique_in_the_world(tmp_path):
    found = document(tmp_path / "a", records.incident())
    uris = {one.identifier.uri for one in found.get_records(ProvEntity)}
    assert uris == {"urn:marsad:s1:article:a1", "urn:marsad:s1:claim:c1", "urn:marsad:s1:incident:i1"}


def test_entities_say_what_is_known(tmp_path):
    made = json.loads(content(tmp_path / "a", records.incident()))
    assert made["entity"]["incident:i1"] == {
        "prov:type": {"$": "marsad:Incident", "type": "prov:QUALIFIED_NAME"}, "marsad:events": "territory.advance", "marsad:status": "single", "marsad:independentRoots": 1,
        "marsad:firstDay": "2026-03-01", "marsad:lastDay": "2026-03-01", "marsad:place": "Khan Shaykhun", "marsad:point": "35.44 36.65", "marsad:review": "machine",
    }  # fmt: skip
    assert made["entity"]["claim:c1"] == {
        "prov:type": {"$": "marsad:Claim", "type": "prov:QUALIFIED_NAME"}, "marsad:event": "territory.advance", "marsad:polarity": "affirmed", "marsad:modality": "actual",
        "marsad:says": "affirms", "marsad:review": "machine", "prov:value": records.SAID, "marsad:in": "text", "marsad:start": 0, "marsad:end": 31,
    }  # fmt: skip
    assert made["entity"]["article:a1"]["marsad:sha256"] == "d" * 64
    assert made["activity"]["reconciling:i1"]["prov:endTime"] == "2026-03-04T05:06:07.250000+00:00"
    assert made["wasAttributedTo"]["_:w-c1"]["marsad:stance"] == "assert"


def test_people_who_review_are_one_agent_without_a_name(tmp_path):
    claims = [
        records.claim("c1", review="accepted"),
        records.claim("c2", 1, review="edited"),
        records.claim("c3", 2),
    ]
    found = document(tmp_path / "a", records.incident("i1", claims))
    assert "marsad:reviewers" in names(found, ProvAgent)
    assert [pair for pair in ends(found, ProvAssociation) if pair[1] == "marsad:reviewers"] == [
        ("review:c1", "marsad:reviewers"),
        ("review:c2", "marsad:reviewers"),
    ]
    assert ("review:c2", "claim:c2") in ends(found, ProvUsage)


def test_organisations_and_persons_are_such_only_by_the_register(tmp_path):
    claim = records.claim()
    row = records.told(
        claim, root="unnamed:x", root_text="مصدر", root_kind="unnamed", root_label=None, authority=[]
    )
    found = document(
        tmp_path / "a", records.incident("i1"), records.incident("i2", [replace(claim, id="c2")], [row])
    )
    kinds = {
        str(one.identifier).split("-")[0]: [str(value) for value in one.get_asserted_types()]
        for one in found.get_records(ProvAgent)
    }
    assert kinds == {
        "marsad:software": ["prov:SoftwareAgent"],
        "outlet:agency": ["prov:Organization"],
        "root:observer": ["prov:Organization"],
        "root:said": [],
    }


def test_odd_incidents_are_read_back_and_name_no_private_person(tmp_path):
    raw = content(tmp_path / "a", *records.apart())
    found = ProvDocument.deserialize(content=raw, format="json")
    assert sum(name.startswith("incident:") for name in names(found, ProvEntity)) == 6
    assert "root:private-i3-0" in names(found, ProvAgent)
    agents = json.loads(raw)["agent"]
    assert agents["root:private-i3-0"]["prov:label"] == "[private person]"
    assert "سالم" not in json.dumps(agents, ensure_ascii=False)


def test_odd_ids_make_plain_names(tmp_path):
    claim = records.claim(head=records.head(identity='a" \x00\ud800:ج', url="javascript:alert(1)"))
    found = document(tmp_path / "a", records.incident("i1", [claim]))
    assert "article:a%22%20%00%3F%3A%D8%AC" in names(found, ProvEntity)


def test_no_statement_has_two_names_and_no_part_is_left(tmp_path):
    def once(pairs):
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    shared = records.incident("i9", [records.claim("c9", 9)])
    made = json.loads(content(tmp_path / "a", records.incident(), shared), object_pairs_hook=once)
    assert set(made) == {"prefix", *SECTIONS}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_two_exports_are_equal_and_an_empty_one_is_a_document(tmp_path):
    first, second = (content(tmp_path / name, *records.apart()) for name in "ab")
    assert first == second
    assert names(document(tmp_path / "c"), ProvAgent) == ["marsad:software"]
