"""What ``marsad archive plan``, ``run`` and ``resume`` do."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import click

from marsad.archive import Folder, Plan, Ran, Settings, drive
from marsad.archive.changes import changes_between
from marsad.archive.engines.choosing import engine_of
from marsad.archive.estimate import estimate_of
from marsad.archive.inputs import inputs_of
from marsad.archive.manifest import PLAN, plan_of
from marsad.archive.plan import Input
from marsad.archive.relevance import DEFAULT
from marsad.archive.report import told_by
from marsad.cli.archiving_folder import folder_of, plain_errors
from marsad.cli.archiving_model import agree_again, make_room, model_lines, model_settings
from marsad.cli.archiving_told import RunTold, plan_lines, ran_lines
from marsad.cli.progress import Progress
from marsad.cli.terminal import printable
from marsad.errors import InputError
from marsad.settings import load_settings

DONE, SOME_SET_ASIDE = 0, 3
_OURS = frozenset({"driver.lock", "tmp"})
"""What a run that was killed at once may leave without a plan."""


def run_plan(paths: Sequence[str], form: str, options: Mapping[str, Any]) -> None:
    """Print what a run would read."""
    folder, plan = _asked(paths, options, model_settings(options["second"]))
    jobs = jobs_of(options["jobs"])
    engine = engine_of(options["on"], jobs)
    reckoned = estimate_of(plan, folder, _processes(options["on"], jobs))
    if form == "json":
        row = {"output": plan.folder, "engine": engine.name, **asdict(reckoned), "settings": asdict(plan.settings), "changes": _changes(folder, plan)}  # fmt: skip
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    for line in plan_lines(plan, reckoned, engine.name):
        click.echo(line)
    _tell_changes(folder, plan)


def run_run(paths: Sequence[str], options: Mapping[str, Any]) -> int:
    """Make an archive and give the exit code."""
    model = model_settings(options["second"])
    make_room(model)
    folder, plan = _asked(paths, options, model)
    _tell_changes(folder, plan)
    return _made(plan, folder, options["on"], options["jobs"])


def run_resume(paths: Sequence[str], on: str, jobs: int | None, *, may_leave: bool = False) -> int:
    """Go on with an archive and give the exit code."""
    folder = folder_of(paths)
    plan = plan_of(folder)
    agree_again(plan.settings, may_leave=may_leave)
    return _made(plan, folder, on, jobs)


def _made(plan: Plan, folder: Folder, on: str, jobs: int | None) -> int:
    engine = engine_of(on, jobs_of(jobs))
    with plain_errors(folder), Progress() as progress:
        ran = drive(plan, folder, engine, RunTold(progress).told)
        asked = told_by(ran.records["read"])
        for line in (*ran_lines(ran, folder), *model_lines(asked, plan.settings)):
            progress.say(f"marsad: {printable(line)}")
    return SOME_SET_ASIDE if _set_aside(ran) or asked.failed else DONE


def _set_aside(ran: Ran) -> int:
    return sum(part.rows for records in ran.records.values() for record in records for part in record.of("set_aside"))  # fmt: skip


def jobs_of(asked: int | None) -> int:
    """How many processes: as asked for, or as set (MARSAD_JOBS); 0, which is as many as the engine has, where nothing is said."""
    return asked or (load_settings().jobs if "MARSAD_JOBS" in os.environ else 0)


def _processes(on: str, jobs: int) -> int:
    """How many processes to reckon with."""
    told = re.fullmatch(r"local:(\d+)", on)
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return jobs or (int(told[1]) if told else free)


def _asked(paths: Sequence[str], options: Mapping[str, Any], model: Mapping[str, Any]) -> tuple[Folder, Plan]:
    """The folder and the plan that the arguments ask for."""
    if len(paths) < 2:
        raise click.UsageError("give at least one INPUT, and the folder OUTPUT at the end")
    folder = folder_of(paths)
    with plain_errors(folder):
        _check_folder(folder)
    home = folder.root.resolve()
    inputs = _inputs(paths[:-1], home)
    return folder, Plan(folder=str(home), inputs=inputs, settings=_settings(options, model))


def _inputs(paths: Sequence[str], home: Path) -> tuple[Input, ...]:
    """The inputs. An archive that is made within a folder of inputs is not read itself."""
    found = inputs_of(paths)
    within = [one for one in found if "://" not in one.address and Path(one.address).is_relative_to(home)]
    if within and not any(home != (above := Path(path).resolve()) and home.is_relative_to(above) for path in paths):  # fmt: skip
        raise InputError(f"{within[0].address} lies in {home}, the folder that the archive is made in: give a folder of its own for OUTPUT")  # fmt: skip
    return tuple(one for one in found if one not in within)


def _settings(options: Mapping[str, Any], model: Mapping[str, Any]) -> Settings:
    names = {one.name for one in fields(Settings)}
    given = {name: value for name, value in options.items() if name in names and value is not None}
    data = load_settings().data
    return Settings(**given, **model, relevance=DEFAULT if options["on_topic"] else None, data=str(data.resolve()) if data.is_dir() else "")  # fmt: skip


def _check_folder(folder: Folder) -> None:
    """A folder with other things in it is left alone."""
    root = folder.root
    if root.exists() and not root.is_dir():
        raise InputError(f"{root} is a file, and OUTPUT must be a folder")
    if folder.path(PLAN).exists() or not root.exists():
        return
    found = sorted(path.name for path in root.iterdir() if path.name not in _OURS)
    if found:
        raise InputError(f"{root} holds other things ({', '.join(found[:3])} ...) and no archive: give an empty folder, or one that is not there yet, for OUTPUT")  # fmt: skip


def _changes(folder: Folder, plan: Plan) -> list[str]:
    return changes_between(plan_of(folder), plan) if folder.path(PLAN).exists() else []


def _tell_changes(folder: Folder, plan: Plan) -> None:
    changes = _changes(folder, plan)
    for change in changes:
        click.echo(f"marsad: other than planned before: {change}", err=True)
    if changes:
        click.echo("marsad: what that touches is made anew, the rest stays", err=True)
