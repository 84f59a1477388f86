"""From near pairs to families of copies: who stands with whom, and which text came first.

Everything here goes by places in the order of time, so that it serves a handful of articles in memory and the pairs of an archive alike. What is decided of a pair
depends on the pairs that it hangs together with and on no others, nor on how far apart places are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from marsad.articles.nearness import Near

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
NEVER = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _TICK
"""The instant of an article without a date: after all others."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When an article was published, as far as it tells who copied whom.

    Attributes:
        agency: Whether a news agency published it, from which others copy.
        instant: Microseconds since the beginning of year 1 in UTC; `NEVER` where there is no date.
        timed: Whether the hour is known with its offset; an hour without can be anybody's.
        day: The proleptic ordinal of the day as it was written, or None.
    """

    agency: bool
    instant: int
    timed: bool
    day: int | None

    def before(self, other: Moment) -> bool:
        """Whether this one is known to have come first."""
        if self.agency != other.agency:
            return self.agency
        if self.timed and other.timed:
            return self.instant < other.instant
        return self.day is not None and other.day is not None and self.day < other.day

    def surely_before(self, other: Moment) -> bool:
        """The same without trust in bare days: a paper's day is often that of the next morning."""
        return self.before(other) and (self.agency != other.agency or (self.timed and other.timed))


def moment_of(published: str | None, agency: bool) -> Moment:
    """The moment of a day or ISO time (`marsad.articles.check_published`)."""
    if published is None:
        return Moment(agency, NEVER, False, None)
    moment = datetime.fromisoformat(published)
    timed = moment.tzinfo is not None
    moment = moment.astimezone(UTC) if timed else moment.replace(tzinfo=UTC)
    return Moment(agency, (moment - _EPOCH) // _TICK, timed, date.fromisoformat(published[:10]).toordinal())


@dataclass(frozen=True, slots=True)
class Kin:
    """A text of a family of two or more: the place of the family's first, of the earliest that it is near to (None: it is the earliest), and whether that one is known to
    have come before."""

    place: int
    family: int
    of: int | None
    known: bool


def kin_of(moments: Sequence[Moment], found: Sequence[Near]) -> list[Kin]:
    """All texts that are in a family, by place.

    Args:
        moments: Of each place, in order of time.
        found: The near pairs.
    """
    groups = _Groups(len(moments))
    earliest: dict[int, int] = {}
    for near in _without_round_ups(moments, found):
        groups.join(near.first, near.second)
        earliest[near.second] = min(near.first, earliest.get(near.second, near.first))
        earliest.setdefault(near.first, near.first)
    return [_kin(place, earliest[place], groups.of, moments) for place in sorted(earliest)]


def _kin(place: int, first: int, group: Callable[[int], int], moments: Sequence[Moment]) -> Kin:
    of = first if first < place else None
    return Kin(place, group(place), of, of is not None and moments[of].before(moments[place]))


def _without_round_ups(moments: Sequence[Moment], found: Sequence[Near]) -> list[Near]:
    """The pairs that make families: all that are alike, and of a round-up's parts only the greatest."""
    alike = _Groups(len(moments))
    twins: dict[int, set[int]] = defaultdict(set)
    holders: dict[int, set[int]] = defaultdict(set)
    for near in found:
        if near.alike:
            alike.join(near.first, near.second)
            twins[near.first].add(near.second)
            twins[near.second].add(near.first)
        else:
            holders[near.part].add(near.whole)
    greatest: dict[int, tuple[int, int]] = {}
    for near in found:
        if not near.alike:
            part, whole = (-near.common, alike.of(near.part)), alike.of(near.whole)
            greatest[whole] = min(part, greatest.get(whole, part))

    def is_kin(near: Near) -> bool:
        if near.alike or moments[near.whole].surely_before(moments[near.part]):
            return True
        # What else prints the whole text must have this part too, or the part is only one of many things in it.
        others = twins[near.whole] - twins[near.part]
        most = 2 * len(others & holders[near.part]) >= len(others)
        return most and greatest[alike.of(near.whole)][1] == alike.of(near.part)

    return [near for near in found if is_kin(near)]


@dataclass(slots=True)
class _Groups:
    """Union-find over places in order: each group is named by its earliest member."""

    size: int
    parents: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.parents = list(range(self.size))

    def of(self, place: int) -> int:
        parents = self.parents
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        self.parents[high] = low
