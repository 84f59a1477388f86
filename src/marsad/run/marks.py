"""Marking spans in Arabic text: cut at every span's edge, then one inline element for each piece.

Spans overlap freely (the source of one claim is the loser in another), and HTML elements cannot. So the text is cut
wherever any span begins or ends, and each piece carries the roles and the claims of all spans that cover it. The
elements are plain inline ones; with nothing but background and underline a browser joins the letters across them,
so that even the ل of لحماة can be outside the mark and still touch it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from marsad.model.claim import Claim
from marsad.model.span import Part, Span

_LINES = ("source", "cue", "actor", "place", "time", "count")
"""Roles that are underlined, the outermost first; evidence and trigger are backgrounds."""
_JUMPED_TO = ("evidence", "part")
"""Roles whose first words a claim's address leads to."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Mark(NamedTuple):
    """A span that is marked: ``role`` is ``evidence``, ``trigger``, one of the underlined roles, ``hit`` for words that were looked for,
    ``other`` for those of a claim that has no card, or ``part``, which is not seen but can be jumped to; ``claim`` names its card."""

    start: int
    end: int
    role: str
    claim: str = ""


class Line(NamedTuple):
    """A line of a text as HTML: where it begins, and whether it ends only because lines are not made any longer."""

    start: int
    html: str
    goes_on: bool = False


def clean(text: str) -> str:
    """Escaped, with what HTML cannot hold (controls, halves of surrogate pairs) shown as a replacement character.

    One code point stays one character, so that offsets can be applied before or after.
    """
    return html.escape(_CONTROL.sub("\ufffd", text), quote=True)


def marks_of(claim: Claim, name: str, part: Part) -> Iterator[Mark]:
    """The spans of a claim in one part of its article; ``name`` is what its card is called."""
    for role, span in _spans(claim):
        if span is not None and span.part == part and span.start < span.end:
            yield Mark(span.start, span.end, role, name)


def marked_lines(
    text: str, marks: Iterable[Mark], anchors: dict[str, str], longest: int = 0
) -> Iterator[Line]:
    """The lines of a text as HTML, its spans marked.

    Args:
        text: The raw text.
        marks: What is marked in it, in any order.
        anchors: From a claim to the id that its first words get, to jump to; those that are used are taken out.
        longest: Lines with more characters are given in several, cut at blanks; 0 for no such limit.
    """
    ordered = sorted(marks)
    ends = set(_ends(text, longest)) if longest else set()
    cuts = sorted({0, len(text), *_edges(ordered, len(text)), *_breaks(text), *ends})
    line: list[str] = []
    begun = 0
    open_marks: list[Mark] = []
    upcoming = iter([*ordered, Mark(len(text) + 1, len(text) + 1, "")])
    following = next(upcoming)
    for start, end in pairwise(cuts):
        if start in ends:
            yield Line(begun, "".join(line), goes_on=True)
            line, begun = [], start
        open_marks = [mark for mark in open_marks if mark.end > start]
        while following.start <= start:
            if following.end > start:
                open_marks.append(following)
            following = next(upcoming)
        if text[start:end] == "\n":
            yield Line(begun, "".join(line))
            line, begun = [], end
        else:
            line.append(_piece(text[start:end], open_marks, anchors))
    yield Line(begun, "".join(line))


def _edges(marks: list[Mark], length: int) -> Iterator[int]:
    for mark in marks:
        yield min(max(mark.start, 0), length)
        yield min(max(mark.end, 0), length)


def _breaks(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        yield at
        yield at + 1
        at = text.find("\n", at + 1)


def _ends(text: str, longest: int) -> Iterator[int]:
    """Where lines that are too long are cut: behind the last blank that is near enough."""
    at = 0
    while len(text) - at > longest:
        newline = text.find("\n", at, at + longest + 1)
        if newline >= 0:
            at = newline + 1
            continue
        blank = text.rfind(" ", at + 1, at + longest)
        at = blank + 1 if blank > at else at + longest
        yield at


def _piece(text: str, marks: list[Mark], anchors: dict[str, str]) -> str:
    if not marks:
        return clean(text)
    roles = {mark.role for mark in marks}
    claims = list(dict.fromkeys(mark.claim for mark in marks if mark.claim))
    inner = clean(text)
    for name in reversed([name for name in _LINES if name in roles]):
        inner = f'<span class="{name}">{inner}</span>'
    kind = "trigger" if "trigger" in roles else "evidence" if "evidence" in roles else "bare"
    kind += "".join(f" {name}" for name in ("hit", "other") if name in roles)
    told = f' data-claims="{" ".join(claims)}"' if claims else ""
    piece = f'<mark class="{kind}"{told}>{inner}</mark>'
    for claim in claims:
        if claim in anchors and any(mark.claim == claim and mark.role in _JUMPED_TO for mark in marks):
            piece = f'<span id="{anchors.pop(claim)}">{piece}</span>'
    return piece


def _spans(claim: Claim) -> Iterator[tuple[str, Span | None]]:
    for evidence in claim.evidence:
        yield "evidence", evidence.span
        yield "trigger", evidence.trigger
    for source in claim.attribution:
        yield "source", source.span
        yield "cue", source.cue
    yield from (("actor", actor.span) for actor in claim.actors)
    yield from (("count", count.span) for count in claim.counts)
    yield "place", claim.place.span if claim.place else None
    yield "time", claim.time.span if claim.time else None
