"""Incidents as rows: as people query them, claim by claim, and for control by place."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from marsad.archive.folder import Parts
from marsad.archive.packing import packed
from marsad.archive.slicing import added
from marsad.control import ControlKit, by_place
from marsad.model.incident import Incident, Told
from marsad.model.incident_json import incident_to_json

BUCKETS = 256
"""Into how many buckets places are put; as many tasks may trace them."""
_AT_ONCE = 500

Row = dict[str, Any]


@dataclass(slots=True)
class Writer:
    """Writes incidents to the tables ``incidents``, ``incident_claims`` and ``territory``.

    Attributes:
        parts: Where to.
        kit: What lies where, for control.
        counts: Incidents, claims, incidents about territory, and how many of these are in no row, by reason.
        places: From a bucket of places to its rows and their digest.
    """

    parts: Parts
    kit: ControlKit
    counts: Counter[str] = field(default_factory=lambda: Counter(incidents=0, claims=0))
    places: dict[int, list[int]] = field(default_factory=dict)
    _incidents: list[Row] = field(default_factory=list)
    _claims: list[Row] = field(default_factory=list)
    _territory: list[Row] = field(default_factory=list)

    def write(self, block: str, found: Iterable[Incident]) -> None:
        """Write incidents of a block; small blocks share a group of rows."""
        for incident in found:
            self.counts.update(incidents=1, claims=len(incident.told))
            self._incidents.append(incident_row(incident, block))
            self._claims.extend(_claim_rows(incident))
            self._by_place(incident)
            if len(self._incidents) >= _AT_ONCE:
                self._flush()

    def _flush(self) -> None:
        self.parts.write("incidents", self._incidents)
        self.parts.write("incident_claims", self._claims)
        self._incidents, self._claims = [], []

    def _by_place(self, incident: Incident) -> None:
        grouped = by_place((incident,), self.kit)
        for reason, count in grouped.left_out.items():
            self.counts[f"territory_{reason}"] += count
        for key, (narrowed,) in grouped.at.items():
            data = packed(narrowed)
            bucket = bucket_of(key)
            row = {"bucket": bucket, "place_key": key, "incident": incident.id, "data": data}
            self._territory.append(row)
            cell = self.places.setdefault(bucket, [0, 0])
            cell[0], cell[1] = cell[0] + 1, added(cell[1], _digest(key, data))

    def end(self) -> None:
        """Write what is held until all are in; a table without rows is written too."""
        self._flush()
        self.counts["territory"] = len(self._territory)
        self._territory.sort(key=lambda row: (row["bucket"], row["place_key"], row["incident"]))
        self.parts.write("territory", self._territory)

    def told(self) -> dict[str, list[int]]:
        """The buckets of places, for the record."""
        return {str(bucket): cell for bucket, cell in sorted(self.places.items())}


def bucket_of(key: str) -> int:
    """The bucket of a place."""
    return hashlib.sha256(key.encode()).digest()[0]


def _digest(key: str, data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(key.encode() + b"\0" + data).digest()[:8], "big") >> 1


def incident_row(incident: Incident, block: str) -> Row:
    """An incident as a row of ``incidents``; ``data`` is its line of ``marsad reconcile``."""
    when, place = incident.when, incident.place
    return {
        "id": incident.id,
        "block": block,
        "status": incident.status,
        "events": list(incident.events),
        "roots": incident.roots,
        "independent": incident.independent,
        "counts_differ": incident.counts_differ,
        "first_day": when.start.isoformat() if when.start else None,
        "last_day": when.end.isoformat() if when.end else None,
        "day_precision": when.precision,
        **_place(incident),
        "precision": place.precision if place else None,
        "claims": len(incident.told),
        **_tolls(incident),
        "retells": incident.retells or None,
        "data": json.dumps(incident_to_json(incident), ensure_ascii=False),
    }


def _place(incident: Incident) -> Row:
    place = incident.place
    if place is None:
        return {}
    return {
        "place_id": place.id or None,
        "place": place.name or None,
        "country": place.country or None,
        "lat": place.lat,
        "lon": place.lon,
    }


def _tolls(incident: Incident) -> Row:
    found: Row = {}
    for count in incident.counts:
        if count.kind in ("killed", "wounded"):
            found[f"{count.kind}_min"], found[f"{count.kind}_max"] = count.min, count.max
    return found


def _claim_rows(incident: Incident) -> Iterator[Row]:
    return (_claim_row(incident.id, told) for told in incident.told)


def _claim_row(incident: str, told: Told) -> Row:
    one = told.testimony
    return {
        "incident": incident,
        "claim": one.id,
        "article": one.article,
        "number": one.number,
        "event": one.event,
        "says": one.says,
        "stance": one.stance,
        "root": one.root.key,
        "root_text": one.root.text,
        "root_kind": one.root.kind,
        "side": one.root.side or None,
        "outlet": one.outlet or None,
        "published": one.published or None,
    }
