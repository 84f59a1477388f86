"""Do the two tell the same kind of event?"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from marsad.incidents.compare.feature import VETO, Score
from marsad.incidents.families import NEVER, OUTCOMES, fit
from marsad.incidents.scene import Scene


def compare_event(one: Scene, other: Scene) -> Score:
    """The same code 2 points; an act and what it did 1; acts that news calls by each other's names less; others against it.

    Where both tell of acts these decide: that people were killed in both makes no one event of a bomb and a raid on who laid it.
    """
    points, first, second = _best(one.main, other.main)
    if points == NEVER:
        return Score(VETO, "event_other")
    if first == second:
        return Score(points, "event_same", first)
    return Score(points, "event_fits" if points > 0 else "event_differs", f"{first} {second}")


@lru_cache(maxsize=100_000)
def _best(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[float, str, str]:
    acts, their_acts = [c for c in mine if c not in OUTCOMES], [c for c in theirs if c not in OUTCOMES]
    pairs = product(acts, their_acts) if acts and their_acts else product(mine, theirs)
    return max((fit(a, b), min(a, b), max(a, b)) for a, b in pairs)
