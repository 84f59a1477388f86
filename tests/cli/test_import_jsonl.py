"""``marsad import jsonl`` as a command: what it says, its exit codes, and that what it makes is sound."""

import pytest

from marsad.run.lossless import lossless_lines
from marsad.run.project import make_project
from marsad.store import put_articles
from stored import OTHER, TEXT, stored


@pytest.fixture
def file(data, tmp_path):
    """The lossless lines of a project with two articles."""
    store = make_project(tmp_path / "desk", "").open()
    with store.database.writing() as connection:
        put_articles(connection, [stored("a1", TEXT), stored("a2", OTHER)], None)
    with store.database.reading() as connection:
        lines = b"".join(lossless_lines(connection))
    store.close()
    made = tmp_path / "out.jsonl"
    made.write_bytes(lines)
    return made


@pytest.fixture
def copy(tmp_path):
    """The folder of an empty project."""
    return make_project(tmp_path / "copy", "").folder


def test_an_import_is_told_reconciled_and_noted(program, file, copy):
    done = program("import", "jsonl", file, "--project", copy)
    assert (done.code, done.out) == (0, [])
    assert done.said[-1].startswith("marsad: 2 articles (2 new); ")
    assert any("articles reconciled" in line for line in done.said)
    assert program("store", "check", "--project", copy).code == 0
    again = program("import", "jsonl", file, "--project", copy)
    assert (again.code, again.said) == (0, ["marsad: 2 articles (2 unchanged); 0 claims"])


def test_a_line_that_cannot_be_used_is_named_with_its_reason(program, file, copy):
    file.write_bytes(file.read_bytes() + b"{}\n")
    done = program("import", "jsonl", file, "--project", copy)
    assert done.code == 3
    assert done.said[0] == f"marsad: {file}:3: set aside: field 'claims' is not a list; the lines of `marsad read --format jsonl` have it [no_claims]"  # fmt: skip
    assert done.said[-1].endswith("; lines set aside: 1")


def test_where_no_line_can_be_used_the_import_failed(program, tmp_path, copy):
    other = tmp_path / "other.jsonl"
    other.write_text("{}\n", encoding="utf-8")
    assert program("import", "jsonl", other, "--project", copy).code == 1


def test_what_marsad_read_writes_can_be_taken_in(program, tmp_path, copy):
    article = tmp_path / "news.txt"
    article.write_text(TEXT, encoding="utf-8")
    lines = program("read", article, "--format", "jsonl", "--published", "2024-12-06").out
    file = tmp_path / "read.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert program("import", "jsonl", file, "--project", copy).code == 0
    assert program("store", "check", "--project", copy).code == 0
