"""Tables as text: CSV and TSV, row by row.

A quotation mark that is opened and never closed would swallow the rest of the file. So a row that runs over several lines must come out with as many
fields as the header has; where it does not, its first line alone is set aside and the next line begins a row of its own.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from marsad.articles.encoding import encoding_of
from marsad.articles.formats.job import Job
from marsad.articles.formats.rows import Table, recognised, row_piece, table_of, unlike
from marsad.articles.opening import lines_of
from marsad.articles.raw import RawArticle, refused
from marsad.articles.streams import looked_at
from marsad.errors import SetAside

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 18
_HINT = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_LOST = "\udfff"
_UNDECODED = re.compile("[\udc80-\udcff]")
_MOST_COLUMNS, _LONGEST_HEADER = 10_000, 100_000
_PATIENCE = 4
"""How often the longest row may be read again in all, before every line is taken for a row."""


class _Lines:
    """The lines of a text, given to the CSV reader one by one, with those of the present row kept and able to be given again."""

    def __init__(self, stream: BinaryIO, encoding: str, most: int) -> None:
        self._lines = lines_of(stream, most)
        self._encoding, self._most = encoding, most
        self._back: deque[str] = deque()
        self._patience = _PATIENCE * most
        self.row: list[str] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.row and (self._patience <= 0 or self._size > self._most):
            raise StopIteration  # ends the row for the CSV reader, which then asks for the next
        line = self._back.popleft() if self._back else self._read()
        self.row.append(line)
        self._size += len(line)
        return line

    def done(self) -> list[str]:
        """The lines of the row that was read; a new one begins."""
        taken, self.row, self._size = self.row, [], 0
        return taken

    def _read(self) -> str:
        """The next line; bytes that are not of the encoding come as lone surrogates, and so does what a line over the limit lost."""
        _, line = next(self._lines)
        text = line.decode(self._encoding, "surrogateescape")
        return text if len(line) <= self._most else f"{text}{_LOST}\n"

    def put_back(self, lines: Sequence[str]) -> None:
        """Have these come again; after very many the patience is at its end, and every line is a row."""
        self._back.extendleft(reversed(lines))
        self._patience -= sum(map(len, lines))


def table_pieces(job: Job) -> Iterator[RawArticle]:
    """The articles of a table in text, one a row.

    Raises:
        SetAside: ``binary``, ``empty`` or ``no_column``.
    """
    headers, lines, rows = _begun(job)
    yield from _articles(table_of(job.file, headers, job.columns), lines, rows)


def headers_of(job: Job) -> list[str]:
    """The names of a table's columns.

    Raises:
        SetAside: as `table_pieces`.
    """
    return _begun(job)[0]


def _begun(job: Job) -> tuple[list[str], _Lines, Iterator[list[str] | str]]:
    """The headers of a table, and what follows them."""
    sample, stream = looked_at(job.stream, _SAMPLE)
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    if b"\x00" in sample.partition(b"\n")[0]:
        raise SetAside("binary", "it holds NUL bytes: binary, or UTF-16 without its byte order mark")
    lines = _Lines(stream, encoding_of(sample), job.limits.bytes)
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise SetAside("empty", "there is nothing in it")
    hint = _HINT.fullmatch(first)
    lines.done()
    if not hint:
        lines.put_back([first])
    rows = _rows(lines, hint[1] if hint else _delimiter(first, job.columns), job.limits.bytes)
    headers = next(rows, None)
    if not isinstance(headers, list) or len(headers) > _MOST_COLUMNS:
        raise SetAside("no_column", f"its first line is not a row of headers: {first[:80]!r}")
    lines.done()
    return unlike(headers), lines, rows


def _articles(table: Table, lines: _Lines, rows: Iterator[list[str] | str]) -> Iterator[RawArticle]:
    number, torn = 1, False
    for row in rows:
        taken = lines.done()
        fault = _fault(table, row)
        if fault is not None and len(taken) > 1:
            lines.put_back(taken[1:])
        if fault is not None and torn:
            continue  # what is left of a row that was set aside
        if isinstance(row, list) and not any(row):
            continue
        number += 1
        member = f"row {number}"
        torn = fault is not None and len(taken) > 1
        if fault is not None:
            left = "; its further lines are passed over up to the next whole row" if torn else ""
            yield refused(table.file, fault.reason, fault.message + left, member)
        else:
            yield row_piece(table, member, dict(zip(table.headers, row, strict=False)))


def _fault(table: Table, row: list[str] | str) -> SetAside | None:
    """Why a row cannot be read; None where it can."""
    if isinstance(row, str):
        return SetAside("bad_row", f"the row cannot be read: {row}")
    count = len(table.headers)
    if any(row) and (len(row) < count or any(row[count:])):
        return SetAside(
            "bad_row",
            f"the row has {len(row)} and the header {count} fields: a quotation mark or delimiter is amiss",
        )
    text = "".join(row)
    if _LOST in text:
        return SetAside("too_long", "the row has a line over the limit for one piece")
    if "\x00" in text:
        return SetAside("binary", "the row holds NUL bytes")
    if _UNDECODED.search(text):
        return SetAside(
            "undecodable", "the row is not in the encoding of the rows before it; save the table as UTF-8"
        )
    return None


def _delimiter(header: str, columns: Mapping[str, str] | None) -> str:
    """What stands between the fields: that by which most headers are known."""
    named = set((columns or {}).values())

    def known(delimiter: str) -> tuple[int, int]:
        headers = next(_rows(iter([header[:_LONGEST_HEADER]]), delimiter, _LONGEST_HEADER), None)
        headers = [name.strip() for name in headers] if isinstance(headers, list) else []
        return len(named & set(headers)) + len(recognised(headers)), len(headers)

    return max(_DELIMITERS, key=known)


def _rows(lines: Iterator[str], delimiter: str, most: int) -> Iterator[list[str] | str]:
    """The rows as the CSV reader gives them, or why it cannot."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            yield _next(reader, most)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(error)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)


def _next(reader: Iterator[list[str]], most: int) -> list[str]:
    """The next row; the limit of a field is one of the whole process, so it is put back."""
    before = csv.field_size_limit(most)
    try:
        return next(reader)
    finally:
        csv.field_size_limit(before)
