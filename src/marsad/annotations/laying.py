"""Claims as marks: how an article and its claims are laid out for tools that hold one text, marks on it and lines between them.

The document is the title, a line end and the text. Each evidence is a mark with the event's code; the parts of a claim hang on its first evidence, and further evidence is tied to that
with ``same``. Parts that are alike in every value are one mark, whichever claims have them: the army that is the source of five claims stands there once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from marsad.annotations.marks import Json
from marsad.annotations.scheme import EVENT, USUAL

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that are no files on Windows, whatever their ending."""
_PLACE, _TIME = ("precision", "id", "name", "lat", "lon", "country"), ("precision", "from", "to")
_SOURCE, _COUNT = ("kind", "stance", "quote", "id", "for"), ("kind", "min", "max", "approx", "who")


class LaidMark(NamedTuple):
    """A mark in code points of the document; ``links`` are roles with indexes of earlier marks."""

    kind: str
    label: str
    start: int
    end: int
    values: Json
    links: tuple[tuple[str, int], ...] = ()


class Laid(NamedTuple):
    """A document with its marks; the text begins at ``text_from``."""

    document: str
    text_from: int
    marks: list[LaidMark]


def lay_out(title: str, text: str, claims: Iterable[tuple[Json, Json]]) -> Laid:
    """An article's claims (CODEBOOK section 7), each with values of the event that are ours to add (``id``, ``review``), as marks. A part that holds blanks alone is left out."""
    document = f"{title}\n{text}" if title else text
    laying = _Laying(document, len(title) + 1 if title else 0)
    for claim, added in claims:
        laying.claim(claim, added)
    return Laid(document, laying.text_from, laying.marks)


def document_name(identity: str, taken: set[str]) -> str:
    """A name of a file for an id that every system and brat take: the id itself where it is plain, names no device and is not taken but for case, else what is plain of it with a digest."""
    plain = _PLAIN_NAME.fullmatch(identity) and not _DEVICE.fullmatch(identity)
    if not plain or identity.lower() in taken:
        digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        identity = f"{re.sub(r'[^A-Za-z0-9]+', '-', identity).strip('-')[:40] or 'article'}-{digest}"
    taken.add(identity.lower())
    return identity


class _Laying:
    def __init__(self, document: str, text_from: int) -> None:
        self.document = document
        self.text_from = text_from
        self.marks: list[LaidMark] = []
        self.known: dict[tuple[Any, ...], int] = {}

    def claim(self, claim: Json, added: Json) -> None:
        """Mark a claim."""
        links = [("source", self._source(source)) for source in claim["attribution"]]
        links += [(actor["role"], self._part("actor", actor, ("id",))) for actor in claim["actors"]]
        values = {name: claim[name] for name in ("polarity", "modality") if claim[name] != USUAL[name]}
        if claim["place"]:
            links.append(("place", self._part("place", claim["place"], _PLACE)))
        time = claim["time"]
        if time and time.get("start") is not None:
            links.append(("time", self._part("time", time, _TIME)))
        elif time:
            values["time"] = {
                name: time[name] for name in ("text", "from", "to", "precision") if time.get(name)
            }
        links += [("count", self._part("count", count, _COUNT)) for count in claim["counts"]]
        first, *others = claim["evidence"]
        at = self._evidence(claim["event"], first, {**values, **added}, links)
        for other in others:
            self._evidence(claim["event"], other, {}, [("same", at)])

    def _evidence(self, event: str, item: Json, values: Json, links: list[tuple[str, int]]) -> int:
        trigger = item.get("trigger")
        if trigger and (trigger["start"], trigger["end"]) != (item["start"], item["end"]):
            links = [
                *links,
                ("trigger", self._part("trigger", {**trigger, "in": item.get("in", "text")}, ())),
            ]
        start, end = self._place(item)
        self.marks.append(
            LaidMark(EVENT, event, start, end, values, tuple(link for link in links if link[1] >= 0))
        )
        return len(self.marks) - 1

    def _source(self, source: Json) -> int:
        cue = source.get("cue")
        at = self._part("cue", cue, ()) if cue else -1
        said = {name: value for name, value in source.items() if USUAL.get(name) != value}
        return self._part("source", said, _SOURCE, (("cue", at),) if at >= 0 else ())

    def _part(
        self, label: str, row: Json, names: tuple[str, ...], links: tuple[tuple[str, int], ...] = ()
    ) -> int:
        """The index of a part's mark, which may be there already; -1 where nothing can be marked."""
        start, end = self._place(row)
        values = {
            name: value for name in names if (value := row.get(name)) is not None and value is not False
        }
        words = self.document[start:end]
        if row.get("text", words) != words:
            values["text"] = row["text"]
        key = (label, start, end, links, *values.items())
        found = self.known.get(key)
        if found is None:
            if not words.strip():
                return -1
            found = self.known[key] = len(self.marks)
            self.marks.append(LaidMark(label, label, start, end, values, links))
        return found

    def _place(self, row: Json) -> tuple[int, int]:
        shift = 0 if row.get("in") == "title" else self.text_from
        return row["start"] + shift, row["end"] + shift
