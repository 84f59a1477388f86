"""SQL over an archive sees its tables, all of them, and nothing else."""

import pytest

from marsad.archive.query import ask, opened, tables_of
from marsad.errors import Damaged, InputError
from small_archive import begun_archive, small_archive


@pytest.fixture
def folder(tmp_path):
    return small_archive(tmp_path / "it's out")


def rows(folder, sql):
    with opened(folder) as connection:
        return list(ask(connection, sql).rows)


def test_views_hold_the_rows_that_the_manifest_names_and_no_others(folder):
    named = next(folder.root.glob("claims/*.parquet"))
    (folder.root / "claims/left-by-a-killed-process.parquet").write_bytes(named.read_bytes())
    assert rows(folder, "SELECT id FROM claims ORDER BY id") == [("c1",), ("c2",)]


def test_an_empty_table_has_its_columns(folder):
    assert rows(folder, "SELECT holder, state FROM spells") == []
    assert rows(folder, "SELECT typeof(events) FROM incidents") == [("VARCHAR[]",)]
    assert [(one.name, one.rows) for one in tables_of(folder)] == [
        ("articles", 2), ("claims", 2), ("copies", 2), ("incidents", 1), ("incident_claims", 0), ("spells", 0), ("set_aside", 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO 'out.csv'",
        "INSERT INTO spells (state) VALUES ('held')",
        "SET memory_limit = '9GB'",
        "ATTACH 'other.db'",
        "SELECT 1; SELECT 2",
        "",
    ],
)
def test_nothing_but_one_select_is_run(folder, sql):
    with pytest.raises(InputError, match="one SELECT"):
        rows(folder, sql)


@pytest.mark.parametrize(
    "source", ["read_text('{}')", "read_csv('{}')", "glob('/*')", "read_json('http://127.0.0.1:9/x')"]
)
def test_no_other_file_and_no_address_can_be_read(folder, tmp_path, source):
    secret = tmp_path / "secret.txt"
    secret.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"^SQL: .*(disabled|Permission)"):
        rows(folder, f"SELECT * FROM {source.format(secret)}")


def test_what_fails_is_told_in_one_line_with_where(folder):
    with pytest.raises(InputError) as told:
        rows(folder, "SELECT nothing\nFROM claims")
    assert "\n" not in str(told.value)
    assert "nothing" in str(told.value)


def test_more_rows_than_memory_holds_go_to_a_folder_that_is_gone_after(folder):
    sql = "SELECT count(*) FROM (SELECT range, md5(range::VARCHAR) AS m FROM range(1000000) ORDER BY m)"
    with opened(folder, 48) as connection:
        assert list(ask(connection, sql).rows) == [(1_000_000,)]


def test_a_file_that_is_gone_is_named(folder):
    path = next(folder.root.glob("claims/*.parquet"))
    path.unlink()
    with pytest.raises(Damaged, match=f"{path.name}: is gone"), opened(folder):
        pass


def test_an_archive_that_is_not_finished_says_how_to_go_on(tmp_path):
    folder, _ = begun_archive(tmp_path / "out")
    with pytest.raises(InputError, match="not finished; `marsad archive resume"), opened(folder):
        pass
    with pytest.raises(InputError, match=r"no archive was begun here \(there is no plan.json"):
        tables_of(type(folder)(tmp_path))
