"""``marsad import``: what other programs made, into files of ours or into a project."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click

FORMATS = {
    "archive": ("marsad.cli.import_archive", "archive"),
    "brat": ("marsad.cli.importing", "brat"),
    "inception": ("marsad.cli.importing", "inception"),
    "jsonl": ("marsad.cli.import_jsonl", "jsonl"),
    "label-studio": ("marsad.cli.importing", "label_studio"),
}
"""Name, and where the command is: only the one that is called is imported."""


class _Formats(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all formats, without importing any."""
        return sorted(FORMATS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that format."""
        if cmd_name not in FORMATS:
            return None
        module, name = FORMATS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group("import", cls=_Formats)
def import_group() -> None:
    """Take in what other programs made, or what was made elsewhere.

    archive is a finished archive (marsad archive run) and jsonl a project's lossless export; both go into a project.
    brat, inception and label-studio are annotations that people made in these tools; they become annotated articles, as marsad evaluate reads them.

    \b
    marsad import brat desk/annotated -o gold.jsonl
    marsad import archive out --project desk
    """


_Command = Callable[..., int]


def _annotations(command: _Command) -> _Command:
    """What the commands for all annotation tools are called with."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path)),
    click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
                 help="Where to; standard output if not given."),
    click.option("--mapping", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
                 help="TOML or YAML that says which of our labels theirs are."),
    click.option("--articles", metavar="JSONL", type=click.Path(exists=True, dir_okay=False, path_type=Path),
                 help="Title, day, outlet and address of the articles by their id, where the tool has lost them."),
    click.option("--annotator", metavar="NAME", help="Whose annotations, where there are those of several."),
)  # fmt: skip


@click.command(
    epilog="\b\nExamples:\n  marsad import brat desk/annotated -o gold.jsonl\n  marsad import brat theirs --mapping labels.toml"
)
@_annotations
def brat(**asked: object) -> int:
    """Read brat's standoff files (.txt with .ann) in the folder PATH as annotated articles, a JSON line each.

    An annotation that cannot be used is set aside with its file, line and reason on standard error, the rest is read, and the exit code is then 3.
    """
    return _run("brat", asked)


@click.command(
    epilog="\b\nExamples:\n  marsad import inception project.zip --annotator admin -o gold.jsonl\n  marsad import inception curated/"
)
@_annotations
def inception(**asked: object) -> int:
    """Read INCEpTION's files (UIMA CAS JSON) as annotated articles, a JSON line each. PATH is a file, a folder of them or an exported project.

    An annotation that cannot be used is set aside with its file, number and reason on standard error, the rest is read, and the exit code is then 3.
    """
    return _run("inception", asked)


@click.command("label-studio", epilog="\b\nExample:\n  marsad import label-studio export.json -o gold.jsonl")
@_annotations
def label_studio(**asked: object) -> int:
    """Read Label Studio's JSON export as annotated articles, a JSON line each.

    An annotation that cannot be used is set aside with its task, region and reason on standard error, the rest is read, and the exit code is then 3.
    """
    return _run("label-studio", asked)


def _run(form: str, asked: dict[str, object]) -> int:
    from marsad.cli.importing_annotations import Asked, run_import

    return run_import(form, Asked(**asked))  # type: ignore[arg-type]
