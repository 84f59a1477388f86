"""What an address, or a saved feed, gives to take in: a page, or the pages that a feed, a site map or an OPML list names."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from marsad.articles import About, RawArticle
from marsad.errors import SetAside, TryAgain
from marsad.feeds import Entry, FeedState, Fetched, Listing, Stopped, address_of, from_row, listing_of
from marsad.run.desk import Desk, NotKept, listing_in, watch_feed
from marsad.run.pages import entry_article, page_of
from marsad.store.feeds import WantedPage, feed_states

_A_LISTING = re.compile(
    rb"<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex|opml)\b|jsonfeed\.org/version", re.IGNORECASE
)
_LOOKED_AT, _LARGEST = 4096, 20_000_000
_GZIP = b"\x1f\x8b"


def is_address(text: str) -> bool:
    """Whether an input is an address of the web and no file."""
    return text.lower().startswith(("http://", "https://"))


def from_address(desk: Desk, state: FeedState) -> Iterator[RawArticle]:
    """The articles at an address. A feed that it turns out to be is watched from now on.

    Raises:
        NotKept: the archive does not take the answer.
    """
    address = state.address
    try:
        address = address_of(address).text
        fetched, kept = _answer(desk, address)
        listing = listing_in(fetched)
    except Stopped:
        return
    except NotKept:
        raise
    except TryAgain as error:
        yield _refused(address, SetAside("unreachable", str(error)))
        return
    except SetAside as refusal:
        yield _refused(address, refusal)
        return
    if listing.kind == "none":
        about = {"outlet": state.outlet}
        yield page_of(fetched, kept, WantedPage(address=address, feed="", attempts=0, data=about))
        return
    watch_feed(desk.store, replace(state, address=address), listing.title)
    known = next(one for one in _states(desk) if one.address == address)
    after = desk.listed(replace(known, outlet=state.outlet or known.outlet, stopped=""), fetched, listing)
    yield from _pages(desk, [after.address], listing)


def _states(desk: Desk) -> list[FeedState]:
    with desk.store.database.reading() as connection:
        return [from_row(row) for row in feed_states(connection, paused=True)]


def _answer(desk: Desk, address: str) -> tuple[Fetched, str]:
    fetched, kept = desk.get(address)
    if fetched.status != 200:
        raise SetAside("unreachable", f"status {fetched.status} {fetched.reason}".strip())
    return fetched, kept


def is_listing(file: str) -> bool:
    """Whether a file is a saved feed, a site map or an OPML list, also gzipped."""
    path = Path(file)
    if not path.is_file():
        return False  # what is read from a pipe to look at it would be lost
    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOKED_AT)
        if head.startswith(_GZIP):
            with gzip.open(path) as unpacked:
                head = unpacked.read(_LOOKED_AT)
    except (OSError, EOFError, zlib.error):
        return False
    return _A_LISTING.search(head) is not None


def listing_of_file(file: str) -> Listing:
    """What a saved feed lists.

    Raises:
        SetAside: it cannot be read.
    """
    path = Path(file)
    try:
        if path.stat().st_size > _LARGEST:
            raise SetAside("too_long", f"more than {_LARGEST:,} bytes, which is the limit of a feed")
        data = path.read_bytes()
    except OSError as error:
        raise SetAside("unreadable", f"it cannot be read: {error.strerror or error}") from error
    return listing_of(
        data, address="http://localhost/"
    )  # a saved feed does not say where it lay: its own addresses must be whole


def from_listing(desk: Desk, file: str, listing: Listing, outlet: str, every: float) -> Iterator[RawArticle]:
    """The articles of a saved feed: those that it has in full from the file itself, the others from their pages. The feeds of an OPML list are watched."""
    if listing.kind in ("opml", "sitemap_index"):
        for entry in listing.entries:
            watch_feed(
                desk.store, FeedState(address=entry.address, outlet=outlet or entry.title, every=every)
            )
        yield from _pages(desk, [], listing)
        return
    others: dict[str, Entry] = {}
    for entry in listing.entries:
        article = entry_article(entry, outlet)
        if article is None:
            others[entry.address] = entry
        else:
            yield article
    desk.want(file, others.values(), outlet)
    yield from desk.pages([file])


def _pages(desk: Desk, feeds: list[str], listing: Listing) -> Iterator[RawArticle]:
    """The pages that are wanted; those of the feeds that a list named are asked for first."""
    if listing.kind in ("opml", "sitemap_index"):
        named = {entry.address for entry in listing.entries}
        for state in _states(desk):
            if state.address not in named or state.stopped:
                continue
            try:
                after, _ = desk.poll(state)
            except Stopped:
                return
            feeds.append(after.address)
    yield from desk.pages(feeds)


def _refused(address: str, refusal: SetAside) -> RawArticle:
    return RawArticle(kind="refused", file=address, refusal=refusal, about=About(url=address))
