"""INCEpTION: a UIMA CAS as JSON (version 0.4) for each article, with its types inside.

The text of a CAS is the article's title, a line end and its text; offsets count UTF-16 units, as Java does, so that a character beyond the basic plane counts twice. The feature structure
``Article`` says which article it is and where its text begins. ``typesystem.xml`` beside the files is what a project of INCEpTION takes the layers from. What is marked how,
docs/reference/annotation-scheme.md says; `marsad import inception` reads it back to the same claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from marsad.annotations import Laid, LaidMark, document_name, units
from marsad.export.base import ArticleHead, ArticleRecord, Making, Record
from marsad.export.bundle import bundle_at
from marsad.export.encoding import encode
from marsad.export.inception_layers import CUSTOM, FEATURES, METADATA, layer_of, types_json, typesystem_xml
from marsad.export.laid import laid_of

_SOFA = 1
_TEXT = ("lat", "lon")


class Inception:
    """Writes the folder."""

    def __init__(self, path: Path, making: Making) -> None:
        """``path`` is a folder that is there and empty, or a ZIP file to be made."""
        self._bundle = bundle_at(path)
        self._names: set[str] = set()
        self._before = b'{"%TYPES":' + encode(types_json()) + b',"%FEATURE_STRUCTURES":'
        self._bundle.put("typesystem.xml", typesystem_xml().encode())

    def feed(self, record: Record) -> None:
        """Take an article."""
        if not isinstance(record, ArticleRecord):
            return
        laid = laid_of(record)
        structures, members = feature_structures(record.head, laid)
        views = {"_InitialView": {"%SOFA": _SOFA, "%MEMBERS": members}}
        raw = b"".join((self._before, encode(structures), b',"%VIEWS":', encode(views), b"}\n"))
        self._bundle.put(f"{document_name(record.head.id, self._names)}.json", raw)

    def finish(self) -> None:
        """Close what is open."""
        self._bundle.close()


def feature_structures(head: ArticleHead, laid: Laid) -> tuple[list[dict[str, Any]], list[int]]:
    """The feature structures of a document, and the ids of those that its view lists: all but links and lists of links."""
    offsets = units(laid.document)
    rows: list[dict[str, Any]] = [
        {"%ID": _SOFA, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": laid.document},
        {"%ID": 2, "%TYPE": METADATA, "@sofa": _SOFA, "begin": 0, "end": offsets[-1], "language": "ar", "documentTitle": head.title or head.id, "documentId": head.id},
        _article(head, offsets[laid.text_from]),
    ]  # fmt: skip
    members = [2, 3]
    ids: list[int] = []
    for mark in laid.marks:
        ids.append(len(rows) + 1)
        members.append(ids[-1])
        _put_mark(rows, mark, ids, offsets)
    return rows, members


def _article(head: ArticleHead, text_from: int) -> dict[str, Any]:
    given = {
        "ref": head.id,
        "title": head.title,
        "published": head.published,
        "outlet": head.outlet,
        "url": head.url,
    }
    known = {name: value for name, value in given.items() if value}
    return {"%ID": 3, "%TYPE": f"{CUSTOM}Article", "@sofa": _SOFA, **known, "textFrom": text_from}


def _put_mark(rows: list[dict[str, Any]], mark: LaidMark, ids: list[int], offsets: Sequence[int]) -> None:
    """Add a mark, and behind it the list of its links and the links."""
    layer = layer_of(mark.kind)
    row: dict[str, Any] = {
        "%ID": ids[-1],
        "%TYPE": CUSTOM + layer,
        "@sofa": _SOFA,
        "begin": offsets[mark.start],
        "end": offsets[mark.end],
    }
    if layer == "Claim":
        row["event"] = mark.label
    names = FEATURES[layer]
    for name, value in mark.values.items():
        if isinstance(value, dict):
            value = encode(value).decode("utf-8")
        row[names[name]] = str(value) if name in _TEXT else value
    rows.append(row)
    if not mark.links:
        return
    first = ids[-1] + 2
    row["@parts"] = first - 1
    rows.append(
        {
            "%ID": first - 1,
            "%TYPE": f"{CUSTOM}{layer}PartsLink[]",
            "%ELEMENTS": [*range(first, first + len(mark.links))],
        }
    )
    for at, (role, other) in enumerate(mark.links, first):
        rows.append({"%ID": at, "%TYPE": f"{CUSTOM}{layer}PartsLink", "role": role, "@target": ids[other]})
