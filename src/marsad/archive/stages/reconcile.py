"""Stage ``reconcile``: the episodes of blocks become incidents, with the function that one file of claims goes through.

A task holds whole blocks, or some days of a large one (`marsad.archive.slicing`); what lies around a cut is left to ``stitch``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from marsad.archive.blocks_edges import parted
from marsad.archive.blocks_episodes import Episode, Row, digest_of, of_pieces
from marsad.archive.blocks_incidents import Writer
from marsad.archive.blocks_tying import kit_of, knowledge, marks_of, without_collecting
from marsad.archive.folder import Folder, Parts, read_part
from marsad.archive.plan import Plan
from marsad.archive.slicing import Bucket, Cells, Piece, Places, added, buckets
from marsad.archive.stages import Done
from marsad.archive.task import Record, Task
from marsad.incidents import Known, Verdicts, reconcile


def tasks(plan: Plan, done: Done) -> list[Task]:
    """The tasks: each depends on the claims of its blocks and days, wherever they lie."""
    folder = Folder(Path(plan.folder))
    found = buckets(_all_cells(folder, done["settle"]), plan.settings.claims_at_once)
    reads = _reads(folder, done["settle"], found)
    data = plan.settings.data
    return [_task(bucket, paths, data) for bucket, paths in zip(found, reads, strict=True)]


def _task(bucket: Bucket, paths: Sequence[str], data: str) -> Task:
    more = f"-{len(bucket.pieces)}" if len(bucket.pieces) > 1 else ""
    return Task(
        stage="reconcile",
        name=f"{bucket.pieces[0].name}{more}",
        given={"pieces": [asdict(piece) for piece in bucket.pieces], "data": data},
        depends=(bucket.digest, *marks_of(data)),
        reads=tuple(paths),
    )


def _cells(folder: Folder, record: Record) -> Iterator[dict[str, Any]]:
    for part in record.of("cells"):
        for batch in read_part(folder, part):
            yield from batch.to_pylist()


def _all_cells(folder: Folder, settled: Sequence[Record]) -> Cells:
    cells = Cells()
    for record in settled:
        for row in _cells(folder, record):
            cells.add(row["block"], row["slot"], row["claims"], row["digest"])
    return cells


def _reads(folder: Folder, settled: Sequence[Record], found: Sequence[Bucket]) -> list[list[str]]:
    """For each bucket the files that hold any of it."""
    places = Places(found)
    paths: list[list[str]] = [[] for _ in found]
    for record in settled:
        here = {places.of(row["block"], row["slot"]) for row in _cells(folder, record)}
        for number in here:
            paths[number].append(record.of("episodes")[0].path)
    return paths


def run(task: Task, folder: Folder) -> Record:
    """Do it: tables ``incidents``, ``incident_claims``, ``territory``, and ``edges`` where a block is cut."""
    pieces = [Piece(**piece) for piece in task.given["pieces"]]
    known = knowledge(task.given["data"])
    with Parts(folder, task) as parts, without_collecting():
        writer = Writer(parts, kit_of(task.given["data"]))
        edges = Edges()
        held = of_pieces(folder, task.reads, pieces)
        for number, piece in enumerate(pieces):
            episodes, held[number] = held[number], []
            _do(episodes, piece, (known, writer, edges))
        writer.end()
        edges.write(parts)
        return parts.record(counts=dict(writer.counts), told={"places": writer.told(), "edges": edges.told})


def _do(episodes: list[Episode], piece: Piece, with_: tuple[Known, Writer, Edges]) -> None:
    known, writer, edges = with_
    found = reconcile((told for _, told in episodes), Verdicts([]), known)
    parts = parted(found, episodes, piece)
    writer.write(piece.block, parts.final)
    for cut, left in sorted(parts.edges.items()):
        edges.add(piece.block, cut, left)


class Edges:
    """The episodes that are left to ``stitch``.

    Attributes:
        told: For the record: lists of block, cut, claims and digest.
    """

    def __init__(self) -> None:
        self.told: list[list[Any]] = []
        self._rows: list[dict[str, Any]] = []

    def add(self, block: str, cut: int, rows: Sequence[Row]) -> None:
        """Add those of a cut."""
        digest = 0
        for row in rows:
            digest = added(digest, digest_of(row))
        self.told.append([block, cut, sum(row["claims"] for row in rows), digest])
        self._rows.extend({**row, "cut": cut} for row in rows)

    def write(self, parts: Parts) -> None:
        """Write them, if there are any."""
        if self._rows:
            self._rows.sort(key=lambda row: (row["block"], row["cut"], row["slot"], row["article"]))
            parts.write("edges", self._rows)
