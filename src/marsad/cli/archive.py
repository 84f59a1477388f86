"""``marsad archive``: millions of articles, with the functions that read one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from marsad.cli.ingest import columns_option
from marsad.cli.model_options import model_options
from marsad.cli.options import rows_or_table, table_or_json
from marsad.cli.read import published_option

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}
_SIZE = re.compile(r"(\d+) ?([KMG]?)B?", re.IGNORECASE)


def _size(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    found = _SIZE.fullmatch(value.strip())
    if not found or not int(found[1]):
        raise click.BadParameter(f"{value!r} is no size as 64MB, 500KB or 2GB", context, parameter)
    return int(found[1]) * _UNITS[found[2].upper()]


_paths = click.argument("paths", metavar="INPUT... OUTPUT", nargs=-1, required=True)
_output = click.argument("paths", metavar="[INPUT...] OUTPUT", nargs=-1, required=True)
_on = click.option(
    "--on",
    metavar="ENGINE",
    default="local",
    show_default=True,
    help="Who does the work: local, spark://HOST:PORT, spark:MASTER (yarn, k8s://...), ray://HOST:PORT or ray:auto.",
)
_jobs = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Number of processes; as many as there are processors if not given.",
)
_memory = click.option(
    "--memory", metavar="MB", type=click.IntRange(min=64), default=1_024, show_default=True,
    help="Memory that a query may take; what is more goes to a temporary folder.",
)  # fmt: skip
_SETTINGS = (
    click.option("--text", is_flag=True, help="Keep the texts of articles in the archive."),
    click.option(
        "--skip-off-topic",
        "on_topic",
        is_flag=True,
        help="Count what by its words is about something else, and do not read it: a tenth of the time, for 2 claims of 1,000.",
    ),
    click.option("--outlet", metavar="NAME", help="Who published what does not say it."),
    published_option,
    columns_option,
    click.option("--shard-size", "shard_bytes", metavar="SIZE", callback=_size, help="Bytes of input that one task reads; 16MB if not given."),
    click.option("--claims-at-once", metavar="N", type=click.IntRange(min=1), help="Claims that one task ties together; a land with more is cut by days."),
    click.option("--memory", metavar="MB", type=click.IntRange(min=256), help="Set an article aside for which the process that reads takes more; 1024 if not given."),
    click.option("--patience", metavar="SECONDS", type=click.FloatRange(min=1), help="Set an article aside that takes longer; 120 if not given."),
    click.option("--quota", metavar="SHARE", type=click.FloatRange(0, 1), help="Fail where more of a task's articles crash, hang or eat memory; 0.01 if not given."),
)  # fmt: skip


def _settings(command: Any) -> Any:  # noqa: ANN401 (what click decorates)
    """The options that decide what comes out."""
    for option in reversed(_SETTINGS):
        command = option(command)
    return command


@click.group()
def archive() -> None:
    """Read millions of articles into tables of claims, copies, incidents and control.

    \b
    marsad archive plan crawl/ out
    marsad archive run crawl/ out --jobs 2
    marsad archive sql out "SELECT country, count(*) FROM incidents GROUP BY 1"
    """


@archive.command(
    epilog="\b\nExamples:\n  marsad archive plan news.jsonl.gz out\n  marsad archive plan 'crawl/*.warc.gz' out --jobs 16"
)
@_paths
@_on
@_jobs
@_settings
@model_options
@table_or_json
def plan(paths: tuple[str, ...], form: str, **options: Any) -> None:  # noqa: ANN401 (as click gives them)
    """Show what `run` would read, and about how long it would take. Nothing is written.

    The number of articles and the hours are estimated from the sizes of the files.
    """
    from marsad.cli.archiving import run_plan

    run_plan(paths, form, options)


@archive.command(
    epilog="""\b
Examples:
  marsad archive run news.jsonl.gz out
  marsad archive run 'crawl/*.warc.gz' tables/ out --jobs 2
  marsad archive run s3://bucket/news.parquet out --text
  marsad archive run /shared/crawl /shared/out --on spark://head:7077
  marsad archive run news.jsonl.gz out --reader both --model-address http://127.0.0.1:8080 --model NAME --jobs 2
"""
)
@_paths
@_on
@_jobs
@_settings
@model_options
def run(paths: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401 (as click gives them)
    """Make an archive in the folder OUTPUT of the articles in INPUT.

    An INPUT is a file, a folder, a pattern, or an address that fsspec knows (s3://...): WARC, JSON lines, Parquet, CSV and all else that `marsad read` reads, packed or
    not. The folder holds Parquet tables: articles (without texts, unless --text is given), claims, copies, incidents, incident_claims, spells, set_aside.

    Run again with the same arguments, it does what is missing; with more inputs, other settings, or after the program changed, exactly what that touches.
    An article that cannot be read, or that crashes the process, is set aside with its reason, and the exit code is then 3.
    With an engine, INPUT and OUTPUT must be seen by all its machines, and the same Marsad be installed there.

    With --reader model or both each process asks --model-in-flight questions at a time: all of them together ask --jobs times as many. A model that is gone, or of whose
    answers more than --quota are of no use, fails the task; `resume` goes on from the answers that came.
    """
    from marsad.cli.archiving import run_run

    return run_run(paths, options)


@archive.command(epilog="\b\nExamples:\n  marsad archive resume out\n  marsad archive resume out --jobs 4")
@_output
@_on
@_jobs
@click.option(
    "--text-may-leave",
    is_flag=True,
    help="Agree that the text of articles is sent to another machine, where the plan says so.",
)
def resume(paths: tuple[str, ...], on: str, jobs: int | None, text_may_leave: bool) -> int:
    """Go on with an archive whose run was killed, stopped or failed, as it was planned.

    The inputs are those of the plan, as they were then: for new files, or files that changed, call `run` again with its arguments.
    """
    from marsad.cli.archiving import run_resume

    return run_resume(paths, on, jobs, may_leave=text_may_leave)


@archive.command(
    epilog="\b\nExamples:\n  marsad archive status out\n  marsad archive status out --format json"
)
@_output
@table_or_json
def status(paths: tuple[str, ...], form: str) -> None:
    """Show stage by stage how far an archive is: tasks, articles, claims, how fast, how long still.

    Whether the process that makes it is still there is seen only on its own machine.
    """
    from marsad.cli.archiving_shown import show_status

    show_status(paths, form)


@archive.command(
    epilog="\b\nExamples:\n  marsad archive failures out\n  marsad archive failures out --reason crashed --reason too_slow"
)
@_output
@click.option("--reason", "reasons", metavar="CODE", multiple=True, help="Only what was set aside for this; may be given often.")  # fmt: skip
@rows_or_table
def failures(paths: tuple[str, ...], reasons: tuple[str, ...], form: str | None) -> None:
    """List the articles that were set aside, each with where it is and why, and the tasks that failed."""
    from marsad.cli.archiving_shown import show_failures

    show_failures(paths, reasons, form)


@archive.command(
    epilog="\b\nExamples:\n  marsad archive report out\n  marsad archive report out --format json"
)
@_output
@_memory
@table_or_json
def report(paths: tuple[str, ...], memory: int, form: str) -> None:
    """Show what a finished archive holds and what it took.

    Articles by outlet and year, claims by country and event, incidents by status, copies, what was left out and why, processor seconds for a thousand articles stage by
    stage, and the fingerprints of the code that made it.
    """
    from marsad.cli.archiving_report import show_report

    show_report(paths, memory, form)


@archive.command(
    epilog="""\b
Examples:
  marsad archive sql out
  marsad archive sql out "SELECT status, count(*) FROM incidents GROUP BY 1"
  marsad archive sql out "FROM claims WHERE event = 'violence.airstrike'" --format csv > strikes.csv
"""
)
@click.argument("output", type=click.Path(path_type=Path))
@click.argument("query", metavar="[SELECT]", required=False)
@_memory
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), help="What comes out; a table on a terminal, else JSON lines.")  # fmt: skip
def sql(output: Path, query: str | None, memory: int, form: str | None) -> None:
    """Ask a finished archive in the SQL of DuckDB; without a query, list its tables and their columns.

    A query sees the tables of the archive and nothing else: no files, no net, and nothing can be changed.
    """
    from marsad.cli.archiving_sql import run_sql

    run_sql(output, query, memory, form)
