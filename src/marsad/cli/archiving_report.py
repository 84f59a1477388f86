"""What ``marsad archive report`` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from marsad.archive.report import report_of, shortened
from marsad.cli.archiving_folder import folder_of
from marsad.cli.archiving_told import row, size
from marsad.cli.rows import islands
from marsad.cli.terminal import printable

_COUNTED = (
    "articles by outlet",
    "articles by year",
    "claims by country",
    "claims by event",
    "incidents by status",
    "spells by state",
)


def show_report(paths: Sequence[str], memory: int, form: str) -> None:
    """Print the report of an archive."""
    found = report_of(folder_of(paths), memory)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    inputs, copies = found["inputs"], found["copies"]
    yield row("archive", found["archive"])
    yield row("made by", f"Marsad {found['marsad']}")
    yield row("inputs", f"{inputs['files']:,} files, {size(inputs['bytes'])}")
    for table, number in found["rows"].items():
        yield row(table, f"{number:>12,} rows, {size(found['bytes'][table])}")
    yield row("copies", f"{copies['copies']:,} articles ({copies['share']:.1%}) in {copies['families']:,} families; of {copies['known']:,} it is told of what")  # fmt: skip
    for name in ("left out", "set aside"):
        if found[name]:
            yield row(name, ", ".join(f"{why} {number:,}" for why, number in found[name].items()))
    for name in _COUNTED:
        yield from _counted(name, found[name])
    yield from _model(found)
    yield from _costs(found["costs"])
    yield ""
    yield row("code", " ".join(f"{stage}:{code}" for stage, code in found["code"].items()))


def _counted(name: str, rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    if rows:
        yield ""
        yield name
        for value, number in shortened(rows):
            yield f"{number:>12,}  {islands(value)}"


def _model(found: Mapping[str, Any]) -> Iterator[str]:
    """Who read beside the rules, and what came of it."""
    told = found["model"]
    if told is None:
        return
    yield ""
    yield row("read by", printable(found["reader"]))
    for name in (
        "articles",
        "failed",
        "claims",
        "questions",
        "attempts",
        "tokens_in",
        "tokens_out",
        "withheld",
        "share_shown",
        "cost",
        "faults",
        "unusable",
        "refused",
        "notes",
    ):
        if told[name]:
            yield row(name.replace("_", " "), printable(_value(told[name])))


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {number:,}" for name, number in value.items())
    return f"{value:,}"


def _costs(costs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield ""
    yield f"{'stage':<12}{'tasks':>8}{'processor s':>14}{'for 1,000 articles':>20}{'memory MB':>12}{'written':>12}"
    for one in costs:
        each = "" if one["per_1000"] is None else f"{one['per_1000']:,.2f}"
        yield f"{one['stage']:<12}{one['tasks']:>8,}{one['processor']:>14,.1f}{each:>20}{one['megabytes']:>12,}{size(one['bytes']):>12}"
