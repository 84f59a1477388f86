"""``marsad store hold``, ``release`` and ``held``."""

import json

import pytest

from marsad.run.project import make_project
from marsad.store import put_articles
from stored import OTHER, TEXT, stored


@pytest.fixture
def desk(data, tmp_path):
    """The folder of a project with two articles."""
    project = make_project(tmp_path / "desk", "")
    store = project.open()
    with store.database.writing() as connection:
        put_articles(connection, [stored("a1", TEXT), stored("a2", OTHER)], None)
    store.close()
    return tmp_path / "desk"


def test_nothing_is_held_back_at_first(program, desk):
    done = program("store", "held", "--project", desk)
    assert (done.code, done.out) == (0, [])
    assert "nothing is held back" in done.said[0]


def test_articles_and_claims_are_held_back_listed_and_released(program, desk):
    claim = json.loads(stored("a1").claims[0]["data"])["id"]
    done = program("store", "hold", claim, "a2", "--because", "تحت الحظر\u202e", "--project", desk)
    assert (done.code, done.said) == (0, [f"marsad: held back from exports: {claim}, a2"])
    rows = program("store", "held", "--format", "jsonl", "--project", desk).rows
    assert [(row["kind"], row["id"], row["because"]) for row in rows] == [
        ("article", "a2", "تحت الحظر\u202e"), ("claim", claim, "تحت الحظر\u202e")
    ]  # fmt: skip
    [article, _] = program("store", "held", "--project", desk).out
    assert article.startswith("article  a2")
    assert "\u202e" not in article
    assert program("store", "release", "a2", "--because", "over", "--project", desk).code == 0
    assert [row["id"] for row in program("store", "held", "--format", "jsonl", "--project", desk).rows] == [claim]  # fmt: skip


def test_where_one_cannot_be_held_back_none_is(program, desk):
    done = program("store", "hold", "a1", "none", "--because", "why", "--project", desk)
    assert (done.code, done.said) == (1, ["marsad: there is no article and no claim 'none' in this project"])
    assert program("store", "held", "--project", desk).out == []


def test_a_reason_must_be_given(program, desk):
    assert program("store", "hold", "a1", "--project", desk).code == 2
