"""Ids of an earlier run: an incident that still holds most of the claims of an earlier one keeps that one's id."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from marsad.model.incident import Incident


def keep_ids(
    incidents: Iterable[Incident],
    before: Mapping[str, str],
    given: set[str],
    elsewhere: Collection[str] = (),
) -> list[Incident]:
    """The incidents with the ids that they had in an earlier run.

    Args:
        incidents: Incidents of one block of this run.
        before: From a claim's id to the id of its incident in the earlier run.
        given: Ids of the earlier run that incidents of other blocks have taken; those taken here are added.
        elsewhere: Ids that incidents of other blocks bear, of whatever run.

    Returns:
        The same incidents in the same order. Each earlier id goes to the incident that holds most of its claims, each incident takes one at most, and
        one whose own id was taken by another gets a new one.
    """
    held = list(incidents)
    ids = _taken(held, before, given)
    given.update(ids.values())
    earlier = {*before.values(), *elsewhere}
    renamed = {}
    for number, incident in enumerate(held):
        identity = ids.get(number, incident.id)
        if number not in ids and identity in earlier:
            identity = "i" + hashlib.sha256(f"{incident.id} anew".encode()).hexdigest()[:15]
        renamed[incident.id] = identity
    return [
        replace(incident, id=renamed[incident.id], retells=renamed.get(incident.retells, incident.retells))
        for incident in held
    ]


def _taken(held: list[Incident], before: Mapping[str, str], given: set[str]) -> dict[int, str]:
    """Which incident takes which earlier id: the largest shares first."""
    shared: list[tuple[int, str, int]] = []
    for number, incident in enumerate(held):
        had = Counter(before[one.testimony.id] for one in incident.told if one.testimony.id in before)
        shared += [(-count, identity, number) for identity, count in had.items() if identity not in given]
    ids: dict[int, str] = {}
    gone: set[str] = set()
    for _, identity, number in sorted(shared):
        if identity not in gone and number not in ids:
            gone.add(identity)
            ids[number] = identity
    return ids
