"""The columns of our own tables, once for every format that has columns: CSV, XLSX, Parquet, GeoPackage, GeoJSON and the data package say the same in the same words.

Values (`marsad.export.column_values`) are None where something is not known, numbers, truth values, or text; several texts in one cell are joined by "; ". Days are ISO days,
moments ISO in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from marsad.export.base import ArticleRecord, Making, Record
from marsad.export.cells import cell, guarded
from marsad.export.column_values import COUNTED, Value, claim_values, control_values, incident_values, joined

__all__ = [
    "CLAIMS",
    "CONTROL",
    "INCIDENTS",
    "TABLES",
    "Column",
    "ColumnType",
    "Value",
    "cells_of",
    "joined",
    "rows_of",
    "told",
    "values_of",
]
ColumnType = Literal["text", "integer", "number", "boolean", "day", "moment"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``means`` is shown to users, in data dictionaries and in the docs."""

    name: str
    type: ColumnType
    means: str


_TIME = (
    Column("first_day", "day", "First day on which it is said to have happened"),
    Column("last_day", "day", "Last day"),
    Column("time_precision", "text", "day, week, month, year or unknown (the day is then that of the article)"),
)  # fmt: skip
_PLACE = (
    Column("place", "text", "Name of the place, neutral English; as written where the gazetteer does not know it"),
    Column("place_ar", "text", "Its Arabic name"),
    Column("place_id", "text", "Its id in the gazetteer: geonames:…, marsad:…, or a code such as SY-HM"),
    Column("admin1", "text", "The governorate that it lies in"),
    Column("admin1_id", "text", "Code of that governorate"),
    Column("country", "text", "ISO 3166-1 alpha-2"),
    Column("lat", "number", "Degrees north (WGS 84), rounded to what is known: see place_precision"),
    Column("lon", "number", "Degrees east (WGS 84), likewise"),
    Column("place_precision", "text", "exact, town, district, governorate or country"),
    Column("place_reach_km", "number", "How far around the point it may be, in kilometres, by that precision"),
)  # fmt: skip
_ACTORS = (
    Column("agents", "text", "Who is said to have done it"),
    Column("patients", "text", "Whom or what it is said to have been done to"),
    Column("gainers", "text", "Who is said to have gained the place"),
    Column("losers", "text", "Who is said to have lost it"),
    Column("parties", "text", "Sides of a fight, a meeting or an agreement"),
    Column("actor_ids", "text", "Ids of all of these that the register knows"),
)  # fmt: skip

INCIDENTS: tuple[Column, ...] = (
    Column("id", "text", "Stable id of the incident"),
    Column("event", "text", "Its first event, a code of the codebook"),
    Column("events", "text", "All its events"),
    Column("status", "text", "denied, disputed, conceded, corroborated or single; empty where it is only planned, possible or demanded"),
    Column("review", "text", "machine: nobody decided about a claim of it; partly; reviewed: people accepted or corrected every claim"),
    Column("claims_reviewed", "integer", "How many of its claims people decided about"),
    Column("claims_rejected", "integer", "How many of these they refused; those are not in this export, but the status was computed with them"),
    Column("roots", "integer", "How many roots (voices nearest to the event) say something of it"),
    Column("independent", "integer", "How many independent groups of roots affirm it"),
    *_TIME,
    *_PLACE,
    *_ACTORS,
    *(
        column
        for kind in COUNTED
        for column in (
            Column(f"{kind}_min", "integer", f"Lowest number of people {kind} that a root gives"),
            Column(f"{kind}_max", "integer", "Highest; empty where none is given, or for “more than”"),
            Column(f"{kind}_min_by", "text", "Which root gives the lowest"),
            Column(f"{kind}_max_by", "text", "Which root gives the highest"),
        )
    ),
    Column("counts_differ", "boolean", "Whether roots give different tolls"),
    Column("why", "text", "Why the status is what it is"),
    Column("root_names", "text", "The roots"),
    Column("outlets", "text", "The outlets that tell of it"),
    Column("claims", "integer", "How many claims it is made of"),
    Column("articles", "text", "Ids of the articles"),
    Column("urls", "text", "Their addresses"),
    Column("quote", "text", "The words of its first claim, as published"),
    Column("first_published", "text", "When it was first told, as the outlet gives it"),
    Column("added", "moment", "When it came up in this project"),
    Column("changed", "moment", "When it last changed"),
)  # fmt: skip
CLAIMS: tuple[Column, ...] = (
    Column("id", "text", "Stable id of the claim"),
    Column("incident", "text", "Id of the incident it belongs to"),
    Column("incident_status", "text", "Status of that incident"),
    Column("review", "text", "machine where nobody decided about it; else accepted, edited, added, unsure, conflict, agreed or final"),
    Column("event", "text", "A code of the codebook"),
    Column("polarity", "text", "affirmed or negated"),
    Column("modality", "text", "actual, planned, possible or demanded"),
    Column("source", "text", "The words that name the nearest source; empty where the article speaks itself"),
    Column("source_label", "text", "Who that is, where the register knows"),
    Column("source_id", "text", "Its id in the register"),
    Column("source_kind", "text", "person, organisation, monitor, outlet, document or unnamed"),
    Column("stance", "text", "state, assert, concede, deny, allege or predict"),
    Column("quoted", "text", "direct (in quotation marks) or indirect"),
    Column("chain", "text", "All links of the transmission, nearest to the event first"),
    Column("root", "text", "Key of its root"),
    Column("says", "text", "affirms, denies, expects or demands"),
    *_TIME,
    Column("time_words", "text", "The words that say when"),
    *_PLACE,
    Column("place_words", "text", "The words that say where"),
    *_ACTORS,
    *(
        column
        for kind in COUNTED
        for column in (
            Column(f"{kind}_min", "integer", f"Lowest number of people {kind} by these words"),
            Column(f"{kind}_max", "integer", "Highest; empty for “more than”"),
        )
    ),
    Column("quote", "text", "The words that assert it, as published"),
    Column("quote_in", "text", "text or title: where these words stand"),
    Column("quote_start", "integer", "Where they begin, in Unicode code points of the article's text or title"),
    Column("quote_end", "integer", "Where they end, not included"),
    Column("article", "text", "Id of the article"),
    Column("number", "integer", "Number of the claim within it"),
    Column("outlet", "text", "Who published it"),
    Column("published", "text", "When, as the outlet gives it"),
    Column("title", "text", "Its headline"),
    Column("url", "text", "Its address"),
    Column("article_version", "integer", "Number of the text that the spans point into"),
    Column("article_digest", "text", "SHA-256 of that text with its title"),
)  # fmt: skip
CONTROL: tuple[Column, ...] = (
    Column("id", "text", "Id of the spell"),
    *_PLACE,
    Column("state", "text", "held, contested or unknown"),
    Column("holder", "text", "Who is said to hold it; the last known while it is contested"),
    Column("holder_id", "text", "Its id in the register"),
    Column("claimant", "text", "Who else is said to, while it is contested"),
    Column("claimant_id", "text", "Its id in the register"),
    Column("from", "day", "First day of the spell"),
    Column("to", "day", "Last day; empty while it lasts"),
    Column("roots", "text", "On whose word"),
    Column("incidents", "text", "Ids of the incidents that it rests on"),
    Column("reasons", "text", "How it was traced, step by step"),
)  # fmt: skip

TABLES: Mapping[str, tuple[Column, ...]] = {"incidents": INCIDENTS, "claims": CLAIMS, "control": CONTROL}
"""The columns of each table."""
_VALUES: Mapping[str, Callable[[Any, Making], list[Value]]] = {
    "incidents": incident_values,
    "claims": claim_values,
    "control": control_values,
}


def rows_of(table: str, record: Record) -> Sequence[Any]:
    """The rows that a record gives a table: each claim of an article, or the record itself."""
    if table == "claims":
        return record.claims if isinstance(record, ArticleRecord) else ()
    return (record,)


def values_of(table: str, row: Any, making: Making) -> list[Value]:  # noqa: ANN401 (a row of that table)
    """A row's values in the order of the columns; made once for all exporters that write it in one language."""
    key = (table, making.lang, making.private)
    found: list[Value] | None = row.made.get(key)
    if found is None:
        found = row.made[key] = _VALUES[table](row, making)
    return found


def cells_of(table: str, row: Any, making: Making) -> list[str]:  # noqa: ANN401 (a row of that table)
    """A row's cells for a table of text, guarded; made once likewise."""
    key = (table, making.lang, making.private, "cells")
    found: list[str] | None = row.made.get(key)
    if found is None:
        found = row.made[key] = [
            # Most cells are text or empty: asking here saves a call for each of some million.
            guarded(value) if isinstance(value, str) else "" if value is None else cell(value)
            for value in values_of(table, row, making)
        ]
    return found


def told(table: str, record: Record, making: Making) -> Iterator[tuple[Any, list[Value]]]:
    """The rows that a record gives a table, each with its values in the order of the columns (`rows_of`, `values_of`)."""
    for row in rows_of(table, record):
        yield row, values_of(table, row, making)
