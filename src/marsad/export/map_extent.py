"""From where to where nearly all of it lies: what a map shows, so that a report from the other end of the world does not make all others one dot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SMALLEST = 1.2
"""Of what is shown, in degrees: some 130 km, so that a single place has something around it."""


def nearly_all(weighted: Sequence[tuple[float, int]], tail: float, rim: float) -> tuple[float, float]:
    """The ends of a stretch of degrees.

    Args:
        weighted: Latitudes or longitudes in degrees, with how much lies at each; at least one.
        tail: The share of all that is left out on each side.
        rim: What is added to the stretch, as a share of it; half on each side.
    """
    ordered = sorted(weighted)
    enough = sum(weight for _, weight in ordered) * tail
    low, high = _reached(ordered, enough), _reached(reversed(ordered), enough)
    more = max(_SMALLEST - (high - low), (high - low) * rim) / 2
    return low - more, high + more


def _reached(weighted: Iterable[tuple[float, int]], enough: float) -> float:
    so_far = 0.0
    for at, weight in weighted:
        so_far += weight
        if so_far > enough:
            return at
    return 0.0
