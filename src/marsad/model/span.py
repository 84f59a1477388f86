"""A span: a range of raw code points in one part of an article.

Offsets are Python string indexes into the raw text exactly as it was given, end exclusive: for the text
"سقطت حماة" the span of "حماة" is ``Span(5, 9)``. Nothing in Marsad stores an offset of any other kind.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Part = Literal["text", "title"]


class Span(NamedTuple):
    """A range of raw code points, end exclusive, in the ``text`` or the ``title`` of an article."""

    start: int
    end: int
    part: Part = "text"

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span (and in the same part)."""
        return self.part == other.part and self.start <= other.start and other.end <= self.end
