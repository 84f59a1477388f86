"""PLOVER 0.8 as JSON lines: one event a claim, with the words' positions, the auxiliary modes and who said it.

PLOVER's records have room for where the words stand (``text_info``) and for what is negated, future or hypothetical; this fills it. Everything beyond the manual is under ``marsad``:
above all the chain of sources, for which PLOVER has no field. A claim whose code has no PLOVER event (flight, return, evacuation) is written with ``has_event`` false, not left
out. A claim is what a source says, so two lines may tell one event; ``link`` is the id of the incident that they share.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from marsad.export.base import ArticleRecord, ClaimRecord, Json, Making, Record
from marsad.export.encoding import encode
from marsad.export.identifiers import web_address
from marsad.export.masking import Spans, masked_text, private_spans
from marsad.export.open_claims import known_root, open_claim
from marsad.export.plover_codes import QUADS, contexts_of, event_of, score_of
from marsad.export.plover_parts import Places, Who, size_of
from marsad.export.wording import outlet_words

ACTORS, RECIPIENTS = ("agent", "gainer", "party"), ("patient", "loser")
HISTORICAL_DAYS = 365
"""A claim about days that lie further back than this from its article's day is ``historical``; set by hand."""
_MODALITIES: Mapping[str, str] = {"planned": "future", "possible": "hypothetical", "demanded": "hypothetical"}
_CODEBOOK = "plover-0.8; marsad-codebook-1"


class Plover:
    """The exporter ``plover``.

    Args:
        path: The file to write; it must not be there.
        making: What the export is part of.
    """

    def __init__(self, path: Path, making: Making) -> None:
        self._making, self._who, self._places = making, Who(making), Places(making)
        self._file = path.open("wb")

    def feed(self, record: Record) -> None:
        """Write the claims of an article, a line each."""
        assert isinstance(record, ArticleRecord)
        private = private_spans(record, self._making)
        cited = self._cited(record, private)
        lines = [encode(self._event(record, claim, private) | cited) for claim in record.claims]
        self._file.write(b"".join(line + b"\n" for line in lines))

    def finish(self) -> None:
        """Close the file."""
        self._file.close()

    def _event(self, record: ArticleRecord, claim: ClaimRecord, private: Spans) -> Json:
        data, head = open_claim(claim, self._making), record.head
        time: Mapping[str, Any] = data.get("time") or {}
        first = time.get("from") or head.day
        return {
            "id": claim.id,
            "date": first,
            **({"enddate": time["to"]} if time.get("to") and time["to"] != first else {}),
            **self._coded(data, claim, head.day),
            **self._actors(data, head.day),
            **size_of(data.get("counts") or ()),
            "event_loc": self._places.location(data.get("place")),
            **_texts(record, data, private),
            **({"link": claim.incident} if claim.incident else {}),
            "marsad": _ours(claim, data, first),
        }

    def _coded(self, data: Json, claim: ClaimRecord, day: str | None) -> Json:
        helpers = _auxiliary(data, day)
        roles = [row["role"] for row in data.get("actors") or ()]
        found = event_of(data["event"], claim.quote, roles)
        if found is None:
            return {
                "has_event": False,
                "event": [],
                "mode": helpers,
                "auxiliary": helpers,
                "context": contexts_of(data["event"]),
            }
        event, mode = found
        return {
            "has_event": True,
            "event": [event],
            "mode": [*([mode] if mode else []), *helpers],
            "auxiliary": helpers,
            "context": contexts_of(data["event"]),
            "quad_code": QUADS[event],
            "event_scale": score_of(event, mode),
        }

    def _actors(self, data: Json, day: str | None) -> Json:
        rows = data.get("actors") or ()
        actors = [row for row in rows if row["role"] in ACTORS]
        others = [row for row in rows if row["role"] in RECIPIENTS]
        if data["event"] == "territory.control" and not actors:
            actors, others = others, []  # told of the loser alone: who retreats
        when = (data.get("time") or {}).get("from") or day
        return {
            "actor": [self._who.entity(row, when) for row in actors],
            "recipient": [self._who.entity(row, when) for row in others],
        }

    def _cited(self, record: ArticleRecord, private: Spans) -> Json:
        making, head = self._making, record.head
        title = masked_text(head.title, private, "title", 0, len(head.title))
        coder = f"Marsad {making.version}".strip()
        return {
            "cite_info": {
                **({"corpus": making.project} if making.project else {}),
                "citation": head.id,
                "publication": outlet_words(head.outlet, making),
                "url": web_address(head.url),
                "title": title,
                "date": head.published,
                "language": "ar",
                "coder": coder,
                "codebook": _CODEBOOK,
                "version": making.moment,
            },
            "coder": coder,
            "comment": "A claim as reported, not a finding of what happened.",
        }


def _auxiliary(data: Json, day: str | None) -> list[str]:
    """The manual's auxiliary modes that a claim has."""
    made = ["negation"] if data.get("polarity") == "negated" else []
    if data.get("modality") in _MODALITIES:
        made.append(_MODALITIES[data["modality"]])
    last = (data.get("time") or {}).get("to")
    if last and day and (date.fromisoformat(day) - date.fromisoformat(last)).days > HISTORICAL_DAYS:
        made.append("historical")
    return made


def _texts(record: ArticleRecord, data: Json, private: Spans) -> Json:
    """The words of the claim and where they stand; the manual's ``start`` and ``end`` are those of the first."""
    parts = {"text": record.text, "title": record.head.title}
    places = dict.fromkeys((one["start"], one["end"], one.get("in") or "text") for one in data["evidence"])
    spans = [{"start": start, "end": end, "in": part} for start, end, part in places]
    return {
        "event_text": [
            masked_text(parts[one["in"]], private, one["in"], one["start"], one["end"]) for one in spans
        ],
        "text_info": {
            **spans[0],
            "offset_unit": "codepoint",
            "spans": spans,
            "version": record.head.version,
            "sha256": record.head.digest,
        },
    }


def _ours(claim: ClaimRecord, data: Json, first: str | None) -> Json:
    """What PLOVER has no field for; ``date_basis`` says whether words tell the day or it is the article's."""
    precision = (data.get("time") or {}).get("precision") or "unknown"
    basis = ("article" if precision == "unknown" else "told") if first else None
    names = ("text", "id", "kind", "stance", "quote", "for", "start", "end")
    return {
        "claim": claim.id,
        "number": claim.number,
        "article": claim.head.id,
        "incident": claim.incident,
        "status": claim.status,
        "review": claim.review,
        "root": known_root(claim),
        "says": claim.says,
        "code": data["event"],
        "polarity": data.get("polarity", "affirmed"),
        "modality": data.get("modality", "actual"),
        "time_precision": precision,
        "date_basis": basis,
        "chain": [{name: link.get(name) for name in names} for link in data.get("attribution") or ()],
    }
