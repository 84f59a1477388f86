"""``marsad serve``: open a project's workspace."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.options import in_project
from marsad.settings import load_settings


@click.command(
    epilog="""\b
Examples:
  marsad serve --open
  marsad serve --project desk --port 9000
  marsad serve --host 0.0.0.0 --name desk.example.org --certificate desk.pem
"""
)
@in_project
@click.option(
    "--host", metavar="HOST", default="127.0.0.1", show_default=True, help="The address to listen on."
)
@click.option(
    "--port",
    metavar="N",
    default=8321,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0 takes a free one.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in a browser.")
@click.option(
    "--name", "names", metavar="NAME", multiple=True, help="A name under which other machines reach it."
)
@click.option(
    "--certificate", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A PEM file with certificate and key, for https.",
)  # fmt: skip
def serve(  # noqa: PLR0913 (click gives each option by its name)
    project: Path | None, host: str, port: int, opens: bool, names: tuple[str, ...], certificate: Path | None
) -> None:
    """Open the workspace: see the map and the timeline, read articles with their spans, ask why, and decide.

    It runs on this machine until Ctrl-C, and nothing leaves it. Bound to another address than loopback, it asks people to sign in: with the token that is printed
    when it starts, or as users that `marsad users add` made.
    """
    from marsad.cli.serving import run_serve
    from marsad.web import Serving

    how = Serving(host=host, port=port, names=names, certificate=certificate, opens=opens)
    run_serve(project, load_settings().data, how)
