"""``marsad ingest`` of files: what is known is passed over, what changed is read anew, what cannot be read is said."""

import csv
import gzip
import io
import json
import sqlite3
import sys

import pytest
from sqlalchemy import text

from marsad.run.project import load_project
from marsad.store import faults
from outlet import FULL, LONGER, MORE, OTHER, TEXT, page, rss


@pytest.fixture
def desk(program, tmp_path):
    """A project's folder."""
    program("init", tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
def ingest(program, desk):
    """``marsad ingest`` into it."""
    return lambda *arguments: program("ingest", "--project", desk, *arguments)


def rows(desk, sql):
    """What the store holds; it must be sound."""
    store = load_project(desk).open()
    try:
        assert list(faults(store.database)) == []
        with store.database.reading() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]
    finally:
        store.close()


VERSIONS = "SELECT article, number FROM versions ORDER BY article, number"


def put(folder, name, content):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def lines(*records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def record(identity, body=TEXT, **also):
    return {"id": identity, "text": body, "published": "2024-12-06", "outlet": "وكالة النهر", **also}


def summary(done):
    return next(line for line in done.said if line.startswith("marsad: ") and " articles: " in line)


def test_a_file_is_taken_in_once(ingest, desk, tmp_path):
    file = put(tmp_path, "one.txt", TEXT)
    first = ingest(file)
    assert (first.code, first.out) == (0, [])
    assert summary(first).startswith("marsad: 1 articles: 1 new, 0 changed, 0 stored already; ")
    second = ingest(file)
    assert second.code == 0
    assert (
        summary(second) == "marsad: 1 articles: 0 new, 0 changed, 1 stored already; there was nothing to do"
    )
    assert [number for _, number in rows(desk, VERSIONS)] == [1]


def test_a_file_that_changed_is_a_new_version_and_its_claims_are_read_anew(ingest, desk, tmp_path):
    file = put(tmp_path, "one.txt", TEXT)
    ingest(file)
    old = set(rows(desk, "SELECT id FROM claims"))
    put(tmp_path, "one.txt", OTHER)
    done = ingest(file)
    assert summary(done).startswith("marsad: 1 articles: 0 new, 1 changed, 0 stored already")
    [(article, _), (same, number)] = rows(desk, VERSIONS)
    assert (article, number) == (same, 2)
    new = set(rows(desk, "SELECT id FROM claims"))
    assert old
    assert new
    assert old.isdisjoint(new)
    assert rows(desk, "SELECT count(*) FROM claims WHERE version = 2") == [(len(new),)]
    assert rows(desk, "SELECT count(*) FROM incident_claims") == [(len(new),)]
    put(tmp_path, "one.txt", TEXT)
    ingest(file)
    assert set(rows(desk, "SELECT id FROM claims")) == old
    assert len(rows(desk, VERSIONS)) == 3


def test_a_file_that_was_moved_is_known(ingest, desk, tmp_path):
    ingest(put(tmp_path, "in/one.txt", TEXT))
    done = ingest(put(tmp_path, "archive/one.txt", TEXT))
    assert "1 stored already; there was nothing to do" in summary(done)


def test_copies_are_stored_and_marked_as_copies(ingest, desk, tmp_path):
    body = f"{LONGER} {MORE} {TEXT} {OTHER}"
    ingest(
        put(
            tmp_path,
            "in.jsonl",
            lines(
                record("a", body),
                record("b", body),
                record("c", f"{body} نقلا عن الوكالة."),
                record("d", OTHER),
            ),
        )
    )
    assert rows(desk, "SELECT count(*) FROM articles") == [(4,)]
    found = dict(rows(desk, "SELECT id, family FROM articles"))
    assert found["a"] == found["b"] == found["c"] is not None
    assert found["d"] is None
    assert rows(desk, "SELECT count(DISTINCT exact) FROM articles") == [(3,)]


def test_a_record_that_changed_is_a_new_version_and_the_others_are_not_touched(ingest, desk, tmp_path):
    file = put(tmp_path, "in.jsonl", lines(record("a"), record("b", OTHER)))
    ingest(file)
    put(tmp_path, "in.jsonl", lines(record("b", OTHER), record("a", LONGER), record("c", MORE)))
    done = ingest(file)
    assert summary(done).startswith("marsad: 3 articles: 1 new, 1 changed, 1 stored already")
    assert rows(desk, VERSIONS) == [("a", 1), ("a", 2), ("b", 1), ("c", 1)]


def test_an_id_of_another_article_is_refused_and_a_prefix_keeps_them_apart(ingest, desk, tmp_path):
    ingest(put(tmp_path, "one.jsonl", lines(record("1"))))
    file = put(
        tmp_path,
        "two.jsonl",
        lines(record("1", OTHER, outlet="وكالة البحر"), record("2", MORE, outlet="وكالة البحر")),
    )
    done = ingest(file)
    assert done.code == 3
    assert "1 set aside (id_taken 1)" in summary(done)
    assert rows(desk, "SELECT place, reason FROM setaside") == [(f"{file}:1", "id_taken")]
    again = ingest(file, "--prefix", "sea-")
    assert again.code == 0
    assert sorted(row[0] for row in rows(desk, "SELECT id FROM articles")) == ["1", "2", "sea-1"]


def test_a_dry_run_says_what_would_be_done_and_stores_nothing(ingest, desk, tmp_path):
    file = put(tmp_path, "in.jsonl", lines(record("a"), record("b", "")))
    before = rows(desk, "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM audit)")
    done = ingest(file, "--dry-run")
    assert done.code == 3
    assert summary(done).startswith("marsad: 2 articles: 1 to read, 0 stored already, 1 set aside (")
    assert summary(done).endswith("; nothing was stored (--dry-run)")
    for table in ("articles", "versions", "claims", "seen", "setaside", "incidents"):
        assert rows(desk, f"SELECT count(*) FROM {table}") == [(0,)]
    assert rows(desk, "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM audit)") == before


def test_what_cannot_be_read_is_noted_once_with_its_reason(ingest, desk, tmp_path):
    bad = put(
        tmp_path,
        "bad.jsonl",
        lines(record("a")) + '{"id": \n' + lines(record("b", "Nothing in this is Arabic at all.")),
    )
    for code, stored in ((3, 0), (3, 1)):
        done = ingest(bad)
        assert done.code == code
        assert f"{stored} stored already, 2 set aside (bad_json 1, not_arabic 1)" in summary(done)
        assert sum("set aside:" in line for line in done.said) == 2
    assert rows(desk, "SELECT place, reason FROM setaside ORDER BY place") == [
        (f"{bad}:2", "bad_json"),
        (f"{bad}:3", "not_arabic"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [(lines(record("a")), 0), (lines(record("a"), record("b", "")), 3), (lines(record("b", "")), 1), ("", 1)],
)
def test_the_exit_code_says_whether_all_some_or_nothing_was_taken(ingest, tmp_path, content, code):
    assert ingest(put(tmp_path, "in.jsonl", content)).code == code


def test_a_folder_of_files_of_many_kinds(ingest, desk, tmp_path):
    folder = tmp_path / "in"
    put(folder, "a.txt", TEXT)
    put(folder, "deep/b.html", page(MORE))
    put(folder, "c.jsonl.gz", gzip.compress(lines(record("c1", OTHER)).encode()))
    put(folder, "d.csv", f'id,text\nd1,"{LONGER}"\n')
    put(folder, "e.txt", "")
    put(folder, "notes.md", "يوميات")
    done = ingest(folder)
    assert done.code == 3
    assert summary(done).startswith(
        "marsad: 5 articles: 4 new, 0 changed, 0 stored already, 1 set aside (empty 1)"
    )
    assert "c1" in {row[0] for row in rows(desk, "SELECT id FROM articles")}


def test_columns_of_a_table_are_named_on_the_command_line_or_in_the_settings(ingest, desk, tmp_path):
    table = io.StringIO()
    csv.writer(table).writerows([["key", "body", "when"], ["x1", TEXT, "2024-12-06"]])
    file = put(tmp_path, "t.csv", table.getvalue())
    (desk / "marsad.toml").write_text('[columns]\ntext = "body"\npublished = "when"\n')
    assert ingest(file, "--column", "id=key").code == 0
    assert rows(desk, "SELECT id, published FROM articles") == [("x1", "2024-12-06")]


@pytest.mark.parametrize("value", ["text", "text=", "body=text", "=x"])
def test_a_column_that_is_none_is_wrong_usage(ingest, tmp_path, value):
    done = ingest(put(tmp_path, "t.csv", "a\n"), "--column", value)
    assert done.code == 2
    assert f"{value!r} is not FIELD=HEADER" in " ".join(done.said)


def test_a_file_that_is_not_there_is_wrong_usage(ingest, desk, tmp_path):
    done = ingest(put(tmp_path, "a.txt", TEXT), tmp_path / "none.txt")
    assert done.code == 2
    assert "none.txt" in done.said[-1]
    assert rows(desk, "SELECT count(*) FROM articles") == [(0,)]


def test_a_saved_feed_with_full_texts_is_taken_in_without_a_net(ingest, desk, tmp_path):
    file = put(tmp_path, "saved.xml", rss(("https://a.example/1", None, FULL)))
    assert ingest(file, "--outlet", "نهر").code == 0
    assert rows(desk, "SELECT url, outlet FROM articles") == [("https://a.example/1", "نهر")]
    assert "there was nothing to do" in summary(ingest(file))


def test_a_text_that_speaks_of_feeds_is_a_text(ingest, desk, tmp_path):
    file = put(tmp_path, "one.jsonl", lines(record("a", f"{TEXT} jsonfeed.org/version <urlset>")))
    assert ingest(file).code == 0
    assert rows(desk, "SELECT id FROM articles") == [("a",)]


def test_articles_from_standard_input(ingest, desk, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines(record("a")).encode())))
    assert ingest("-").code == 0
    assert rows(desk, "SELECT id FROM articles") == [("a",)]


def test_limits_of_the_settings_count(ingest, desk, tmp_path):
    (desk / "marsad.toml").write_text("[intake]\nmax_characters = 50\n")
    done = ingest(put(tmp_path, "a.txt", TEXT))
    assert done.code == 1
    assert "set aside (too_long 1)" in summary(done)


def test_what_is_left_for_later_is_reconciled_by_the_next_run(ingest, desk, tmp_path):
    ingest(put(tmp_path, "a.txt", TEXT), "--no-reconcile")
    assert rows(desk, "SELECT count(*) FROM incidents") == [(0,)]
    ingest(put(tmp_path, "b.txt", OTHER))
    assert rows(desk, "SELECT count(*) FROM articles WHERE pending") == [(0,)]
    assert rows(desk, "SELECT count(*) FROM incident_claims") == rows(desk, "SELECT count(*) FROM claims")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_truncated_archive_gives_what_is_whole_and_says_the_rest(ingest, desk, tmp_path, jobs):
    many = lines(*(record(f"a{n}", f"{TEXT} رقم {n}") for n in range(40)))
    whole = gzip.compress(many.encode(), 0)
    done = ingest(put(tmp_path, "in.jsonl.gz", whole[: len(whole) // 2]), "--jobs", jobs)
    assert done.code == 3
    assert "damaged" in summary(done)
    [(stored,)] = rows(desk, "SELECT count(*) FROM articles")
    assert 10 < stored < 30


def test_a_store_that_is_held_is_said_and_nothing_is_lost(ingest, desk, tmp_path, monkeypatch):
    monkeypatch.setattr("marsad.store.db.PATIENCE", 0.2)
    file = put(tmp_path, "a.txt", TEXT)
    holder = sqlite3.connect(desk / "marsad.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = ingest(file)
    assert done.code == 1
    assert f"{desk / 'marsad.db'} is held by another process" in done.said[-1]
    holder.execute("ROLLBACK")
    holder.close()
    assert ingest(file).code == 0


def test_a_disk_that_is_full_is_said_and_what_was_stored_stays(ingest, desk, tmp_path, monkeypatch):
    ingest(put(tmp_path, "a.txt", TEXT))
    import marsad.store.db as db

    prepare = db._prepare

    def small(connection, record):
        prepare(connection, record)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    monkeypatch.setattr(db, "_prepare", small)
    many = put(tmp_path, "b.jsonl", lines(*(record(f"b{n}", f"{MORE} رقم {n}") for n in range(60))))
    done = ingest(many)
    assert done.code == 1
    assert "no room is left for" in done.said[-1]
    monkeypatch.setattr(db, "_prepare", prepare)
    assert rows(desk, "SELECT count(*) FROM articles") == [(1,)]
    assert ingest(many).code == 0
    assert rows(desk, "SELECT count(*) FROM articles") == [(61,)]
