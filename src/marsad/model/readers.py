"""Which readers found a claim: where two read one article, how far they agree, with the other's reading beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

ReaderName = Literal["rules", "model"]
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
