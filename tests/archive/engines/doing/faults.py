"""A stage whose tasks fail as they are told to; it is called by its module's dotted name.

What is given: ``value`` is what the rows are made of; ``fault`` what happens, on the first ``times`` tries of the task; ``seconds`` how long it takes. Every try leaves a
file in ``tries/`` that says which process made it, so tests see how often and where a task was tried, and can end that process.
"""

import errno
import os
import signal
import time
import uuid

from marsad.archive.folder import Parts
from marsad.archive.task import Task
from marsad.errors import Damaged, InputError

NAME = __name__


def tasks(plan, done):
    """One for each input; its mark says how long it takes."""
    return [named(f"part-{n:03}", value=n, seconds=float(one.mark)) for n, one in enumerate(plan.inputs)]


def named(name, **given):
    """A task of this stage."""
    return Task(stage=NAME, name=name, given=given)


def run(task, folder):
    """Fail, or write two rows."""
    before = tries_of(task.name, folder)
    place = folder.path(f"tries/{task.name}")
    place.mkdir(parents=True, exist_ok=True)
    (place / f".{uuid.uuid4().hex}").write_text(str(os.getpid()))
    for path in place.glob(".*"):
        path.rename(place / path.name[1:])
    if len(before) < task.given.get("times", 99) and (fault := task.given.get("fault")):
        FAULTS[fault]()
    time.sleep(task.given.get("seconds", 0))
    value = task.given["value"]
    rows = [
        {"article": f"{value}-{n}", "family": str(value), "copy_of": None, "known": False} for n in range(2)
    ]
    with Parts(folder, task) as parts:
        parts.write("copies", rows)
        return parts.record(counts={"copies": 2}, told={"value": value})


def tries_of(name, folder):
    """The processes that tried a task, in no order."""
    return [int(path.read_text()) for path in folder.path(f"tries/{name}").glob("[!.]*")]


def _killed():
    os.kill(os.getpid(), signal.SIGKILL)


def _raised(error):
    def fault():
        raise error

    return fault


FAULTS = {
    "killed": _killed,
    "prints": lambda: os.write(1, b"this is no answer\n"),
    "left": lambda: os._exit(7),
    "mistake": lambda: {}["أين"],
    "refused": _raised(InputError("part.jsonl: line 7 is no article")),
    "damaged": _raised(Damaged("part.parquet: cut off")),
    "full disk": _raised(OSError(errno.ENOSPC, "No space left on device", "/data/tmp/x")),
    "no memory": _raised(MemoryError()),
}
