"""What a feed lists: its entries, and how one is made so that it can be relied on.

An entry has an absolute address of the web, and texts that any file or database can hold. What has no such address is
left out and counted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from marsad.feeds.address import joined
from marsad.feeds.dates import published_of
from marsad.feeds.letters import clean

Kind = Literal["feed", "sitemap", "sitemap_index", "opml", "none"]

MOST_ENTRIES, MOST_IN_SITEMAP = 10_000, 50_000
_TAG = re.compile(r"<[^<>]{1,1000}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article that a feed names, or one feed that an OPML file or one sitemap that an index names.

    Args:
        address: Absolute, http or https.
        title: On one line; empty where there is none.
        published: ISO time with the offset that the feed gave, a bare day, or None where the feed does not say.
        content_html: The text in full, where the feed has it.
        summary: The feed's own short text, often HTML.
        id: The feed's name for the entry, often an address.
    """

    address: str
    title: str = ""
    published: str | None = None
    content_html: str = ""
    summary: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a document lists, in its own order.

    Args:
        kind: ``none``, where the document is none of those that list anything.
        left_out: Entries without an address of the web, or beyond the limit.
    """

    kind: Kind
    title: str = ""
    entries: tuple[Entry, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry as it was found: any text may be missing, the address relative."""

    address: object
    title: object = ""
    published: object = None
    content_html: object = ""
    summary: object = ""
    id: object = ""


def listing(kind: Kind, title: object, found: Iterable[Found], base: str) -> Listing:
    """The listing of what was found.

    Args:
        kind: What the document is.
        title: Its title, if it is a text.
        found: Its entries; those beyond the limit of the kind are counted only.
        base: The document's own address.
    """
    all_found = iter(found)
    most = MOST_IN_SITEMAP if kind.startswith("sitemap") else MOST_ENTRIES
    made = [_entry(one, base) for one in islice(all_found, most)]
    entries = tuple(one for one in made if one is not None)
    beyond = sum(1 for _ in all_found)
    return Listing(kind=kind, title=_line(title), entries=entries, left_out=len(made) - len(entries) + beyond)


def plain(text: str) -> str:
    """The words of a title that was given as HTML."""
    return html.unescape(_TAG.sub(" ", text))


def _entry(found: Found, base: str) -> Entry | None:
    address = (
        joined(base, found.address) if isinstance(found.address, str) and found.address.strip() else None
    )
    if address is None:
        return None
    return Entry(
        address=address,
        title=_line(found.title),
        published=published_of(found.published) if isinstance(found.published, str) else None,
        content_html=_text(found.content_html),
        summary=_text(found.summary),
        id=_line(found.id),
    )


def _text(value: object) -> str:
    return clean(value).strip() if isinstance(value, str) else ""


def _line(value: object) -> str:
    return " ".join(_text(value).split())
