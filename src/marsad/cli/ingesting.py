"""What ``marsad ingest`` does: open the project, take the input in, reconcile what changed, and say what became of everything."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from marsad import __version__
from marsad.articles import Defaults, Limits, Meter, RawArticle, files_in, pieces
from marsad.cli.progress import Progress
from marsad.cli.terminal import printable
from marsad.cli.tying import reconcile_store
from marsad.errors import SetAside
from marsad.run.ingesting import Ingested, Intake
from marsad.run.outcome import Crew
from marsad.run.project import Project, find_project, load_project
from marsad.run.storing import StoringWork
from marsad.settings import Settings

DONE, FAILED, SOME_SET_ASIDE = 0, 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of ``marsad ingest``, as click gives them."""

    inputs: tuple[str, ...]
    settings: Settings
    project: Path | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    prefix: str = ""
    jobs: int = 1
    dry: bool = False
    later: bool = False


def project_of(folder: Path | None) -> Project:
    """The project of ``--project``, or the one that the current folder is in."""
    return load_project(folder) if folder else find_project(Path.cwd())


def run_ingest(options: Options) -> int:
    """Take everything in and give the exit code."""
    project = project_of(options.project)
    store = project.open()
    try:
        run = None if options.dry else store.begin_run("ingest", __version__)
        with Progress() as progress:
            intake = Intake(
                store=store,
                work=_work(options, project),
                crew=Crew(jobs=options.jobs),
                run=run,
                refused=lambda where, refusal: progress.say(_refusal(where, refusal)),
                dry=options.dry,
            )
            done = _take(intake, options, project, progress)
            progress.say(f"marsad: {_summary(done, options)}")
            if run is not None and not options.later:
                reconcile_store(store, options.settings.data, progress)
        if run is not None:
            store.end_run(run, done.data())
    finally:
        store.close()
    if not done.dropped:
        return DONE
    return SOME_SET_ASIDE if done.stored or done.fates["unchanged"] else FAILED


def _take(intake: Intake, options: Options, project: Project, progress: Progress) -> Ingested:
    files = list(_files(options.inputs))
    meter = Meter.of(file for file in files if file != "-")
    raws = _raws(files, intake.work.limits, {**project.plan.columns, **options.columns}, meter)
    for so_far in intake.take(raws):
        share = meter.read / meter.total if meter.total else 0.0
        progress.show_share("articles", so_far.pieces, share)
    return intake.done


def _work(options: Options, project: Project) -> StoringWork:
    limits = Limits(
        characters=project.plan.max_characters or options.settings.max_characters,
        bytes=project.plan.max_bytes or options.settings.max_bytes,
    )
    defaults = Defaults(published=options.published, outlet=options.outlet, title=options.title)
    return StoringWork(
        defaults=defaults,
        limits=limits,
        data=options.settings.data,
        reads=not options.dry,
        prefix=options.prefix,
    )


def _files(inputs: tuple[str, ...]) -> Iterator[str]:
    for one in inputs:
        if one == "-":
            if sys.stdin.isatty():
                click.echo("marsad: reading from the terminal; end it with Ctrl-D", err=True)
            yield one
            continue
        path = Path(one)
        if not path.exists():
            raise click.UsageError(f"there is no file or folder {one!r}")
        if not path.is_dir():
            yield one
            continue
        found = files_in(path)
        if not found:
            raise click.UsageError(f"there is no file of a kind that can be read in {one}")
        yield from map(str, found)


def _raws(files: list[str], limits: Limits, columns: dict[str, str], meter: Meter) -> Iterator[RawArticle]:
    for file in files:
        yield from pieces(file, limits, columns or None, meter=meter)


def _refusal(where: str, refusal: SetAside) -> str:
    return f"marsad: {printable(where)}: set aside: {printable(refusal.message)} [{refusal.reason}]"


def _summary(done: Ingested, options: Options) -> str:
    fates = done.fates
    if options.dry:
        told = [f"{fates['new']:,} to read"]
    else:
        told = [f"{fates['new']:,} new", f"{fates['changed']:,} changed"]
        told += [f"{fates['reread']:,} read anew"] if fates["reread"] else []
    told.append(f"{fates['unchanged']:,} stored already")
    told += [f"{done.dropped.total():,} set aside ({_reasons(done)})"] if done.dropped else []
    line = f"{done.pieces:,} articles: {', '.join(told)}"
    if options.dry:
        return f"{line}; nothing was stored (--dry-run)"
    return f"{line}; {done.claims:,} claims" if done.stored else f"{line}; there was nothing to do"


def _reasons(done: Ingested) -> str:
    return ", ".join(f"{reason} {count:,}" for reason, count in sorted(done.dropped.items()))
