"""``marsad import jsonl``: a project from its lossless export."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.options import in_project
from marsad.settings import load_settings


@click.command(
    epilog="\b\nExamples:\n  marsad import jsonl project.jsonl\n  marsad import jsonl project.jsonl.gz --project copy"
)
@in_project
@click.argument("file", metavar="FILE|-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def jsonl(project: Path | None, file: str) -> int:
    """Take the lossless JSON lines of a project (marsad export project), or those of marsad read, into this one. Nothing is read anew, and every id stays.

    An article whose claims do not fit its text is set aside with the reason; the exit code is then 3. What is there already is passed over.
    """
    from marsad.cli.importing_jsonl import run_import_jsonl

    return run_import_jsonl(project, file, load_settings().data)
