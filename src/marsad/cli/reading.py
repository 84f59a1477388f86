"""What ``marsad read`` does: open the inputs, read, write each article as soon as it is its turn, count."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from marsad.articles import Defaults, Limits, RawArticle, files_in, pieces
from marsad.cli.model_reading import Second
from marsad.cli.output import Output
from marsad.cli.progress import Progress
from marsad.cli.terminal import colour_wanted, printable
from marsad.run import Crew, KnownLabels, Outcome, ReadingWork, Stats, Writer, once_each, outcomes
from marsad.run.readers import Reader

DONE, FAILED, SOME_SET_ASIDE = 0, 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of ``marsad read``, as click gives them."""

    files: tuple[str, ...]
    form: str | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    why: bool = False
    jobs: int = 1
    max_chars: int = 2_000_000
    max_bytes: int = 50_000_000
    data: Path | None = None


def run_read(options: Options, second: Second) -> int:
    """Read everything and give the exit code.

    Args:
        options: What to read, and how to show it.
        second: Who reads.
    """
    with second.reading() as reader:
        code = _run(options, reader, second.crew(options.jobs, reader))
    return second.code(code)


def _run(options: Options, reader: Reader | None, crew: Crew) -> int:
    form = options.form or ("table" if sys.stdout.isatty() else "jsonl")
    limits = Limits(characters=options.max_chars, bytes=options.max_bytes)
    defaults = Defaults(published=options.published, outlet=options.outlet, title=options.title)
    work = ReadingWork(
        writer=_writer(form, options, reader),
        defaults=defaults,
        limits=limits,
        data=options.data,
        reader=reader,
    )
    raws = _raw_articles(options.files or ("-",), limits)
    stats = Stats()
    with Output() as output, Progress() as progress:
        for outcome in once_each(outcomes(raws, work, crew)):
            stats += Stats.of(outcome)
            if outcome.refusal is None:
                output.write(outcome.output, form)
            else:
                progress.say(_refusal(outcome))
            progress.show(stats)
        output.close(form)
        if stats.set_aside + stats.articles > 1 and (stats.set_aside or progress.shown):
            progress.say(f"marsad: {stats.summary()}")
    gc.freeze()  # the program ends here: what is left need not be looked through for garbage, which takes a second after 5,000 articles
    return _exit_code(stats)


def _exit_code(stats: Stats) -> int:
    if not stats.set_aside:
        return DONE
    return SOME_SET_ASIDE if stats.articles else FAILED


def _refusal(outcome: Outcome) -> str:
    refusal = outcome.refusal
    assert refusal is not None
    return f"marsad: {printable(outcome.where)}: set aside: {printable(refusal.message)} [{refusal.reason}]"


def _raw_articles(files: tuple[str, ...], limits: Limits) -> Iterator[RawArticle]:
    for file in files:
        if file == "-" and sys.stdin.isatty():
            click.echo("marsad: reading the article from the terminal; end it with Ctrl-D", err=True)
        for one in in_folder(Path(file)) if file != "-" and Path(file).is_dir() else (file,):
            yield from pieces(one, limits)


def in_folder(folder: Path) -> list[str]:
    """The files of a folder and of those in it that can hold articles, in order; a folder also holds notes and pictures."""
    found = files_in(folder)
    if not found:
        raise click.UsageError(f"there is no file of a kind that can be read in {folder}")
    return [str(path) for path in found]


def _writer(form: str, options: Options, reader: Reader | None) -> Writer:
    """What renders an article in that format; only the one that is needed is imported."""
    if form == "jsonl":
        from marsad.cli.lines import json_line

        return partial(json_line, reader=reader.version) if reader else json_line
    if form == "html":
        from marsad.cli.page import article_section

        return partial(article_section, why=options.why, labels=KnownLabels(options.data))
    from marsad.cli.table import TableStyle, article_table

    width = shutil.get_terminal_size((100, 24)).columns
    return partial(
        article_table,
        style=TableStyle(
            width=width, colour=colour_wanted(sys.stdout), why=options.why, labels=KnownLabels(options.data)
        ),
    )
