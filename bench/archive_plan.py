"""What an archive of any size takes, reckoned from what one of 100,000 articles took: the tables of docs/explanation/internet-scale.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_ALONE = ("order", "families")
"""Stages of one task: more cores do not help them."""
_SIZES = (("CC-NEWS in Arabic", 10**7), ("all web news", 10**9))
_CORES = (("laptop, 8 cores", 8), ("64 cores", 64), ("1,000 cores", 1_000))
_MS_A_HOUR = 3_600_000.0
_GIGABYTE = 1e9


def unit_costs(folder: Path, source: Path) -> dict[str, Any]:
    """What a finished archive took for one article, from the records of its manifest.

    Args:
        folder: The archive.
        source: What it was made of.

    Returns:
        ``articles``, ``claims`` and ``input`` bytes an article; for each of ``stages`` its ``ms`` of processor an article, ``tasks``, and the most ``megabytes`` of one; for each of
        ``tables`` its ``bytes`` an article, and the ``rows``.
    """
    from marsad.archive import Folder
    from marsad.archive.stages import STAGES

    records = {stage: list(Folder(folder).records(stage).values()) for stage in STAGES}
    articles = sum(record.counts["articles"] for record in records["read"])
    size: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for record in (one for done in records.values() for one in done):
        for part in record.parts:
            size[part.table] += part.bytes
            rows[part.table] += part.rows
    return {
        "articles": articles,
        "claims": sum(record.counts["claims"] for record in records["read"]) / articles,
        "input": source.stat().st_size / articles,
        "stages": {stage: _stage(done, articles) for stage, done in records.items()},
        "tables": {table: {"bytes": size[table] / articles, "rows": rows[table] / articles} for table in sorted(size)},
    }  # fmt: skip


def _stage(done: list[Any], articles: int) -> dict[str, float]:
    return {
        "ms": 1000 * sum(record.cost.get("processor", 0.0) for record in done) / articles,
        "tasks": len(done),
        "megabytes": max((record.cost.get("megabytes", 0) for record in done), default=0),
    }


def plan_of(costs: Mapping[str, Any]) -> str:
    """The tables, as Markdown."""
    said = [f"Measured on {costs['articles']:,} articles with {costs['claims']:.2f} claims each:"]
    parts = (said, _units(costs), _hours(costs), _bytes_of(costs))
    return "\n\n".join("\n".join(part) for part in parts)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _head(names: Iterable[str]) -> list[str]:
    held = list(names)
    return [_row(held), _row(["---", *["---:"] * (len(held) - 1)])]


def _units(costs: Mapping[str, Any]) -> list[str]:
    """The processor of each stage."""
    lines = _head(("stage", "ms of processor an article", "tasks here", "most MB of a task"))
    for stage, cost in costs["stages"].items():
        lines.append(_row((f"`{stage}`", f"{cost['ms']:.3f}", f"{cost['tasks']}", f"{cost['megabytes']:.0f}")))  # fmt: skip
    total = sum(cost["ms"] for cost in costs["stages"].values())
    return [*lines, _row(("all", f"{total:.3f}", "", ""))]


def _hours(costs: Mapping[str, Any]) -> list[str]:
    """Hours by size and cores: what is shared out, and what one process does alone."""
    lines = _head(("", "articles", "hours of processor", *(name for name, _ in _CORES), "of which one process alone"))  # fmt: skip
    alone = sum(costs["stages"][stage]["ms"] for stage in _ALONE)
    shared = sum(cost["ms"] for stage, cost in costs["stages"].items() if stage not in _ALONE)
    for name, articles in _SIZES:
        single = articles * alone / _MS_A_HOUR
        walls = (articles * shared / _MS_A_HOUR / cores + single for _, cores in _CORES)
        total = articles * (alone + shared) / _MS_A_HOUR
        lines.append(_row((name, f"{articles:,}", _number(total), *(f"{_number(wall)} h" for wall in walls), f"{_number(single)} h")))  # fmt: skip
    return lines


def _bytes_of(costs: Mapping[str, Any]) -> list[str]:
    """Bytes by table."""
    lines = _head(("table", "bytes an article", "rows an article", *(f"GB of {name}" for name, _ in _SIZES)))
    tables = {"input (JSON lines, not packed)": {"bytes": costs["input"], "rows": 1.0}, **costs["tables"]}
    for table, cost in tables.items():
        sizes = (_number(articles * cost["bytes"] / _GIGABYTE) for _, articles in _SIZES)
        lines.append(_row((table, f"{cost['bytes']:,.1f}", f"{cost['rows']:.3f}", *sizes)))
    return lines


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
