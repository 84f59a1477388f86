"""JSON lines as the codebook has them: what every command of this program reads again.

``articles`` (CODEBOOK section 7), ``incidents`` (section 8) and ``control`` (section 9) keep every field that is stored, with what people decided beside it (``review``).
Nothing is rounded or masked there: it is the project's own form, for this program and for researchers. ``changes`` go out to readers of news: in them names of private persons are
masked as everywhere else. To move a whole project, with people's decisions, there is
`marsad.run.lossless`.
"""

from __future__ import annotations

from pathlib import Path

from marsad.export.base import (
    ArticleRecord,
    ChangeRecord,
    IncidentRecord,
    Json,
    Making,
    Record,
    SpellRecord,
)
from marsad.export.encoding import encode
from marsad.model.jsonl import SCHEMA


class JsonLines:
    """Writes articles, incidents or control, a line each."""

    def __init__(self, path: Path, making: Making, of: str) -> None:
        self._file = path.open("wb")
        self._making, self._of = making, of

    def feed(self, record: Record) -> None:
        """Write a line."""
        match record:
            case ArticleRecord():
                self._file.write(encode(article_line(record)) + b"\n")
            case IncidentRecord():
                self._file.write(encode(incident_line(record, whole=True)) + b"\n")
            case SpellRecord():
                self._file.write(encode({**(record.stored or record.data), "id": record.id}) + b"\n")
            case ChangeRecord():
                self._file.write(encode(change_line(record)) + b"\n")

    def finish(self) -> None:
        """Close the file."""
        self._file.close()


class Changes(JsonLines):
    """Writes what became of incidents since a moment, a line each, oldest first."""

    def __init__(self, path: Path, making: Making) -> None:
        super().__init__(path, making, "changes")


def article_line(record: ArticleRecord) -> Json:
    """An article with its claims; each claim has ``review`` and ``incident`` beside what the codebook has."""
    head = record.head
    return {
        **record.extra, "schema": SCHEMA, "reader": head.reader, "id": head.id, "published": head.published, "outlet": head.outlet, "url": head.url, "title": head.title, "text": record.text,
        "claims": [{**claim.data, "review": claim.review, "incident": claim.incident} for claim in record.claims],
    }  # fmt: skip


def incident_line(record: IncidentRecord, *, whole: bool = False) -> Json:
    """An incident with when it came up and changed, and what people made of its claims; with names of private persons where ``whole``."""
    data = (whole and record.stored) or record.data
    reviews = {claim.id: claim.review for claim in record.claims}
    rows = [{**row, "review": reviews[row["id"]]} for row in data["claims"]]
    return {
        **data, "claims": rows, "added": record.added, "changed": record.changed, "review": record.review,
        "claims_reviewed": record.reviewed, "claims_rejected": record.rejected,
    }  # fmt: skip


def change_line(record: ChangeRecord) -> Json:
    """A change: what happened to which incident, and the incident as it is now, where it is."""
    return {
        "change": record.what, "id": record.id, "at": record.at, "into": list(record.into), "status_before": record.before, "status": record.now,
        "incident": None if record.incident is None else incident_line(record.incident),
    }  # fmt: skip
