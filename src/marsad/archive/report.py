"""What is in a finished archive and what it took: counts by outlet, year, country, event and status, copies, what was left out, unit costs, fingerprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marsad.archive.failures import set_aside_counts
from marsad.archive.folder import Folder
from marsad.archive.manifest import manifest_of, rows_of
from marsad.archive.model_told import told_of
from marsad.archive.plan import Plan
from marsad.archive.query import ask, opened
from marsad.archive.schema import PUBLIC
from marsad.archive.stages import STAGES
from marsad.archive.task import Record
from marsad.llm.costs import report as report_of_model
from marsad.llm.types import Endpoint, Told

MOST = 15
_COUNTS = {
    "articles by outlet": "SELECT coalesce(outlet, ''), count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1",
    "articles by year": "SELECT coalesce(published[1:4], ''), count(*) FROM articles GROUP BY 1 ORDER BY 1",
    "claims by country": "SELECT coalesce(country, ''), count(*) FROM claims GROUP BY 1 ORDER BY 2 DESC, 1",
    "claims by event": "SELECT event, count(*) FROM claims GROUP BY 1 ORDER BY 2 DESC, 1",
    "incidents by status": "SELECT status, count(*) FROM incidents GROUP BY 1 ORDER BY 2 DESC, 1",
    "spells by state": "SELECT state, count(*) FROM spells GROUP BY 1 ORDER BY 2 DESC, 1",
}
_COPIES = """SELECT count(*) AS in_families, count(DISTINCT family) AS families, count(copy_of) AS copies,
    count(*) FILTER (copy_of IS NOT NULL AND known) AS known FROM copies"""
_PER = 1_000


def report_of(folder: Folder, memory: int) -> dict[str, Any]:
    """The report as JSON.

    Args:
        folder: The archive.
        memory: Megabytes that counting may take.

    Raises:
        InputError: there is no finished archive.
        Damaged: files of it are missing.
    """
    manifest = manifest_of(folder)
    with opened(folder, memory) as connection:
        counts = {name: [list(row) for row in ask(connection, sql).rows] for name, sql in _COUNTS.items()}
        copies = ask(connection, _COPIES)
        shares = dict(zip(copies.columns, next(copies.rows), strict=True))
    inputs = manifest["plan"]["inputs"]
    articles = rows_of(manifest, "articles")
    return {
        "archive": str(folder.root),
        "marsad": manifest["marsad"],
        "inputs": {"files": len(inputs), "bytes": sum(max(0, one["size"]) for one in inputs)},
        "rows": {table: rows_of(manifest, table) for table in PUBLIC},
        "bytes": {
            table: sum(part["bytes"] for part in manifest["tables"].get(table, ())) for table in PUBLIC
        },
        "left out": left_out(manifest["counts"]),
        "set aside": dict(set_aside_counts(folder).most_common()),
        "copies": {**shares, "share": round(shares["copies"] / articles, 4) if articles else 0.0},
        **counts,
        "costs": costs_of(folder),
        "reader": manifest.get("reader", ""),
        "model": model_of(folder, Plan.from_json(manifest["plan"], str(folder.root))),
        "code": manifest["code"],
    }


def model_of(folder: Folder, plan: Plan) -> dict[str, Any] | None:
    """What a model was asked and what came of it, over all shards (`marsad.llm.costs.report`); None where the rules read alone."""
    settings = plan.settings
    if settings.reader == "rules":
        return None
    endpoint = Endpoint(**settings.model) if settings.model else None
    told = told_by(folder.records("read").values())
    return {
        "reader": settings.reader,
        "budget": settings.budget,
        "replay": settings.replay,
        **report_of_model(told, endpoint),
    }


def told_by(records: Iterable[Record]) -> Told:
    """What the tasks of reading tell of a model, in all."""
    counts: Counter[str] = Counter()
    took: Counter[str] = Counter()
    for record in records:
        counts.update(record.counts)
        took.update(record.cost.get("model", {}))
    return told_of(counts, took)


def left_out(counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """What was not read, by why: texts in other languages or off topic."""
    read = counts.get("read", {})
    return {name.removeprefix("filtered_"): number for name, number in sorted(read.items()) if name.startswith("filtered_")}  # fmt: skip


def costs_of(folder: Folder) -> list[dict[str, Any]]:
    """What each stage took, whenever its tasks were done: processor seconds, for a thousand articles too, and the most memory that a task took in megabytes."""
    articles = sum(record.counts.get("pieces", record.counts.get("articles", 0)) for record in folder.records("read").values())  # fmt: skip
    found = []
    for stage in STAGES:
        records = folder.records(stage).values()
        processor = sum(record.cost.get("processor", 0.0) for record in records)
        found.append(
            {
                "stage": stage,
                "tasks": len(records),
                "processor": round(processor, 2),
                "per_1000": round(processor / articles * _PER, 3) if articles else None,
                "megabytes": max((record.cost.get("megabytes", 0) for record in records), default=0),
                "bytes": sum(part.bytes for record in records for part in record.parts),
            }
        )
    return found


def shortened(rows: Sequence[Sequence[Any]]) -> list[tuple[str, int]]:
    """The first of a list of counts, and the others as one."""
    shown = [(str(name) or "not known", int(number)) for name, number in rows[:MOST]]
    rest = sum(int(number) for _, number in rows[MOST:])
    return [*shown, (f"{len(rows) - MOST:,} others", rest)] if rest else shown
