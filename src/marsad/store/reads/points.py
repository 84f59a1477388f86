"""What lies on the map, as columns of bytes that a browser takes as they are, and as cells for a map that is drawn as a picture.

All numbers little-endian, ``n`` of each column: the letters ``MRSD``, the version of this form (u32, 1) and n (u32); then lon and lat (f32, degrees), the first and the
last day (i32, days from 1970-01-01, -2147483648 where it is not known), event, status and precision (u8, places in the lists that `Points` has), zeros up to a multiple
of four bytes, and a number by which `refs` tells the id (u32): ``(12 + 19 * n + 3) // 4 * 4`` is where that column begins.
"""

from __future__ import annotations

import sys
from array import array
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
_AT_ONCE = 500
"""Rows that are taken over together: with more of them at hand Python spends its time looking for what could be thrown away."""


class _Places(dict[str, int]):
    """The place of each value in the list of what a column's numbers mean; what is not in it yet comes behind."""

    def __missing__(self, value: str) -> int:
        return self.setdefault(value, len(self))


def points(connection: Connection, filters: Filters, kind: Kind = "incidents") -> Points:
    """Everything that lies on the map, by serial; what lies nowhere is counted."""
    table, where = _asked(connection, filters, kind)
    t, book = table.c, load_codebook()
    days = (func.coalesce(t.first, NO_DAY), func.coalesce(t.last, NO_DAY))
    query = select(t.lon, t.lat, *days, t.serial, t.event, known(t.status), known(t.precision))
    numbers = [array(code) for code in "ffiiI"]
    words = [bytearray(), bytearray(), bytearray()]
    named = (book.events, book.values["statuses"], (*book.values["place_precisions"], NONE))
    places = [_Places({value: place for place, value in enumerate(values)}) for values in named]
    rows = connection.execute(query.where(t.lat.is_not(None), *where).order_by(t.serial))
    for some in rows.partitions(_AT_ONCE):
        columns = list(zip(*some, strict=True))
        for number, column in zip(numbers, columns[:5], strict=True):
            number.extend(column)
        for word, place, column in zip(words, places, columns[5:], strict=True):
            word.extend(map(place.__getitem__, column))
    total = connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
    placed = len(words[0])
    events, statuses, precisions = map(tuple, places)
    return Points(_packed(numbers, words), placed, total - placed, events, statuses, precisions)


def _packed(numbers: Sequence[array[Any]], words: Sequence[bytearray]) -> bytes:
    head = array("I", [VERSION, len(words[0])])
    if sys.byteorder == "big":
        for one in (head, *numbers):
            one.byteswap()
    *columns, serials = (one.tobytes() for one in numbers)
    data = b"".join((MAGIC, head.tobytes(), *columns, *words))
    return data + bytes(-len(data) % 4) + serials


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
