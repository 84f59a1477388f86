"""A static site: a folder of pages that opens from a file, without a server and without the net: an overview, a map, a timeline, lists, a page for each incident, and control.

Pages of incidents are written as they come; lists, map and timeline at the end, from short rows that a temporary database holds. All of it can be read without scripts; scripts
narrow the list and enlarge the map. The policy of every page lets it load nothing but the site's own files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.export import site_bars, site_map
from marsad.export.base import IncidentRecord, Making, Record, SpellRecord
from marsad.export.bundle import bundle_at
from marsad.export.encoding import encode
from marsad.export.points import point_of
from marsad.export.site_control import spell_of
from marsad.export.site_incident import FRAME, IncidentPage
from marsad.export.site_pages import (
    FOLDER,
    POLICY,
    Pages,
    month_rows,
    name_of,
    page_bytes,
    page_of,
    told_scope,
)
from marsad.export.site_shelf import Row, Shelf, Spell, Spot
from marsad.export.site_told import Teller, Told
from marsad.export.site_words import STATUSES, Words, plain

ROOMS = ("index", "incidents", "map", "timeline", "control")
_FILES = ("site.css", "site-list.js", "site-list-show.js", "site-map.js")
_REVIEWS = ("machine", "partly", "reviewed")
_ON_A_PAGE = 400
_IN_A_CHUNK = 5000
_SAID = 160
_MOST_INCIDENTS = 5
_FINE = ("exact", "town", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month with incidents: ``key`` is ``2024-12``, or "" for those without a day; ``file`` the first page of it."""

    key: str
    file: str
    count: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A spell with the pages of its incidents that the site has, and how many more it rests on."""

    spell: Spell
    incidents: Sequence[str]
    more: int


class Site:
    """Writes the site.

    Args:
        path: An empty folder, or a ZIP file to be made.
        making: The export.
    """

    def __init__(self, path: Path, making: Making) -> None:
        self._bundle, self._making = bundle_at(path), making
        self._words = Words.of(making.lang)
        self._teller = Teller(self._making, self._words)
        self._pages = Pages(
            w=self._words, policy=POLICY, name=making.title or self._words("site.title"), rooms=ROOMS, statuses=STATUSES,
            version=making.version, moment=self._words.moment(making.moment) or self._words("unknown"), file_of=page_of,
        )  # fmt: skip
        frame = self._pages.made("site_frame.html", page=FRAME[0], here="", base="../../", main=FRAME[1])
        self._page = IncidentPage(frame, self._words)
        self._shelf = Shelf()

    def feed(self, record: Record) -> None:
        """Take a spell, or write the page of an incident."""
        if isinstance(record, SpellRecord):
            self._shelf.put_spell(spell_of(record, self._words, self._making))
        elif isinstance(record, IncidentRecord):
            told = self._teller.told(record)
            name = name_of(record.id)
            self._shelf.put(self._row(name, record, told))
            self._put(page_of(name), self._page.html(told))

    def finish(self) -> None:
        """Write what stands over the incidents: overview, lists, map, timeline, control."""
        shelf = self._shelf
        shelf.settle()
        months = self._months()
        self._index()
        self._list(months)
        self._map()
        self._timeline(months)
        self._control()
        shelf.close()
        for name in _FILES:
            self._bundle.put(name, (FOLDER / "static" / name).read_bytes())
        self._bundle.close()

    def _write(self, file: str, template: str, page: str, here: str = "", **values: Any) -> None:  # noqa: ANN401 (a template's values)
        base = "../" * file.count("/")
        self._put(file, self._pages.made(template, page=page, here=here, base=base, **values))

    def _put(self, file: str, text: str) -> None:
        self._bundle.put(file, page_bytes(text))

    def _row(self, name: str, record: IncidentRecord, told: Told) -> Row:
        day = (record.data.get("time") or {}).get("from") or ""
        place = record.data.get("place") or {}
        lat, lon = point_of(place) or (None, None)
        return Row(
            id=name, status=told.status, day=day, month=day[:7], event=record.data["events"][0], place=told.where, lat=lat, lon=lon,
            rough=place.get("precision") not in _FINE, title=told.title, said=_short(told.quotes[0].text) if told.quotes else "",
            independent=told.count[1], review=record.review,
        )  # fmt: skip

    def _index(self) -> None:
        shelf, words = self._shelf, self._words
        by_status = dict(shelf.counts("status"))
        first, last = shelf.days()
        dates = words.days({"from": first, "to": last}) or words("unknown")
        scope = [
            *told_scope(self._making, words),
            (words("site.dates"), dates),
            (words("site.unplaced"), f"{shelf.unplaced():,}"),
        ]
        reviews = sorted(shelf.counts("review"), key=lambda one: _REVIEWS.index(one[0]))
        self._write("index.html", "site_index.html", words("nav.index"), "index", counts=by_status, whole=sum(by_status.values()), scope=scope, reviews=reviews)  # fmt: skip

    def _months(self) -> list[Month]:
        """The months, the latest first and what has no day last, and their pages."""
        made = []
        for key, counts in reversed(self._shelf.months().items()):
            made.append(Month(key=key, file=f"{key or 'undated'}.html", count=sum(counts.values()), counts=counts))  # fmt: skip
            self._month(made[-1])
        return made

    def _month(self, month: Month) -> None:
        files = _parts(month.file, month.count)
        page = f"{self._words('nav.incidents')}{self._words('colon')}{self._words.month(month.key)}"
        rows = _in_parts(self._shelf.rows(month.key), _ON_A_PAGE)
        for part, file in enumerate(files, 1):
            self._write(f"months/{file}", "site_month.html", page, month=month.key, rows=month_rows(next(rows), self._words), files=files, part=part)  # fmt: skip

    def _list(self, months: Sequence[Month]) -> None:
        chunks = [self._chunk(*one) for one in enumerate(_in_parts(self._shelf.rows(), _IN_A_CHUNK), 1)]
        words = self._words
        self._write(
            "incidents.html", "site_incidents.html", words("nav.incidents"), "incidents", months=months, chunks=chunks, events=self._shelf.counts("event"),
            labels={one: words.label("status", one) for one in STATUSES}, review_labels={one: words(f"review.{one}") for one in _REVIEWS},
        )  # fmt: skip

    def _chunk(self, number: int, rows: Sequence[Row]) -> str:
        """The rows as a script: a page that is opened from a file may load scripts, but no JSON."""
        short = [
            (row.id, STATUSES.index(row.status), row.day, row.title, row.place, row.event, row.said, row.independent, row.review)
            for row in rows
        ]  # fmt: skip
        file = f"data/incidents-{number:03}.js"
        self._put(file, f"marsad.take({encode(short).decode()});\n")
        return file

    def _map(self) -> None:
        drawing = site_map.drawing_of(self._shelf.spots())
        self._write(
            "map.html", "site_map.html", self._words("nav.map"), "map", drawing=drawing, unplaced=self._shelf.unplaced(), told=self._told_spot,
            width=site_map.WIDTH, height=site_map.HEIGHT,
        )  # fmt: skip

    def _told_spot(self, spot: Spot) -> str:
        by = dict(spot.counts)
        words = self._words
        parts = [f"{words.label('status', one)} {by[one]:,}" for one in STATUSES if one in by]
        return f"{spot.place}{words('colon')}{spot.count:,} ({words('comma').join(parts)})"

    def _timeline(self, months: Sequence[Month]) -> None:
        counts = {month.key: month.counts for month in months}
        self._write(
            "timeline.html", "site_timeline.html", self._words("nav.timeline"), "timeline", months=months, chart=site_bars.by_month(counts),
            years=site_bars.by_year(counts), width=site_bars.WIDTH, height=site_bars.HEIGHT,
        )  # fmt: skip

    def _control(self) -> None:
        files = _parts("control.html", self._shelf.spell_count())
        listed = _in_parts(self._listed(), _ON_A_PAGE)
        for part, file in enumerate(files, 1):
            self._write(file, "site_control.html", self._words("nav.control"), "control", spells=next(listed, []), files=files, part=part)  # fmt: skip

    def _listed(self) -> Iterator[Listed]:
        for spell in self._shelf.spells():
            ids = spell.incidents.split()
            known = self._shelf.known(ids)[:_MOST_INCIDENTS]
            yield Listed(spell=spell, incidents=known, more=len(ids) - len(known))


def _short(text: str) -> str:
    """The beginning of a quotation, on one line."""
    line = plain(text)
    return line if len(line) <= _SAID else line[:_SAID].rsplit(" ", 1)[0] + " …"


def _parts(file: str, count: int) -> list[str]:
    """The files of a list that is cut into pages: ``2024-12.html``, ``2024-12-2.html`` ..."""
    stem, _, suffix = file.rpartition(".")
    number = max(1, -(-count // _ON_A_PAGE))
    return [file, *(f"{stem}-{part}.{suffix}" for part in range(2, number + 1))]


def _in_parts(rows: Iterator[Any], most: int) -> Iterator[list[Any]]:
    part: list[Any] = []
    for row in rows:
        part.append(row)
        if len(part) == most:
            yield part
            part = []
    if part:
        yield part
