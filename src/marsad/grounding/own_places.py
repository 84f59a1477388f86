"""``marsad gazetteer add``: the user's own list of places, as CSV or GeoJSON, an OCHA p-code table, or a dump in GeoNames' format.

Of a table, the columns are known by their names: our own (``name``, ``lat``, ``lon``; ``also``, ``english``, ``kind``, ``country``, ``admin``, ``parent``,
``precision``, ``radius_km``, ``population``, ``id`` if there), or OCHA's (``ADM3_AR``, ``ADM3_EN``, ``ADM3_PCODE``, ``admin3Name_ar`` ...: the deepest level
that has Arabic names). What cannot be used is named line by line, the rest is taken.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.grounding.gazetteer_file import Row, write_gazetteer
from marsad.grounding.geonames import COLUMNS, Faults, dump_rows
from marsad.grounding.place_rows import Units
from marsad.grounding.tables import KINDS, governorates
from marsad.model import Place
from marsad.model.place import PlacePrecision

_LEVEL = re.compile(r"adm(?:in)?_?(\d)_?(?:name)?_?(ar|en|pcode)(?:_\d)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.-]+")
_LAT = ("lat", "latitude", "y", "y_coord", "center_lat", "latitude_y", "y_centroid", "point_y")
_LON = (
    "lon",
    "lng",
    "long",
    "longitude",
    "x",
    "x_coord",
    "center_lon",
    "longitude_x",
    "x_centroid",
    "point_x",
)
_NAME = ("name", "name_ar", "name:ar", "ar", "arabic", "الاسم")
_ENGLISH = ("english", "name_en", "name:en", "en")
_DEPTH = {"0": "country", "1": "governorate", "2": "district", "3": "subdistrict", "4": "village"}
_PRECISIONS: dict[str, PlacePrecision] = {
    "exact": "exact",
    "town": "town",
    "district": "district",
    "governorate": "governorate",
    "country": "country",
}


def add_places(file: Path, folder: Path) -> tuple[Path, int, Faults]:
    """Make a gazetteer file of a user's list: (file, places, lines that could not be used).

    Args:
        file: ``.csv``, ``.tsv``, ``.txt`` (GeoNames' format) or ``.geojson``/``.json``.
        folder: The user's gazetteer folder.

    Raises:
        InputError: the file cannot be read as any of these, or has no row that can be used; the message says what is missing.
    """
    faults = Faults()
    try:
        rows = list(_rows(file, faults))
    except (UnicodeDecodeError, json.JSONDecodeError, csv.Error) as error:
        raise InputError(f"{file}: cannot be read as UTF-8 {file.suffix or 'text'}: {error}") from None
    if not rows:
        raise InputError(f"{file}: no row can be used; {'; '.join(faults.first) or 'the file is empty'}")
    target = folder / f"added-{_UNSAFE.sub('-', file.stem)}.sqlite"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    meta = {"sources": f"user's file {file.name}", "licence": "as the user's file says", "sha256": digest}
    return target, write_gazetteer(target, rows, meta), faults


def _rows(file: Path, faults: Faults) -> Iterator[Row]:
    suffix = file.suffix.lower()
    if suffix in (".geojson", ".json"):
        records = _features(json.loads(file.read_text(encoding="utf-8-sig")), file)
    else:
        with file.open(encoding="utf-8-sig", newline="") as text:
            first = text.readline()
            text.seek(0)
            if first.count("\t") == COLUMNS - 1 and first.partition("\t")[0].isdigit():
                yield from dump_rows(text, {}, Units(governorates()).of, faults)
                return
            mark = (
                "\t"
                if first.count("\t") > first.count(",")
                else ";"
                if first.count(";") > first.count(",")
                else ","
            )
            records = iter(list(csv.DictReader(text, delimiter=mark)))
    for number, record in enumerate(records, 2 if suffix not in (".geojson", ".json") else 1):
        try:
            yield _row({str(k).strip().lower(): v for k, v in record.items() if k is not None}, file.stem)
        except ValueError as error:
            faults.add(f"{file.name}, row {number}", str(error))


def _features(tree: object, file: Path) -> Iterator[Mapping[str, Any]]:
    if not isinstance(tree, dict) or not isinstance(tree.get("features"), list):
        raise InputError(f"{file}: not a GeoJSON FeatureCollection")
    for feature in tree["features"]:
        points = list(_points((feature.get("geometry") or {}).get("coordinates")))
        middle = {}
        if points:
            lons, lats = [p[0] for p in points], [p[1] for p in points]
            middle = {"lon": (min(lons) + max(lons)) / 2, "lat": (min(lats) + max(lats)) / 2}
        yield {**(feature.get("properties") or {}), **middle}


def _points(coordinates: object) -> Iterator[tuple[float, float]]:
    """All points of a geometry of any kind."""
    if (
        isinstance(coordinates, list)
        and len(coordinates) >= 2
        and all(isinstance(c, int | float) for c in coordinates[:2])
    ):
        yield float(coordinates[0]), float(coordinates[1])
    elif isinstance(coordinates, list):
        for part in coordinates:
            yield from _points(part)


def _row(cells: Mapping[str, Any], source: str) -> Row:
    level, deep = _deepest(cells)
    name = deep.get("ar") or _first(cells, _NAME)
    if not name:
        raise ValueError("no Arabic name (a column 'name' or 'ADM3_AR')")
    lat, lon = _number(cells, _LAT, 90.0), _number(cells, _LON, 180.0)
    english = deep.get("en") or _first(cells, _ENGLISH) or name
    kind = str(cells.get("kind") or _DEPTH.get(level, "village"))
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    precision = str(
        cells.get("precision")
        or ("exact" if kind not in ("country", "governorate", "district", "subdistrict") else "district")
    )
    if precision not in _PRECISIONS:
        raise ValueError(f"precision {precision!r} is none of {', '.join(_PRECISIONS)}")
    admin = str(cells.get("admin") or "")
    code = (
        deep.get("pcode") or cells.get("id") or hashlib.sha256(f"{name}{lat}{lon}".encode()).hexdigest()[:12]
    )
    place = Place(
        id=f"user:{source}:{code}",
        name=english,
        ar=name,
        kind=kind,
        country=str(cells.get("country") or admin[:2] or str(deep.get("pcode") or "")[:2]).upper(),
        admin=admin,
        parent=str(cells.get("parent") or admin),
        lat=lat,
        lon=lon,
        precision=_PRECISIONS[precision],
        radius=float(cells.get("radius_km") or (20.0 if precision != "exact" else 3.0)),
        population=int(float(cells.get("population") or 0)),
        origin=f"user's file {source}",
        layer=3,
    )
    also = [part.strip() for part in str(cells.get("also") or "").split("|") if part.strip()]
    return place, [name, english, *also]


def _deepest(cells: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The deepest of OCHA's levels that has an Arabic name: its number and {ar, en, pcode}."""
    levels: dict[str, dict[str, str]] = {}
    for column, value in cells.items():
        match = _LEVEL.fullmatch(column)
        if match and value not in (None, ""):
            levels.setdefault(match[1], {}).setdefault(match[2].lower(), str(value).strip())
    named = [level for level, parts in levels.items() if "ar" in parts]
    deepest = max(named, default="")
    return deepest, levels.get(deepest, {})


def _first(cells: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    return next((str(cells[c]).strip() for c in columns if cells.get(c) not in (None, "")), "")


def _number(cells: Mapping[str, Any], columns: tuple[str, ...], most: float) -> float:
    raw = _first(cells, columns)
    try:
        value = float(raw.replace(",", "."))
    except ValueError:
        raise ValueError(f"{columns[0]} is {raw!r}, not a number of degrees") from None
    if not -most <= value <= most:
        raise ValueError(f"{columns[0]} {value} is out of range")
    return value
