"""``marsad init``, and how the other commands find a project."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from marsad.store import Database

COMMANDS = [("ingest", "article.txt"), ("watch", "--once"), ("store", "info")]


def test_init_makes_a_project_and_says_what_is_next(program, tmp_path):
    done = program("init", tmp_path / "desk")
    assert (done.code, done.out) == (0, [])
    assert f"A project is in {tmp_path / 'desk'}: marsad.toml, the store (marsad.db), archive/" in done.said
    assert done.said[-1].startswith(f"Next: marsad ingest --project {tmp_path / 'desk'}")
    assert program("store", "check", "--project", tmp_path / "desk").code == 0


def test_init_twice_is_refused_and_changes_nothing(program, tmp_path):
    program("init", tmp_path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()}
    done = program("init", tmp_path)
    assert (done.code, done.said) == (1, [f"marsad: {tmp_path} is a project already: it has marsad.toml"])
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()} == before


def test_init_in_a_file_is_wrong_usage(program, tmp_path):
    (tmp_path / "file").write_text("")
    assert program("init", tmp_path / "file").code == 2


@pytest.mark.parametrize(
    ("url", "said"), [("mysql://a@b/c", "a store is sqlite:///FILE or postgresql"), ("marsad", "is no URL")]
)
def test_init_with_a_store_that_there_is_not_leaves_no_project(program, tmp_path, url, said):
    done = program("init", tmp_path / "desk", "--store", url)
    assert done.code == 1
    assert said in done.said[0]
    assert not (tmp_path / "desk" / "marsad.toml").exists()


def test_init_on_a_server_writes_the_url_and_works(program, tmp_path, postgres):
    done = program("init", tmp_path, "--store", postgres)
    assert done.code == 0
    assert "the store (on the server)" in done.said[0]
    assert (
        program("store", "info", "--project", tmp_path, "--format", "jsonl").rows[0]["rows"]["articles"] == 0
    )
    assert not (tmp_path / "marsad.db").exists()


def test_a_project_is_found_upward_from_where_one_is(program, tmp_path, monkeypatch):
    program("init", tmp_path)
    (tmp_path / "pages").mkdir()
    monkeypatch.chdir(tmp_path / "pages")
    done = program("store", "info")
    assert done.code == 0
    assert str(tmp_path) in done.out[0]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_a_project_each_command_says_what_makes_one(program, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text("نص")
    done = program(*command)
    assert (done.code, done.out) == (1, [])
    assert done.said == [f"marsad: {tmp_path} is in no project: `marsad init` makes one, --project names one"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_bad_setting_is_named_with_its_file(program, tmp_path, command):
    program("init", tmp_path)
    (tmp_path / "marsad.toml").write_text("[watch]\nevery = 'soon'\n")
    (tmp_path / "article.txt").write_text("نص")
    done = program(
        *(str(tmp_path / one) if one.endswith(".txt") else one for one in command), "--project", tmp_path
    )
    assert (done.code, done.said) == (
        1,
        [f"marsad: {tmp_path / 'marsad.toml'}: 'soon' is no time span such as 30m, 1h or 1d"],
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_store_of_a_newer_version_is_left_alone(program, tmp_path, command):
    program("init", tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'marsad.db'}")
    with database.writing() as connection:
        connection.execute(text("INSERT INTO migrations (id, applied) VALUES ('m9999_later', '2031-01-01')"))
    database.close()
    (tmp_path / "article.txt").write_text("نص")
    done = program(
        *(str(tmp_path / one) if one.endswith(".txt") else one for one in command), "--project", tmp_path
    )
    assert done.code == 1
    assert "newer version of Marsad (it has m9999_later" in done.said[-1]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_store_that_is_no_database_is_said_to_be_damaged(program, tmp_path, command):
    program("init", tmp_path)
    for one in tmp_path.glob("marsad.db*"):
        one.unlink()
    (tmp_path / "marsad.db").write_bytes(b"no database" * 1000)
    (tmp_path / "article.txt").write_text("نص")
    done = program(
        *(str(tmp_path / one) if one.endswith(".txt") else one for one in command), "--project", tmp_path
    )
    assert done.code == 5
    assert f"{tmp_path / 'marsad.db'} is damaged: file is not a database" in done.said[-1]


def test_init_as_a_program_prints_nothing_on_standard_output(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "marsad.cli.main", "init", str(tmp_path / "x")],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"")
