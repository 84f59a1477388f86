"""Names of private persons, who are named nowhere in an export unless it was asked for (`Making.private`).

A source that is a person, speaks for no body and is not in the register is a private person: a witness, a neighbour, someone bereaved. What they say is exported; their
name is not: `PRIVATE` stands for it where a column or a field would name them, "[…]" within words of the text, of headlines and of quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marsad.export.base import ArticleRecord, ClaimRecord, Making
from marsad.export.private_names import HIDDEN, pattern_of, without

PRIVATE: Mapping[str, str] = {"en": "[private person]", "ar": "[شخص غير عام]"}
Spans = Sequence[tuple[str, int, int]]
"""Part ("text" or "title"), start and end of each, in order."""


def is_private(link: Mapping[str, Any]) -> bool:
    """Whether a link of an attribution chain is a private person."""
    return link.get("kind") == "person" and not link.get("id") and not link.get("for")


def is_private_root(row: Mapping[str, Any]) -> bool:
    """Whether the root of a row of an incident's claims is a private person: known by its words only, and organ of nobody."""
    alone = len(row.get("authority") or ()) <= 1
    return (
        row.get("root_kind") == "person"
        and not row.get("root_label")
        and row["root"] == row["root_text"]
        and alone
    )


def names_among(links: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The words that name private persons in the chains of an article: their links, and links that nobody knows whose words are part of such a name."""
    rows = [one for one in links if one.get("text") and not one.get("id")]
    names = {str(one["text"]) for one in rows if is_private(one)}
    parts = {word for name in names for word in name.split()}
    return frozenset(names | {one["text"] for one in rows if parts.issuperset(one["text"].split())})


def hidden_names(claim: ClaimRecord, making: Making) -> tuple[str, ...]:
    """The names that are masked in what a claim and its article say; none where the making lets them out."""
    if making.private:
        return ()
    own = names_among(claim.data.get("attribution") or ())
    return claim.head.names if own.issubset(claim.head.names) else tuple(sorted(own.union(claim.head.names)))


def said_of(text: str | None, incident: Mapping[str, Any], making: Making) -> str:
    """A text about an incident (a reason, who gives a toll) without the names of its private roots."""
    said = text or ""
    if not making.private:
        for row in incident["claims"]:
            if is_private_root(row):
                said = said.replace(row["root_text"], PRIVATE[making.lang])
    return said


def quote_of(claim: ClaimRecord, making: Making) -> str:
    """The words of a claim's first evidence, raw but for names of private persons in them."""
    names = hidden_names(claim, making)
    if making.private or not (claim.private or names):
        return claim.quote
    first = claim.data["evidence"][0]
    start = first["start"]
    within = [(part, begins - start, ends - start) for part, begins, ends in claim.private]
    said = masked_text(claim.quote, within, first.get("in", "text"), 0, len(claim.quote))
    return without(said, names)


def headline_of(claim: ClaimRecord, making: Making) -> str:
    """The title of a claim's article without names of private persons."""
    title = claim.head.title
    if making.private:
        return title
    return without(masked_text(title, claim.private, "title", 0, len(title)), hidden_names(claim, making))


def touches(private: Spans, part: str, start: int | None, end: int | None) -> bool:
    """Whether a stretch of the text or the title overlaps a span of a private person."""
    if start is None or end is None:
        return False
    return any(where == part and begins < end and start < ends for where, begins, ends in private)


def private_spans(record: ArticleRecord, making: Making) -> Spans:
    """Where the private persons of an article's claims are named in its text or title, in order: every place of each name; none where the making lets them out."""
    if making.private:
        return ()
    spans = {span for claim in record.claims for span in claim.private}
    parts = {"text": record.text, "title": record.head.title}
    names = {parts[part][start:end] for part, start, end in spans}.union(record.head.names) - {""}
    if not names:
        return ()
    found = pattern_of(tuple(sorted(names)))
    spans |= {(part, *at.span("name")) for part, text in parts.items() for at in found.finditer(text)}
    return sorted(spans)


def masked_text(text: str, private: Spans, part: str, start: int, end: int) -> str:
    """A stretch of a text or title with "[…]" for each name in it.

    >>> masked_text("said Nadia here", [("text", 5, 10)], "text", 0, 15)
    'said […] here'
    """
    made, at = [], start
    for where, begins, stops in private:
        if where == part and max(begins, at) < min(stops, end):
            made += [text[at : max(begins, at)], HIDDEN]
            at = min(stops, end)
    return "".join([*made, text[at:end]])
