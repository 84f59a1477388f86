"""An incident as it grows."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.incidents.compare.feature import Score
from marsad.incidents.scene import Scene


@dataclass(slots=True)
class Cluster:
    """Its scene, the episodes that make it, for each claim the scores by which it came in, and the incident that it looks back at."""

    scene: Scene
    members: list[Scene] = field(default_factory=list)
    joined: dict[str, tuple[Score, ...]] = field(default_factory=dict)
    retells: Cluster | None = None
