"""The date of publication: a day, or an ISO time, kept as it was given."""

from __future__ import annotations

import re
from datetime import datetime

_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:.+)?", re.ASCII)
_YEARS = range(1800, 2200)


def check_published(value: str) -> str:
    """The value itself, where it is a day (``2024-12-06``) or a time (``2024-12-06T09:30:00+03:00``).

    Raises:
        ValueError: it is neither, or the day does not exist, or the year is outside 1800 to 2199 (in either
            direction, "last year" must still be a year).
    """
    complaint = f"{value!r} is not a day such as 2024-12-06 or an ISO time such as 2024-12-06T09:30:00+03:00"
    if not _SHAPE.fullmatch(value):
        raise ValueError(complaint)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{complaint}: {error}") from None
    if moment.year not in _YEARS:
        raise ValueError(f"the year of {value!r} is not between 1800 and 2199")
    return value
