"""When a feed is asked again, as pure functions of what is known of it and of the time.

A feed that answers is asked so often that about every second time finds something new: half of its usual gap between new
entries, at least five minutes, at most what was set for it. One that fails is asked at doubled intervals, up to a day.
What a server asks for (``Retry-After``) counts where it is longer, up to a week. The clock of a computer can jump; so a
next time that lies further ahead than any of this can explain counts as now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

Chance = Callable[[], float]
"""Numbers from 0 to 1, for spreading feeds that would fall into step: `random.random`."""

HOUR, DAY, WEEK = 3_600.0, 86_400.0, 604_800.0
SHORTEST = 300.0
LONGEST_BACK_OFF = DAY
LONGEST_RETRY_AFTER = WEEK
_JITTER = 0.1
_GAPS_KEPT = 9
_QUIET_GAPS = 3
_SLACK = SHORTEST
"""Seconds that a clock may be set back without anything being made of it."""
_TIMES = ("last_try", "last_ok", "last_new", "next_due", "silent_since")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is known of one feed; times are in UTC, durations in seconds.

    Args:
        address: Where it is asked for.
        outlet: Whose it is.
        every: The longest time between two polls of a feed that answers.
        etag, modified: What the last answer gave, to be sent back.
        last_try, last_ok, last_new: When it was last asked, last answered, and last had a new entry.
        next_due: When it is to be asked again; None means now.
        failures: In a row.
        gaps: The last gaps between polls that found something new.
        silent_since: When it had its last new entry, while it counts as silent; else None.
        stopped: Why it is not asked any more, or nothing.
        moved_from: The address it had before the outlet moved it for good.
    """

    address: str
    outlet: str = ""
    every: float = HOUR
    etag: str | None = None
    modified: str | None = None
    last_try: datetime | None = None
    last_ok: datetime | None = None
    last_new: datetime | None = None
    next_due: datetime | None = None
    failures: int = 0
    gaps: tuple[float, ...] = ()
    silent_since: datetime | None = None
    stopped: str = ""
    moved_from: str | None = None

    @property
    def usual_gap(self) -> float | None:
        """Seconds that usually lie between two polls with something new (the median), or None before there are two."""
        return median(self.gaps) if self.gaps else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an answer brought: new entries, what to send back next time, and the new address where it moved for good."""

    new_entries: int = 0
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether a feed is to be asked now."""
    if state.stopped:
        return False
    if state.next_due is None or state.next_due <= now:
        return True
    jumped_back = state.last_try is not None and state.last_try > now + timedelta(seconds=_SLACK)
    too_far = state.next_due - now > timedelta(seconds=LONGEST_RETRY_AFTER)
    return jumped_back or too_far


def is_silent(state: FeedState, now: datetime) -> bool:
    """Whether a feed has had nothing new for three times its usual gap, and for a day at least.

    A feed that never had anything new is not silent but unknown.
    """
    if state.last_new is None:
        return False
    longest = max(_QUIET_GAPS * (state.usual_gap or 0.0), DAY)
    return (now - state.last_new).total_seconds() > longest


def after_success(state: FeedState, now: datetime, seen: Seen, chance: Chance) -> FeedState:
    """The state after an answer with a listing in it, new entries or not."""
    state = _without_future(state, now)
    gaps, last_new = state.gaps, state.last_new
    if seen.new_entries:
        if last_new is not None:
            gaps = (*gaps, (now - last_new).total_seconds())[-_GAPS_KEPT:]
        last_new = now
    moved = seen.moved_to is not None and seen.moved_to != state.address
    state = replace(
        state,
        address=seen.moved_to if moved and seen.moved_to else state.address,
        moved_from=state.address if moved else state.moved_from,
        etag=seen.etag,
        modified=seen.modified,
        gaps=gaps,
        last_new=last_new,
    )
    return _answered(state, now, chance)


def after_not_modified(state: FeedState, now: datetime, chance: Chance) -> FeedState:
    """The state after a 304: it answered, and nothing is new."""
    return _answered(_without_future(state, now), now, chance)


def after_failure(
    state: FeedState, now: datetime, chance: Chance, retry_after: float | None = None
) -> FeedState:
    """The state after no answer, or one that was none (429, 5xx, a document that is no feed).

    Args:
        state: Before.
        now: When it failed.
        chance: For the jitter.
        retry_after: Seconds that the server asked for.
    """
    state = _without_future(state, now)
    wait = min(_interval(state) * 2.0 ** min(state.failures, 20), LONGEST_BACK_OFF)
    wait = max(_jittered(wait, chance), min(retry_after or 0.0, LONGEST_RETRY_AFTER))
    state = replace(state, last_try=now, failures=state.failures + 1, next_due=_after(now, wait))
    return _with_silence(state, now)


def after_gone(state: FeedState, now: datetime) -> FeedState:
    """The state after a 410: the outlet says that the feed is gone for good, so it is not asked again."""
    state = _without_future(state, now)
    return replace(state, last_try=now, failures=state.failures + 1, next_due=None, stopped="gone")


def to_row(state: FeedState) -> dict[str, Any]:
    """The state as plain values, times in ISO, for a table or a line of JSON."""
    row = asdict(state)
    row["gaps"] = list(state.gaps)
    for name in _TIMES:
        row[name] = row[name].isoformat() if row[name] else None
    return row


def from_row(row: Mapping[str, Any]) -> FeedState:
    """The state that `to_row` wrote; what is not known to this version is passed over.

    Raises:
        ValueError: a time is none.
    """
    known = {one.name: row[one.name] for one in fields(FeedState) if one.name in row}
    for name in _TIMES:
        if known.get(name):
            moment = datetime.fromisoformat(known[name])
            known[name] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    known["gaps"] = tuple(map(float, known.get("gaps") or ()))
    return FeedState(**known)


def _answered(state: FeedState, now: datetime, chance: Chance) -> FeedState:
    wait = _jittered(_interval(state), chance)
    state = replace(state, last_try=now, last_ok=now, failures=0, next_due=_after(now, wait))
    return _with_silence(state, now)


def _interval(state: FeedState) -> float:
    """Seconds between two polls while all is well."""
    longest = max(state.every, SHORTEST)
    return longest if state.usual_gap is None else min(max(state.usual_gap / 2, SHORTEST), longest)


def _jittered(seconds: float, chance: Chance) -> float:
    return seconds * (1 + _JITTER * (2 * chance() - 1))


def _after(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=seconds)


def _with_silence(state: FeedState, now: datetime) -> FeedState:
    return replace(state, silent_since=state.last_new if is_silent(state, now) else None)


def _without_future(state: FeedState, now: datetime) -> FeedState:
    """The state with what lies ahead of the clock, after a jump, taken for now."""
    late = {name: getattr(state, name) for name in ("last_try", "last_ok", "last_new")}
    return replace(state, **{name: min(moment, now) for name, moment in late.items() if moment})
