"""Judgements and scores to clusters: episodes of many articles grow into incidents.

Episodes come in one fixed order, the best placed and dated first, and each joins the incident that it fits best, if it fits any well enough, or
opens its own. What only names a region joins one of that day only where it fits it clearly better than the others. The order of the
input plays no part, so the same claims give the same incidents.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.incidents.compare.feature import Score
from marsad.incidents.growing import Cluster
from marsad.incidents.index import Index
from marsad.incidents.match import enough, match
from marsad.incidents.scene import Scene
from marsad.incidents.unite import united
from marsad.incidents.verdicts import Verdicts

_CLEARLY = 0.7
"""Points by which a scene that is only placed in a region must fit one incident better than the next."""


def clusters(episodes: Iterable[Scene], verdicts: Verdicts) -> list[Cluster]:
    """The incidents that episodes make; what later articles only retell is apart, and leads to the reports of the day.

    Territory is not held apart: who came to hold a place long ago is told by looking back, and nowhere else.
    """
    reports, retellings = Growing(verdicts), Growing(verdicts)
    for scene in sorted(episodes, key=_order):
        back = scene.looks_back and scene.group != "territory"
        (retellings if back else reports).take(scene)
    for cluster in retellings.found:
        number, _ = reports.best(cluster.scene)
        cluster.retells = None if number is None else reports.found[number]
    found = [*reports.found, *retellings.found]
    return united(found, verdicts) if verdicts else found


class Growing:
    """Incidents as they grow, each findable by what it holds so far."""

    def __init__(self, verdicts: Verdicts) -> None:
        self.found: list[Cluster] = []
        self._verdicts = verdicts
        self._index = Index()

    def take(self, scene: Scene) -> None:
        """Add a scene to the incident that it fits best, or as a new one."""
        best, scores = self.best(scene)
        if best is None:
            # The episodes are kept only where a judgement may have to take them apart again.
            kept = Cluster(Scene(scene.told), [scene]) if self._verdicts else Cluster(scene)
            self.found.append(kept)
            self._index.add(len(self.found) - 1, self.found[-1].scene)
            return
        cluster = self.found[best]
        cluster.joined.update((one.id, scores) for one in scene.told)
        if self._verdicts:
            cluster.members.append(scene)
        self._index.add(best, scene)
        cluster.scene.absorb(scene)
        self._index.moved(best, cluster.scene)

    def best(self, scene: Scene) -> tuple[int | None, tuple[Score, ...]]:
        """The number of the incident that a scene fits best, with the scores; None where it fits none well enough or, being placed in a region, two alike."""
        ranked = []
        needed = enough(scene)
        for number in self._index.near(scene):
            other = self.found[number].scene
            points, scores = match(other, scene, needed - _CLEARLY)
            if points >= needed - _CLEARLY and not self._verdicts.apart(other, scene):
                ranked.append((points, -number, scores))
        if not ranked:
            return None, ()
        ranked.sort(key=lambda one: (-one[0], -one[1]))
        points, number, scores = ranked[0]
        unclear = not scene.precise and len(ranked) > 1 and points - ranked[1][0] < _CLEARLY
        if points < needed or (unclear and not _same_region(scene, self.found[-number].scene)):
            return None, ()
        return -number, scores


def _order(scene: Scene) -> tuple[bool, bool, bool, int, tuple[str, str, int]]:
    """Scenes placed and dated by their own words first, by day; then what hangs on the day of publication; then regions."""
    start = scene.when.start
    return (
        not scene.actual,
        not scene.precise,
        scene.when.tie != "named",
        start.toordinal() if start else 0,
        scene.key,
    )


def _same_region(one: Scene, other: Scene) -> bool:
    return not other.precise or one.spot is None
