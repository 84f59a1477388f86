"""What a person may change about a claim, checked against the codebook and the article before it is stored.

An edit holds whole fields of a claim in the form of CODEBOOK section 7, only those that differ from the machine's, and always written out in full, so that two
people who changed the same to the same have equal edits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import isfinite
from typing import Any

from marsad.codebook import load_codebook, near_codes
from marsad.errors import InputError
from marsad.model import Article, Claim
from marsad.model.jsonl import claim_from_json, claim_to_json
from marsad.store.reviewing_fields import Field, Json

FIELDS = (
    "event",
    "polarity",
    "modality",
    "evidence",
    "attribution",
    "actors",
    "place",
    "time",
    "counts",
)
"""What can be edited."""
_MOST_PEOPLE = 10**9


def corrected(claim_json: Json, edit: Json) -> dict[str, Any]:
    """A claim with an edit applied: each field of the edit stands in the place of the claim's; id and origin stay the machine's."""
    return {**claim_json, **edit}


def checked_edit(edit: Json, base: Json, article: Article) -> dict[str, Any]:
    """An edit as it is stored: what differs from the claim as it is.

    Args:
        edit: The fields that a person gave; texts that are left out are the words at their spans.
        base: The claim's JSON.
        article: The version that the spans point into.

    Raises:
        InputError: a field or value cannot be used; the message names both.
    """
    made = claim_to_json(_claim({**base, **_checked(edit, article, base)}, article))
    was = claim_to_json(_claim(base, article))
    return {name: made[name] for name in FIELDS if made[name] != was[name]}


def checked_claim(claim_json: Json, article: Article) -> Claim:
    """A claim that a person adds.

    Raises:
        InputError: a field is missing, or a value cannot be used; the message names both.
    """
    for name in ("event", "evidence"):
        if not claim_json.get(name):
            raise InputError(f"a new claim needs the field {name!r}")
    return _claim(
        _checked({k: v for k, v in claim_json.items() if k not in ("id", "origin")}, article, {}), article
    )


def _claim(row: Json, article: Article) -> Claim:
    try:
        return claim_from_json(row, article.id)
    except KeyError as error:
        raise InputError(f"field {error} is missing") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"the claim cannot be used: {error}") from None


def _checked(edit: Json, article: Article, base: Json) -> dict[str, Any]:
    for name in edit:
        if name not in FIELDS:
            raise InputError(f"{name!r} is no field that can be edited; those are {', '.join(FIELDS)}")
    found = {}
    for name, value in edit.items():
        field = Field(name, article)
        found[name] = _CHECKS[name](value, field)
    if "evidence" in found:
        _keep_triggers(found["evidence"], base)
    return found


def _event(value: object, field: Field) -> str:
    book = load_codebook()
    if isinstance(value, str) and value in book.events:
        return value
    near = near_codes(value, book) if isinstance(value, str) else []
    raise field.refuse(
        "it must be a code of the codebook" + (f" (such as {', '.join(near)})" if near else ""), value
    )


def _polarity(value: object, field: Field) -> str:
    return field.one_of(value, "polarities", "it")


def _modality(value: object, field: Field) -> str:
    return field.one_of(value, "modalities", "it")


def _evidence(value: object, field: Field) -> list[dict[str, Any]]:
    found = []
    for row in field.rows(value):
        span = field.span(row)
        if row.get("trigger"):
            trigger = field.span(field.row(row["trigger"]), span["in"])
            if not (
                span["start"] <= trigger["start"]
                and trigger["end"] <= span["end"]
                and trigger["in"] == span["in"]
            ):
                raise field.refuse(
                    "a trigger must lie within its evidence", (trigger["start"], trigger["end"])
                )
            span["trigger"] = {"start": trigger["start"], "end": trigger["end"]}
        found.append(span)
    if not found:
        raise field.refuse("it must hold at least one span", value)
    return found


def _keep_triggers(evidence: list[dict[str, Any]], base: Json) -> None:
    """Evidence without a trigger keeps the claim's own one where that lies in it."""
    old = [
        ({"in": "text", **one}, one["trigger"]) for one in base.get("evidence") or () if one.get("trigger")
    ]
    for item in evidence:
        for was, trigger in old:
            inside = item["start"] <= trigger["start"] and trigger["end"] <= item["end"]
            if "trigger" not in item and was["in"] == item["in"] and inside:
                item["trigger"] = dict(trigger)


def _attribution(value: object, field: Field) -> list[dict[str, Any]]:
    found = []
    for row in field.rows(value):
        one = field.named(row)
        one["kind"] = field.one_of(row.get("kind"), "source_kinds", "'kind'")
        one["stance"] = field.one_of(row.get("stance", "state"), "stances", "'stance'")
        one["quote"] = row.get("quote") or "indirect"
        if one["quote"] not in ("direct", "indirect"):
            raise field.refuse("'quote' must be direct or indirect", one["quote"])
        one["cue"] = field.span(field.row(row["cue"])) if row.get("cue") else None
        one["for"], one["id"] = field.text(row, "for"), field.text(row, "id")
        found.append(one)
    return found


def _actors(value: object, field: Field) -> list[dict[str, Any]]:
    return [
        {
            **field.named(row),
            "role": field.one_of(row.get("role"), "roles", "'role'"),
            "id": field.text(row, "id"),
        }
        for row in field.rows(value)
    ]


def _place(value: object, field: Field) -> dict[str, Any] | None:
    if value is None:
        return None
    row = field.named(field.row(value))
    for name in ("name", "id", "country"):
        row[name] = field.text(row, name)
    lat, lon = (
        _coordinate(row.get(name), most, field, name) for name, most in (("lat", 90.0), ("lon", 180.0))
    )
    if (lat is None) != (lon is None):
        raise field.refuse("'lat' and 'lon' come together", (lat, lon))
    row["lat"], row["lon"] = lat, lon
    given = field.text(row, "precision")
    row["precision"] = field.one_of(given, "place_precisions", "'precision'") if given else None
    return row


def _coordinate(value: object, most: float, field: Field, name: str) -> float | None:
    if value is None:
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not isfinite(value)
        or abs(value) > most
    ):
        raise field.refuse(f"{name!r} must be a number from {-most:g} to {most:g}", value)
    return float(value)


def _time(value: object, field: Field) -> dict[str, Any] | None:
    if value is None:
        return None
    row = field.row(value)
    if row.get("start") is not None:
        row = field.named(row)
    else:
        row = {**row, "text": field.text(row, "text"), "start": None}
    first, last = (_day(row.get(name), field, name) for name in ("from", "to"))
    if last is not None and (first is None or last < first):
        raise field.refuse("'to' cannot be before 'from'", (row.get("from"), row.get("to")))
    last = last or first
    row["from"], row["to"] = first and first.isoformat(), last and last.isoformat()
    row["precision"] = field.one_of(row.get("precision") or "unknown", "time_precisions", "'precision'")
    return row


def _day(value: object, field: Field, name: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise field.refuse(f"{name!r} must be an ISO day such as 2024-12-06", value)
    return day


def _counts(value: object, field: Field) -> list[dict[str, Any]]:
    found = []
    for row in field.rows(value):
        one = field.named(row)
        one["kind"] = field.one_of(row.get("kind"), "count_kinds", "'kind'")
        low, high = (_people(row.get(name), field, name) for name in ("min", "max"))
        if low is None and high is None:
            raise field.refuse("a count needs 'min' or 'max'", (low, high))
        if low is not None and high is not None and low > high:
            raise field.refuse("'min' cannot be above 'max'", (low, high))
        one["min"], one["max"] = low, high
        one["approx"], one["who"] = row.get("approx") is True, field.text(row, "who")
        found.append(one)
    return found


def _people(value: object, field: Field, name: str) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 0 <= value <= _MOST_PEOPLE:
        raise field.refuse(f"{name!r} must be a whole number from 0 to {_MOST_PEOPLE} or null", value)
    return value


_CHECKS: Mapping[str, Callable[[object, Field], Any]] = {
    "event": _event,
    "polarity": _polarity,
    "modality": _modality,
    "evidence": _evidence,
    "attribution": _attribution,
    "actors": _actors,
    "place": _place,
    "time": _time,
    "counts": _counts,
}
