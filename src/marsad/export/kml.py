"""Places on a globe with time (KML 2.2): a folder for each status, a placemark for each incident that is on the map.

A viewer takes marks in a description for HTML, and HTML can fetch from anywhere, so no text of ours has a ``<`` or ``>``: they are told as ``‹`` and ``›``. The file names no
picture and no other address to be fetched. Incidents that are not on the map are counted in the document's description.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from marsad.export.base import Counts, IncidentRecord, Making, Record
from marsad.export.cells import legal
from marsad.export.colours import COLOURS, NO_STATUS, status_label
from marsad.export.columns import INCIDENTS, ColumnType, Value, joined, told
from marsad.export.geojson import AXES, placed

_TYPES: Mapping[ColumnType, str] = {"integer": "int", "number": "double", "boolean": "bool"}
_NOT_TOLD = (*AXES, "place_ar", "actor_ids", "articles", "claims_reviewed", "claims_rejected")
"""Columns that a globe has no use for."""
_SHOWN = tuple((number, column) for number, column in enumerate(INCIDENTS) if column.name not in _NOT_TOLD)
_AT = {column.name: number for number, column in enumerate(INCIDENTS)}
_OFF = "not on the map"
_BRACKETS = str.maketrans("<>", "‹›")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Incidents, as reported", "حوادث كما وردت في الأخبار"),
    "note": (
        "What sources are reported to have said, with its status; not what happened.",
        "ما نُقل عن المصادر مع حالته، لا ما حدث.",
    ),
    "off": (
        "Incidents that are not on the map, and so not here",
        "حوادث لا موقع لها على الخريطة ولم تدرج هنا",
    ),
    "only": ("Only", "مقصور على"),
    "date": ("Last change", "آخر تغيير"),
}


class Kml:
    """Writes incidents as placemarks; those of each status wait in a file beside the path until the folders are put together. `counts` says how many are not on the map."""

    def __init__(self, path: Path, making: Making) -> None:
        self._path, self._making = path, making
        self._point = placed("incidents")
        self._folders: dict[str, IO[str]] = {}
        self.counts = Counts({"incidents": 0})

    def feed(self, record: Record) -> None:
        """Write the placemark of an incident."""
        if not isinstance(record, IncidentRecord):
            return
        ((_, values),) = told("incidents", record, self._making)
        point = self._point(values)
        if point is None:
            out = self.counts.left_out
            out[_OFF] = out.get(_OFF, 0) + 1
            return
        self.counts.records["incidents"] += 1
        status = record.data["status"] or NO_STATUS
        if status not in self._folders:
            self._folders[status] = self._part(status).open("w", encoding="utf-8")
        place = values[_AT["place_ar"]] if self._making.lang == "ar" else None
        name = joined([str(values[_AT["event"]]), str(place or values[_AT["place"]] or "")])
        self._folders[status].write(_placemark(values, (str(name), f"{point[0]},{point[1]}"), status))

    def finish(self) -> None:
        """Put the folders together, in the order of legends, and close the file."""
        with self._path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_HEAD + self._about() + "".join(map(_style, COLOURS)) + _SCHEMA)
            for status in COLOURS:
                if status in self._folders:
                    self._folders[status].close()
                    self._copy(status, file)
            file.write("</Document>\n</kml>\n")

    def _part(self, status: str) -> Path:
        return self._path.with_name(f"{self._path.name}.{status}")

    def _copy(self, status: str, file: IO[str]) -> None:
        label = status_label(status)
        name = self._making.said(label)
        file.write(f"<Folder><name>{_xml(name)}</name>\n")
        with self._part(status).open(encoding="utf-8") as part:
            shutil.copyfileobj(part, file)
        self._part(status).unlink()
        file.write("</Folder>\n")

    def _about(self) -> str:
        words = {name: pair[self._making.lang == "ar"] for name, pair in _WORDS.items()}
        lines = [
            words["note"],
            f"{words['off']}: {self.counts.left_out.get(_OFF, 0)}.",
            f"{words['date']}: {self._making.moment}.",
        ]
        if self._making.filters:
            narrowed = ", ".join(f"{name}={value}" for name, value in self._making.filters)
            lines.append(f"{words['only']}: {narrowed}.")
        title = " · ".join(one for one in (self._making.project, words["title"]) if one)
        return f"<name>{_xml(title)}</name>\n<description>{_xml(chr(10).join(lines))}</description>\n"


@lru_cache(maxsize=1 << 14, typed=True)
def _xml(value: Value) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return escape(legal(str(value)).translate(_BRACKETS))


def _style(status: str) -> str:
    red, green, blue = (COLOURS[status][at : at + 2] for at in (0, 2, 4))
    colour = f"ff{blue}{green}{red}"  # KML has alpha first and red last
    return f'<Style id="{status}"><IconStyle><color>{colour}</color></IconStyle><LabelStyle><color>{colour}</color><scale>0.7</scale></LabelStyle></Style>\n'


_SCHEMA = (
    '<Schema name="incidents" id="incidents">\n'
    + "".join(
        f'<SimpleField type="{_TYPES.get(column.type, "string")}" name="{column.name}"><displayName>{_xml(column.means)}</displayName></SimpleField>\n'
        for _, column in _SHOWN
    )
    + "</Schema>\n"
)


def _placemark(values: Sequence[Value], named: tuple[str, str], status: str) -> str:
    name, point = named
    told = "".join(
        f'<SimpleData name="{column.name}">{_xml(value)}</SimpleData>'
        for number, column in _SHOWN
        if (value := values[number]) is not None
    )
    return (
        f'<Placemark id="{_xml(values[_AT["id"]])}"><name>{_xml(name)}</name><description>{_xml(values[_AT["why"]] or "")}</description>{_time(values)}'
        f'<styleUrl>#{status}</styleUrl><ExtendedData><SchemaData schemaUrl="#incidents">{told}</SchemaData></ExtendedData>'
        f"<Point><coordinates>{point}</coordinates></Point></Placemark>\n"
    )


def _time(values: Sequence[Value]) -> str:
    first, last = values[_AT["first_day"]], values[_AT["last_day"]]
    if first and first == last:
        return f"<TimeStamp><when>{first}</when></TimeStamp>"
    begin = f"<begin>{first}</begin>" if first else ""
    end = f"<end>{last}</end>" if last else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""
