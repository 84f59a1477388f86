"""Driving an archive: the stages one after the other, each shared out to an engine, nothing done twice.

    for stage in STAGES:  what is to be done? -> what of it is not done yet? -> the engine does it -> all there? -> the next

The driver may be killed at any instant: what is committed stays, and the next run finds it by its key.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from filelock import FileLock, Timeout

from marsad.archive.engines import Engine, Failed
from marsad.archive.fingerprints import code_for
from marsad.archive.finish import finished
from marsad.archive.folder import Folder
from marsad.archive.plan import Plan
from marsad.archive.progress import Progress
from marsad.archive.stages import STAGES, stage_of
from marsad.archive.task import Record, Task
from marsad.errors import InputError, MarsadError

_SHOWN = 5

Say = Callable[[str, int, int], None]
"""Told how far a stage has come: its name, tasks that are done, of how many."""


def _silent(stage: str, done: int, of: int) -> None:
    pass


@dataclass(slots=True)
class Ran:
    """What a run did: by stage how many tasks there are and how many of them were done now."""

    tasks: dict[str, int] = field(default_factory=dict)
    worked: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    records: dict[str, Sequence[Record]] = field(default_factory=dict)


def drive(plan: Plan, folder: Folder, engine: Engine, say: Say = _silent) -> Ran:
    """Make an archive, or what is missing of it.

    Args:
        plan: What it is made of.
        folder: Where it is kept, on a disk that all machines of the engine see.
        engine: Who does the work; it is entered here.
        say: Told of the progress.

    Raises:
        InputError: another driver is at work on this folder.
        MarsadError: tasks failed however often they were tried; what is done stays, and the next run goes on from it.
    """
    folder.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(folder.path("driver.lock")), timeout=0)
    with ExitStack() as stack:
        try:
            stack.enter_context(lock)
        except Timeout:
            raise InputError(
                f"{folder.root}: another `marsad archive run` is at work on it; wait, or end that one"
            ) from None
        progress = stack.enter_context(Progress.begun(folder, plan, engine.name))
        stack.enter_context(engine)
        ran = Ran()
        for name in STAGES:
            began = time.monotonic()
            ran.records[name] = _stage(name, (plan, folder, engine), ran, (say, progress))
            ran.seconds[name] = time.monotonic() - began
        finished(plan, folder, ran.records)
        progress.end("done")
        return ran


def _stage(
    name: str, with_: tuple[Plan, Folder, Engine], ran: Ran, told: tuple[Say, Progress]
) -> list[Record]:
    """Do what of a stage is not done; the records of all its tasks in their order."""
    plan, folder, engine = with_
    say, progress = told
    tasks = [_addressed(task, folder) for task in stage_of(name).tasks(plan, ran.records)]
    _no_name_twice(tasks)
    have = {task.name: record for task in tasks if (record := folder.done(task))}
    left = [task for task in tasks if task.name not in have]
    ran.tasks[name], ran.worked[name] = len(tasks), len(left)
    progress.stage(name, len(tasks), have.values())
    say(name, len(have), len(tasks))
    failed: list[Failed] = []
    for outcome in engine.each(left) if left else ():
        if isinstance(outcome, Failed):
            failed.append(outcome)
            progress.failed(outcome)
            continue
        have[outcome.name] = outcome
        say(name, len(have), len(tasks))
    if failed:
        progress.end("failed")
        raise MarsadError(_why(name, failed, folder))
    _all_there(name, tasks, have)
    return [have[task.name] for task in tasks]


def _no_name_twice(tasks: Sequence[Task]) -> None:
    """Two tasks of one name would be one record, whose rows counted twice: a plan that holds one input twice."""
    names = Counter(task.name for task in tasks)
    twice = [name for name, times in names.items() if times > 1]
    if twice:
        raise InputError(
            f"part {twice[0]!r} is planned {names[twice[0]]} times: each input may be given once"
        )


def _addressed(task: Task, folder: Folder) -> Task:
    code = code_for(task.stage, task.apart.get("reader", "rules"))
    return replace(task, code=code, folder=str(folder.root.resolve()))


def _all_there(name: str, tasks: Sequence[Task], have: dict[str, Record]) -> None:
    missing = [task.name for task in tasks if task.name not in have]
    if missing:
        raise MarsadError(f"stage {name!r} ended without {len(missing):,} of its {len(tasks):,} tasks ({missing[0]} ...): the engine lost them; run `marsad archive resume`")  # fmt: skip


def _why(name: str, failed: Sequence[Failed], folder: Folder) -> str:
    shown = "".join(f"\n  {one.task.name}: {one.why}" for one in failed[:_SHOWN])
    more = f"\n  and {len(failed) - _SHOWN:,} more" if len(failed) > _SHOWN else ""
    return (
        f"stage {name!r}: {len(failed):,} task(s) could not be done after {failed[0].tries} {'try' if failed[0].tries == 1 else 'tries'}; what is done stays in {folder.root}, and"
        f" `marsad archive resume` goes on from it{shown}{more}"
    )
