"""What is watched, and which pages are still wanted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.audit import note, now
from marsad.store.db import batches, insert

_AT_ONCE = ""
_TOO_FAR = timedelta(hours=25)
"""No page waits longer than a day: one that is due later than this was noted while the clock was wrong."""
_FOR_GOOD = ("gone", "robots", "private_address", "bad_address")
_F, _W, _S, _X = tables.feeds.c, tables.wanted.c, tables.seen.c, tables.setaside.c


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPage:
    """A page that a feed named: its address, the feed's, how often it was tried in vain, and what the feed says of it."""

    address: str
    feed: str
    attempts: int
    data: Mapping[str, Any]


def add_feed(connection: Connection, address: str, state: Mapping[str, Any], title: str = "") -> bool:
    """Begin to watch a feed; False where it is watched already."""
    if connection.scalar(select(_F.id).where(_F.id == address)) is not None:
        return False
    row = {
        "id": address,
        "outlet": state.get("outlet") or None,
        "title": title or None,
        "added": now(),
        "paused": False,
        "data": json.dumps(state),
    }
    insert(connection, tables.feeds, [row])
    note(connection, "feed", address, {"outlet": row["outlet"]})
    return True


def pause_feed(connection: Connection, address: str, who: str = "") -> bool:
    """Do not ask a feed until `resume_feed`; pages of it that are wanted already are still fetched. False where it is paused already.

    Raises:
        InputError: it is not watched.
    """
    return _set_paused(connection, address, who, paused=True)


def resume_feed(connection: Connection, address: str, who: str = "") -> bool:
    """Ask a feed again; False where it is not paused.

    Raises:
        InputError: it is not watched.
    """
    return _set_paused(connection, address, who, paused=False)


def _set_paused(connection: Connection, address: str, who: str, *, paused: bool) -> bool:
    row = _watched(connection, address)
    if bool(row.paused) == paused:
        return False
    connection.execute(update(tables.feeds).where(_F.id == address).values(paused=paused))
    note(connection, "feed paused" if paused else "feed resumed", address, {"outlet": row.outlet}, who)
    return True


def drop_feed(connection: Connection, address: str, who: str = "") -> int:
    """Stop watching a feed, and forget the pages of it that are still wanted; how many these were. What came of it stays.

    Raises:
        InputError: it is not watched.
    """
    row = _watched(connection, address)
    wanted = connection.execute(delete(tables.wanted).where(_W.feed == address)).rowcount
    connection.execute(delete(tables.feeds).where(_F.id == address))
    note(connection, "feed dropped", address, {"outlet": row.outlet, "wanted": wanted}, who)
    return wanted


def _watched(connection: Connection, address: str) -> Row[str | None, bool]:
    row = connection.execute(select(_F.outlet, _F.paused).where(_F.id == address)).first()
    if row is None:
        raise InputError(f"{address} is no feed that is watched; `marsad watch --list` shows those that are")
    return row


def feed_states(connection: Connection, *, paused: bool = False) -> list[dict[str, Any]]:
    """What is known of each feed, by address; those that are paused too, where asked for."""
    query = select(_F.data).order_by(_F.id)
    rows = connection.scalars(query if paused else query.where(~_F.paused))
    return [json.loads(data) for data in rows]


def put_feed_state(connection: Connection, address: str, state: Mapping[str, Any]) -> None:
    """Note what is known of a feed now; ``state`` may name a new address, under which the feed is kept from now on."""
    moved = state["address"]
    if moved != address:
        if connection.scalar(select(_F.id).where(_F.id == moved)) is not None:
            connection.execute(delete(tables.feeds).where(_F.id == address))
            return
        note(connection, "feed moved", address, {"to": moved})
    values = {"id": moved, "outlet": state.get("outlet") or None, "data": json.dumps(state)}
    connection.execute(update(tables.feeds).where(_F.id == address).values(values))


def want(connection: Connection, feed: str, pages: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Note pages that are to be fetched, by address, with what the feed says of each; one that is wanted already stays as it is.

    Gives those that were not wanted before.
    """
    held: set[str] = set()
    for some in batches(list(pages)):
        held.update(connection.scalars(select(_W.id).where(_W.id.in_(some))))
    moment = now()
    rows = [
        {
            "id": address,
            "feed": feed,
            "attempts": 0,
            "due": _AT_ONCE,
            "added": moment,
            "data": json.dumps(dict(data)),
        }
        for address, data in pages.items()
        if address not in held
    ]
    insert(connection, tables.wanted, rows)
    return pages.keys() - held


def wanted_pages(
    connection: Connection, moment: datetime | None = None, feeds: Iterable[str] | None = None
) -> list[WantedPage]:
    """Pages that are wanted, the longest waiting first.

    Args:
        connection: A reading connection.
        moment: Only those whose time has come then.
        feeds: Only those of these feeds.
    """
    query = select(tables.wanted).order_by(_W.added, _W.id)
    if moment is not None:
        query = query.where((_W.due <= _text(moment)) | (_W.due > _text(moment + _TOO_FAR)))
    if feeds is not None:
        query = query.where(_W.feed.in_(list(feeds)))
    return [
        WantedPage(address=row.id, feed=row.feed, attempts=row.attempts, data=json.loads(row.data))
        for row in connection.execute(query)
    ]


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def postpone(connection: Connection, address: str, due: str) -> None:
    """A page could not be had; try again later."""
    statement = update(tables.wanted).where(_W.id == address)
    connection.execute(statement.values(attempts=_W.attempts + 1, due=due))


def put_off(connection: Connection, addresses: Iterable[str], due: str) -> None:
    """These pages wait as well, though they were not tried."""
    for some in batches(list(addresses)):
        connection.execute(update(tables.wanted).where(_W.id.in_(some)).values(due=due))


def not_wanted(connection: Connection, addresses: Iterable[str]) -> None:
    """These pages have been stored or set aside."""
    for some in batches(list(addresses)):
        connection.execute(delete(tables.wanted).where(_W.id.in_(some)))


def settled(connection: Connection, addresses: Iterable[str]) -> dict[str, str]:
    """Which pages were fetched before, and when last: those that are stored, and those that were set aside."""
    found: dict[str, str] = {}
    for some in batches(list(addresses)):
        pages = {f"page:{address}": address for address in some}
        for row in connection.execute(select(_S.id, _S.added).where(_S.id.in_(pages))):
            found[pages[row.id]] = row.added
        for row in connection.execute(select(_X.place, _X.added).where(_X.place.in_(some))):
            found[row.place] = max(found.get(row.place, ""), row.added)
    return found


def refused_for_good(connection: Connection, addresses: Iterable[str]) -> set[str]:
    """Which of these pages were set aside for a reason that another look would not change."""
    found: set[str] = set()
    for some in batches(list(addresses)):
        query = select(_X.place).where(_X.place.in_(some), _X.reason.in_(_FOR_GOOD))
        found.update(connection.scalars(query))
    return found


def failed_now(connection: Connection, addresses: Iterable[str]) -> set[str]:
    """Which of these pages were last set aside because a model gave no usable answer: another time it may."""
    found: set[str] = set()
    for some in batches(list(addresses)):
        pages = {address: f"page:{address}" for address in some}
        seen = connection.execute(select(_S.id, _S.added).where(_S.id.in_(pages.values())))
        stored = {row.id: row.added for row in seen}
        query = select(_X.place, _X.added).where(_X.place.in_(some), _X.reason == "model_failed")
        for row in connection.execute(query):
            if row.added >= stored.get(pages[row.place], ""):
                found.add(row.place)
    return found


def touch(connection: Connection, pieces: Iterable[str]) -> None:
    """These pieces were looked at again, and had not changed."""
    moment = now()
    for some in batches(list(pieces)):
        connection.execute(update(tables.seen).where(_S.id.in_(some)).values(added=moment))


def note_change(connection: Connection, kind: str, rows: Iterable[tuple[str, str, str]]) -> None:
    """Note what changed: subject, before, after of each."""
    moment = now()
    made = [
        {"at": moment, "kind": kind, "subject": subject, "before": before, "after": after, "data": "{}"}
        for subject, before, after in rows
    ]
    insert(connection, tables.changes, made)
