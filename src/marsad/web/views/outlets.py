"""What ``/outlets`` shows: who published what is stored, how their reports fare beside others', and whether their feeds answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.feeds import FeedState, from_row
from marsad.grounding.place_keys import place_key
from marsad.model.actor import Outlet
from marsad.run.chores import Chore
from marsad.store.reads.outlets import FeedRow, Outlets, OutletSum, outlet_sums
from marsad.web.kept import Shown
from marsad.web.pages import clean
from marsad.web.views.bars import STATUSES, sparkline
from marsad.web.visit import Visit

ROWS = 100
SORTS = ("articles", "incidents", "last", "name")
_SHARE = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An outlet in the list: its name in the articles, what the register says of it (None where it does not know it), and its sums."""

    name: str
    known: Outlet | None
    sum: OutletSum

    @property
    def told(self) -> int:
        """How many incidents it tells of."""
        return sum(self.sum.incidents.values())

    @property
    def line(self) -> str:
        """Its articles over time, as points."""
        return sparkline(self.sum.line)

    @property
    def shares(self) -> tuple[tuple[str, float, float, int], ...]:
        """Its incidents by status as a bar of `_SHARE` units: status, from where, how wide, how many."""
        found, at = [], 0.0
        for status in STATUSES:
            number = self.sum.incidents.get(status, 0)
            if number:
                width = number / self.told * _SHARE
                found.append((status, at, width, number))
                at += width
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it is shown; ``health`` is paused, stopped, failing, silent, new (never asked) or well."""

    row: FeedRow
    state: FeedState
    health: str


def outlets(visit: Shown, connection: Connection) -> Outlets:
    """All outlets."""
    return visit.workspace.kept.get(connection, "outlets", outlet_sums)


def listed(visit: Shown, connection: Connection) -> list[Listed]:
    """All outlets with what the register says."""
    return visit.workspace.kept.get(connection, "outlets.listed", lambda some: _listed(visit, some))


def _listed(visit: Shown, connection: Connection) -> list[Listed]:
    names = visit.workspace.names
    return [
        Listed(name=one.name, known=names.outlet(one.name), sum=one)
        for one in outlets(visit, connection).rows
    ]


def outlets_asked(visit: Visit, connection: Connection) -> list[Listed]:
    """The outlets that an address asks for.

    Raises:
        InputError: there is no such order.
    """
    countries = {value for name, value in visit.query if name == "country"}
    found = [
        one
        for one in listed(visit, connection)
        if not countries or (one.known and one.known.country in countries)
    ]
    if key := place_key(visit.asked("q")):
        found = [one for one in found if key in _keys(one)]
    sort = visit.asked("sort", "articles")
    if sort not in SORTS:
        raise InputError(f"sort={sort} is none of {', '.join(SORTS)}")
    if sort == "name":
        found.sort(key=lambda one: (place_key(one.known.label.en if one.known else one.name), one.name))
    elif sort == "last":
        found.sort(key=lambda one: (one.sum.last_day or "", one.name), reverse=True)
    elif sort == "incidents":
        found.sort(key=lambda one: (-one.told, one.name))
    return found


def _keys(one: Listed) -> str:
    known = one.known
    names = (known.id, known.label.en, known.label.ar, *known.aliases, *known.domains) if known else ()
    return " ".join(place_key(name) for name in (one.name, *names))


def feeds_shown(rows: Sequence[FeedRow]) -> list[Feed]:
    """Feeds, those that need somebody first."""
    order = ("stopped", "failing", "silent", "paused", "new", "well")
    found = []
    for row in rows:
        state = from_row(row.state)
        found.append(Feed(row=row, state=state, health=health_of(row, state)))
    return sorted(found, key=lambda one: (order.index(one.health), one.row.address))


def health_of(row: FeedRow, state: FeedState) -> str:
    """How a feed is."""
    if row.paused:
        return "paused"
    if state.stopped:
        return "stopped"
    if state.failures:
        return "failing"
    if state.silent_since:
        return "silent"
    return "well" if state.last_ok else "new"


def address_given(text: str) -> str:
    """An address that a form gives, as `marsad ingest` takes it.

    Raises:
        InputError: it is no address of the web.
    """
    if (
        not text.lower().startswith(("http://", "https://"))
        or any(one.isspace() or not one.isprintable() for one in text)
        or len(text) > 2000
    ):
        raise InputError(f"{text[:80]!r} is no address that begins with http:// or https://")
    return text


def asked_for(chores: Sequence[Chore]) -> list[Chore]:
    """The chores that look at an address that somebody gave, newest first."""
    return [one for one in chores if one.command[0] == "ingest" and one.command[-1].startswith("http")][:5]


def opml(rows: Sequence[FeedRow], names: Mapping[str, str]) -> str:
    """All feeds as an OPML list, which `marsad ingest` and readers of feeds take.

    Args:
        rows: The feeds.
        names: By address what to call each.
    """
    lines = [
        f'<outline type="rss" text={quoteattr(clean(names[row.address]))} xmlUrl={quoteattr(clean(row.address))}/>'
        for row in rows
    ]
    body = "\n".join(lines)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0"><head><title>Marsad</title></head>'
        f"<body>\n{body}\n</body></opml>\n"
    )
