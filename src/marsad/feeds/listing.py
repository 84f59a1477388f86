"""What a document of an outlet lists: feed, sitemap or OPML, told by what it holds and not by what it is called.

The kind shows in the first element that is the root of one of the formats; a page, which may have anything in it, is
none of them. A document that declares entities of its own is refused before any parser sees it: no outlet needs them,
and they are how a small file is made to expand to a large one or to name files of this computer.
"""

from __future__ import annotations

import re

from marsad.errors import SetAside
from marsad.feeds.entries import Kind, Listing
from marsad.feeds.letters import text_of
from marsad.feeds.unpacking import GZIP, gunzipped

LARGEST = 20_000_000
"""Bytes of a document, unpacked."""

_ROOT = re.compile(
    r"<(?:[A-Za-z][\w.-]{0,30}:)?(rss|rdf|feed|urlset|sitemapindex|opml|html)(?=[\s>/])|<!doctype\s+html",
    re.IGNORECASE,
)
_HEAD = 65_536
"""Characters in which the root must stand; what comes before it are comments, or complaints of the server's software."""
_KINDS: dict[str, Kind] = {
    "rss": "feed", "rdf": "feed", "feed": "feed", "urlset": "sitemap", "sitemapindex": "sitemap_index", "opml": "opml",
}  # fmt: skip
_DECLARES_ENTITIES = re.compile(r"<!entity", re.IGNORECASE)


def listing_of(body: bytes, *, address: str, media_type: str = "", charset: str | None = None) -> Listing:
    """What a document lists; kind ``none``, where it is no feed, sitemap or OPML.

    Args:
        body: The document; a sitemap may be a gzip file.
        address: Where it came from; relative addresses in it count from there.
        media_type: What the answer called it; it matters only for a message.
        charset: The encoding that the answer named.

    Raises:
        SetAside: ``bad_feed``, where it is one of these but cannot be read; ``too_long``.
    """
    body = _unpacked(body)
    if len(body) > LARGEST:
        raise SetAside("too_long", f"{address} has {len(body):,} bytes, and the limit is {LARGEST:,}")
    text = text_of(body, charset)
    if text.lstrip()[:1] in ("{", "["):
        from marsad.feeds.json_feed import json_listing

        return json_listing(text, address)
    found = _ROOT.search(text, 0, _HEAD)
    kind: Kind = _KINDS.get((found[1] or "").lower(), "none") if found else "none"
    if kind == "none":
        return Listing(kind="none")
    if _DECLARES_ENTITIES.search(text):
        called = f" ({media_type})" if media_type else ""
        raise SetAside("bad_feed", f"{address}{called} declares entities of its own, which are not expanded")
    return _read(kind, text, address)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(GZIP):
        return body
    try:
        return gunzipped(body, LARGEST)
    except SetAside as refusal:
        if refusal.reason == "too_long":
            raise
        raise SetAside("bad_feed", refusal.message) from None


def _read(kind: Kind, text: str, address: str) -> Listing:
    if kind == "feed":
        from marsad.feeds.syndication import feed_listing

        return feed_listing(text, address)
    from marsad.feeds.xml_lists import xml_listing

    return xml_listing(kind, text, address)
