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
from marsad.incidents.match import ENOUGH_OF_INCIDENTS, ENOUGH_OF_REGIONS, enough, match
from marsad.incidents.scene import Scene
from marsad.incidents.unite import united
from marsad.incidents.verdicts import Verdicts

_CLEARLY = 0.7
"""Points by which a scene that is only placed in a region must fit one incident better than the next."""
_SAME_DAY = frozenset(("day_same", "period_same"))
_ONE_PLACE = 2.0
"""Points for place from which two incidents stand at one: the same, or within three kilometres."""


def clusters(episodes: Iterable[Scene], verdicts: Verdicts) -> list[Cluster]:
    """The incidents that episodes make; what later articles only retell is apart, and leads to the reports of the day.

    Territory is not held apart: who came to hold a place long ago is told by looking back, and nowhere else.
    """
    reports, retellings = Growing(verdicts), Growing(verdicts)
    for scene in sorted(episodes, key=_order):
        back = scene.looks_back and scene.group != "territory"
        (retellings if back else reports).take(scene)
    reports.settle()
    for cluster in retellings.found:
        number, _ = reports.best(cluster.scene)
        cluster.retells = None if number is None else reports.found[number]
    found = [*reports.kept(), *retellings.kept()]
    return united(found, verdicts) if verdicts else found


class Growing:
    """Incidents as they grow, each findable by what it holds so far."""

    def __init__(self, verdicts: Verdicts) -> None:
        self.found: list[Cluster] = []
        self._verdicts = verdicts
        self._index = Index()
        self._into: dict[int, int] = {}

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

    def kept(self) -> list[Cluster]:
        """The incidents, in the order in which they began."""
        return [cluster for number, cluster in enumerate(self.found) if number not in self._into]

    def settle(self) -> None:
        """Join incidents of several articles that turn out to be one: two that grew from different first reports of one day.

        The largest take in the others. More is asked than of an episode: the same day, so that successive days stay apart, and one place or one toll.
        """
        large = [n for n, cluster in enumerate(self.found) if len(cluster.scene.articles) > 1]
        for number in sorted(large, key=lambda n: (-len(self.found[n].scene.told), n)):
            if number in self._into:
                continue
            host = self.found[number]
            for other in self._near(host.scene):
                if other != number and len(self.found[other].scene.articles) > 1:
                    self._join(number, other)

    def _join(self, number: int, other: int) -> None:
        host, guest = self.found[number], self.found[other]
        points, scores = match(host.scene, guest.scene, ENOUGH_OF_INCIDENTS)
        if not _surely_one(points, scores) or self._verdicts.apart(host.scene, guest.scene):
            return
        for one in guest.scene.told:
            guest.joined.setdefault(one.id, scores)
        host.joined.update(guest.joined)
        host.members.extend(guest.members)
        host.scene.absorb(guest.scene)
        self._index.moved(number, host.scene)
        self._into[other] = number

    def _near(self, scene: Scene) -> list[int]:
        """The numbers of the incidents that a scene may belong to; one that went into another by that one's."""
        if not self._into:
            return self._index.near(scene)
        found = set()
        for number in self._index.near(scene):
            while number in self._into:
                number = self._into[number]
            found.add(number)
        return sorted(found)

    def best(self, scene: Scene) -> tuple[int | None, tuple[Score, ...]]:
        """The number of the incident that a scene fits best, with the scores; None where it fits none well enough or, being placed in a region, two alike."""
        ranked = []
        needed = enough(scene)
        for number in self._near(scene):
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


def _surely_one(points: float, scores: tuple[Score, ...]) -> bool:
    """Whether two incidents are one: of one day, and at one place, or with one toll where one of them is only placed in the region of the other."""
    told = {score.code: score.points for score in scores}
    if points < ENOUGH_OF_INCIDENTS or not _SAME_DAY & told.keys():
        return False
    if told.get("place_same", 0.0) >= _ONE_PLACE or told.get("place_near", 0.0) >= _ONE_PLACE:
        return True
    wide = {"place_within", "place_same_region"} & told.keys()
    return bool(wide) and "tolls_same" in told and points >= ENOUGH_OF_REGIONS


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
