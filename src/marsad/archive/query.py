"""Asking an archive in place with SQL: DuckDB in memory, with a view for each table over exactly the files that ``archive.json`` names.

Nothing but these files can be read or written from a query, and nothing is fetched: access to files and to the net is closed before the query is seen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.archive.folder import Folder
from marsad.archive.manifest import files_of, manifest_of, rows_of
from marsad.archive.schema import COLUMNS, PUBLIC
from marsad.errors import InputError

MEMORY = 1_024
_AT_ONCE = 1_000
TYPES = {
    "s": "VARCHAR", "i": "INTEGER", "l": "BIGINT", "f": "DOUBLE", "b": "BOOLEAN", "y": "BLOB", "x": "BLOB", "*": "VARCHAR[]"
}  # fmt: skip
"""The letter of a type of a column (`marsad.archive.schema`), and its name in SQL."""
_MAY = ("SELECT", "EXPLAIN")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: the names of the columns, and the rows as they come."""

    columns: Sequence[str]
    rows: Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be asked for: its name, its columns with their types in SQL, how many rows it has."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: int


def tables_of(folder: Folder) -> list[Table]:
    """The tables of a finished archive.

    Raises:
        InputError: there is none.
    """
    manifest = manifest_of(folder)
    return [Table(name, _columns(name), rows_of(manifest, name)) for name in PUBLIC]


@contextmanager
def opened(folder: Folder, memory: int = MEMORY) -> Iterator[Any]:
    """A DuckDB connection with the views, closed to everything else.

    Args:
        folder: The archive.
        memory: Megabytes that a query may take; what is more goes to a temporary folder.

    Raises:
        InputError: there is no finished archive, or DuckDB is not installed.
        Damaged: files of the archive are missing.
    """
    duckdb = _duckdb()
    manifest = manifest_of(folder)
    files = {name: [str(path.resolve()) for path in files_of(folder, manifest, name)] for name in PUBLIC}
    with tempfile.TemporaryDirectory(prefix="marsad-sql-") as spill, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{memory}MB'")
        connection.execute(f"SET temp_directory = {_quoted(spill)}")
        connection.execute("SET autoinstall_known_extensions = false")
        for name, paths in files.items():
            connection.execute(_view(name, paths))
        _close(connection, [path for paths in files.values() for path in paths])
        yield connection


def ask(connection: Any, sql: str, values: Sequence[object] = ()) -> Answer:  # noqa: ANN401 (duckdb has no types)
    """Run one query.

    Args:
        connection: From `opened`.
        sql: The query.
        values: What its question marks stand for.

    Raises:
        InputError: it is none, or it fails; the message is one line.
    """
    duckdb = _duckdb()
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type.name not in _MAY:
            raise InputError("an archive is asked with one SELECT; it is not changed by SQL")
        connection.execute(statements[0], list(values))
        return Answer([column[0] for column in connection.description], _fetched(connection))
    except duckdb.Error as error:
        raise InputError(_one_line(error)) from None


def _fetched(connection: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 (duckdb has no types)
    duckdb = _duckdb()
    try:
        while rows := connection.fetchmany(_AT_ONCE):
            yield from rows
    except duckdb.Error as error:
        raise InputError(_one_line(error)) from None


def _columns(table: str) -> list[tuple[str, str]]:
    pairs = (column.split(":") for column in COLUMNS[table].split())
    return [(name, TYPES[kind]) for name, kind in pairs]


def _view(name: str, paths: Sequence[str]) -> str:
    """A table without rows has no file that could say its columns."""
    if not paths:
        columns = ", ".join(f'"{column}" {kind}' for column, kind in _columns(name))
        return f"CREATE TABLE {name} ({columns})"
    return f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{', '.join(map(_quoted, paths))}])"


def _close(connection: Any, paths: Sequence[str]) -> None:  # noqa: ANN401 (duckdb has no types)
    """From here on only these files can be reached, and that cannot be changed."""
    connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, paths))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _quoted(text: str | Path) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _one_line(error: Exception) -> str:
    """What DuckDB says, without the drawing of where it is."""
    first, _, rest = str(error).partition("\n\nLINE ")
    hint = " ".join(first.split())
    near = rest.splitlines()[0].partition(": ")[2].strip() if rest else ""
    return f"SQL: {hint}" + (f" (in: {near})" if near else "")


def _duckdb() -> Any:  # noqa: ANN401 (duckdb has no types)
    try:
        import duckdb
    except ImportError:
        raise InputError('to ask an archive with SQL: pip install "marsad[archive]"') from None
    return duckdb
