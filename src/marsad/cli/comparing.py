"""What ``marsad compare`` does: read the filters, compare, write rows, a layer, sums or a table, and say what was left out."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from marsad.cli.comparing_table import table
from marsad.cli.ingesting import project_of
from marsad.cli.lines import safe_line
from marsad.cli.progress import Progress
from marsad.cli.sinks import sink_of
from marsad.cli.terminal import printable
from marsad.errors import SetAside
from marsad.run.comparing import Ask, Comparison, compare
from marsad.run.comparing_names import TheirNames
from marsad.run.comparing_rows import feature, row_json, sums
from marsad.run.names import Names
from marsad.store.audit import note
from marsad.store.reads import Filters, filters_from

DONE, SOME_SET_ASIDE = 0, 3
_MOST_SAID = 20
"""Rows set aside that are named one by one; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of ``marsad compare``, as click gives them."""

    files: tuple[Path, ...]
    project: Path | None = None
    pairs: tuple[str, ...] = ()
    form: str | None = None
    summary: bool = False
    km: float = 5.0
    days: int = 1
    output: Path | None = None
    data: Path | None = None


class _Aside:
    """Says of the first rows that are set aside which they are and why."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self.number = progress, 0

    def __call__(self, file: Path, line: int, why: SetAside) -> None:
        self.number += 1
        if self.number <= _MOST_SAID:
            said = printable(f"{file}, line {line}: {why.message}")
            self._progress.say(f"marsad: set aside ({why.reason}): {said}")


def run_compare(options: Options) -> int:
    """Compare everything and give the exit code."""
    ask = Ask(files=options.files, km=options.km, days=options.days, filters=filters_of(options.pairs))
    store, names = project_of(options.project).open(), Names(options.data)
    try:
        with Progress() as progress, store.database.reading() as connection:
            aside, meaning = _Aside(progress), TheirNames(names)
            found = list(compare(connection, meaning, ask, aside))
        numbers = [sums(one, meaning) for one in found]
        digest = hashlib.sha256()
        with sink_of(options.output) as sink:
            for text in _texts(options, found, (numbers, meaning)):
                digest.update(text.encode("utf-8"))
                sink.write(text, "text")
        with store.database.writing() as connection:
            note(connection, "export", "comparison", _noted(options, numbers, digest.hexdigest()))
    finally:
        names.close()
        store.close()
    for one in numbers:
        for line in said(one):
            click.echo(f"marsad: {line}", err=True)
    return SOME_SET_ASIDE if aside.number else DONE


def filters_of(pairs: Sequence[str]) -> Filters:
    """The filters of ``--filter NAME=VALUE``.

    Raises:
        click.UsageError: a pair is none, or there is no filter of that name.
        InputError: a value is none of its name.
    """
    known, found = [one.name for one in fields(Filters)], []
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in known:
            raise click.UsageError(f"--filter {pair}: it must be NAME=VALUE, NAME one of {', '.join(known)}")
        found.append((name, value))
    return filters_from(found)


def _texts(
    options: Options, found: Sequence[Comparison], about: tuple[list[dict[str, Any]], TheirNames]
) -> Iterator[str]:
    numbers, meaning = about
    form = options.form or ("table" if options.output is None and sys.stdout.isatty() else "jsonl")
    if options.summary:
        yield from map(_line, numbers)
    elif form == "table":
        for one, totals in zip(found, numbers, strict=True):
            yield from (f"{line}\n" for line in table(one, totals))
    elif form == "geojson":
        yield from _layer(found, meaning)
    else:
        for one in found:
            yield from (_line(row_json(row, one.origin, meaning)) for row in one.rows)


def _layer(found: Sequence[Comparison], meaning: TheirNames) -> Iterator[str]:
    """All lines as one layer, a feature a line."""
    yield '{"type": "FeatureCollection", "name": "compared", "features": ['
    before = "\n"
    for one in found:
        for row in one.rows:
            yield before + _line(feature(row, one.origin, meaning)).rstrip("\n")
            before = ",\n"
    yield "\n]}\n"


def _line(data: dict[str, Any]) -> str:
    return safe_line(json.dumps(data, ensure_ascii=False))


def _noted(options: Options, numbers: Sequence[dict[str, Any]], digest: str) -> dict[str, Any]:
    kinds = {one["against"]: one["kinds"] for one in numbers}
    return {"against": kinds, "filters": list(options.pairs), "sha256": digest}


def said(numbers: dict[str, Any]) -> Iterator[str]:
    """What one layer came to, in lines for people."""
    cover, kinds = numbers["covers"], numbers["kinds"]
    name = numbers["against"].upper()
    yield (
        f"{name}: {cover['rows']:,} rows of {cover['first_day']} to {cover['last_day']} in {len(cover['countries'])} countries;"
        f" both {kinds['both']:,}, only theirs {kinds['theirs']:,}, only ours {kinds['ours']:,}"
    )
    if cover["unknown_countries"]:
        yield f"{name}: countries not known by name: {printable(', '.join(cover['unknown_countries'][:10]))}"
    for side, out in numbers["not_compared"].items():
        if out:
            yield f"{name}: {side} not compared: {', '.join(f'{reason} {count:,}' for reason, count in out.items())}"
    if numbers["set_aside"]:
        told = ", ".join(f"{reason} {count:,}" for reason, count in numbers["set_aside"].items())
        yield f"{name}: rows set aside: {told}"
