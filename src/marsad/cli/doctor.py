"""``marsad doctor``: what is wrong here, and the command that mends it."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.options import in_project, table_or_jsonl
from marsad.settings import load_settings


@click.command(
    epilog="""\b
Examples:
  marsad doctor
  marsad doctor --project desk
"""
)
@in_project
@table_or_jsonl
def doctor(project: Path | None, form: str) -> int:
    """Say what is wrong with this machine or project, and the command that mends it.

    In a project, or with --project, the project is looked at too. The exit code is 0 where nothing keeps Marsad from working (there may be advice), 1 where
    something does, 5 where what is stored is damaged.
    """
    from marsad.cli.doctoring import run_doctor

    return run_doctor(project, load_settings().data, form)
