"""The form in which a claim is corrected: what it offers, and how its fields become an edit.

A form holds a claim field by field, lists as rows with the number of the row in the field's name (``actors.2.role``). What comes back is read the same way, so a field
that nobody touched gives what it gave before and is no part of the edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from marsad.codebook import load_codebook
from marsad.model.place import Place

_FIELD = re.compile(r"field '([a-z]+)'")
_WHOLE = re.compile(r"[0-9]{1,12}")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
_LISTS = ("evidence", "attribution", "actors", "counts")
_MOST_ROWS = 61
Json = Mapping[str, Any]
Pairs = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said above the work: what was just done, what went wrong and with which field, and a form's values that were not stored."""

    done: str = ""
    problem: str = ""
    wrong: str = ""
    values: Mapping[str, Any] | None = None
    status: int = 200
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the codebook lets one choose: codes by family, and the values of each other field."""

    families: Sequence[tuple[str, Sequence[str]]]
    polarities: Sequence[str]
    modalities: Sequence[str]
    stances: Sequence[str]
    kinds: Sequence[str]
    roles: Sequence[str]
    precisions: Sequence[str]
    times: Sequence[str]
    counts: Sequence[str]


@cache
def books() -> Books:
    """The codebook's values in its own order."""
    book = load_codebook()
    values: Mapping[str, Sequence[str]] = {name: tuple(group) for name, group in book.values.items()}
    return Books(
        families=tuple((name, tuple(event.code for event in book.family(name))) for name in book.families),
        polarities=values["polarities"], modalities=values["modalities"], stances=values["stances"],
        kinds=values["source_kinds"], roles=values["roles"], precisions=values["place_precisions"],
        times=values["time_precisions"], counts=values["count_kinds"],
    )  # fmt: skip


def shaped(claim: Json) -> dict[str, Any]:
    """A claim as the form holds it: every field is there, and what is empty is None."""
    place, time = claim.get("place"), claim.get("time")
    return {
        "event": claim.get("event") or "",
        "polarity": claim.get("polarity") or "affirmed",
        "modality": claim.get("modality") or "actual",
        **{name: [_SHAPES[name](row) for row in claim.get(name) or ()] for name in _LISTS},
        "place": None if not place else _place(place),
        "time": None if not time else _time(time),
    }


def edit_of(sent: Json, base: Json, *, all_of_it: bool = False) -> dict[str, Any]:
    """The fields of a form that was sent which differ from the claim that it showed.

    Args:
        sent: What `from_form` gave.
        base: The claim as the form showed it.
        all_of_it: Take every field, for the form showed nothing of the claim.
    """
    was = shaped(base)
    return {name: value for name, value in sent.items() if all_of_it or value != was[name]}


def from_form(fields: Sequence[tuple[str, str]], place_of: Callable[[str], Place | None]) -> dict[str, Any]:
    """A claim from the fields of the form; what cannot be read as a number stays as it was typed, and the store refuses it by name.

    Args:
        fields: The form's fields.
        place_of: The gazetteer: the place of an id, for the one that was picked.
    """
    sent = {name: value.strip() for name, value in fields}
    made: dict[str, Any] = {
        "event": sent.get("event"), "polarity": sent.get("polarity"), "modality": sent.get("modality"),
        **{name: _rows(sent, name) for name in _LISTS},
    }  # fmt: skip
    place, time = _row(sent, "place."), _row(sent, "time.")
    picked = place_of(place["pick"]) if place.get("pick") else None
    if picked is not None:
        place |= {
            "name": picked.name or picked.ar, "id": picked.id, "lat": repr(picked.lat), "lon": repr(picked.lon),
            "precision": picked.precision, "country": picked.country,
        }  # fmt: skip
    made["place"] = None if _is_dropped(place, ("start", "id")) else place
    made["time"] = None if _is_dropped(time, ("start", "from", "to")) else time
    return shaped(made)


def field_of(message: str) -> str:
    """The field that a complaint is about, or ""."""
    found = _FIELD.search(message)
    return found[1] if found else ""


def _rows(sent: Pairs, name: str) -> list[dict[str, str]]:
    rows = (_row(sent, f"{name}.{number}.") for number in range(_MOST_ROWS))
    return [row for row in rows if not _is_dropped(row, ("start", "end", "text"))]


def _row(sent: Pairs, prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in sent.items() if name.startswith(prefix)}


def _is_dropped(row: Pairs, needed: Sequence[str]) -> bool:
    """Whether a row was taken out, or never filled in."""
    return bool(row.get("drop")) or not any(row.get(name) for name in needed)


def _whole(value: object) -> object:
    return (
        int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else value if value != "" else None
    )


def _decimal(value: object) -> object:
    if isinstance(value, str):
        return float(value) if _DECIMAL.fullmatch(value) else value or None
    return float(value) if isinstance(value, int | float) else value


def _span(row: Json) -> dict[str, Any]:
    return {"start": _whole(row.get("start")), "end": _whole(row.get("end")), "in": row.get("in") or "text"}


def _named(row: Json, *names: str) -> dict[str, Any]:
    return {**_span(row), **{name: row.get(name) or None for name in ("text", *names)}}


def _source(row: Json) -> dict[str, Any]:
    cue = row.get("cue")
    if cue is None and (row.get("cue_start") or row.get("cue_end")):
        cue = {"start": row.get("cue_start"), "end": row.get("cue_end"), "in": row.get("cue_in")}
    made = _named(row, "kind", "stance", "for", "id")
    return {**made, "quote": row.get("quote") or "indirect", "cue": _span(cue) if cue else None}


def _place(row: Json) -> dict[str, Any]:
    made = _named(row, "name", "id", "precision", "country")
    return {**made, "lat": _decimal(row.get("lat")), "lon": _decimal(row.get("lon"))}


def _time(row: Json) -> dict[str, Any]:
    made = _named(row, "from", "to")
    made["to"] = made["to"] or made["from"]
    return {**made, "precision": row.get("precision") or "unknown"}


def _count(row: Json) -> dict[str, Any]:
    made = _named(row, "kind", "who")
    low, high = _whole(row.get("min")), _whole(row.get("max"))
    return {**made, "min": low, "max": high, "approx": row.get("approx") in (True, "yes")}


_SHAPES: Mapping[str, Callable[[Json], dict[str, Any]]] = {
    "evidence": _span, "attribution": _source, "actors": lambda row: _named(row, "role", "id"), "counts": _count,
}  # fmt: skip
