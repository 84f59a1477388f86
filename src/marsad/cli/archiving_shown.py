"""What ``marsad archive status`` and ``failures`` print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import click

from marsad.archive.failures import FailedTask, Refused, failed_tasks, set_aside
from marsad.archive.status import StageStatus, Status, status_of
from marsad.cli.archiving_folder import folder_of
from marsad.cli.archiving_told import row
from marsad.cli.lines import safe_line
from marsad.cli.output import Output
from marsad.cli.progress import span
from marsad.cli.terminal import printable

_MEANS = {
    "begun": "planned, and not begun",
    "running": "running",
    "done": "finished",
    "failed": "failed: tasks could not be done",
    "stopped": "stopped before it was finished",
    "killed": "killed: its process is gone",
}
_AGAIN = ("failed", "stopped", "killed", "begun")


def show_status(paths: Sequence[str], form: str) -> None:
    """Print how far an archive is."""
    found = status_of(folder_of(paths))
    if form == "json":
        click.echo(json.dumps(found.data(), ensure_ascii=False))
        return
    for line in _status_lines(found):
        click.echo(line)


def _status_lines(found: Status) -> Iterator[str]:
    again = f"; `marsad archive resume {found.folder}` goes on" if found.state in _AGAIN else ""
    yield row("archive", found.folder)
    yield row("state", _MEANS.get(found.state, found.state) + again)
    if found.where:
        yield row("by", f"{found.where} (process {found.process} on {found.host}), {span(found.seconds)}")
    yield ""
    yield f"{'stage':<12}{'state':<10}{'tasks':>15}  made"
    for stage in found.stages:
        yield _stage_line(stage)
    if found.set_aside:
        yield ""
        reasons = ", ".join(f"{why} {number:,}" for why, number in found.set_aside.items())
        yield row("set aside", f"{sum(found.set_aside.values()):,} articles: {reasons}")
    for task in found.failed:
        yield row("failed", _failed(task))


def _stage_line(stage: StageStatus) -> str:
    tasks = f"{stage.done:,} of {stage.tasks:,}" if stage.state != "waiting" else ""
    made = [f"{number:,} {what}" for what, number in stage.counts.items()]
    if stage.rate is not None:
        made.append(f"{stage.rate:,.1f} articles a second")
    if stage.left is not None:
        made.append(f"{span(stage.left)} left")
    return f"{stage.name:<12}{stage.state:<10}{tasks:>15}  {', '.join(made)}".rstrip()


def show_failures(paths: Sequence[str], reasons: Sequence[str], form: str | None) -> None:
    """Print what was set aside, then the tasks that failed."""
    folder = folder_of(paths)
    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    count = 0
    with Output() as output:
        for one in set_aside(folder, reasons):
            count += 1
            output.write(_refused(one) if form == "table" else _line({"article": asdict(one)}), form)
        failed = [] if reasons else failed_tasks(folder)
        for task in failed:
            output.write(f"{_failed(task)}\n" if form == "table" else _line({"task": asdict(task)}), form)
    if form == "table" or not count:
        tasks = f"; {len(failed):,} task{'s' if len(failed) != 1 else ''} failed" if failed else ""
        click.echo(f"marsad: {count:,} articles set aside{tasks}", err=True)


def _line(found: dict[str, object]) -> str:
    return safe_line(json.dumps(found, ensure_ascii=False))


def _refused(one: Refused) -> str:
    return f"{one.reason:<16}{printable(one.place)}: {printable(one.message)}\n"


def _failed(task: FailedTask) -> str:
    return f"{task.stage} {task.name}, tried {task.tries} times: {printable(task.why)}"
