"""Where the next page of a list begins: the last row's key and what tells it from others of that key, in a word that fits in an address."""

from __future__ import annotations

import base64
import binascii
import json

from marsad.errors import InputError

Key = str | int
Place = tuple[Key, Key]
"""The key that rows are sorted by, and what decides between equal ones."""


def cursor_of(sort: str, place: Place) -> str:
    """The word for a place in a list that is sorted so."""
    return base64.urlsafe_b64encode(json.dumps([sort, *place]).encode()).decode().rstrip("=")


def place_of(cursor: str, sort: str, kinds: tuple[type, type]) -> Place:
    """The place that a word stands for.

    Args:
        cursor: The word.
        sort: How the list is sorted.
        kinds: The types of the two parts.

    Raises:
        InputError: it is no such word, or that of a list that is sorted otherwise.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        made = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError):
        made = None
    if not isinstance(made, list) or len(made) != 3 or made[0] != sort:
        raise InputError(f"after={cursor[:40]} is no place in a list sorted by {sort}")
    _, key, tie = made
    if not _fits(key, kinds[0]) or not _fits(tie, kinds[1]):
        raise InputError(f"after={cursor[:40]} is no place in a list sorted by {sort}")
    return key, tie


def _fits(part: object, kind: type) -> bool:
    if type(part) is not kind:
        return False
    if isinstance(part, int):
        return abs(part) < 1 << 31
    return not any(one == "\x00" or "\ud800" <= one <= "\udfff" for one in str(part))
