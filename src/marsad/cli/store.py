"""``marsad store``: what a project's store holds, whether it is sound, and keeping it so."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.model_options import ModelOptions, model_options
from marsad.cli.options import in_project, rows_or_table, table_or_jsonl
from marsad.settings import load_settings


@click.group()
def store() -> None:
    """Look after a project's store.

    \b
    marsad store info
    marsad store check
    marsad store search "قصف حماة"
    """


@store.command(epilog="\b\nExample:\n  marsad store info")
@in_project
@table_or_jsonl
def info(project: Path | None, form: str) -> None:
    """Show how much is in the store, and what waits to be done."""
    from marsad.cli.storing import show_info

    show_info(project, form)


@store.command(epilog="\b\nExample:\n  marsad store check")
@in_project
def check(project: Path | None) -> int:
    """Check that all is there and as it was written: tables, archive and the audit log. The exit code is 5 where it is not."""
    from marsad.cli.storing import run_check

    return run_check(project)


@store.command(epilog="\b\nExample:\n  marsad store backup")
@in_project
@click.argument("target", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path))
def backup(project: Path | None, target: Path | None) -> None:
    """Copy the store to FILE while it is in use; a new file beside it if none is named. Nothing is ever overwritten.

    The folder archive/ is only ever added to: copy it as it is.
    """
    from marsad.cli.storing import run_backup

    run_backup(project, target)


@store.command(epilog="\b\nExample:\n  marsad store migrate")
@in_project
def migrate(project: Path | None) -> None:
    """Bring a store of an earlier version up to this one; a backup is made first."""
    from marsad.cli.storing import run_migrate

    run_migrate(project)


@store.command(epilog="\b\nExample:\n  marsad store reconcile")
@in_project
def reconcile(project: Path | None) -> None:
    """Reconcile what waits for it: after --no-reconcile, or after a run that was stopped."""
    from marsad.cli.storing import run_reconcile_store

    run_reconcile_store(project, load_settings().data)


@store.command(epilog="\b\nExamples:\n  marsad store rebuild --jobs 2\n  marsad store rebuild --all")
@in_project
@click.option(
    "--all", "everything", is_flag=True, help="Read every article anew, not only those another reader read."
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Number of processes; 1 if not given.")
@model_options
def rebuild(project: Path | None, everything: bool, jobs: int | None, second: ModelOptions) -> int:
    """Make claims, incidents and control anew from the stored texts and what people decided; ids stay.

    Needed after the program or the registers changed. What people decided is not touched.

    Articles are read by the reader of the project ([model] in marsad.toml) or the one that is named here. Those that a reader of another kind read (rules, model or both)
    keep their claims, unless --all says that everything is to be read.
    """
    from marsad.cli.storing import run_rebuild

    settings = load_settings()
    return run_rebuild(project, settings, jobs or settings.jobs, second, everything=everything)


@store.command(
    epilog='\b\nExamples:\n  marsad store search "قصف حماة"\n  marsad store search \'"وقف إطلاق النار" -غزة\''
)
@in_project
@click.argument("words")
@click.option(
    "--most", metavar="N", default=20, show_default=True, type=click.IntRange(min=1), help="How many to show."
)
@rows_or_table
def search(project: Path | None, words: str, most: int, form: str | None) -> None:
    """Find articles by words: all must be there; "in quotation marks" together, -word not, word* any that begins so.

    Spelling plays no part (أ ا, ة ه, marks), nor do the article and the letters written before a word.
    """
    from marsad.cli.storing import run_search

    run_search(project, words, most, form)


@store.command(epilog="\b\nExample:\n  marsad store judge mine.jsonl")
@in_project
@click.argument("file", metavar="FILE|-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def judge(project: Path | None, file: str) -> None:
    """Store judgements (JSON lines with "one", "other", "verdict": same, different or unsure) and reconcile what they touch."""
    from marsad.cli.storing import run_judge

    run_judge(project, file, load_settings().data)


_because = click.option(
    "--because", metavar="TEXT", required=True, help="Why; it is kept, with your name and the time."
)
_ids = click.argument("ids", metavar="ID...", nargs=-1, required=True)


@store.command(
    epilog='\b\nExamples:\n  marsad store hold a1b2c3d4e5f60718 --because "names a witness"\n  marsad store hold news-0007 --because "under embargo"'
)
@in_project
@_because
@_ids
def hold(project: Path | None, because: str, ids: tuple[str, ...]) -> None:
    """Hold articles or single claims, by their ids, back from exports until they are released."""
    from marsad.cli.holding import run_hold

    run_hold(project, ids, because, held=True)


@store.command(epilog='\b\nExample:\n  marsad store release news-0007 --because "published by now"')
@in_project
@_because
@_ids
def release(project: Path | None, because: str, ids: tuple[str, ...]) -> None:
    """Let articles or claims that were held back go out with exports again."""
    from marsad.cli.holding import run_hold

    run_hold(project, ids, because, held=False)


@store.command(epilog="\b\nExample:\n  marsad store held")
@in_project
@table_or_jsonl
def held(project: Path | None, form: str) -> None:
    """List what is held back from exports, by whom, since when and why."""
    from marsad.cli.holding import show_held

    show_held(project, form)
