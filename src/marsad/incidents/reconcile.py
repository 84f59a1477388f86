"""The front door of this room: the episodes of one block in, its incidents out, knowing nothing of other blocks.

The incident table is a pure function of claims and judgements: clusters are derived and can be made again at any time, and only what people
judged is an opinion that lasts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from marsad.incidents.cluster import clusters
from marsad.incidents.growing import Cluster
from marsad.incidents.independence import groups_of
from marsad.incidents.known import Known
from marsad.incidents.scene import Scene
from marsad.incidents.sentences import joined, reason
from marsad.incidents.tolls import differ, ranges_of
from marsad.incidents.verdicts import Verdicts
from marsad.incidents.weigh import name_of, weigh
from marsad.model.incident import CountRange, Incident, Part, Reason, Testimony, Told

_MOST_ACTORS = 16


def reconcile(block: Iterable[Sequence[Testimony]], verdicts: Verdicts, known: Known) -> list[Incident]:
    """The incidents of one block, in a fixed order whatever the order of its episodes.

    Args:
        block: Episodes (the testimonies of one event in one article) that may be about the same things (`marsad.incidents.blocks`).
        verdicts: What people judged.
        known: Who is who.
    """
    found = clusters(map(Scene, block), verdicts)
    names = {id(cluster): _identity(cluster.scene) for cluster in found}
    return [_incident(cluster, names, (verdicts, known)) for cluster in found]


def _identity(scene: Scene) -> str:
    """The id: of the first report's claim, so that it stays while that claim stays and later ones come in."""
    core = [one for one in scene.told if one.says in ("affirms", "denies")] or scene.told
    first = min(core, key=lambda one: one.key)
    return "i" + hashlib.sha256(first.id.encode()).hexdigest()[:15]


def _incident(cluster: Cluster, names: dict[int, str], about: tuple[Verdicts, Known]) -> Incident:
    verdicts, known = about
    scene = cluster.scene
    told = _told(cluster, about)
    weighed = weigh(told, known)
    labels = {one.testimony.root.key: name_of(one.testimony, known).en for one in told}
    counts = ranges_of(told, labels)
    differing = differ(told)
    more = _further(cluster, counts if differing else (), names, verdicts)
    return Incident(
        id=names[id(cluster)],
        events=_events(told),
        status=weighed.status,
        roots=len({one.testimony.root.key for one in told if one.group}),
        independent=weighed.independent,
        counts_differ=differing,
        when=scene.when,
        place=scene.spot,
        parts=_parts(told),
        counts=counts,
        told=told,
        reasons=(*weighed.reasons, *more),
        retells=names[id(cluster.retells)] if cluster.retells else "",
    )


def _told(cluster: Cluster, about: tuple[Verdicts, Known]) -> tuple[Told, ...]:
    verdicts, known = about
    country = cluster.scene.spot.country if cluster.scene.spot else ""
    ordered = sorted(cluster.scene.told, key=lambda one: one.key)
    return tuple(
        Told(testimony=one, group=group, joined=_joined(one, cluster, verdicts))
        for one, group in zip(ordered, groups_of(ordered, country, known), strict=True)
    )


def _joined(one: Testimony, cluster: Cluster, verdicts: Verdicts) -> tuple[Reason, ...]:
    if verdicts.tied(one.id):
        return (reason("judged_same", one.id),)
    scores = cluster.joined.get(one.id)
    if scores:
        return joined(scores, one.id)
    return (reason("first" if one is cluster.scene.told[0] else "together", one.id),)


def _further(
    cluster: Cluster, counts: Sequence[CountRange], names: dict[int, str], verdicts: Verdicts
) -> list[Reason]:
    """Reasons beside those of the status: tolls that differ, a looking back, what people were unsure of."""
    found = [
        reason(
            "counts_differ",
            what=f"{c.kind} {c.min} ({c.min_by}) – {'…' if c.max is None else c.max} ({c.max_by})",
        )
        for c in counts
        if c.min_by != c.max_by
    ]
    if cluster.retells:
        found.append(reason("retells", what=names[id(cluster.retells)]))
    ids = {one.id for one in cluster.scene.told}
    for code, pairs in (("unsure", verdicts.unsure), ("judgements_conflict", verdicts.conflicts)):
        found += [reason(code, one) for one, other in sorted(pairs) if one in ids and other in ids]
    return found


def _events(told: Sequence[Told]) -> tuple[str, ...]:
    """The codes of what is said to have happened, those most roots tell first; of an incident that is only expected all of them."""
    heard = [one for one in told if one.group] or told
    roots = Counter(code for code, _ in {(one.testimony.event, one.testimony.root.key) for one in heard})
    claims = Counter(one.testimony.event for one in heard)
    rest = {one.testimony.event for one in told} - claims.keys()
    ordered = sorted(claims, key=lambda code: (-roots[code], -claims[code], code))
    return (*ordered, *sorted(rest))


def _parts(told: Sequence[Told]) -> tuple[Part, ...]:
    """Who took part, each once for each role; with the words most claims use."""
    named: dict[tuple[str, str], Counter[Part]] = {}
    for one in told:
        if one.testimony.says in ("affirms", "denies"):
            for part in one.testimony.parts:
                named.setdefault((part.role, part.key), Counter())[part] += 1
    ranked = sorted(named.items(), key=lambda item: (-item[1].total(), item[0]))[:_MOST_ACTORS]
    return tuple(min(parts, key=lambda part: (-parts[part], part.text)) for _, parts in ranked)
