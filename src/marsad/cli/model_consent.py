"""Before text leaves this machine: say so in plain words, and ask, once for each host."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from marsad.llm.addresses import leaving, place_of

FILE = "model-hosts.json"
"""In the user's folder: to which hosts text may be sent, and since when. Not in a project, which is handed on to others."""


def consent(address: str, data: Path, *, may_leave: bool) -> None:
    """Go on only where text stays on this machine, or its user agreed that it leaves.

    Args:
        address: Where the model is.
        data: The user's folder.
        may_leave: Whether the user said so with this command.

    Raises:
        InputError: the address is none.
        UsageError: the user did not agree, or could not be asked.
    """
    words = leaving(address)
    if not words:
        return
    place = place_of(address)
    # Who agreed to an encrypted way has not agreed to one that everybody can read.
    key = f"{place.scheme}://{place.host}"
    agreed = _agreed(data / FILE)
    if key in agreed:
        click.echo(f"marsad: the text of the articles goes to {key} (agreed on {agreed[key]})", err=True)
        return
    click.echo(f"marsad: {words}", err=True)
    if not may_leave and not _asked():
        raise click.UsageError("nothing was sent; --text-may-leave says that the text may leave this machine")
    _keep(data / FILE, {**agreed, key: f"{datetime.now(UTC):%Y-%m-%d}"})


def _asked() -> bool:
    """Whether the user agrees; nobody can where this is no terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm("Send it there?", default=False, err=True)


def _agreed(file: Path) -> dict[str, str]:
    try:
        rows = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):  # not there or damaged: nobody agreed
        return {}
    return {str(host): str(day) for host, day in rows.items()} if isinstance(rows, dict) else {}


def _keep(file: Path, agreed: dict[str, str]) -> None:
    """Keep what was agreed, readable for the user only; a disk that takes nothing costs being asked again."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(agreed, out, indent=1, sort_keys=True)
        fresh.replace(file)
    except OSError as error:
        click.echo(f"marsad: {file} cannot be written ({error.strerror}): you will be asked again", err=True)
