"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

table_or_jsonl = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print.",
)
"""``--format`` of commands that list what is known."""

table_or_json = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print.",
)
"""``--format`` of commands that print figures."""

rows_or_table = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    help="What comes out; a table on a terminal, else JSON lines.",
)
"""``--format`` of commands whose rows the next command reads; None where it is not given."""

in_project = click.option(
    "--project",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project; without it the one that this folder is in.",
)
"""``--project`` of commands that need one."""
