"""The parts of a claim from their marks, with their values checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from marsad.annotations.marks import Json, Mark, Sheet
from marsad.annotations.notes import note_of
from marsad.annotations.scheme import CHOICES, EVENT, FREE, USUAL, allowed, kind_of
from marsad.model import Span

_YES, _NO = ("true", "yes", "1", "approx"), ("", "false", "no", "0")


def spot(span: Span) -> Json:
    """A span on disk."""
    row: Json = {"start": span.start, "end": span.end}
    if span.part != "text":
        row["in"] = span.part
    return row


def part_of(sheet: Sheet, mark: Mark) -> Json:
    """The words of a mark and where they stand; a mark in pieces has all from its first to its last word."""
    return {"text": str(mark.values.get("text") or sheet.words(mark.hull)), **spot(mark.hull)}


def check_values(sheet: Sheet, mark: Mark) -> None:
    """Set aside the values of a mark that its kind does not have or that are none of the codebook's; choices without regard to case."""
    kind = kind_of(mark.label)
    for name, value in list(mark.values.items()):
        listed = allowed(kind, name)
        if listed is None and name in FREE.get(kind, ()):
            continue
        del mark.values[name]
        if listed is None:
            known = ", ".join([*CHOICES.get(kind, ()), *sorted(FREE.get(kind, ()))]) or "nothing"
            sheet.refuse(mark.where, f"{mark}, {name}", f"a {kind} has no such value; it has {known}")
        elif str(value).strip().lower() in listed:
            mark.values[name] = str(value).strip().lower()
        else:
            sheet.refuse(mark.where, f"{mark}, {name}", f"{value!r} is none of {', '.join(listed)}")


def event_values(sheet: Sheet, group: Sequence[Mark]) -> Json:
    """Polarity, modality and a time that no words tell, of all evidence of a claim: what the first says that says anything."""
    values: Json = {"time": None}
    for name in CHOICES[EVENT]:
        said = [mark.values[name] for mark in group if name in mark.values]
        values[name] = said[0] if said else USUAL[name]
        if len(set(said)) > 1:
            sheet.refuse(
                group[0].where,
                f"{group[0]}, {name}",
                f"its evidence differs ({', '.join(said)}): {said[0]} is taken",
            )
    for mark in group:
        if mark.values.get("time") and values["time"] is None:
            values["time"] = _untold_time(sheet, mark)
    return values


def _untold_time(sheet: Sheet, mark: Mark) -> Json | None:
    """A time that is written into an event's note: ``{"from": "2024-12-05", "to": "2024-12-05", "precision": "unknown"}``."""
    given = mark.values["time"]
    if isinstance(given, str):
        given = note_of(given) or given
    if not isinstance(given, dict):
        sheet.refuse(mark.where, f"{mark}, time", f"{given!r} is no object with from, to and precision")
        return None
    precision = given.get("precision", "unknown")
    if precision not in (allowed("time", "precision") or ()):
        sheet.refuse(mark.where, f"{mark}, time", f"{precision!r} is no precision of time")
        precision = "unknown"
    text = str(given["text"]) if given.get("text") else None
    return {
        "text": text,
        "from": _day(sheet, mark, given, "from"),
        "to": _day(sheet, mark, given, "to"),
        "precision": precision,
    }


def source_of(sheet: Sheet, mark: Mark, cue: Span | None, body: str | None) -> Json | None:
    """A link of the chain; None where its kind is not said."""
    values = mark.values
    if "kind" not in values:
        return None
    return {
        **part_of(sheet, mark),
        "kind": values["kind"],
        "stance": values.get("stance", USUAL["stance"]),
        "cue": spot(cue) if cue else None,
        "quote": values.get("quote", USUAL["quote"]),
        "for": values.get("for") if body is None else body,
        "id": values.get("id"),
    }


def place_of(sheet: Sheet, mark: Mark) -> Json:
    """A place: what it stands for is open where nothing says it."""
    values = mark.values
    numbers = {name: _number(sheet, mark, name, float) for name in ("lat", "lon")}
    if None in numbers.values() or abs(numbers["lat"]) > 90 or abs(numbers["lon"]) > 180:
        if numbers["lat"] is not None and numbers["lon"] is not None:
            sheet.refuse(
                mark.where,
                f"{mark}, lat and lon",
                f"{numbers['lat']}, {numbers['lon']} is no place on the globe",
            )
        numbers = {"lat": None, "lon": None}
    return {
        **part_of(sheet, mark),
        "name": values.get("name"),
        "id": values.get("id"),
        **numbers,
        "precision": values.get("precision"),
        "country": values.get("country"),
    }


def time_of(sheet: Sheet, mark: Mark) -> Json:
    """A time: without days its precision is unknown."""
    return {
        **part_of(sheet, mark),
        "from": _day(sheet, mark, mark.values, "from"),
        "to": _day(sheet, mark, mark.values, "to"),
        "precision": mark.values.get("precision", "unknown"),
    }


def count_of(sheet: Sheet, mark: Mark, who: str | None) -> Json | None:
    """A count; None, and set aside, where nothing says what is counted."""
    if "kind" not in mark.values:
        sheet.refuse(mark.where, str(mark), "what it counts is not said (CountKind)")
        return None
    approx = str(mark.values.get("approx", "")).strip().lower()
    if approx not in (*_YES, *_NO):
        sheet.refuse(mark.where, f"{mark}, approx", f"{approx!r} is neither true nor false")
    return {
        "kind": mark.values["kind"],
        **part_of(sheet, mark),
        "min": _number(sheet, mark, "min", int),
        "max": _number(sheet, mark, "max", int),
        "approx": approx in _YES,
        "who": mark.values.get("who") if who is None else who,
    }


def _number(sheet: Sheet, mark: Mark, name: str, kind: type) -> Any:  # noqa: ANN401 (int or float or None)
    given = mark.values.get(name)
    if given is None or given == "":
        return None
    try:
        number = float(given)
    except (TypeError, ValueError):
        number = float("nan")
    if (
        number != number
        or number in (float("inf"), float("-inf"))
        or (kind is int and (number < 0 or number % 1))
    ):
        sheet.refuse(mark.where, f"{mark}, {name}", f"{given!r} is no number that it can be")
        return None
    return kind(number)


def _day(sheet: Sheet, mark: Mark, values: Json, name: str) -> str | None:
    given = values.get(name)
    if given is None or given == "":
        return None
    try:
        return date.fromisoformat(str(given).strip()).isoformat()
    except ValueError:
        sheet.refuse(mark.where, f"{mark}, {name}", f"{given!r} is no day (2024-12-05)")
        return None
