"""How many people: a range from the lowest to the highest that a root says, with a name at each end."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.codebook import people_words
from marsad.incidents.roots import folded_words
from marsad.model.claim import Count, CountKind
from marsad.model.incident import CountRange, Testimony, Told

_KINDS: tuple[CountKind, ...] = (
    "killed",
    "wounded",
    "held",
    "released",
    "missing",
    "displaced",
    "evacuated",
    "other",
)


def ranges_of(told: Sequence[Told], names: dict[str, str]) -> tuple[CountRange, ...]:
    """One range for each kind of people counted; where articles carry times a later toll of one root replaces its earlier one.

    Args:
        told: The claims of an incident; only those that affirm it and count are asked.
        names: What to call each root, by its key.
    """
    heard = [one.testimony for one in told if one.group and one.testimony.says == "affirms"]
    found = []
    for kind in _told_of(heard):
        latest = _latest(heard, kind)
        if latest:
            found.append(_range(kind, latest, names))
    return tuple(found)


def _told_of(heard: Sequence[Testimony]) -> list[CountKind]:
    told = {count.kind for one in heard for count in one.counts}
    return [kind for kind in _KINDS if kind in told]


def _latest(heard: Sequence[Testimony], kind: CountKind) -> dict[str, Count]:
    """The last toll of each root; in one article its highest, since the others are parts of it ("six, two children among them").

    Where some root counts all, those who count fewer, civilians or fighters only, tell of a part, which is no other toll.
    """
    tolls: dict[str, tuple[tuple[bool, str, int, int], Count]] = {}
    for one in heard:
        for count in one.counts:
            if count.kind != kind or (count.min is None and count.max is None):
                continue
            rank = (not _is_part(count), one.instant, count.min or 0, count.max or 0)
            if one.root.key not in tolls or rank[1:] > tolls[one.root.key][0][1:]:
                tolls[one.root.key] = (rank, count)
    most = max((count.min or 0 for rank, count in tolls.values() if rank[0]), default=0)
    return {root: count for root, (rank, count) in tolls.items() if rank[0] or (count.min or 0) > most}


def _is_part(count: Count) -> bool:
    """Whether only civilians, or only fighters, are counted."""
    words = set(folded_words(f"{count.text} {count.who or ''}"))
    lists = people_words()
    return bool(words & (lists["civilians"] | lists["fighters"]))


def _range(kind: CountKind, latest: dict[str, Count], names: dict[str, str]) -> CountRange:
    low = min(latest, key=lambda root: (_low(latest[root]), root))
    high = max(latest, key=lambda root: (_high(latest[root]), root))
    return CountRange(
        kind=kind,
        min=latest[low].min,
        max=latest[high].max,
        min_by=names.get(low, low),
        max_by=names.get(high, high),
    )


def _low(count: Count) -> int:
    return count.min if count.min is not None else 0


def _high(count: Count) -> float:
    """The upper end; "more than 40" has none, so it is ranked by what it says at least, above the bare number."""
    return count.max if count.max is not None else (count.min or 0) + 0.5


def differ(told: Sequence[Told]) -> bool:
    """Whether two roots give tolls of one kind that cannot both be right."""
    heard = [one.testimony for one in told if one.group and one.testimony.says == "affirms"]
    for kind in _told_of(heard):
        tolls = list(_latest(heard, kind).values())
        low = max((count.min or 0 for count in tolls), default=0)
        high = min((count.max for count in tolls if count.max is not None), default=None)
        if high is not None and low > high:
            return True
    return False
