"""How a store is made, step by step."""

import pytest
from sqlalchemy import inspect, text

from marsad.errors import InputError, MarsadError
from marsad.store import Database, open_store, tables
from marsad.store.migrations import LATEST, STEPS, migrate, pending, steps, version_of


def _named(kind, connection):
    return kind.compile(connection.dialect).removesuffix(" PRECISION")


def test_the_steps_make_the_tables_that_the_program_knows(store):
    with store.database.reading() as connection:
        looked = inspect(connection)
        for table in tables.schema.sorted_tables:
            there = {
                column["name"]: (_named(column["type"], connection), column["nullable"])
                for column in looked.get_columns(table.name)
            }
            known = {
                column.name: (_named(column.type, connection), column.nullable) for column in table.columns
            }
            assert there == known, table.name
            keys = looked.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key], table.name
            indexes = {tuple(index["column_names"]) for index in looked.get_indexes(table.name)}
            assert {tuple(column.name for column in index.columns) for index in table.indexes} <= indexes, (
                table.name
            )


def test_steps_are_taken_once(store):
    assert version_of(store.database) == LATEST == len(STEPS)
    assert pending(store.database) == []
    assert migrate(store.database) == []


def test_a_store_of_a_newer_version_is_refused_with_both_names(store, store_url):
    with store.database.writing() as connection:
        connection.execute(text("INSERT INTO migrations (id, applied) VALUES ('m9999_later', '2031-01-01')"))
    with pytest.raises(
        InputError, match=rf"newer version of Marsad \(it has m9999_later, and this one knows {STEPS[-1][0]}"
    ):
        open_store(store_url)


def test_a_store_that_lacks_a_step_must_be_migrated_first(store, store_url):
    with store.database.writing() as connection:
        connection.execute(text("DELETE FROM migrations"))
    with pytest.raises(InputError, match="is empty"):
        open_store(store_url)


def test_a_database_of_something_else_is_not_touched(tmp_path):
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    with other.writing() as connection:
        connection.execute(text("CREATE TABLE articles (id TEXT)"))
    with pytest.raises(InputError, match="something else"):
        version_of(other)
    other.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("marsad.db", "is no URL"),
        ("mysql://root@localhost/x", "a store is sqlite:///FILE or postgresql"),
    ],
)
def test_a_store_is_a_file_or_a_postgresql_server(url, said):
    with pytest.raises(InputError, match=said):
        Database(url)


def test_a_file_that_is_not_there_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(InputError, match="there is no store at"):
        open_store(f"sqlite:///{tmp_path / 'none.db'}")
    assert not (tmp_path / "none.db").exists()


def test_a_review_of_the_first_version_is_that_of_a_first_coder_and_stays_as_it_is(store_url, monkeypatch):
    database = Database(store_url)
    with monkeypatch.context() as before:
        before.setattr(steps, "STEPS", STEPS[:1])
        assert migrate(database) == ["m0001_first"]
    with database.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO reviews (at, who, claim, article, version, decision, note)"
                " VALUES ('2024-12-06', 'ana', 'c', 'a', 1, 'accept', '')"
            )
        )
    assert migrate(database) == [name for name, _ in STEPS[1:]]
    with database.reading() as connection:
        row = connection.execute(text("SELECT who, part, reason, codebook, reader FROM reviews")).one()
    assert tuple(row) == ("ana", "first", "", "", "")
    with pytest.raises(MarsadError, match="never changed"), database.writing() as connection:
        connection.execute(text("UPDATE reviews SET part = 'second'"))
    database.close()


def test_claims_of_before_were_read_by_one_reader(store_url, monkeypatch):
    database = Database(store_url)
    with monkeypatch.context() as before:
        before.setattr(steps, "STEPS", STEPS[:5])
        migrate(database)
    row = "(id, article, number, event, polarity, modality) VALUES ('c', 1, 0, 'harm.killed', 'affirmed', 'actual')"
    with database.writing() as connection:
        connection.execute(text(f"INSERT INTO claim_list {row}"))
    assert migrate(database) == ["m0006_readers"]
    with database.reading() as connection:
        assert connection.execute(text("SELECT id, readers FROM claim_list")).all() == [("c", None)]
    database.close()
