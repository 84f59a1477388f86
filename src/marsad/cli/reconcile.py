"""``marsad reconcile``: claims of many articles in, incidents out."""

from __future__ import annotations

import click

from marsad.cli.options import rows_or_table
from marsad.settings import load_settings


@click.command(
    epilog="""\b
Examples:
  marsad read articles.jsonl --format jsonl > claims.jsonl
  marsad reconcile claims.jsonl
  marsad reconcile claims.jsonl --why i3f2a
  marsad reconcile claims.jsonl --judgements mine.jsonl --format jsonl > incidents.jsonl
"""
)
@click.argument("file", metavar="FILE|-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@rows_or_table
@click.option(
    "--judgements",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help='What people decided, one a line: {"claims": ["id", "id"], "verdict": "same"} (or different, unsure). It wins.',
)
@click.option(
    "--previous",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Incidents of an earlier run, whose ids are kept.",
)
@click.option(
    "--status",
    "statuses",
    type=click.Choice(["single", "corroborated", "conceded", "disputed", "denied"]),
    multiple=True,
    help="Only incidents of this status; may be repeated.",
)
@click.option("--why", metavar="ID", help="Tell the story of one incident, by its id or the beginning of it.")
def reconcile(file: str, statuses: tuple[str, ...], **options: str | None) -> int:
    """Tie claims of many articles into incidents: who says what of one event, in how many independent voices.

    FILE is the output of "marsad read --format jsonl", gzipped or not; - is standard input. Roots are counted, not articles: an agency's text in
    forty outlets is one, and so are the organs of one government. The status is single, corroborated, conceded, disputed or denied, each with its
    reasons; different tolls are a range with a name at each end.

    A line that cannot be used is set aside with its reason on standard error, and the others are reconciled; the exit code is then 3, or 1 where none could.
    """
    from marsad.cli.reconciling import Options, run_reconcile

    return run_reconcile(Options(file=file, statuses=statuses, data=load_settings().data, **options))
