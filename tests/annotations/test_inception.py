"""INCEpTION's files as its users export them: layers of others, relations, projects with several annotators."""

import json
import zipfile

import cassis
import pytest

from marsad.annotations import Refused, Wanted, read_inception, read_terms
from marsad.errors import InputError

TEXT = "🚀 قالت الوزارة إن الجيش انسحب من مورك."
NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def utf_16(words):
    start = TEXT.index(words) + 1
    return {"begin": start, "end": start + len(words)}


def rows(*more):
    """Feature structures: a text, a source, a claim with a link to it, and more."""
    return [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": TEXT},
        {"%ID": 2, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence", "@sofa": 1, "begin": 0, "end": 39},
        {"%ID": 3, "%TYPE": "webanno.custom.Source", "@sofa": 1, **utf_16("الوزارة"), "kind": "organisation", "stance": "concede"},
        {"%ID": 4, "%TYPE": "webanno.custom.Claim", "@sofa": 1, **utf_16("انسحب من مورك"), "event": "territory.withdrawal", "@parts": 5},
        {"%ID": 5, "%TYPE": "webanno.custom.ClaimPartsLink[]", "%ELEMENTS": [6]},
        {"%ID": 6, "%TYPE": "webanno.custom.ClaimPartsLink", "role": "source", "@target": 3},
        *more,
    ]  # fmt: skip


def write(path, *more, structures=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    cas = {
        "%TYPES": {},
        "%FEATURE_STRUCTURES": structures or rows(*more),
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3, 4]}},
    }
    path.write_text(json.dumps(cas), encoding="utf-8")
    return path


def test_marks_and_links_make_a_claim(tmp_path):
    (found,) = read_inception(write(tmp_path / "a1.json"), Wanted())
    assert found.refused == []
    (claim,) = found.article["claims"]
    assert (claim["event"], claim["evidence"]) == ("territory.withdrawal", [{"start": 24, "end": 37}])
    assert TEXT[24:37] == "انسحب من مورك"
    assert [(one["text"], one["stance"]) for one in claim["attribution"]] == [("الوزارة", "concede")]
    assert found.article["id"] == "a1"


FAULTS = [
    ({"%TYPE": "webanno.custom.Weapon", **utf_16("مورك")}, "Weapon", "'Weapon' is no code"),
    (
        {"%TYPE": "webanno.custom.Claim", **utf_16("مورك"), "event": "no.code"},
        "Claim no.code",
        "'no.code' is no code",
    ),
    ({"%TYPE": "webanno.custom.Claim", **utf_16("مورك")}, "Claim", "its event is not said"),
    ({"%TYPE": "webanno.custom.Place", "begin": 0, "end": 1}, "Place", "cuts a character in two"),
    ({"%TYPE": "webanno.custom.Place", "begin": 5, "end": 99}, "Place", "no stretch of the text"),
    ({"%TYPE": "webanno.custom.Place", **utf_16("مورك")}, "9 place", "it stands in no claim"),
    (
        {"%TYPE": "webanno.custom.Role", "@Governor": 4, "@Dependent": 3, "label": "hero"},
        "hero",
        "there is no such role",
    ),
]


@pytest.mark.parametrize(
    ("row", "what", "reason"), FAULTS, ids=[f"{what}: {reason}" for _, what, reason in FAULTS]
)
def test_a_fault_is_told_and_the_rest_is_read(tmp_path, row, what, reason):
    (found,) = read_inception(write(tmp_path / "a1.json", {"%ID": 9, "@sofa": 1, **row}), Wanted())
    (refused,) = found.refused
    assert (refused.where, refused.what) == ("structure 9", what)
    assert reason in refused.reason
    assert len(found.article["claims"]) == 1


def test_layers_of_others_are_mapped_by_name_and_by_value_and_relations_are_lines(tmp_path):
    mapping = tmp_path / "labels.yml"
    mapping.write_text(
        "labels:\n  NamedEntity=LOC: place\n  NamedEntity=PER: ignore\n  Fighter: actor\nroles:\n  did: agent\n  at: place\n",
        encoding="utf-8",
    )
    more = [
        {"%ID": 11, "%TYPE": NER, "@sofa": 1, **utf_16("مورك"), "value": "LOC"},
        {"%ID": 12, "%TYPE": NER, "@sofa": 1, **utf_16("الجيش"), "value": "PER"},
        {"%ID": 13, "%TYPE": NER, "@sofa": 1, **utf_16("الجيش"), "value": "ORG"},
        {"%ID": 14, "%TYPE": "webanno.custom.Fighter", "@sofa": 1, **utf_16("الجيش")},
        {
            "%ID": 15,
            "%TYPE": "webanno.custom.Role",
            "@sofa": 1,
            **utf_16("الجيش"),
            "@Governor": 4,
            "@Dependent": 14,
            "label": "did",
        },
        {
            "%ID": 16,
            "%TYPE": "webanno.custom.Role",
            "@sofa": 1,
            **utf_16("مورك"),
            "@Governor": 4,
            "@Dependent": 11,
            "label": "at",
        },
    ]
    (found,) = read_inception(write(tmp_path / "a1.json", *more), Wanted(terms=read_terms(mapping)))
    assert found.refused == []
    (claim,) = found.article["claims"]
    assert [(one["role"], one["text"]) for one in claim["actors"]] == [("agent", "الجيش")]
    assert claim["place"]["text"] == "مورك"


def test_a_project_has_the_files_of_each_annotator(tmp_path):
    for name in ("INITIAL_CAS", "reem", "adam"):
        write(tmp_path / "annotation" / "a1.txt" / f"{name}.json")
    (tmp_path / "exportedproject.json").write_text("{}", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"a1\.txt has several files \(adam, reem\): say whose with --annotator"
    ):
        list(read_inception(tmp_path, Wanted()))
    packed = tmp_path / "project.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(tmp_path.rglob("*.json")):
            archive.write(file, file.relative_to(tmp_path))
    for path in (tmp_path, packed):
        (found,) = read_inception(path, Wanted(annotator="reem"))
        assert found.article["id"] == "a1.txt"
        assert len(found.article["claims"]) == 1
    with pytest.raises(InputError, match="by 'nobody'"):
        list(read_inception(packed, Wanted(annotator="nobody")))


NO_CAS = [
    ("{", "no CAS"),
    ("[]", "no CAS"),
    ('{"a": 1}', "no CAS"),
    ('{"%FEATURE_STRUCTURES": []}', "holds no text"),
]


@pytest.mark.parametrize(("text", "reason"), NO_CAS)
def test_what_is_no_cas_is_told(tmp_path, text, reason):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (found,) = read_inception(tmp_path / "a.json", Wanted())
    assert isinstance(found, Refused)
    assert reason in found.reason


def test_what_a_library_for_uima_writes_is_read(tmp_path):
    types = cassis.TypeSystem()
    claim = types.create_type("webanno.custom.Claim", "uima.tcas.Annotation")
    types.create_feature(claim, "event", "uima.cas.String")
    types.create_feature(claim, "note", "uima.cas.String")
    cas = cassis.Cas(types)
    cas.sofa_string = TEXT
    start = TEXT.index("انسحب")
    note = "modality=planned"
    cas.add(claim(begin=start, end=start + 5, event="territory.withdrawal", note=note))
    cas.add(claim(begin=start, end=start + 5, event="say.threat", note="متى؟"))
    cas.to_json(tmp_path / "a1.json")
    (found,) = read_inception(tmp_path, Wanted())
    assert found.refused == []
    assert [(one["event"], one["modality"], one["evidence"]) for one in found.article["claims"]] == [
        ("territory.withdrawal", "planned", [{"start": start, "end": start + 5}]),
        ("say.threat", "actual", [{"start": start, "end": start + 5}]),
    ]
    assert [one["text"] for one in found.article["notes"]] == ["متى؟"]


def test_xmi_that_is_broken_is_told_and_entities_stay_unread(tmp_path):
    (tmp_path / "a.xmi").write_text("<xmi", encoding="utf-8")
    secret = tmp_path / "secret"
    secret.write_text("سر", encoding="utf-8")
    sofa = '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="نص"/>'
    spaces = 'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    (tmp_path / "b.xmi").write_text(f"{entity}<xmi:XMI {spaces}>{sofa}&s;</xmi:XMI>", encoding="utf-8")
    broken, read = read_inception(tmp_path, Wanted())
    assert "no XMI" in broken.reason
    assert "سر" not in json.dumps(read.article, ensure_ascii=False)
