"""Incidents of a stretch of days that lie so near its end that claims beyond it may belong to them: they are tied anew when both sides are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marsad.archive.blocks_episodes import Episode, Row
from marsad.archive.packing import packed
from marsad.archive.slicing import Piece
from marsad.incidents import DAYS_AROUND
from marsad.model.incident import Incident


@dataclass(slots=True)
class Parted:
    """What of a piece is final, and the episodes of what is not as rows, by the first day after the cut that they lie around."""

    final: list[Incident] = field(default_factory=list)
    edges: dict[int, list[Row]] = field(default_factory=dict)


def parted(found: Sequence[Incident], episodes: Sequence[Episode], piece: Piece) -> Parted:
    """Part the incidents of a piece.

    One that lies at both of its cuts goes to the first; one that retells another goes where that goes.
    """
    if not (piece.cut_before or piece.cut_after):
        return Parted(final=list(found))
    stored = {one.id: episode for episode in episodes for one in episode[1]}
    cuts = {incident.id: _cut(incident, stored, piece) for incident in found}
    parts = Parted()
    for incident in found:
        cut = cuts.get(incident.retells, 0) if incident.retells else cuts[incident.id]
        if cut is None:
            parts.final.append(incident)
        else:
            parts.edges.setdefault(cut, []).extend(_episodes_of(incident, stored))
    return parts


def _episodes_of(incident: Incident, stored: Mapping[str, Episode]) -> Iterator[Row]:
    held = {id(episode): episode for told in incident.told if (episode := stored[told.testimony.id])}
    return ({**row, "data": packed(list(told))} for row, told in held.values())


def _cut(incident: Incident, stored: Mapping[str, Episode], piece: Piece) -> int | None:
    """The cut that an incident lies at, if any."""
    assert piece.first is not None and piece.last is not None
    days = [stored[told.testimony.id][0]["slot"] for told in incident.told]
    last = max(max(days), incident.when.end.toordinal() if incident.when.end else 0)
    if piece.cut_before and min(days) < piece.first + DAYS_AROUND:
        return piece.first
    if piece.cut_after and last + DAYS_AROUND > piece.last:
        return piece.last + 1
    return None
