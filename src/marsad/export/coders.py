"""What the tables in the columns of other coders' datasets share: columns that say what fills them, and a CSV of one row for each incident.

A table is called compatible: it has the columns of a dataset, in its order and with its codes, so that what people wrote for that dataset reads it. It is never that dataset: no
column says so, and ids are ours. Labels are English, whatever language an export is in, as everywhere in those datasets.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from marsad.export.base import Counts, IncidentRecord, Making, Names, Record, open_text
from marsad.export.cells import guarded

Value = str | int | float | None
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class CodedColumn(Generic[C]):
    """A column of another dataset.

    Attributes:
        name: As that dataset has it.
        fills: What fills it, and by which rule.
        empty: When it stays empty; "" for never.
        value: How its value is made of a case.
    """

    name: str
    fills: str
    empty: str
    value: Callable[[C], Value]


class CodedTable(Generic[C]):
    """A CSV with one row for each incident that fits.

    Args:
        path: The file.
        making: What the export is told.

    Attributes:
        counts: How many rows were written, and how many incidents were left out by which reason.
    """

    def __init__(self, path: Path, making: Making) -> None:
        self.making = replace(making, lang="en")
        self.counts = Counts()
        self._values = [column.value for column in self.columns()]
        self._file = open_text(path, making)
        self._rows = csv.writer(self._file)
        self._rows.writerow([column.name for column in self.columns()])

    def columns(self) -> Sequence[CodedColumn[C]]:
        """The columns, in the order of the dataset."""
        raise NotImplementedError

    def case(self, record: IncidentRecord) -> C | str:
        """What the columns are filled from, or the reason for which there is no row."""
        raise NotImplementedError

    def feed(self, record: Record) -> None:
        """Write an incident's row."""
        if not isinstance(record, IncidentRecord):
            return
        case = self.case(record)
        counted, key = (
            (self.counts.left_out, case) if isinstance(case, str) else (self.counts.records, "incidents")
        )
        counted[key] = counted.get(key, 0) + 1
        if not isinstance(case, str):
            values = [value(case) for value in self._values]
            self._rows.writerow([guarded(one) if isinstance(one, str) else one for one in values])

    def finish(self) -> None:
        """Close the file."""
        self._file.close()


def affirmed(record: IncidentRecord) -> tuple[str, ...]:
    """Codes of the events of an incident that a root says happened, in the incident's order."""
    told = {row["event"] for row in record.data["claims"] if row["says"] == "affirms"}
    return tuple(code for code in record.data["events"] if code in told)


def divisions(place: dict[str, Any] | None, names: Names) -> tuple[str, str, str]:
    """The governorate, district and subdistrict of a place, each "" where the gazetteer does not know it."""
    given = place or {}
    found = names.place(given.get("id"))
    admin = names.place(found.admin if found else given.get("admin"))
    levels = {"district": "", "subdistrict": ""}
    seen = 0
    while found is not None and seen < len(levels) + 3:
        if found.kind in levels and not levels[found.kind]:
            levels[found.kind] = found.name
        found, seen = names.place(found.parent or None), seen + 1
    return (admin.name if admin else ""), levels["district"], levels["subdistrict"]


def day_of(text: str | None) -> date | None:
    """The day of an ISO day or time."""
    return date.fromisoformat(text[:10]) if text else None


def each_once(values: Sequence[str | None]) -> str:
    """Texts behind one another with semicolons, each once; a semicolon within one becomes a comma, so that a list can be cut again."""
    return "; ".join(dict.fromkeys(one.replace(";", ",") for one in values if one))
