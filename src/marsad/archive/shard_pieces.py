"""The articles of a shard, not decoded yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from marsad.archive.chunks import read_chunk
from marsad.archive.folder import Folder
from marsad.archive.opening import check_unchanged, is_address, unpacked
from marsad.archive.plan import Input
from marsad.archive.shard import Shard
from marsad.articles import Job, Limits, RawArticle, Stretch, pieces_in, with_refusals


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
    if shard.form == "chunk":
        if shard.part is None:
            raise ValueError(f"{shard.name}: a chunk has a file")
        yield from read_chunk(folder, shard.part, shard.inputs[0].address)
        return
    stretch = None if shard.form == "files" else Stretch(form=shard.form, begin=shard.start, end=shard.end)
    for one in shard.inputs:
        yield from input_pieces(one, limits, columns, stretch)


def input_pieces(
    one: Input, limits: Limits, columns: Mapping[str, str] | None, stretch: Stretch | None = None
) -> Iterator[RawArticle]:
    """The articles of an input or of a stretch of it.

    Raises:
        MarsadError: as `pieces_of`.
    """

    def cut(stream: BinaryIO) -> Iterator[RawArticle]:
        # No columns are what a user says who says nothing; an empty mapping would make a table of any text.
        return pieces_in(
            Job(file=one.address, stream=stream, limits=limits, columns=columns or None), stretch
        )

    check_unchanged(one)
    yield from with_refusals(one.address, unpacked(one.address), cut)
    if not is_address(
        one.address
    ):  # a file that is written to while it is read; what addresses name is replaced as a whole
        check_unchanged(one)
