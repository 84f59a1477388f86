"""JSON lines of differences, into a file or on standard output, and what is said of articles that only one file has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from marsad.cli.lines import safe_line
from marsad.cli.sinks import sink_of
from marsad.cli.terminal import printable

_MOST_NAMED = 10


def write_lines(target: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write objects as lines of JSON, and give their number.

    Args:
        target: A file, which appears under its name once it is whole, or ``-``.
        rows: The objects.

    Raises:
        InputError: the file cannot be written.
    """
    count = 0
    with sink_of(None if target == "-" else Path(target)) as sink:
        for row in rows:
            sink.write(safe_line(json.dumps(row, ensure_ascii=False)), "jsonl")
            count += 1
    return count


def say_articles(ids: Sequence[str], what: str) -> None:
    """Name articles on standard error, and what becomes of them; nothing where there are none."""
    if not ids:
        return
    named = ", ".join(map(printable, ids[:_MOST_NAMED]))
    more = f" and {len(ids) - _MOST_NAMED:,} more" if len(ids) > _MOST_NAMED else ""
    click.echo(f"marsad: {len(ids):,} {what}: {named}{more}", err=True)
