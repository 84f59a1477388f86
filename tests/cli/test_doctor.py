"""`marsad doctor` says what is wrong, and what mends it."""

import sqlite3

import pytest


@pytest.fixture
def desk(program, tmp_path):
    """A project with one article."""
    folder = tmp_path / "desk"
    program("init", folder)
    (tmp_path / "a.txt").write_text(
        "أعلن الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة أمس.", encoding="utf-8"
    )
    assert program("ingest", "--project", folder, tmp_path / "a.txt").code == 0
    return folder


def findings(done):
    return {row["about"]: row for row in done.rows}


def test_a_sound_project_has_nothing_wrong(program, desk):
    done = program("doctor", "--project", desk, "--format", "jsonl")
    assert done.code == 0
    found = findings(done)
    assert found["store"]["severity"] == "well"
    assert {row["severity"] for row in found.values()} <= {"well", "advice"}


def test_without_a_project_the_machine_is_looked_at(program, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = program("doctor", "--format", "jsonl")
    assert (done.code, findings(done)["project"]["mend"]) == (0, "marsad init DIR")


WRONG = {
    "articles wait": ("UPDATE articles SET pending = 1", 0, "reconciling", "marsad store reconcile"),
    "another reader": ("UPDATE articles SET reader = 'marsad 0.0'", 0, "readers", "marsad store rebuild"),
    "an earlier schema": ("DELETE FROM migrations", 1, "schema", "marsad store migrate"),
    "a claim is gone": ("DELETE FROM claims", 5, "store", "backup"),
    "a run has not ended": ("UPDATE runs SET ended = NULL", 0, "runs", "the same command again"),
}


@pytest.mark.parametrize(("deed", "code", "about", "mend"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_what_mends_it(program, desk, deed, code, about, mend):
    with sqlite3.connect(desk / "marsad.db") as connection:
        connection.execute(deed)
    connection.close()
    done = program("doctor", "--project", desk, "--format", "jsonl")
    assert done.code == code
    assert findings(done)[about]["severity"] != "well"
    assert mend in findings(done)[about]["mend"]


def test_settings_that_cannot_be_used_are_named(program, desk):
    (desk / "marsad.toml").write_text("[watch]\nevery = 'often'\n", encoding="utf-8")
    done = program("doctor", "--project", desk)
    assert done.code == 1
    assert any("'often' is no time span" in line for line in done.out)


def test_a_database_that_is_none_is_damage(program, desk):
    for file in desk.glob("marsad.db*"):
        file.unlink()
    (desk / "marsad.db").write_bytes(b"no database at all, but words" * 300)
    assert program("doctor", "--project", desk).code == 5
    assert program("store", "check", "--project", desk).code == 5
