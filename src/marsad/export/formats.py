"""Every format that a project can be taken away in, in one list."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from marsad.errors import InputError
from marsad.export.base import Format, Maker, RecordKind

_ROWS: Mapping[str, tuple[RecordKind, ...]] = {
    "incidents": ("incidents",),
    "claims": ("articles",),
    "control": ("spells",),
}
_INCIDENTS: Mapping[str, tuple[RecordKind, ...]] = {"": ("incidents",)}
_ARTICLES: Mapping[str, tuple[RecordKind, ...]] = {"": ("articles",)}
_ALL: Mapping[str, tuple[RecordKind, ...]] = {"": ("incidents", "articles", "spells")}
_PARQUET = "application/vnd.apache.parquet"
_JSONL = "application/jsonl; charset=utf-8"
_CSV = "text/csv; charset=utf-8"

FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format(name="csv", label="a table of incidents, claims or control", module="marsad.export.table_csv", maker="CsvTable", takes=_ROWS, suffix=".csv", media=_CSV, weight=3.5, audience="everyone"),
        Format(name="xlsx", label="a workbook with incidents, claims, control and what the columns mean", module="marsad.export.table_xlsx", maker="Workbook", takes=_ALL, suffix=".xlsx", media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", weight=6.5, audience="everyone"),
        Format(name="jsonl", label="JSON lines as the codebook has them: articles with claims, incidents or control", module="marsad.export.json_lines", maker="JsonLines", takes={"articles": ("articles",), "incidents": ("incidents",), "control": ("spells",)}, suffix=".jsonl", media=_JSONL, weight=1.6, audience="researchers"),
        Format(name="acled", label="ACLED-compatible columns, one row an incident", module="marsad.export.acled", maker="Acled", takes=_INCIDENTS, suffix=".csv", media=_CSV, weight=4, audience="coders"),
        Format(name="ucdp", label="UCDP GED-compatible columns, one row a deadly incident", module="marsad.export.ucdp", maker="Ucdp", takes=_INCIDENTS, suffix=".csv", media=_CSV, weight=1.6, audience="researchers"),
        Format(name="plover", label="PLOVER 0.8 events as JSON lines, one a claim, with text offsets", module="marsad.export.plover", maker="Plover", takes=_ARTICLES, suffix=".jsonl", media=_JSONL, weight=4.2, audience="researchers"),
        Format(name="geojson", label="points for maps: incidents, claims or control", module="marsad.export.geojson", maker="GeoJson", takes=_ROWS, suffix=".geojson", media="application/geo+json", weight=1.2, audience="humanitarian"),
        Format(name="gpkg", label="a GeoPackage with the layers incidents, claims, control and places", module="marsad.export.geopackage", maker="GeoPackage", takes=_ALL, suffix=".gpkg", media="application/geopackage+sqlite3", weight=5, audience="humanitarian"),
        Format(name="kml", label="places on a globe with time, for Google Earth", module="marsad.export.kml", maker="Kml", takes=_INCIDENTS, suffix=".kml", media="application/vnd.google-earth.kml+xml", weight=2.4, audience="desks"),
        Format(name="parquet", label="GeoParquet: columns with types, of incidents, claims or control", module="marsad.export.table_parquet", maker="ParquetTable", takes=_ROWS, suffix=".parquet", media=_PARQUET, weight=1.2, extra="parquet", audience="researchers"),
        Format(name="hxl", label="a CSV of incidents with HXL tags", module="marsad.export.hxl", maker="Hxl", takes=_INCIDENTS, suffix=".csv", media=_CSV, weight=0.6, audience="humanitarian"),
        Format(name="annotation", label="W3C Web Annotations, one a claim, on the words it rests on", module="marsad.export.web_annotation", maker="WebAnnotation", takes=_ARTICLES, suffix=".jsonld", media='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', weight=3.6, audience="researchers"),
        Format(name="prov", label="PROV-JSON: what each incident was made from, by what", module="marsad.export.provenance", maker="Provenance", takes=_INCIDENTS, suffix=".json", media="application/json", weight=4.5, audience="archives"),
        Format(name="ftm", label="FollowTheMoney entities as JSON lines", module="marsad.export.follow_the_money", maker="FollowTheMoney", takes=_INCIDENTS, suffix=".jsonl", media=_JSONL, weight=5.5, audience="archives"),
        Format(name="brat", label="brat standoff: a text and its annotations for each article", module="marsad.export.brat", maker="Brat", takes=_ARTICLES, suffix="", media="application/zip", weight=7.5, packs=True, audience="annotators"),
        Format(name="inception", label="INCEpTION: UIMA CAS JSON, one for each article", module="marsad.export.inception", maker="Inception", takes=_ARTICLES, suffix="", media="application/zip", weight=5, packs=True, audience="annotators"),
        Format(name="release", label="a research release: RO-Crate and data package with tables, checksums, licence, citation and codebook", module="marsad.export.release", maker="Release", takes=_ALL, suffix="", media="application/zip", weight=3.1, audience="researchers"),
        Format(name="atom", label="an Atom feed of incidents that changed", module="marsad.export.news_feeds", maker="Atom", takes={"": ("news",)}, suffix=".atom", media="application/atom+xml; charset=utf-8", weight=0.1, audience="desks"),
        Format(name="jsonfeed", label="a JSON Feed of incidents that changed", module="marsad.export.news_feeds", maker="JsonFeed", takes={"": ("news",)}, suffix=".json", media="application/feed+json; charset=utf-8", weight=0.1, audience="desks"),
        Format(name="changes", label="JSON lines: incidents added, changed, merged, split or withdrawn since a moment", module="marsad.export.json_lines", maker="Changes", takes={"": ("changes",)}, suffix=".jsonl", media=_JSONL, weight=1.5, audience="researchers"),
        Format(name="site", label="a static site: map, timeline and a page for each incident, opened from a file", module="marsad.export.site", maker="Site", takes={"": ("spells", "incidents")}, suffix="", media="application/zip", weight=13, packs=True, audience="everyone"),
        Format(name="report", label="a printable report, in English or Arabic", module="marsad.export.report", maker="Report", takes={"": ("spells", "incidents")}, suffix=".html", media="text/html; charset=utf-8", weight=0.8, audience="desks"),
    )
}  # fmt: skip
"""By name, in the order in which they are listed."""
ALIASES: Mapping[str, str] = {
    "cas": "inception", "crate": "release", "followthemoney": "ftm", "geopackage": "gpkg", "geoparquet": "parquet", "json": "jsonl", "json-feed": "jsonfeed", "ro-crate": "release",
    "rocrate": "release", "ged": "ucdp", "web-annotation": "annotation", "html": "site",
}  # fmt: skip
"""Other names that people know them by."""


def format_of(name: str) -> Format:
    """The format of a name.

    Raises:
        InputError: there is none.
    """
    found = FORMATS.get(ALIASES.get(name, name))
    if found is None:
        raise InputError(f"there is no format {name!r}; there are {', '.join(FORMATS)}")
    return found


def maker_of(form: Format) -> Maker:
    """What makes a format's exporter: called with the path, the `Making` and what it is made of, where there is a choice.

    Raises:
        InputError: it needs an optional dependency that is not there; the message says which.
    """
    try:
        found: Maker = getattr(import_module(form.module), form.maker)
    except ModuleNotFoundError as error:
        if form.extra and not (error.name or "").startswith("marsad"):
            raise InputError(f"{form.name} needs {error.name}: install marsad[{form.extra}]") from error
        raise
    return found
