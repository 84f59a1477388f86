"""An article: one published text, as it came in.

The raw text is never changed: every span that the program writes points into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marsad.model.span import Part, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text with what is known about it.

    ``published`` is kept as given (a day, or an ISO time with offset, or None); ``extra`` holds the fields of the
    input that Marsad does not know, which pass through to the output untouched.
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day of publication, or None where it is not known.

        Raises:
            ValueError: ``published`` does not begin with an ISO day.
        """
        return date.fromisoformat(self.published[:10]) if self.published else None

    def part(self, name: Part) -> str:
        """The raw string that spans of that part point into."""
        return self.title if name == "title" else self.text

    def words(self, span: Span) -> str:
        """The raw words at a span."""
        return self.part(span.part)[span.start : span.end]
