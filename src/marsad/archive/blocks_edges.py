"""Incidents of a stretch of days that lie so near its end that claims beyond it may belong to them: they are tied anew when both sides are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.archive.blocks_episodes import Row
from marsad.archive.slicing import Piece
from marsad.incidents import DAYS_AROUND
from marsad.model.incident import Incident, Testimony

Episode = tuple[Row, Sequence[Testimony]]
"""An episode as it is stored, with its testimonies."""


@dataclass(slots=True)
class Parted:
    """What of a piece is final, and the rows of the episodes that are not, by the first day after the cut that they lie around."""

    final: list[Incident] = field(default_factory=list)
    edges: dict[int, list[Row]] = field(default_factory=dict)


def parted(found: Sequence[Incident], episodes: Sequence[Episode], piece: Piece) -> Parted:
    """Part the incidents of a piece.

    One that lies at both of its cuts goes to the first; one that retells another goes where that goes.
    """
    if not (piece.cut_before or piece.cut_after):
        return Parted(final=list(found))
    stored = {one.id: row for row, told in episodes for one in told}
    cuts = {incident.id: _cut(incident, stored, piece) for incident in found}
    parts = Parted()
    for incident in found:
        cut = cuts.get(incident.retells, 0) if incident.retells else cuts[incident.id]
        if cut is None:
            parts.final.append(incident)
        else:
            parts.edges.setdefault(cut, []).extend(_episodes_of(incident, stored))
    return parts


def _episodes_of(incident: Incident, stored: dict[str, Row]) -> list[Row]:
    rows = {id(row): row for told in incident.told if (row := stored[told.testimony.id])}
    return list(rows.values())


def _cut(incident: Incident, stored: dict[str, Row], piece: Piece) -> int | None:
    """The cut that an incident lies at, if any."""
    assert piece.first is not None and piece.last is not None
    days = [stored[told.testimony.id]["slot"] for told in incident.told]
    last = max(max(days), incident.when.end.toordinal() if incident.when.end else 0)
    if piece.cut_before and min(days) < piece.first + DAYS_AROUND:
        return piece.first
    if piece.cut_after and last + DAYS_AROUND > piece.last:
        return piece.last + 1
    return None
