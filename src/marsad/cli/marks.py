"""Marking spans in Arabic text: cut at every span's edge, then one inline element for each piece.

Spans overlap freely (the source of one claim is the loser in another), and HTML elements cannot. So the text is cut
wherever any span begins or ends, and each piece carries the roles and the claims of all spans that cover it. The
elements are plain inline ones; with nothing but background and underline a browser joins the letters across them,
so that even the ل of لحماة can be outside the mark and still touch it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from marsad.cli.page_parts import clean
from marsad.model.claim import Claim
from marsad.model.span import Part, Span

_LINES = ("source", "cue", "actor", "place", "time", "count")
"""Roles that are underlined, the outermost first; evidence and trigger are backgrounds."""


class _Role(NamedTuple):
    start: int
    end: int
    role: str
    claim: str


def marked_lines(text: str, part: Part, claims: list[Claim], names: list[str]) -> Iterator[str]:
    """The lines of a text as HTML, its spans marked; ``names`` are the ids of the claims' cards."""
    roles = sorted(
        role for claim, name in zip(claims, names, strict=True) for role in _roles(claim, name, part)
    )
    cuts = sorted({0, len(text), *_edges(roles, len(text)), *_breaks(text)})
    anchors = set(names)
    line: list[str] = []
    open_roles: list[_Role] = []
    upcoming = iter([*roles, _Role(len(text) + 1, len(text) + 1, "", "")])
    following = next(upcoming)
    for start, end in pairwise(cuts):
        open_roles = [role for role in open_roles if role.end > start]
        while following.start <= start:
            open_roles.append(following)
            following = next(upcoming)
        if text[start:end] == "\n":
            yield "".join(line)
            line = []
        else:
            line.append(_piece(text[start:end], open_roles, anchors))
    yield "".join(line)


def _edges(roles: list[_Role], length: int) -> Iterator[int]:
    for role in roles:
        yield min(role.start, length)
        yield min(role.end, length)


def _breaks(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        yield at
        yield at + 1
        at = text.find("\n", at + 1)


def _piece(text: str, roles: list[_Role], anchors: set[str]) -> str:
    if not roles:
        return clean(text)
    names = {role.role for role in roles}
    claims = list(dict.fromkeys(role.claim for role in roles))
    inner = clean(text)
    for name in reversed([name for name in _LINES if name in names]):
        inner = f'<span class="{name}">{inner}</span>'
    kind = "trigger" if "trigger" in names else "evidence" if "evidence" in names else "bare"
    first = next((role.claim for role in roles if role.role == "evidence" and role.claim in anchors), None)
    anchor = ""
    if first is not None:
        anchors.discard(first)
        anchor = f' id="{html.escape(first)}-words"'
    return f'<mark class="{kind}"{anchor} data-claims="{" ".join(claims)}">{inner}</mark>'


def _roles(claim: Claim, name: str, part: Part) -> Iterator[_Role]:
    for role, span in _spans(claim):
        if span is not None and span.part == part and span.start < span.end:
            yield _Role(span.start, span.end, role, name)


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
