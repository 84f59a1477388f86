"""What lies on the map, as columns of bytes that a browser takes as they are, and as cells for a map that is drawn as a picture.

All numbers little-endian, ``n`` of each column: the letters ``MRSD``, the version of this form (u32, 1) and n (u32); then lon and lat (f32, degrees), the first and the
last day (i32, days from 1970-01-01, -2147483648 where it is not known), event, status and precision (u8, places in the lists that `Points` has), zeros up to a multiple
of four bytes, and a number by which `refs` tells the id (u32): ``(12 + 19 * n + 3) // 4 * 4`` is where that column begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.codebook import load_codebook
from marsad.errors import InputError
from marsad.store.db import batches
from marsad.store.list_tables import claim_list, incident_list
from marsad.store.reads.conditions import Condition, known, narrowed
from marsad.store.reads.filters import NONE, Filters
from marsad.store.reads.rows import Cell, Kind, Points

MAGIC = b"MRSD"
VERSION = 1
NO_DAY = -(1 << 31)
"""The day of what has none."""
_LEAST_CELL = 0.01


def points(connection: Connection, filters: Filters, kind: Kind = "incidents") -> Points:
    """Everything that lies on the map, by serial; what lies nowhere is counted."""
    import numpy as np

    table, where = _asked(connection, filters, kind)
    t = table.c
    days = (func.coalesce(t.first, NO_DAY), func.coalesce(t.last, NO_DAY))
    query = select(t.lon, t.lat, *days, t.event, known(t.status), known(t.precision), t.serial)
    rows = connection.execute(query.where(t.lat.is_not(None), *where).order_by(t.serial)).all()
    total = connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
    columns: list[Any] = list(zip(*rows, strict=True)) or [()] * 8
    lists = [_values(name, columns[at]) for name, at in (("event", 4), ("status", 5), ("precision", 6))]
    made = [np.array(columns[at], kind_of) for at, kind_of in enumerate(("<f4", "<f4", "<i4", "<i4"))]
    for at, values in enumerate(lists, start=4):
        places = {value: place for place, value in enumerate(values)}
        made.append(np.fromiter(map(places.__getitem__, columns[at]), "u1", len(rows)))
    numbers = np.array(columns[7], "<u4")
    head = MAGIC + np.array([VERSION, len(rows)], "<u4").tobytes()
    data = head + b"".join(column.tobytes() for column in made)
    data += bytes(-len(data) % 4) + numbers.tobytes()
    events, statuses, precisions = lists
    return Points(data, len(rows), total - len(rows), events, statuses, precisions)


def _values(name: str, told: Sequence[str]) -> tuple[str, ...]:
    """What a column's numbers mean: the codebook's values, and behind them what else is told."""
    book = load_codebook()
    own = (
        book.events
        if name == "event"
        else book.values[{"status": "statuses", "precision": "place_precisions"}[name]]
    )
    return (*own, *sorted({NONE, *told} - own.keys() - ({NONE} if name == "event" else set())))


def refs(connection: Connection, kind: Kind, numbers: Sequence[int]) -> dict[int, str]:
    """The ids behind the numbers of points; one that is not there any more is left out."""
    t = (incident_list if kind == "incidents" else claim_list).c
    found: dict[int, str] = {}
    for some in batches(list(numbers)):
        found.update(
            (row.serial, row.id)
            for row in connection.execute(select(t.serial, t.id).where(t.serial.in_(some)))
        )
    return found


@dataclass(slots=True)
class _Gathered:
    """What has been met of a cell."""

    lat: float = 0.0
    lon: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def add(self, row: Any) -> None:  # noqa: ANN401 (a row of the database)
        self.lat += row.lat * row.number
        self.lon += row.lon * row.number
        self.counts[row.status] += row.number
        if row.place:
            self.places[row.place] += row.number

    def cell(self) -> Cell:
        number = self.counts.total()
        most = max(self.places.items(), key=lambda one: (one[1], one[0]), default=(None, 0))[0]
        return Cell(self.lat / number, self.lon / number, number, dict(self.counts), most)


def grid(
    connection: Connection, filters: Filters, kind: Kind = "incidents", cell: float = 0.25
) -> list[Cell]:
    """What lies on the map by cells of so many degrees, most first.

    Raises:
        InputError: the cells are too small or larger than the globe.
    """
    if not _LEAST_CELL <= cell <= 360:
        raise InputError(f"cell={cell}: cells are {_LEAST_CELL} to 360 degrees wide")
    table, where = _asked(connection, filters, kind)
    t = table.c
    keys = (t.lat, t.lon, t.place, known(t.status).label("status"))
    query = select(*keys, func.count().label("number")).where(t.lat.is_not(None), *where).group_by(*keys)
    gathered: dict[tuple[int, int], _Gathered] = {}
    for row in connection.execute(query.order_by(*keys)):
        gathered.setdefault((int(row.lat // cell), int(row.lon // cell)), _Gathered()).add(row)
    found = [one.cell() for one in gathered.values()]
    return sorted(found, key=lambda one: (-one.count, one.lat, one.lon))


def _asked(connection: Connection, filters: Filters, kind: Kind) -> tuple[Any, list[Condition]]:
    asked = narrowed(connection, filters)
    return (incident_list, asked.incidents()) if kind == "incidents" else (claim_list, asked.claims())
