"""Values of a reference row as they stand in files: days in the forms that both projects have written, numbers, points, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from math import isfinite

from marsad.errors import SetAside

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d{2})")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")
_SHOWN = 60
_CENTURY = 70
"""Years of two digits from here on are of the last century: ACLED begins in 1997, UCDP GED in 1989."""

Row = Mapping[str, str]


def refused(reason: str, column: str, value: str, why: str) -> SetAside:
    """The refusal of a row for one of its values."""
    shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    return SetAside(reason, f"{column} is {shown!r}: {why}")


def text(row: Row, column: str) -> str:
    """A value without the blanks around it; "" where the file does not have the column."""
    return row.get(column, "").strip()


def day(row: Row, column: str) -> date:
    """A day: ``2024-12-05``, with a time behind it or not, ``05 December 2024``, ``5-Dec-24``.

    Raises:
        SetAside: ``bad_day``. Numbers with slashes are refused, for nobody knows which of them is the month.
    """
    value = text(row, column)
    found = _ISO.fullmatch(value)
    if found:
        numbers = tuple(map(int, found.groups()))
    else:
        named = _WORDS.fullmatch(value)
        month = named[2][:3].lower() if named else ""
        if named is None or month not in _MONTHS:
            raise refused("bad_day", column, value, "no day such as 2024-12-05 or 05 December 2024")
        year = int(named[3])
        if len(named[3]) == 2:
            year += 1900 if year >= _CENTURY else 2000
        numbers = (year, _MONTHS.index(month) + 1, int(named[1]))
    try:
        return date(*numbers)
    except ValueError:
        raise refused("bad_day", column, value, "there is no such day") from None


def number(row: Row, column: str) -> int | None:
    """A whole number, None where nothing stands there.

    Raises:
        SetAside: ``bad_number``.
    """
    value = text(row, column)
    if not value:
        return None
    found = _WHOLE.fullmatch(value)
    if not found:
        raise refused("bad_number", column, value, "no whole number")
    return int(found[1])


def point(row: Row) -> tuple[float | None, float | None]:
    """Latitude and longitude, both None where neither stands there.

    Raises:
        SetAside: ``bad_point``.
    """
    if not text(row, "latitude") and not text(row, "longitude"):
        return None, None
    return _degrees(row, "latitude", 90.0), _degrees(row, "longitude", 180.0)


def _degrees(row: Row, column: str, most: float) -> float:
    value = text(row, column)
    try:
        degrees = float(value)
    except ValueError:
        degrees = float("nan")
    if not isfinite(degrees) or abs(degrees) > most:
        raise refused("bad_point", column, value, "no degrees on the globe")
    return degrees


def listed(row: Row, *columns: str) -> tuple[str, ...]:
    """What stands in some columns, cut at semicolons, each once."""
    parts = (part.strip() for column in columns for part in text(row, column).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def code(row: Row, column: str, known: Mapping[int, float]) -> float:
    """What a code of precision stands for; a row without one gets the widest, for nothing is known of it.

    Raises:
        SetAside: ``bad_number`` for what is none of the codes.
    """
    value = number(row, column)
    if value is None:
        return max(known.values())
    if value not in known:
        raise refused("bad_number", column, str(value), f"none of the codes {min(known)} to {max(known)}")
    return known[value]
