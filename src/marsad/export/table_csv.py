"""A table as CSV, by RFC 4180: a row of names, then the columns of `marsad.export.columns`."""

from __future__ import annotations

import csv
from pathlib import Path

from marsad.export.base import Making, Record, open_text
from marsad.export.columns import TABLES, cells_of, rows_of


class CsvTable:
    """Writes incidents, claims or control as CSV in UTF-8; numbers with a point, unknown values empty, text guarded against formulas (`marsad.export.cells`)."""

    def __init__(self, path: Path, making: Making, of: str) -> None:
        self._making, self._of = making, of
        self._file = open_text(path, making)
        self._writer = csv.writer(self._file)
        self._writer.writerow([column.name for column in TABLES[of]])

    def feed(self, record: Record) -> None:
        """Write the rows of a record."""
        self._writer.writerows(cells_of(self._of, row, self._making) for row in rows_of(self._of, record))

    def finish(self) -> None:
        """Close the file."""
        self._file.close()
