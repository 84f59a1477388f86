"""Rows in the columns of UCDP GED, from version 5 (``best_est``) to those of today."""

from __future__ import annotations

import re

from marsad.errors import SetAside
from marsad.model.interval import TimePrecision
from marsad.references.event import Deaths, ReferenceEvent
from marsad.references.values import Row, code, day, number, point, refused, text

NEEDED = frozenset({"type_of_violence", "date_start", "date_end", "latitude", "longitude"})
"""Columns without which a file is none of theirs."""
IDS = ("id", "relid")
"""Columns that may hold the id, the best first."""
VIOLENCE = {1: "State-based conflict", 2: "Non-state conflict", 3: "One-sided violence"}
"""Their types of violence by number."""
_REACH = {1: 5.0, 2: 25.0, 3: 30.0, 4: 100.0, 5: 100.0, 6: 400.0, 7: 400.0}
_PRECISIONS: dict[float, TimePrecision] = {1: "day", 2: "week", 3: "week", 4: "month", 5: "year"}
_CUT = re.compile(r"///|;")


def ucdp_event(row: Row, identity: str, line: int) -> ReferenceEvent:
    """The event of a row.

    Raises:
        SetAside: a value cannot be read, or it ends before it begins.
    """
    first, last = day(row, "date_start"), day(row, "date_end")
    if last < first:
        raise SetAside("bad_day", f"date_end {last} is before date_start {first}")
    lat, lon = point(row)
    return ReferenceEvent(
        id=identity,
        origin="ucdp",
        line=line,
        first_day=first,
        last_day=last,
        precision=_PRECISIONS[code(row, "date_prec", {1: 1, 2: 2, 3: 3, 4: 4, 5: 5})],
        lat=lat,
        lon=lon,
        reach=code(row, "where_prec", _REACH),
        place=text(row, "where_coordinates"),
        admin=text(row, "adm_1"),
        country=text(row, "country"),
        group=_violence(row),
        actors=tuple(dict.fromkeys(name for name in (text(row, "side_a"), text(row, "side_b")) if name)),
        deaths=Deaths(low=_deaths(row, "low"), best=_deaths(row, "best"), high=_deaths(row, "high")),
        sources=_sources(row),
        notes=text(row, "source_headline"),
    )


def _violence(row: Row) -> str:
    value = number(row, "type_of_violence")
    if value not in VIOLENCE:
        raise refused("bad_number", "type_of_violence", text(row, "type_of_violence"), "none of 1, 2 and 3")
    return VIOLENCE[value]


def _deaths(row: Row, end: str) -> int | None:
    return number(row, end if end in row else f"{end}_est")


def _sources(row: Row) -> tuple[str, ...]:
    """Who they say the report rests on, then the offices that published it; older files only have ``source_article``."""
    columns = ("source_original", "source_office" if text(row, "source_office") else "source_article")
    parts = (part.strip() for column in columns for part in _CUT.split(text(row, column)))
    return tuple(dict.fromkeys(part for part in parts if part))
