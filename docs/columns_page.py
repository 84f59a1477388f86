"""The generated page of our own tables: formats, columns with types and meanings, HXL tags, the places of the GeoPackage."""

from collections.abc import Iterable

from marsad.export.colours import COLOURS, status_label
from marsad.export.columns import TABLES, Column
from marsad.export.geopackage_tables import PLACES
from marsad.export.hxl import tag_of
from marsad.export.points import DECIMALS
from marsad.export.xlsx_package import MOST_TEXT

_START = f"""# Tables and maps: one set of columns in seven formats

Incidents, claims and control leave a project as CSV, XLSX, Parquet, GeoJSON, GeoPackage, KML and HXL with the same columns. They say what is reported and by whom, not what happened.

<!-- Made by `make docs`; change the program, not this page. -->

| format | what it holds | how values are told |
| --- | --- | --- |
| `csv` | one table | RFC 4180, UTF-8; empty is not known; a byte order mark only where a browser downloads it |
| `xlsx` | sheets `incidents`, `claims`, `control`, `about` | text is text, never a formula or a link; days and moments are ISO text, so that no program shifts them; a cell has at most {MOST_TEXT:,} characters, and `about` says how many were cut; a long table goes on in `claims 2`; in Arabic the sheets run from right to left |
| `parquet` | one table | GeoParquet 1.1: types, days as dates, moments as timestamps in UTC, `geometry` as WKB in OGC:CRS84, each column's meaning in its field's metadata |
| `geojson` | one table | RFC 7946: longitude first; every property in every feature, null where not known; `lat` and `lon` are the geometry |
| `gpkg` | layers `incidents`, `claims`, `control`, `places` | GeoPackage 1.3: types, meanings in `gpkg_data_columns`, styles by status for QGIS |
| `kml` | incidents on the map | a folder for each status; `<` and `>` are told as `‹` and `›`, so that no viewer takes a text for HTML; incidents off the map are counted in the description |
| `hxl` | incidents | CSV with a row of HXL 1.1 tags under the names |

## No cell is a formula

A text that begins with `=`, `+`, `-`, `@` (or their full-width forms), a tab or a line end gets an apostrophe before it in CSV, HXL and XLSX, and so does one where apostrophes stand
before these. `marsad.export.cells.unguarded` takes exactly that apostrophe away again. Control characters are dropped there, in KML and in GeoPackages.

## A point is no finer than what is known

What is not on the map has no point and is not left out, except in KML, which counts it. Coordinates are WGS 84, rounded by the precision of the place:
"""


def columns_page() -> str:
    """The page in Markdown."""
    lines = [_START, "| precision | decimals of a degree |", "| --- | --- |"]
    lines += [f"| {name} | {decimals} |" for name, decimals in DECIMALS.items()]
    lines += ["", "## Colours say status, no side", "", "| status | Arabic | colour |", "| --- | --- | --- |"]
    for status, colour in COLOURS.items():
        label = status_label(status)
        lines.append(f"| {label.en} | {label.ar} | `#{colour}` |")
    for table, columns in TABLES.items():
        lines += ["", f"## The columns of {table}", "", *_columns(columns, hxl=table == "incidents")]
    lines += [
        "",
        "## The columns of places",
        "",
        "A layer of the GeoPackage: each place on the map once. Where it is told with several precisions, it lies where the finest says.",
        "",
        *_columns(PLACES),
    ]
    return "\n".join(lines) + "\n"


def _columns(columns: Iterable[Column], *, hxl: bool = False) -> list[str]:
    head = ["name", "type", "meaning", *(["HXL"] if hxl else [])]
    rows = [head, ["---"] * len(head)]
    for column in columns:
        rows.append(
            [f"`{column.name}`", column.type, column.means, *([f"`{tag_of(column.name)}`"] if hxl else [])]
        )
    return [f"| {' | '.join(row)} |" for row in rows]
