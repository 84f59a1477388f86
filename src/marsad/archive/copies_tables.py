"""DuckDB for what copies need sorted or counted over a whole archive: bound in memory, going on on the disk beyond that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "768MB"


def database(scratch: Path) -> DuckDBPyConnection:
    """A database of its own, used as a context.

    Args:
        scratch: A folder for what does not fit in memory.

    Raises:
        InputError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise InputError('to find copies in an archive: pip install "marsad[archive]"') from None
    connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY, "temp_directory": str(scratch)})
    connection.execute("set enable_progress_bar = false")
    return connection
