"""A stretch of a file, for readers that share it: the stretches of a file give what the whole gives, in the same order, each piece once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from marsad.articles.formats.door import kind_of, whole_pieces
from marsad.articles.formats.job import Job
from marsad.articles.formats.parquet import parquet_pieces, row_groups
from marsad.articles.formats.warc import has_small_members, warc_stretch
from marsad.articles.opening import is_lines, lines_between
from marsad.articles.raw import RawArticle

Form = Literal["lines", "members", "rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From where to before where: bytes at which JSON ``lines`` or ``members`` of a packed web archive begin, or row groups (``rows``) of a Parquet file."""

    form: Form
    begin: int
    end: int


def pieces_in(job: Job, stretch: Stretch | None = None) -> Iterator[RawArticle]:
    """The articles of an open file of any known kind, or of a stretch of it.

    Args:
        job: The file; of a stretch, its stream can be read from anywhere.
        stretch: What of it is read; None for all.

    Raises:
        SetAside: nothing (more) of it can be read.
    """
    if stretch is None:
        yield from whole_pieces(job)
    elif stretch.form == "lines":
        yield from lines_between(job.file, job.stream, job.limits, stretch.begin, stretch.end)
    elif stretch.form == "members":
        yield from warc_stretch(job, stretch.begin, stretch.end)
    else:
        yield from parquet_pieces(job, stretch.begin, stretch.end)


def form_of(job: Job) -> Form | None:
    """How a file can be cut into stretches; None where it can only be read from its beginning on."""
    kind = kind_of(job)
    job.stream.seek(0)
    if kind == "warc":
        return "members" if has_small_members(job.stream) else None
    if kind == "parquet":
        return "rows"
    return "lines" if kind == "text" and is_lines(job.file, job.stream, job.limits) else None


__all__ = ["Form", "Stretch", "form_of", "pieces_in", "row_groups"]
