"""Claims as rows, and which claim of a new version says what one of the old version said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marsad.model import Article, Claim
from marsad.model.claim_row import (
    claim_row as claim_row,
)
from marsad.model.jsonl import claim_from_json


def claim_of(row_data: str, article: str) -> Claim:
    """The claim of a row's ``data``."""
    return claim_from_json(json.loads(row_data), article)


def successors(
    old: Iterable[tuple[str, Article]], new: tuple[Sequence[Mapping[str, Any]], Article]
) -> dict[str, str]:
    """From the id of a claim of an old version to the one of the new version that says the same, where there is exactly one.

    Args:
        old: ``data`` of each old claim, with the version of the article it was found in.
        new: Rows of the new claims, and the new version.

    The same is: the same event, polarity and modality, of the same source, at the same place, in the same words.
    """
    rows, article = new
    fresh = [(row["id"], _likeness(row["data"], article)) for row in rows]
    kept = {identity for identity, _ in fresh}
    counts = Counter(likeness for _, likeness in fresh)
    by_likeness = {likeness: identity for identity, likeness in fresh if counts[likeness] == 1}
    found = {}
    for data, version in old:
        try:
            identity, likeness = json.loads(data)["id"], _likeness(data, version)
        except (ValueError, KeyError, TypeError, IndexError):
            continue  # a row that is damaged says nothing that could be followed; `marsad store rebuild` makes it anew
        if identity not in kept and likeness in by_likeness:
            found[identity] = by_likeness[likeness]
    return found


def _likeness(data: str, article: Article) -> tuple[str, ...]:
    claim = claim_of(data, article.id)
    source = claim.attribution[0].text if claim.attribution else ""
    place = claim.place.text if claim.place else ""
    words = " ".join(article.words(claim.evidence[0].span).split())
    return (claim.event, claim.polarity, claim.modality, source, place, words)
