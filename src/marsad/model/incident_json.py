"""Incidents and spells to and from the published JSON (CODEBOOK sections 8 and 9); the only place that knows their field names on disk.

What stands there beyond the codebook: for each claim of an incident its group of roots, its days, its counts, its words and why it belongs there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from marsad.model.actor import Label
from marsad.model.claim import Count
from marsad.model.control import Holder, Spell
from marsad.model.incident import (
    CountRange,
    Incident,
    Judgement,
    Part,
    Reason,
    Root,
    Spot,
    Testimony,
    Told,
    When,
)
from marsad.model.span import Span


def incident_to_json(incident: Incident) -> dict[str, Any]:
    """One incident as a line of ``marsad reconcile``."""
    return {
        "id": incident.id,
        "events": list(incident.events),
        "status": incident.status,
        "roots": incident.roots,
        "independent": incident.independent,
        "counts_differ": incident.counts_differ,
        "time": _when(incident.when),
        "place": _spot(incident.place),
        "actors": [_part(part) for part in incident.parts],
        "counts": [
            {"kind": c.kind, "min": c.min, "max": c.max, "min_by": c.min_by, "max_by": c.max_by}
            for c in incident.counts
        ],
        "claims": [_told(told) for told in incident.told],
        "reasons": [reason.text.en for reason in incident.reasons],
        "reasons_ar": [reason.text.ar for reason in incident.reasons],
        "why": [_reason(reason) for reason in incident.reasons],
        "retells": incident.retells or None,
    }


def _when(when: When) -> dict[str, Any]:
    return {
        "from": when.start.isoformat() if when.start else None,
        "to": when.end.isoformat() if when.end else None,
        "precision": when.precision,
    }


def _spot(spot: Spot | None) -> dict[str, Any] | None:
    if spot is None:
        return None
    return {
        "name": spot.name,
        "lat": spot.lat,
        "lon": spot.lon,
        "precision": spot.precision,
        "country": spot.country or None,
        "id": spot.id or None,
        "admin": spot.admin or None,
        "radius_km": spot.radius,
    }


def _part(part: Part) -> dict[str, Any]:
    return {"role": part.role, "text": part.text, "id": part.id or None, "side": part.side or None}


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "en": reason.text.en, "ar": reason.text.ar, "claim": reason.claim or None}


def _told(told: Told) -> dict[str, Any]:
    claim = told.testimony
    return {
        "article": claim.article,
        "claim": claim.number,
        "id": claim.id,
        "event": claim.event,
        "root": claim.root.key,
        "root_text": claim.root.text,
        "root_label": claim.root.label or None,
        "root_kind": claim.root.kind,
        "side": claim.root.side or None,
        "outlet": claim.outlet or None,
        "published": claim.published or None,
        "says": claim.says,
        "stance": claim.stance,
        "actors": [_part(part) for part in claim.parts],
        "counts": [
            {"kind": c.kind, "min": c.min, "max": c.max, "approx": c.approx, "text": c.text, "who": c.who}
            for c in claim.counts
        ],
        "place": _spot(claim.place),
        "time": {**_when(claim.when), "tie": claim.when.tie},
        "span": {"start": claim.span.start, "end": claim.span.end, "in": claim.span.part},
        "words": claim.text,
        "family": claim.family or None,
        "copy_of": claim.copy_of or None,
        "group": told.group or None,
        "authority": list(claim.root.authority),
        "own_voice": claim.root.own_voice,
        "relays": claim.root.relays,
        "joined": [_reason(reason) for reason in told.joined],
    }


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _when_from(row: Mapping[str, Any] | None) -> When:
    row = row or {}
    return When(
        _day(row.get("from")),
        _day(row.get("to") or row.get("from")),
        row.get("precision") or "unknown",
        row.get("tie", "article"),
    )


def _spot_from(row: Mapping[str, Any] | None) -> Spot | None:
    if not row:
        return None
    return Spot(
        id=row.get("id") or "",
        name=row.get("name") or "",
        lat=row.get("lat"),
        lon=row.get("lon"),
        precision=row.get("precision"),
        country=row.get("country") or "",
        radius=row.get("radius_km") or 0.0,
        admin=row.get("admin") or "",
    )


def _part_from(row: Mapping[str, Any]) -> Part:
    return Part(
        row["role"], row.get("text") or row.get("id") or "", row.get("id") or "", row.get("side") or ""
    )


def _reason_from(row: Mapping[str, Any]) -> Reason:
    return Reason(row["code"], Label(en=row["en"], ar=row["ar"]), row.get("claim") or "")


def incident_from_json(row: Mapping[str, Any]) -> Incident:
    """An incident from its line; what the codebook does not ask for may be absent.

    Raises:
        KeyError: a field that every incident has is missing.
    """
    return Incident(
        id=row["id"],
        events=tuple(row["events"]),
        status=row["status"],
        roots=row.get("roots", 0),
        independent=row.get("independent", 0),
        counts_differ=bool(row.get("counts_differ")),
        when=_when_from(row.get("time")),
        place=_spot_from(row.get("place")),
        parts=tuple(_part_from(part) for part in row.get("actors") or ()),
        counts=tuple(CountRange(**count) for count in row.get("counts") or ()),
        told=tuple(_told_from(claim) for claim in row["claims"]),
        reasons=tuple(_reason_from(reason) for reason in row.get("why") or ()),
        retells=row.get("retells") or "",
    )


def _told_from(row: Mapping[str, Any]) -> Told:
    span = row.get("span") or {"start": 0, "end": 0}
    root = Root(
        key=row["root"],
        text=row.get("root_text") or row["root"],
        kind=row.get("root_kind") or "unnamed",
        authority=tuple(row.get("authority") or (row["root"],)),
        side=row.get("side") or "",
        own_voice=bool(row.get("own_voice")),
        relays=bool(row.get("relays")),
        label=row.get("root_label") or "",
    )
    testimony = Testimony(
        article=row["article"],
        number=row["claim"],
        id=row["id"],
        event=row["event"],
        says=row["says"],
        stance=row.get("stance"),
        root=root,
        outlet=row.get("outlet") or "",
        published=row.get("published") or "",
        family=row.get("family") or "",
        copy_of=row.get("copy_of") or "",
        place=_spot_from(row.get("place")),
        when=_when_from(row.get("time")),
        parts=tuple(_part_from(part) for part in row.get("actors") or ()),
        counts=tuple(_count_from(count) for count in row.get("counts") or ()),
        span=Span(span["start"], span["end"], span.get("in", "text")),
        text=row.get("words") or "",
    )
    # Who writes no groups of roots has each root stand for itself.
    group = row["group"] or "" if "group" in row else root.key
    return Told(
        testimony=testimony,
        group=group,
        joined=tuple(_reason_from(reason) for reason in row.get("joined") or ()),
    )


def _count_from(row: Mapping[str, Any]) -> Count:
    return Count(
        kind=row["kind"],
        text=row.get("text") or "",
        span=Span(0, 0),
        min=row.get("min"),
        max=row.get("max"),
        approx=bool(row.get("approx")),
        who=row.get("who"),
    )


def judgement_from_json(row: Mapping[str, Any]) -> Judgement:
    """A judgement from its line: ``{"claims": ["id", "id"], "verdict": "same"}``, with ``by`` and ``at`` where known.

    Raises:
        ValueError: it is not two different claim ids and a verdict; the message says what is wrong.
    """
    claims, verdict = row.get("claims"), row.get("verdict")
    if not isinstance(claims, list) or len(claims) != 2 or not all(isinstance(c, str) and c for c in claims):
        raise ValueError(f"field 'claims' must be a list of two claim ids, not {claims!r}")
    if claims[0] == claims[1]:
        raise ValueError(f"a claim cannot be judged against itself: {claims[0]!r}")
    if verdict not in ("same", "different", "unsure"):
        raise ValueError(f"field 'verdict' must be same, different or unsure, not {verdict!r}")
    for name in ("by", "at"):
        if row.get(name) is not None and not isinstance(row[name], str):
            raise ValueError(f"field {name!r} must be a string or null, not {row[name]!r}")
    return Judgement(one=claims[0], other=claims[1], verdict=verdict, by=row.get("by"), at=row.get("at"))


def spell_to_json(spell: Spell) -> dict[str, Any]:
    """One spell as a line of ``marsad control``."""
    place = spell.place
    return {
        "id": spell.id,
        "place": {
            "name": place.name,
            "id": place.id or None,
            "lat": place.lat,
            "lon": place.lon,
            "country": place.country or None,
            "precision": place.precision,
        },
        "holder": _holder(spell.holder),
        "claimant": _holder(spell.claimant),
        "from": spell.start.isoformat(),
        "to": spell.end.isoformat() if spell.end else None,
        "state": spell.state,
        "incidents": list(spell.incidents),
        "roots": list(spell.roots),
        "reasons": [reason.text.en for reason in spell.reasons],
        "reasons_ar": [reason.text.ar for reason in spell.reasons],
    }


def _holder(holder: Holder | None) -> dict[str, Any] | None:
    if holder is None:
        return None
    return {"id": holder.id or None, "label": holder.label, "side": holder.side or None}
