"""What the headers of an answer say, read without trusting them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"\s*([\w.+-]{1,80}/[\w.+-]{1,80})\s*(?:;|,|$)", re.ASCII)
_VALIDATOR = re.compile(r"[\x20-\x7e\xa1-\xff]{1,1000}")
_LONGEST_WAIT = 10 * 365 * 24 * 3600
"""Seconds; beyond it a number is no wait but noise, and adding it to a date fails."""


def charset_of(content_type: str) -> str | None:
    """The character set that a ``Content-Type`` names, in lower case."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else None


def media_type_of(content_type: str) -> str:
    """``text/html`` and the like in lower case, or nothing."""
    found = _MEDIA_TYPE.match(content_type)
    return found[1].lower() if found else ""


def validator(value: str | None) -> str:
    """An ``ETag`` or ``Last-Modified`` that can be sent back as it is, or nothing."""
    return value if value and _VALIDATOR.fullmatch(value) else ""


def seconds_to_wait(retry_after: str, now: datetime) -> int | None:
    """``Retry-After`` in seconds from now, whether it was given as seconds or as a date; None where it is neither."""
    value = retry_after.strip()
    if re.fullmatch(r"\d{1,12}", value, re.ASCII):
        return min(int(value), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
        # The header is always meant in GMT, also where it does not say so.
        wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(int(wait.total_seconds()), 0), _LONGEST_WAIT)


def readable_location(value: str) -> str:
    """A ``Location`` with the letters it was written in: many servers send an Arabic path as bare UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
