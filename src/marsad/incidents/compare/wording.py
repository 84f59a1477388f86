"""Do the two use the same words? Copies of one text do, and names that both passages hold (a street, a victim, a unit) tell an event."""

from __future__ import annotations

from marsad.incidents.compare.feature import Score
from marsad.incidents.families import SPEECH
from marsad.incidents.scene import Scene

_FEWEST = 5
_SAME = 0.65
"""Share of all their words that two passages have in common to be one text; half is a text that was edited."""
_CHANCE = 0.15


def compare_wording(one: Scene, other: Scene) -> Score:
    """The two passages that are most alike: the same text 3 points, in near copies 1.5 more; words shared beyond chance up to 1.5."""
    share, shared = max(
        (_share(mine, theirs) for mine in one.passages for theirs in other.passages), default=(0.0, 0)
    )
    if shared == 0:
        return Score(0.0, "wording_short")
    least = 0.1 if one.group in SPEECH else 0.3
    copies = 1.5 if share >= least and one.families & other.families else 0.0
    if share >= _SAME:
        return Score(3.0 + copies, "wording_same", f"{shared}")
    points = min(1.5, max(0.0, (share - _CHANCE) * 4)) + copies
    return Score(round(points, 2), "wording_shared" if points > 0 else "wording_other", f"{shared}")


def _share(mine: frozenset[str], theirs: frozenset[str]) -> tuple[float, int]:
    if len(mine) < _FEWEST or len(theirs) < _FEWEST:
        return 0.0, 0
    shared = len(mine & theirs)
    return shared / (len(mine) + len(theirs) - shared), shared
