"""Which readers found a claim: where two read one article, how far they agree, with the other's reading beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

ReaderName = Literal["rules", "model"]
VERDICTS = ("agree", "differ", "rules", "model")
"""What comparing two readers comes to for one claim: they tell it alike; differently; only the one or only the other found it."""
DIFFERENCES = VERDICTS[1:]
"""Those of them that a person should look at first."""
PARTS = ("source", "stance", "polarity", "modality", "actors", "place", "time", "counts")
"""Parts of a claim that two readers can tell differently, in the order in which they are shown; ``presence`` stands for the whole claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What two readers said of one claim.

    Attributes:
        by: Who found it: both, or the one that did.
        differs: The `PARTS` that they tell differently; ``("presence",)`` where only one of two that read these words found it.
        confidence: Between 0 and 1, how sure it is that the article says so (not that it is true); None where nothing measured tells.
        other: The other reader's claim as JSON (CODEBOOK section 7), where it differs.
    """

    by: tuple[ReaderName, ...]
    differs: tuple[str, ...] = ()
    confidence: float | None = None
    other: Mapping[str, Any] | None = None


def verdict(readers: Mapping[str, Any] | None) -> str | None:
    """What a claim's ``readers`` (as JSON) come to: one of `VERDICTS`, or None where no two readers were asked about its words."""
    if not readers:
        return None
    by, differs = readers.get("by") or (), readers.get("differs") or ()
    if "presence" in differs:
        return next((name for name in by if name in VERDICTS), None)
    if differs:
        return "differ"
    return "agree" if len(by) > 1 else None
