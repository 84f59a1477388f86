"""A claim as JSON for others: what it says and where that stands, without names of private persons and without how the machine came to it.

Names are words of the text, so a name is masked wherever a part of the claim stands on it: in the chain of sources, as an actor, in what counts whom. The positions stay, for they
name nobody. ``origin`` (which rule and which words found each part) stays at home: it is for those who mend the reader, and its words may be such names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from marsad.export.base import ArticleRecord, ClaimRecord, Json, Making
from marsad.export.points import point_of
from marsad.export.wording import PRIVATE, is_private

Spans = Sequence[tuple[str, int, int]]


def open_claim(claim: ClaimRecord, making: Making) -> Json:
    """The claim of the codebook without ``origin``, its place rounded to what is known; texts on spans of private persons are `PRIVATE` unless the making lets them out."""
    data = {name: value for name, value in claim.data.items() if name != "origin"}
    point = point_of(data.get("place"))
    if point is not None:
        data["place"] = {**data["place"], "lat": point[0], "lon": point[1]}
    names = () if making.private else private_names(data)
    if names or (claim.private and not making.private):
        word = PRIVATE[making.lang]
        for field in ("attribution", "actors", "counts"):
            data[field] = [_masked(row, claim.private, names, word) for row in data.get(field) or ()]
    return data


def private_names(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The words that name private persons in a claim's chain."""
    return tuple(
        str(link["text"]) for link in data.get("attribution") or () if is_private(link) and link["text"]
    )


def _masked(row: Mapping[str, Any], private: Spans, names: Sequence[str], word: str) -> Json:
    """A part of a claim with ``word`` for each text that stands on a private person's name or holds one."""
    on_name = touches(private, row.get("in") or "text", row.get("start"), row.get("end"))
    made = dict(row)
    for field in ("text", "who", "for"):
        said = row.get(field)
        if said and (on_name or any(name in said for name in names)):
            made[field] = word
    return made


def known_root(claim: ClaimRecord) -> str | None:
    """The key of a claim's root where it is an outlet's or the register's; other keys are words of the text, which may name private persons."""
    links = claim.data.get("attribution") or ()
    if claim.root and (claim.root.startswith("outlet:") or (links and links[0].get("id") == claim.root)):
        return claim.root
    return None


def touches(private: Spans, part: str, start: int | None, end: int | None) -> bool:
    """Whether a stretch of the text or the title overlaps a span of a private person."""
    if start is None or end is None:
        return False
    return any(where == part and begins < end and start < ends for where, begins, ends in private)


def private_spans(record: ArticleRecord, making: Making) -> Spans:
    """Where the private persons of an article's claims are named in its text or title, in order: every place of each name; none where the making lets them out."""
    spans = {span for claim in record.claims for span in claim.private}
    if making.private or not spans:
        return ()
    parts = {"text": record.text, "title": record.head.title}
    for name in {parts[part][start:end] for part, start, end in spans} - {""}:
        spans |= {
            (part, at.start(), at.end())
            for part, text in parts.items()
            for at in re.finditer(re.escape(name), text)
        }
    return sorted(spans)


def masked_text(text: str, private: Spans, part: str, start: int, end: int) -> str:
    """A stretch of a text or title with "[…]" for each name in it.

    >>> masked_text("said Nadia here", [("text", 5, 10)], "text", 0, 15)
    'said […] here'
    """
    made, at = [], start
    for where, begins, stops in private:
        if where == part and max(begins, at) < min(stops, end):
            made += [text[at : max(begins, at)], "[…]"]
            at = min(stops, end)
    return "".join([*made, text[at:end]])
