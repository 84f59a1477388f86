"""The built register on disk: tables of names and rows in one SQLite file, of which a run reads what it asks for.

Loaded whole it would cost every start a twentieth of a second; asked for by key, and remembered, it costs nothing that can be seen.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marsad.errors import MarsadError

BUILT = Path(__file__).parent.parent / "_built" / "register.sqlite"
TABLES = ("meta", "actors", "outlets", "names", "local", "domains", "outlet_names")
_MOST_KNOWN = 25_000


def write_tables(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Write a register: for each of `TABLES` a mapping of keys to what JSON can hold; whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    file = sqlite3.connect(part)
    try:
        for name in TABLES:
            file.execute(f"CREATE TABLE {name} (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
            rows = (
                (key, json.dumps(value, ensure_ascii=False)) for key, value in sorted(tables[name].items())
            )
            file.executemany(f"INSERT INTO {name} VALUES (?, ?)", rows)
        file.commit()
        file.close()
        part.replace(path)
    finally:
        file.close()
        part.unlink(missing_ok=True)


class Tables:
    """A register's tables, read by key; what was asked for is remembered.

    Raises:
        MarsadError: the file is not there.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise MarsadError(f"{path.name} has not been built; run `make lexicon`")
        self._path = path
        self._pid = 0
        self._file: sqlite3.Connection
        self._known: dict[tuple[str, str], Any] = {}

    def _open(self) -> sqlite3.Connection:
        """The open file: opened again in a forked process, as SQLite's connections must not be carried over a fork."""
        if self._pid != os.getpid():
            self._pid = os.getpid()
            uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            self._file = sqlite3.connect(uri, uri=True, check_same_thread=False)
        return self._file

    def get(self, table: str, key: str) -> Any:  # noqa: ANN401 (what JSON can hold)
        """What stands under a key, or None."""
        asked = (table, key)
        if asked not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            row = self._open().execute(f"SELECT value FROM {table} WHERE key = ?", (key,)).fetchone()
            self._known[asked] = json.loads(row[0]) if row else None
        return self._known[asked]

    def keys(self, table: str) -> list[str]:
        """All keys of a table, in order."""
        return [row[0] for row in self._open().execute(f"SELECT key FROM {table} ORDER BY key")]
