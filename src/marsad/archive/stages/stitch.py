"""Stage ``stitch``: what lies around the cut of a large block is tied anew, with the claims of both sides at once."""

from __future__ import annotations

import hashlib

from marsad.archive.blocks_episodes import rows_where
from marsad.archive.blocks_incidents import Writer
from marsad.archive.blocks_tying import kit_of, knowledge, marks_of, without_collecting
from marsad.archive.folder import Folder, Parts
from marsad.archive.packing import testimonies_of
from marsad.archive.plan import Plan
from marsad.archive.slicing import Piece
from marsad.archive.stages import Done
from marsad.archive.task import Record, Task
from marsad.incidents import Verdicts, reconcile

_Cut = tuple[str, int]


def tasks(plan: Plan, done: Done) -> list[Task]:
    """One for each cut that anything lies around; none where no block is cut."""
    cuts: dict[_Cut, list[tuple[str, str]]] = {}
    for record in done["reconcile"]:
        for block, cut, claims, digest in record.told["edges"]:
            path = record.of("edges")[0].path
            cuts.setdefault((block, cut), []).append((f"{claims} {digest}", path))
    return [_task(cut, sides, plan.settings.data) for cut, sides in sorted(cuts.items())]


def _task(at: _Cut, sides: list[tuple[str, str]], data: str) -> Task:
    block, cut = at
    digest = hashlib.sha256("\n".join(sorted(mark for mark, _ in sides)).encode()).hexdigest()
    return Task(
        stage="stitch",
        name=Piece(block=block, first=cut, last=cut).name,
        given={"block": block, "cut": cut, "data": data},
        depends=(digest, *marks_of(data)),
        reads=tuple(path for _, path in sides),
    )


def run(task: Task, folder: Folder) -> Record:
    """Do it: tables ``incidents``, ``incident_claims`` and ``territory``."""
    block, cut = task.given["block"], task.given["cut"]
    known = knowledge(task.given["data"])
    with Parts(folder, task) as parts, without_collecting():
        writer = Writer(parts, kit_of(task.given["data"]))
        rows = rows_where(folder, task.reads, {"block": {block}, "cut": {cut}})
        writer.write(block, reconcile((testimonies_of(row["data"]) for row in rows), Verdicts([]), known))
        writer.end()
        return parts.record(counts=dict(writer.counts), told={"places": writer.told()})
