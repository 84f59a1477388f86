"""How many begin when: bars of equal length, as fine as the room allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate

from sqlalchemy import Connection, func, select

from marsad.errors import InputError
from marsad.store.list_tables import claim_list, incident_list
from marsad.store.lists import day_number
from marsad.store.reads.conditions import known, narrowed
from marsad.store.reads.filters import Filters
from marsad.store.reads.rows import Bar, Histogram, Kind

_EPOCH = date(1970, 1, 1).toordinal()
_UNITS = ("day", "week", "month", "quarter", "year")
_DAYS, _MONTHS = {"day": 1, "week": 7}, {"month": 1, "quarter": 3, "year": 12}
_MONDAY = 3
"""Days from the Monday before 1970-01-01 to that day."""
_NO_DAY = -(1 << 30)
_AWAY = 0.005
"""The share of what is dated that may lie before or behind the bars, where they get finer by it."""

_Days = Mapping[int, Mapping[str, int]]


def histogram(
    connection: Connection, filters: Filters, kind: Kind = "incidents", bars: int = 200
) -> Histogram:
    """How many incidents or claims begin when, by status.

    A few that lie far from all others (half of one in a hundred at either end) do not stretch the bars, nor does what began before ``since``: they are
    counted apart as ``earlier`` and ``later``, as is what has no first day.

    Args:
        connection: A reading connection.
        filters: What the list is narrowed to.
        kind: Of what.
        bars: How many bars there may be.

    Raises:
        InputError: there is no room for a bar.
    """
    if bars < 1:
        raise InputError(f"bars={bars}: there must be room for one")
    asked = narrowed(connection, filters)
    table = incident_list if kind == "incidents" else claim_list
    where = asked.incidents() if kind == "incidents" else asked.claims()
    is_through = (
        kind == "incidents" and where
    )  # the rows of the table, and not an index that does not hold what they are narrowed by
    first = func.coalesce(table.c.first, _NO_DAY) if is_through else table.c.first
    status = known(table.c.status) if is_through else table.c.status
    query = select(func.max(table.c.first), known(func.max(table.c.status)), func.count()).where(*where)
    days: dict[int, dict[str, int]] = {}
    undated: dict[str, int] = {}
    for day, of, number in connection.execute(query.group_by(first, status)):
        (undated if day is None else days.setdefault(day, {}))[of] = number
    return _drawn(days, undated, day_number(filters.since), bars)


def _drawn(days: _Days, undated: Mapping[str, int], since: int | None, bars: int) -> Histogram:
    dated = sorted(day for day in days if since is None or day >= since)
    if not dated:
        return Histogram("day", (), undated, earlier=_summed(days.values()))
    unit, near = _unit(dated[0], dated[-1], bars), _near(days, dated)
    finer = _unit(*near, bars)
    low, high = near if _UNITS.index(finer) < _UNITS.index(unit) else (dated[0], dated[-1])
    unit = _unit(low, high, bars)
    last = _index(high, unit)
    numbers = range(max(_index(low, unit), last - bars + 1), last + 1)
    counts: dict[int, Counter[str]] = {number: Counter() for number in numbers}
    earlier: Counter[str] = Counter()
    later: Counter[str] = Counter()
    for day, of in days.items():
        number = _index(day, unit)
        counts.get(number, earlier if number < numbers.start else later).update(of)
    drawn = (_bar(number, unit, of) for number, of in counts.items())
    return Histogram(unit, tuple(drawn), undated, earlier=dict(earlier), later=dict(later))


def _bar(number: int, unit: str, counts: Mapping[str, int]) -> Bar:
    return Bar(
        _date(_first(number, unit)).isoformat(), _date(_first(number + 1, unit) - 1).isoformat(), dict(counts)
    )


def _near(days: _Days, dated: Sequence[int]) -> tuple[int, int]:
    """The days between which nearly all lies."""
    room = sum(sum(days[day].values()) for day in dated) * _AWAY
    return _end(days, dated, room), _end(days, dated[::-1], room)


def _end(days: _Days, dated: Sequence[int], room: float) -> int:
    passed = accumulate(sum(days[day].values()) for day in dated)
    return next(day for day, number in zip(dated, passed, strict=True) if number > room)


def _unit(low: int, high: int, bars: int) -> str:
    """The finest unit in which so many bars reach from day to day; years where none does."""
    return next((unit for unit in _UNITS if _index(high, unit) - _index(low, unit) < bars), _UNITS[-1])


def _date(number: int) -> date:
    return date.fromordinal(number + _EPOCH)


def _index(day: int, unit: str) -> int:
    """The number of the stretch that a day is in."""
    if unit in _DAYS:
        return (day + _MONDAY) // _DAYS[unit] if unit == "week" else day
    when = _date(day)
    return (when.year * 12 + when.month - 1) // _MONTHS[unit]


def _first(number: int, unit: str) -> int:
    """The first day of a stretch."""
    if unit in _DAYS:
        return number * _DAYS[unit] - (_MONDAY if unit == "week" else 0)
    year, month = divmod(number * _MONTHS[unit], 12)
    return (date(year, month + 1, 1) if year <= date.max.year else date.max).toordinal() - _EPOCH


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)
