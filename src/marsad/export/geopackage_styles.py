"""How the layers of a GeoPackage look in QGIS, which finds a layer's style in the table ``layer_styles``: signs by status, in the workspace's colours."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from marsad.export.base import Making
from marsad.export.colours import COLOURS, NO_STATUS, status_label
from marsad.export.geopackage_tables import moment_of

_SIGNS: Mapping[str, str] = {
    "single": "circle",
    "corroborated": "square",
    "conceded": "diamond",
    "disputed": "triangle",
    "denied": "cross2",
    NO_STATUS: "line",
}
"""QGIS's names of simple markers, so that a status can be told without its colour."""
_STATES: Mapping[str, tuple[str, str, str]] = {
    "held": ("held", "تحت السيطرة", "circle"),
    "contested": ("contested", "متنازع عليه", "diamond"),
    "": ("not told", "غير معروف", "cross"),
}
"""Labels and signs of who is said to hold a place; all of one colour."""
_GREY = "3d4a54"
_TABLE = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"""


@dataclass(frozen=True, slots=True)
class _Sign:
    """What is drawn for a value; the value "" is for all others."""

    value: str
    label: str
    sign: str
    colour: str


def add_styles(base: sqlite3.Connection, making: Making) -> None:
    """Write the table of styles, and say in the package's contents that it is there."""
    base.execute(_TABLE)
    moment = moment_of(making.moment or "1970-01-01")
    styles = {
        "incidents": _by("status", _statuses(making)),
        "claims": _by("incident_status", _statuses(making)),
        "control": _by("state", _states(making)),
        "places": _by("", [_Sign("", "", "circle", _GREY)]),
    }
    base.executemany(
        "INSERT INTO layer_styles VALUES (NULL, '', '', ?, 'geom', 'marsad', ?, NULL, 1, ?, '', NULL, ?)",
        [(name, style, "as reported; colours say status, no side", moment) for name, style in styles.items()],
    )
    base.execute(
        "INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?, NULL, NULL, NULL, NULL, 0)",
        (moment,),
    )


def _statuses(making: Making) -> list[_Sign]:
    found = []
    for status, colour in COLOURS.items():
        label = status_label(status)
        found.append(
            _Sign(
                "" if status == NO_STATUS else status,
                making.said(label),
                _SIGNS[status],
                colour,
            )
        )
    return found


def _states(making: Making) -> list[_Sign]:
    return [
        _Sign(value, arabic if making.lang == "ar" else english, sign, _GREY)
        for value, (english, arabic, sign) in _STATES.items()
    ]


def _by(column: str, signs: Sequence[_Sign]) -> str:
    """A style in QGIS's own XML: one sign for each value of a column."""
    ranges = "".join(
        f'<category render="true" symbol="{number}" value={quoteattr(one.value)} label={quoteattr(one.label)}/>'
        for number, one in enumerate(signs)
    )
    drawn = "".join(_symbol(number, one) for number, one in enumerate(signs))
    kind = f'type="categorizedSymbol" attr={quoteattr(column)}' if column else 'type="singleSymbol"'
    categories = f"<categories>{ranges}</categories>" if column else ""
    return (
        '<qgis version="3.16.0" styleCategories="Symbology">'
        f'<renderer-v2 {kind} symbollevels="0" enableorderby="0" forceraster="0">{categories}<symbols>{drawn}</symbols></renderer-v2></qgis>'
    )


def _symbol(number: int, one: _Sign) -> str:
    red, green, blue = bytes.fromhex(one.colour)
    colour = f"{red},{green},{blue},255"
    line = one.sign in ("cross", "cross2", "line")
    told = {
        "name": one.sign, "color": colour, "outline_color": colour if line else "255,255,255,255", "outline_width": "0.6" if line else "0.2", "outline_width_unit": "MM",
        "outline_style": "solid", "size": "2.4", "size_unit": "MM", "angle": "90" if one.sign == "line" else "0",
    }  # fmt: skip
    options = "".join(
        f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in told.items()
    )
    older = "".join(f'<prop k="{name}" v="{value}"/>' for name, value in told.items())
    return (
        f'<symbol type="marker" name="{number}" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{options}</Option>{older}</layer></symbol>'
    )
