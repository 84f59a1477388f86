"""``marsad ingest``: articles into a project."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.model_options import ModelOptions, model_options
from marsad.cli.options import in_project
from marsad.cli.read import published_option
from marsad.settings import load_settings


def _columns(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        name, equals, header = value.partition("=")
        if not equals or not header or name not in ("id", "text", "title", "published", "outlet", "url"):
            raise click.BadParameter(
                f"{value!r} is not FIELD=HEADER, with id, text, title, published, outlet or url for FIELD",
                context,
                parameter,
            )
        found[name] = header
    return found


columns_option = click.option(
    "--column",
    "columns",
    metavar="FIELD=HEADER",
    multiple=True,
    callback=_columns,
    help="Which column of a CSV or Parquet file holds what; may be given often.",
)
"""``--column``, checked."""


@click.command(
    epilog="""\b
Examples:
  marsad ingest articles.jsonl.gz --jobs 2
  marsad ingest pages/ crawl.warc.gz export/result.json
  marsad ingest table.csv --column text=body --column published=date
  marsad ingest https://example.org/feed.xml
  marsad ingest pages/ --dry-run
"""
)
@click.argument("inputs", metavar="PATH|ADDRESS...", nargs=-1, required=True)
@in_project
@published_option
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option("--title", metavar="TEXT", help="Its headline, which is read as well.")
@columns_option
@click.option(
    "--prefix",
    metavar="TEXT",
    default="",
    help="Put before the ids of records, where two sources number alike.",
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Number of processes; 1 if not given.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be taken in, and store nothing.")
@click.option("--no-reconcile", "later", is_flag=True, help="Leave incidents and control for the next run.")
@model_options
def ingest(inputs: tuple[str, ...], project: Path | None, second: ModelOptions, **options: object) -> int:
    """Take articles into a project, read them, and tie what they claim into incidents and control.

    An input is a file, a folder, or an address (http or https) of a page, a feed, a site map or an OPML list; - is standard input. What a file
    holds is seen from its content: text, HTML, JSON, JSON lines, CSV, Parquet, DOCX, PDF with text, WARC, WACZ, a Telegram Desktop export, OPML, a
    feed, a site map; any of them gzipped.

    What is stored already is passed over; a text that changed becomes a new version of its article; copies are stored and marked as copies. What
    cannot be read is set aside with its reason, and the exit code is then 3, or 1 where nothing could be read. A run that was killed is
    finished by running it again.
    """
    from marsad.cli.ingesting import Options, run_ingest

    settings = load_settings()
    options["jobs"] = options["jobs"] or settings.jobs
    return run_ingest(Options(inputs=inputs, project=project, settings=settings, second=second, **options))  # type: ignore[arg-type]
