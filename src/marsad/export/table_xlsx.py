"""A workbook: sheets of incidents, claims and control, and one that says what it is and what each column means.

Text stands in the cells themselves, never as a formula and never as a link; numbers and truth values are what they are; days and moments are ISO text, so that no program
shifts them. A table that is longer than a program can open goes on in ``claims 2``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from marsad.export.base import ArticleRecord, Making, Record, SpellRecord
from marsad.export.columns import TABLES, Column, ColumnType, Value, told
from marsad.export.xlsx_package import MOST_TEXT, Heading, Package, Sheet

_WIDE = frozenset({"quote", "why", "reasons", "title", "root_names", "urls", "chain"})
_WIDTHS: Mapping[ColumnType, float] = {"text": 18, "integer": 9, "number": 9, "boolean": 9, "day": 11, "moment": 25}  # fmt: skip
_ABOUT = (Heading("of", 14), Heading("name", 20), Heading("type", 10), Heading("meaning", 110))
_NOTE: Mapping[str, str] = {
    "en": "As reported: what sources are said to have said, with its status; not what happened. Rows whose review is “machine” were checked by nobody.",
    "ar": "كما ورد في الأخبار: ما نُقل عن المصادر مع حالته، لا ما حدث. الصفوف التي فيها review بقيمة machine لم يدققها أحد.",
}
_DAYS: Mapping[str, str] = {
    "en": "Days and moments are text (ISO 8601; moments in UTC), so that no program shifts them. An empty cell is not known. An apostrophe before = + - @ is ours: it keeps text from being taken for a formula.",
    "ar": "الأيام والأوقات نصوص (ISO 8601 بالتوقيت العالمي) كي لا يغيرها أي برنامج. الخلية الفارغة غير معروفة. الفاصلة العليا قبل = + - @ من إضافتنا كي لا يعد النص معادلة.",
}


class Workbook:
    """Writes a workbook; in Arabic its sheets run from right to left."""

    def __init__(self, path: Path, making: Making) -> None:
        self._making = making
        self._package = Package(path, making.moment, right_to_left=making.lang == "ar")
        self._rows = dict.fromkeys(TABLES, 0)
        self._sheets = dict.fromkeys(TABLES, 0)
        self._open: tuple[str, Sheet] | None = None

    def feed(self, record: Record) -> None:
        """Write the rows of a record; the records of one table come one after the other."""
        table = _table_of(record)
        for _, values in told(table, record, self._making):
            self._sheet(table).add(values)
            self._rows[table] += 1

    def finish(self) -> None:
        """Write sheets that nothing was fed to, and what it all means, and close the file."""
        for table in TABLES:
            if not self._sheets[table]:
                self._begin(table)
        about = self._package.sheet("about", _ABOUT)
        for row in self._about():
            about.add(row)
        order = [name for table in TABLES for name in self._names(table)]
        self._package.close([*order, "about"])

    def _sheet(self, table: str) -> Sheet:
        if self._open is None or self._open[0] != table or self._open[1].full:
            return self._begin(table)
        return self._open[1]

    def _begin(self, table: str) -> Sheet:
        self._sheets[table] += 1
        headings = [Heading(column.name, _width(column)) for column in TABLES[table]]
        sheet = self._package.sheet(self._names(table)[-1], headings)
        self._open = (table, sheet)
        return sheet

    def _names(self, table: str) -> list[str]:
        return [table if n == 1 else f"{table} {n}" for n in range(1, self._sheets[table] + 1)]

    def _about(self) -> Iterator[tuple[Value, ...]]:
        making = self._making
        yield "export", "note", "text", _NOTE[making.lang]
        yield "export", "cells", "text", _DAYS[making.lang]
        yield "export", "project", "text", making.project
        yield "export", "moment", "moment", making.moment
        yield "export", "version", "text", making.version
        for name, value in making.filters:
            yield "export", f"only {name}", "text", value
        for table, rows in self._rows.items():
            yield "export", f"rows of {table}", "integer", rows
        yield "export", f"cells cut at {MOST_TEXT} characters", "integer", self._package.cut
        for table, columns in TABLES.items():
            for column in columns:
                yield table, column.name, column.type, column.means


def _table_of(record: Record) -> str:
    if isinstance(record, ArticleRecord):
        return "claims"
    return "control" if isinstance(record, SpellRecord) else "incidents"


def _width(column: Column) -> float:
    return 48 if column.name in _WIDE else _WIDTHS[column.type]
