"""What exports need: marks on what is held back from them, and the ids that incidents had where they came from."""

from __future__ import annotations

from sqlalchemy import Connection, text

_TABLES = (
    "CREATE TABLE sensitive (id {serial}, at TEXT NOT NULL, who TEXT NOT NULL, subject_kind TEXT NOT NULL, subject TEXT NOT NULL,"
    " held BOOLEAN NOT NULL, note TEXT NOT NULL{key})",
    "CREATE INDEX ix_sensitive_subject ON sensitive (subject)",
    "CREATE TABLE former (claim TEXT NOT NULL, incident TEXT NOT NULL, PRIMARY KEY (claim))",
)
_FILE = {"serial": "INTEGER NOT NULL", "key": ", PRIMARY KEY (id)"}
_SERVER = {"serial": "BIGSERIAL NOT NULL", "key": ", PRIMARY KEY (id)"}
_FILE_GUARDS = tuple(
    f"CREATE TRIGGER sensitive_{deed} BEFORE {deed} ON sensitive BEGIN"
    " SELECT RAISE(ABORT, 'rows of sensitive are never changed nor removed'); END"
    for deed in ("UPDATE", "DELETE")
)
_SERVER_GUARDS = (
    "CREATE TRIGGER sensitive_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON sensitive"
    " FOR EACH STATEMENT EXECUTE FUNCTION marsad_refuse()",
)


def apply(connection: Connection) -> None:
    """Add to what the steps before made; nothing is held back at first."""
    is_file = connection.dialect.name == "sqlite"
    made = [statement.format(**(_FILE if is_file else _SERVER)) for statement in _TABLES]
    for statement in (*made, *(_FILE_GUARDS if is_file else _SERVER_GUARDS)):
        connection.execute(text(statement))
