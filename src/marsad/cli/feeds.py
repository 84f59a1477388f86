"""What ``marsad watch`` does with its feeds without asking any: show how they are, pause, resume and drop them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from marsad.cli.ingesting import project_of
from marsad.cli.terminal import printable
from marsad.feeds import from_row
from marsad.run.project import Project
from marsad.store.feeds import drop_feed, pause_feed, resume_feed
from marsad.store.reads.outlets import FeedRow, feed_rows

DONE = 0


def list_feeds(folder: Path | None, form: str | None) -> int:
    """Show the feeds of a project."""
    store = project_of(folder).open()
    try:
        with store.database.reading() as connection:
            feeds = feed_rows(connection)
    finally:
        store.close()
    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    for feed in feeds:
        state = from_row(feed.state)
        if form == "jsonl":
            row = {
                "address": state.address,
                "outlet": state.outlet or None,
                "health": health(feed),
                "last_answer": state.last_ok.isoformat() if state.last_ok else None,
                "last_new": state.last_new.isoformat() if state.last_new else None,
                "next": state.next_due.isoformat() if state.next_due else None,
                "wanted": feed.wanted,
            }
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            last = f"{state.last_new:%Y-%m-%d %H:%M}" if state.last_new else "nothing yet"
            click.echo(
                f"{printable(state.address)}\n  {health(feed)}; last new entry: {last}; {feed.wanted:,} pages wanted"
            )
    return DONE


def health(feed: FeedRow) -> str:
    """How a feed is: paused, stopped and why, failing and how often, silent and since when, or well."""
    state = from_row(feed.state)
    if feed.paused:
        return "paused"
    if state.stopped:
        return state.stopped
    if state.failures:
        return f"failing ({state.failures})"
    return f"silent since {state.silent_since:%Y-%m-%d}" if state.silent_since else "well"


def change_feeds(folder: Path | None, changes: Mapping[str, str | None]) -> int:
    """Pause, resume or drop feeds by address, each with a row in the audit log.

    Raises:
        InputError: a feed is not watched.
    """
    project = project_of(folder)
    store = project.open()
    try:
        with store.database.writing() as connection:
            if address := changes["pause"]:
                done = pause_feed(connection, address)
                _say(address, "is paused" if done else "is paused already")
            if address := changes["resume"]:
                done = resume_feed(connection, address)
                _say(address, "is asked again" if done else "is not paused")
            if address := changes["drop"]:
                pages = drop_feed(connection, address)
                _say(address, f"is not watched any more; {pages:,} wanted pages were forgotten")
                _warn(project, address)
    finally:
        store.close()
    return DONE


def _say(address: str, what: str) -> None:
    click.echo(f"marsad: {printable(address)} {what}", err=True)


def _warn(project: Project, address: str) -> None:
    if any(entry.address == address for entry in project.plan.feeds):
        _say(address, "is named in marsad.toml, so the next `marsad watch` takes it up again")
