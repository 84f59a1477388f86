"""The values of our own tables' columns, some at a time: what belongs together is made together, in the order of `marsad.export.columns`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marsad.export.base import ClaimRecord, IncidentRecord, Making, SpellRecord
from marsad.export.masking import PRIVATE, headline_of, hidden_names, quote_of, said_of
from marsad.export.open_claims import open_claim
from marsad.export.points import point_of, reach_of
from marsad.export.private_names import without
from marsad.export.wording import actor_words, link_words, outlet_words, root_words, source_of, why

Value = str | int | float | bool | None
Json = Mapping[str, Any]
ROLES = ("agent", "patient", "gainer", "loser", "party")
COUNTED = ("killed", "wounded", "held", "displaced")
"""Kinds of counts that have columns; the others are in the JSON lines."""
_NOWHERE: tuple[Value, ...] = (None,) * 10


def joined(values: Sequence[str | None]) -> str | None:
    """Several texts as one cell, each once; None for none."""
    return "; ".join(dict.fromkeys(one for one in values if one)) or None


def time_values(data: Json) -> tuple[Value, ...]:
    """First day, last day, precision."""
    time = data.get("time")
    return (time.get("from"), time.get("to"), time.get("precision")) if time else (None, None, None)


def place_values(place: Json | None, making: Making) -> tuple[Value, ...]:
    """Name, Arabic name, id, governorate with its id, country, degrees north and east, precision, reach."""
    if not place:
        return _NOWHERE
    known = making.names.place(place.get("id"))
    admin = making.names.place(known.admin) if known and known.admin else None
    point = point_of(place)
    return (
        place.get("name"), (known.ar or None) if known else None, place.get("id"), admin.name if admin else None, admin.id if admin else None, place.get("country"),
        *(point or (None, None)), place.get("precision"), reach_of(place),
    )  # fmt: skip


def actor_values(rows: Sequence[Json], making: Making) -> list[Value]:
    """Who is in each role of `ROLES`, and the ids of all."""
    found: dict[str, list[str | None]] = {role: [] for role in ROLES}
    for row in rows:
        found[row["role"]].append(actor_words(row, making))
    return [*(joined(found[role]) for role in ROLES), joined([row.get("id") for row in rows])]


def incident_values(record: IncidentRecord, making: Making) -> list[Value]:
    """A row of the table of incidents."""
    data, claims = record.data, record.claims
    tolls = {one["kind"]: one for one in data["counts"]}
    return [
        record.id, data["events"][0], joined(data["events"]), data["status"], record.review, record.reviewed, record.rejected, data["roots"], data["independent"],
        *time_values(data), *place_values(data["place"], making), *actor_values(data["actors"], making),
        *(value for kind in COUNTED for value in _toll(tolls.get(kind), data, making)),
        data["counts_differ"], why(data, making),
        joined([root_words(row, making) for row in data["claims"]]), joined([outlet_words(one.head.outlet, making) for one in claims]),
        len(claims), joined([one.head.id for one in claims]), joined([one.head.url for one in claims]), quote_of(claims[0], making) if claims else None,
        min((one.head.published for one in claims if one.head.published), default=None), record.added, record.changed,
    ]  # fmt: skip


def _toll(row: Json | None, data: Json, making: Making) -> tuple[Value, ...]:
    if row is None:
        return (None,) * 4
    names = (row["min_by"], None if row["max"] is None else row["max_by"])
    return (row["min"], row["max"], *(said_of(name, data, making) if name else None for name in names))


def claim_values(record: ClaimRecord, making: Making) -> list[Value]:
    """A row of the table of claims."""
    names = hidden_names(record, making)
    data = open_claim(record, making) if names else record.data
    head, span = record.head, data["evidence"][0]
    links = data.get("attribution") or ()
    link: Json = links[0] if links else {}
    label = making.names.label(link.get("id")) if link else None
    time, place = data.get("time") or {}, data.get("place") or {}
    return [
        record.id, record.incident, record.status, record.review, data["event"], data.get("polarity", "affirmed"), data.get("modality", "actual"),
        source_of(record, making), making.said(label) if label else None, link.get("id"), link.get("kind"), link.get("stance"), link.get("quote"),
        " < ".join(link_words(one, making) for one in links) or None, _root(record, making), record.says,
        *time_values(data), time.get("text"), *place_values(data.get("place"), making), place.get("text"), *actor_values(data.get("actors") or (), making),
        *(value for kind in COUNTED for value in _count(kind, data.get("counts") or ())),
        quote_of(record, making), span.get("in", "text"), span["start"], span["end"],
        head.id, record.number, outlet_words(head.outlet, making), head.published, headline_of(record, making), head.url, head.version, head.digest,
    ]  # fmt: skip


def _root(record: ClaimRecord, making: Making) -> Value:
    """The root's key; where that is the words that name a private person, what stands in their place."""
    links = record.data.get("attribution") or ()
    if links and record.private and record.root == links[0]["text"]:
        return source_of(record, making)
    return record.root and without(record.root, hidden_names(record, making), PRIVATE[making.lang])


def _count(kind: str, rows: Sequence[Json]) -> tuple[Value, ...]:
    # A count of which another is a part ("among them four children") is the larger one.
    best = max(
        (one for one in rows if one["kind"] == kind),
        key=lambda one: (one["max"] or one["min"] or 0, one["min"] or 0),
        default=None,
    )
    return (None, None) if best is None else (best["min"], best["max"])


def control_values(record: SpellRecord, making: Making) -> list[Value]:
    """A row of the table of control."""
    data = record.data
    parties = [data.get(name) or {} for name in ("holder", "claimant")]
    return [
        record.id, *place_values(data["place"], making), data["state"],
        *(value for row in parties for value in (actor_words({"id": row.get("id"), "text": row.get("label")}, making) or None, row.get("id"))),
        data["from"], data["to"], joined(data["roots"]), joined(data["incidents"]), joined(data.get("reasons_ar" if making.lang == "ar" else "reasons") or ()),
    ]  # fmt: skip
