"""From lines of ``marsad reconcile`` to spells of control: one pass over the incidents, then place by place.

Only incidents about territory are held, without the words of their claims; the others are counted and let go. A line that is no incident is
set aside with its reason, and the run goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from marsad.articles import RawArticle
from marsad.control import ControlKit, Grouped, by_place, trace
from marsad.errors import SetAside
from marsad.grounding.place_keys import place_key
from marsad.model import Label, Place
from marsad.model.control import Spell
from marsad.model.incident import Incident, Spot
from marsad.model.incident_json import incident_from_json
from marsad.run.json_rows import json_rows
from marsad.run.known import KnownLabels
from marsad.run.pipeline import load_kit

OnFault = Callable[[str, SetAside], None]


@dataclass(slots=True)
class ControlStats:
    """What became of the lines and the incidents."""

    incidents: int = 0
    territory: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Traced:
    """A place with all its spells; none where something is told of it, but not who holds it."""

    place: Spot
    spells: list[Spell]


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """From an id to the gazetteer's row, and from a name to all that bear it."""

    data: Path | None = None

    def __call__(self, identity: str) -> Place | None:
        """The place of an id, or None."""
        return load_kit(self.data).grounding.lookup.gazetteer.place(identity)

    def bears(self, spot: Spot, name: str) -> bool:
        """Whether a place has that id or name: its English one, its Arabic one as anybody spells it, or another that the gazetteer has."""
        key = place_key(name)
        if name and (name in (spot.id, spot.name) or (key and key == place_key(spot.name))):
            return True
        known = self(spot.id) if key and spot.id else None
        if known is None:
            return False
        # "Hama" is in the gazetteer the governorate's English name only, the city's is "Ḩamāh": one Arabic name in one country is one name.
        named = load_kit(self.data).grounding.lookup.gazetteer.named(key)
        return any(
            one.id == known.id or (one.ar and (one.ar, one.country) == (known.ar, known.country))
            for one in named
        )


def control_kit(data: Path | None = None) -> ControlKit:
    """The names that tracing asks for, from the register and the gazetteer of this process."""
    labels = KnownLabels(data)

    def label(identity: str) -> Label | None:
        return labels(identity) or labels(identity.removeprefix("outlet:"))

    return ControlKit(label, KnownPlaces(data))


def traced(file: str, kit: ControlKit, stats: ControlStats, on_fault: OnFault) -> Iterator[Traced]:
    """The places of a file of incidents with their spells, by name, id and day.

    Args:
        file: The output of ``marsad reconcile``, or ``-``; gzip is unpacked.
        kit: Names for ids.
        stats: Counts what comes in and what is left out.
        on_fault: Is told of each line that is set aside, with where it stands.
    """
    grouped = by_place(incidents_of(file, stats, on_fault), kit)
    stats.left_out.update(grouped.left_out)
    for key in sorted(grouped.at, key=lambda key: (*_sorted_by(_place(grouped, key).name), key)):
        incidents = grouped.at.pop(key)
        spells = trace(incidents, kit)
        place = spells[0].place if spells else incidents[0].place
        if place:
            yield Traced(place, spells)


def control_of(incidents: Iterable[Incident]) -> list[Spell]:
    """Who is said to have held each place, since when, on whose word: the spells of `reconcile_articles`' incidents, by place and day."""
    kit = control_kit()
    grouped = by_place(incidents, kit)
    return [spell for key in sorted(grouped.at) for spell in trace(grouped.at[key], kit)]


def _sorted_by(name: str) -> tuple[str, str]:
    """Among names, whatever their marks: Ḩamāh stands between Gaza and Idlib."""
    return (place_key(name), name)


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """The names that come nearest to one, the nearest first."""
    keys = {place_key(one): one for one in names}
    return [keys[key] for key in get_close_matches(place_key(name), keys, n=3)]


def _place(grouped: Grouped, key: str) -> Spot:
    """The place of a row under its first name, whatever the order of the incidents."""
    return min((one.place for one in grouped.at[key] if one.place), key=lambda spot: spot.name)


def incidents_of(file: str, stats: ControlStats, on_fault: OnFault) -> Iterator[Incident]:
    """The incidents about territory of a file, one after the other."""
    seen: set[str] = set()
    for number, row in json_rows(file):
        try:
            incident = _incident(row, seen, stats)
        except SetAside as refusal:
            _set_aside(_where(file, number or None), refusal, stats, on_fault)
            continue
        if incident is not None:
            yield incident


def _set_aside(where: str, refusal: SetAside, stats: ControlStats, on_fault: OnFault) -> None:
    stats.set_aside[refusal.reason] += 1
    on_fault(where, refusal)


def _where(file: str, line: int | None) -> str:
    return RawArticle(kind="refused", file=file, line=line).where


def _incident(row: dict[str, Any] | SetAside, seen: set[str], stats: ControlStats) -> Incident | None:
    """The incident of a row; None for one that is not about territory."""
    if isinstance(row, SetAside):
        raise row
    _check_fields(row)
    events = row["events"]
    if not isinstance(events, list) or not all(isinstance(event, str) for event in events):
        raise SetAside("bad_record", f"field 'events' must be a list of codes, not {str(events)[:60]!r}")
    if not any(event.startswith("territory.") for event in events):
        stats.incidents += 1
        return None
    incident = _built(row)
    if incident.id in seen:
        raise SetAside("duplicate_id", f"an incident with the id {incident.id!r} came before it")
    seen.add(incident.id)
    stats.incidents += 1
    stats.territory += 1
    return incident


def _check_fields(row: dict[str, Any]) -> None:
    missing = [name for name in ("id", "events", "status", "claims") if name not in row]
    if missing:
        hint = "; articles go through `marsad reconcile` first" if "text" in row else ""
        raise SetAside("bad_record", f"not an incident, it has no field {missing[0]!r}{hint}")


def _built(row: dict[str, Any]) -> Incident:
    try:
        incident = incident_from_json(row)
    except KeyError as error:
        raise SetAside("bad_record", f"a claim or part of the incident has no field {error}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise SetAside("bad_record", f"a field of the incident cannot be used: {error}") from None
    if not isinstance(incident.id, str) or not incident.id:
        raise SetAside("bad_record", f"field 'id' must be a text, not {incident.id!r}")
    return incident
