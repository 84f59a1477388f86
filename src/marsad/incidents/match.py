"""Features to a score: whether two scenes are of one event, and why."""

from __future__ import annotations

from typing import NamedTuple

from marsad.incidents.compare import FEATURES, Score
from marsad.incidents.compare.feature import VETO
from marsad.incidents.families import SPEECH
from marsad.incidents.scene import Scene

ENOUGH = 5.0
"""Points from which two scenes of different articles are one event: the same place and day and codes that fit, or as much from other features."""
ENOUGH_IN_ARTICLE = 3.5
"""The same within an article, where passages also stand by each other."""
ENOUGH_SPEECH = 5.0
ENOUGH_MEETING = 4.0
"""The same for acts of speech, which have no place to be the same, and for meetings, truces and trials, which are rarer than blows."""
ENOUGH_OF_INCIDENTS = 6.0
ENOUGH_OF_REGIONS = 8.0
"""The same for two incidents that have grown apart, and where one of them is only placed in the region of the other."""
ENOUGH_FOR_REGION = 3.0
_SAME_SENTENCE = 2.0
_NEXT_SENTENCE = 1.0
_OTHER_DAY = -2.0
"""Two days that one article names are two days; between articles a night has two dates."""
_NEAR = 120
"""Characters between two passages of one article that still tell of one thing in a row."""


def enough(scene: Scene) -> float:
    """The points that a scene needs to be one with another."""
    if scene.group in _RARER:
        return ENOUGH_MEETING
    return ENOUGH_SPEECH if scene.group in SPEECH else ENOUGH


_RARER = frozenset(("contact", "justice", "truce"))


class Match(NamedTuple):
    """The points of two scenes, and the scores that they are made of."""

    points: float
    scores: tuple[Score, ...]


def match(one: Scene, other: Scene, floor: float = VETO) -> Match:
    """The sum of all features; a veto of one rules the match out.

    Args:
        one: A scene.
        other: Another.
        floor: Points below which it does not matter how many there are: as soon as they cannot be reached the match is ruled out.
    """
    scores = []
    points = 0.0
    for feature, most_after in FEATURES:
        score = feature(one, other)
        points += score.points
        if score.points <= VETO or points + most_after < floor:
            return Match(VETO, (score,))
        scores.append(score)
    return Match(points, tuple(scores))


def match_in_article(one: Scene, other: Scene, floor: float = VETO) -> Match:
    """The same for two scenes of one article, where passages that stand by each other tell of one thing."""
    found = match(one, other, floor - _SAME_SENTENCE)
    if found.points <= VETO:
        return found
    near = _nearness(one, other, found)
    if any(score.code == "day_near" for score in found.scores) and "article" not in (
        one.when.tie,
        other.when.tie,
    ):
        near = near._replace(points=near.points + _OTHER_DAY)
    return Match(found.points + near.points, (*found.scores, near))


def _nearness(one: Scene, other: Scene, found: Match) -> Score:
    """Points for standing by each other, where the kinds of event fit: an attack and the answer to it stand in one sentence too."""
    if found.scores[0].points <= 0:
        return Score(0.0, "elsewhere")
    apart = min(_between(a.span, b.span) for a in one.told for b in other.told)
    if apart <= 0:
        return Score(_SAME_SENTENCE, "same_sentence")
    return Score(_NEXT_SENTENCE, "next_sentence") if apart <= _NEAR else Score(0.0, "elsewhere")


def _between(a: tuple[int, int, str], b: tuple[int, int, str]) -> int:
    return max(a[0] - b[1], b[0] - a[1]) if a[2] == b[2] else _NEAR + 1
