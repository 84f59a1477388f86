"""Stage ``read``: each shard's articles are filtered, read, grounded and signed, in a process of their own (`marsad.archive.reading_child`); this one cuts the input and writes the files."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from marsad.archive.fingerprints import data_of
from marsad.archive.folder import Folder, Parts
from marsad.archive.plan import Plan, Settings
from marsad.archive.reading_child import Order, Reply, peak
from marsad.archive.reading_watch import Watch
from marsad.archive.schema import schema_of
from marsad.archive.shards import Shard, pieces_of, shards_of
from marsad.archive.stages import Done
from marsad.archive.stages.read_article import Piece, Wanted
from marsad.archive.task import Record, Task
from marsad.articles import Defaults, Limits, RawArticle
from marsad.errors import MarsadError

READER = "marsad.archive.stages.read_article:reader"
_MATTERS = ("text", "relevance", "outlet", "published", "columns", "memory", "patience", "quota", "data")
_ALWAYS = ("read_articles", "read_claims", "read_episodes")
_CHUNK, _CHUNK_BYTES = 32, 512 << 10
_PIECES_AT_ONCE, _CLAIMS_AT_ONCE, _CHARACTERS_AT_ONCE = 500, 2_000, 4_000_000
"""Rows are written when so many have come; it is looked at after each chunk, so that the same input makes the same files."""


def tasks(plan: Plan, done: Done) -> list[Task]:
    """One task for each shard."""
    settings = {name: value for name, value in asdict(plan.settings).items() if name in _MATTERS}
    own = (data_of(plan.settings.data),) if plan.settings.data else ()
    return [
        Task(
            stage="read",
            name=shard.name,
            given={"shard": shard.to_json(), "settings": settings},
            depends=(*shard.depends(), *own),
            reads=shard.reads,
        )
        for shard in shards_of(plan, done.get("cut", ()))
    ]


def run(task: Task, folder: Folder) -> Record:
    """Read a shard.

    Raises:
        MarsadError: the input is not as it was planned, or more articles than the quota allows end the process that reads them.
    """
    return read_shard(task, folder, READER)


def read_shard(task: Task, folder: Folder, make: str) -> Record:
    """The same with a reader of one's own: ``module:function`` as `marsad.archive.stages.read_article.reader` is one."""
    began = time.process_time()
    shard, settings = Shard.from_json(task.given["shard"]), Settings(**task.given["settings"])
    wanted = Wanted(
        text=settings.text,
        relevance=settings.relevance,
        defaults=Defaults(outlet=settings.outlet, published=settings.published),
        data=settings.data,
    )
    with ExitStack() as stack:
        parts = stack.enter_context(Parts(folder, task))
        order = Order(wanted=wanted, make=make, memory=settings.memory)
        watch = stack.enter_context(Watch(order, settings.patience, settings.quota))
        sheet = _Sheet(parts)
        try:
            for chunk in _chunks(pieces_of(shard, folder, Limits(), settings.columns), task.name):
                sheet.take(watch.read(chunk))
            sheet.end()
            watch.check(sheet.counts["pieces"])
        except MarsadError as error:
            raise type(error)(f"shard {task.name} ({shard.inputs[0].address}): {error}") from error
        record = parts.record(counts=_fitting(sheet.counts))
    cost = {
        "processor": round(time.process_time() - began + watch.processor, 3),
        "megabytes": peak() + watch.megabytes,
    }
    return replace(record, cost=cost)


def _fitting(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts in a fixed order; every piece is in one of them."""
    fates = sum(number for name, number in counts.items() if name.startswith(("dropped_", "filtered_")))
    if counts["pieces"] != counts["articles"] + fates:
        raise MarsadError(f"{counts['pieces']:,} pieces went in, and {counts['articles'] + fates:,} came out")
    always = dict.fromkeys(("articles", "claims", "characters", "pieces"), 0)
    return {**always, **dict(sorted(counts.items()))}


@dataclass(slots=True)
class _Sheet:
    """Rows that are on their way to the files of a task."""

    parts: Parts
    counts: Counter[str] = field(default_factory=Counter)
    held: Reply = field(default_factory=Reply)

    def take(self, replies: Iterable[Reply]) -> None:
        """What came of a chunk; it is written when there is enough."""
        for reply in replies:
            self.held.counts.update(reply.counts)
            for table, columns in reply.columns.items():
                self.held.extend(table, columns)
        counts = self.held.counts
        if (
            counts["pieces"] >= _PIECES_AT_ONCE
            or counts["claims"] >= _CLAIMS_AT_ONCE
            or counts["characters"] >= _CHARACTERS_AT_ONCE
        ):
            self.write()

    def end(self) -> None:
        """Write the rest. The stages after this one have each of these files, also of a shard without claims, or with no article that can be read."""
        self.write()
        for table in _ALWAYS:
            self.parts.write(table, ())

    def write(self) -> None:
        """Write what is held."""
        for table, columns in sorted(self.held.columns.items()):
            self.parts.write_table(table, _arrow(table, columns))
        self.counts.update(self.held.counts)
        self.held = Reply()


def _arrow(table: str, columns: list[list[Any]]) -> Any:  # noqa: ANN401 (pyarrow has no types)
    import pyarrow as pa  # type: ignore[import-untyped]

    schema = schema_of(table)
    arrays = [pa.array(values, type=kind) for values, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _chunks(raws: Iterable[RawArticle], shard: str) -> Iterator[list[Piece]]:
    """A few pieces at a time, fewer where they are long."""
    chunk: list[Piece] = []
    size = 0
    for number, raw in enumerate(raws):
        chunk.append(Piece(raw, shard, number))
        size += _size(raw)
        if len(chunk) >= _CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(raw: RawArticle) -> int:
    if isinstance(raw.data, bytes):
        return len(raw.data)
    return sum(len(value) for value in raw.data.values() if isinstance(value, str))
