"""Stage ``control``: who is said to have held each place, since when, on whose word.

Places are put into buckets by a hash of their keys, and a task traces some buckets; how many depends on how much is told of all places.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from marsad.archive.blocks_episodes import rows_where
from marsad.archive.blocks_incidents import BUCKETS
from marsad.archive.blocks_tying import kit_of, marks_of, without_collecting
from marsad.archive.folder import Folder, Parts
from marsad.archive.packing import incident_of
from marsad.archive.plan import Plan
from marsad.archive.slicing import added
from marsad.archive.stages import Done
from marsad.archive.task import Record, Task
from marsad.control import ControlKit, trace
from marsad.model.control import Spell
from marsad.model.incident_json import spell_to_json

_ROWS_AT_ONCE = 20_000

Row = dict[str, Any]


def tasks(plan: Plan, done: Done) -> list[Task]:
    """One for each run of buckets that anything is in."""
    records = [*done["reconcile"], *done["stitch"]]
    cells: dict[int, list[int]] = {}
    paths: dict[int, list[str]] = {}
    for record in records:
        files = [part.path for part in record.of("territory")]
        for name, (rows, digest) in record.told["places"].items():
            cell = cells.setdefault(int(name), [0, 0])
            cell[0], cell[1] = cell[0] + rows, added(cell[1], digest)
            paths.setdefault(int(name), []).extend(files)
    wide = BUCKETS // _how_many(sum(rows for rows, _ in cells.values()))
    found = []
    for first in range(0, BUCKETS, wide):
        here = {bucket: cells[bucket] for bucket in range(first, first + wide) if bucket in cells}
        if here:
            reads = dict.fromkeys(path for bucket in here for path in paths[bucket])
            found.append(_task((first, first + wide - 1), here, tuple(reads), plan.settings.data))
    return found


def _how_many(rows: int) -> int:
    """How many tasks: a power of two."""
    many = 1
    while many < BUCKETS and rows > many * _ROWS_AT_ONCE:
        many *= 2
    return many


def _task(run: tuple[int, int], cells: dict[int, list[int]], reads: tuple[str, ...], data: str) -> Task:
    first, last = run
    digest = hashlib.sha256(json.dumps(sorted(cells.items())).encode()).hexdigest()
    return Task(
        stage="control",
        name=f"places-{first:02x}-{last:02x}",
        given={"first": first, "last": last, "data": data},
        depends=(digest, *marks_of(data)),
        reads=reads,
    )


def run(task: Task, folder: Folder) -> Record:
    """Do it: the table ``spells``, by place and day. Counts places, those of which nothing is told of who holds them, and spells."""
    kit = kit_of(task.given["data"])
    condition = {"bucket": range(task.given["first"], task.given["last"] + 1)}
    rows = sorted(
        rows_where(folder, task.reads, condition), key=lambda row: (row["place_key"], row["incident"])
    )
    counts = Counter(places=0, places_untold=0, spells=0)
    with Parts(folder, task) as parts, without_collecting():
        held: list[Row] = []
        for key, told in groupby(rows, key=lambda row: str(row["place_key"])):
            found = list(_spells(key, (incident["data"] for incident in told), kit))
            counts.update(places=1, places_untold=not found, spells=len(found))
            held += found
        parts.write("spells", held)
        return parts.record(counts=dict(counts))


def _spells(key: str, told: Iterator[bytes], kit: ControlKit) -> Iterator[Row]:
    return (_row(key, spell) for spell in trace(map(incident_of, told), kit))


def _row(key: str, spell: Spell) -> Row:
    """A spell as a row; ``data`` is its line of ``marsad control``."""
    place, holder, claimant = spell.place, spell.holder, spell.claimant
    return {
        "id": spell.id,
        "place_key": key,
        "place_id": place.id or None,
        "place": place.name or None,
        "country": place.country or None,
        "lat": place.lat,
        "lon": place.lon,
        "state": spell.state,
        "holder_id": (holder.id or None) if holder else None,
        "holder": holder.label if holder else None,
        "claimant_id": (claimant.id or None) if claimant else None,
        "claimant": claimant.label if claimant else None,
        "first_day": spell.start.isoformat(),
        "end_day": spell.end.isoformat() if spell.end else None,
        "incidents": len(spell.incidents),
        "roots": len(spell.roots),
        "data": json.dumps(spell_to_json(spell), ensure_ascii=False),
    }
