"""What of an archive could not be done: articles that were set aside, each with its place and reason, and tasks that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.archive.finish import MANIFEST
from marsad.archive.folder import Folder, read_part
from marsad.archive.manifest import is_being_remade, manifest_of, plan_of
from marsad.archive.progress import progress_of
from marsad.archive.stages import STAGES
from marsad.archive.task import Part

_TABLE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An article that was set aside: where it is, why (a code), and the same in a sentence."""

    place: str
    reason: str
    message: str
    shard: str
    piece: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedTask:
    """A task that failed for good in the last run."""

    stage: str
    name: str
    why: str
    tries: int


def set_aside(folder: Folder, reasons: Sequence[str] = ()) -> Iterator[Refused]:
    """The articles that were set aside, in the order of the input; of a run that has not finished, those so far.

    Args:
        folder: The archive.
        reasons: Only these; all if none is given.

    Raises:
        InputError: no archive was begun here.
        Damaged: a file of it cannot be read.
    """
    for part in _parts(folder):
        for batch in read_part(folder, part):
            for row in batch.to_pylist():
                if not reasons or row["reason"] in reasons:
                    yield Refused(**row)


def set_aside_counts(folder: Folder) -> Counter[str]:
    """How many articles were set aside, by reason."""
    counts: Counter[str] = Counter()
    for part in _parts(folder):
        for batch in read_part(folder, part, ["reason"]):
            counts.update(batch.column(0).to_pylist())
    return counts


def failed_tasks(folder: Folder) -> list[FailedTask]:
    """The tasks that failed for good in the last run; none where it has not come to that."""
    told = progress_of(folder) or {}
    return [FailedTask(**one) for one in told.get("failed", ())]


def _parts(folder: Folder) -> Iterator[Part]:
    """The files with rows: those of the finished archive, or of the tasks that are done so far."""
    plan_of(folder)
    if folder.path(MANIFEST).exists() and not is_being_remade(folder):
        named: dict[str, list[dict[str, Any]]] = manifest_of(folder)["tables"]
        parts = [Part(table=_TABLE, **one) for one in named.get(_TABLE, ())]
    else:
        parts = [
            part
            for stage in STAGES
            for record in folder.records(stage).values()
            for part in record.of(_TABLE)
        ]
    yield from (part for part in parts if part.rows and folder.path(part.path).exists())
