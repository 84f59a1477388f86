"""A claim as a row: the columns that a store and an archive both have."""

from __future__ import annotations

import json
from typing import Any

from marsad.model.claim import Claim
from marsad.model.jsonl import claim_to_json


def claim_row(claim: Claim, number: int) -> dict[str, Any]:
    """The row of a claim, but for the article's version; ``data`` is its JSON (CODEBOOK section 7)."""
    source = claim.attribution[0] if claim.attribution else None
    place, time = claim.place, claim.time
    return {
        "id": claim.id,
        "article": claim.article,
        "number": number,
        "event": claim.event,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "source": source.text if source else None,
        "source_kind": source.kind if source else None,
        "source_id": source.id if source else None,
        "stance": source.stance if source else None,
        "place_id": place.id if place else None,
        "place": (place.name or place.text) if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
        "first_day": time.start.isoformat() if time and time.start else None,
        "last_day": time.end.isoformat() if time and time.end else None,
        "data": json.dumps(claim_to_json(claim), ensure_ascii=False),
    }
