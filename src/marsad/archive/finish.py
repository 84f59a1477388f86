"""The end of a run: the manifest of the whole archive is written, and what no record names is taken away."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import marsad
from marsad.archive.fingerprints import code_for
from marsad.archive.folder import Folder, write_whole
from marsad.archive.plan import SCHEMA, Plan, Settings
from marsad.archive.schema import COLUMNS, PUBLIC, RAW, folder_of
from marsad.archive.stages import STAGES
from marsad.archive.task import Record
from marsad.errors import Damaged

MANIFEST = "archive.json"
_OURS = re.compile(r"-[0-9a-f]{12}\.(parquet|raw|pieces\.gz)$")
"""How files of tables are called: by the first digits of their task's key (`marsad.archive.folder`)."""


def finished(plan: Plan, folder: Folder, records: Mapping[str, Sequence[Record]]) -> None:
    """Check that the counts of the stages fit each other, write ``archive.json``, and remove files and records that are of no task.

    Raises:
        Damaged: articles or claims were lost on the way between two stages.
    """
    counts = {stage: _summed(done) for stage, done in records.items()}
    _check(counts)
    write_whole(folder.path(MANIFEST), json.dumps(_manifest(plan, records, counts), ensure_ascii=False, indent=1).encode())  # fmt: skip
    _tidy(folder, records)


def _summed(records: Sequence[Record]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for record in records:
        sums.update(record.counts)
    return dict(sorted(sums.items()))


def _check(counts: Mapping[str, Mapping[str, int]]) -> None:
    """What goes into a stage comes out of it or is counted as left out."""
    read, settled = counts.get("read", {}), counts.get("settle", {})
    for name in ("articles", "claims"):
        before, after = read.get(name, 0), settled.get(name, 0) + settled.get(f"{name}_left_out", 0)
        if before != after:
            raise Damaged(
                f"{before:,} {name} were read and {after:,} settled: some were lost between the stages"
            )
    tied = counts.get("reconcile", {}).get("claims", 0) + counts.get("stitch", {}).get("claims", 0)
    if settled.get("claims", 0) != tied:
        raise Damaged(f"{settled.get('claims', 0):,} claims were settled and {tied:,} are in incidents: some were lost between the stages")  # fmt: skip


def _manifest(
    plan: Plan, records: Mapping[str, Sequence[Record]], counts: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    """What the archive is and where each of its files comes from; the same for the same input, on whatever engine."""
    tables = {
        table: [
            {"path": part.path, "rows": part.rows, "bytes": part.bytes, "sha256": part.sha256}
            for done in records.values()
            for record in done
            for part in record.of(table)
        ]
        for table in PUBLIC
    }
    return {
        "schema": SCHEMA,
        "marsad": marsad.__version__,
        "plan": plan.to_json(),
        "reader": reader_named(plan.settings),
        "code": {stage: code_for(stage, plan.settings.reader) for stage in STAGES},
        "counts": counts,
        "tables": tables,
    }


def reader_named(settings: Settings) -> str:
    """Who read, with the program's version: as each article that is taken into a project says it."""
    rules = f"marsad {marsad.__version__}"
    if settings.reader == "rules":
        return rules
    from marsad.archive.model_reading import named

    return rules + named(settings)


def _tidy(folder: Folder, records: Mapping[str, Sequence[Record]]) -> None:
    """Of the files that tasks write only those that count stay; what a user put beside them is let be."""
    named = {part.path for done in records.values() for record in done for part in record.parts}
    for table in (*COLUMNS, *RAW):
        place = folder.path(folder_of(table))
        for path in place.glob("*") if place.exists() else ():
            if _OURS.search(path.name) and f"{folder_of(table)}/{path.name}" not in named:
                path.unlink(missing_ok=True)
    for stage in STAGES:
        kept = {f"{record.name}.json" for record in records.get(stage, ())}
        place = folder.path("manifest") / stage
        for path in place.glob("*") if place.exists() else ():
            if path.name not in kept and path.is_file():
                path.unlink(missing_ok=True)
    with suppress(OSError):
        shutil.rmtree(folder.path("tmp"))
