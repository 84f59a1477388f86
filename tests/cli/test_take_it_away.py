"""The how-to about exports keeps its word: each of its commands runs as it stands, and none of the formats is forgotten."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from marsad.cli.export import OURS
from marsad.export import FORMATS
from marsad.run.project import make_project
from marsad.store import put_articles
from stored import OTHER, stored

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/how-to/take-it-away.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [
    shlex.split(line)[1:]
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
    for line in block.splitlines()
]
EXPORTS = [line for line in LINES if line[0] == "export" and line[1] != "all"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project that is copied for each command."""
    project = make_project(tmp_path_factory.mktemp("made") / "desk", "")
    store = project.open()
    with store.database.writing() as connection:
        put_articles(connection, [stored("a1"), stored("a2", OTHER)], None)
    store.close()
    return project.folder


@pytest.fixture
def desk(made, tmp_path, data, monkeypatch):
    """The copy; commands run in its folder."""
    shutil.copytree(made, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


@pytest.mark.parametrize("line", EXPORTS, ids=" ".join)
def test_each_command_writes_its_file(program, desk, line):
    done = program(*line)
    assert done.code == 0, done.said
    assert (desk / line[line.index("-o") + 1]).is_file()


def test_what_is_taken_away_comes_back(program, desk):
    program("store", "reconcile")
    program("init", desk.parent / "copy")
    for line in (line for line in LINES if "project.jsonl" in line):
        assert program(*line).code == 0
    program("export", "project", "--project", desk.parent / "copy", "-o", "again.jsonl")
    lines = [json.loads(line) for line in (desk / "again.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) > 1
    assert (desk / "again.jsonl").read_bytes() == (desk / "project.jsonl").read_bytes()


@pytest.mark.parametrize("name", [*FORMATS, *OURS])
def test_no_format_is_forgotten(name):
    assert name in [line[1] for line in LINES if line[0] == "export"]
    assert name == "all" or f"`{name}`" in PAGE


@pytest.mark.parametrize("name", FORMATS)
def test_the_front_page_names_every_format(name):
    assert f"`{name}`" in README
