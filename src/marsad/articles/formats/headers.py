"""The headers of a table, for whoever asks people which column holds what."""

from __future__ import annotations

from pathlib import PurePath

from marsad.articles.formats.delimited import headers_of
from marsad.articles.formats.job import Job
from marsad.articles.formats.rows import recognised
from marsad.articles.raw import Limits
from marsad.articles.streams import packed, undone
from marsad.errors import SetAside

_TABLES = (".csv", ".tsv", ".tab")


def table_headers(file: str, limits: Limits) -> tuple[list[str], dict[str, str]]:
    """The headers of a CSV or TSV file, and of each field of an article the header that is known for it; both empty where it is no such table."""
    if PurePath(file.lower().removesuffix(".gz")).suffix not in _TABLES:
        return [], {}
    try:
        with packed(file) as stream:
            headers = headers_of(Job(file=file, stream=undone(stream), limits=limits))
    except SetAside:
        return [], {}
    return headers, recognised(headers)
