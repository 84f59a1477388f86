"""``marsad gazetteer add``: the user's own list of places, as CSV or GeoJSON, an OCHA p-code table, or a dump in GeoNames' format.

Of a table, the columns are known by their names: our own (``name``, ``lat``, ``lon``; ``also``, ``english``, ``kind``, ``country``, ``admin``, ``parent``,
``precision``, ``radius_km``, ``population``, ``id`` if there), or OCHA's (``ADM3_AR``, ``ADM3_EN``, ``ADM3_PCODE``, ``admin3Name_ar`` ...: the deepest level
that has Arabic names). A column of Arabic names (``name_ar``, ``arabic`` ...) goes before ``name``. What cannot be used is named line by line, the
rest is taken.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.grounding.gazetteer_file import Row, write_gazetteer
from marsad.grounding.geonames import COLUMNS, MOST_PEOPLE, Faults, dump_rows
from marsad.grounding.place_keys import place_key
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
_NAME = ("name_ar", "name:ar", "arabic", "ar", "الاسم", "name")
_ENGLISH = ("english", "name_en", "name:en", "en")
_JSON = (".geojson", ".json")
_EARTH_ROUND_KM = 40_075.0
_DEPTH = {"0": "country", "1": "governorate", "2": "district", "3": "subdistrict", "4": "village"}
_PRECISIONS: dict[str, PlacePrecision] = {
    "exact": "exact",
    "town": "town",
    "district": "district",
    "governorate": "governorate",
    "country": "country",
}


class _Unusable(ValueError):
    """A row or a feature of another shape; the message says which."""


def add_places(file: Path, folder: Path) -> tuple[Path, int, Faults]:
    """Make a gazetteer file of a user's list: (file, places, lines that could not be used).

    Args:
        file: ``.csv``, ``.tsv``, ``.txt`` (GeoNames' format) or ``.geojson``/``.json``.
        folder: The user's gazetteer folder.

    Raises:
        InputError: the file cannot be read as any of these, or has no row that can be used; the message says what is missing.
        OSError: the file cannot be read, or the folder not written.
    """
    faults = Faults()
    try:
        rows = list(_rows(file, faults))
    except RecursionError:
        raise InputError(f"{file}: cannot be read: it is nested too deeply") from None
    except (ValueError, csv.Error) as error:
        raise InputError(f"{file}: cannot be read as UTF-8 {file.suffix or 'text'}: {error}") from None
    if not rows:
        raise InputError(f"{file}: no row can be used; {'; '.join(faults.first) or _nothing(file)}")
    target = folder / f"added-{_UNSAFE.sub('-', file.name)}.sqlite"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    meta = {"sources": f"user's file {file.name}", "licence": "as the user's file says", "sha256": digest}
    return target, write_gazetteer(target, rows, meta, set_aside=faults.add), faults


def _nothing(file: Path) -> str:
    """What is wrong with a file that has neither a place nor a line to complain of."""
    lines = [line for line in file.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    if not lines:
        return "the file is empty"
    if file.suffix.lower() in _JSON:
        return "it has no features"
    if len(lines) == 1 and lines[0].count("\t") != COLUMNS - 1:
        return "it has only a header"
    return "none of its lines is of a kind that is taken"


def _rows(file: Path, faults: Faults) -> Iterator[Row]:
    if file.suffix.lower() in _JSON:
        yield from _usable(enumerate(_features(file), 1), _of_feature, file, faults)
        return
    with file.open(encoding="utf-8-sig", newline="") as text:
        first = text.readline()
        text.seek(0)
        if first.count("\t") == COLUMNS - 1 and first.partition("\t")[0].isdecimal():
            yield from dump_rows(text, {}, Units(governorates()).of, faults)
            return
        table = csv.DictReader(text, delimiter=_mark(first))
        # `line_num` counts blank lines too, which the reader passes over.
        yield from _usable(((table.line_num, record) for record in table), _of_record, file, faults)


def _mark(first: str) -> str:
    """What stands between the columns, by the first line."""
    return next((mark for mark in "\t;" if first.count(mark) > first.count(",")), ",")


def _usable(
    numbered: Iterable[tuple[int, Any]],
    cells_of: Callable[[Any], Mapping[str, Any]],
    file: Path,
    faults: Faults,
) -> Iterator[Row]:
    """The rows that can be used; the others go to the faults, with their numbers."""
    for number, record in numbered:
        try:
            yield _row(cells_of(record), file.stem)
        except (ValueError, OverflowError) as error:
            faults.add(f"{file.name}, row {number}", str(error))


def _of_record(record: Mapping[Any, Any]) -> dict[str, Any]:
    """The cells of a table's row by the names of their columns, small."""
    return {str(column).strip().lower(): cell for column, cell in record.items() if column is not None}


def _of_feature(feature: object) -> dict[str, Any]:
    """The properties of a feature, with the middle of its geometry as ``lon`` and ``lat``.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(feature, dict):
        raise _Unusable(f"not a feature: {str(feature)[:40]!r}")
    properties, geometry = (feature.get(part) for part in ("properties", "geometry"))
    for part, value in (("properties", properties), ("geometry", geometry)):
        if not isinstance(value, dict | None):
            raise _Unusable(f"{part} of the feature is {str(value)[:40]!r}, not an object")
    points = list(_points(geometry))
    middle = {}
    if points:
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        middle = {"lon": (min(lons) + max(lons)) / 2, "lat": (min(lats) + max(lats)) / 2}
    return {**_of_record(properties or {}), **middle}


def _features(file: Path) -> list[object]:
    tree = json.loads(file.read_text(encoding="utf-8-sig"))
    if not isinstance(tree, dict) or not isinstance(tree.get("features"), list):
        raise InputError(f"{file}: not a GeoJSON FeatureCollection")
    return list(tree["features"])


def _points(shape: object) -> Iterator[tuple[float, float]]:
    """All points of a geometry of any kind, of a collection of them, or of their coordinates."""
    if isinstance(shape, dict):
        yield from _points(shape.get("coordinates"))
        yield from _points(shape.get("geometries"))
    elif isinstance(shape, list) and len(shape) >= 2 and all(isinstance(c, int | float) for c in shape[:2]):
        yield float(shape[0]), float(shape[1])
    elif isinstance(shape, list):
        for part in shape:
            yield from _points(part)


def _row(cells: Mapping[str, Any], source: str) -> Row:
    level, deep = _deepest(cells)
    written = [deep.get("ar", ""), *(_first(cells, (column,)) for column in _NAME)]
    if not any(written):
        raise ValueError("no Arabic name (a column 'name' or 'ADM3_AR')")
    lat, lon = _degrees(cells, _LAT, 90.0), _degrees(cells, _LON, 180.0)
    name = _arabic(written)
    names = [name, deep.get("en") or _first(cells, _ENGLISH), written[-1]]
    kind = _first(cells, ("kind",)) or _DEPTH.get(level, "village")
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    precision = _precision(cells, kind)
    admin, pcode = _first(cells, ("admin",)), deep.get("pcode", "")
    code = pcode or _first(cells, ("id",)) or hashlib.sha256(f"{name}{lat}{lon}".encode()).hexdigest()[:12]
    place = Place(
        id=f"user:{source}:{code}",
        name=next((one for one in names[1:] if one), name),
        ar=name,
        kind=kind,
        country=(_first(cells, ("country",)) or admin[:2] or pcode[:2]).upper(),
        admin=admin,
        parent=_first(cells, ("parent",)) or admin,
        lat=lat,
        lon=lon,
        precision=precision,
        radius=_radius(cells, 20.0 if precision != "exact" else 3.0),
        population=_population(cells),
        origin=f"user's file {source}",
        layer=3,
    )
    names += [part.strip() for part in _first(cells, ("also",)).split("|")]
    "".join(
        (*names, place.id, place.country, place.admin, place.parent)
    ).encode()  # what is no Unicode cannot be kept
    return place, [one for one in names if one]


def _arabic(names: list[str]) -> str:
    """The first name in Arabic letters.

    Raises:
        ValueError: there is none.
    """
    for name in names:
        if place_key(name) and any(
            c.isalpha() and unicodedata.name(c, "").startswith("ARABIC LETTER") for c in name
        ):
            return name
    shown = next(name for name in names if name)
    raise ValueError(f"the name {shown!r} has no Arabic letters (a column 'name_ar' may give it)")


def _precision(cells: Mapping[str, Any], kind: str) -> PlacePrecision:
    area = kind in ("country", "governorate", "district", "subdistrict")
    precision = _first(cells, ("precision",)) or ("district" if area else "exact")
    if precision not in _PRECISIONS:
        raise ValueError(f"precision {precision!r} is none of {', '.join(_PRECISIONS)}")
    return _PRECISIONS[precision]


def _deepest(cells: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The deepest of OCHA's levels that has an Arabic name: its number and {ar, en, pcode}."""
    levels: dict[str, dict[str, str]] = {}
    for column in cells:
        match = _LEVEL.fullmatch(column)
        if match and (text := _first(cells, (column,))):
            levels.setdefault(match[1], {}).setdefault(match[2].lower(), text)
    named = [level for level, parts in levels.items() if "ar" in parts]
    deepest = max(named, default="")
    return deepest, levels.get(deepest, {})


def _first(cells: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    """The text of the first of the columns that has any, or "".

    Raises:
        ValueError: it is a list or an object.
    """
    for column in columns:
        value = cells.get(column)
        if isinstance(value, list | dict):
            raise _Unusable(f"{column} is {str(value)[:40]!r}, not a text or a number")
        if value is not None and (text := str(value).strip()):
            return text
    return ""


def _degrees(cells: Mapping[str, Any], columns: tuple[str, ...], most: float) -> float:
    raw = _first(cells, columns)
    try:
        value = float(raw.replace(",", "."))
    except ValueError:
        raise ValueError(f"{columns[0]} is {raw!r}, not a number of degrees") from None
    if not -most <= value <= most:
        raise ValueError(f"{columns[0]} {value} is out of range")
    return value


def _radius(cells: Mapping[str, Any], usual: float) -> float:
    raw = _first(cells, ("radius_km",))
    try:
        value = float(raw.replace(",", ".")) if raw else usual
    except ValueError:
        raise ValueError(f"radius_km is {raw!r}, not a number of kilometres") from None
    if not 0 < value <= _EARTH_ROUND_KM:
        raise ValueError(f"radius_km {raw} is out of range")
    return value


def _population(cells: Mapping[str, Any]) -> int:
    raw = _first(cells, ("population",))
    try:
        value = float(raw or 0)
    except ValueError:
        raise ValueError(f"population is {raw!r}, not a number") from None
    if not 0 <= value < MOST_PEOPLE:
        raise ValueError(f"population {raw} is out of range")
    return int(value)
