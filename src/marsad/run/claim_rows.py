"""An article with its claims from a line of ``marsad read``, or why it cannot be used.

The lines may come from anywhere: what is not as CODEBOOK section 7 has it sets the article aside before it can spoil an incident.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from marsad.articles import check_published
from marsad.codebook import load_codebook
from marsad.errors import SetAside
from marsad.model import Article, Claim
from marsad.model.jsonl import article_from_json, claim_from_json


def article_with_claims(row: Mapping[str, Any]) -> tuple[Article, list[Claim]]:
    """The article and its claims.

    Raises:
        SetAside: something in it cannot be used; the message names the claim and the field.
    """
    if not isinstance(row.get("claims"), list):
        raise SetAside(
            "no_claims", "field 'claims' is not a list; the lines of `marsad read --format jsonl` have it"
        )
    try:
        article = article_from_json({key: value for key, value in row.items() if key != "claims"})
        if article.published:
            check_published(article.published)
    except ValueError as error:
        raise SetAside("bad_article", str(error)) from None
    claims = []
    for number, claim in enumerate(row["claims"]):
        try:
            _check(claim, article)
            claims.append(claim_from_json(claim, article.id))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise SetAside("bad_claim", f"claim {number}: {_wrong(error)}") from None
    return article, claims


def _wrong(error: Exception) -> str:
    return f"field {error} is missing" if isinstance(error, KeyError) else str(error)


def _check(claim: Mapping[str, Any], article: Article) -> None:
    """Look at what everything after relies on.

    Raises:
        KeyError: a field is missing.
        ValueError: a field holds what it cannot.
        TypeError: a field is of another kind.
    """
    if not isinstance(claim, dict):
        raise TypeError(f"it must be an object, not {type(claim).__name__}")
    if claim["event"] not in load_codebook().events:
        raise ValueError(f"field 'event' is no code of the codebook: {claim['event']!r}")
    _check_value(claim.get("polarity", "affirmed"), "polarity", "polarities")
    _check_value(claim.get("modality", "actual"), "modality", "modalities")
    if not claim["evidence"]:
        raise ValueError("field 'evidence' is empty")
    for evidence in claim["evidence"]:
        _check_span(evidence, article)
    if claim.get("place"):
        _check_place(claim["place"])
    _check_people(claim)


def _check_people(claim: Mapping[str, Any]) -> None:
    """Who says it, who took part, and how many."""
    for source in claim.get("attribution") or ():
        _check_texts(source, "attribution", ("text",), ("for", "id"))
        _check_value(source["kind"], "kind", "source_kinds")
        _check_value(source["stance"], "stance", "stances")
    for actor in claim.get("actors") or ():
        _check_texts(actor, "actors", ("text",), ("id",))
        _check_value(actor["role"], "role", "roles")
    for count in claim.get("counts") or ():
        _check_texts(count, "counts", ("text",), ("who",))
        _check_value(count["kind"], "kind", "count_kinds")
        _check_count(count)


def _check_value(value: object, field: str, group: str) -> None:
    allowed = load_codebook().values[group]
    if value not in allowed:
        raise ValueError(f"field {field!r} must be one of {', '.join(allowed)}, not {value!r}")


def _check_span(span: Mapping[str, Any], article: Article) -> None:
    start, end = span["start"], span["end"]
    length = len(article.part("title" if span.get("in") == "title" else "text"))
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
        raise ValueError(f"a span of 'evidence' does not lie in the article: {start!r} to {end!r}")


def _check_texts(row: Mapping[str, Any], field: str, needed: tuple[str, ...], other: tuple[str, ...]) -> None:
    for name in needed:
        if not isinstance(row[name], str):
            raise TypeError(f"field {name!r} in {field!r} must be a string, not {type(row[name]).__name__}")
    for name in other:
        if row.get(name) is not None and not isinstance(row[name], str):
            raise TypeError(
                f"field {name!r} in {field!r} must be a string or null, not {type(row[name]).__name__}"
            )


def _check_place(place: Mapping[str, Any]) -> None:
    _check_texts(place, "place", ("text",), ("name", "id", "precision", "country"))
    for name, most in (("lat", 90), ("lon", 180)):
        value = place.get(name)
        if value is None:
            continue
        if type(value) not in (int, float) or not isfinite(value) or abs(value) > most:
            raise ValueError(f"field {name!r} of 'place' is no coordinate: {value!r}")


def _check_count(count: Mapping[str, Any]) -> None:
    low, high = count.get("min"), count.get("max")
    for name, value in (("min", low), ("max", high)):
        if value is not None and (type(value) is not int or value < 0):
            raise ValueError(f"field {name!r} in 'counts' must be a whole number or null, not {value!r}")
    if low is not None and high is not None and low > high:
        raise ValueError(f"a count runs from {low} to {high}")
