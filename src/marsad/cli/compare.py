"""``marsad compare``: what a project has beside a file of ACLED or UCDP."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.options import in_project
from marsad.settings import load_settings


@click.command(
    epilog="""\b
Examples:
  marsad compare acled.csv
  marsad compare acled.csv --filter country=SY --filter since=2024-11-27 --format jsonl -o compared.jsonl
  marsad compare GEDEvent_v24_1.csv --summary
  marsad compare acled.csv ged.csv --format geojson -o compared.geojson
"""
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@in_project
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "geojson"]),
    help="What comes out; a table on a terminal, else JSON lines.",
)
@click.option("--summary", is_flag=True, help="Only the numbers, a JSON object for each layer.")
@click.option(
    "--km",
    type=click.FloatRange(0, 200),
    default=5.0,
    show_default=True,
    help="Kilometres allowed beyond what both precisions leave open.",
)
@click.option(
    "--days",
    type=click.IntRange(0, 31),
    default=1,
    show_default=True,
    help="Days allowed beyond what both dates leave open.",
)
@click.option(
    "--filter",
    "pairs",
    metavar="NAME=VALUE",
    multiple=True,
    help="Narrow the incidents, as in the addresses of the workspace: country=SY, since=2024-12-01; may be given again.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to; standard output if not given.",
)
def compare(files: tuple[Path, ...], project: Path | None, pairs: tuple[str, ...], **shown: object) -> int:
    """Compare the incidents of a project with events of ACLED or UCDP.

    Each FILE is a CSV file in ACLED's columns or in those of UCDP GED, of any year; it may be gzipped or zipped. It is known by its header. Files of one project
    are one layer. Nothing of a file is stored.

    A line says that both have an event, that only they have it, or that only we do; with the score of a pair and its reasons. An incident counts as "only ours"
    only within the days and countries of the file and if it is of a kind that they record: what can be seen happening for ACLED, deaths for UCDP. What is not
    compared is counted on standard error.

    country, since, until and box narrow both sides; the other filters only ours. A row that cannot be read is set aside with its reason on standard error. The
    exit code is then 3, or 1 where nothing could be used.
    """
    from marsad.cli.comparing import Options, run_compare

    return run_compare(Options(files=files, project=project, pairs=pairs, data=load_settings().data, **shown))  # type: ignore[arg-type]
