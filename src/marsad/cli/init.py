"""``marsad init``: make a project."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  marsad init desk
  marsad init desk --store postgresql://user@localhost/marsad
"""
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--store", "url", metavar="URL", default="", help="A PostgreSQL server for the store, instead of a file."
)
def init(folder: Path, url: str) -> None:
    """Make a project in DIR: its settings, its store and an archive of what is fetched.

    What is in DIR already is left as it is. A project can lie anywhere: zip the folder and hand it on.
    """
    from marsad.run.project import DATABASE, SETTINGS, make_project

    project = make_project(folder, url)
    where = "on the server" if url else DATABASE
    click.echo(f"A project is in {project.folder}: {SETTINGS}, the store ({where}), archive/", err=True)
    click.echo(f"Next: marsad ingest --project {folder} PATH|ADDRESS...", err=True)
