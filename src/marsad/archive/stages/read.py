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
_CHUNK_ASKED = 128
"""Pieces at a time where a model reads: at the end of each chunk it is waited until all are answered."""
_PIECES_AT_ONCE, _CLAIMS_AT_ONCE, _CHARACTERS_AT_ONCE = 500, 2_000, 4_000_000
"""Rows are written when so many have come; it is looked at after each chunk, so that the same input makes the same files."""


def tasks(plan: Plan, done: Done) -> list[Task]:
    """One task for each shard."""
    settings = {name: value for name, value in asdict(plan.settings).items() if name in _MATTERS}
    own = (data_of(plan.settings.data),) if plan.settings.data else ()
    asked, apart = _of_model(plan.settings)
    return [
        Task(
            stage="read",
            name=shard.name,
            given={"shard": shard.to_json(), "settings": settings, **asked},
            depends=(*shard.depends(), *own),
            reads=shard.reads,
            apart=apart,
        )
        for shard in shards_of(plan, done.get("cut", ()))
    ]


def _of_model(settings: Settings) -> tuple[dict[str, Any], dict[str, Any]]:
    """What of a model is in the key of each task, and what a task carries beside it: nothing where the rules read."""
    if settings.reader == "rules":
        return {}, {}
    from marsad.archive import model_reading  # late: what the rules read hangs on nothing of it

    return {"reader": model_reading.decides(settings)}, model_reading.apart(settings)


def run(task: Task, folder: Folder) -> Record:
    """Read a shard.

    Raises:
        MarsadError: the input is not as it was planned, or more articles than the quota allows end the process that reads them.
    """
    return read_shard(task, folder)


def read_shard(task: Task, folder: Folder, make: str = "") -> Record:
    """The same with a reader of one's own: ``module:function`` as `marsad.archive.stages.read_article.reader` is one."""
    began = time.process_time()
    shard = Shard.from_json(task.given["shard"])
    settings = Settings(**task.given["settings"], **task.apart)
    with ExitStack() as stack:
        parts = stack.enter_context(Parts(folder, task))
        watch = stack.enter_context(Watch(_order(settings, make), settings.patience, settings.quota))
        sheet = _Sheet(parts, asks=settings.reader != "rules" and not settings.replay)
        try:
            _read(_chunks(pieces_of(shard, folder, Limits(), settings.columns), task), watch, sheet)
        except MarsadError as error:
            raise type(error)(f"shard {task.name} ({shard.inputs[0].address}): {error}") from error
        record = parts.record(counts=_fitting(sheet.counts))
    cost: dict[str, Any] = {
        "processor": round(time.process_time() - began + watch.processor, 3),
        "megabytes": peak() + watch.megabytes,
    }
    if settings.reader != "rules":
        cost["model"] = dict(sorted(sheet.took.items()))
    return replace(record, cost=cost)


def _order(settings: Settings, make: str) -> Order:
    """What the process is started for."""
    wanted = Wanted(
        text=settings.text,
        relevance=settings.relevance,
        defaults=Defaults(outlet=settings.outlet, published=settings.published),
        data=settings.data,
    )
    if settings.reader == "rules":
        return Order(wanted=wanted, make=make or READER, memory=settings.memory)
    from marsad.archive import model_reading  # late, as above

    return model_reading.order(wanted, settings, make)


def _read(chunks: Iterable[list[Piece]], watch: Watch, sheet: _Sheet) -> None:
    """Read all pieces of a shard.

    Raises:
        MarsadError: more of them than the quota allows end the process, or get no answer of a model; or nobody answers.
    """
    pieces = 0
    for chunk in chunks:
        sheet.take(watch.read(chunk))
        pieces += len(chunk)
        sheet.check_answers(watch.most_of(pieces, more=True))
    sheet.end()
    watch.check(pieces)
    sheet.check_answers(watch.most_of(pieces))


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
    asks: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    took: Counter[str] = field(default_factory=Counter)
    held: Reply = field(default_factory=Reply)

    def take(self, replies: Iterable[Reply]) -> None:
        """What came of a chunk; it is written when there is enough."""
        for reply in replies:
            self.held.counts.update(reply.counts)
            self.took.update(reply.took)
            for table, columns in reply.columns.items():
                self.held.extend(table, columns)
        counts = self.held.counts
        if (
            counts["pieces"] >= _PIECES_AT_ONCE
            or counts["claims"] >= _CLAIMS_AT_ONCE
            or counts["characters"] >= _CHARACTERS_AT_ONCE
        ):
            self.write()

    def check_answers(self, most: int) -> None:
        """Whether a model that is asked answers: an endpoint that has gone wrong must not set an archive aside.

        Raises:
            MarsadError: more articles than so many got no answer that can be used.
        """
        seen = self.counts + self.held.counts
        if self.asks and seen["model_failed"] > most:
            raise MarsadError(
                f"{seen['model_failed']:,} articles got no answer of the model that can be used, and {most:,} may; {_reasons(seen + self.took)}"
            )

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


def _reasons(counts: Mapping[str, int]) -> str:
    """What was wrong with requests and answers, most often first."""
    bad = ("faults_", "model_unusable_")
    told = sorted((-number, name) for name, number in counts.items() if name.startswith(bad))
    return ", ".join(f"{name.removeprefix('model_')} {-number:,}" for number, name in told) or "none came"


def _arrow(table: str, columns: list[list[Any]]) -> Any:  # noqa: ANN401 (pyarrow has no types)
    import pyarrow as pa  # type: ignore[import-untyped]

    schema = schema_of(table)
    arrays = [pa.array(values, type=kind) for values, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _chunks(raws: Iterable[RawArticle], task: Task) -> Iterator[list[Piece]]:
    """A few pieces at a time, fewer where they are long."""
    most = _CHUNK_ASKED if task.apart else _CHUNK
    chunk: list[Piece] = []
    size = 0
    for number, raw in enumerate(raws):
        chunk.append(Piece(raw, task.name, number))
        size += _size(raw)
        if len(chunk) >= most or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(raw: RawArticle) -> int:
    if isinstance(raw.data, bytes):
        return len(raw.data)
    return sum(len(value) for value in raw.data.values() if isinstance(value, str))
