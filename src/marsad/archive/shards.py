"""Sharing the inputs of an archive out to tasks, without reading them."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.archive.plan import Plan
from marsad.archive.shard import Shard
from marsad.archive.shard_pieces import pieces_of
from marsad.archive.task import Record

__all__ = ["Shard", "pieces_of", "shards_of"]


def shards_of(plan: Plan, cut: Sequence[Record]) -> list[Shard]:
    """The shards of all inputs, in the order of the inputs and of what is in them.

    Args:
        plan: The inputs and how much of them one task reads.
        cut: The records of stage ``cut``.
    """
    return [Shard(form="files", inputs=(one,)) for one in plan.inputs]
