"""Episodes in files that stages hand to each other: their digests, and reading those of some blocks and days."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from marsad.archive.folder import Folder
from marsad.archive.packing import testimonies_of
from marsad.archive.slicing import Piece
from marsad.errors import Damaged
from marsad.model.incident import Testimony

Row = Mapping[str, Any]
Episode = tuple[Row, Sequence[Testimony]]
"""An episode: its row without ``data``, and its testimonies, which are that."""
Condition = Mapping[str, Collection[Any]]
"""From a column to the values that are asked for: a range, or a set of some."""

_ROWS_AT_ONCE = 512


def digest_of(row: Row) -> int:
    """The digest of an episode: of all that its incident depends on."""
    parts = (row["block"], str(row["slot"]), row["article"], row["family"] or "", row["copy_of"] or "")
    digest = hashlib.sha256("\x1f".join(parts).encode() + b"\0" + row["data"])
    return int.from_bytes(digest.digest()[:8], "big") >> 1


def of_pieces(folder: Folder, paths: Iterable[str], pieces: Sequence[Piece]) -> list[list[Episode]]:
    """The episodes of each piece, from all the files that hold any of them."""
    found: list[list[Episode]] = [[] for _ in pieces]
    of_block: dict[str, list[int]] = {}
    for number, piece in enumerate(pieces):
        of_block.setdefault(piece.block, []).append(number)
    for row in rows_where(folder, paths, _condition(pieces)):
        holding = [number for number in of_block[row["block"]] if pieces[number].holds(row["slot"])]
        if holding:
            found[holding[0]].append((row, testimonies_of(row.pop("data"))))
    return found


def _condition(pieces: Sequence[Piece]) -> Condition:
    """What of a file is read: the days of one piece, or the blocks of several."""
    only = pieces[0]
    if len(pieces) == 1 and only.first is not None:
        return {"block": {only.block}, "slot": range(only.first, (only.last or only.first) + 1)}
    return {"block": {piece.block for piece in pieces}}


def rows_where(folder: Folder, paths: Iterable[str], condition: Condition) -> Iterator[dict[str, Any]]:
    """The rows of files whose columns have one of the values that are asked for; groups of rows that cannot are not read, since files are sorted.

    Raises:
        Damaged: a file is not what the manifest says.
    """
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet

    for path in paths:
        try:
            with parquet.ParquetFile(folder.path(path)) as file:
                groups = [
                    n for n in range(file.num_row_groups) if _may(file.metadata.row_group(n), condition)
                ]
                for batch in file.iter_batches(_ROWS_AT_ONCE, row_groups=groups, use_threads=False):
                    yield from _meeting(batch, condition)
        except (pa.ArrowException, OSError) as error:
            raise Damaged(f"{folder.path(path)}: {error}") from error


def _may(group: Any, condition: Condition) -> bool:  # noqa: ANN401 (pyarrow has no types)
    """Whether a group of rows may hold any of the values, by the lowest and highest that it says it has."""
    for number in range(group.num_columns):
        column = group.column(number)
        wanted = condition.get(column.path_in_schema)
        known = column.statistics if wanted is not None else None
        if wanted is None or known is None or not known.has_min_max:
            continue
        if known.max < min(wanted) or max(wanted) < known.min:
            return False
    return True


def _meeting(batch: Any, condition: Condition) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (pyarrow has no types)
    import pyarrow as pa

    columns = [(batch.column(name).to_pylist(), wanted) for name, wanted in condition.items()]
    mask = [all(values[n] in wanted for values, wanted in columns) for n in range(batch.num_rows)]
    if any(mask):
        yield from batch.filter(pa.array(mask)).to_pylist()
