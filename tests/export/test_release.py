"""A release is read by those who will: as an RO-Crate, as a data package, by sha256sum; and says whose it is and what it is not."""

import csv
import hashlib
import json

import frictionless
import pytest
import yaml
from rocrate.rocrate import ROCrate

from export.records import SAID, everything, making
from marsad.export.columns import TABLES
from marsad.export.release import Release


@pytest.fixture
def make(tmp_path):
    def made(name="release", **changes):
        folder = tmp_path / name
        folder.mkdir()
        release = Release(folder, making(**changes))
        for record in everything():
            release.feed(record)
        release.finish()
        return folder

    return made


def text(folder, name):
    return (folder / name).read_text(encoding="utf-8")


def test_repositories_read_it_as_a_crate(make):
    folder = make(license="CC-BY-4.0", creators=("Example Desk", "مكتب التوثيق"), title="A winter")
    crate = ROCrate(folder)
    root = crate.root_dataset
    assert (root["name"], root["datePublished"][:10]) == ("A winter", "2026-03-04")
    assert [author["name"] for author in root["author"]] == ["Example Desk", "مكتب التوثيق"]
    assert root["license"]["name"] == "CC-BY-4.0"
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert {one.id for one in crate.data_entities} == there - {
        "ro-crate-metadata.json",
        "manifest-sha256.txt",
    }
    for one in crate.data_entities:
        raw = (folder / one.id).read_bytes()
        assert (one["sha256"], one["contentSize"]) == (hashlib.sha256(raw).hexdigest(), str(len(raw)))


def test_programs_read_it_as_a_data_package_with_all_its_types(make):
    folder = make()
    frictionless.system.trusted = True
    package = frictionless.Package(str(folder / "datapackage.json"))
    assert {one.name for one in package.resources} == {*TABLES, "articles"}
    for resource in package.resources:
        report = frictionless.validate(resource)
        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    claims = package.get_resource("claims")
    assert {field.name: field.description for field in claims.schema.fields} == {
        column.name: column.means for column in TABLES["claims"]
    }


def test_every_file_is_in_the_manifest_with_its_digest(make):
    folder = make(with_text=True)
    lines = dict(reversed(line.split("  ")) for line in text(folder, "manifest-sha256.txt").splitlines())
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert set(lines) == there - {"manifest-sha256.txt"}
    assert all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in lines.items()
    )


def test_texts_come_only_when_they_are_asked_for(make):
    without, with_text = make("without"), make("with", with_text=True)
    assert not (without / "data" / "articles.jsonl").exists()
    [article] = map(json.loads, text(with_text, "data/articles.jsonl").splitlines())
    assert article["text"] == SAID and len(article["claims"]) == 5
    with (without / "data" / "articles.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["characters"], row["claims"]) == (str(len(SAID)), "5") and "text" not in row
    assert "are not in it" in text(without, "README.md") and "persons are in it" in text(
        with_text, "README.md"
    )


def test_without_a_licence_it_says_so_and_names_none(make):
    folder = make()
    assert "No licence has been given" in text(folder, "LICENSE.txt")
    assert json.loads(text(folder, "datapackage.json"))["licenses"] == []
    assert "license" not in yaml.safe_load(text(folder, "CITATION.cff"))


def test_the_citation_holds_whatever_a_title_holds(make):
    title = 'حلب: "يوم" #1\n- x'
    cited = yaml.safe_load(text(make(title=title, license="CC0-1.0", creators=("a: b",)), "CITATION.cff"))
    assert (cited["title"], cited["authors"], cited["license"]) == (title, [{"name": "a: b"}], "CC0-1.0")
    assert str(cited["date-released"]) == cited["version"] == "2026-03-04"


def test_the_readme_counts_what_is_there_and_says_that_it_is_reported(make):
    said = text(make(filters=(("status", "disputed"),)), "README.md")
    assert "3 spells" in said and "6 incidents" in said and "5 claims" in said and "1 articles" in said
    assert "status=disputed" in said and "reported, not established" in said
