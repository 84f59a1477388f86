"""The front door: incidents about territory in, spells of control out, place by place.

>>> rows = by_place(incidents, kit)  # doctest: +SKIP
>>> spells = trace(rows.at["geonames:170017"], kit)  # doctest: +SKIP
>>> who_held(spells, date(2024, 12, 6)).state  # doctest: +SKIP
'held'

A place is a row of its own: a quarter or a district does not follow its city, nor a city its governorate, unless a claim is about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from marsad.arabic import fold_word
from marsad.control.evidence import DEEDS, claims_of, moments
from marsad.control.kit import ControlKit
from marsad.control.parties import Names
from marsad.control.spells import Row
from marsad.control.telling import Teller
from marsad.model import Label
from marsad.model.control import ControlState, Holder, Spell
from marsad.model.incident import Incident, Reason, Spot, Told

_WIDTH = {"exact": 0, "town": 1, "district": 2, "governorate": 3, "country": 4}
_MOST_DAYS = 31
"""An incident that is known to no month tells of no day on which control changed."""
_NOTHING_TOLD = Label(
    en="Nothing is told of the control of this place for that day or before.",
    ar="لم يرد شيء عن السيطرة على هذا المكان في ذلك اليوم ولا قبله.",
)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Incidents by place.

    Attributes:
        at: From a place's key to its incidents, each with the claims about that place only.
        left_out: How many incidents about territory are in no row, by reason: ``no_place``; ``inside`` (only something inside or around a
            known place is meant, which is no word about that place); ``no_day``; ``no_month`` (known to no month).
    """

    at: dict[str, list[Incident]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who is said to have held a place on a day, since when, and why; ``spell`` is None where nothing is told."""

    day: date
    state: ControlState
    holder: Holder | None
    claimant: Holder | None
    since: date | None
    spell: Spell | None
    reasons: tuple[Reason, ...]


def place_key(spot: Spot) -> str:
    """What tells a place from others: its id, or its folded name with its country.

    >>> place_key(Spot("", "مدينة السنديان", country="SY"))
    'مدينه السنديان|SY'
    """
    return spot.id or f"{fold_word(spot.name.casefold())}|{spot.country}"


def by_place(incidents: Iterable[Incident], kit: ControlKit | None = None) -> Grouped:
    """Incidents about territory by place, and why the others are left out."""
    kit = kit or ControlKit()
    grouped = Grouped()
    for incident in incidents:
        told = [one for one in incident.told if one.testimony.event in DEEDS]
        if not told:
            continue
        reason = _undated(incident) or _shared_out(incident, told, grouped, kit)
        if reason:
            grouped.left_out[reason] += 1
    return grouped


def _undated(incident: Incident) -> str:
    start, end = incident.when.start, incident.when.end
    if start is None:
        return "no_day"
    return "no_month" if end and (end - start).days > _MOST_DAYS else ""


def _shared_out(incident: Incident, told: list[Told], grouped: Grouped, kit: ControlKit) -> str:
    """Put an incident into the row of each place that its claims are about; why, where there is none."""
    rows: dict[str, tuple[Spot, list[Told]]] = {}
    inside = False
    for one in told:
        spot = one.testimony.place
        # What is only written ("the city") is the place that the incident as a whole is about.
        spot = spot if spot and spot.id else incident.place or spot
        if spot is None or not (spot.id or spot.name):
            continue
        if _is_inside(spot, kit):
            inside = True
            continue
        rows.setdefault(place_key(spot), (spot, []))[1].append(one)
    # A dispute over one of several places is none over the others: then the claims alone say what is disputed.
    status = incident.status if len(rows) == 1 and not inside else "single"
    for key, (spot, claims) in rows.items():
        light = tuple(map(_light, claims))
        narrowed = replace(incident, place=spot, told=light, status=status, parts=(), counts=(), reasons=())
        grouped.at.setdefault(key, []).append(narrowed)
    if rows:
        return ""
    return "inside" if inside else "no_place"


def _is_inside(spot: Spot, kit: ControlKit) -> bool:
    """Whether a claim is about something in or around a known place, such as a quarter that no gazetteer has."""
    known = kit.places(spot.id) if spot.id else None
    if known is None:
        return spot.precision == "town"
    return _WIDTH.get(spot.precision or "exact", 0) > _WIDTH[known.precision]


def _light(told: Told) -> Told:
    """Without what control does not ask for: an archive's rows are held together."""
    return Told(testimony=replace(told.testimony, counts=(), words=(), text=""), group=told.group)


def trace(incidents: Iterable[Incident], kit: ControlKit | None = None) -> list[Spell]:
    """The spells of one place.

    Args:
        incidents: All incidents about that place and no other (`by_place`), in any order.
        kit: Names for ids.

    Returns:
        Its spells in order, without gaps from the first told day on; none where nothing is told of who holds it.
    """
    kit = kit or ControlKit()
    incidents = list(incidents)
    spots = [incident.place for incident in incidents if incident.place]
    if not spots:
        return []
    place = min(spots, key=lambda spot: (spot.point is None, not spot.id, spot.name, str(spot.point)))
    names = Names(claims_of(incidents), kit.labels)
    known = kit.places(place.id) if place.id else None
    label = Label(en=place.name, ar=(known.ar if known else "") or place.name)
    row = Row(place, place_key(place), Teller(label, names))
    every = [moment for incident in incidents for moment in moments(incident, names)]
    for moment in sorted(every, key=lambda one: one.key):
        row.add(moment)
    return row.spells()


def who_held(spells: Sequence[Spell], day: date) -> Answer:
    """Who is said to have held a place on a day, and why: the spell that covers the day, or unknown.

    Args:
        spells: The spells of one place.
        day: The day.
    """
    covering = next((s for s in spells if s.start <= day and (s.end is None or day < s.end)), None)
    if covering is None:
        reason = Reason("unknown.nothing_told", _NOTHING_TOLD)
        return Answer(
            day=day, state="unknown", holder=None, claimant=None, since=None, spell=None, reasons=(reason,)
        )
    return Answer(
        day=day,
        state=covering.state,
        holder=covering.holder,
        claimant=covering.claimant,
        since=covering.start,
        spell=covering,
        reasons=covering.reasons,
    )
