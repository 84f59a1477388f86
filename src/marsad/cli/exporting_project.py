"""``marsad export project``: everything with what people decided, as lines that ``marsad import jsonl`` takes back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from marsad.cli.ingesting import project_of
from marsad.cli.sinks import sink_of
from marsad.run.lossless import lossless_lines
from marsad.store.audit import note
from marsad.store.sensitive import Held, held_back


def export_lossless(folder: Path | None, output: Path | None, asked: Mapping[str, Any]) -> None:
    """Write the project line by line, and note it in the audit log."""
    store = project_of(folder).open()
    lines, size, digest = 0, 0, hashlib.sha256()
    try:
        with sink_of(output) as sink, store.database.reading() as connection:
            held = Held() if asked.get("sensitive") else held_back(connection)
            for line in lossless_lines(connection, held):
                sink.put(line)
                digest.update(line)
                lines, size = lines + 1, size + len(line)
        data = {
            "lines": lines,
            "bytes": size,
            "sensitive": bool(asked.get("sensitive")),
            "sha256": digest.hexdigest(),
        }
        with store.database.writing() as connection:
            note(connection, "export", "project", data)
    finally:
        store.close()
    out = len(held.claims) + len(held.articles)
    left = f"; {out:,} articles and claims are held back (--sensitive takes them in)" if out else ""
    click.echo(f"marsad: {lines:,} lines, {size:,} bytes{left}", err=True)
