"""An article's claims laid out as marks on its text, made once for all formats of annotation tools."""

from __future__ import annotations

from marsad.annotations import Laid, lay_out
from marsad.export.base import ArticleRecord


def laid_of(record: ArticleRecord) -> Laid:
    """The article's text with its marks; each claim's id and what people decided about it stand at its mark."""
    found: Laid | None = record.made.get("laid")
    if found is None:
        claims = [(claim.data, {"id": claim.id, "review": claim.review}) for claim in record.claims]
        found = record.made["laid"] = lay_out(record.head.title, record.text, claims)
    return found
