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
    if making.private:
        return data
    links = data.get("attribution") or ()
    if claim.private or any(is_private(link) for link in links):
        word = PRIVATE[making.lang]
        data["attribution"] = [_masked(one, claim.private, word, is_private(one)) for one in links]
        for name in ("actors", "counts"):
            data[name] = [_masked(one, claim.private, word) for one in data.get(name) or ()]
    return data


def _masked(row: Mapping[str, Any], private: Spans, word: str, always: bool = False) -> Json:
    part, start, end = row.get("in") or "text", row.get("start"), row.get("end")
    if not always and not touches(private, part, start, end):
        return dict(row)
    return {**row, "text": word, **({"who": word} if row.get("who") else {})}


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
