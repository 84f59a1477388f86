"""An article as a store takes it in: read, with everything that was worked out about it while its text was at hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from marsad.model.article import Article

Fate = Literal["new", "changed", "reread", "unchanged", "taken"]
"""What became of an article that came in: it is new; it has a new version; the same text was read by another reader; nothing about it is new; its id
belongs to another article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """One article with its claims, ready to be put into tables.

    Attributes:
        article: The article.
        claims: Its claims as rows of the table of claims.
        reader: Name and version of what read it.
        signature: What near copies are found by (`marsad.articles.sign`); ``sequences`` is the number of different runs of words.
        words: Title and text as they are searched.
        piece: What of the input it was, in a form that stays (``file:...``, ``record:...``, an address).
        piece_digest: SHA-256 of its bytes.
        place: The file or address, for people.
        kept: Where the raw response lies in the archive, as JSON, or "".
    """

    article: Article
    claims: tuple[Mapping[str, Any], ...]
    reader: str
    signature: bytes
    sequences: int
    words: tuple[str, str]
    piece: str
    piece_digest: str
    place: str
    kept: str = ""

    @property
    def digest(self) -> str:
        """The digest of its version: another one, another version."""
        return version_digest(self.article)

    @property
    def exact(self) -> str:
        """SHA-256 of the text without regard to blanks: two articles that have it in common are exact copies."""
        return _sha256(" ".join(self.article.text.split()))


def version_digest(article: Article) -> str:
    """SHA-256 of everything that makes a version of an article: title, text, day, outlet and address."""
    parts = [article.title, article.text, article.published, article.outlet, article.url]
    return _sha256(json.dumps(parts, ensure_ascii=True))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
