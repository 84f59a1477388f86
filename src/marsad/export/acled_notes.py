"""The notes of an ACLED-compatible row: who says what, how it stands, the tolls with who gives which, and the first words as published.

Sentences are made from the record by one pattern for everybody, and say "reported", never that something is so. Names of private persons are masked as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marsad.codebook import load_codebook
from marsad.export.base import IncidentRecord, Making
from marsad.export.coders import day_of
from marsad.export.coders_sides import doers_told
from marsad.export.masking import quote_of, said_of
from marsad.export.wording import root_words

_MOST = 6
_QUOTE = 400
_STANCES = {"concede": " (concedes it)", "allege": " (alleges it)", "assert": " (confirms it)"}
_VERBS = {"denies": "Denied by", "expects": "Expected by", "demands": "Demanded by"}
_STATUSES = {
    "single": "one independent root",
    "corroborated": "corroborated",
    "conceded": "conceded by the side it hurts",
    "disputed": "disputed",
    "denied": "denied",
}
_REVIEWED = {
    "machine": "Coded by machine, not reviewed.",
    "partly": "Coded by machine, partly reviewed.",
    "reviewed": "Reviewed by people.",
}


def notes_of(record: IncidentRecord, events: Sequence[str], making: Making) -> str:
    """The notes of an incident in English; ``events`` are those that a root affirms."""
    data = record.data
    codes = load_codebook().events
    what = ", ".join(codes[code].label.en for code in events)
    where = (data["place"] or {}).get("name") or "a place that is not told"
    voices = _voices(data["claims"], making)
    parts = [
        f"Reported, not verified: {what} at {where}, {_days(data['time'])}, according to {_listed(voices['affirms'])}."
    ]
    parts += _doers(record, making)
    parts += [f"{verb} {_listed(voices[says])}." for says, verb in _VERBS.items() if voices[says]]
    parts.append(
        f"Status: {_STATUSES.get(data['status'] or '', 'only expected')} (roots: {data['roots']}, independent: {data['independent']})."
    )
    parts += [_toll(count, data, making) for count in data["counts"]]
    parts.append(_REVIEWED[record.review])
    if record.claims:
        first = record.claims[0]
        quote = " ".join(quote_of(first, making).split())
        quote = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
        parts.append(f"«{quote}» ({first.head.id})")
    return " ".join(parts)


def _voices(rows: Sequence[Mapping[str, Any]], making: Making) -> dict[str, list[str]]:
    """Who says what, each once, with the stance where it tells more than saying."""
    found: dict[str, dict[str, str]] = {"affirms": {}, "denies": {}, "expects": {}, "demands": {}}
    for row in rows:
        told = found[row["says"]]
        stance = _STANCES.get(row.get("stance") or "", "") if row["says"] == "affirms" else ""
        name = root_words(row, making)
        told[name] = told.get(name) or stance
    return {says: [name + stance for name, stance in names.items()] for says, names in found.items()}


def _doers(record: IncidentRecord, making: Making) -> list[str]:
    """Where more than one doer is named, who names whom: a row has one first actor, and whose word it is must be seen."""
    told = doers_told(record, making, day_of(record.data["time"]["from"]))
    if len(told) < 2:
        return []
    named = [
        f"{name} (by {_listed(list(dict.fromkeys(root_words(row, making) for row in rows)))})"
        for name, rows in told.items()
    ]
    return [f"Doers named: {'; '.join(named[:_MOST])}."]


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST
    return "; ".join(names[:_MOST]) + (f"; and {more} more" if more > 0 else "")


def _days(when: Mapping[str, Any]) -> str:
    first, last = when["from"], when["to"] or when["from"]
    if first is None:
        return "on a day that is not told"
    days = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{days} (the day of the article; no day is told)" if when["precision"] == "unknown" else days


def _toll(count: Mapping[str, Any], data: Mapping[str, Any], making: Making) -> str:
    low, high = count["min"], count["max"]
    kind = str(count["kind"]).capitalize() if count["kind"] != "other" else _counted(data)
    if low == high:
        return f"{kind}: {low} (by {_giver(count['min_by'], data, making)})."
    low_by, high_by = (_giver(count[end], data, making) for end in ("min_by", "max_by"))
    figures = f"{low} or more" if high is None else f"up to {high}" if low is None else f"{low} to {high}"
    by = f"by {low_by}" if low_by == high_by else f"lowest by {low_by}, highest by {high_by}"
    return f"{kind}: {figures} ({by})."


def _counted(data: Mapping[str, Any]) -> str:
    """What is counted that is no toll, in the words of the claims."""
    rows = [count for row in data["claims"] for count in row.get("counts") or () if count["kind"] == "other"]
    words = list(dict.fromkeys(" ".join(row["text"].split()) for row in rows))
    return f"Others counted («{'», «'.join(words[:_MOST])}»)" if words else "Others counted"


def _giver(name: str | None, data: Mapping[str, Any], making: Making) -> str:
    """Who gives a figure, in our words where the name is that of a root of the incident."""
    for row in data["claims"]:
        if name and name in (row.get("root_label"), row["root_text"]):
            return root_words(row, making)
    return said_of(name, data, making) or "a root that is not told"
