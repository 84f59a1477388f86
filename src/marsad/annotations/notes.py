"""Values in free text: what a tool has no field for stands in a note, as JSON or as ``name=value; name=value``."""

from __future__ import annotations

import json

from marsad.annotations.mapping import Terms
from marsad.annotations.marks import Json, Mark


def note_of(text: str) -> Json | None:
    """The values of a note; None where it is only words.

    >>> note_of("from=2024-12-05; to=2024-12-06")
    {'from': '2024-12-05', 'to': '2024-12-06'}
    >>> note_of("is this the same one?") is None
    True
    """
    text = text.strip()
    if text.startswith("{"):
        try:
            tree = json.loads(text)
        except (ValueError, RecursionError):
            return None
        return tree if isinstance(tree, dict) else None
    pairs = [part.partition("=") for part in text.split(";") if part.strip()]
    if not pairs or not all(equals and name.strip().isidentifier() for name, equals, _ in pairs):
        return None
    return {name.strip(): value.strip() for name, _, value in pairs}


def take_note(mark: Mark, text: str, terms: Terms) -> bool:
    """Add the values of a note to a mark; whether it had any."""
    values = note_of(text)
    if values is None:
        return False
    for name, value in values.items():
        ours, fixed = terms.value(name, value)
        if fixed is not None:
            mark.values.setdefault(ours, fixed)
    return True
