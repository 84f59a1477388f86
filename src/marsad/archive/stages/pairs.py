"""Stage ``pairs``: which articles are near to each other.

Articles that have a key in common are compared (`marsad.articles.nearness`). A task looks at some of the 64 bands, and in a large archive at a share of their keys; all
articles with one key are always in one task, so what is found does not depend on how many tasks there are. A pair that meets in bands of several tasks is found by each.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from marsad.archive.copies_files import facts_in, keys_in_band, texts_in
from marsad.archive.folder import Folder, Parts
from marsad.archive.plan import Plan
from marsad.archive.schema import schema_of
from marsad.archive.stages import Done
from marsad.archive.task import Record, Task
from marsad.articles.nearness import BANDS, Ints, meetings, near_among

_GROUPS = 8
_FEW = 50_000
"""Signed articles that one task looks at in all bands."""
_KEYS_AT_ONCE = 4_000_000
"""Keys of one band that a task holds: with what goes with them fifty bytes each."""

_FILES = ("signatures", "bands", "facts")


def tasks(plan: Plan, done: Done) -> list[Task]:
    """One task for each group of bands and share of their keys; none where there is nothing to compare."""
    (order,) = done["order"]
    count = order.counts["signed"]
    if count < 2:
        return []
    groups, shares = 1 if count <= _FEW else _GROUPS, -(-count // _KEYS_AT_ONCE)
    parts = [part for name in _FILES for part in order.of(name)]
    return [
        Task(
            stage="pairs",
            name=f"{group:02}-{share:03}",
            given={"signed": count, "group": group, "groups": groups, "share": share, "shares": shares},
            depends=tuple(part.sha256 for part in parts),
            reads=tuple(part.path for part in parts),
        )
        for group in range(groups)
        for share in range(shares)
    ]


def run(task: Task, folder: Folder) -> Record:
    """Do one: table ``pairs``. Counts ``found``, in which a pair counts for each task that found it."""
    import pyarrow as pa  # type: ignore[import-untyped]

    signatures, _, facts = (folder.path(path) for path in task.reads)
    texts = texts_in(signatures, facts_in(facts, task.given["signed"]))
    found = near_among(texts, _met(task, folder))
    with Parts(folder, task) as parts:
        columns = [found[0], found[1], found[2].astype(np.int32)]
        parts.write_table("pairs", pa.table([pa.array(column) for column in columns], schema=schema_of("pairs")))  # fmt: skip
        return parts.record(counts={"found": len(found[0])})


def _met(task: Task, folder: Folder) -> Iterator[tuple[Ints, Ints]]:
    given = task.given
    bands = folder.path(task.reads[_FILES.index("bands")])
    width = BANDS // given["groups"]
    for band in range(given["group"] * width, (given["group"] + 1) * width):
        keys, ranks = keys_in_band(bands, band, given["signed"], (given["share"], given["shares"]))
        for first, second in meetings(keys):
            yield ranks[first], ranks[second]
