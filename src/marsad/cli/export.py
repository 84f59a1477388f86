"""``marsad export``: what a project holds, in a form that others read."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from marsad.cli.options import in_project
from marsad.export import ALIASES, FORMATS

OURS = {
    "gold": ("marsad.cli.exporting_gold", "export_gold"),
    "project": ("marsad.cli.exporting_project", "export_lossless"),
    "all": ("marsad.cli.exporting", "export_every"),
}
"""What is written in a way of its own: the function takes the folder of the project, the file or None, and what else was asked for by name."""
_PARTS = ("first", "second", "adjudication")
_WIDTH = 12


def _listed() -> str:
    """The formats, a line each, for the help."""
    rows = [
        (one.name, one.label + (f" ({' | '.join(one.of)})" if one.of else "")) for one in FORMATS.values()
    ]
    rows += [
        ("gold", "annotated articles: claims that people accepted, edited or added"),
        ("project", "everything with people's decisions, for `marsad import jsonl`"),
        ("all", "every format, into the folder that -o names"),
    ]
    return "\n".join(f"{name:<{_WIDTH}}{label}" for name, label in rows)


@click.command(
    epilog=f"\b\nFormats:\n{_listed()}\n\n\b\nExamples:\n  marsad export csv --of claims -o claims.csv\n  marsad export acled --filter country=SY --since 2024-12-01 -o syria.csv\n"
    "  marsad export changes --since 2024-12-06T08:00:00Z\n  marsad export release --license CC-BY-4.0 --creator 'Example Desk' -o release.zip"
)
@click.argument("form", metavar="FORMAT", type=click.Choice([*FORMATS, *OURS, *ALIASES]))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to; standard output if not given. Formats of many files make a folder, or one file if its name ends in .zip.",
)
@in_project
@click.option(
    "--of",
    metavar="WHAT",
    help="What a table, map or JSON lines are made of: incidents, claims, control, articles.",
)
@click.option(
    "--filter",
    "filters",
    metavar="NAME=VALUE",
    multiple=True,
    help="Narrow, as in the workspace's addresses: status=disputed, event=strike, country=SY, review=accepted ... May be given several times.",
)
@click.option(
    "--since",
    metavar="DAY",
    help="From this day on; for changes, atom and jsonfeed: what changed after this day or moment.",
)
@click.option("--until", metavar="DAY", help="To this day.")
@click.option(
    "--lang",
    type=click.Choice(["en", "ar"]),
    default="en",
    show_default=True,
    help="Of labels and of what people read.",
)
@click.option(
    "--fatalities",
    type=click.Choice(["acled", "lowest", "highest"]),
    default="acled",
    show_default=True,
    help="How acled counts: by ACLED's rule for conflicting and vague numbers, or as told.",
)
@click.option("--title", help="Of a release, site or report.")
@click.option(
    "--license",
    "license_",
    metavar="SPDX",
    help="Of a release: CC-BY-4.0 ...; without it the release says that none was given.",
)
@click.option("--creator", "creators", metavar="NAME", multiple=True, help="Who makes the release.")
@click.option(
    "--most",
    type=click.IntRange(1, 100_000),
    default=200,
    show_default=True,
    help="How many entries a feed or report has at most.",
)
@click.option(
    "--with-text",
    is_flag=True,
    help="Whole texts of articles in a release; they may be under others' copyright.",
)
@click.option(
    "--private",
    is_flag=True,
    help="Names of private persons who are quoted, too; jsonl, project, gold, brat and inception have them always, with whole texts.",
)
@click.option("--sensitive", is_flag=True, help="What people hold back, too.")
@click.option("--bom", is_flag=True, help="A byte order mark before CSV, for spreadsheets that need one.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes write, for all.")
@click.option(
    "--who", hidden=True, help="Who asked, for the audit log: the workspace says it of its downloads."
)
@click.option("--part", type=click.Choice(_PARTS), help="For gold: only what was decided as that.")
@click.option("--partial", is_flag=True, help="For gold: also articles in which some claims are not decided.")
def export(form: str, output: Path | None, project: Path | None, **wanted: object) -> None:
    """Write what a project holds as FORMAT.

    What people rejected is left out and what they corrected is as they corrected it; a column says which rows a person decided about. What they hold back stays, and what is
    left out is counted on standard error. Every export is noted in the audit log. Nothing in it is "true": it is reported.
    """  # fmt: skip
    module, name = OURS.get(form, ("marsad.cli.exporting", "export_form"))
    wanted["form"] = ALIASES.get(form, form)
    getattr(import_module(module), name)(project, output, wanted)
