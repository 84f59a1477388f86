"""Watching: feeds are asked when they are due, what they name is fetched and read, what changed by it is reconciled, and what is new is told.

A cycle can be killed at any instant: an answer is in the archive before it is looked into, a page is wanted until it is stored, and a feed's state is noted
in one transaction with the pages that it named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import func, select

from marsad.errors import InputError
from marsad.feeds import FeedState, Stopped, from_row, is_due, is_silent, to_row
from marsad.run.desk import Desk, put_state, voice
from marsad.run.ingesting import Ingested, Intake
from marsad.run.project import FeedEntry, Plan
from marsad.store import Store, tables
from marsad.store.feeds import add_feed, feed_states, put_feed_state, wanted_pages

LONGEST_PAUSE = 60.0
"""Seconds after which the desk looks at its feeds again, whatever the clock did meanwhile."""
_SHORTEST_PAUSE = 1.0


@dataclass(slots=True)
class Cycle:
    """What one cycle did: feeds that were asked, articles that came in, feeds that have gone silent or speak again (address, before, after)."""

    asked: int = 0
    taken: Ingested = field(default_factory=Ingested)
    silent: list[tuple[str, str, str]] = field(default_factory=list)


def sync_feeds(store: Store, plan: Plan) -> int:
    """Watch what ``marsad.toml`` names, and as it says now; how many feeds of it are new.

    Raises:
        InputError: nothing is watched at all.
    """
    added = 0
    with store.database.writing() as connection:
        states = {row["address"]: from_row(row) for row in feed_states(connection, paused=True)}
        moved = {one.moved_from: one.address for one in states.values() if one.moved_from}
        named = {moved.get(entry.address, entry.address): entry for entry in plan.feeds}
        for address, entry in named.items():
            if address not in states:
                state = _as_said(FeedState(address=address), entry, plan)
                added += add_feed(connection, address, to_row(state))
        for address, state in states.items():
            said = _as_said(state, named.get(address), plan)
            if said != state:
                put_feed_state(connection, address, to_row(said))
        if not states and not named:
            raise InputError(
                "no feed is watched: name some in marsad.toml ([[feed]]), or give `marsad ingest` the address of a feed, a site map or an OPML list"
            )
    return added


def _as_said(state: FeedState, entry: FeedEntry | None, plan: Plan) -> FeedState:
    """A feed as the settings have it: how often it is asked, and whose it is where they say so."""
    every = float((entry and entry.every) or plan.every)
    due = state.next_due if every == state.every or state.failures else None
    return replace(state, every=every, next_due=due, outlet=(entry and entry.outlet) or state.outlet)


def states_of(store: Store) -> list[FeedState]:
    """The feeds that are watched."""
    with store.database.reading() as connection:
        return [from_row(row) for row in feed_states(connection)]


def cycle(store: Store, desk: Desk, intake: Intake) -> Iterator[Cycle]:
    """One round: ask the feeds that are due, take in what is wanted; how far it has come, after each transaction.

    Told to stop, it ends after the transaction that it is at.
    """
    done = Cycle()
    for state in states_of(store):
        if desk.stopped():
            break
        if not is_due(state, desk.now()):
            continue
        try:
            after, _ = desk.poll(state)
        except Stopped:
            break
        done.asked += 1
        done.silent += _turned(state, after)
        yield done
    done.silent += _fallen_silent(store, desk.now())
    for taken in intake.take(desk.pages()):
        done.taken = taken
        yield done
    desk.tidy()
    yield done


def _turned(before: FeedState, after: FeedState) -> list[tuple[str, str, str]]:
    """Whether a feed has gone silent, or speaks again."""
    if (before.silent_since is None) == (after.silent_since is None):
        return []
    return [(after.address, voice(before), voice(after))]


def _fallen_silent(store: Store, now: datetime) -> list[tuple[str, str, str]]:
    """Feeds that have gone silent though they were not asked just now."""
    found = []
    for state in states_of(store):
        if state.silent_since is None and is_silent(state, now):
            after = replace(state, silent_since=state.last_new)
            with store.database.writing() as connection:
                put_state(connection, state, after)
            found += _turned(state, after)
    return found


def pause(store: Store, now: datetime) -> float:
    """Seconds until something is due, between one and `LONGEST_PAUSE`."""
    with store.database.reading() as connection:
        due = [_moment(row["next_due"]) for row in feed_states(connection) if not row.get("stopped")]
        page = connection.scalar(select(func.min(tables.wanted.c.due)))
        if wanted_pages(connection, now):
            return _SHORTEST_PAUSE
    moments = [*due, *([_moment(page)] if page else [])]
    nearest = min((max((moment - now).total_seconds(), 0.0) for moment in moments), default=LONGEST_PAUSE)
    return min(max(nearest, _SHORTEST_PAUSE), LONGEST_PAUSE)


def _moment(value: str | None) -> datetime:
    return datetime.fromisoformat(value) if value else datetime.min.replace(tzinfo=UTC)
