"""The stages of an archive in their order, each a module with two functions.

* ``tasks(plan, done)`` is called by the driver when the stages before are done: the tasks of this one, always the same for the same input, whatever the engine.
* ``run(task, folder)`` does one of them, wherever it has come to, and gives its record; it reads files that records name and writes through `Parts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from marsad.archive.folder import Folder
from marsad.archive.plan import Plan
from marsad.archive.task import Record, Task

Done = Mapping[str, Sequence[Record]]
"""By stage, the records of its tasks in their order; only stages that are complete are in it."""

STAGES = {
    "cut": "packed files that are too large for one task are cut into pieces that are not",
    "read": "articles are filtered by language and relevance, read, grounded and signed",
    "order": "all signatures are put in the order of time; an id that came before is left out",
    "pairs": "near texts are found, band by band",
    "families": "near texts become families of copies, each with where its text comes from",
    "settle": "articles learn what they are copies of, and their episodes go to blocks",
    "reconcile": "each block becomes incidents",
    "stitch": "what lies around the cut of a large block is tied anew",
    "control": "each place gets its spells",
}
"""Name, and what is done, for people."""


class Stage(Protocol):
    """A module of this package."""

    def tasks(self, plan: Plan, done: Done) -> list[Task]:
        """The tasks of the stage."""

    def run(self, task: Task, folder: Folder) -> Record:
        """Do one."""


def stage_of(name: str) -> Stage:
    """The stage of a name; a name with a dot is that of a module elsewhere."""
    if "." in name:
        return cast(Stage, import_module(name))
    if name not in STAGES:
        raise ValueError(f"no stage is called {name!r}")
    return cast(Stage, import_module(f"marsad.archive.stages.{name}"))
