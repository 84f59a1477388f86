"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from marsad.errors import SetAside
from marsad.feeds.entries import Found, Listing, listing


def json_listing(text: str, address: str) -> Listing:
    """The entries of a JSON Feed; other JSON lists nothing.

    Raises:
        SetAside: ``bad_feed``, where it says that it is a JSON Feed and cannot be read.
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        if "jsonfeed.org/version" not in text[:2_000]:
            return Listing(kind="none")
        raise SetAside("bad_feed", f"{address} is not valid JSON: {error}") from None
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version", "")):
        return Listing(kind="none")
    items = feed.get("items")
    if not isinstance(items, list):
        raise SetAside("bad_feed", f"{address} is a JSON Feed without items")
    return listing("feed", feed.get("title"), _found(items), address)


def _found(items: list[Any]) -> Iterator[Found]:
    for item in items:
        row: dict[str, Any] = item if isinstance(item, dict) else {}
        name = row.get("id")
        yield Found(
            address=row.get("url") or row.get("external_url") or name,
            title=row.get("title"),
            published=row.get("date_published"),
            content_html=row.get("content_html") or _as_html(row.get("content_text")),
            summary=row.get("summary"),
            id=str(name) if isinstance(name, (str, int)) else "",
        )


def _as_html(text: object) -> str:
    """Plain text as paragraphs, as all contents are HTML."""
    if not isinstance(text, str):
        return ""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)
