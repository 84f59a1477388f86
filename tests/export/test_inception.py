"""INCEpTION's files: as a reader of UIMA's format takes them, and back to the same claims."""

import json

import cassis
import pytest
from hypothesis import given, settings

from annotations import made
from marsad.annotations import Wanted, read_inception
from marsad.export.inception import Inception


def exported(folder, *records):
    folder.mkdir(parents=True, exist_ok=True)
    inception = Inception(folder, made.MAKING)
    for record in records:
        inception.feed(record)
    inception.finish()
    return folder


def in_uima(folder):
    (file,) = folder.glob("*.json")
    with file.open("rb") as stream:
        return cassis.load_cas_from_json(stream)


def test_example_is_as_a_reader_of_uima_takes_it_and_comes_back(tmp_path):
    title, text, claims = made.example()
    folder = exported(tmp_path / "out", made.record("a/1", title, text, claims))
    cas = in_uima(folder)
    assert cas.sofa_string == f"{title}\n{text}"
    found = cas.select("webanno.custom.Claim")
    assert [(one.event, one.get_covered_text()) for one in found] == [
        ("harm.killed", "🚀 قصف على مورك"),
        ("harm.killed", "ثلاثة\r\nمدنيين قُتلوا في مورك أمس"),
        ("strike.shelling", "ونفى الجيش القصف"),
    ]
    killed = found[1]
    assert [(link.role, link.target.get_covered_text()) for link in killed.parts.elements] == [
        ("source", "الوزارة"), ("patient", "ثلاثة\r\nمدنيين"), ("agent", "الجيش"), ("place", "مورك"), ("time", "أمس"),
        ("count", "ثلاثة\r\nمدنيين"), ("trigger", "قُتلوا"),
    ]  # fmt: skip
    (place,) = cas.select("webanno.custom.Place")
    assert (place.latitude, place.longitude, place.precision) == ("35.3726", "36.6869", "exact")
    (back,) = read_inception(folder, Wanted())
    assert back.refused == []
    assert made.claims_in(back.article) == claims
    assert (back.article["id"], back.article["outlet"], back.article["published"]) == (
        "a/1",
        "وكالة",
        "2031-03-18",
    )


def test_offsets_count_characters_beyond_the_basic_plane_twice(tmp_path):
    title, text, claims = made.example()
    folder = exported(tmp_path / "out", made.record("a/1", title, text, claims))
    (file,) = folder.glob("*.json")
    cas = json.loads(file.read_bytes())
    sofa = next(row["sofaString"] for row in cas["%FEATURE_STRUCTURES"] if "sofaString" in row)
    units = sofa.encode("utf-16-le")
    source = next(row for row in cas["%FEATURE_STRUCTURES"] if row["%TYPE"] == "webanno.custom.Source")
    assert units[2 * source["begin"] : 2 * source["end"]].decode("utf-16-le") == "الوزارة"
    assert source["begin"] == sofa.index("الوزارة") + 1


@settings(max_examples=50, deadline=None)
@given(made.articles())
def test_any_claims_come_back(tmp_path_factory, drawn):
    title, text, claims = drawn
    folder = exported(tmp_path_factory.mktemp("cas"), made.record("a/1", title, text, claims))
    cas = in_uima(folder)
    assert len(cas.select("webanno.custom.Claim")) == sum(len(claim.evidence) for claim in claims)
    (back,) = read_inception(folder, Wanted())
    assert back.refused == []
    assert (back.article["title"], back.article["text"]) == (title, text)
    assert made.claims_in(back.article) == claims


@pytest.mark.parametrize("form", ["json", "xmi"])
def test_what_another_program_writes_of_it_comes_back(tmp_path, form):
    """As after a way through INCEpTION: other numbers, another order, more types, another form."""
    title, text, claims = made.example()
    folder = exported(tmp_path / "out", made.record("a/1", title, text, claims))
    other = tmp_path / "other"
    other.mkdir()
    cas = in_uima(folder)
    if form == "json":
        cas.to_json(other / "a.json")
    else:
        cas.to_xmi(other / "a.xmi")
    (back,) = read_inception(other, Wanted())
    assert back.refused == []
    by_event = {claim.event: claim for claim in made.claims_in(back.article)}
    assert by_event == {claim.event: claim for claim in claims}


def test_layers_for_a_project_are_the_types_of_the_files(tmp_path):
    folder = exported(tmp_path / "out", made.record("a", "", "نص", []))
    with (folder / "typesystem.xml").open("rb") as stream:
        layers = cassis.load_typesystem(stream)
    inside = in_uima(folder).typesystem
    for layer in ("Claim", "Source", "Place", "Time", "Count", "Actor", "Cue", "Trigger", "Article"):
        name = f"webanno.custom.{layer}"
        one, other = (
            {feature.name: feature.rangeType.name for feature in types.get_type(name).features}
            for types in (layers, inside)
        )
        assert one == other
        assert one


def test_two_exports_are_equal(tmp_path):
    title, text, claims = made.example()
    one, other = (
        exported(tmp_path / name, made.record("a/1", title, text, claims)) for name in ("one", "other")
    )
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {
        p.name: p.read_bytes() for p in other.iterdir()
    }


def test_half_a_character_becomes_a_question_mark(tmp_path):
    folder = exported(tmp_path / "out", made.record("a1", "", "\ud83d نص", []))
    (back,) = read_inception(folder, Wanted())
    assert back.article["text"] == "? نص"
