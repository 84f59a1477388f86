"""The articles of a shard, not decoded yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from marsad.archive.folder import Folder
from marsad.archive.shard import Shard
from marsad.articles import Limits, RawArticle, pieces


def pieces_of(
    shard: Shard, folder: Folder, limits: Limits, columns: Mapping[str, str] | None = None
) -> Iterator[RawArticle]:
    """The articles of a shard in order; what cannot be read is among them, with its reason.

    Args:
        shard: What is read.
        folder: The archive, which holds what was cut.
        limits: The most bytes that one piece may have.
        columns: For tables, from a field of an article to the header of its column.

    Raises:
        MarsadError: an input is not as it was when the run was planned, or cannot be read for a reason outside of it (a disk, a network).
    """
    for one in shard.inputs:
        yield from pieces(one.address, limits, columns)
