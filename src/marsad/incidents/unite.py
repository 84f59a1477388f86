"""What people judged, applied to clusters: what they called the same is united, whatever the scores; what they called different stays apart.

Clusters are made first, as if nobody had called anything the same, so that a judgement about one claim never tears apart the incident that the claim is
in. Then the incidents that hold claims of one event are united. Where that would bring together two claims that people called different, only the
episodes that were judged go over.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.incidents.growing import Cluster
from marsad.incidents.scene import Scene
from marsad.incidents.verdicts import Verdicts


def united(found: list[Cluster], verdicts: Verdicts) -> list[Cluster]:
    """The clusters with what people called the same in one of them; in the order of their first.

    Passes go on until one unites nothing: a cluster that holds claims of two events may tie together two that were taken before it.
    """
    kept = _pass(found, verdicts)
    while len(kept) < len(found):
        found, kept = kept, _pass(kept, verdicts)
    return kept


def _pass(found: list[Cluster], verdicts: Verdicts) -> list[Cluster]:
    hosts: dict[str, Cluster] = {}
    kept: list[Cluster] = []
    instead: dict[int, Cluster] = {}
    for cluster in found:
        left = _moved(cluster, hosts, verdicts)
        if isinstance(left, _Gone):
            instead[id(cluster)] = left.into
            continue
        instead[id(cluster)] = left
        kept.append(left)
        hosts.update(dict.fromkeys(_ties(left.scene, verdicts), left))
    for cluster in kept:
        target = instead[id(cluster.retells)] if cluster.retells else None
        cluster.retells = None if target is cluster else target
    return kept


@dataclass(frozen=True, slots=True)
class _Gone:
    """That a cluster has gone into another."""

    into: Cluster


def _moved(cluster: Cluster, hosts: dict[str, Cluster], verdicts: Verdicts) -> Cluster | _Gone:
    """What is left of a cluster after its claims have gone to the clusters that hold the same event."""
    for tie in _ties(cluster.scene, verdicts):
        host = hosts.get(tie)
        if host is None:
            continue
        if not verdicts.apart(host.scene, cluster.scene):
            _take(host, cluster.members, cluster)
            hosts.update(dict.fromkeys(_ties(cluster.scene, verdicts), host))
            return _Gone(host)
        judged = [one for one in cluster.members if tie in _ties(one, verdicts)]
        going = [one for one in judged if not verdicts.apart(host.scene, one)]
        _take(host, going, cluster)
        rest = [one for one in cluster.members if one not in going]
        if not rest:
            return _Gone(host)
        cluster = Cluster(_sum(rest), rest, cluster.joined, cluster.retells)
    return cluster


def _take(host: Cluster, going: list[Scene], cluster: Cluster) -> None:
    for scene in going:
        host.members.append(scene)
        host.scene.absorb(scene)
    host.joined.update(cluster.joined)
    if not host.scene.looks_back:
        host.retells = None


def _sum(scenes: list[Scene]) -> Scene:
    return Scene(one for scene in scenes for one in scene.told)


def _ties(scene: Scene, verdicts: Verdicts) -> list[str]:
    """The events that people judged claims of a scene to be of, by their first claims."""
    return sorted({verdicts.together(one.id) for one in scene.told if verdicts.tied(one.id)})
