"""What people wrote about a text, moved into a later version of it: every span must find its own words there, or nothing is moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from marsad.model import Article
from marsad.store.articles import versions_of
from marsad.store.reviewing_states import Review

Json = Mapping[str, Any]


def edit_in(connection: Connection, review: Review, version: int) -> dict[str, Any] | None:
    """The edit of a review with its spans in a version of the article: {} where it has none, None where they cannot be moved there."""
    if review.edit is None:
        return {}
    if review.version == version:
        return dict(review.edit)
    old = next(versions_of(connection, review.article, review.version), None)
    new = next(versions_of(connection, review.article, version), None)
    return None if old is None or new is None else carried(review.edit, old, new)


def carried(value: Json, old: Article, new: Article) -> dict[str, Any] | None:
    """A claim or an edit with all spans moved from one version of an article to another.

    A span moves to where its words stand at the same place, else as far from there as the span before it moved, else to the only place where they stand.

    Returns:
        None where the words of a span are gone, or stand at several places and none of them is that one.
    """
    try:
        moved: dict[str, Any] = _Move(old, new).row(value, "text")
    except LookupError:
        return None
    return moved


class _Move:
    """Moves spans, and remembers how far the last one of each part went."""

    def __init__(self, old: Article, new: Article) -> None:
        self._words = {"text": (old.text, new.text), "title": (old.title, new.title)}
        self._shift = {"text": 0, "title": 0}

    def row(self, value: Any, part: str) -> Any:  # noqa: ANN401 (any JSON)
        if isinstance(value, list):
            return [self.row(one, part) for one in value]
        if not isinstance(value, Mapping):
            return value
        part = value.get("in") or part
        row = dict(value)
        if isinstance(row.get("start"), int):
            row["start"], row["end"] = self._to(row["start"], row["end"], part)
        return {
            key: self.row(one, part) if isinstance(one, list | Mapping) else one for key, one in row.items()
        }

    def _to(self, start: int, end: int, part: str) -> tuple[int, int]:
        old, new = self._words[part]
        words = old[start:end]
        for shift in (self._shift[part], 0):
            if start + shift >= 0 and new[start + shift : end + shift] == words:
                self._shift[part] = shift
                return start + shift, end + shift
        at = new.find(words)
        if at < 0 or new.find(words, at + 1) >= 0:
            raise LookupError(words)
        self._shift[part] = at - start
        return at, at + len(words)
