"""``marsad watch``: ask feeds for weeks, and tell what is new."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.model_options import ModelOptions, model_options
from marsad.cli.options import in_project, rows_or_table
from marsad.settings import load_settings


@click.command(
    epilog="""\b
Examples:
  marsad watch
  marsad watch --once
  marsad watch --list
  marsad watch --pause https://example.org/feed.xml
  marsad watch --format jsonl >> news.jsonl
"""
)
@in_project
@click.option("--once", is_flag=True, help="Ask what is due now, take it in, and end.")
@click.option("--list", "show", is_flag=True, help="Show the feeds and how they are, and ask nothing.")
@click.option("--pause", metavar="ADDRESS", help="Do not ask this feed any more, until --resume.")
@click.option("--resume", metavar="ADDRESS", help="Ask this feed again.")
@click.option("--drop", metavar="ADDRESS", help="Stop watching this feed; what came of it stays.")
@rows_or_table
@model_options
def watch(
    project: Path | None,
    once: bool,
    show: bool,
    form: str | None,
    second: ModelOptions,
    **changes: str | None,
) -> int:
    """Ask the feeds of a project when they are due, read what is new, and tell what changed.

    Feeds are those of marsad.toml ([[feed]]) and those that `marsad ingest` was given. Outlets are asked politely: as robots.txt allows, one request
    at a time, with a pause for each host, and only for what changed. Every answer is kept in archive/ before it is read.

    What is new comes as lines on standard output: incidents whose status changed, places that are said to have changed hands, feeds that have
    gone silent. SIGTERM or Ctrl-C ends it cleanly; what was killed goes on where it was.
    """
    from marsad.cli.feeds import change_feeds, list_feeds
    from marsad.cli.watching import run_watch

    if any(changes.values()):
        return change_feeds(project, changes)
    if show:
        return list_feeds(project, form)
    return run_watch(project, load_settings(), form, second, once=once)
