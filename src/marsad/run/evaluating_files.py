"""Annotated articles (CODEBOOK section 7) for measuring: read, and checked as far as the figures use them.

One bad line stops everything: figures of a part of a file would look like figures of all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from marsad.errors import InputError, SetAside
from marsad.run.json_rows import json_rows

Json = Mapping[str, Any]
Rows = str | Path | Iterable[Json]
"""A file of JSON lines (``-`` is standard input, gzip is unpacked), or its objects."""
_Row = tuple[str, Json]
_Number = int | float
_ARTICLE = ("id", "published", "outlet", "title", "text")
_CLAIM = frozenset("id event polarity modality evidence attribution actors place time counts".split())


def gold_articles(rows: Rows) -> dict[str, Json]:
    """The annotated articles by id.

    Raises:
        InputError: the first thing in them that cannot be used, with its file, line and value.
    """
    found: dict[str, Json] = {}
    for where, row in _numbered(rows, "gold"):
        key = _id_of(where, row, found)
        if not isinstance(row.get("text"), str):
            raise InputError(f"{where}: article {key!r} has no text")
        if not _is_day_or_none(row.get("published") and str(row["published"])[:10]):
            raise InputError(f"{where}: article {key!r}: published is no day: {row['published']!r}")
        _check_claims(where, row, row)
        found[key] = {name: row.get(name) for name in _ARTICLE} | {"claims": _used(row)}
    if not found:
        raise InputError(f"there is no article in {rows if isinstance(rows, str | Path) else 'gold'}")
    return found


def predicted_articles(rows: Rows, gold: Mapping[str, Json]) -> tuple[dict[str, Json], list[str]]:
    """The predictions for the articles of ``gold`` by id, and the ids of the others, which are not kept.

    A prediction may leave ``text`` and ``title`` out; its offsets are those of the gold text then.

    Raises:
        InputError: the first thing in them that cannot be used, with its file, line and value; also where the text of an article is not the gold text.
    """
    found: dict[str, Json] = {}
    others: dict[str, None] = {}
    for where, row in _numbered(rows, "predicted"):
        key = _id_of(where, row, found, others)
        if key not in gold:
            others[key] = None
            continue
        _check_same_text(where, gold[key], row)
        _check_claims(where, row, gold[key])
        found[key] = {"id": key, "claims": _used(row)}
    return found, list(others)


def _used(row: Json) -> list[Json]:
    """The claims of a row without what no figure uses: why a machine found them is most of a file."""
    return [{name: value for name, value in claim.items() if name in _CLAIM} for claim in row["claims"]]


def _numbered(rows: Rows, name: str) -> Iterator[_Row]:
    if not isinstance(rows, str | Path):
        for number, row in enumerate(rows, 1):
            yield f"{name}, article {number}", row
        return
    for number, line in json_rows(str(rows)):
        if isinstance(line, SetAside):
            raise InputError(f"{rows}:{number}: {line.message}")
        yield f"{rows}:{number}", line


def _id_of(where: str, row: Json, *before: Mapping[str, object]) -> str:
    key = row.get("id")
    if not isinstance(key, str) or not key:
        raise InputError(f"{where}: field 'id' must be a string, not {key!r}")
    if any(key in known for known in before):
        raise InputError(f"{where}: an article with the id {key!r} came before it")
    if not isinstance(row.get("claims"), list):
        raise InputError(f"{where}: article {key!r} has no list of claims")
    return key


def _check_same_text(where: str, gold: Json, row: Json) -> None:
    for part in ("text", "title"):
        ours, theirs = gold.get(part) or "", row.get(part)
        if theirs is None or theirs == ours:
            continue
        if not isinstance(theirs, str):
            raise InputError(f"{where}: {part} of article {row['id']!r} must be a string, not {theirs!r}")
        if part == "title" and not ours:
            continue  # gold may leave titles out
        at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
        at = min(len(ours), len(theirs)) if at is None else at
        told = f"{ours[at : at + 20]!r} in gold, {theirs[at : at + 20]!r} here"
        raise InputError(
            f"{where}: the {part} of article {row['id']!r} is not that of gold: from character {at} on {told}"
        )


def _check_claims(where: str, row: Json, texts: Json) -> None:
    for number, claim in enumerate(row["claims"]):
        try:
            _check_claim(claim, texts)
        except ValueError as error:
            raise InputError(f"{where}: claim {number} of article {row['id']!r}: {error}") from None


def _check_claim(claim: Any, texts: Json) -> None:  # noqa: ANN401 (this is where it is found out what it is)
    if not isinstance(claim, dict):
        raise ValueError(f"it must be an object, not {claim!r}")  # noqa: TRY004 (the line is wrong, not the program)
    _need(claim.get("event"), _is_text, "event must be a code")
    for name in ("polarity", "modality"):
        _need(claim.get(name, ""), _is_text, f"{name} must be a string")
    _check_evidence(claim, texts)
    for name in ("attribution", "actors"):
        for one in _objects(claim, name):
            _check_named(one, name)
    _check_counts(claim)
    _check_place(claim.get("place"))
    _check_time(claim.get("time"))


def _check_evidence(claim: Json, texts: Json) -> None:
    evidence = list(_objects(claim, "evidence"))
    if not evidence:
        raise ValueError("it has no evidence")
    for one in evidence:
        _check_span(one, one, texts)
        if one.get("trigger"):
            _check_span(one["trigger"], one, texts)


def _check_counts(claim: Json) -> None:
    for one in _objects(claim, "counts"):
        _need(one.get("kind"), _is_text, "the kind of a count must be a string")
        for end in ("min", "max"):
            _need(one.get(end), _is_number_or_none, f"{end} of a count must be a number or null")


def _objects(claim: Json, name: str) -> Iterator[Json]:
    rows = claim.get(name) or []
    _need(rows, lambda value: isinstance(value, list), f"{name} must be a list")
    for one in rows:
        _need(one, _is_object, f"{name} must be a list of objects")
        yield one


def _check_span(span: Any, evidence: Json, texts: Json) -> None:  # noqa: ANN401 (as above)
    _need(span, _is_object, "a span must be an object")
    part = evidence.get("in", "text")
    _need(part, lambda value: value in ("text", "title"), "a span is in 'text' or 'title'")
    start, end, size = span.get("start"), span.get("end"), len(texts.get(part) or "")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= size:
        raise ValueError(f"the span {start!r} to {end!r} is not within the {size} characters of its {part}")


def _check_named(row: Json, name: str) -> None:
    for key in ("text", "for", "role", "stance", "id"):
        _need(row.get(key), _is_text_or_none, f"{key} in {name} must be a string or null")
    also = row.get("also") or []
    _need(
        also,
        lambda rows: isinstance(rows, list) and all(map(_is_text, rows)),
        f"also in {name} must be strings",
    )


def _check_place(place: Any) -> None:  # noqa: ANN401 (as above)
    if place is None:
        return
    _need(place, _is_object, "place must be an object or null")
    _check_named(place, "place")
    pair = (place.get("lat"), place.get("lon"))
    if not all(map(_is_number_or_none, pair)) or (pair[0] is None) != (pair[1] is None):
        raise ValueError(f"lat and lon must be two numbers or both null, not {pair!r}")


def _check_time(time: Any) -> None:  # noqa: ANN401 (as above)
    if time is None:
        return
    _need(time, _is_object, "time must be an object or null")
    for end in ("from", "to"):
        _need(time.get(end), _is_day_or_none, f"{end} of time must be a day such as 2024-12-05, or null")


def _need(value: Any, right: Callable[[Any], bool], wanted: str) -> None:  # noqa: ANN401 (as above)
    if not right(value):
        raise ValueError(f"{wanted}, not {value!r}")


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_or_none(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_number_or_none(value: object) -> bool:
    return value is None or (isinstance(value, _Number) and not isinstance(value, bool))


def _is_day_or_none(value: object) -> bool:
    if not value:
        return value is None or value == ""
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)
