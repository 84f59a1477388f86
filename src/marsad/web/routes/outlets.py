"""``/outlets``: who published what is stored, and the feeds that are watched, which an admin may pause, let go on, drop and add."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from starlette.responses import Response

from marsad.errors import InputError
from marsad.store.feeds import drop_feed, pause_feed, resume_feed
from marsad.store.reads.outlets import feed_rows
from marsad.web.twins import Listing, twin
from marsad.web.views.bars import STATUSES
from marsad.web.views.chosen import chips
from marsad.web.views.outlets import (
    ROWS,
    SORTS,
    Listed,
    address_given,
    asked_for,
    feeds_shown,
    listed,
    opml,
    outlets_asked,
)
from marsad.web.views.outlets import outlets as all_outlets
from marsad.web.visit import Visit

_COLUMNS = (
    "id", "label", "label_ar", "country", "ownership", "owner", "alignment", "agency", "articles", "copies", "claims", "first", "last",
    "incidents", "shared", "leading", *STATUSES[:-1],
)  # fmt: skip
_MOST_SKIPPED = 1_000_000


def outlets(visit: Visit) -> Response:
    """The outlets, and the feeds."""
    skip = visit.number("skip", 0, _MOST_SKIPPED)
    with visit.reading() as connection:
        found = outlets_asked(visit, connection)
        lines = all_outlets(visit, connection)
        every = listed(visit, connection)
        feeds = feeds_shown(feed_rows(connection))
    said: dict[str, Callable[[str], str]] = {"q": str, "country": str}
    return visit.page(
        "outlets.html", rows=found[skip : skip + ROWS], total=len(found), skip=skip, lines=lines, feeds=feeds, sorts=SORTS,
        most=ROWS, chips=chips(visit, said),
        countries=sorted({one.known.country for one in every if one.known and one.known.country}),
        asked=asked_for(visit.workspace.chores.all()), named={entry.address for entry in visit.workspace.project.plan.feeds},
    )  # fmt: skip


def outlets_twin(visit: Visit) -> Response:
    """The outlets in another form."""

    def rows() -> Iterator[dict[str, Any]]:
        with visit.reading() as connection:
            found = outlets_asked(visit, connection)
        yield from map(_flat, found)

    listing = Listing(
        name="outlets", path="/outlets", columns=_COLUMNS, rows=rows, moment="last",
        page=lambda row: visit.address("/outlets", q=row["id"]), title=lambda row: f"{row['label'] or row['id']}: {row['articles']} articles",
    )  # fmt: skip
    return twin(visit, listing)


def _flat(one: Listed) -> dict[str, Any]:
    known, sums = one.known, one.sum
    return {
        "id": one.name, "label": known.label.en if known else None, "label_ar": known.label.ar if known else None,
        "country": known.country or None if known else None, "ownership": known.ownership if known else None,
        "owner": known.owner or None if known else None, "alignment": known.alignment or None if known else None,
        "agency": known.agency if known else None, "articles": sums.articles, "copies": sums.copies, "claims": sums.claims,
        "first": sums.first_day, "last": sums.last_day, "incidents": one.told, "shared": sums.shared, "leading": sums.leading,
        **{status: sums.incidents.get(status, 0) for status in STATUSES[:-1]},
    }  # fmt: skip


def outlets_opml(visit: Visit) -> Response:
    """All feeds as a list that readers of feeds take."""
    with visit.reading() as connection:
        rows = feed_rows(connection)
    names = {row.address: row.outlet or row.title or row.address for row in rows}
    headers = {"content-disposition": 'attachment; filename="feeds.opml"'}
    return Response(
        opml(rows, names).encode("utf-8", "replace"), media_type="text/x-opml; charset=utf-8", headers=headers
    )


def feeds(visit: Visit) -> Response:
    """A form about one feed: pause, resume, drop, or add it.

    Raises:
        InputError: there is no such thing to do, or the address is none.
    """
    visit.need("admin")
    todo, address = visit.field("do"), visit.field("address")
    who = visit.session.who
    if todo == "add":
        visit.workspace.chores.ask("ingest", address_given(address), who=who)
    elif todo in _CHANGES:
        with visit.writing() as connection:
            _CHANGES[todo](connection, address, who)
    else:
        raise InputError(f"do={todo!r} is none of add, {', '.join(_CHANGES)}")
    return visit.go("/outlets#feeds")


_CHANGES: dict[str, Callable[..., object]] = {"pause": pause_feed, "resume": resume_feed, "drop": drop_feed}

ROUTES = (
    ("/outlets", outlets),
    ("/outlets/feeds", feeds, "POST"),
    ("/outlets.opml", outlets_opml),
    ("/outlets.{form}", outlets_twin),
)
