"""The date of publication as a feed gives it, with the feed's own offset.

"Yesterday" in an article is counted from this date, so an offset is worth keeping and a day must not be guessed: a time
without an offset becomes its bare day, and what is not surely a date becomes None.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[ -][A-Za-z]{3,9}[ -](?:18|19|20|21)\d{2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"(?:\s*(?:[+-]\d{2}:?\d{2}|[A-Z]{1,4}))?",
    re.ASCII,
)
_YEARS = range(1800, 2200)


def published_of(text: str | None) -> str | None:
    """An ISO time with its offset, a bare day, or None.

    Args:
        text: ISO 8601 (Atom, JSON Feed, sitemaps) or the form of e-mail (RSS).
    """
    value = " ".join((text or "").split())
    if found := _ISO.fullmatch(value):
        return _from_iso(*found.groups())
    return _from_mail(value) if _MAIL.fullmatch(value) else None


def _from_iso(day: str, time: str | None, offset: str | None) -> str | None:
    zone = "+00:00" if offset and offset[0].isalpha() else offset or ""
    try:
        return _written(datetime.fromisoformat(f"{day}T{time or '00:00'}{zone}".replace(",", ".")))
    except ValueError:
        return None


def _from_mail(value: str) -> str | None:
    # In mail, -0000 is a time in UTC from somewhere unknown; Python gives it as a time without an offset.
    value = re.sub(r"[+-]00:?00$", "GMT", value)
    value = re.sub(r"([+-]\d{2}):(\d{2})$", r"\1\2", value)
    try:
        moment = parsedate_to_datetime(value if ":" in value else f"{value} 00:00:00")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _written(moment)


def _written(moment: datetime) -> str | None:
    if moment.year not in _YEARS:
        return None
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat()
