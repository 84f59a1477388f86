"""What ``marsad ingest`` does: open the project, take the input in, reconcile what changed, and say what became of everything."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import click

from marsad import __version__
from marsad.articles import Defaults, Limits, Meter, RawArticle, pieces
from marsad.cli.desk import Stop, make_desk, refusal_line, stopped_by_signals
from marsad.cli.model_options import ModelOptions
from marsad.cli.model_reading import second_of
from marsad.cli.progress import Progress
from marsad.cli.reading import in_folder
from marsad.cli.terminal import printable
from marsad.cli.tying import How, reconcile_store
from marsad.errors import SetAside
from marsad.feeds import FeedState
from marsad.run.addresses import from_address, from_listing, is_address, is_listing, listing_of_file
from marsad.run.desk import Desk
from marsad.run.ingesting import Ingested, Intake
from marsad.run.outcome import Crew
from marsad.run.project import Project, find_project, load_project
from marsad.run.readers import Reader
from marsad.run.storing import StoringWork
from marsad.settings import Settings

DONE, FAILED, SOME_SET_ASIDE = 0, 1, 3
_KINDS = {
    "feed": "a feed",
    "sitemap": "a site map",
    "sitemap_index": "an index of site maps",
    "opml": "an OPML list",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of ``marsad ingest``, as click gives them."""

    inputs: tuple[str, ...]
    settings: Settings
    second: ModelOptions = field(default_factory=ModelOptions)
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
    if options.dry:  # nothing is read, so nobody is asked
        return _run(options, project, None, Crew(jobs=options.jobs))
    second = second_of(options.second, options.settings, project.plan.model)
    with second.reading() as reader:
        code = _run(options, project, reader, second.crew(options.jobs, reader))
    return second.code(code)


def _run(options: Options, project: Project, reader: Reader | None, crew: Crew) -> int:
    store = project.open()
    try:
        run = None if options.dry else store.begin_run("ingest", __version__)
        with Progress() as progress:
            intake = Intake(
                store=store,
                work=_work(options, project, reader),
                crew=crew,
                run=run,
                refused=lambda where, refusal: progress.say(refusal_line(where, refusal)),
                dry=options.dry,
            )
            done = _take(intake, options, project, progress)
            progress.say(f"marsad: {_summary(done, options)}")
            if run is not None and not options.later:
                reconcile_store(store, How(data=options.settings.data, jobs=options.jobs), progress)
        if run is not None:
            store.end_run(run, done.data())
    finally:
        store.close()
    if not done.dropped:
        return DONE
    return SOME_SET_ASIDE if done.stored or done.fates["unchanged"] else FAILED


def _take(intake: Intake, options: Options, project: Project, progress: Progress) -> Ingested:
    files = list(_files(options.inputs))
    meter = Meter.of(file for file in files if file != "-" and not is_address(file))
    stop = Stop()
    desk = make_desk(project, intake.store, progress, stop)
    inputs = _Inputs(options, project, desk, meter)
    listed = any(is_address(file) or (file != "-" and is_listing(file)) for file in files)
    with stopped_by_signals(desk, stop) if listed else nullcontext():
        for so_far in intake.take(inputs.raws(files, intake.work.limits)):
            share = meter.read / meter.total if meter.total and not listed else 0.0
            progress.show_share("articles", so_far.pieces, share)
    if listed and not options.dry:
        desk.tidy()
    intake.done.pieces += desk.dropped.total()
    intake.done.dropped.update(desk.dropped)
    if stop.is_set():
        raise KeyboardInterrupt
    return intake.done


@dataclass(frozen=True, slots=True)
class _Inputs:
    """The inputs of one run, cut into articles."""

    options: Options
    project: Project
    desk: Desk
    meter: Meter

    def raws(self, files: list[str], limits: Limits) -> Iterator[RawArticle]:
        """The articles of files and addresses, in their order."""
        for file in files:
            if is_address(file):
                yield from self._address(file)
            elif file != "-" and is_listing(file):
                yield from self._listing(file, limits)
            else:
                yield from self._file(file, limits)

    def _address(self, address: str) -> Iterator[RawArticle]:
        if self.options.dry:
            raise click.UsageError("--dry-run looks into files only: nothing is fetched to be thrown away")
        outlet, every = self.options.outlet or "", float(self.project.plan.every)
        yield from from_address(self.desk, FeedState(address=address, outlet=outlet, every=every))

    def _listing(self, file: str, limits: Limits) -> Iterator[RawArticle]:
        try:
            listing = listing_of_file(file)
        except SetAside as refusal:
            yield RawArticle(kind="refused", file=file, refusal=refusal)
            return
        if listing.kind == "none":  # it only looked like one
            yield from self._file(file, limits)
        elif self.options.dry:
            click.echo(
                f"marsad: {printable(file)}: {_KINDS[listing.kind]} with {len(listing.entries):,} entries",
                err=True,
            )
        else:
            outlet, every = self.options.outlet or "", float(self.project.plan.every)
            yield from from_listing(self.desk, file, listing, outlet, every)

    def _file(self, file: str, limits: Limits) -> Iterator[RawArticle]:
        columns = {**self.project.plan.columns, **self.options.columns}
        yield from pieces(file, limits, columns or None, meter=self.meter)


def _work(options: Options, project: Project, reader: Reader | None) -> StoringWork:
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
        reader=reader,
    )


def _files(inputs: tuple[str, ...]) -> Iterator[str]:
    for one in inputs:
        if one == "-":
            if sys.stdin.isatty():
                click.echo("marsad: reading from the terminal; end it with Ctrl-D", err=True)
            yield one
            continue
        if is_address(one):
            yield one
            continue
        path = Path(one)
        if not path.exists():
            raise click.UsageError(f"there is no file or folder {one!r}")
        if not path.is_dir():
            yield one
            continue
        yield from in_folder(path)


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
    return f"{line}; {done.claims:,} claims" if done.stored else f"{line}; {_nothing(done)}"


def _nothing(done: Ingested) -> str:
    return "nothing was stored" if done.dropped else "there was nothing to do"


def _reasons(done: Ingested) -> str:
    return ", ".join(f"{reason} {count:,}" for reason, count in sorted(done.dropped.items()))
