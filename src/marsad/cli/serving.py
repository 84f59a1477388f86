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
    if lacking := missing():
        click.echo(f"marsad: {lacking}: pages work, without map, Arabic fonts and shortcuts", err=True)
    if not is_loopback(how.host):
        how = replace(how, token=secrets.token_urlsafe(24))
        click.echo(f"marsad: other machines can reach this; the token of this run is {how.token}", err=True)
        if how.certificate is None:
            click.echo("marsad: without --certificate what is sent can be read on the way", err=True)
    serve(project, data, how, lambda line: click.echo(f"marsad: {line}", err=True))
