"""Parquet files of articles, row group by row group; needs pyarrow, which comes with the extra ``marsad[parquet]``."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from marsad.articles.formats.job import Job
from marsad.articles.formats.rows import row_piece, table_of
from marsad.articles.raw import RawArticle, refused
from marsad.errors import SetAside

_AT_ONCE = 256
"""Rows that are unpacked at a time."""
_DEEPEST = 20


def parquet_pieces(job: Job, begin: int = 0, end: int | None = None) -> Iterator[RawArticle]:
    """The articles of a Parquet file, one a row; of a row group that is damaged, what follows the damage is set aside as a whole.

    Args:
        job: The file.
        begin: The number of the first row group to be read.
        end: The number of the first that is not; None reads to the last.

    Raises:
        SetAside: ``needs_extra``, ``damaged``, ``unreadable`` (it is not a file of its own) or ``no_column``.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError:
        raise SetAside("needs_extra", 'to read Parquet files: pip install "marsad[parquet]"') from None
    if not job.stream.seekable():
        raise SetAside("unreadable", "a Parquet file must be given as a file of its own, not packed or piped")
    faults = (
        pa.ArrowException,
        OSError,
        ValueError,
        LookupError,
        MemoryError,
        OverflowError,
        NotImplementedError,
    )
    try:
        source = parquet.ParquetFile(job.stream)
        headers = source.schema_arrow.names
        sizes = _group_sizes(source)
    except faults as error:
        raise SetAside("damaged", f"the Parquet file cannot be read: {_said(error)}") from error
    table = table_of(job.file, headers, job.columns)
    for group in range(begin, len(sizes) if end is None else min(end, len(sizes))):
        try:
            for number, row in enumerate(_rows(source, group), sum(sizes[:group]) + 1):
                yield row_piece(table, f"row {number}", row)
        except faults as error:
            yield refused(
                job.file, "damaged", f"row group {group} cannot be read: {_said(error)}", f"row group {group}"
            )


def row_groups(stream: BinaryIO) -> list[int]:
    """How many rows each row group of a Parquet file has; none where that cannot be told."""
    try:
        from pyarrow import parquet

        return _group_sizes(parquet.ParquetFile(stream))
    except (ImportError, OSError, ValueError, OverflowError):
        return []


def _group_sizes(source: Any) -> list[int]:  # noqa: ANN401 (pyarrow has no types)
    return [source.metadata.row_group(group).num_rows for group in range(source.num_row_groups)]


def _rows(source: Any, group: int) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 (pyarrow has no types)
    for batch in source.iter_batches(batch_size=_AT_ONCE, row_groups=[group]):
        for row in batch.to_pylist():
            yield {name: _plain(value, _DEEPEST) for name, value in row.items()}


def _plain(value: object, depth: int) -> Any:  # noqa: ANN401 (whatever JSON can hold)
    """A value as JSON can hold it: times in ISO form, bytes as text, anything unknown as its text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if depth and isinstance(value, Mapping):
        return {str(key): _plain(one, depth - 1) for key, one in value.items()}
    if depth and isinstance(value, list | tuple):
        return [_plain(one, depth - 1) for one in value]
    return str(value)


def _said(error: Exception) -> str:
    return f"{error}".partition("\n")[0][:200] or type(error).__name__
