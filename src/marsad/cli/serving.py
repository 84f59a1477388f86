"""What ``marsad serve`` does: find the project, draw a token where one is needed, and serve."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

import click

from marsad.cli.ingesting import project_of
from marsad.web import Serving, serve
from marsad.web.files import missing
from marsad.web.guard import is_loopback


def run_serve(folder: Path | None, data: Path | None, how: Serving) -> None:
    """Serve a project's workspace until it is told to stop; what it says goes to standard error."""
    project = project_of(folder)
    told = []
    if lacking := missing():
        told.append(f"{lacking}: pages work, without map, Arabic fonts and shortcuts")
    if not is_loopback(how.host):
        how = replace(how, token=secrets.token_urlsafe(24))
        told.append(f"other machines can reach this; the token of this run is {how.token}")
        if how.certificate is None:
            told.append("without --certificate what is sent can be read on the way")

    def say(line: str) -> None:
        for one in (*told, line):  # now that it can be reached
            click.echo(f"marsad: {one}", err=True)

    serve(project, data, how, say)
