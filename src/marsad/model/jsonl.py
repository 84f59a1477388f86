"""To and from the published JSON (CODEBOOK section 7): the only place that knows field names on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from marsad.model.actor import ActorRef
from marsad.model.article import Article
from marsad.model.claim import Claim, Count, Evidence, Origin, Source
from marsad.model.interval import TimeRef
from marsad.model.place import PlaceRef
from marsad.model.readers import Readers
from marsad.model.span import Span

SCHEMA = "marsad-claims/1"
_KNOWN = ("id", "published", "outlet", "title", "text", "url")
_WRITTEN = (*_KNOWN, "schema", "reader", "claims")


def article_from_json(row: Mapping[str, Any]) -> Article:
    """An article from one object of the input.

    Raises:
        ValueError: a required field is missing or a field has the wrong type; the message names it.
    """
    for name in ("id", "text"):
        if name not in row or not isinstance(row[name], str):
            raise ValueError(f"field {name!r} must be a string, not {type(row.get(name)).__name__}")
    if not row["id"]:
        raise ValueError("field 'id' is empty")
    for name in ("title", "published", "outlet", "url"):
        if row.get(name) is not None and not isinstance(row[name], str):
            raise ValueError(f"field {name!r} must be a string or null, not {type(row[name]).__name__}")
    if row.get("published"):
        try:
            date.fromisoformat(row["published"][:10])
        except ValueError:
            raise ValueError(f"field 'published' is not a day or an ISO time: {row['published']!r}") from None
    extra = {key: value for key, value in row.items() if key not in _WRITTEN}
    return Article(
        id=row["id"],
        text=row["text"],
        title=row.get("title") or "",
        published=row.get("published") or None,
        outlet=row.get("outlet"),
        url=row.get("url"),
        extra=extra,
    )


def article_to_json(article: Article, claims: Iterable[Claim], reader: str) -> dict[str, Any]:
    """The output object of one article with its claims; ``reader`` names the program and its version."""
    return {
        "id": article.id,
        "schema": SCHEMA,
        "reader": reader,
        "published": article.published,
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        **article.extra,
        "claims": [claim_to_json(claim) for claim in claims],
    }


def _span(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {}
    row: dict[str, Any] = {"start": span.start, "end": span.end}
    if span.part != "text":
        row["in"] = span.part
    return row


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """One claim as CODEBOOK section 7 writes it, with ``id``, ``origin`` and the triggers."""
    return {
        "id": claim.id,
        "event": claim.event,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "evidence": [
            {**_span(e.span), "trigger": {"start": e.trigger.start, "end": e.trigger.end}}
            for e in claim.evidence
        ],
        "attribution": [_source_to_json(source) for source in claim.attribution],
        "actors": [
            {"role": actor.role, "text": actor.text, **_span(actor.span), "id": actor.id}
            for actor in claim.actors
        ],
        "place": _place_to_json(claim.place),
        "time": _time_to_json(claim.time),
        "counts": [
            {
                "kind": c.kind,
                "text": c.text,
                **_span(c.span),
                "min": c.min,
                "max": c.max,
                "approx": c.approx,
                "who": c.who,
            }
            for c in claim.counts
        ],
        "origin": [{"part": o.part, "rule": o.rule, "words": o.words} for o in claim.origin],
        **({"readers": _readers_to_json(claim.readers)} if claim.readers else {}),
    }


def _readers_to_json(readers: Readers) -> dict[str, Any]:
    return {
        "by": list(readers.by),
        "differs": list(readers.differs),
        "confidence": readers.confidence,
        "other": readers.other,
    }


def _source_to_json(source: Source) -> dict[str, Any]:
    return {
        "text": source.text,
        **_span(source.span),
        "kind": source.kind,
        "stance": source.stance,
        "cue": _span(source.cue) or None,
        "quote": source.quote,
        "for": source.body,
        "id": source.id,
    }


def _place_to_json(place: PlaceRef | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "text": place.text,
        **_span(place.span),
        "name": place.name,
        "id": place.id,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        "country": place.country,
    }


def _time_to_json(time: TimeRef | None) -> dict[str, Any] | None:
    if time is None:
        return None
    return {
        "text": time.text,
        **_span(time.span),
        "from": time.start.isoformat() if time.start else None,
        "to": time.end.isoformat() if time.end else None,
        "precision": time.precision,
    }


def _span_from(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"], row.get("in", "text"))


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def claim_from_json(row: Mapping[str, Any], article: str) -> Claim:
    """A claim from its JSON; what only the program writes (``id``, ``origin``, triggers) may be absent.

    Raises:
        KeyError: a field that every claim has is missing.
    """
    place, time = row.get("place"), row.get("time")
    return Claim(
        article=article,
        event=row["event"],
        polarity=row.get("polarity", "affirmed"),
        modality=row.get("modality", "actual"),
        evidence=tuple(
            Evidence(span=_span_from(e), trigger=_span_from({**e, **(e.get("trigger") or {})}))
            for e in row["evidence"]
        ),
        attribution=tuple(_source_from(source) for source in row.get("attribution") or ()),
        actors=tuple(
            ActorRef(role=a["role"], text=a["text"], span=_span_from(a), id=a.get("id"))
            for a in row.get("actors") or ()
        ),
        place=_place_from(place) if place else None,
        time=_time_from(time) if time else None,
        counts=tuple(_count_from(count) for count in row.get("counts") or ()),
        origin=tuple(Origin(**o) for o in row.get("origin") or ()),
        readers=_readers_from(row["readers"]) if row.get("readers") else None,
    )


def _readers_from(row: Mapping[str, Any]) -> Readers:
    return Readers(
        by=tuple(row["by"]),
        differs=tuple(row.get("differs") or ()),
        confidence=row.get("confidence"),
        other=row.get("other"),
    )


def _source_from(row: Mapping[str, Any]) -> Source:
    cue = row.get("cue")
    return Source(
        text=row["text"],
        span=_span_from(row),
        kind=row["kind"],
        stance=row["stance"],
        cue=_span_from(cue) if cue else None,
        quote=row.get("quote", "indirect"),
        body=row.get("for"),
        id=row.get("id"),
    )


def _place_from(row: Mapping[str, Any]) -> PlaceRef:
    names = ("name", "id", "lat", "lon", "precision", "country")
    return PlaceRef(text=row["text"], span=_span_from(row), **{name: row.get(name) for name in names})


def _time_from(row: Mapping[str, Any]) -> TimeRef:
    return TimeRef(
        text=row.get("text"),
        span=_span_from(row) if row.get("start") is not None else None,
        start=_day(row.get("from")),
        end=_day(row.get("to")),
        precision=row.get("precision", "unknown"),
    )


def _count_from(row: Mapping[str, Any]) -> Count:
    return Count(
        kind=row["kind"],
        text=row["text"],
        span=_span_from(row),
        min=row.get("min"),
        max=row.get("max"),
        approx=bool(row.get("approx")),
        who=row.get("who"),
    )
