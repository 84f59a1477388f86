"""``marsad users``: who may come into a project's workspace, and as what."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.options import in_project, table_or_jsonl

_ROLES = ("viewer", "coder", "adjudicator", "admin")
"""As `marsad.store.users` has them, which would take long to load for ``--help``."""


@click.group()
def users() -> None:
    """Look after the people who may come into the workspace where it asks who they are.

    \b
    viewer        looks
    coder         and decides about claims
    adjudicator   and settles what two coders decided differently
    admin         and looks after people and the project
    """


@users.command("add", epilog="\b\nExample:\n  marsad users add ana --role coder")
@in_project
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True, help="What they may do.")
def add(project: Path | None, name: str, role: str) -> None:
    """Add NAME, and print the token by which they come in. It is shown once: the store keeps its digest only.

    Whoever needs a new token or another role is ended and added again under the same name.
    """
    from marsad.cli.people import run_add

    run_add(project, name, role)


@users.command("list", epilog="\b\nExample:\n  marsad users list")
@in_project
@table_or_jsonl
def list_users(project: Path | None, form: str) -> None:
    """List everybody, also those who were ended."""
    from marsad.cli.people import show_users

    show_users(project, form)


@users.command("end", epilog="\b\nExample:\n  marsad users end ana")
@in_project
@click.argument("name")
def end(project: Path | None, name: str) -> None:
    """Let NAME in no more. What they decided stays, under their name."""
    from marsad.cli.people import run_end

    run_end(project, name)
