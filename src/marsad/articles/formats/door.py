"""Which reader a file goes to, by its first bytes (PDF, ZIP, Parquet, WARC), then by the shape of its text (a Telegram export), then by
its name (a table). Everything else is text, a page or JSON, which `marsad.articles.opening` tells apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO, Literal

from marsad.articles.formats.delimited import table_pieces
from marsad.articles.formats.job import Job
from marsad.articles.formats.parquet import parquet_pieces
from marsad.articles.formats.telegram import is_export, telegram_pieces
from marsad.articles.formats.wacz import zip_pieces
from marsad.articles.formats.warc import is_warc, warc_pieces
from marsad.articles.opening import cut, with_refusals
from marsad.articles.raw import Limits, Meter, RawArticle, RawKind
from marsad.articles.streams import PACKED, looked_at, packed, undone
from marsad.errors import SetAside

_HEAD = 1 << 16
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TABLES = (".csv", ".tsv", ".tab")
_NO_TABLES = (".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")
_PACKINGS = re.compile(r"\.(?:gz|bz2|xz|zst)$")
_MARKED = (b"{", b"[", b"<")
_PARQUET = b"PAR1"
_PDF_WITHIN = 1024
"""Bytes before which ``%PDF`` must stand, by the custom of all readers."""


def pieces(
    file: str, limits: Limits, columns: Mapping[str, str] | None = None, *, meter: Meter | None = None
) -> Iterator[RawArticle]:
    """The articles of one file (or ``-``) of any known kind, in order; what cannot be read is among them, with its reason.

    Args:
        file: A path, or ``-`` for standard input.
        limits: The most bytes that one piece may have.
        columns: For a table (CSV, Parquet), which of its columns holds which field: ``{"text": "Body"}``; the fields are
            id, text, title, published, outlet and url. A field that is not named is looked for under the well-known headers.
        meter: Told how far reading has come.
    """

    def read(stream: BinaryIO) -> Iterator[RawArticle]:
        return whole_pieces(Job(file=file, stream=stream, limits=limits, columns=columns))

    return with_refusals(file, packed(file, meter), read)


def whole_pieces(job: Job) -> Iterator[RawArticle]:
    """The articles of an open file, packed or not.

    Raises:
        SetAside: nothing (more) of it can be read.
    """
    patient = job.stream.seekable()  # or it is a pipe
    head, stream = looked_at(job.stream, _HEAD, patient=patient)
    job = replace(job, stream=stream)
    if is_warc(head, job.file):
        return warc_pieces(job)
    found = _by_magic(head, job)
    if found is not None:
        return found
    head, stream = looked_at(undone(stream), _HEAD, patient=patient)
    job = replace(job, stream=stream)
    return _by_magic(head, job) or _by_shape(head, job)


def kind_of(job: Job) -> Literal["warc", "parquet", "text", "other"]:
    """What a file that can be read from anywhere goes to: ``text`` (or a page, or JSON) only where it is not packed, as all but web archives."""
    head, _ = looked_at(job.stream, _HEAD)
    if is_warc(head, job.file):
        return "warc"
    if head.startswith(_PARQUET):
        return "parquet"
    is_other = b"%PDF" in head[:_PDF_WITHIN] or head.startswith((*_ZIP, *PACKED)) or is_export(head)
    return "other" if is_other or _is_table(head, job) else "text"


def _by_magic(head: bytes, job: Job) -> Iterator[RawArticle] | None:
    if b"%PDF" in head[:_PDF_WITHIN]:
        return _whole("pdf", job)
    if head.startswith(_ZIP):
        return zip_pieces(job)
    if head.startswith(_PARQUET):
        return parquet_pieces(job)
    return None


def _by_shape(head: bytes, job: Job) -> Iterator[RawArticle]:
    if is_export(head):
        return telegram_pieces(job)
    if _is_table(head, job):
        return table_pieces(job)
    return cut(job.file, job.stream, job.limits)


def _is_table(head: bytes, job: Job) -> bool:
    """By its name, or because the user speaks of columns and it is neither JSON nor a page."""
    suffix = PurePath(_PACKINGS.sub("", job.file.lower())).suffix
    if suffix in _TABLES:
        return True
    return (
        job.columns is not None
        and suffix not in _NO_TABLES
        and not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_MARKED)
    )


def _whole(kind: RawKind, job: Job) -> Iterator[RawArticle]:
    """The file as one piece."""
    most = job.limits.bytes
    data = job.stream.read(most + 1)
    if len(data) > most:
        raise SetAside("too_long", f"more than {most:,} bytes in one document, which is the limit")
    yield RawArticle(kind=kind, file=job.file, data=data)
