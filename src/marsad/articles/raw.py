"""One article's worth of input, cut from a file but not decoded yet: cheap to make, cheap to send to a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from marsad.errors import SetAside

RawKind = Literal["document", "record", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """A text or page (``document``), a line of JSON or its object (``record``), or what was refused at the door.

    ``file`` is the input as the user named it (``-`` is standard input); ``line`` counts from 1 and is None where
    the article is not a line of its own.
    """

    kind: RawKind
    file: str
    data: bytes | Mapping[str, Any] = b""
    line: int | None = None
    refusal: SetAside | None = None

    @property
    def where(self) -> str:
        """The place of this article for messages: ``news.jsonl:12`` or ``standard input``."""
        name = "standard input" if self.file == "-" else self.file
        return name if self.line is None else f"{name}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read: code points of one article's text and title, and bytes of one document or line."""

    characters: int = 2_000_000
    bytes: int = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the user says about the input.

    For a text or a page it is the user's word about that document and wins over what the page says of itself; in
    JSON each record speaks for itself, and these fill what it leaves out.
    """

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
