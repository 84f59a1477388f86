"""Our own tables of places: countries, governorates and the overlay, as rows of text; refused with file and line where they are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marsad.errors import MarsadError

DATA = Path(__file__).parent / "data"
PLACES = DATA / "places"
COUNTRY_COLUMNS = tuple("code slug english ar also nisba capital metonyms lat lon radius_km".split())
GOVERNORATE_COLUMNS = tuple(
    "code english ar also geonames seat lat lon radius_km south west north east".split()
)
OVERLAY_COLUMNS = tuple("id name also english kind parent admin lat lon precision radius_km from".split())

SETTLED = frozenset("city town village settlement".split())
"""Kinds of places where people live that are not part of another."""
WITHIN_TOWN = frozenset(
    "quarter street junction square palace mosque market university hospital bridge prison".split()
)
"""Kinds that lie inside a town where one is near."""
AREAS = frozenset("region district subdistrict front plain desert valley sea coast strait".split())
"""Kinds with no one point."""
KINDS = (
    SETTLED
    | WITHIN_TOWN
    | AREAS
    | frozenset(
        "country governorate camp road crossing airport airbase base port dam powerplant field industrial border mountain hill island river lake"
        " checkpoint site".split()
    )
)
"""All kinds of places."""


class TableError(MarsadError):
    """A table of places has a line that cannot be used."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1 with the forms of its name in the news."""

    code: str
    slug: str
    english: str
    names: tuple[str, ...]
    nisba: tuple[tuple[str, ...], ...]
    """Adjective, without the article: masculine, feminine, people, people in the oblique case; each with its spellings."""
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    lat: float
    lon: float
    radius: float


@dataclass(frozen=True, slots=True)
class Governorate:
    """A first-level division: its point is that of its seat; the box is (south, west, north, east)."""

    code: str
    english: str
    names: tuple[str, ...]
    geonames: str
    seat: str
    lat: float
    lon: float
    radius: float
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class OverlayRow:
    """A place that packages lack, with a word on where its position comes from."""

    id: str
    names: tuple[str, ...]
    english: str
    kind: str
    parent: str
    admin: str
    lat: float
    lon: float
    precision: str
    radius: float
    source: str
    where: str
    """File and line, for messages."""


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines of a table as (file:line, {column: text}).

    Raises:
        TableError: the header or a line has other columns.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(lines[0].split("\t")) != columns:
        raise TableError(f"{path.name}: the first line must be {' '.join(columns)}")
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            cells = line.split("\t")
            if len(cells) != len(columns):
                raise TableError(
                    f"{path.name}:{number}: {len(cells)} columns, not {len(columns)}: {line[:60]!r}"
                )
            yield f"{path.name}:{number}", dict(zip(columns, cells, strict=True))


def _list(text: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(mark) if part.strip()))


def _number(where: str, row: dict[str, str], *names: str) -> list[float]:
    try:
        return [float(row[name]) for name in names]
    except ValueError:
        raise TableError(
            f"{where}: {', '.join(names)} must be numbers, not {[row[n] for n in names]}"
        ) from None


@cache
def countries() -> tuple[Country, ...]:
    """The table of countries.

    Raises:
        TableError: a line cannot be used.
    """
    found = []
    for where, row in read_table(PLACES / "countries.tsv", COUNTRY_COLUMNS):
        lat, lon, radius = _number(where, row, "lat", "lon", "radius_km")
        found.append(
            Country(
                row["code"],
                row["slug"],
                row["english"],
                _list(f"{row['ar']}|{row['also']}"),
                tuple(_list(forms, "/") for forms in row["nisba"].split(",")) if row["nisba"] else (),
                _list(row["capital"]),
                _list(row["metonyms"]),
                lat,
                lon,
                radius,
            )
        )
    return tuple(found)


@cache
def governorates() -> tuple[Governorate, ...]:
    """The table of governorates.

    Raises:
        TableError: a line cannot be used.
    """
    found = []
    for where, row in read_table(PLACES / "governorates.tsv", GOVERNORATE_COLUMNS):
        lat, lon, radius = _number(where, row, "lat", "lon", "radius_km")
        south, west, north, east = _number(where, row, "south", "west", "north", "east")
        names = _list(f"{row['ar']}|{row['also']}")
        found.append(
            Governorate(
                row["code"],
                row["english"],
                names,
                row["geonames"],
                row["seat"],
                lat,
                lon,
                radius,
                (south, west, north, east),
            )
        )
    return tuple(found)


def overlay_files() -> list[Path]:
    """The files of the overlay, in a fixed order."""
    return sorted((PLACES / "overlay").glob("*.tsv"))


def overlay() -> Iterator[OverlayRow]:
    """The rows of the overlay.

    Raises:
        TableError: a line cannot be used.
    """
    for path in overlay_files():
        for where, row in read_table(path, OVERLAY_COLUMNS):
            lat, lon, radius = _number(where, row, "lat", "lon", "radius_km")
            yield OverlayRow(
                row["id"],
                _list(f"{row['name']}|{row['also']}"),
                row["english"],
                row["kind"],
                row["parent"],
                row["admin"],
                lat,
                lon,
                row["precision"],
                radius,
                row["from"],
                where,
            )
