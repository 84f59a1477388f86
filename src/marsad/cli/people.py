"""What the commands of ``marsad users`` do."""

from __future__ import annotations

import json
from pathlib import Path

import click

from marsad.cli.ingesting import project_of
from marsad.cli.lines import safe_line
from marsad.cli.terminal import printable
from marsad.store.users import add_user, end_user, users


def run_add(folder: Path | None, name: str, role: str) -> None:
    """Add a person and print their token."""
    store = project_of(folder).open()
    try:
        with store.database.writing() as connection:
            token = add_user(connection, name, role)
    finally:
        store.close()
    click.echo(token)
    click.echo(f"marsad: {name} may come in as {role} with this token, which is not shown again", err=True)


def run_end(folder: Path | None, name: str) -> None:
    """Let a person in no more."""
    store = project_of(folder).open()
    try:
        with store.database.writing() as connection:
            end_user(connection, name)
    finally:
        store.close()
    click.echo(f"marsad: {name} is let in no more", err=True)


def show_users(folder: Path | None, form: str) -> None:
    """Print everybody."""
    store = project_of(folder).open()
    try:
        with store.database.reading() as connection:
            found = users(connection)
    finally:
        store.close()
    for one in found:
        if form == "jsonl":
            row = {"name": one.name, "role": one.role, "added": one.added, "ended": one.ended}
            click.echo(safe_line(json.dumps(row, ensure_ascii=False)), nl=False)
        else:
            until = f"ended {one.ended[:10]}" if one.ended else ""
            click.echo(f"{printable(one.name):<24}{one.role:<14}{one.added[:10]}  {until}".rstrip())
    if not found:
        click.echo(
            "marsad: nobody was added yet; `marsad users add NAME --role ROLE` adds somebody", err=True
        )
