"""Do the two tell the same kind of event?"""

from __future__ import annotations

from marsad.incidents.compare.feature import VETO, Score
from marsad.incidents.families import NEVER, OUTCOMES, fit
from marsad.incidents.scene import Scene

_MOST_CODES = 5


def compare_event(one: Scene, other: Scene) -> Score:
    """The same code 2 points; an act and what it did 1; acts that news calls by each other's names less; others against it.

    Where both tell of acts these decide: that people were killed in both makes no one event of a bomb and a raid on who laid it.
    """
    mine, theirs = _codes(one), _codes(other)
    acts, their_acts = [c for c in mine if c not in OUTCOMES], [c for c in theirs if c not in OUTCOMES]
    if acts and their_acts:
        mine, theirs = acts, their_acts
    points, first, second = max((fit(a, b), min(a, b), max(a, b)) for a in mine for b in theirs)
    if points == NEVER:
        return Score(VETO, "event_other")
    if first == second:
        return Score(points, "event_same", first)
    return Score(points, "event_fits" if points > 0 else "event_differs", f"{first} {second}")


def _codes(scene: Scene) -> list[str]:
    """The codes most claims tell; all that are told as often as the last of them, so that no order of claims decides."""
    ranked = scene.codes.most_common()
    least = ranked[min(_MOST_CODES, len(ranked)) - 1][1]
    return [code for code, count in ranked if count >= least]
