"""What a feature gives: a score in points and why, as a code with what it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from marsad.incidents.scene import Scene

VETO = -100.0
"""The score that rules a match out, whatever else fits."""


class Score(NamedTuple):
    """Points for (or against) two scenes being of one event, and the reason's code with its detail."""

    points: float
    code: str
    detail: str = ""


Feature = Callable[[Scene, Scene], Score]
"""Compares two scenes; symmetrical in them."""
