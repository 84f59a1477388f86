"""``marsad export FORMAT``: where it goes, what it says, what it refuses."""

import csv
import io
import json
import subprocess
import sys

import pytest

from marsad.export import ALIASES, FORMATS
from marsad.run.project import load_project
from marsad.store.sensitive import hold_back
from reviewed import Desk
from web.desks import make_desk

TEXT = "أعلن الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة أمس. وقال المرصد السوري إن خمسة مدنيين قتلوا في قصف على إدلب."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A project with one article, for tests that only read it."""
    here = tmp_path_factory.mktemp("desk")
    row = {"id": "a", "text": TEXT, "published": "2024-12-06", "outlet": "وكالة النهر", "title": "حماة"}
    (here / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    return make_desk(here / "desk", here / "a.jsonl")


def test_a_table_goes_to_standard_output_and_the_counts_to_standard_error(program, folder):
    done = program("export", "csv", "--of", "claims", "--project", folder)
    rows = list(csv.DictReader(io.StringIO("\n".join(done.out))))
    assert done.code == 0 and len(rows) == 3 and {row["review"] for row in rows} == {"machine"}
    assert all(row["quote"] == TEXT[int(row["quote_start"]) : int(row["quote_end"])] for row in rows)
    [said] = done.said
    assert said.startswith("marsad: csv: 1 articles, 3 claims; ")


def test_a_file_is_named_in_what_is_said(program, folder, tmp_path):
    done = program("export", "geojson", "--project", folder, "-o", tmp_path / "points.geojson")
    assert (done.code, done.out) == (0, [])
    assert done.said[0].startswith("marsad: points.geojson: ")
    assert (
        json.loads((tmp_path / "points.geojson").read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    )


@pytest.mark.parametrize("bom", [False, True])
def test_a_byte_order_mark_comes_only_when_it_is_asked_for(program, folder, tmp_path, bom):
    program("export", "csv", "--project", folder, "-o", tmp_path / "x.csv", *(["--bom"] if bom else []))
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf") == bom


def test_binary_formats_are_piped_whole(folder, data):
    command = [sys.executable, "-m", "marsad", "export", "gpkg", "--project", str(folder)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.startswith(b"SQLite format 3\x00")


def test_a_reader_who_has_had_enough_ends_it_quietly(folder, data):
    command = f"{sys.executable} -m marsad export jsonl --project {folder} | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stdout[:1]) == (0, b"{") and b"Traceback" not in done.stderr


def test_every_format_at_once_is_a_folder_of_files(program, folder, tmp_path):
    done = program("export", "all", "--project", folder, "-o", tmp_path / "out", "--jobs", 1)
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert done.code == 0 and len(names) == len(done.said) == sum(
        len(one.of) or 1 for one in FORMATS.values()
    )
    assert {"csv-claims.csv", "site.zip", "acled.csv", "parquet-incidents.parquet"} <= names


@pytest.mark.parametrize("alias", ALIASES)
def test_formats_answer_to_their_other_names(program, folder, tmp_path, alias):
    done = program("export", alias, "--project", folder, "-o", tmp_path / "out.zip")
    assert done.code == 0 and (tmp_path / "out.zip").stat().st_size > 0


def test_filters_and_days_narrow(program, folder):
    def killed(*more):
        done = program("export", "jsonl", "--of", "incidents", "--project", folder, *more)
        return [row["events"][0] for row in done.rows]

    everything = killed()
    assert 0 < len(killed("--filter", "killed=5")) < len(everything)
    assert killed("--until", "2024-12-01") == [] and killed("--since", "2024-12-01") == everything
    assert killed("--filter", "event=harm", "--filter", "killed=4") == ["harm.killed"]
    assert killed("--filter", "event=talks") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["csv", "--filter", "colour=red"], "--filter colour=red: there is no such filter"),
        (["csv", "--filter", "status"], "--filter status has no value: write it as status=VALUE"),
        (["csv", "--filter", "status=red"], "status=red is none of"),
        (["csv", "--since", "yesterday"], "since=yesterday is no day"),
        (["changes", "--since", "yesterday"], "'yesterday' is neither a day"),
        (["csv", "--of", "spells"], "made of incidents, claims, control"),
        (["all"], "needs a folder"),
        (["csv", "-o", "/no/such/folder/x.csv"], "there is no folder /no/such/folder"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(program, folder, arguments, said):
    done = program("export", *arguments, "--project", folder)
    assert (done.code, done.out) == (1, []) and len(done.said) == 1
    assert said in done.said[0]


def test_a_format_that_there_is_not_is_wrong_usage(program, folder):
    assert program("export", "spss", "--project", folder).code == 2


def test_what_is_held_back_is_counted_and_comes_when_asked_for(program, tmp_path):
    program("init", tmp_path / "desk")
    store = load_project(tmp_path / "desk").open()
    Desk(store)  # which puts two articles into it
    with store.database.writing() as connection:
        hold_back(connection, "article", "a", "ana", "names a witness")
    store.close()
    done = program("export", "jsonl", "--project", tmp_path / "desk")
    assert [row["id"] for row in done.rows] == ["b"] and "left out: 1 articles held back" in done.said[0]
    done = program("export", "jsonl", "--sensitive", "--project", tmp_path / "desk")
    assert [row["id"] for row in done.rows] == ["a", "b"] and "left out" not in done.said[0]


def test_the_lossless_form_goes_into_another_project_with_the_same_ids(program, folder, tmp_path):
    program("export", "project", "--project", folder, "-o", tmp_path / "whole.jsonl")
    program("init", tmp_path / "other")
    assert program("import", "jsonl", "--project", tmp_path / "other", tmp_path / "whole.jsonl").code == 0
    for of in ("articles", "control"):
        here, there = (
            program("export", "jsonl", "--of", of, "--project", one).out
            for one in (folder, tmp_path / "other")
        )
        assert here == there
    ids = [
        [row["id"] for row in program("export", "jsonl", "--of", "incidents", "--project", one).rows]
        for one in (folder, tmp_path / "other")
    ]
    assert ids[0] == ids[1] != []


def test_the_help_lists_every_format(program):
    done = program("export", "--help")
    assert all(
        any(line.strip().startswith(name) for line in done.out)
        for name in (*FORMATS, "gold", "project", "all")
    )
