"""``marsad export``: what a project holds, in a form that others read."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from marsad.cli.options import in_project

FORMATS = {
    "gold": ("marsad.cli.exporting", "export_gold"),
}
"""Name, and the function that writes it: it takes the folder of the project, the file or None, and what else was asked for by name."""
_PARTS = ("first", "second", "adjudication")


@click.command(
    epilog="\b\nExamples:\n  marsad export gold -o gold.jsonl\n  marsad export gold --partial --part second"
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to; standard output if not given.",
)
@in_project
@click.option(
    "--part", type=click.Choice(_PARTS), help="Only what was decided as that; the result of all if not given."
)
@click.option(
    "--partial", is_flag=True, help="Also articles in which some claims are not decided, without these."
)
def export(form: str, output: Path | None, project: Path | None, **wanted: object) -> None:
    """Write what a project holds as FORMAT.

    gold: articles with the claims that people accepted, edited or added, a JSON line each, as annotated files have them. Articles in which a claim is not decided
    are passed over. What is left out is counted on standard error.
    """
    module, name = FORMATS[form]
    getattr(import_module(module), name)(project, output, wanted)
