"""Rows in ACLED's columns.

The 31 columns of 2023 and later, and what older files have beside them; ``inter1`` and ``interaction`` are passed over, whether they are numbers or words, for
who took part is told by the names.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from marsad.model.interval import TimePrecision
from marsad.references.event import Deaths, ReferenceEvent
from marsad.references.values import Row, code, day, listed, number, point, text

NEEDED = frozenset({"event_date", "event_type", "latitude", "longitude"})
"""Columns without which a file is none of theirs."""
IDS = ("event_id_cnty", "data_id", "event_id_no_cnty")
"""Columns that may hold the id, the best first."""
_REACH = {1: 5.0, 2: 25.0, 3: 60.0}
_PRECISIONS: dict[float, TimePrecision] = {1: "day", 2: "week", 3: "month"}
_HALF_WEEK = timedelta(days=3)
_OLD_TYPES = {
    "battle-no change of territory": ("Battles", "Armed clash"),
    "battle-government regains territory": ("Battles", "Government regains territory"),
    "battle-non-state actor overtakes territory": ("Battles", "Non-state actor overtakes territory"),
    "remote violence": ("Explosions/Remote violence", ""),
    "riots/protests": ("Protests", ""),
    "strategic development": ("Strategic developments", ""),
    "headquarters or base established": ("Strategic developments", "Headquarters or base established"),
    "non-violent transfer of territory": ("Strategic developments", "Non-violent transfer of territory"),
}
"""Types of files from before 2019, as the ones that followed them."""


def acled_event(row: Row, identity: str, line: int) -> ReferenceEvent:
    """The event of a row.

    Raises:
        SetAside: a value cannot be read.
    """
    told = day(row, "event_date")
    precision = _PRECISIONS[code(row, "time_precision", {1: 1, 2: 2, 3: 3})]
    first, last = _days(told, precision)
    lat, lon = point(row)
    group, kind = _type(row)
    return ReferenceEvent(
        id=identity,
        origin="acled",
        line=line,
        first_day=first,
        last_day=last,
        precision=precision,
        lat=lat,
        lon=lon,
        reach=code(row, "geo_precision", _REACH),
        place=text(row, "location"),
        admin=text(row, "admin1"),
        country=text(row, "country"),
        group=group,
        kind=kind,
        actors=listed(row, "actor1", "assoc_actor_1", "actor2", "assoc_actor_2"),
        deaths=Deaths(best=number(row, "fatalities")),
        sources=listed(row, "source"),
        notes=text(row, "notes"),
    )


def _days(told: date, precision: TimePrecision) -> tuple[date, date]:
    if precision == "week":
        return told - _HALF_WEEK, told + _HALF_WEEK
    if precision == "month":
        return told.replace(day=1), told.replace(day=monthrange(told.year, told.month)[1])
    return told, told


def _type(row: Row) -> tuple[str, str]:
    group, kind = text(row, "event_type"), text(row, "sub_event_type")
    return (group, kind) if kind else _OLD_TYPES.get(group.lower(), (group, ""))
