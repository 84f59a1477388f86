"""``marsad archive``: what its commands print, what they refuse, and their exit codes."""

import csv
import json
import shlex

import pytest

from small_archive import begun_archive, small_archive


@pytest.fixture
def out(tmp_path):
    """The folder of a small archive that is finished."""
    return small_archive(tmp_path / "out").root


def test_a_query_gives_json_lines_and_csv_without_formulas(program, out):
    sql = "SELECT id, outlet, title, copy_of FROM articles ORDER BY id"
    assert program("archive", "sql", out, sql).rows == [
        {"id": "a1", "outlet": "بريد العاصي", "title": "=قصف", "copy_of": None},
        {"id": "a2", "outlet": "صوت النهر", "title": "", "copy_of": "a1"},
    ]
    lines = program("archive", "sql", out, sql, "--format", "csv").out
    assert list(csv.reader(lines))[:2] == [
        ["id", "outlet", "title", "copy_of"],
        ["a1", "بريد العاصي", "'=قصف", ""],
    ]


def test_json_lines_are_json_whatever_the_numbers_and_the_names(program, out):
    sql = "SELECT 1 AS n, 2 AS n, 'nan'::DOUBLE AS x, ['inf'::DOUBLE, 1] AS y"
    assert program("archive", "sql", out, sql, "--format", "jsonl").rows == [{"n": 1, "n_1": 2, "x": None, "y": [None, 1.0]}]  # fmt: skip


def test_a_table_of_a_query_lines_up_and_says_what_it_leaves_out(program, out):
    done = program("archive", "sql", out, "SELECT range AS n, 'x' AS x FROM range(203)", "--format", "table")
    assert done.out[:3] == ["n    x", "---  -", "0    x"]
    assert (len(done.out), done.said) == (202, ["marsad: 3 more rows; --format jsonl or csv gives all"])


def test_without_a_query_the_tables_are_listed(program, out):
    rows = {row["table"]: row for row in program("archive", "sql", out).rows}
    assert rows["articles"]["rows"] == 2
    assert rows["spells"]["columns"]["first_day"] == "VARCHAR"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELEC 1", 'marsad: SQL: Parser Error: syntax error at or near "SELEC" (in: SELEC 1)'),
        ("DROP TABLE claims", "marsad: an archive is asked with one SELECT; it is not changed by SQL"),
    ],
)
def test_what_is_no_query_is_refused_in_one_line(program, out, sql, said):
    done = program("archive", "sql", out, sql)
    assert (done.code, done.said) == (1, [said])


def test_rows_from_before_a_run_that_has_not_finished_are_given_as_such(program, tmp_path):
    root = small_archive(tmp_path / "out").root
    begun_archive(root)
    done = program("archive", "sql", root, "SELECT count(*) AS n FROM claims")
    assert done.rows == [{"n": 2}]
    assert done.said == ["marsad: a run after this archive's last one has not finished: these are the rows from before it"]  # fmt: skip


def test_status_says_how_far_each_stage_is(program, tmp_path):
    begun_archive(tmp_path / "out", records=1)
    lines = program("archive", "status", "news.jsonl", tmp_path / "out").out
    assert "state             running" in lines
    (read,) = [line for line in lines if line.startswith("read ")]
    assert "1 of 2  5 pieces, 2 articles, 2 claims, " in read
    assert "articles a second, 10 s left" in read or "11 s left" in read
    assert lines[-1] == "set aside         1 articles: empty 1"
    found = json.loads(program("archive", "status", tmp_path / "out", "--format", "json").out[0])
    assert found["stages"][1]["done"] == 1


def test_failures_name_place_and_reason(program, out):
    done = program("archive", "failures", out)
    assert [row["article"]["place"] for row in done.rows] == ["news.jsonl:3"]
    done = program("archive", "failures", out, "--format", "table")
    assert done.out == ["empty           news.jsonl:3: there is no text"]
    assert done.said == ["marsad: 1 articles set aside"]
    assert program("archive", "failures", out, "--reason", "crashed").out == []


def test_a_report_tells_what_is_in_it_and_what_it_took(program, out):
    lines = program("archive", "report", out).out
    assert "left out          off_topic 2" in lines
    assert "copies            1 articles (50.0%) in 1 families; of 1 it is told of what" in lines
    assert any(line.split()[:4] == ["read", "1", "0.5", "100.00"] for line in lines)


@pytest.mark.parametrize("command", ["status", "failures", "report", "sql", "resume"])
def test_where_there_is_no_archive_that_is_said(program, tmp_path, command):
    done = program("archive", command, tmp_path)
    assert done.code == 1
    assert done.said[0].startswith(f"marsad: {tmp_path}: no archive was begun here")


def test_a_query_on_a_damaged_archive_ends_with_5(program, out):
    next(out.glob("claims/*.parquet")).unlink()
    assert program("archive", "sql", out, "SELECT 1").code == 5


def test_the_queries_of_the_page_run(program, project, out):
    page = (project / "docs/how-to/read-an-archive.md").read_text(encoding="utf-8")
    lines = [
        line for line in page.splitlines() if line.startswith(("marsad archive sql", "marsad archive report"))
    ]
    assert len(lines) > 4
    for line in lines:
        arguments = [str(out) if word == "out" else word for word in shlex.split(line)[1:]]
        assert program(*arguments).code == 0, line
