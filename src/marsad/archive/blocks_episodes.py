"""Episodes in files that stages hand to each other: their digests, and reading those of some blocks and days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from marsad.archive.folder import Folder
from marsad.archive.slicing import Piece
from marsad.errors import Damaged

Row = Mapping[str, Any]


def digest_of(row: Row) -> int:
    """The digest of an episode: of all that its incident depends on."""
    parts = (row["block"], str(row["slot"]), row["article"], row["family"] or "", row["copy_of"] or "")
    digest = hashlib.sha256("\x1f".join(parts).encode() + b"\0" + row["data"])
    return int.from_bytes(digest.digest()[:8], "big") >> 1


def of_pieces(folder: Folder, paths: Iterable[str], pieces: Sequence[Piece]) -> list[list[Row]]:
    """The rows of each piece, from all the files that hold any of them."""
    found: list[list[Row]] = [[] for _ in pieces]
    of_block: dict[str, list[int]] = {}
    for number, piece in enumerate(pieces):
        of_block.setdefault(piece.block, []).append(number)
    for row in rows_where(folder, paths, _condition(pieces)):
        for number in of_block[row["block"]]:
            if pieces[number].holds(row["slot"]):
                found[number].append(row)
    return found


def _condition(pieces: Sequence[Piece]) -> list[Any]:
    """What of a file is read: the days of one piece, or the blocks of several."""
    held: list[Any] = [("block", "in", sorted({piece.block for piece in pieces}))]
    only = pieces[0]
    if len(pieces) == 1 and only.first is not None:
        held += [("slot", ">=", only.first), ("slot", "<=", only.last)]
    return held


def rows_where(folder: Folder, paths: Iterable[str], condition: list[Any]) -> Iterator[dict[str, Any]]:
    """The rows of files that meet a condition; groups of rows that cannot are not read, since files are sorted.

    Raises:
        Damaged: a file is not what the manifest says.
    """
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet

    for path in paths:
        try:
            table = parquet.read_table(
                folder.path(path), filters=condition, use_threads=False, partitioning=None
            )
        except (pa.ArrowException, OSError) as error:
            raise Damaged(f"{folder.path(path)}: {error}") from error
        for batch in table.to_batches(max_chunksize=1024):
            yield from batch.to_pylist()
