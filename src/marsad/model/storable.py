"""What JSON can spell and neither a database nor a column of text can hold."""

from __future__ import annotations

import re
from dataclasses import replace

from marsad.model.article import Article

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL and halves of surrogate pairs: one code point for one, so that offsets stay."""


def storable_text(text: str) -> str:
    """The text with U+FFFD for every code point that cannot be stored."""
    return _UNSTORABLE.sub("\ufffd", text) if _UNSTORABLE.search(text) else text


def storable(article: Article) -> Article:
    """The article without code points that a database cannot hold; each is replaced by one, so spans stay true."""
    if not any(map(_UNSTORABLE.search, _texts(article))):
        return article
    return replace(
        article,
        id=storable_text(article.id),
        text=storable_text(article.text),
        title=storable_text(article.title),
        outlet=storable_text(article.outlet) if article.outlet else article.outlet,
        url=storable_text(article.url) if article.url else article.url,
    )


def _texts(article: Article) -> tuple[str, ...]:
    return (article.id, article.text, article.title, article.outlet or "", article.url or "")
