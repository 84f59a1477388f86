"""GeoNames' own files: the dump of a country and its alternate names, as rows of a gazetteer.

A line of ``SY.txt`` has 19 columns between tabs, one of ``alternatenames/SY.txt`` 8 or 10 (the readme of download.geonames.org/export/dump says which);
quotation marks are letters there. Taken in are places where people live, divisions, and what war news names: airports, bases, bridges, camps,
crossings, dams, fields, hills and mountains, hospitals, islands, ports, prisons, regions. Names are the Arabic ones, and those in Arabic letters
without a language; a historic name only where there is no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from marsad.grounding.gazetteer_file import Row
from marsad.grounding.place_rows import arabic_names, kind_by_size
from marsad.model import Place

_CODES = {
    "airport": "S.AIRP S.AIRF",
    "airbase": "S.AIRB",
    "base": "L.MILB S.FT",
    "bridge": "S.BDG",
    "camp": "S.CMP S.CMPRF",
    "crossing": "S.PSTB S.CSTM S.PSTC",
    "dam": "S.DAM",
    "field": "L.OILF L.GASF",
    "industrial": "S.OILR",
    "powerplant": "S.PS",
    "hospital": "S.HSP",
    "prison": "S.PRN",
    "mosque": "S.MSQE",
    "university": "S.UNIV",
    "market": "S.MKT",
    "square": "S.SQR",
    "port": "L.PRT H.HBR",
    "region": "L.RGN L.AREA",
    "hill": "T.HLL T.HLLS",
    "mountain": "T.MT T.MTS T.PK",
    "valley": "T.VAL",
    "plain": "T.PLN",
    "desert": "T.DSRT",
    "island": "T.ISL T.ISLS",
    "lake": "H.LK H.RSV",
    "river": "H.STM",
    "strait": "H.STRT",
    "sea": "H.GULF H.SEA",
    "district": "A.ADM2",
    "subdistrict": "A.ADM3 A.ADM4",
    "road": "R.RD",
}
KIND_OF = {code: kind for kind, codes in _CODES.items() for code in codes.split()}
"""Feature class and code to the kind of place, for all but populated places."""
_SIZES = {
    "PPLC": "city",
    "PPLA": "city",
    "PPLX": "quarter",
    "PPLF": "village",
    "PPLL": "village",
    "STLMT": "settlement",
}
_GONE = frozenset(("PPLH", "PPLCH", "PPLW", "PPLQ"))
"""Places of history, destroyed and abandoned ones: no news comes from there."""
COLUMNS, ALTERNATE_COLUMNS = 19, (8, 10)
_MOST_DIGITS = 18
MOST_PEOPLE = 10**11
"""No place has so many inhabitants: a number from here on is a mistake."""


@dataclass(slots=True)
class Faults:
    """Lines that could not be used, counted, the first few kept to be shown."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, where: str, what: str) -> None:
        """One more line that could not be used."""
        self.count += 1
        if len(self.first) < 5:
            self.first.append(f"{where}: {what}")


def alternate_names(lines: Iterable[str], faults: Faults) -> dict[int, list[str]]:
    """The Arabic names of a country's places by GeoNames id, the preferred first."""
    current: dict[int, list[tuple[int, str]]] = {}
    historic: dict[int, list[str]] = {}
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if not line.strip():
            continue
        if fault := _fault_of_name(cells):
            faults.add(f"alternate names, line {number}", fault)
            continue
        if cells[2] not in ("ar", ""):  # codes and links have a "language" too
            continue
        for name in arabic_names([cells[3].strip()]):
            if cells[7] == "1":
                historic.setdefault(int(cells[1]), []).append(name)
            else:
                current.setdefault(int(cells[1]), []).append((-(cells[4] == "1"), name))
    names = {key: [name for _, name in sorted(some, key=lambda s: s[0])] for key, some in current.items()}
    return {**historic, **names}


def _fault_of_name(cells: list[str]) -> str | None:
    """Why a line of alternate names cannot be used, or None."""
    if len(cells) not in ALTERNATE_COLUMNS:
        return f"{len(cells)} columns, not 8 or 10"
    if not (cells[1].isdecimal() and len(cells[1]) <= _MOST_DIGITS):
        return f"the id {cells[1][:40]!r} is no number"
    return None


def dump_rows(
    lines: Iterable[str], alternates: dict[int, list[str]], unit_of: Callable[..., str], faults: Faults
) -> Iterator[Row]:
    """The places of a country's dump.

    Args:
        lines: Lines of ``CC.txt``.
        alternates: What `alternate_names` gave, or nothing.
        unit_of: Country, admin1 code and point to the governorate's code (`Units.of`).
        faults: Takes the lines that cannot be used.
    """
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != COLUMNS:
            if line.strip():
                faults.add(f"line {number}", f"{len(cells)} columns, not {COLUMNS}")
            continue
        try:
            row = _row(cells, alternates, unit_of)
        except ValueError as error:
            faults.add(f"line {number}", str(error))
            continue
        if row is not None:
            yield row


def _row(cells: list[str], alternates: dict[int, list[str]], unit_of: Callable[..., str]) -> Row | None:
    identity, at = int(cells[0]), (float(cells[4]), float(cells[5]))
    if not (-90 <= at[0] <= 90 and -180 <= at[1] <= 180):
        raise ValueError(f"coordinates out of range: {at}")
    population = int(cells[14] or 0)
    if not 0 <= population < MOST_PEOPLE:
        raise ValueError(f"population out of range: {population}")
    kind = kind_of(cells[6], cells[7], population)
    if kind is None:
        return None
    country = cells[8]
    names = alternates.get(identity) or arabic_names(name.strip() for name in cells[3].split(","))
    admin = unit_of(country, cells[10], at)
    district = kind in ("district", "subdistrict", "region", "desert", "plain", "valley")
    place = Place(
        id=f"geonames:{identity}",
        name=cells[1],
        ar=names[0] if names else "",
        kind=kind,
        country=country,
        admin=admin,
        parent=admin or country,
        lat=at[0],
        lon=at[1],
        precision="district" if district else "exact",
        radius=20.0 if district else 8.0 if kind == "city" else 3.0,
        population=population,
        origin="geonames dump",
        layer=1,
    )
    return place, [*names, cells[1], cells[2]]


def kind_of(cls: str, code: str, population: int) -> str | None:
    """The kind of place of a feature class and code; None for those that are not taken in."""
    if cls == "P":
        return None if code in _GONE else _SIZES.get(code) or kind_by_size(population)
    return KIND_OF.get(f"{cls}.{code}")
