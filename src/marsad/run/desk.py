"""The desk: gets pages and listings for a project, politely, and keeps every answer in the archive before it is looked into.

One request at a time, whichever host may be asked next: a desk runs for weeks, and what it must not do is fail, hurry or lose anything. A page that a feed
names is *wanted* from the moment on at which the feed's answer is noted, and until it is stored or set aside.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from html import escape

from sqlalchemy import Connection

from marsad.articles import About, RawArticle
from marsad.errors import SetAside, TryAgain
from marsad.feeds import (
    Entry,
    FeedState,
    Fetched,
    Fetcher,
    Keeper,
    Listing,
    Politeness,
    Robots,
    Seen,
    Stopped,
    address_of,
    after_failure,
    after_gone,
    after_not_modified,
    after_success,
    listing_of,
    to_row,
)
from marsad.store import Store, set_aside
from marsad.store.feeds import (
    WantedPage,
    add_feed,
    not_wanted,
    postpone,
    put_feed_state,
    settled,
    want,
    wanted_pages,
)

_GONE = (404, 410, 451)
_MOST_ATTEMPTS = 6
_FIRST_WAIT = timedelta(minutes=10)
_LOOK_AGAIN, _STILL_NEWS = timedelta(hours=6), timedelta(days=3)
"""A page is looked at again after so long, while it is younger than this: corrections come on the first days."""
_MOST_FEEDS = 1_000
"""That one list may bring."""
_FULL_TEXT = 400
"""Characters from which on a feed's own text of an entry is taken for the article, where its page cannot be had."""

Refused = Callable[[str, SetAside], None]


@dataclass(slots=True)
class Desk:
    """What gets pages for one project.

    Args:
        store: Where feeds and wanted pages are noted.
        fetcher: Gets one address.
        robots: What outlets allow.
        politeness: When a host may be asked.
        keeper: Writes answers to the archive.
        chance: Numbers from 0 to 1, for jitter.
        refused: Told of each page that is set aside.
        stopped: Whether the desk was told to stop.
        now: The clock on the wall.

    Attributes:
        failed: Requests that came to nothing.
        asking: Whether a request is under way: only then may a signal break in.
    """

    store: Store
    fetcher: Fetcher
    robots: Robots
    politeness: Politeness
    keeper: Keeper
    chance: Callable[[], float]
    refused: Refused
    stopped: Callable[[], bool] = lambda: False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    failed: int = 0
    asking: bool = False

    def get(self, address: str, etag: str | None = None, modified: str | None = None) -> tuple[Fetched, str]:
        """The answer for an address, and where it is kept (as JSON; "" for one that is not kept).

        Raises:
            Stopped: the desk was told to stop.
            TryAgain: there was no answer, or the site does not say now what it allows.
            SetAside: the address must not be asked (``robots``, ``private_address``, ``bad_address`` ...).
        """
        place = address_of(address)
        if not self.robots.allowed(address):
            raise SetAside("robots", f"{place.origin} does not allow {address} to be fetched (robots.txt)")
        with self.politeness.turn(place.origin, self.robots.crawl_delay(address)):
            self.asking = True
            try:
                fetched = self.fetcher.get(address, etag=etag, modified=modified)
            finally:
                self.asking = False
        kept = json.dumps(asdict(self.keeper.keep(fetched))) if fetched.status == 200 else ""
        return fetched, kept

    # Listings

    def poll(self, state: FeedState) -> tuple[FeedState, Listing | None]:
        """Ask a feed; what is known of it then is noted, together with the pages that it names and that are not known yet.

        Raises:
            Stopped: the desk was told to stop.
        """
        try:
            fetched, _ = self.get(state.address, state.etag, state.modified)
        except Stopped:
            raise
        except (TryAgain, SetAside) as error:
            return self._noted(state, after_failure(state, self.now(), self.chance), str(error))
        if fetched.status == 304:
            return self._noted(state, after_not_modified(state, self.now(), self.chance))
        if fetched.status == 410:
            return self._noted(
                state, after_gone(state, self.now()), "the outlet says that it is gone for good"
            )
        if fetched.status != 200:
            waiting = after_failure(state, self.now(), self.chance, fetched.retry_after)
            return self._noted(state, waiting, f"status {fetched.status} {fetched.reason}".strip())
        try:
            listing = listing_in(fetched)
        except SetAside as refusal:
            return self._noted(state, after_failure(state, self.now(), self.chance), refusal.message)
        return self.listed(state, fetched, listing), listing

    def _noted(self, before: FeedState, after: FeedState, why: str = "") -> tuple[FeedState, None]:
        with self.store.database.writing() as connection:
            put_feed_state(connection, before.address, to_row(after))
        if why:
            self.failed += 1
            self.refused(before.address, SetAside("feed_failed", f"{why}; it is asked again later"))
        return after, None

    def listed(self, state: FeedState, fetched: Fetched, listing: Listing) -> FeedState:
        """Note what a feed answered: the pages that are new, and what is known of it then."""
        with self.store.database.writing() as connection:
            pages = self._new_pages(connection, listing, state.outlet)
            seen = Seen(
                new_entries=len(pages),
                etag=fetched.etag,
                modified=fetched.last_modified,
                moved_to=fetched.moved_permanently,
            )
            after = after_success(state, self.now(), seen, self.chance)
            if listing.kind in ("feed", "sitemap"):
                want(connection, after.address, pages)
            else:
                _watch_all(connection, listing, state.every)
            put_feed_state(connection, state.address, to_row(after))
        return after

    def _new_pages(
        self, connection: Connection, listing: Listing, outlet: str
    ) -> dict[str, dict[str, str | None]]:
        entries = {entry.address: entry for entry in listing.entries}
        known = settled(connection, entries)
        pages = {}
        for address, entry in entries.items():
            if address not in known or self._may_have_changed(entry, known[address]):
                pages[address] = said(entry, outlet)
        return pages

    def _may_have_changed(self, entry: Entry, fetched: str) -> bool:
        if entry.published is None:
            return False
        now = self.now()
        day = datetime.fromisoformat(entry.published)
        day = day if day.tzinfo else day.replace(tzinfo=UTC)
        return now - day < _STILL_NEWS and now - datetime.fromisoformat(fetched) > _LOOK_AGAIN

    # Pages

    def pages(self, feeds: Iterable[str] | None = None) -> Iterator[RawArticle]:
        """The wanted pages whose time has come, one after the other, taking turns between hosts; told to stop, it ends, and the rest stays wanted."""
        with self.store.database.reading() as connection:
            wanted = wanted_pages(connection, feeds)
        queues: dict[str, deque[WantedPage]] = defaultdict(deque)
        for page in wanted:
            queues[_origin(page.address)].append(page)
        while queues and not self.stopped():
            origin = min(queues, key=lambda one: (self.politeness.seconds_until(one), one))
            page = queues[origin].popleft()
            try:
                raw, reached = self._page(page)
            except Stopped:
                return
            if raw is not None:
                yield raw
            if not reached or not queues[origin]:
                del queues[origin]  # a host that does not answer is left alone until the next time

    def _page(self, page: WantedPage) -> tuple[RawArticle | None, bool]:
        """A page as it came, and whether its host answered."""
        try:
            fetched, kept = self.get(page.address)
        except Stopped:
            raise
        except TryAgain as error:
            return self._later(page, str(error)), False
        except SetAside as refusal:
            return self._refuse(page, refusal), True
        if fetched.status == 200:
            return page_of(fetched, kept, page), True
        if fetched.status in _GONE:
            return self._refuse(
                page, SetAside("gone", f"status {fetched.status} {fetched.reason}".strip())
            ), True
        return self._later(page, f"status {fetched.status}"), fetched.status < 500 and fetched.status != 429

    def _later(self, page: WantedPage, why: str) -> RawArticle | None:
        if page.attempts + 1 >= _MOST_ATTEMPTS:
            return self._refuse(page, SetAside("unreachable", f"{why} (tried {page.attempts + 1} times)"))
        due = self.now() + _FIRST_WAIT * 2**page.attempts
        with self.store.database.writing() as connection:
            postpone(connection, page.address, due.isoformat(timespec="milliseconds"))
        self.failed += 1
        self.refused(page.address, SetAside("later", f"{why}; it is tried again later"))
        return None

    def _refuse(self, page: WantedPage, refusal: SetAside) -> RawArticle | None:
        """The entry's own text, where the feed gave it in full; else the page is set aside."""
        if (article := _from_feed(page)) is not None:
            return article
        row = {"place": page.address, "digest": "", "reason": refusal.reason, "message": refusal.message}
        with self.store.database.writing() as connection:
            set_aside(connection, [row], None)
            not_wanted(connection, [page.address])
        self.failed += 1
        self.refused(page.address, refusal)
        return None

    def tidy(self) -> None:
        """Forget that pages are wanted that have been stored or set aside since."""
        with self.store.database.writing() as connection:
            waiting = {page.address: page for page in wanted_pages(connection)}
            done = settled(connection, waiting)
            not_wanted(
                connection,
                [one for one, when in done.items() if when >= str(waiting[one].data.get("at", ""))],
            )


def _watch_all(connection: Connection, listing: Listing, every: float) -> int:
    """Begin to watch the feeds of an OPML list, or the parts of a site map's index; how many are new."""
    named = listing.kind == "opml"
    states = [
        FeedState(address=entry.address, outlet=entry.title if named else "", every=every)
        for entry in listing.entries[:_MOST_FEEDS]
    ]
    return sum(add_feed(connection, state.address, to_row(state), state.outlet) for state in states)


def watch_feed(store: Store, state: FeedState, title: str = "") -> bool:
    """Begin to watch a feed; False where it is watched already."""
    with store.database.writing() as connection:
        return add_feed(connection, state.address, to_row(state), title)


def listing_in(fetched: Fetched) -> Listing:
    """What an answer lists.

    Raises:
        SetAside: ``bad_feed``.
    """
    return listing_of(
        fetched.body,
        address=fetched.final_address,
        media_type=fetched.media_type,
        charset=fetched.charset,
    )


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
    return _from_feed(WantedPage(address=entry.address, feed="", attempts=0, data=said(entry, outlet)))


def _from_feed(page: WantedPage) -> RawArticle | None:
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


def _origin(address: str) -> str:
    try:
        return address_of(address).origin
    except SetAside:
        return ""
