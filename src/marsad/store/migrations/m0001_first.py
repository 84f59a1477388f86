"""All tables as of version 0.1, the index of words, and the guards of what is never changed.

The index of words holds folded words (`marsad.arabic.search`), in SQLite in an FTS5 table, in PostgreSQL as ``tsvector``.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from marsad.store.tables import APPEND_ONLY, schema

_FILE_WORDS = (
    "CREATE VIRTUAL TABLE article_words USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')",
)
_SERVER_WORDS = (
    "CREATE TABLE article_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX article_words_words ON article_words USING GIN (words)",
)
_FILE_GUARD = (
    "CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table} BEGIN"
    " SELECT RAISE(ABORT, 'rows of {table} are never changed nor removed'); END"
)
_SERVER_GUARDS = (
    "CREATE FUNCTION marsad_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'rows of % are never changed nor removed', TG_TABLE_NAME; END $$",
)
_SERVER_GUARD = (
    "CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION marsad_refuse()"
)


def apply(connection: Connection) -> None:
    """Make everything in an empty database."""
    schema.create_all(connection)
    for statement in _statements(connection.dialect.name == "sqlite"):
        connection.execute(text(statement.replace(":", r"\:")))


def _statements(is_file: bool) -> list[str]:
    if is_file:
        guards = [
            _FILE_GUARD.format(table=table.name, deed=deed)
            for table in APPEND_ONLY
            for deed in ("UPDATE", "DELETE")
        ]
        return [*_FILE_WORDS, *guards]
    return [
        *_SERVER_WORDS,
        *_SERVER_GUARDS,
        *(_SERVER_GUARD.format(table=table.name) for table in APPEND_ONLY),
    ]
