"""One field of an edit, held against the codebook and the article: what it may be, and the sentence that says what it is instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.codebook import load_codebook
from marsad.errors import InputError
from marsad.model import Article

MOST_ITEMS = 60
Json = Mapping[str, Any]


class Field:
    """The field that is looked at, by name, with what its values are held against.

    Every method gives the value as it is stored, or raises InputError, which names the field and the value.
    """

    def __init__(self, name: str, article: Article) -> None:
        self.name, self.article = name, article

    def refuse(self, what: str, value: object) -> InputError:
        """Why a value cannot be taken."""
        return InputError(f"field {self.name!r}: {what}, not {value!r}")

    def one_of(self, value: object, group: str, what: str) -> str:
        """A value of a group of the codebook."""
        allowed = load_codebook().values[group]
        if not isinstance(value, str) or value not in allowed:
            raise self.refuse(f"{what} must be one of {', '.join(allowed)}", value)
        return value

    def text(self, row: Json, name: str) -> str | None:
        """A text, or None where there is none."""
        value = row.get(name)
        if value is not None and not isinstance(value, str):
            raise self.refuse(f"{name!r} must be a text or null", value)
        return value or None

    def row(self, value: object) -> dict[str, Any]:
        """An object."""
        if not isinstance(value, Mapping):
            raise self.refuse("it must be an object", value)
        return dict(value)

    def rows(self, value: object) -> list[dict[str, Any]]:
        """A list of objects."""
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            raise self.refuse(f"it must be a list of at most {MOST_ITEMS} objects", value)
        return [self.row(one) for one in value]

    def span(self, row: Json, part: str = "") -> dict[str, Any]:
        """The span of a row, with words in it."""
        start, end, where = row.get("start"), row.get("end"), row.get("in") or part or "text"
        if where not in ("text", "title"):
            raise self.refuse("'in' must be text or title", where)
        words = self.article.title if where == "title" else self.article.text
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(words):
            raise self.refuse(
                f"a span must lie within the {len(words)} characters of the {where} and hold some of them",
                (start, end),
            )
        if not words[start:end].strip():
            raise self.refuse("a span must hold words", words[start:end])
        return {"start": start, "end": end, "in": where}

    def named(self, row: Json) -> dict[str, Any]:
        """A span with its text: the words that stand there, where no other is given."""
        span = self.span(row)
        words = self.article.title if span["in"] == "title" else self.article.text
        return {**row, **span, "text": self.text(row, "text") or words[span["start"] : span["end"]]}
