"""Do the two fall on one day?"""

from __future__ import annotations

from marsad.incidents.compare.feature import VETO, Score
from marsad.incidents.compare.tolls import same_toll
from marsad.incidents.scene import Scene
from marsad.model.incident import When

# Points by days between the two, and by how surely both are tied to the calendar. A night has two dates, and so have two days of blows: named days one apart need the same toll; a day that hangs
# on the day of publication may be off by a day or two where that day is the crawl's or the feed's.
_NAMED = (2.0, -4.0)
_NIGHT = -1.8
_NAMED_SLOW = (2.0, 0.5, -3.0)
_SLOW = frozenset(("truce", "territory"))
"""What is announced one day is denied the next, and a town falls over a night and a morning."""

_RELATIVE = (1.8, 0.8, -1.0, -2.5)
_ARTICLE = (1.5, 1.0, 0.0, -1.0, -3.0)


def gap(a: When, b: When) -> int:
    """Days between two intervals; 0 where they meet."""
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return 0
    return max((a.start - b.end).days, (b.start - a.end).days, 0)


def compare_days(one: Scene, other: Scene) -> Score:
    """The same named day 2 points, the day after against it, farther apart against it or ruled out; a period goes only with the same period."""
    a, b = one.when, other.when
    if a.start is None or b.start is None:
        return Score(0.0, "day_unknown")
    if one.period or other.period:
        return _periods(a, b) if one.period and other.period else Score(VETO, "day_and_period")
    apart = gap(a, b)
    table = _table({a.tie, b.tie}, slow=one.group in _SLOW)
    if apart >= len(table):
        return Score(VETO, "day_other", str(apart))
    points = _NIGHT if table is _NAMED and apart == 1 and same_toll(one, other) else table[apart]
    if apart == 0 and (a.precision == "week" or b.precision == "week"):
        points = min(points, 1.0)
    return Score(points, "day_same" if apart == 0 else "day_near", str(apart))


def _table(ties: set[str], *, slow: bool) -> tuple[float, ...]:
    if "article" in ties:
        return _ARTICLE
    if ties == {"named"}:
        return _NAMED_SLOW if slow else _NAMED
    return _RELATIVE


def _periods(a: When, b: When) -> Score:
    assert a.start and a.end and b.start and b.end
    both = (min(a.end, b.end) - max(a.start, b.start)).days
    either = (max(a.end, b.end) - min(a.start, b.start)).days
    if both <= 0 or both < 0.7 * either:
        return Score(VETO, "period_other")
    return Score(2.0 if both == either else 1.0, "period_same")
