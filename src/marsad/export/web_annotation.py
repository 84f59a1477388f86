"""W3C Web Annotations (JSON-LD): each claim says of which words of which article it is made.

The file is one `AnnotationCollection` whose single page holds an `Annotation` a claim. Its bodies are the event's code and the claim as JSON; its targets are the spans of
evidence, each by position (code points, as the model counts) and by quotation with what stands before and after, so that the words are found again where a text moved. A span in the
headline has no position, for headlines are not part of the text that positions count in. Where a private person is named in the words the quotation is left out: masked words would
be found nowhere, and unmasked ones would name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marsad.export.base import ArticleRecord, ClaimRecord, Json, Making, Record
from marsad.export.encoding import encode
from marsad.export.identifiers import iri, web_address
from marsad.export.masking import Spans, private_spans, touches
from marsad.export.open_claims import known_root, open_claim

AROUND = 32
"""How many code points before and after its words a quotation gives."""
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "marsad": "urn:marsad:terms:",
        "claim": {"@id": "marsad:claim", "@type": "@json"},
        **{
            name: f"marsad:{name}"
            for name in ("about", "digest", "event", "heldBack", "incident", "kept", "offsets", "part", "review", "root", "says", "status", "textVersion")
        },
    },
]  # fmt: skip
ABOUT = "Claims as reported: who said what, in which words. They are not findings of what happened."


class WebAnnotation:
    """The exporter ``annotation``.

    Args:
        path: The file to write; it must not be there.
        making: What the export is part of.
    """

    def __init__(self, path: Path, making: Making) -> None:
        self._making = making
        self._count = 0
        self._file = path.open("wb")
        self._file.write(encode(self._head())[:-1] + b',"first":' + encode(self._page())[:-1] + b',"items":[')

    def feed(self, record: Record) -> None:
        """Write the claims of an article."""
        assert isinstance(record, ArticleRecord)
        source, state, private = (
            self._source(record),
            self._state(record),
            private_spans(record, self._making),
        )
        for claim in record.claims:
            made = self._annotation(claim)
            made["target"] = [
                {
                    "type": "SpecificResource",
                    "source": source,
                    "state": state,
                    **_selected(record, span, private),
                }
                for span in claim.data["evidence"]
            ]
            self._file.write((b",\n" if self._count else b"\n") + encode(made))
            self._count += 1

    def finish(self) -> None:
        """Write how many there were."""
        self._file.write(b'\n]},"total":%d}\n' % self._count)
        self._file.close()

    def _head(self) -> Json:
        making = self._making
        return {
            "@context": CONTEXT,
            "id": making.iri("annotations", "claims"),
            "type": "AnnotationCollection",
            "label": making.title or making.project or "Marsad",
            "about": ABOUT,
            "offsets": "Unicode code points of the raw text, end not included",
            **({"rights": making.license} if making.license else {}),
            **({"generated": making.moment} if making.moment else {}),
            "generator": {"type": "Software", "name": f"Marsad {making.version}".strip()},
        }

    def _page(self) -> Json:
        making = self._making
        return {
            "id": making.iri("annotations", "page-1"),
            "type": "AnnotationPage",
            "partOf": making.iri("annotations", "claims"),
            "startIndex": 0,
        }

    def _annotation(self, claim: ClaimRecord) -> Json:
        making = self._making
        more = {"status": claim.status, "root": known_root(claim), "says": claim.says}
        return {
            "id": iri(making, "claim", claim.id),
            "type": "Annotation",
            "motivation": "classifying",
            "creator": {"type": "Software", "name": "Marsad"},
            "review": claim.review,
            **({"incident": iri(making, "incident", claim.incident)} if claim.incident else {}),
            **{name: value for name, value in more.items() if value is not None},
            "body": [
                {
                    "type": "TextualBody",
                    "purpose": "classifying",
                    "format": "text/plain",
                    "value": claim.data["event"],
                },
                {"type": "Dataset", "format": "application/json", "claim": open_claim(claim, making)},
            ],
        }

    def _source(self, record: ArticleRecord) -> Json:
        head = record.head
        own = iri(self._making, "article", head.id)
        address = web_address(head.url)
        return {
            "id": address or own,
            "type": "Text",
            "language": "ar",
            **({"canonical": own} if address else {}),
            **({"dcterms:title": head.title} if head.title and not self._names_private(record) else {}),
        }

    def _names_private(self, record: ArticleRecord) -> bool:
        return any(part == "title" for part, _, _ in private_spans(record, self._making))

    def _state(self, record: ArticleRecord) -> Json:
        head = record.head
        return {
            "type": "TimeState",
            **({"sourceDate": head.added} if head.added else {}),
            "textVersion": head.version,
            "digest": f"sha256:{head.digest}",
            **({"kept": head.kept} if head.kept else {}),
        }


def _selected(record: ArticleRecord, span: Mapping[str, Any], private: Spans) -> Json:
    part, start, end = span.get("in") or "text", span["start"], span["end"]
    selectors: list[Json] = []
    if part == "text":
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    if not touches(private, part, start, end):
        selectors.append(_quotation(record, part, (start, end), private))
        return {"part": part, "selector": selectors if len(selectors) > 1 else selectors[0]}
    held = {"part": part, "heldBack": "the words name a private person"}
    return {**held, "selector": selectors[0]} if selectors else held


def _quotation(record: ArticleRecord, part: str, at: tuple[int, int], private: Spans) -> Json:
    """The words with what stands around them, as far as that names no private person."""
    text = record.text if part == "text" else record.head.title
    start, end = at
    ends = [stop for where, _, stop in private if where == part and stop <= start]
    begins = [first for where, first, _ in private if where == part and first >= end]
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max([start - AROUND, 0, *ends]) : start],
        "suffix": text[end : min([end + AROUND, *begins])],
    }
