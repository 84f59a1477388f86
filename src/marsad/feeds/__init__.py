"""From the address of a feed to what it lists, politely and safely: building blocks for a desk that polls for weeks.

`Fetcher` gets one address, past a guard against private networks; `Robots` says what an outlet allows and `Politeness`
when a host may be asked again; a `Keeper` writes each answer to an archive before `listing_of` reads what it lists; the
functions over a `FeedState` say when a feed is due, failing or silent. None of them knows a store, a desk or an article.
"""

from marsad.feeds.address import address_of
from marsad.feeds.entries import Entry, Listing
from marsad.feeds.fetch import Fetched, Fetcher, FetchLimits
from marsad.feeds.guard import Guard
from marsad.feeds.listing import listing_of
from marsad.feeds.politeness import Politeness, Stopped
from marsad.feeds.robots import Robots
from marsad.feeds.schedule import (
    FeedState,
    Seen,
    after_failure,
    after_gone,
    after_not_modified,
    after_success,
    from_row,
    is_due,
    is_silent,
    to_row,
)
from marsad.feeds.warc import Keeper, Kept, read_kept, torn_bytes

__all__ = [
    "Entry",
    "FeedState",
    "FetchLimits",
    "Fetched",
    "Fetcher",
    "Guard",
    "Keeper",
    "Kept",
    "Listing",
    "Politeness",
    "Robots",
    "Seen",
    "Stopped",
    "address_of",
    "after_failure",
    "after_gone",
    "after_not_modified",
    "after_success",
    "from_row",
    "is_due",
    "is_silent",
    "listing_of",
    "read_kept",
    "to_row",
    "torn_bytes",
]
