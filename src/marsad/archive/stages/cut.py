"""Stage ``cut``: files that no reader can begin in the middle of (packed lines, tables, exports, web archives in one stream) are gone through once, and what is
in them is written to files that one task each can read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from marsad.archive.chunks import write_chunks
from marsad.archive.folder import Folder
from marsad.archive.plan import Input, Plan
from marsad.archive.shard_pieces import input_pieces
from marsad.archive.shards import cut_name, inputs_to_cut
from marsad.archive.stages import Done
from marsad.archive.task import Record, Task
from marsad.articles import Limits, RawArticle


def tasks(plan: Plan, done: Done) -> list[Task]:
    """One for each input that is large and cannot be shared out as it is."""
    settings = plan.settings
    given = {"shard_bytes": settings.shard_bytes, "columns": dict(settings.columns)}
    return [
        Task(stage="cut", name=cut_name(one), given={**given, "input": asdict(one)}, depends=(one.identity,))
        for one in inputs_to_cut(plan)
    ]


def run(task: Task, folder: Folder) -> Record:
    """Cut one file.

    Raises:
        MarsadError: it is not as it was when the run was planned, or cannot be read for a reason outside of it.
    """
    one = Input(**task.given["input"])
    found: Iterator[RawArticle] = input_pieces(one, Limits(), task.given["columns"])
    parts = write_chunks(folder, task, found, task.given["shard_bytes"])
    counts = {"pieces": sum(part.rows for part in parts), "chunks": len(parts)}
    return Record(stage="cut", name=task.name, key=task.key, parts=tuple(parts), counts=counts)
