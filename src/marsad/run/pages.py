"""From what a feed says of a page, or from the page as it came, to a raw article: known by its address, so that it can change."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from html import escape

from marsad.articles import About, RawArticle
from marsad.errors import SetAside
from marsad.feeds import Entry, Fetched, address_of
from marsad.store.feeds import WantedPage

_FULL_TEXT = 400
"""Characters from which on a feed's own text of an entry is taken for the article, where its page cannot be had."""


def page_of(fetched: Fetched, kept: str, page: WantedPage) -> RawArticle:
    """A fetched page as input; its article is known by the address that it was asked for at."""
    return RawArticle(
        kind="document",
        file=page.address,
        data=fetched.body,
        about=_about(page, fetched.charset),
        kept=kept,
    )


def entry_article(entry: Entry, outlet: str) -> RawArticle | None:
    """The article that a feed itself has in full; None where it has not."""
    return from_feed(WantedPage(address=entry.address, feed="", attempts=0, data=said(entry, outlet)))


def from_feed(page: WantedPage) -> RawArticle | None:
    """The article that the feed itself gave in full with a wanted page; None where it did not."""
    content = str(page.data.get("content") or "")
    if len(content) < _FULL_TEXT:
        return None
    title = escape(str(page.data.get("title") or ""))
    html = f"<html><head><title>{title}</title></head><body><article>{content}</article></body></html>"
    return RawArticle(
        kind="document",
        file=page.address,
        data=html.encode("utf-8", "replace"),
        about=_about(page, "utf-8"),
    )


def _about(page: WantedPage, charset: str | None) -> About:
    data = page.data
    return About(
        id=web_id(page.address),
        url=page.address,
        charset=charset,
        outlet=data.get("outlet") or None,
        published=data.get("published") or None,
        title=data.get("title") or None,
    )


def web_id(address: str) -> str:
    """The id of the article at an address: the same for every version of it.

    >>> web_id("https://example.org/1")
    'web-18c17418f5ad82f0'
    """
    return "web-" + hashlib.sha256(address_of(address).text.encode()).hexdigest()[:16]


def said(entry: Entry, outlet: str) -> dict[str, str | None]:
    """What a feed says of a page, as it is noted with the wanted page."""
    return {
        "title": entry.title,
        "published": entry.published,
        "outlet": outlet,
        "content": entry.content_html,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }


def origin_of(address: str) -> str:
    """Scheme, host and port of an address; nothing for a bad one."""
    try:
        return address_of(address).origin
    except SetAside:
        return ""
