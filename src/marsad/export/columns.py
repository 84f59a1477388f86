"""The columns of our own tables, once for every format that has columns: CSV, XLSX, Parquet, GeoPackage, GeoJSON and the data package say the same in the same words.

A column is a name, a type, what it means, and how its value is made of a record. Values are None where something is not known, numbers, truth values, or text; several texts
in one cell are joined by "; ". Days are ISO days, moments ISO in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Literal, TypeVar

from marsad.export.base import ArticleRecord, ClaimRecord, IncidentRecord, Making, Record, SpellRecord
from marsad.export.points import point_of, reach_of
from marsad.export.wording import (
    actor_words,
    actors_in,
    link_words,
    outlet_words,
    quote_of,
    root_words,
    said_of,
    source_of,
    why,
)

ColumnType = Literal["text", "integer", "number", "boolean", "day", "moment"]
Value = str | int | float | bool | None
R = TypeVar("R")
COUNTED = ("killed", "wounded", "held", "displaced")
"""Kinds of counts that have columns; the others are in the JSON lines."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: ``means`` is shown to users, in data dictionaries and in the docs."""

    name: str
    type: ColumnType
    means: str
    value: Callable[[R, Making], Value]


def joined(values: Sequence[str | None]) -> str | None:
    """Several texts as one cell; None for none."""
    return "; ".join(one for one in values if one) or None


def _plain(name: str) -> Callable[[IncidentRecord, Making], Value]:
    return lambda record, _: record.data[name]


def _when(name: str) -> Callable[[Any, Making], Value]:
    return lambda record, _: (record.data.get("time") or {}).get(name)


def _where(name: str) -> Callable[[Any, Making], Value]:
    return lambda record, _: (record.data.get("place") or {}).get(name)


def _place_ar(record: Any, making: Making) -> Value:  # noqa: ANN401 (a record with a place)
    known = making.names.place((record.data.get("place") or {}).get("id"))
    return (known.ar if known else None) or None


def _admin(name: str, record: Any, making: Making) -> Value:  # noqa: ANN401 (as above)
    known = making.names.place((record.data.get("place") or {}).get("id"))
    admin = making.names.place(known.admin) if known and known.admin else None
    return None if admin is None else (admin.name if name == "name" else admin.id)


def _axis(axis: int, record: Any, _: Making) -> Value:  # noqa: ANN401 (as above)
    point = point_of(record.data.get("place"))
    return None if point is None else point[axis]


def _reach(record: Any, _: Making) -> Value:  # noqa: ANN401 (as above)
    return reach_of(record.data.get("place"))


def _actors(roles: tuple[str, ...], record: Any, making: Making) -> Value:  # noqa: ANN401 (as above)
    return joined(actors_in(record.data["actors"], roles, making))


def _actor_ids(record: Any, _: Making) -> Value:  # noqa: ANN401 (as above)
    return joined(list(dict.fromkeys(row.get("id") for row in record.data["actors"])))


def _toll(kind: str, end: str, record: IncidentRecord, making: Making) -> Value:
    row = next((one for one in record.data["counts"] if one["kind"] == kind), None)
    if row is None or row[end] is None:
        return None
    return said_of(row[end], record.data, making) if end.endswith("_by") else int(row[end])


def _count(kind: str, end: str, record: ClaimRecord, _: Making) -> Value:
    rows = [one for one in record.data.get("counts") or () if one["kind"] == kind]
    # A count of which another is a part ("among them four children") stands first and is the larger one.
    row = max(rows, key=lambda one: (one["max"] or one["min"] or 0, one["min"] or 0), default=None)
    return None if row is None else row[end]


def _roots(record: IncidentRecord, making: Making) -> Value:
    return joined(list(dict.fromkeys(root_words(row, making) for row in record.data["claims"])))


def _outlets(record: IncidentRecord, making: Making) -> Value:
    return joined(list(dict.fromkeys(outlet_words(one.head.outlet, making) for one in record.claims)))


def _articles(record: IncidentRecord, _: Making) -> Value:
    return joined(list(dict.fromkeys(one.head.id for one in record.claims)))


def _urls(record: IncidentRecord, _: Making) -> Value:
    return joined(list(dict.fromkeys(one.head.url for one in record.claims)))


def _first_published(record: IncidentRecord, _: Making) -> Value:
    return min((one.head.published for one in record.claims if one.head.published), default=None)


def _first_quote(record: IncidentRecord, making: Making) -> Value:
    return quote_of(record.claims[0], making) if record.claims else None


_PLACE: tuple[Column[Any], ...] = (
    Column("place", "text", "Name of the place, neutral English; as written where the gazetteer does not know it", _where("name")),
    Column("place_ar", "text", "Its Arabic name", _place_ar),
    Column("place_id", "text", "Its id in the gazetteer: geonames:…, marsad:…, or a code such as SY-HM", _where("id")),
    Column("admin1", "text", "The governorate that it lies in", partial(_admin, "name")),
    Column("admin1_id", "text", "Code of that governorate", partial(_admin, "id")),
    Column("country", "text", "ISO 3166-1 alpha-2", _where("country")),
    Column("lat", "number", "Degrees north (WGS 84), rounded to what is known: see place_precision", partial(_axis, 0)),
    Column("lon", "number", "Degrees east (WGS 84), likewise", partial(_axis, 1)),
    Column("place_precision", "text", "exact, town, district, governorate or country", _where("precision")),
    Column("place_reach_km", "number", "How far around the point it may be, in kilometres, by that precision", _reach),
)  # fmt: skip
_TIME: tuple[Column[Any], ...] = (
    Column("first_day", "day", "First day on which it is said to have happened", _when("from")),
    Column("last_day", "day", "Last day", _when("to")),
    Column("time_precision", "text", "day, week, month, year or unknown (the day is then that of the article)", _when("precision")),
)  # fmt: skip

INCIDENTS: tuple[Column[IncidentRecord], ...] = (
    Column("id", "text", "Stable id of the incident", lambda record, _: record.id),
    Column("event", "text", "Its first event, a code of the codebook", lambda record, _: record.data["events"][0]),
    Column("events", "text", "All its events", lambda record, _: joined(record.data["events"])),
    Column("status", "text", "denied, disputed, conceded, corroborated or single; empty where it is only planned, possible or demanded", _plain("status")),
    Column("review", "text", "machine: nobody decided about a claim of it; partly; reviewed: people accepted or corrected every claim", lambda record, _: record.review),
    Column("claims_reviewed", "integer", "How many of its claims people decided about", lambda record, _: record.reviewed),
    Column("claims_rejected", "integer", "How many of these they refused; those are not in this export, but the status was computed with them", lambda record, _: record.rejected),
    Column("roots", "integer", "How many roots (voices nearest to the event) say something of it", _plain("roots")),
    Column("independent", "integer", "How many independent groups of roots affirm it", _plain("independent")),
    *_TIME,
    *_PLACE,
    Column("agents", "text", "Who is said to have done it", partial(_actors, ("agent",))),
    Column("patients", "text", "Whom or what it is said to have been done to", partial(_actors, ("patient",))),
    Column("gainers", "text", "Who is said to have gained the place", partial(_actors, ("gainer",))),
    Column("losers", "text", "Who is said to have lost it", partial(_actors, ("loser",))),
    Column("parties", "text", "Sides of a fight, a meeting or an agreement", partial(_actors, ("party",))),
    Column("actor_ids", "text", "Ids of all of these that the register knows", _actor_ids),
    *(
        column
        for kind in COUNTED
        for column in (
            Column(f"{kind}_min", "integer", f"Lowest number of people {kind} that a root gives", partial(_toll, kind, "min")),
            Column(f"{kind}_max", "integer", "Highest; empty where none is given, or for “more than”", partial(_toll, kind, "max")),
            Column(f"{kind}_min_by", "text", "Which root gives the lowest", partial(_toll, kind, "min_by")),
            Column(f"{kind}_max_by", "text", "Which root gives the highest", partial(_toll, kind, "max_by")),
        )
    ),
    Column("counts_differ", "boolean", "Whether roots give different tolls", _plain("counts_differ")),
    Column("why", "text", "Why the status is what it is", lambda record, making: why(record.data, making)),
    Column("root_names", "text", "The roots", _roots),
    Column("outlets", "text", "The outlets that tell of it", _outlets),
    Column("claims", "integer", "How many claims it is made of", lambda record, _: len(record.claims)),
    Column("articles", "text", "Ids of the articles", _articles),
    Column("urls", "text", "Their addresses", _urls),
    Column("quote", "text", "The words of its first claim, as published", _first_quote),
    Column("first_published", "text", "When it was first told, as the outlet gives it", _first_published),
    Column("added", "moment", "When it came up in this project", lambda record, _: record.added),
    Column("changed", "moment", "When it last changed", lambda record, _: record.changed),
)  # fmt: skip


def _source(name: str, record: ClaimRecord, _: Making) -> Value:
    links = record.data.get("attribution") or ()
    return links[0].get(name) if links else None


def _source_label(record: ClaimRecord, making: Making) -> Value:
    known = making.names.label(_source("id", record, making))  # type: ignore[arg-type]
    return None if known is None else (known.en if making.lang == "en" else known.ar)


def _chain(record: ClaimRecord, making: Making) -> Value:
    return " < ".join(link_words(link, making) for link in record.data.get("attribution") or ()) or None


def _evidence(name: str, record: ClaimRecord, _: Making) -> Value:
    value: Value = record.data["evidence"][0].get(name, "text" if name == "in" else None)
    return value


CLAIMS: tuple[Column[ClaimRecord], ...] = (
    Column("id", "text", "Stable id of the claim", lambda record, _: record.id),
    Column("incident", "text", "Id of the incident it belongs to", lambda record, _: record.incident),
    Column("incident_status", "text", "Status of that incident", lambda record, _: record.status),
    Column("review", "text", "machine where nobody decided about it; else accepted, edited, unsure, conflict, agreed or final", lambda record, _: record.review),
    Column("event", "text", "A code of the codebook", lambda record, _: record.data["event"]),
    Column("polarity", "text", "affirmed or negated", lambda record, _: record.data.get("polarity", "affirmed")),
    Column("modality", "text", "actual, planned, possible or demanded", lambda record, _: record.data.get("modality", "actual")),
    Column("source", "text", "The words that name the nearest source; empty where the article speaks itself", source_of),
    Column("source_label", "text", "Who that is, where the register knows", _source_label),
    Column("source_id", "text", "Its id in the register", partial(_source, "id")),
    Column("source_kind", "text", "person, organisation, monitor, outlet, document or unnamed", partial(_source, "kind")),
    Column("stance", "text", "state, assert, concede, deny, allege or predict", partial(_source, "stance")),
    Column("quoted", "text", "direct (in quotation marks) or indirect", partial(_source, "quote")),
    Column("chain", "text", "All links of the transmission, nearest to the event first", _chain),
    Column("root", "text", "Key of its root", lambda record, _: record.root),
    Column("says", "text", "affirms, denies, expects or demands", lambda record, _: record.says),
    *_TIME,
    Column("time_words", "text", "The words that say when", _when("text")),
    *_PLACE,
    Column("place_words", "text", "The words that say where", _where("text")),
    Column("agents", "text", "Who is said to have done it", partial(_actors, ("agent",))),
    Column("patients", "text", "Whom or what it is said to have been done to", partial(_actors, ("patient",))),
    Column("gainers", "text", "Who is said to have gained the place", partial(_actors, ("gainer",))),
    Column("losers", "text", "Who is said to have lost it", partial(_actors, ("loser",))),
    Column("parties", "text", "Sides of a fight, a meeting or an agreement", partial(_actors, ("party",))),
    Column("actor_ids", "text", "Ids of all of these that the register knows", _actor_ids),
    *(
        column
        for kind in COUNTED
        for column in (
            Column(f"{kind}_min", "integer", f"Lowest number of people {kind} by these words", partial(_count, kind, "min")),
            Column(f"{kind}_max", "integer", "Highest; empty for “more than”", partial(_count, kind, "max")),
        )
    ),
    Column("quote", "text", "The words that assert it, as published", quote_of),
    Column("quote_in", "text", "text or title: where these words stand", partial(_evidence, "in")),
    Column("quote_start", "integer", "Where they begin, in Unicode code points of the article's text or title", partial(_evidence, "start")),
    Column("quote_end", "integer", "Where they end, not included", partial(_evidence, "end")),
    Column("article", "text", "Id of the article", lambda record, _: record.head.id),
    Column("number", "integer", "Number of the claim within it", lambda record, _: record.number),
    Column("outlet", "text", "Who published it", lambda record, making: outlet_words(record.head.outlet, making)),
    Column("published", "text", "When, as the outlet gives it", lambda record, _: record.head.published),
    Column("title", "text", "Its headline", lambda record, _: record.head.title),
    Column("url", "text", "Its address", lambda record, _: record.head.url),
    Column("article_version", "integer", "Number of the text that the spans point into", lambda record, _: record.head.version),
    Column("article_digest", "text", "SHA-256 of that text with its title", lambda record, _: record.head.digest),
)  # fmt: skip


def _party(name: str, key: str, record: SpellRecord, making: Making) -> Value:
    row = record.data.get(name)
    if not row:
        return None
    return (
        row.get("id") if key == "id" else actor_words({"id": row.get("id"), "text": row.get("label")}, making)
    )


def _reasons(record: SpellRecord, making: Making) -> Value:
    return joined(record.data.get("reasons_ar" if making.lang == "ar" else "reasons") or ())


CONTROL: tuple[Column[SpellRecord], ...] = (
    Column("id", "text", "Id of the spell", lambda record, _: record.id),
    *_PLACE,
    Column("state", "text", "held, contested or unknown", lambda record, _: record.data["state"]),
    Column("holder", "text", "Who is said to hold it; the last known while it is contested", partial(_party, "holder", "label")),
    Column("holder_id", "text", "Its id in the register", partial(_party, "holder", "id")),
    Column("claimant", "text", "Who else is said to, while it is contested", partial(_party, "claimant", "label")),
    Column("claimant_id", "text", "Its id in the register", partial(_party, "claimant", "id")),
    Column("from", "day", "First day of the spell", lambda record, _: record.data["from"]),
    Column("to", "day", "Last day; empty while it lasts", lambda record, _: record.data["to"]),
    Column("roots", "text", "On whose word", lambda record, _: joined(record.data["roots"])),
    Column("incidents", "text", "Ids of the incidents that it rests on", lambda record, _: joined(record.data["incidents"])),
    Column("reasons", "text", "How it was traced, step by step", _reasons),
)  # fmt: skip

TABLES: Mapping[str, tuple[Column[Any], ...]] = {"incidents": INCIDENTS, "claims": CLAIMS, "control": CONTROL}
"""The columns of each table."""


def rows_of(table: str, record: Record) -> Sequence[Any]:
    """The rows that a record gives a table: each claim of an article, or the record itself."""
    if table == "claims":
        return record.claims if isinstance(record, ArticleRecord) else ()
    return (record,)


def values_of(table: str, row: Any, making: Making) -> list[Value]:  # noqa: ANN401 (a row of that table)
    """A row's values in the order of the columns."""
    return [column.value(row, making) for column in TABLES[table]]
