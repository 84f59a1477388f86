"""What is known of articles beside their annotations: a file of JSON lines with ``id`` and any of ``file``, ``title``, ``text``, ``published``, ``outlet``, ``url``.

Annotation tools hold one text for each document and often nothing else. Our own exports put a title, a line end and the text into it, and note in `CARDS` where the text begins; for
other people's projects the user can give such a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from marsad.annotations.marks import Json
from marsad.errors import InputError
from marsad.model import Span

CARDS = "articles.jsonl"
FIELDS = ("published", "outlet", "url")


def read_cards(path: Path | None) -> dict[str, Json]:
    """Cards by the names that documents can have for them: the id, and the name of the file.

    Raises:
        InputError: it cannot be read, a line is no object with an id, or two articles have one name.
    """
    if path is None:
        return {}
    cards: dict[str, Json] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        card = _card(path, number, line)
        for name in {card["id"], card.get("file") or card["id"]}:
            if cards.setdefault(name, card) is not card:
                raise InputError(f"{path}: line {number}: there are two articles {name!r}")
    return cards


def _card(path: Path, number: int, line: str) -> Json:
    try:
        card = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: line {number} is no JSON: {error}") from error
    if not isinstance(card, dict) or not isinstance(card.get("id"), str) or not card["id"]:
        raise InputError(f"{path}: line {number} is no article: it has no id")
    for name in ("file", "title", "text", *FIELDS):
        if card.get(name) is not None and not isinstance(card[name], str):
            raise InputError(f"{path}: line {number}: {name!r} is no words: {card[name]!r}")
    return card


class Layout(NamedTuple):
    """Where in a document the title ends and the text begins; both 0 where it is all text."""

    title_end: int = 0
    text_from: int = 0

    def span(self, start: int, end: int) -> Span:
        """A stretch of the document in the article.

        Raises:
            ValueError: it runs from the title into the text.
        """
        if end <= self.title_end:
            return Span(start, end, "title")
        if start < self.text_from:
            raise ValueError("it runs from the title into the text")
        return Span(start - self.text_from, end - self.text_from)


def layout_of(document: str, card: Mapping[str, object], marked: tuple[int, int] | None) -> Layout:
    """Where title and text stand in a document: as its card says, else by the text or title that the card has, else as far as a mark says that it is the title.

    Raises:
        ValueError: the card is of another document.
    """
    begins, text, title = card.get("text_from"), card.get("text"), card.get("title") or ""
    if isinstance(begins, int):
        if not 0 <= begins <= len(document) or document[: max(begins - 1, 0)] != (title if begins else ""):
            raise ValueError(
                f"{CARDS} tells of another document: its title does not stand before character {begins}"
            )
        return Layout(max(begins - 1, 0), begins)
    if isinstance(text, str):
        if document == text:
            return Layout()
        if document == f"{title}\n{text}":
            return Layout(len(str(title)), len(str(title)) + 1)
        raise ValueError("its text is not that of the article of its name")
    if marked is None:
        return Layout()
    rest = document[marked[1] :]
    return Layout(marked[1], marked[1] + len(rest) - len(rest.lstrip()))


def article_card(name: str, document: str, card: Mapping[str, object], layout: Layout) -> Json:
    """The fields of the article of a document; ``name`` is its id where the card has none."""
    title = document[: layout.title_end] or card.get("title") or ""
    text = document[layout.text_from :]
    return {
        "id": card.get("id") or name, **{field: card.get(field) for field in FIELDS[:2]}, "title": title, "text": text, "url": card.get("url"),
    }  # fmt: skip
