"""``marsad agreement``: of a project and of two annotated files."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
from marsad.run.project import load_project
from reviewed import Desk

TEXT = "قصف جيش الوادي قرية السنديان أمس."
SPAN = {"start": 0, "end": 14}
FILE_FIELDS = [
    "found",
    "event",
    "polarity",
    "modality",
    "source",
    "stance",
    "place",
    "first_day",
    "killed",
    "evidence",
]


@pytest.fixture
def desk(program, tmp_path):
    """A project in which ana and ben coded two claims, and differ about one."""
    folder = tmp_path / "desk"
    program("init", folder)
    store = load_project(folder).open()
    made = Desk(store)
    made.twice()
    one, other = made.claims("a")[:2]
    for claim, second in ((one, {}), (other, {"decision": "edit", "edit": {"polarity": "negated"}})):
        made.decide("ana", claim)
        made.decide("ben", claim, part="second", **second)
    store.close()
    return folder, other


@pytest.fixture
def agreement(program, desk):
    return lambda *options: program("agreement", "--project", desk[0], *options)


def test_a_project_gives_every_field_or_says_why_it_is_unknown(agreement, desk):
    done = agreement("--format", "json")
    [row] = done.rows
    assert (done.code, list(row), row["claims"]) == (0, ["claims", "fields"], 2)
    fields = {one["field"]: one for one in row["fields"]}
    # Two units, one apart: D = 2, and E over three affirmed and one negated is 16 - 10.
    assert fields["polarity"] | {"low": None, "high": None} == {
        "field": "polarity", "level": "nominal", "alpha": 0.0, "low": None, "high": None, "units": 2, "coders": 2, "differing": [desk[1]],
        "why": None,
    }  # fmt: skip
    assert (fields["modality"]["alpha"], fields["modality"]["why"]) == (
        None, "all values are the same, so agreement cannot be told from chance",
    )  # fmt: skip
    table = agreement().out
    assert table[0] == "2 claims, 2 of which both coders have"
    [line] = [line for line in table if line.startswith("modality")]
    assert line.split()[1:5] == ["unknown", "2", "0", "2"]


def test_one_field_and_who_said_what(agreement):
    lines = agreement("--field", "polarity", "--confusions").out
    assert [line.split() for line in lines[-2:]] == [
        ["affirmed", "affirmed", "1"],
        ["affirmed", "negated", "1"],
    ]
    [row] = agreement("--field", "polarity", "--confusions", "--format", "json").rows
    assert [one["field"] for one in row["fields"]] == ["polarity"]
    assert [(one["coder"], one["other"], len(one["claims"])) for one in row["confusions"]] == [
        ("ana", "ben", 1)
    ] * 2


def test_differences_of_a_project_have_the_words_of_the_version_that_was_coded(agreement, desk):
    rows = agreement("--differences", "-").rows
    one = next(row for row in rows if row["field"] == "polarity")
    assert (one["claim"], one["value"], one["other_value"]) == (desk[1], "affirmed", "negated")
    assert one["text"]
    assert len(one["text"]) == one["end"] - one["start"]


def test_where_nothing_was_coded_twice_all_is_unknown(program, tmp_path):
    program("init", tmp_path / "new")
    [row] = program("agreement", "--project", tmp_path / "new", "--format", "json").rows
    assert {(one["alpha"], one["why"]) for one in row["fields"]} == {
        (None, "no claim that two coded has a value here")
    }


@pytest.fixture
def files(tmp_path):
    claim = {"event": "strike.shelling", "evidence": [SPAN]}
    rows = {"ana": {"id": "a", "text": TEXT, "claims": [claim]}}
    rows["ben"] = {**rows["ana"], "claims": [{**claim, "event": "strike.air"}]}
    for name, row in rows.items():
        text = json.dumps(row, ensure_ascii=False) + "\n" + json.dumps({**row, "id": f"only {name}"}) + "\n"
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path / "ana.jsonl", tmp_path / "ben.jsonl"


def test_two_files_are_two_coders(program, files):
    done = program("agreement", "--format", "json", *files)
    [row] = done.rows
    assert [one["field"] for one in row["fields"]] == FILE_FIELDS
    assert (row["fields"][0]["alpha"], row["fields"][1]["differing"]) == (1.0, ["a#0"])
    assert done.said == [
        f"marsad: 1 articles are in {files[0]} only, and count nowhere: only ana",
        f"marsad: 1 articles are in {files[1]} only, and count nowhere: only ben",
    ]
    [told] = program("agreement", "--differences", "-", *files).rows
    assert (told["coder"], told["value"], told["other"], told["other_value"]) == (
        "ana.jsonl", "strike.shelling", "ben.jsonl", "strike.air",
    )  # fmt: skip
    assert told["text"] == TEXT[:14]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--field", "decision"], 1, "field='decision' is none of found, event"),
        (["--field", "killed", "--confusions"], 1, "there are no confusions of killed"),
        (["--field", "colour"], 2, "colour"),
        (["--project", "."], 2, "--project and two files"),
    ],
)
def test_what_cannot_be_asked_of_two_files_is_said(program, files, options, code, said):
    done = program("agreement", *options, *files)
    assert (done.code, said in " ".join(done.said)) == (code, True)


def test_one_file_is_not_enough(program, files):
    assert program("agreement", files[0]).code == 2
