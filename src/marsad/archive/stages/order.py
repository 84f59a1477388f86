"""Stage ``order``: all signed articles of an archive in one order of time, with what copies are found by laid out so that it can be looked up by rank.

One task does it, since an order is of all. It holds eight bytes for each article; the keys that are sorted go through DuckDB, which has a bound and goes on on the disk
beyond it, and the signatures go from file to file.

An article whose id came before, in the order of shards and rows, is left out here and everywhere after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from marsad.archive.copies_files import FACTS, Digests, write_bands, write_signatures
from marsad.archive.fingerprints import data_of
from marsad.archive.folder import Folder, Parts, read_part
from marsad.archive.plan import Plan
from marsad.archive.schema import GROUPS, schema_of
from marsad.archive.stages import Done
from marsad.archive.stages.order_keys import Outlets, key_rows, sorted_keys
from marsad.archive.task import Record, Task
from marsad.articles.nearness import PLACES, Ints

_DIGEST = [f"s{group}" for group in range(GROUPS)]
_BYTES = PLACES * 4 // GROUPS


def tasks(plan: Plan, done: Done) -> list[Task]:
    """The one task."""
    read = [(record.name, part) for record in done["read"] for part in record.of("read_articles")]
    given = {"shards": [name for name, _ in read], "data": plan.settings.data}
    own = (data_of(plan.settings.data),) if plan.settings.data else ()  # which outlets are agencies
    return [
        Task(
            stage="order",
            name="all",
            given=given,
            depends=(*own, *(f"{name} {part.sha256}" for name, part in read)),
            reads=tuple(part.path for _, part in read),
        )
    ]


def run(task: Task, folder: Folder) -> Record:
    """Do it: tables ``order``, ``signatures``, ``bands`` and ``facts``.

    Counts ``signed``, which have a rank, and ``left_out``, which came again.
    """
    place = folder.path("tmp")
    place.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=place, prefix="order.") as scratch, Parts(folder, task) as parts:
        shards = list(zip(task.given["shards"], task.reads, strict=True))
        keys = Path(scratch) / "keys.parquet"
        starts = key_rows(folder, shards, keys, Outlets.known(task.given["data"]))
        ranks = _ranked(parts, sorted_keys(keys, Path(scratch)), task.given["shards"], starts)
        counts = _counts(ranks)
        signatures = parts.raw("signatures", counts["signed"])
        write_signatures(signatures, counts["signed"], _signatures(folder, task.reads, ranks, starts))
        write_bands(parts.raw("bands", counts["signed"]), signatures, counts["signed"])
        return parts.record(counts=counts)


_UNSIGNED, _LEFT_OUT = -1, -2


def _counts(ranks: Ints) -> Mapping[str, int]:
    return {
        "signed": int(np.count_nonzero(ranks >= 0)),
        "left_out": int(np.count_nonzero(ranks == _LEFT_OUT)),
    }


def _ranked(parts: Parts, keys: Iterator[Any], shards: list[str], starts: Ints) -> Ints:
    """Write the order and the facts; the rank of every article that was read, by its number over all shards."""
    import pyarrow as pa  # type: ignore[import-untyped]

    ranks = np.full(starts[-1], _UNSIGNED, dtype=np.int64)
    names, rank = pa.array(shards, pa.string()), 0
    parts.write("order", [])
    facts_path = parts.raw("facts", 0)
    with facts_path.open("r+b") as facts:
        for batch in keys:
            number, left_out = (batch.column(name).to_numpy(zero_copy_only=False) for name in ("number", "left_out"))  # fmt: skip
            ranked = np.arange(rank, rank + np.count_nonzero(~left_out))
            ranks[number[~left_out]] = ranked
            ranks[number[left_out]] = _LEFT_OUT
            shard = np.searchsorted(starts, number, side="right") - 1
            rows = {
                "shard": names.take(pa.array(shard)),
                "row": pa.array((number - starts[shard]).astype(np.int32)),
                "id": batch.column("id").cast(pa.string()),
                "left_out": pa.array(left_out),
            }
            parts.write_table("order", pa.table(rows, schema=schema_of("order")))
            facts.write(_facts(batch, ~left_out, ranked).tobytes())
            rank += len(ranked)
    return ranks


def _facts(batch: Any, kept: Any, ranks: Ints) -> Any:  # noqa: ANN401 (pyarrow has no types)
    facts = np.zeros(len(ranks), dtype=FACTS)
    for name in ("instant", "runs", "outlet", "day", "agency", "timed"):
        facts[name] = batch.column(name).to_numpy(zero_copy_only=False)[kept]
    unknown = facts["outlet"] < 0
    facts["outlet"][unknown] = -1 - ranks[unknown]  # an outlet of its own
    return facts


def _signatures(
    folder: Folder, paths: tuple[str, ...], ranks: Ints, starts: Ints
) -> Iterator[tuple[Ints, Digests]]:
    """The signatures of the articles that have a rank, shard by shard."""
    for path, start in zip(paths, starts[:-1], strict=True):
        at = int(start)
        for batch in read_part(folder, path, _DIGEST):
            mine = ranks[at : at + batch.num_rows]
            at += batch.num_rows
            whole = np.concatenate([_bytes_of(batch.column(name)) for name in _DIGEST], axis=1)
            yield mine[mine >= 0], whole[mine >= 0].view("<u4")


def _bytes_of(column: Any) -> Any:  # noqa: ANN401 (pyarrow has no types)
    """A column of pieces of digests as rows of bytes; what stands where there is none is not looked at."""
    data = np.frombuffer(column.buffers()[1], dtype=np.uint8)
    first, last = column.offset * _BYTES, (column.offset + len(column)) * _BYTES
    return data[first:last].reshape(len(column), _BYTES)
