"""Web Annotations: the members that the model requires, selectors that find the words, and no private person's name."""

import json

import pytest
import rdflib

from export import records
from marsad.export.web_annotation import CONTEXT, WebAnnotation

TEXT = "صباح اليوم قال سالم إن الطائرات عادت فوق البلدة. وفي المساء ساد الهدوء."
OA = "http://www.w3.org/ns/oa#"
MODEL = {
    "oa": OA, "as": "http://www.w3.org/ns/activitystreams#", "dcterms": "http://purl.org/dc/terms/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "id": "@id", "type": "@type",
    **{
        name: f"oa:{name}"
        for name in ("Annotation", "SpecificResource", "TextualBody", "TextPositionSelector", "TextQuoteSelector", "TimeState", "exact", "prefix", "suffix", "start", "end", "sourceDate")
    },
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage", "first": {"@id": "as:first", "@type": "@id"}, "total": "as:totalItems",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"}, "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"}, "state": {"@id": "oa:hasState", "@type": "@id"},
    "value": "rdf:value", "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "classifying": "oa:classifying",
}  # fmt: skip
"""The terms of the W3C's context that are used, so that nothing is fetched."""


def collection(path, *some, **changes):
    return json.loads(records.written(WebAnnotation(path, records.making(**changes)), path, some))


def annotation(path, claim, text=records.SAID, **changes):
    (found,) = collection(path, records.article(claim, text=text), **changes)["first"]["items"]
    return found


def test_the_collection_says_what_it_is_and_how_many_it_holds(tmp_path):
    found = collection(tmp_path / "a", records.article(*records.odd_claims()), license="CC-BY-4.0")
    assert found["@context"] == CONTEXT
    assert (found["type"], found["total"], found["rights"]) == ("AnnotationCollection", 5, "CC-BY-4.0")
    page = found["first"]
    assert (page["type"], page["startIndex"], page["partOf"], len(page["items"])) == (
        "AnnotationPage",
        0,
        found["id"],
        5,
    )
    assert len({one["id"] for one in page["items"]}) == 5


def test_a_claim_is_its_code_and_itself_on_its_words(tmp_path):
    span = {"start": 6, "end": 13}
    claim = records.claim(data=records.claim_data(evidence=[span], attribution=[dict(records.OBSERVER)]))
    found = annotation(tmp_path / "a", claim)
    data = {**claim.data, "place": {**records.CITY, "lat": 35.44, "lon": 36.65}}
    assert found == {
        "id": "urn:marsad:s1:claim:c1", "type": "Annotation", "motivation": "classifying", "creator": {"type": "Software", "name": "Marsad"}, "review": "machine",
        "incident": "urn:marsad:s1:incident:i1", "status": "single", "root": "observer", "says": "affirms",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": "territory.advance"},
            {"type": "Dataset", "format": "application/json", "claim": data},
        ],
        "target": [
            {
                "type": "SpecificResource",
                "source": {
                    "id": "https://example.org/a1", "type": "Text", "language": "ar", "canonical": "urn:marsad:s1:article:a1", "dcterms:title": "دخول إلى البلدة",
                },
                "state": {"type": "TimeState", "sourceDate": records.MOMENT, "textVersion": 1, "digest": "sha256:" + "d" * 64},
                "part": "text",
                "selector": [
                    {"type": "TextPositionSelector", **span},
                    {"type": "TextQuoteSelector", "exact": records.SAID[6:13], "prefix": records.SAID[:6], "suffix": records.SAID[13:]},
                ],
            }
        ],
    }  # fmt: skip


def test_quotations_find_the_words_with_at_most_32_code_points_around(tmp_path):
    text = "👩‍👩‍👧 " * 20 + "دخل الجيش" + " ثم خرج" * 10
    start = text.index("دخل")
    found = annotation(
        tmp_path / "a",
        records.claim(data=records.claim_data(evidence=[{"start": start, "end": start + 9}])),
        text,
    )
    position, quotation = found["target"][0]["selector"]
    assert text[position["start"] : position["end"]] == quotation["exact"] == "دخل الجيش"
    assert text[start - 32 : start + 9 + 32] == quotation["prefix"] + quotation["exact"] + quotation["suffix"]


def test_a_span_of_the_headline_has_no_position_in_the_text(tmp_path):
    found = annotation(
        tmp_path / "a",
        records.claim(data=records.claim_data(evidence=[{"start": 0, "end": 4, "in": "title"}])),
    )
    (target,) = found["target"]
    assert (target["part"], target["selector"]["type"], target["selector"]["exact"]) == (
        "title",
        "TextQuoteSelector",
        "دخول",
    )


def test_every_span_of_evidence_is_a_target(tmp_path):
    spans = [{"start": 0, "end": 3}, {"start": 4, "end": 9}]
    found = annotation(tmp_path / "a", records.claim(data=records.claim_data(evidence=spans)))
    assert [one["selector"][1]["exact"] for one in found["target"]] == ["قال", "الجيش"]


@pytest.mark.parametrize(
    ("span", "quoted"),
    [
        ({"start": 11, "end": 36}, None),
        ({"start": 20, "end": 36}, ("", "إن الطائرات عادت")),
        ({"start": 0, "end": 10}, ("صباح اليوم", " قال ")),
        ({"start": 0, "end": 4, "in": "title"}, None),
    ],
)
def test_no_quotation_names_a_private_person(tmp_path, span, quoted):
    data = records.claim_data(evidence=[span], attribution=[{**records.NEIGHBOUR, "start": 15, "end": 19}])
    claim = records.claim(
        data=data, root="سالم", private=(("text", 15, 19),), head=records.head(title="سالم يروي")
    )
    found = annotation(tmp_path / "a", claim, TEXT)
    assert "سالم" not in json.dumps(found, ensure_ascii=False)
    (target,) = found["target"]
    if quoted is None:
        assert target["heldBack"] == "the words name a private person"
        assert "TextQuoteSelector" not in str(target)
    else:
        quotation = target["selector"][1]
        assert "heldBack" not in target
        assert quoted[0] in (quotation["prefix"].strip(), quotation["exact"])
        assert quoted[1] in (quotation["suffix"], quotation["exact"])
    named = annotation(tmp_path / "b", claim, TEXT, private=True)
    assert "سالم" in json.dumps(named, ensure_ascii=False)


@pytest.mark.parametrize("url", ["javascript:alert(1)", None, "-1"])
def test_what_is_no_web_address_is_no_source(tmp_path, url):
    found = annotation(tmp_path / "a", records.claim(head=records.head(identity="a b\x00", url=url)))
    source = found["target"][0]["source"]
    assert source["id"] == "urn:marsad:s1:article:a%20b%00"
    assert "canonical" not in source


def test_it_is_linked_data(tmp_path):
    found = collection(tmp_path / "a", records.article(*records.odd_claims()))
    found["@context"] = [MODEL, found["@context"][1]]
    graph = rdflib.Graph().parse(data=json.dumps(found), format="json-ld")
    annotations = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(OA + "Annotation")))
    assert {str(one).rpartition(":")[2] for one in annotations} == {"c1", "c2", "c3", "c4", "c5"}
    for one in annotations:
        (target,) = graph.objects(one, rdflib.URIRef(OA + "hasTarget"))
        assert list(graph.objects(target, rdflib.URIRef(OA + "hasSource")))
    claims = list(graph.objects(None, rdflib.URIRef("urn:marsad:terms:claim")))
    assert sorted(json.loads(str(one))["event"] for one in claims) == [
        "harm.killed",
        *["territory.advance"] * 4,
    ]


def test_hostile_text_is_kept_as_text_and_two_exports_are_equal(tmp_path):
    whole = {"start": 0, "end": len(records.HOSTILE)}
    claim = records.claim(data=records.claim_data(evidence=[whole]), head=records.head(title=records.HOSTILE))
    found = annotation(tmp_path / "a", claim, records.HOSTILE)
    assert found["target"][0]["selector"][1]["exact"] == records.HOSTILE.replace("\ud800", "?")
    annotation(tmp_path / "b", claim, records.HOSTILE)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_empty_project_is_an_empty_collection(tmp_path):
    found = collection(tmp_path / "a")
    assert (found["total"], found["first"]["items"]) == (0, [])
