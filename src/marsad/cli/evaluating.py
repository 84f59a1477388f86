"""What ``marsad evaluate`` does: measure, print the figures, write the differences."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass

import click

from marsad.cli.evaluating_lines import say_articles, write_lines
from marsad.cli.evaluating_table import evaluation_table
from marsad.cli.lines import safe_line
from marsad.cli.output import Output
from marsad.cli.rows import Sheet
from marsad.cli.terminal import colour_wanted
from marsad.run.evaluating import Evaluation, How
from marsad.run.evaluating import evaluate as measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is printed, as click gives it."""

    form: str = "table"
    errors: int = 0
    differences: str | None = None


def run_evaluate(files: tuple[str, str], how: How, shown: Shown) -> None:
    """Measure PREDICTED against GOLD and print it.

    Raises:
        InputError: one of them cannot be used.
    """
    if "-" in files and sys.stdin.isatty():
        click.echo("marsad: reading articles from the terminal; end them with Ctrl-D", err=True)
    found = measure(*files, how)
    say_articles(found.only_gold, "annotated articles without prediction count as predicted to hold nothing")
    say_articles(found.only_predicted, "predicted articles are not annotated, and count nowhere")
    if shown.differences:
        count = write_lines(shown.differences, (one.data() for one in found.differences()))
        click.echo(f"marsad: {count:,} differences", err=True)
    if shown.differences != "-":
        with Output() as output:
            output.write(_printed(found, shown), shown.form)


def _printed(found: Evaluation, shown: Shown) -> str:
    if shown.form == "json":
        return safe_line(json.dumps(found.data(), ensure_ascii=False))
    sheet = Sheet(width=shutil.get_terminal_size((100, 24)).columns, colour=colour_wanted(sys.stdout))
    return evaluation_table(found, shown.errors, sheet)
