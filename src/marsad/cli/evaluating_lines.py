"""JSON lines of differences, into a file or on standard output, and what is said of articles that only one file has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from marsad.cli.lines import safe_line
from marsad.cli.output import Output
from marsad.cli.terminal import printable
from marsad.errors import InputError

_MOST_NAMED = 10


def write_lines(target: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write objects as lines of JSON, and give their number.

    Args:
        target: A file, which appears under its name once it is whole, or ``-``.
        rows: The objects.

    Raises:
        InputError: the file cannot be written.
    """
    if target == "-":
        with Output() as output:
            return _put(rows, lambda line: output.write(line, "jsonl"))
    path = Path(target)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            count = _put(rows, stream.write)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{target} cannot be written: {error.strerror or error}") from error
    return count


def _put(rows: Iterable[Mapping[str, Any]], write: Callable[[str], object]) -> int:
    count = 0
    for row in rows:
        write(safe_line(json.dumps(row, ensure_ascii=False)))
        count += 1
    return count


def say_articles(ids: Sequence[str], what: str) -> None:
    """Name articles on standard error, and what becomes of them; nothing where there are none."""
    if not ids:
        return
    named = ", ".join(map(printable, ids[:_MOST_NAMED]))
    more = f" and {len(ids) - _MOST_NAMED:,} more" if len(ids) > _MOST_NAMED else ""
    click.echo(f"marsad: {len(ids):,} {what}: {named}{more}", err=True)
