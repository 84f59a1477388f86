"""Options that several commands have."""

from __future__ import annotations

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
