"""What the user asked for when annotations are read, the same for every tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from marsad.annotations.mapping import Terms
from marsad.annotations.marks import Json
from marsad.annotations.scheme import PARTS
from marsad.codebook import load_codebook, near_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How to read.

    Attributes:
        terms: Other people's labels as ours (`marsad.annotations.read_terms`).
        cards: What is known of the articles, by their ids or names of files (`marsad.annotations.read_cards`).
        annotator: Whose annotations, where there are those of several.
    """

    terms: Terms = field(default_factory=Terms)
    cards: Mapping[str, Json] = field(default_factory=dict)
    annotator: str | None = None

    def unknown(self, label: str) -> str:
        """That a label means nothing, with what may have been meant."""
        near = near_codes(label.replace("_", "."), load_codebook())[:2]
        hint = f"; near it are {' and '.join(near)}" if near else ""
        return f"{label!r} is no code and none of {', '.join(PARTS)}{hint} (--mapping says what other labels mean)"
