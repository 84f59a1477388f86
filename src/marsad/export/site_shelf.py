"""What the site's lists, map and timeline are made of: one short row for each incident, held in a temporary database that SQLite keeps on disk when it grows and throws away.

So the pages of incidents can be written as they come, and lists in the order of days at the end, with memory that does not grow with the project.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

_SPELLS = "CREATE TABLE spells (place TEXT, number INTEGER, state TEXT, holder TEXT, claimant TEXT, first TEXT, last TEXT, roots TEXT, incidents TEXT, ident TEXT)"
_KNOWN = "SELECT id FROM incidents WHERE id IN (SELECT value FROM json_each(?))"
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """An incident in a list.

    Attributes:
        day: The first day, or "" where none is known; ``month`` is its month.
        event: Code of the foremost event; ``place`` a name or "".
        lat, lon: Where on the map, None where it is not; ``rough`` where the place is known to a district or less finely.
        said: The beginning of the first quotation.
    """

    id: str
    status: str
    day: str
    month: str
    event: str
    place: str
    lat: float | None
    lon: float | None
    rough: bool
    title: str
    said: str
    independent: int
    review: str


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell of control as it is listed; ``roots`` and ``incidents`` are joined by spaces or lines as the maker has them."""

    place: str
    number: int
    state: str
    holder: str
    claimant: str
    first: str
    last: str
    roots: str
    incidents: str
    id: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the number of incidents there, by status."""

    place: str
    lat: float
    lon: float
    rough: bool
    count: int
    counts: tuple[tuple[str, int], ...]


_OF_ROW = attrgetter(*(one.name for one in fields(Row)))
_OF_SPELL = attrgetter(*(one.name for one in fields(Spell)))


class Shelf:
    """The rows; to be closed."""

    def __init__(self) -> None:
        # An empty name is a database of SQLite's own on disk, gone when it is closed.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        names = ", ".join(one.name for one in fields(Row))
        self._db.execute(f"CREATE TABLE incidents ({names})")
        self._db.execute(_SPELLS)
        self._db.execute("BEGIN")
        self._rows: list[tuple[Any, ...]] = []

    def put(self, row: Row) -> None:
        """Keep an incident."""
        self._rows.append(_OF_ROW(row))
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def put_spell(self, spell: Spell) -> None:
        """Keep a spell."""
        self._db.execute("INSERT INTO spells VALUES (?,?,?,?,?,?,?,?,?,?)", _OF_SPELL(spell))

    def _flush(self) -> None:
        marks = ",".join("?" * len(fields(Row)))
        self._db.executemany(f"INSERT INTO incidents VALUES ({marks})", self._rows)
        self._rows.clear()

    def settle(self) -> None:
        """Make ready for questions: all rows are in."""
        self._flush()
        self._db.execute("CREATE INDEX by_month ON incidents (month, day, id)")
        self._db.execute("CREATE INDEX by_id ON incidents (id)")

    def _all(self, query: str, *values: object) -> list[Any]:
        return self._db.execute(query, values).fetchall()

    def counts(self, of: str) -> list[tuple[str, int]]:
        """How many incidents have each ``status``, ``event`` or ``review``, the most first."""
        return self._all(f"SELECT {of}, count(*) FROM incidents GROUP BY 1 ORDER BY 2 DESC, 1")

    def months(self) -> dict[str, dict[str, int]]:
        """How many incidents of each status begin in each month, in the order of months; under "" those without a day."""
        found: dict[str, dict[str, int]] = {}
        for month, status, number in self._all("SELECT month, status, count(*) FROM incidents GROUP BY 1, 2 ORDER BY 1, 2"):  # fmt: skip
            found.setdefault(month, {})[status] = number
        return found

    def days(self) -> tuple[str, str]:
        """The first and the last day; "" where none is known."""
        first, last = self._all("SELECT min(day), max(day) FROM incidents WHERE day <> ''")[0]
        return first or "", last or ""

    def unplaced(self) -> int:
        """How many incidents are not on the map."""
        return int(self._all("SELECT count(*) FROM incidents WHERE lat IS NULL")[0][0])

    def spots(self) -> list[Spot]:
        """The places on the map, the one with most incidents first."""
        found: dict[tuple[str, float, float, int], dict[str, int]] = {}
        for *key, status, number in self._all("SELECT place, lat, lon, max(rough), status, count(*) FROM incidents WHERE lat IS NOT NULL GROUP BY 1, 2, 3, 5 ORDER BY 1, 2, 3, 5"):  # fmt: skip
            found.setdefault((key[0], key[1], key[2], key[3]), {})[status] = number
        spots = [
            Spot(place, lat, lon, bool(rough), sum(by.values()), tuple(by.items()))
            for (place, lat, lon, rough), by in found.items()
        ]
        return sorted(spots, key=lambda one: (-one.count, one.place, one.lat, one.lon))

    def rows(self, month: str | None = None) -> Iterator[Row]:
        """The incidents of a month, or all of them; the latest first, those without a day last."""
        where, values = ("", ()) if month is None else ("WHERE month = ?", (month,))
        query = f"SELECT * FROM incidents {where} ORDER BY month DESC, day DESC, id DESC"
        for row in self._db.execute(query, values):
            yield Row(*row)

    def spells(self) -> Iterator[Spell]:
        """The spells, by place and in their order there."""
        for row in self._db.execute("SELECT * FROM spells ORDER BY place, number, ident"):
            yield Spell(*row)

    def spell_count(self) -> int:
        """How many spells there are."""
        return int(self._all("SELECT count(*) FROM spells")[0][0])

    def known(self, ids: Sequence[str]) -> list[str]:
        """Which of some incidents are here, in the order given."""
        found = {one for (one,) in self._all(_KNOWN, json.dumps(ids))}
        return [one for one in ids if one in found]

    def close(self) -> None:
        """Throw it away."""
        self._db.close()
