"""A driver of one stage in a process of its own, which tests kill: ``python -m archive.engines.doing.driver ENGINE FOLDER TASKS SECONDS``.

It prints ``ran N`` at the end: how many tasks it did now.
"""

import sys
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from archive.engines.doing import faults
from marsad.archive.engines.choosing import engine_of
from marsad.archive.folder import Folder
from marsad.archive.plan import Input, Plan


def drive(engine, root, tasks, seconds):
    """Drive the stage of `faults` alone."""
    driving = import_module("marsad.archive.drive")  # the module: the package has the function of this name
    inputs = tuple(Input(address=str(n), size=0, mark=str(seconds)) for n in range(tasks))
    plan = Plan(folder=str(root), inputs=inputs)
    with (
        patch.object(driving, "STAGES", {faults.NAME: "fail as told"}),
        patch.object(driving, "finished", lambda *_: None),
    ):
        return driving.drive(plan, Folder(Path(root)), engine)


if __name__ == "__main__":
    address, root, tasks, seconds = sys.argv[1:]
    ran = drive(engine_of(address, 2), root, int(tasks), float(seconds))
    sys.stdout.write(f"ran {ran.worked[faults.NAME]}\n")
