"""Features by which two scenes are compared: one question each, with a score and the reason for it."""

from marsad.incidents.compare.feature import Feature, Score
from marsad.incidents.compare.list import FEATURES

__all__ = ["FEATURES", "Feature", "Score"]
