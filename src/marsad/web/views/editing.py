"""The form in which a claim is corrected: what it offers, and how its fields become an edit.

A form holds a claim field by field, lists as rows with the number of the row in the field's name (``actors.2.role``). What comes back is read the same way, so a field
that nobody touched gives what it gave before and is no part of the edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from marsad.codebook import load_codebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the codebook lets one choose: codes by family, and the values of each other field."""

    families: Sequence[tuple[str, Sequence[str]]]
    polarities: Sequence[str]
    modalities: Sequence[str]
    stances: Sequence[str]
    kinds: Sequence[str]
    roles: Sequence[str]
    precisions: Sequence[str]
    times: Sequence[str]
    counts: Sequence[str]


@cache
def books() -> Books:
    """The codebook's values in its own order."""
    book = load_codebook()
    values: Mapping[str, Sequence[str]] = {name: tuple(group) for name, group in book.values.items()}
    return Books(
        families=tuple((name, tuple(event.code for event in book.family(name))) for name in book.families),
        polarities=values["polarities"], modalities=values["modalities"], stances=values["stances"],
        kinds=values["source_kinds"], roles=values["roles"], precisions=values["place_precisions"],
        times=values["time_precisions"], counts=values["count_kinds"],
    )  # fmt: skip
