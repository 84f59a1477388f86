"""Incidents in ACLED's 31 columns, one row an incident.

Rows are incidents that ACLED would have: with an event that maps to one of its sub-event types, told as happened (no denied ones, none that is only planned, possible or demanded),
at a place that is known more closely than the country, on days known to the month. What is left out is counted by reason. ACLED makes a row for each day and pair of actors; here
an incident is one row, on its first day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marsad.export.acled_actors import (
    Party,
    Scene,
    interaction,
    parties_of,
    role,
    targets_civilians,
)
from marsad.export.acled_events import SUB_EVENTS, disorder_of, sub_event_of
from marsad.export.acled_notes import notes_of
from marsad.export.base import IncidentRecord, Json, Making
from marsad.export.coders import (
    CodedColumn,
    CodedTable,
    Value,
    affirmed,
    day_of,
    divisions,
    each_once,
)
from marsad.export.coders_sides import Sides, sides_of
from marsad.export.coders_tolls import best_of, deaths_told, tolls_of
from marsad.export.countries import Country, country_of
from marsad.export.points import point_of
from marsad.export.wording import outlet_words

LEFT_OUT: Mapping[str, str] = {
    "only expected": "nobody says that it happened: it is planned, possible or demanded",
    "denied": "nobody affirms it, and somebody denies it",
    "no place": "no country or no point on the map is known",
    "country only": "the place is known to the country only, which ACLED never codes",
    "no day": "no day is known, or only the year",
    "no such event": "no event that a root affirms has a sub-event type: speech, courts, sanctions, people wounded without an act",
}
"""Reasons for which an incident has no row, with what they mean."""
GEO: Mapping[str, int] = {"exact": 1, "town": 1, "district": 2, "governorate": 3}
"""Geographic precision by ours."""
SCALES = ("Other", "National", "Regional", "International")
"""What the source scale is made of, in this order."""
_WEEK = 7
_SAID, _PART, _MONTH = 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledCase:
    """What the columns of a row are filled from."""

    record: IncidentRecord
    making: Making
    place: Json
    country: Country
    day: date
    time_precision: int
    events: tuple[str, ...]
    sub: str
    sides: Sides
    first: tuple[Party, ...]
    second: tuple[Party, ...]
    divisions: tuple[str, str, str]


class Acled(CodedTable[AcledCase]):
    """Writes the rows; `counts` says what was left out."""

    def columns(self) -> Sequence[CodedColumn[AcledCase]]:
        """The 31 columns."""
        return COLUMNS

    def case(self, record: IncidentRecord) -> AcledCase | str:
        """What a row is filled from, or one of `LEFT_OUT`."""
        data = record.data
        if data["status"] in (None, "denied"):
            return data["status"] or "only expected"
        place = data["place"] or {}
        country, day = country_of(place.get("country")), dated(data["time"])
        if country is None or point_of(place) is None:
            return "no place"
        if place.get("precision") == "country":
            return "country only"
        if day is None:
            return "no day"
        events = affirmed(record)
        sides = sides_of(record, self.making, day[0])
        scene = Scene(place["country"], country.name)
        sub = sub_event_of(events, sides, scene.code)
        if sub is None:
            return "no such event"
        first, second = parties_of(sub, events, sides, scene)
        return AcledCase(
            record=record, making=self.making, place=place, country=country, day=day[0], time_precision=day[1], events=events, sub=sub, sides=sides,
            first=first, second=second, divisions=divisions(place, self.making.names),
        )  # fmt: skip


def dated(when: Json | None) -> tuple[date, int] | None:
    """The day of a row and its precision; None where no day, or only the year, is known.

    >>> dated({"from": "2024-12-02", "to": "2024-12-08", "precision": "week"})
    (datetime.date(2024, 12, 5), 2)
    """
    if not when or not when["from"] or when["precision"] == "year":
        return None
    first = date.fromisoformat(when["from"])
    last = day_of(when["to"]) or first
    days = (last - first).days + 1
    if when["precision"] in ("week", "month"):
        return first + timedelta(days=days // 2), _PART if when["precision"] == "week" else _MONTH
    if when["precision"] == "unknown":
        return first, _PART
    return first, _SAID if days == 1 else _PART if days <= _WEEK else _MONTH


def fatalities_of(record: IncidentRecord, way: str) -> int:
    """How many died: by ACLED's rule, or the lowest or highest figure as told; 0 where nobody tells of a death."""
    tolls = tolls_of(record)
    if not tolls:
        return deaths_told(record)
    if way == "highest":
        return max(toll.high for toll in tolls)
    if way == "lowest":
        return min(toll.figure for toll in tolls)
    exact = [toll for toll in tolls if not toll.vague]
    best, givers = best_of(exact) if exact else (0, 0)
    return best if givers > 1 else min(toll.acled for toll in tolls)


def scale_of(case: AcledCase) -> str:
    """Where the outlets are, seen from the place: the nearest and the farthest."""
    found = set()
    for name in {claim.head.outlet for claim in case.record.claims}:
        outlet = case.making.names.outlet(name)
        home = country_of(outlet.country) if outlet else None
        if home is None:
            found.add("Other")
        elif home == case.country:
            found.add("National")
        else:
            near = home.acled_region is not None and home.acled_region == case.country.acled_region
            found.add("Regional" if near else "International")
    told = [scale for scale in SCALES if scale in found]
    return "-".join(dict.fromkeys((told[0], told[-1]))) if told else ""


def _sources(case: AcledCase) -> str:
    told = sorted(case.record.claims, key=lambda one: (one.head.published or "9", one.head.id))
    return each_once([outlet_words(one.head.outlet, case.making) for one in told])


def _tags(case: AcledCase) -> str:
    data = case.record.data
    parts = [
        f"status={data['status']}",
        f"roots={data['roots']}",
        f"independent={data['independent']}",
        f"review={case.record.review}",
        f"events={'|'.join(case.events)}",
    ]
    if data["counts_differ"]:
        parts.append("counts_differ")
    if case.sides.others:
        parts.append("also_named=" + "|".join(one.name for one in case.sides.others).replace(";", ","))
    return "; ".join(parts)


def _stamp(case: AcledCase) -> int | None:
    return int(datetime.fromisoformat(case.record.changed).timestamp()) if case.record.changed else None


def _name(parties: Sequence[Party]) -> str:
    return parties[0].name if parties else ""


def _with(parties: Sequence[Party]) -> str:
    return each_once([one.name for one in parties[1:]])


def _degrees(axis: int, case: AcledCase) -> Value:
    point = point_of(case.place)
    return point[axis] if point else None


COLUMNS: tuple[CodedColumn[AcledCase], ...] = (
    CodedColumn("event_id_cnty", "ISO alpha-3 code of the country, a hyphen, and the incident's id, which stays (`SYR-i39d5c3fbb619b6f`)", "", lambda c: f"{c.country.iso3}-{c.record.id}"),
    CodedColumn("event_date", "The first day that is told; the middle of a week or a month; the article's day where no day is told (`YYYY-MM-DD`)", "", lambda c: c.day.isoformat()),
    CodedColumn("year", "The year of `event_date`", "", lambda c: c.day.year),
    CodedColumn("time_precision", "1: the day is told. 2: the week is told, or two to seven days, or no day at all (then the day is the article's). 3: the month, or more than a week", "", lambda c: c.time_precision),
    CodedColumn("disorder_type", "By `sub_event_type`, as ACLED has it; excessive force against protesters is `Political violence; Demonstrations`", "", lambda c: disorder_of(c.sub)),
    CodedColumn("event_type", "By `sub_event_type`", "", lambda c: SUB_EVENTS[c.sub]),
    CodedColumn("sub_event_type", "Of the events that a root affirms, the sub-event type that stands first in ACLED's order; the table below says which event is which", "", lambda c: c.sub),
    CodedColumn("actor1", "The main actor of those who did it, gained the place, or are the party told first: our English label; `Protesters (Country)`, `Rioters (Country)` in protests and riots; `Civilians (Country)` where the words say civilians; `Unidentified Military Forces` for soldiers, police and ranks, and for an air strike by nobody told; `Unidentified Armed Group (Country)` for other fighters, and for an armed act by nobody told; else the words as written without their number (`قوات الوادي`, `الفصائل`), unless they only count, begin with a thing or a kind of place (`شخص`, `مواقع`, `12 شاحنة`), or are a person's name. Who gained the place goes first. Who only withdraws, beats an attack back or shoots something down is `actor2` where another is the doer. A person is the body that they spoke for on that day", "In a strategic development in which nobody is told", lambda c: _name(c.first)),
    CodedColumn("assoc_actor_1", "Actors of the register on the same side as `actor1` on that day, or named with it by one claim; `; ` between them", "Nobody was with `actor1`", lambda c: _with(c.first)),
    CodedColumn("inter1", "The type of `actor1` in ACLED's words: our register's code; state forces of another country are `External/Other forces`", "The type is not known: words as written, bodies that do not fight, unidentified forces", lambda c: role(c.first)),
    CodedColumn("actor2", "The main actor of those it was done to, who lost the place, or the other party; named as `actor1`. In violence against civilians `Civilians (Country)` where nobody is named. The target of a protest is none", "Nobody else is told", lambda c: _name(c.second)),
    CodedColumn("assoc_actor_2", "As `assoc_actor_1`; civilians beside an armed `actor2` are here", "Nobody was with `actor2`", lambda c: _with(c.second)),
    CodedColumn("inter2", "As `inter1`; in violence against civilians `Civilians` for whoever has no type", "As `inter1`, or there is no `actor2`", lambda c: role(c.second)),
    CodedColumn("interaction", "The two types with the lower code first (`State forces-Rebel group`), `… only` without `actor2`", "One of the types is not known", lambda c: interaction(c.first, c.second)),
    CodedColumn("civilian_targeting", "`Civilian targeting` in violence against civilians, in excessive force against protesters, and in remote violence whose `actor2` is civilians", "In all other rows", lambda c: "Civilian targeting" if targets_civilians(c.sub, c.second) else ""),
    CodedColumn("iso", "ISO 3166-1 numeric code of the country", "The country has none (Kosovo)", lambda c: c.country.numeric),
    CodedColumn("region", "The region that ACLED counts the country to", "Uninhabited islands", lambda c: c.country.acled_region),
    CodedColumn("country", "Our English name of the country, which is not always ACLED's", "", lambda c: c.country.name),
    CodedColumn("admin1", "The governorate or province, by the gazetteer", "The gazetteer does not know it", lambda c: c.divisions[0]),
    CodedColumn("admin2", "The district", "The gazetteer knows of no district around the place, which is so for most", lambda c: c.divisions[1]),
    CodedColumn("admin3", "The subdistrict", "As `admin2`", lambda c: c.divisions[2]),
    CodedColumn("location", "Name of the place, by the gazetteer", "", lambda c: c.place.get("name") or c.place.get("text")),
    CodedColumn("latitude", "Degrees north (WGS 84), rounded to what is known: four decimals for a place itself, two within a town or district, one for a governorate", "", lambda c: _degrees(0, c)),
    CodedColumn("longitude", "Degrees east, likewise", "", lambda c: _degrees(1, c)),
    CodedColumn("geo_precision", "1: the place itself, or within a known town. 2: a district. 3: a governorate or its like. Rows of which only the country is known are left out", "", lambda c: GEO[c.place.get("precision") or "town"]),
    CodedColumn("source", "The outlets that tell of it, `; ` between them, in the order of publication: our label, or the name as stored. ACLED cites the best report; here all stand", "No article has an outlet", _sources),
    CodedColumn("source_scale", "Where the outlets are, by the register: `National` in the same country, `Regional` in the same region of ACLED, else `International`; `Other` where the register does not know. The first and the last of these with a hyphen", "", scale_of),
    CodedColumn("notes", "In English: what is reported, by which roots and with which stance, who names which doer where more than one is named, who denies it, its status, every toll with who gives the lowest and the highest, whether people reviewed it; then the words of the first claim as published, and the article's id. Names of private persons are masked", "", lambda c: notes_of(c.record, c.events, c.making)),
    CodedColumn("fatalities", "By ACLED's rule unless the export asks for the lowest or highest figure as told: of figures that differ the lowest, until two independent roots give the same number; 12 for dozens, 100 for hundreds (and 1,000 for thousands, and so on, of which ACLED says nothing); 0 where nobody tells of a death. A death without a number is 1, or 3 where the words are plural. Days are not split", "", lambda c: fatalities_of(c.record, c.making.fatalities)),
    CodedColumn("tags", "`status=`, `roots=`, `independent=`, `review=` (machine, partly, reviewed), `events=` (codes of our codebook), `counts_differ` where tolls differ, `also_named=` (further actors of the register: another doer by another's word, one of another side that acted too). Not ACLED's tags", "", _tags),
    CodedColumn("timestamp", "When the incident last changed in the project, in seconds since 1970", "Not known when", _stamp),
)  # fmt: skip
"""The columns in ACLED's order."""
