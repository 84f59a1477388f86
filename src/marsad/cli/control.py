"""``marsad control``: incidents in, who is said to hold each place out."""

from __future__ import annotations

from datetime import datetime

import click

from marsad.cli.options import rows_or_table
from marsad.settings import load_settings


@click.command(
    epilog="""\b
Examples:
  marsad control incidents.jsonl --place حماة
  marsad control incidents.jsonl --place Hama --on 2024-12-05
  marsad control incidents.jsonl --why s0123456789abcde
  marsad reconcile claims.jsonl | marsad control - > spells.jsonl
"""
)
@click.argument("file", metavar="FILE|-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@rows_or_table
@click.option("--place", metavar="NAME_OR_ID", help="Only this place: an id, an English or an Arabic name.")
@click.option(
    "--on",
    "day",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Who held it that day, as 2024-12-05.",
)
@click.option("--why", metavar="ID", help="Tell the story of one spell, in English and Arabic.")
def control(file: str, form: str | None, day: datetime | None, **wanted: str | None) -> int:
    """Show who is said to hold each place, since when, and on whose word.

    FILE is the output of `marsad reconcile` (it may be gzipped; - is standard input). One spell comes out a line: a stretch of time in which
    a place is said to be held, is contested, or is unknown. A capture that only the capturer claims is contested until an independent source
    or the loser affirms it; an entry contests a place; a withdrawal ends a spell; what is not told is unknown.

    A line that is no incident is set aside with its reason on standard error. The exit code is then 3, or 1 where nothing could be used.
    """
    from marsad.cli.controlling import Options, run_control

    if day is not None and wanted["why"] is not None:
        raise click.UsageError("--on and --why ask for two different things; give one of them")
    on = day.date() if day else None
    return run_control(Options(file=file, form=form, day=on, data=load_settings().data, **wanted))
