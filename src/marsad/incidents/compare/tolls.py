"""Do the tolls fit? They need not be equal: a toll rises through the day, and sides count differently."""

from __future__ import annotations

from marsad.incidents.compare.feature import Score
from marsad.incidents.scene import Scene
from marsad.model.claim import Count

_TELLING = 10
_FEW_APART = 2
_UNLIKELY = 30


def compare_tolls(one: Scene, other: Scene) -> Score:
    """An exact toll that both give is strong (the stronger the higher it is); tolls far apart speak against it."""
    killed = _best(one.killed, other.killed)
    wounded = _best(one.wounded, other.wounded)
    if killed is None and wounded is None:
        return Score(0.0, "tolls_unknown")
    points = (killed[0] if killed else 0.0) + 0.6 * (wounded[0] if wounded else 0.0)
    code = "tolls_same" if points >= 1 else "tolls_fit" if points >= 0 else "tolls_differ"
    return Score(points, code, (killed or wounded or (0.0, ""))[1])


def same_toll(one: Scene, other: Scene) -> bool:
    """Whether both give one exact toll of two or more, of killed or of wounded."""
    for mine, theirs in ((one.killed, other.killed), (one.wounded, other.wounded)):
        exact = {c.min for c in mine if c.min == c.max and (c.min or 0) > 1 and not c.approx}
        if exact & {c.min for c in theirs if c.min == c.max and not c.approx}:
            return True
    return False


def telling(one: Scene, other: Scene) -> bool:
    """Whether both give one exact toll so high (30 or more) that two events with it are unlikely."""
    high = {c.min for c in one.killed if c.min == c.max and (c.min or 0) >= _UNLIKELY and not c.approx}
    return bool(high) and any(c.min in high and c.max == c.min and not c.approx for c in other.killed)


def _best(a: list[Count], b: list[Count]) -> tuple[float, str] | None:
    """The best agreement of any two tolls."""
    return max((_pair(x, y) for x in {*a} for y in {*b}), default=None)


def _pair(x: Count, y: Count) -> tuple[float, str]:
    low, high = x.min or 0, y.min or 0
    if x.approx or y.approx or x.max != x.min or y.max != y.min:
        meet = low <= (y.max or 1 << 40) and high <= (x.max or 1 << 40)
        return (0.4, f"{low}+") if meet else (_apart(low, high), f"{low} {high}")
    if low == high:
        return (2.0 if low >= _TELLING else 0.5 if low == 1 else 1.2, str(low))
    return (_apart(low, high), f"{min(low, high)} {max(low, high)}")


def _apart(low: int, high: int) -> float:
    low, high = min(low, high), max(low, high)
    if high - low <= _FEW_APART or high <= 1.5 * low:
        return 0.0
    return -0.7 if high <= 4 * low else -1.5
