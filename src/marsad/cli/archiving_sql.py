"""What ``marsad archive sql`` prints: rows of a query as a table, JSON lines or CSV, or the tables that there are."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any

import click

from marsad.archive.manifest import is_being_remade
from marsad.archive.query import Answer, Table, ask, opened, tables_of
from marsad.cli.archiving_folder import folder_of
from marsad.cli.lines import safe_line
from marsad.cli.output import Output
from marsad.cli.rows import islands
from marsad.cli.terminal import columns, printable
from marsad.export.cells import cell

_MOST = 200
"""Rows that a table on a terminal has at most; JSON lines and CSV have all."""
_WIDE = 40
_GAP = "  "


def run_sql(output: Path, query: str | None, memory: int, form: str | None) -> None:
    """Ask an archive, or list its tables."""
    folder = folder_of([output])
    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    with Output() as out:
        if query is None:
            _put(out, _listed(tables_of(folder), form), form)
        else:
            with opened(folder, memory) as connection:
                _put(out, ask(connection, query), form)
    if is_being_remade(folder):
        click.echo("marsad: a run after this archive's last one has not finished: these are the rows from before it", err=True)  # fmt: skip


def _listed(tables: Sequence[Table], form: str) -> Answer:
    if form == "jsonl":
        rows = ((one.name, one.rows, dict(one.columns)) for one in tables)
        return Answer(("table", "rows", "columns"), rows)
    lines = ((one.name, one.rows, ", ".join(name for name, _ in one.columns)) for one in tables)
    return Answer(("table", "rows", "columns"), lines)


def _put(out: Output, answer: Answer, form: str) -> None:
    texts = {"jsonl": _json_lines, "csv": _csv, "table": _table}[form](answer)
    for text in texts:
        out.write(text, form)
    more = sum(1 for _ in answer.rows)
    if more:
        click.echo(f"marsad: {more:,} more rows; --format jsonl or csv gives all", err=True)


def _json_lines(answer: Answer) -> Iterator[str]:
    names = _different(answer.columns)
    for row in answer.rows:
        said = dict(zip(names, map(_finite, row), strict=True))
        yield safe_line(json.dumps(said, ensure_ascii=False, default=_text))


def _different(names: Sequence[str]) -> list[str]:
    """Names of columns, a second one of the same name told apart from the first: an object of JSON has each once."""
    found: list[str] = []
    for name in names:
        free = (f"{name}_{number}" if number else name for number in count())
        found.append(next(one for one in free if one not in found))
    return found


def _finite(value: object) -> object:
    """JSON has no number for what is none, nor for what is endless."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return {key: _finite(one) for key, one in value.items()} if isinstance(value, dict) else value


def _csv(answer: Answer) -> Iterator[str]:
    """No cell is a formula, as in all tables of ours."""
    for row in [answer.columns]:
        yield _csv_line(row)
    for row in answer.rows:
        yield _csv_line(row)


def _csv_line(row: Sequence[Any]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow([cell(value) for value in row])
    return held.getvalue()


def _table(answer: Answer) -> Iterator[str]:
    """The first rows with columns as wide as what is in them; the last column is not cut."""
    rows = [[_shown(value) for value in row] for row in islice(answer.rows, _MOST)]
    heads = list(answer.columns)
    widths = [min(_WIDE, max(columns(row[at]) for row in (heads, *rows))) for at in range(len(heads))]
    for row in (heads, ["-" * width for width in widths], *rows):
        yield _GAP.join(_fitted(text, width, last=at == len(row) - 1) for at, (text, width) in enumerate(zip(row, widths, strict=True))).rstrip() + "\n"  # fmt: skip


def _fitted(text: str, width: int, *, last: bool) -> str:
    if columns(text) > width and not last:
        text = text[: width - 1] + "…"
    padding = " " * (width - columns(text))
    return islands(text) + padding


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (list, dict)):
        return printable(json.dumps(value, ensure_ascii=False, default=_text))
    return printable(_text(value))


def _text(value: object) -> str:
    """What JSON has no form for: days, decimals, bytes."""
    return value.hex() if isinstance(value, bytes) else str(value)
