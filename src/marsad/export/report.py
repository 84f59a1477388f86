"""A printable report: one HTML file, A4, in English or Arabic, with nothing to load and no script.

Of the incidents those are told that matter most: disputed, conceded and denied ones first, then by the highest toll, then by independent roots. All others are in the tables of
numbers, and the report says how many it does not tell. Only as much is held as is told, so memory does not grow with the project.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from marsad.export.base import IncidentRecord, Making, Record, SpellRecord
from marsad.export.site_control import spell_of
from marsad.export.site_pages import FOLDER, Pages, told_scope, write_text
from marsad.export.site_shelf import Spell
from marsad.export.site_told import Quote, Teller, status_of
from marsad.export.site_words import STATUSES, Words, plain

_TELLING = ("denies", "concedes", "affirms", "expects", "demands")
_FIRST = ("disputed", "conceded", "denied")
_MOST_ROWS = 20
_MOST_MONTHS = 24
_MOST_ROOTS = 12
_MOST_QUOTES = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of numbers."""

    label: str
    number: int
    share: str


class Best(Generic[T]):
    """The things with the smallest keys, as many as there is room for.

    Args:
        room: How many.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._held: list[tuple[tuple[Any, ...], T]] = []

    def put(self, key: tuple[Any, ...], thing: T) -> None:
        """Keep a thing if it is among them; keys are different."""
        if len(self._held) < self._room or key < self._held[-1][0]:
            insort(self._held, (key, thing), key=lambda one: one[0])
            del self._held[self._room :]

    def things(self) -> list[T]:
        """The things, the smallest key first."""
        return [thing for _, thing in self._held]


class Report:
    """Writes the report.

    Args:
        path: The file.
        making: The export; ``most`` says how many incidents, and how many spells of control, are told.
    """

    def __init__(self, path: Path, making: Making) -> None:
        self._path, self._making = path, making
        self._words = Words.of(making.lang)
        self._counts: dict[str, Counter[str]] = {one: Counter() for one in ("status", "event", "place", "month", "review")}  # fmt: skip
        self._sums: Counter[str] = Counter()
        self._outlets: set[str] = set()
        self._days: tuple[str, str] | None = None
        self._incidents: Best[IncidentRecord] = Best(making.most)
        self._spells: Best[Spell] = Best(making.most)

    def feed(self, record: Record) -> None:
        """Count a spell or an incident, and keep it if it is to be told."""
        if isinstance(record, SpellRecord):
            spell = spell_of(record, self._words, self._making)
            self._sums["spells"] += 1
            self._spells.put((tuple(-ord(one) for one in spell.first), spell.place, spell.number, spell.id), spell)  # fmt: skip
        elif isinstance(record, IncidentRecord):
            self._count(record)
            self._incidents.put(_weight(record), record)

    def _count(self, record: IncidentRecord) -> None:
        data = record.data
        day = (data.get("time") or {}).get("from") or ""
        counts = self._counts
        counts["status"][status_of(record)] += 1
        counts["event"][data["events"][0]] += 1
        counts["place"][self._governorate(data.get("place"))] += 1
        counts["month"][day[:7]] += 1
        counts["review"][record.review] += 1
        self._sums["differ"] += bool(data["counts_differ"])
        self._sums["claims"] += len(record.claims)
        self._outlets.update(one.head.outlet for one in record.claims if one.head.outlet)
        if day:
            low, high = self._days or (day, day)
            self._days = (min(low, day), max(high, day))

    def _governorate(self, place: Mapping[str, Any] | None) -> str:
        """What the governorate of a place is called; where only the country is known, that."""
        words = self._words
        known = self._making.names.place((place or {}).get("id"))
        admin = self._making.names.place(known.admin) if known and known.admin else None
        if admin is not None:
            return plain(admin.ar if words.lang == "ar" and admin.ar else admin.name)
        code = (place or {}).get("country") or (known.country if known else "")
        country = self._making.names.place(code) if code else None
        if country is None:
            return words("report.nowhere") if not code else words("report.country_only", country=plain(code))
        name = country.ar if words.lang == "ar" and country.ar else country.name
        return words("report.country_only", country=plain(name))

    def finish(self) -> None:
        """Write the report."""
        words, making = self._words, self._making
        pages = Pages(w=words, statuses=STATUSES, version=making.version, moment=words.moment(making.moment) or words("unknown"))  # fmt: skip
        teller = Teller(making, words)
        incidents = [teller.told(record) for record in self._incidents.things()]
        css = Markup((FOLDER / "static" / "report.css").read_text(encoding="utf-8"))
        whole = self._counts["status"].total()
        page = pages.made(
            "report.html", name=making.title or words("report.title"), css=css, scope=self._scope(), figures=self._figures(), tables=self._tables(),
            spells=self._spells.things(), spells_whole=self._sums["spells"], incidents=incidents, left=whole - len(incidents), private=making.private,
            most_roots=_MOST_ROOTS, most_quotes=_MOST_QUOTES, best_quotes=best_quotes, unit=self._unit(),
        )  # fmt: skip
        write_text(str(self._path), page)

    def _scope(self) -> list[tuple[str, str]]:
        first, last = self._days or ("", "")
        days = self._words.days({"from": first, "to": last}) or self._words("unknown")
        return [*told_scope(self._making, self._words), (self._words("site.dates"), days)]

    def _figures(self) -> list[tuple[str, str]]:
        reviews = self._counts["review"]
        told = {
            "incidents": self._counts["status"].total(), "claims": self._sums["claims"], "outlets": len(self._outlets),
            "reviewed": reviews["partly"] + reviews["reviewed"], "differ": self._sums["differ"],
        }  # fmt: skip
        return [(self._words(f"report.{name}"), f"{number:,}") for name, number in told.items()]

    def _tables(self) -> dict[str, list[Line]]:
        words, counts = self._words, self._counts
        by_most = {
            name: sorted(counts[name].items(), key=lambda one: (-one[1], one[0]))
            for name in ("event", "place")
        }
        return {
            "status": self._lines((words.label("status", one), counts["status"][one]) for one in STATUSES),
            "event": self._lines((words.label("event", code), number) for code, number in by_most["event"]),
            "place": self._lines(by_most["place"]),
            "time": self._lines(self._times()),
        }

    def _unit(self) -> str:
        """What time is counted by: months, or years where there are many months."""
        return "month" if len(self._counts["month"]) <= _MOST_MONTHS else "year"

    def _times(self) -> list[tuple[str, int]]:
        """The months or years with their numbers, the latest first."""
        words, months = self._words, self._counts["month"]
        if self._unit() == "month":
            return [(words.month(month), number) for month, number in sorted(months.items(), reverse=True)]
        years: Counter[str] = Counter()
        for month, number in months.items():
            years[month[:4]] += number
        return [
            (year or words("site.undated"), number) for year, number in sorted(years.items(), reverse=True)
        ]

    def _lines(self, rows: Iterable[tuple[str, int]]) -> list[Line]:
        """The first rows, and the others as one."""
        told = list(rows)
        whole = max(1, sum(number for _, number in told))
        shown, rest = told[:_MOST_ROWS], told[_MOST_ROWS:]
        if rest:
            shown.append((self._words("report.rest", n=len(rest)), sum(number for _, number in rest)))
        return [Line(label, number, f"{100 * number / whole:.1f}%") for label, number in shown]


def best_quotes(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotations that show most in little room: denials and concessions first, then of each root one, no words twice."""
    ranked = sorted(quotes, key=lambda one: (_TELLING.index(one.act), one.number))
    found: dict[str, Quote] = {}
    roots: set[tuple[str, str]] = set()
    for again in (False, True):
        for one in ranked:
            fresh = (one.act, one.root) not in roots
            if len(found) < _MOST_QUOTES and one.text not in found and (again or fresh):
                found[one.text] = one
                roots.add((one.act, one.root))
    return list(found.values())


def _weight(record: IncidentRecord) -> tuple[int, int, int, str]:
    """What an incident is sorted by: the most important has the smallest."""
    data = record.data
    status = status_of(record)
    rank = _FIRST.index(status) if status in _FIRST else len(_FIRST)
    toll = next((row for row in data["counts"] if row["kind"] == "killed"), None)
    killed = 0 if toll is None else max(toll["max"] or 0, toll["min"] or 0)
    return rank, -killed, -data["independent"], record.id
