"""RSS and Atom, also where they are broken: `feedparser` reads them, offline.

It is given text that is already decoded, so that it never guesses an encoding, and it is asked neither to clean nor to
complete HTML. Its own reading of dates is not used, as it turns every time to UTC. For Atom only ``published`` counts:
``updated`` is the last change. In RSS ``dc:date`` is a date of publication too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from marsad.errors import SetAside
from marsad.feeds.entries import Found, Listing, listing, plain

_MISHAPS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What `feedparser` stumbles into on hostile input, as fuzzing shows; none of it says anything about Marsad."""
_UTF8 = {"content-type": "application/xml; charset=utf-8"}
_LAST_CHANGE = re.compile(r"<(?:atom\w*:updated|dcterms:modified)\b")
_HALVES = re.compile(r"(?:&#(?:x0{0,4}d[89a-f][0-9a-f]{2}|0{0,4}5[5-7]\d{3});)+", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")


def feed_listing(text: str, address: str) -> Listing:
    """The entries of an RSS or Atom feed.

    Raises:
        SetAside: ``bad_feed``, where nothing can be made of it.
    """
    import feedparser  # type: ignore[import-untyped]

    # A stream, as bytes could be taken for the name of a file.
    body = io.BytesIO(_HALVES.sub(_joined, text).encode("utf-8", "replace"))
    try:
        parsed = feedparser.parse(
            body, response_headers=_UTF8, resolve_relative_uris=False, sanitize_html=False
        )
    except _MISHAPS as error:
        raise SetAside("bad_feed", f"{address} cannot be read as a feed: {type(error).__name__}") from error
    version = str(_given(parsed, "version") or "")
    entries = _given(parsed, "entries") or []
    if not entries and _given(parsed, "bozo"):
        raise SetAside("bad_feed", f"{address} cannot be read as a feed: {_given(parsed, 'bozo_exception')}")
    title = _title(_given(parsed, "feed") or {})
    return listing("feed", title, _found(entries, _second_date(version, text)), address)


def _joined(halves: re.Match[str]) -> str:
    """A character that was written as the two halves of UTF-16 (emoji often are); a lone half is a visible mark."""
    numbers = [one.strip("&#;").lower() for one in halves[0].split(";") if one]
    units = [int(one[1:], 16) if one[0] == "x" else int(one) for one in numbers]
    return b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be", "replace")


def _second_date(version: str, text: str) -> str:
    """Where `feedparser` keeps ``dc:date``: with the last change, so only where a feed has no other last change."""
    rss = version.startswith("rss") and not _LAST_CHANGE.search(text)
    return "updated" if rss else "published"


def _found(entries: list[Mapping[str, Any]], date: str) -> Iterator[Found]:
    for entry in entries:
        contents = _given(entry, "content") or [{}]
        yield Found(
            address=_given(entry, "link"),
            title=_title(entry),
            published=_given(entry, "published") or _given(entry, date),
            content_html=_given(contents[0], "value"),
            summary=_given(entry, "summary"),
            id=_given(entry, "id"),
        )


def _title(of: Mapping[str, Any]) -> str:
    title = str(_given(of, "title") or "")
    detail = _given(of, "title_detail") or {}
    return plain(title) if _given(detail, "type") in _HTML else title


def _given(of: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401 (feedparser has no types)
    """A value under its own name: `feedparser` answers for one that is missing with another one."""
    return dict.get(of, key) if isinstance(of, dict) else None
