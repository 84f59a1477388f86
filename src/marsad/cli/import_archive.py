"""``marsad import archive``: a finished archive into a project."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from marsad.cli.options import in_project
from marsad.settings import load_settings

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    epilog="\b\nExamples:\n  marsad import archive out --project desk\n  marsad import archive out --project desk --since 2024-11-27 --until 2024-12-08 --country SY"
)
@in_project
@click.option("--since", metavar="DAY", type=_DAY, help="Only articles published on this day or later.")
@click.option("--until", metavar="DAY", type=_DAY, help="Only articles published on this day or before.")
@click.option("--country", metavar="XX", help="Only articles that tell something of this country.")
@click.argument("output", type=click.Path(exists=True, file_okay=False, path_type=Path))
def archive(
    project: Path | None, since: datetime | None, until: datetime | None, country: str | None, output: Path
) -> int:
    """Take the articles of the archive OUTPUT with their claims into a project, so that the workspace shows them. Nothing is read anew, and ids stay.

    Where the archive has no texts (marsad archive run without --text) they are taken from its inputs, which must be as they were; an article whose
    text is another by now is set aside, and the exit code is then 3. What is there already is passed over, so a run that was killed is called again.
    With --since or --until, articles without a day stay out.
    """
    from marsad.archive.importing import Wanted
    from marsad.cli.importing_archive import run_import_archive

    days = [day.date().isoformat() if day else None for day in (since, until)]
    wanted = Wanted(since=days[0], until=days[1], country=country.upper() if country else None)
    return run_import_archive(project, output, wanted, load_settings().data)
