"""The first page: the picture at a glance, what is new since the last visit, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.store.audit import now
from marsad.store.reads import Filters, grid, story, today
from marsad.store.reads.article import latest_article_day
from marsad.store.reviewing import Progress, progress
from marsad.web.views.bars import STATUSES
from marsad.web.views.incident import Near, near_of, reason_text
from marsad.web.views.map_picture import Picture, draw, extent_of
from marsad.web.visit import Visit

COOKIE = "marsad_seen"
_PAUSE = timedelta(minutes=30)
"""Away for longer than this is another visit."""
_SHOWN, _AT_ODDS, _CELL = 6, 6, 1.0
_OLD = timedelta(days=7)
_HIGH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A status's part of the bar: where it begins and how wide it is, of 1000."""

    status: str
    count: int
    begin: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """An incident whose status changed, with the reason for what it is now."""

    at: str
    before: str
    after: str
    incident: Near
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The page; ``since`` is the moment from which things are new, None on a first visit."""

    since: str | None
    latest: str | None
    is_old: bool
    sizes: today.Sizes
    shares: Sequence[Share]
    fresh: tuple[int, list[today.Fresh]]
    turned: tuple[int, list[Turned]]
    control: tuple[int, list[today.Change]]
    at_odds: Sequence[Near]
    told: Sequence[Near]
    feeds: tuple[int, list[today.Trouble]]
    review: Progress
    days: tuple[str, ...]
    sparks: Sequence[today.Spark]
    picture: Picture | None


def today_of(visit: Visit, connection: Connection, since: str | None) -> Today:
    """All of it."""
    latest, sizes = latest_article_day(connection), today.sizes(connection)
    days, sparks = today.sparks(connection, latest) if latest else ((), [])
    cells = grid(connection, Filters(), "incidents", _CELL) if sizes.incidents else []
    return Today(
        since=since, latest=latest, is_old=latest is not None and datetime.now(UTC).date() - date.fromisoformat(latest) > _OLD,
        sizes=sizes, shares=shares(sizes.statuses), fresh=today.fresh_articles(connection, since, _SHOWN),
        turned=_turned(visit, connection, since), control=today.changes_since(connection, "control", since, _SHOWN),
        at_odds=near_of(visit, connection, today.at_odds(connection, _AT_ODDS)),
        told=near_of(visit, connection, today.most_told(connection, today.DAYS, _AT_ODDS)), feeds=today.troubles(connection),
        review=progress(connection, "first", visit.session.who), days=days, sparks=sparks,
        picture=draw(extent_of(cells), cells, _CELL) if cells else None,
    )  # fmt: skip


def shares(statuses: dict[str, int]) -> list[Share]:
    """The bar of statuses: each with its width, a sliver at least, so that the few that are denied are seen."""
    total = sum(statuses.values())
    wide = {one: max(6.0, 1000 * statuses[one] / total) for one in STATUSES if statuses.get(one)}
    scale, at, found = 1000 / sum(wide.values()) if wide else 1.0, 0.0, []
    for one, width in wide.items():
        found.append(
            Share(status=one, count=statuses[one], begin=round(at, 1), width=round(width * scale, 1))
        )
        at += width * scale
    return found


def spark_points(days: Sequence[int], most: int) -> list[tuple[int, float, float]]:
    """The bars of an outlet: number, top and height, of `_HIGH` units for the most articles of any day."""
    return [(number, round(_HIGH - _HIGH * number / max(most, 1), 1), round(_HIGH * number / max(most, 1), 1)) for number in days]  # fmt: skip


def _turned(visit: Visit, connection: Connection, since: str | None) -> tuple[int, list[Turned]]:
    total, changes = today.changes_since(connection, "status", since, _SHOWN)
    known = {one.id: one for one in near_of(visit, connection, [change.subject for change in changes])}
    found = []
    for change in changes:
        incident = story.incident_at(connection, change.subject) if change.subject in known else None
        if incident is None:
            continue  # tied anew since: what it is now is told by a later change
        why = reason_text(incident.reasons[0], visit.lang) if incident.reasons else ""
        found.append(Turned(at=change.at, before=change.before or "none", after=change.after or "none", incident=known[change.subject], why=why))  # fmt: skip
    return total, found


def since_of(visit: Visit) -> tuple[str | None, str]:
    """From when on things are new, and what the cookie is to say from now on.

    The cookie holds two moments: when the visit before this one ended, and when a page was last asked for. The address may say ``since=`` a day or a moment.

    Raises:
        InputError: what the address says is neither.
    """
    before, last = _moments(visit.request.cookies.get(COOKIE, ""))
    if last is not None and datetime.now(UTC) - last > _PAUSE:
        before = last
    cookie = f"{_told(before)}|{now()}"
    asked = visit.asked("since")
    if not asked:
        return (_told(before) or None), cookie
    moment = _moment(asked)
    if moment is None:
        raise InputError(
            f"since={asked} is no day such as 2024-12-06, nor a moment such as 2024-12-06T10:00:00Z"
        )
    return _told(moment), cookie


def _moments(cookie: str) -> tuple[datetime | None, datetime | None]:
    before, _, last = cookie.partition("|")
    return _moment(before), _moment(last)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _told(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="milliseconds")
