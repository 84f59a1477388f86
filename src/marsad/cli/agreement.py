"""``marsad agreement``: how far coders agree."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.options import in_project, table_or_json

_FIELDS = (
    "decision",
    "found",
    "event",
    "polarity",
    "modality",
    "source",
    "stance",
    "place",
    "first_day",
    "killed",
    "evidence",
)
"""As `marsad.run.agreement` and `marsad.run.evaluating_coders` have them, which would take long to load for ``--help``."""


@click.command(
    epilog="""\b
Examples:
  marsad agreement
  marsad agreement --field place --confusions
  marsad agreement --differences differences.jsonl
  marsad agreement ana.jsonl ben.jsonl
"""
)
@click.argument("files", metavar="[ONE OTHER]", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@in_project
@table_or_json
@click.option(
    "--field", type=click.Choice(_FIELDS), metavar="FIELD", help=f"Only this one: {', '.join(_FIELDS)}."
)
@click.option(
    "--confusions", is_flag=True, help="Also who said what where who else said what, and of how many claims."
)
@click.option(
    "--differences",
    metavar="FILE|-",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write every difference with both values and the words, a JSON line each; with - they are all that is printed.",
)
def agreement(files: tuple[str, ...], project: Path | None, **shown: object) -> None:
    """Say how far two coders agree, field by field: Krippendorff's alpha with its 95 % interval, and how many claims are behind it.

    Without files: about the claims of a project that two people coded; what counts is what each had decided before the other's decision could be seen. With ONE and
    OTHER: about two annotated files of the same articles (as `marsad export gold` writes them), whose claims are matched as `marsad evaluate` does.

    1 is perfect agreement, 0 what chance would give. Where all values are equal, or nothing was coded twice, alpha is unknown.
    """
    if len(files) not in (0, 2):
        raise click.UsageError("give two annotated files, or none for a project")
    if files and project:
        raise click.UsageError("--project and two files ask for two different things; give one of them")
    from marsad.cli.evaluating_agreement import Shown, agreement_in_files, agreement_in_project

    wanted = Shown(**shown)  # type: ignore[arg-type]
    if files:
        agreement_in_files((files[0], files[1]), wanted)
    else:
        agreement_in_project(project, wanted)
