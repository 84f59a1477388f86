"""The desk: gets pages and listings for a project, politely, and keeps every answer in the archive before it is looked into.

One request at a time, whichever host may be asked next: a desk runs for weeks, and what it must not do is fail, hurry or lose anything. A page that a feed
names is *wanted* from the moment on at which the feed's answer is noted, and until it is stored or set aside.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from marsad.articles import RawArticle
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
from marsad.run.pages import from_feed, origin_of, page_of, said
from marsad.store import Store, set_aside
from marsad.store.feeds import (
    WantedPage,
    add_feed,
    failed_now,
    not_wanted,
    note_change,
    postpone,
    put_feed_state,
    put_off,
    refused_for_good,
    settled,
    want,
    wanted_pages,
)

_GONE, _BUSY = (404, 410, 451), (429, 502, 503, 504)
"""Answers after which a page is not asked for again, and those that speak for the whole host."""
_MOST_ATTEMPTS = 6
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=10), timedelta(days=1)
_LOOK_AGAIN, _STILL_NEWS = timedelta(hours=6), timedelta(days=3)
"""A page is looked at again after so long, while it is younger than this: corrections come on the first days."""
_MOST_FEEDS = 1_000
"""That one list may bring."""

Refused = Callable[[str, SetAside], None]
_Given = TypeVar("_Given")


class NotKept(TryAgain):
    """An answer came and the archive did not take it: the desk's own trouble, which says nothing of the outlet."""


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
        refused: Told of each page that is set aside, and of what failed and is asked again (``later``, ``feed_failed``).
        stopped: Whether the desk was told to stop.
        now: The clock on the wall.

    Attributes:
        failed: Requests that came to nothing and are made again.
        dropped: Pages that were set aside here, by reason.
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
    dropped: Counter[str] = field(default_factory=Counter)
    asking: bool = False
    _given: set[str] = field(default_factory=set)

    def get(self, address: str, etag: str | None = None, modified: str | None = None) -> tuple[Fetched, str]:
        """The answer for an address, and where it is kept (as JSON; "" for one that is not kept).

        Raises:
            Stopped: the desk was told to stop.
            NotKept: the archive does not take the answer.
            TryAgain: there was no answer, or the site does not say now what it allows.
            SetAside: the address must not be asked (``robots``, ``private_address``, ``bad_address`` ...).
        """
        place = address_of(address)
        allowed, delay = self._breakable(
            lambda: (self.robots.allowed(address), self.robots.crawl_delay(address))
        )
        if not allowed:
            raise SetAside("robots", f"{place.origin} does not allow {address} to be fetched (robots.txt)")
        with self.politeness.turn(place.origin, delay):
            fetched = self._breakable(lambda: self.fetcher.get(address, etag=etag, modified=modified))
        if fetched.status != 200:
            return fetched, ""
        try:
            return fetched, json.dumps(asdict(self.keeper.keep(fetched)))
        except TryAgain as error:
            raise NotKept(str(error)) from error

    def _breakable(self, request: Callable[[], _Given]) -> _Given:
        """What a request gives; meanwhile a signal may break in."""
        self.asking = True
        try:
            return request()
        except TryAgain as error:
            if self.stopped():  # whoever was asked may have taken the signal for a bad connection
                raise Stopped("stopped in the middle of a request") from error
            raise
        finally:
            self.asking = False

    # Listings

    def poll(self, state: FeedState) -> tuple[FeedState, Listing | None]:
        """Ask a feed; what is known of it then is noted, together with the pages that it names and that are not known yet.

        Raises:
            Stopped: the desk was told to stop.
            NotKept: the archive does not take the answer.
        """
        try:
            fetched, _ = self.get(state.address, state.etag, state.modified)
        except (Stopped, NotKept):
            raise
        except (TryAgain, SetAside) as error:
            return self._noted(state, after_failure(state, self.now(), self.chance), str(error))
        if fetched.status == 304:
            return self._noted(state, after_not_modified(state, self.now(), self.chance))
        if fetched.status == 410:
            why = "the outlet says that it is gone for good; it is not asked again"
            return self._noted(state, after_gone(state, self.now()), why)
        if fetched.status != 200:
            waiting = after_failure(state, self.now(), self.chance, fetched.retry_after)
            return self._noted(state, waiting, f"status {fetched.status} {fetched.reason}".strip())
        try:
            listing = _feed_in(fetched)
        except SetAside as refusal:
            return self._noted(state, after_failure(state, self.now(), self.chance), refusal.message)
        return self.listed(state, fetched, listing), listing

    def _noted(self, before: FeedState, after: FeedState, why: str = "") -> tuple[FeedState, None]:
        with self.store.database.writing() as connection:
            put_state(connection, before, after)
        if why:
            self.failed += 1
            again = "" if after.stopped else "; it is asked again later"
            self.refused(before.address, SetAside("feed_failed", f"{why}{again}"))
        return after, None

    def listed(self, state: FeedState, fetched: Fetched, listing: Listing) -> FeedState:
        """Note what a feed answered: the pages that are new, and what is known of it then."""
        with self.store.database.writing() as connection:
            if listing.kind in ("feed", "sitemap"):
                feed = fetched.moved_permanently or state.address
                new = self._want(connection, feed, listing.entries, state.outlet)
            else:
                new = _watch_all(connection, listing, state)
            seen = Seen(
                new_entries=new,
                etag=fetched.etag,
                modified=fetched.last_modified,
                moved_to=fetched.moved_permanently,
            )
            after = after_success(state, self.now(), seen, self.chance)
            put_state(connection, state, after)
        return after

    def want(self, feed: str, entries: Iterable[Entry], outlet: str) -> int:
        """Note the pages of entries that are not known yet, or may have changed; how many were never heard of."""
        with self.store.database.writing() as connection:
            return self._want(connection, feed, entries, outlet)

    def _want(self, connection: Connection, feed: str, listed: Iterable[Entry], outlet: str) -> int:
        entries = {entry.address: entry for entry in listed}
        known = settled(connection, entries)
        for_good = refused_for_good(connection, known)
        pages = {
            address: said(entry, outlet)
            for address, entry in entries.items()
            if address not in known
            or (address not in for_good and self._may_have_changed(entry, known[address]))
        }
        return len(want(connection, feed, pages) - known.keys())

    def _may_have_changed(self, entry: Entry, fetched: str) -> bool:
        if entry.published is None:
            return False
        now = self.now()
        day = datetime.fromisoformat(entry.published)
        day = day if day.tzinfo else day.replace(tzinfo=UTC)
        return now - day < _STILL_NEWS and now - datetime.fromisoformat(fetched) > _LOOK_AGAIN

    # Pages

    def pages(self, feeds: Iterable[str] | None = None) -> Iterator[RawArticle]:
        """The wanted pages whose time has come, one after the other, taking turns between hosts; told to stop, it ends, and the rest stays wanted.

        Raises:
            NotKept: the archive does not take an answer.
        """
        self._given.clear()
        self.tidy()
        with self.store.database.reading() as connection:
            wanted = wanted_pages(connection, self.now(), feeds)
        queues: dict[str, deque[WantedPage]] = defaultdict(deque)
        for page in wanted:
            queues[origin_of(page.address)].append(page)
        while queues and not self.stopped():
            origin = min(queues, key=lambda one: (self.politeness.seconds_until(one), one))
            page = queues[origin].popleft()
            try:
                raw, busy_for = self._page(page)
            except Stopped:
                return
            if raw is not None:
                self._given.add(page.address)
                yield raw
            if busy_for is not None:
                self._leave_alone(queues[origin], busy_for)
            if busy_for is not None or not queues[origin]:
                del queues[origin]

    def _leave_alone(self, pages: Iterable[WantedPage], wait: timedelta) -> None:
        """The other pages of a host that does not answer wait as well; that counts as no attempt."""
        with self.store.database.writing() as connection:
            put_off(connection, [page.address for page in pages], _text_of(self.now() + wait))

    def _page(self, page: WantedPage) -> tuple[RawArticle | None, timedelta | None]:
        """A page as it came, and for how long its host is to be left alone where it does not answer."""
        try:
            fetched, kept = self.get(page.address)
        except (Stopped, NotKept):
            raise
        except TryAgain as error:
            return self._later(page, str(error), _FIRST_WAIT), _FIRST_WAIT
        except SetAside as refusal:
            return self._refuse(page, refusal), None
        if fetched.status == 200:
            return page_of(fetched, kept, page), None
        why = f"status {fetched.status} {fetched.reason}".strip()
        if fetched.status in _GONE:
            return self._refuse(page, SetAside("gone", why)), None
        wait = min(max(timedelta(seconds=fetched.retry_after or 0), _FIRST_WAIT), _LONGEST_WAIT)
        return self._later(page, why, wait), wait if fetched.status in _BUSY else None

    def _later(self, page: WantedPage, why: str, wait: timedelta) -> RawArticle | None:
        if page.attempts + 1 >= _MOST_ATTEMPTS:
            return self._refuse(page, SetAside("unreachable", f"{why} (tried {page.attempts + 1} times)"))
        due = self.now() + max(_FIRST_WAIT * 2**page.attempts, wait)
        with self.store.database.writing() as connection:
            postpone(connection, page.address, _text_of(due))
        self.failed += 1
        self.refused(page.address, SetAside("later", f"{why}; it is tried again later"))
        return None

    def _refuse(self, page: WantedPage, refusal: SetAside) -> RawArticle | None:
        """The entry's own text, where the feed gave it in full; else the page is set aside."""
        if (article := from_feed(page)) is not None:
            return article
        row = {"place": page.address, "digest": "", "reason": refusal.reason, "message": refusal.message}
        with self.store.database.writing() as connection:
            set_aside(connection, [row], None)
            not_wanted(connection, [page.address])
        self.dropped[refusal.reason] += 1
        self.refused(page.address, refusal)
        return None

    def tidy(self) -> None:
        """Forget that pages are wanted that have been stored or set aside since; to be called when what `pages` gave has been.

        A page that a model gave no usable answer to is wanted again, later.
        """
        with self.store.database.writing() as connection:
            waiting = {page.address: page for page in wanted_pages(connection)}
            done = settled(connection, waiting)
            since = {one for one, when in done.items() if when >= str(waiting[one].data.get("at", ""))}
            # The clock may have been set back meanwhile: what this desk gave is done whatever the times say.
            over = since | (self._given & done.keys())
            again = {
                one for one in failed_now(connection, over) if waiting[one].attempts + 1 < _MOST_ATTEMPTS
            }
            for one in sorted(again & self._given):
                postpone(connection, one, _text_of(self.now() + _FIRST_WAIT * 2 ** waiting[one].attempts))
            not_wanted(connection, sorted(over - again))


def put_state(connection: Connection, before: FeedState, after: FeedState) -> None:
    """Note what is known of a feed now, and whether it has gone silent or speaks again."""
    put_feed_state(connection, before.address, to_row(after))
    if (before.silent_since is None) != (after.silent_since is None):
        note_change(connection, "feed", [(after.address, voice(before), voice(after))])


def voice(state: FeedState) -> str:
    """Whether a feed is silent, for people."""
    return f"silent since {state.silent_since:%Y-%m-%d %H:%M}" if state.silent_since else "speaks"


def _watch_all(connection: Connection, listing: Listing, by: FeedState) -> int:
    """Begin to watch the feeds of an OPML list, or the parts of a site map's index; how many are new."""
    named = listing.kind == "opml"
    states = [
        FeedState(address=entry.address, outlet=entry.title if named else by.outlet, every=by.every)
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


def _feed_in(fetched: Fetched) -> Listing:
    listing = listing_in(fetched)
    if listing.kind == "none":
        raise SetAside("bad_feed", f"it is no feed but {fetched.media_type or 'something else'}")
    return listing


def _text_of(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
