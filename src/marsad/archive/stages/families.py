"""Stage ``families``: near pairs become families of copies, and every shard learns which of its articles are in one.

One task does it, since a family may have articles in every shard. It holds about a hundred bytes for each article that is in a family, and nothing for the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from marsad.archive.copies_files import facts_in
from marsad.archive.copies_kin import Pairs, families_of
from marsad.archive.copies_tables import database
from marsad.archive.folder import Folder, Parts, read_part
from marsad.archive.plan import Plan
from marsad.archive.schema import schema_of
from marsad.archive.stages import Done
from marsad.archive.stages.families_rows import homes_of, rows_of
from marsad.archive.task import Record, Task

_PAIRS = """
copy (select first, second, min(common) as common from read_parquet($parts) group by first, second order by first, second)
to $target (format parquet)
"""


def tasks(plan: Plan, done: Done) -> list[Task]:
    """The one task."""
    (order,) = done["order"]
    table, facts = order.of("order")[0], order.of("facts")[0]
    pairs = [part for record in done["pairs"] for part in record.of("pairs")]
    read = [(record.name, part) for record in done["read"] for part in record.of("read_articles")]
    return [
        Task(
            stage="families",
            name="all",
            given={"signed": order.counts["signed"], "pairs": len(pairs), "shards": [name for name, _ in read]},
            depends=(table.sha256, facts.sha256, *(part.sha256 for part in pairs), *(f"{name} {part.sha256}" for name, part in read)),
            reads=(table.path, facts.path, *(part.path for part in pairs), *(part.path for _, part in read)),
        )
    ]  # fmt: skip


def run(task: Task, folder: Folder) -> Record:
    """Do it: table ``families``, a file for each shard, sorted by row; the record tells which is whose.

    Counts ``families``, ``in_families`` (articles), ``copies`` (those that are near to an earlier one) and ``left_out``.
    """
    order, facts, *others = task.reads
    pairs, read = others[: task.given["pairs"]], others[task.given["pairs"] :]
    signed, shards = task.given["signed"], task.given["shards"]
    found = families_of(_pairs(folder, pairs), facts_in(folder.path(facts), signed))
    rows = rows_of(folder, order, found, (signed, shards))
    homes = homes_of(folder, read, rows)
    with Parts(folder, task) as parts:
        for number, shard in enumerate(shards):
            mine = rows.of_shard(number, homes).cast(schema_of("families"))
            parts.write_whole("families", shard, mine)
        counts = {
            "families": len(np.unique(found.family)),
            "in_families": len(found.ranks),
            "copies": int(np.count_nonzero(found.of >= 0)),
            "left_out": rows.left_out,
        }
        return parts.record(counts=counts, told=_places(shards))


def _places(shards: Sequence[str]) -> Mapping[str, int]:
    """Which of the record's parts is whose."""
    return {shard: number for number, shard in enumerate(shards)}


def _pairs(folder: Folder, paths: Sequence[str]) -> Pairs:
    """All pairs, each once, sorted."""
    none = np.empty(0, dtype=np.int64)
    columns = [[none], [none], [none]]
    place = folder.path("tmp")
    place.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=place, prefix="families.") as scratch:
        target = Path(scratch) / "pairs.parquet"
        if paths:
            with database(Path(scratch)) as connection:
                files = [str(folder.path(path)) for path in paths]
                connection.execute(_PAIRS, {"parts": files, "target": str(target)})
            for batch in read_part(folder, str(target.relative_to(folder.root)), at_once=1 << 16):
                for column, found in zip(columns, batch.columns, strict=True):
                    column.append(found.to_numpy())
    first, second, common = (np.concatenate(column) for column in columns)
    return Pairs(first, second, common)
