"""Reading a reference file, row by row: whose it is by its header, commas, semicolons or tabs, plain, gzipped or zipped."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from marsad.errors import InputError, SetAside
from marsad.references import acled, ucdp
from marsad.references.event import Origin, ReferenceEvent

_DELIMITERS = ",;\t"
_NOT_UTF8 = re.compile(r"[\udc80-\udcff]")
_READERS: dict[Origin, tuple[Callable[..., ReferenceEvent], tuple[str, ...], frozenset[str]]] = {
    "ucdp": (ucdp.ucdp_event, ucdp.IDS, ucdp.NEEDED),
    "acled": (acled.acled_event, acled.IDS, acled.NEEDED),
}

Refused = Callable[[int, SetAside], None]
"""What is told of a row that is set aside: its line, and why."""


def origin_of(header: Sequence[str]) -> Origin | None:
    """Whose columns these are, None where neither's."""
    names = set(header)
    for origin, (_, ids, needed) in _READERS.items():
        if needed <= names and not names.isdisjoint(ids):
            return origin
    return None


def read_events(path: Path, refused: Refused) -> Iterator[ReferenceEvent]:
    """The events of a file in its order.

    Args:
        path: A CSV file, or one in a gzip or zip file.
        refused: Told of each row that cannot be read or whose id came before; the rest goes on.

    Raises:
        InputError: there is no such file, or its header is neither ACLED's nor UCDP's.
    """
    with _opened(path) as stream:
        rows, header, origin = _begun(stream, path)
        make, ids, _ = _READERS[origin]
        column = next(one for one in ids if one in header)
        seen: set[str] = set()
        for line, values in _lines(rows, refused):
            try:
                yield _event(
                    dict(zip(header, _whole(values, header), strict=True)), (column, seen), make, line
                )
            except SetAside as refusal:
                refused(line, refusal)


def _event(
    row: dict[str, str], ids: tuple[str, set[str]], make: Callable[..., ReferenceEvent], line: int
) -> ReferenceEvent:
    column, seen = ids
    identity = row[column].strip()
    if not identity:
        raise SetAside("no_id", f"{column} is empty")
    if identity in seen:
        raise SetAside("duplicate_id", f"{column} {identity[:60]!r} came before")
    event = make(row, identity, line)
    seen.add(identity)
    return event


def _whole(values: list[str], header: list[str]) -> list[str]:
    if len(values) != len(header):
        raise SetAside("bad_row", f"{len(values)} values where the header has {len(header)} columns")
    if any(_NOT_UTF8.search(value) for value in values if not value.isascii()):
        raise SetAside("bad_letters", "it is not written in UTF-8")
    return values


def _lines(rows: _Rows, refused: Refused) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which they end; empty ones are passed over."""
    while True:
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            refused(rows.line_num, SetAside("bad_row", str(error)))
            continue
        if any(values):
            yield rows.line_num, values


def _begun(stream: TextIO, path: Path) -> tuple[_Rows, list[str], Origin]:
    """The rows behind the header, the names of the columns, and whose they are."""
    first = stream.readline()
    for delimiter in _DELIMITERS:
        names = [name.strip().strip('"').lower() for name in first.strip().split(delimiter)]
        origin = origin_of(names)
        if origin is not None:
            if len(set(names)) != len(names):
                raise InputError(f"{path}, line 1: a column stands twice in the header")
            return _Rows(stream, delimiter), names, origin
    raise InputError(
        f"{path}, line 1: this is the header of neither ACLED (event_id_cnty, event_date, event_type, ...) nor UCDP GED"
        f" (id, type_of_violence, date_start, ...): {first.strip()[:80]!r}"
    )


class _Rows:
    """Rows of a CSV file whose header has been read, with their lines counted from the file's beginning."""

    def __init__(self, stream: TextIO, delimiter: str) -> None:
        self._rows = csv.reader(stream, delimiter=delimiter)

    def __next__(self) -> list[str]:
        return next(self._rows)

    @property
    def line_num(self) -> int:
        """Lines read so far, the header's included."""
        return self._rows.line_num + 1


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with _bytes(path) as raw, io.TextIOWrapper(
            raw, encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as stream:  # fmt: skip
            yield stream
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {reason}") from error


@contextmanager
def _bytes(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=file) as inner:
                yield cast(BinaryIO, inner)
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive:
                tables = [name for name in archive.namelist() if name.lower().endswith(".csv")]
                if len(tables) != 1:
                    raise InputError(f"{path} holds {len(tables)} CSV files; one is read at a time")
                with archive.open(tables[0]) as member:
                    yield cast(BinaryIO, member)
        else:
            yield file
