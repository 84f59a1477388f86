"""Which reader a file goes to, by its first bytes (PDF, ZIP, Parquet, WARC), then by the shape of its text (a Telegram export), then by
its name (a table). Everything else is text, a page or JSON, which `marsad.articles.opening` tells apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import BinaryIO

from marsad.articles.formats.job import Job
from marsad.articles.opening import cut, with_refusals
from marsad.articles.raw import Limits, Meter, RawArticle
from marsad.articles.streams import packed, undone


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
    return with_refusals(file, packed(file, meter), partial(_read, file, limits, columns))


def _read(
    file: str, limits: Limits, columns: Mapping[str, str] | None, stream: BinaryIO
) -> Iterator[RawArticle]:
    job = Job(file=file, stream=stream, limits=limits, columns=columns)
    yield from cut(job.file, undone(job.stream), job.limits)
