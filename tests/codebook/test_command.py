"""``marsad codebook list`` and ``show``."""

import json

import pytest
from click.testing import CliRunner

from marsad.cli.codebook import codebook
from marsad.codebook import load_codebook


def run(*arguments):
    return CliRunner().invoke(codebook, arguments)


def test_list_prints_one_line_per_code():
    done = run("list")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert len(lines) == 41
    assert lines[0].startswith("territory.control ")
    assert lines[0].endswith("تغيّر السيطرة")


def test_list_of_a_family_as_json_lines():
    done = run("list", "--family", "strike", "--format", "jsonl")
    rows = [json.loads(line) for line in done.output.splitlines()]
    codes = ["strike.air", "strike.drone", "strike.shelling", "strike.intercept"]
    assert [row["code"] for row in rows] == codes
    assert rows[0]["plover"] == [{"event": "ASSAULT", "mode": "aerial"}]


def test_unknown_family_is_wrong_usage():
    done = run("list", "--family", "weather")
    assert done.exit_code == 2
    assert "territory" in done.output


def test_show_prints_the_whole_entry():
    done = run("show", "territory.control")
    assert done.exit_code == 0
    for words in ("تغيّر السيطرة", "gainer", "Government regains territory", "RETREAT/withdraw", "not this"):
        assert words in done.output


def test_show_as_json_has_examples_and_counter_examples():
    row = json.loads(run("show", "harm.killed", "--format", "jsonl").output)
    assert len(row["examples"]) >= 3
    assert {"text", "event"} == row["counter"][0].keys()


@pytest.mark.parametrize(
    ("typed", "hint"), [("harm.kiled", "harm.killed"), ("qqqqqq", "marsad codebook list")]
)
def test_unknown_code_is_wrong_usage_with_a_hint(typed, hint):
    done = run("show", typed)
    assert done.exit_code == 2
    assert hint in done.output


def test_settled_points_are_listed_and_are_data():
    points = load_codebook().settled
    lines = run("settled").output.splitlines()
    assert [line.split()[0] for line in lines] == [point.name for point in points]
    rows = [json.loads(line) for line in run("settled", "--format", "jsonl").output.splitlines()]
    assert [row["text"] for row in rows] == [point.text for point in points]
