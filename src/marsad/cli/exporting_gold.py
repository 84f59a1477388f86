"""``marsad export gold``: the articles as people decided them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from marsad.cli.ingesting import project_of
from marsad.cli.lines import safe_line
from marsad.cli.sinks import sink_of
from marsad.run.gold import Gold, GoldCounts, gold_articles
from marsad.store import Store
from marsad.store.audit import note


def export_gold(folder: Path | None, output: Path | None, asked: Mapping[str, Any]) -> None:
    """Write the articles that people decided, count them, and note it in the audit log."""
    wanted = Gold(
        part=asked.get("part") or "",
        partial=bool(asked.get("partial")),
        sensitive=bool(asked.get("sensitive")),
    )
    store = project_of(folder).open()
    try:
        counts, digest = GoldCounts(), hashlib.sha256()
        with sink_of(output) as sink, store.database.reading() as connection:
            for row in gold_articles(connection, wanted, counts):
                line = safe_line(json.dumps(row, ensure_ascii=False))
                digest.update(line.encode("utf-8"))
                sink.write(line, "jsonl")
        _noted(store, wanted, counts, digest.hexdigest())
    finally:
        store.close()
    for said in _told(counts):
        click.echo(f"marsad: {said}", err=True)


def _noted(store: Store, wanted: Gold, counts: GoldCounts, digest: str) -> None:
    data = {
        "articles": counts.articles, "claims": counts.claims.total(), "left_out": dict(counts.out), "waiting": counts.waiting, "held": counts.held,
        "part": wanted.part, "partial": wanted.partial, "sensitive": wanted.sensitive, "sha256": digest,
    }  # fmt: skip
    with store.database.writing() as connection:
        note(connection, "export", "gold", data)


def _told(counts: GoldCounts) -> list[str]:
    lines = [f"{counts.articles:,} articles with {counts.claims.total():,} claims{_each(counts.claims)}"]
    if counts.out:
        lines.append(f"{counts.out.total():,} claims of these articles left out{_each(counts.out)}")
    if counts.waiting:
        lines.append(
            f"{counts.waiting:,} articles have claims that are not decided, and were passed over (--partial takes them in)"
        )
    if counts.held:
        lines.append(
            f"{counts.held:,} articles are held back, or a claim of theirs is (--sensitive takes them in)"
        )
    return lines


def _each(numbers: Mapping[str, int]) -> str:
    named = ", ".join(f"{name} {number:,}" for name, number in sorted(numbers.items()) if number)
    return f" ({named})" if named else ""
