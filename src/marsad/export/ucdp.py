"""Incidents in which people died in the 49 columns of UCDP GED, one row an incident.

Rows are incidents in which a root affirms deaths, on days and in a country that are known; what is left out is counted by reason. Best, low and high are figures that roots gave,
never computed from others'. Numbers of conflicts, dyads and sides are UCDP's own and stay empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from marsad.export.base import ClaimRecord, IncidentRecord, Json, Making
from marsad.export.coders import (
    CodedColumn,
    CodedTable,
    Value,
    day_of,
    divisions,
    each_once,
)
from marsad.export.coders_sides import sides_of
from marsad.export.coders_tolls import DEADLY
from marsad.export.countries import Country, country_of
from marsad.export.masking import headline_of
from marsad.export.points import point_of
from marsad.export.ucdp_deaths import Deaths, deaths_of
from marsad.export.ucdp_sides import Dyad, dyad_of
from marsad.export.wording import outlet_words, place_words, root_words

LEFT_OUT: Mapping[str, str] = {
    "no death": "no root affirms that anybody died",
    "no country": "no country is known",
    "no day": "no day is known",
}
"""Reasons for which an incident has no row, with what they mean."""
REVIEWED: Mapping[str, str] = {"machine": "Machine", "partly": "Partly reviewed", "reviewed": "Reviewed"}
"""Code status by the state of review."""
_DISTRICTS = ("district", "subdistrict")
_CELLS, _ACROSS = 2, 720
_FEW, _WEEK, _MONTH = 6, 7, 31


@dataclass(frozen=True, slots=True, kw_only=True)
class UcdpCase:
    """What the columns of a row are filled from."""

    record: IncidentRecord
    making: Making
    place: Json
    country: Country
    start: date
    end: date
    dyad: Dyad
    deaths: Deaths
    divisions: tuple[str, str, str]
    articles: tuple[ClaimRecord, ...]


class Ucdp(CodedTable[UcdpCase]):
    """Writes the rows; `counts` says what was left out."""

    def columns(self) -> Sequence[CodedColumn[UcdpCase]]:
        """The 49 columns."""
        return COLUMNS

    def case(self, record: IncidentRecord) -> UcdpCase | str:
        """What a row is filled from, or one of `LEFT_OUT`."""
        place, when = record.data["place"] or {}, record.data["time"] or {}
        country, start = country_of(place.get("country")), day_of(when.get("from"))
        if country is None:
            return "no country"
        if start is None:
            return "no day"
        if not _deadly(record):
            return "no death"
        names = self.making.names
        dyad = dyad_of(sides_of(record, self.making, start), place["country"])
        deaths = deaths_of(record, dyad)
        if deaths is None:
            return "no death"
        return UcdpCase(
            record=record, making=self.making, place=place, country=country, start=start, end=day_of(when.get("to")) or start, dyad=dyad, deaths=deaths,
            divisions=divisions(place, names), articles=_articles(record),
        )  # fmt: skip


def _deadly(record: IncidentRecord) -> bool:
    """Whether a claim may tell of a death: a quick look before all others."""
    return any(
        row["event"] in DEADLY or any(count["kind"] == "killed" for count in row.get("counts") or ())
        for row in record.data["claims"]
    )


def _articles(record: IncidentRecord) -> tuple[ClaimRecord, ...]:
    """A claim of each article, in the order of publication."""
    found = {one.head.id: one for one in record.claims}
    return tuple(sorted(found.values(), key=lambda one: (one.head.published or "9", one.head.id)))


def where_prec(case: UcdpCase) -> int:
    """UCDP's precision of a place, from ours and from what the gazetteer says it is."""
    precision, known = case.place.get("precision"), case.making.names.place(case.place.get("id"))
    kind = known.kind if known else ""
    if kind in ("sea", "strait"):
        return 7
    if precision in ("exact", "town"):
        return 1
    if precision == "district":
        return 3 if kind in _DISTRICTS else 2
    if precision == "governorate":
        return 4 if kind in ("governorate", "") else 5
    return 6


def date_prec(case: UcdpCase) -> int:
    """UCDP's precision of a date."""
    precision, days = case.record.data["time"]["precision"], (case.end - case.start).days + 1
    told = {"unknown": 2, "week": 3, "month": 4, "year": 5}.get(precision)
    if told is not None:
        return told
    return 1 if days == 1 else 2 if days <= _FEW else 3 if days == _WEEK else 4 if days <= _MONTH else 5


def grid_cell(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point: cells of half a degree, numbered from 1 at the south-west corner of the world, row by row to the east.

    >>> grid_cell(35.13, 36.76)
    180434
    """
    row = min(floor((lat + 90) * _CELLS), _ACROSS // 2 - 1)
    column = min(floor((lon + 180) * _CELLS), _ACROSS - 1)
    return row * _ACROSS + column + 1


def _degrees(axis: int, case: UcdpCase) -> Value:
    point = point_of(case.place)
    return point[axis] if point else None


def _wkt(case: UcdpCase) -> Value:
    point = point_of(case.place)
    return f"POINT ({point[1]} {point[0]})" if point else None


def _cell(case: UcdpCase) -> Value:
    point = point_of(case.place)
    return grid_cell(*point) if point else None


def _list(values: Sequence[str | None]) -> str:
    """One entry for each article, in the same order in every list; a semicolon within one becomes a comma."""
    return "; ".join((one or "").replace(";", ",") for one in values)


def _office(one: ClaimRecord, case: UcdpCase) -> str:
    return outlet_words(one.head.outlet, case.making) or ""


def _described(one: ClaimRecord, case: UcdpCase) -> str:
    return ", ".join(
        part for part in (headline_of(one, case.making), _office(one, case), one.head.day or "") if part
    )


def _roots(case: UcdpCase) -> str:
    rows = case.record.data["claims"]
    return each_once([root_words(row, case.making) for row in rows if row["says"] == "affirms"])


def _described_place(case: UcdpCase) -> str:
    places = [one.data.get("place") for one in case.record.claims]
    return each_once([place["text"] for place in places if place and place.get("text")])


def _outlets(case: UcdpCase) -> int:
    return len({one.head.outlet or one.head.id for one in case.articles})


_NOT_OURS = "A number of UCDP's own"
_ALWAYS = "Always: " + _NOT_OURS[0].lower() + _NOT_OURS[1:]


def _empty(name: str, fills: str = "") -> CodedColumn[UcdpCase]:
    return CodedColumn(name, fills or "Nothing", _ALWAYS, lambda _: None)


COLUMNS: tuple[CodedColumn[UcdpCase], ...] = (
    CodedColumn("id", "The incident's id, which stays (`i39d5c3fbb619b6f`); UCDP's are numbers", "", lambda c: c.record.id),
    CodedColumn("relid", "ISO alpha-3 code of the country, a hyphen, and the id of the incident, as in the ACLED-compatible file; of the incident that it looks back at, where it does", "", lambda c: f"{c.country.iso3}-{c.record.data.get('retells') or c.record.id}"),
    CodedColumn("year", "The year of `date_start`", "", lambda c: c.start.year),
    CodedColumn("active_year", "Nothing", "Always: it says whether a dyad had 25 deaths in the year, which is known of a whole dataset only", lambda _: None),
    CodedColumn("code_status", "`Machine` where nobody reviewed a claim of it, `Partly reviewed`, or `Reviewed`", "", lambda c: REVIEWED[c.record.review]),
    CodedColumn("type_of_violence", "1: forces of a state against an organised group or another state. 2: two organised groups. 3: a state or group against civilians. By the codes of the register: 1 and 8 are states, 2 to 4 organised groups", "A side is not told, or not known to be one of these", lambda c: c.dyad.violence),
    _empty("conflict_dset_id"),
    _empty("conflict_new_id"),
    CodedColumn("conflict_name", "Nothing", "Always: names of conflicts are UCDP's own", lambda _: None),
    _empty("dyad_dset_id"),
    _empty("dyad_new_id"),
    CodedColumn("dyad_name", "`side_a - side_b`", "One of them is empty", lambda c: c.dyad.name),
    _empty("side_a_dset_id"),
    _empty("side_a_new_id"),
    CodedColumn("side_a", "The state in state-based violence (of two states or two groups the first by the alphabet), who did it in one-sided violence, else the first side that is told: our English label, or the words as written; `Unidentified fighters` and `Unidentified soldiers or police` where the words name no body. Names are ours: `Syrian Arab Army`, not `Government of Syria`", "Nobody is told", lambda c: c.dyad.a.name if c.dyad.a else None),
    _empty("side_b_dset_id"),
    _empty("side_b_new_id"),
    CodedColumn("side_b", "The other side, `Civilians` where the words say civilians", "Nobody is told", lambda c: c.dyad.b.name if c.dyad.b else None),
    CodedColumn("number_of_sources", "How many outlets tell of it; articles without an outlet count one each", "", _outlets),
    CodedColumn("source_article", "For each article its headline, outlet and day; `; ` between articles, in the order of publication", "", lambda c: _list([_described(one, c) for one in c.articles])),
    CodedColumn("source_office", "For each article its outlet, in the same order", "", lambda c: _list([_office(one, c) for one in c.articles])),
    CodedColumn("source_date", "For each article its day, in the same order", "", lambda c: _list([one.head.day for one in c.articles])),
    CodedColumn("source_headline", "For each article its headline, in the same order", "", lambda c: _list([headline_of(one, c.making) for one in c.articles])),
    CodedColumn("source_original", "All roots that affirm it: the persons and bodies whose word the reports rest on. UCDP has one; names of private persons are masked", "", _roots),
    CodedColumn("where_prec", "1: the place itself, or within a known town. 2: an area of a district's size. 3: a district. 4: a governorate or province. 5: a region, road or river of that size. 6: the country. 7: a sea or strait", "", where_prec),
    CodedColumn("where_coordinates", "Name of the place that the coordinates are of, by the gazetteer", "No place is told closer than the country and it has no name", lambda c: place_words(c.place, c.making)),
    CodedColumn("where_description", "The words of the articles for the place, each once", "No claim names a place", _described_place),
    CodedColumn("adm_1", "The governorate or province, by the gazetteer", "The gazetteer does not know it", lambda c: c.divisions[0]),
    CodedColumn("adm_2", "The district", "The gazetteer knows of no district around the place, which is so for most", lambda c: c.divisions[1]),
    CodedColumn("latitude", "Degrees north (WGS 84), rounded to what is known: four decimals for a place itself, two within a town or district, one for a governorate, none for a country", "The place has no point on the map", lambda c: _degrees(0, c)),
    CodedColumn("longitude", "Degrees east, likewise", "As `latitude`", lambda c: _degrees(1, c)),
    CodedColumn("geom_wkt", "`POINT (longitude latitude)`", "As `latitude`", _wkt),
    CodedColumn("priogrid_gid", "The PRIO-GRID cell of the point: ⌊(latitude + 90) × 2⌋ × 720 + ⌊(longitude + 180) × 2⌋ + 1", "As `latitude`", _cell),
    CodedColumn("country", "Our English name of the country; UCDP counts Gaza and the West Bank to Israel, we write Palestine", "", lambda c: c.country.name),
    CodedColumn("country_id", "The Gleditsch-Ward number of the country", "The list has none: territories, Palestine, microstates", lambda c: c.country.gw),
    CodedColumn("region", "UCDP's region of the country: Africa, Americas, Asia (with Oceania), Europe, Middle East", "No continent is known", lambda c: c.country.ucdp_region),
    CodedColumn("event_clarity", "1: one incident. 2: a total over a month or longer, or an incident of which no closer time is known", "", lambda c: 1 if date_prec(c) < 4 else 2),
    CodedColumn("date_prec", "1: the day is told. 2: two to six days; also where no day is told and the day is the article's. 3: a week. 4: a month. 5: a year", "", date_prec),
    CodedColumn("date_start", "First day (`YYYY-MM-DD`)", "", lambda c: c.start.isoformat()),
    CodedColumn("date_end", "Last day", "", lambda c: c.end.isoformat()),
    CodedColumn("deaths_a", "Of `best`, the dead of side a: where the figure counts fighters, or an actor of that side, and the claim says of that side only that it was hit", "", lambda c: c.deaths.a),
    CodedColumn("deaths_b", "Of side b, likewise", "", lambda c: c.deaths.b),
    CodedColumn("deaths_civilians", "Of `best`, civilians: where the words of the figure, or else of all whom the claim says were hit, say civilians; or the part of it that the same claim counts so (“six, two children among them”)", "", lambda c: c.deaths.civilians),
    CodedColumn("deaths_unknown", "The rest of `best`: deaths_a + deaths_b + deaths_civilians + deaths_unknown = best", "", lambda c: c.deaths.unknown),
    CodedColumn("best", "The number that most independent groups of roots give, of equals the lower; of a range or a vague word its lower end. Where deaths are told without a number 1, or 3 where the words are plural", "", lambda c: c.deaths.best),
    CodedColumn("high", "The highest number that a root gives; of “more than forty” the known 41", "", lambda c: c.deaths.high),
    CodedColumn("low", "The lowest number that a root gives; 0 for “up to ten”", "", lambda c: c.deaths.low),
    CodedColumn("gwnoa", "The Gleditsch-Ward number of the state whose forces side a is", "Side a is no state's forces", lambda c: c.dyad.number("a")),
    CodedColumn("gwnob", "Of side b, likewise", "Side b is no state's forces", lambda c: c.dyad.number("b")),
)  # fmt: skip
"""The columns in UCDP's order."""
