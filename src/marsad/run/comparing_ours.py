"""Our side of a comparison: the incidents that ACLED or UCDP would record, within the days and countries that their file covers.

What is left out is counted by reason: ``expected`` (only planned, possible or demanded, or affirmed by nobody), ``rejected`` (people refused every claim), ``kind`` (they would
not record it), ``held`` (a claim of it is held back from exports), ``no_day``, ``long`` (a total over more than a month), ``no_place`` (not on the map, or the country only), ``other_days``, ``other_countries``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from marsad.model.place import REACH
from marsad.references import Origin, acled_types, ucdp_records
from marsad.run.names import Names
from marsad.store import tables
from marsad.store.db import batches
from marsad.store.list_tables import incident_list, incident_terms
from marsad.store.reads import Filters, IncidentRow, all_incidents
from marsad.store.sensitive import held_back

MONTH = 31
"""Days of the longest incident that is compared."""
DAYS_OF_NEWS = 3
"""Days after an event within which an article still reports it as news."""
_FARTHEST = 150.0
_EPOCH = date(1970, 1, 1).toordinal()
_I, _T, _A = incident_list.c, incident_terms.c, tables.articles.c
_C, _L = tables.claims.c, tables.incident_claims.c


@dataclass(frozen=True, slots=True)
class Ours:
    """An incident as the comparison needs it; days are ordinals, ``reach`` is in kilometres, ``admin`` the code of the governorate or ""."""

    row: IncidentRow
    first: int
    last: int
    lat: float
    lon: float
    reach: float
    admin: str
    actors: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Coverage:
    """What a reference file is about: its days (ordinals), its countries by code, and names of countries that we do not know."""

    rows: int = 0
    first: int = date.max.toordinal()
    last: int = 0
    countries: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)


def news_days(connection: Connection) -> frozenset[int]:
    """The days (ordinals) that a project's articles bring news of: those up to `DAYS_OF_NEWS` before one was published."""
    days = connection.execute(select(_A.day).where(_A.day.is_not(None)).distinct()).scalars()
    numbers = [date.fromisoformat(day).toordinal() for day in days]
    return frozenset(day for number in numbers for day in range(number - DAYS_OF_NEWS, number + 1))


def told_days(connection: Connection) -> frozenset[int]:
    """The days (ordinals) that a project's incidents are about, also those that articles look back at."""
    spans = select(_I.first, _I.last).where(_I.first.is_not(None), _I.last - _I.first <= MONTH).distinct()
    rows = connection.execute(spans)
    return frozenset(day for row in rows for day in range(row.first + _EPOCH, row.last + _EPOCH + 1))


def our_events(
    connection: Connection, filters: Filters, origin: Origin, about: tuple[Coverage, Names], out: Counter[str]
) -> list[Ours]:
    """The incidents that are compared, in the order of their first days.

    Args:
        filters: What they are narrowed to.
        origin: Whose file they are compared with.
        about: What the file covers, and names of places.
        out: Takes what is left out, by reason.
    """
    coverage, names = about
    held, found = _held(connection), []
    for row in all_incidents(connection, filters, "oldest"):
        one = _within(row, names)
        reason = (
            "held"
            if row.id in held
            else _unfit(row, origin) or (one if isinstance(one, str) else _outside(one, coverage))
        )
        if reason:
            out[reason] += 1
        elif isinstance(one, Ours):
            found.append(one)
    return list(_with_actors(connection, found))


def _held(connection: Connection) -> set[str]:
    """Ids of the incidents that a claim is part of which people hold back, by itself or with its article."""
    back = held_back(connection)
    found: set[str] = set()
    for column, ids in ((_C.id, back.claims), (_C.article, back.articles)):
        for some in batches(sorted(ids)):
            query = select(_L.incident).join(tables.claims, _C.id == _L.claim).where(column.in_(some))
            found.update(connection.scalars(query))
    return found


def _unfit(row: IncidentRow, origin: Origin) -> str:
    if row.status in (None, "denied"):
        return "expected"
    if row.claims and row.rejected >= row.claims:
        return "rejected"
    return "" if _RECORDS[origin](row) else "kind"


def _by_acled(row: IncidentRow) -> bool:
    known = acled_types()
    return any(known.get(code) for code in row.events)


def _by_ucdp(row: IncidentRow) -> bool:
    return ucdp_records(row.events, max((end or 0 for end in row.killed), default=0) if row.killed else None)


_RECORDS: Mapping[Origin, Callable[[IncidentRow], bool]] = {"acled": _by_acled, "ucdp": _by_ucdp}


def _within(row: IncidentRow, names: Names) -> Ours | str:
    """The incident with its days and its ground, or why it has none."""
    if row.first_day is None or row.last_day is None:
        return "no_day"
    first, last = (date.fromisoformat(one).toordinal() for one in (row.first_day, row.last_day))
    if last - first > MONTH:
        return "long"
    if row.lat is None or row.lon is None or row.precision in (None, "country"):
        return "no_place"
    place = names.place(row.place_id)
    reach = max(REACH.get(row.precision or "", _FARTHEST), place.radius if place else 0.0)
    return Ours(row, first, last, row.lat, row.lon, min(reach, _FARTHEST), place.admin if place else "")


def _outside(one: Ours, coverage: Coverage) -> str:
    if one.last < coverage.first or one.first > coverage.last:
        return "other_days"
    return "" if one.row.country in coverage.countries else "other_countries"


def _with_actors(connection: Connection, found: Sequence[Ours]) -> Iterator[Ours]:
    actors: dict[str, list[str]] = {}
    query = select(_I.id, _T.value).join(incident_terms, _T.incident == _I.serial).where(_T.kind == "actor")
    for some in batches([one.row.id for one in found]):
        for row in connection.execute(query.where(_I.id.in_(some)).order_by(_I.id, _T.value)):
            actors.setdefault(row.id, []).append(row.value)
    for one in found:
        named = tuple(actors.get(one.row.id, ()))
        yield Ours(one.row, one.first, one.last, one.lat, one.lon, one.reach, one.admin, named)
