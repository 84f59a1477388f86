"""Marking spans in Arabic text: cut at every span's edge, then one inline element for each piece.

Spans overlap freely (the source of one claim is the loser in another), and HTML elements cannot. So the text is cut
wherever any span begins or ends, and each piece carries the roles and the claims of all spans that cover it. The
elements are plain inline ones; with nothing but background and underline a browser joins the letters across them,
so that even the ل of لحماة can be outside the mark and still touch it.
"""

from __future__ import annotations

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


def marked_lines(text: str, part: Part, claims: dict[str, Claim], unanchored: set[str]) -> Iterator[str]:
    """The lines of a text as HTML, its spans marked.

    ``claims`` are keyed by the ids of their cards. The first words of each that is in ``unanchored`` get an id to
    jump to, its card's with ``-words`` behind it, and the claim is taken out of the set.
    """
    roles = sorted(role for name, claim in claims.items() for role in _roles(claim, name, part))
    cuts = sorted({0, len(text), *_edges(roles, len(text)), *_breaks(text)})
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
            line.append(_piece(text[start:end], open_roles, unanchored))
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


def _piece(text: str, roles: list[_Role], unanchored: set[str]) -> str:
    if not roles:
        return clean(text)
    names = {role.role for role in roles}
    claims = list(dict.fromkeys(role.claim for role in roles))
    inner = clean(text)
    for name in reversed([name for name in _LINES if name in names]):
        inner = f'<span class="{name}">{inner}</span>'
    kind = "trigger" if "trigger" in names else "evidence" if "evidence" in names else "bare"
    piece = f'<mark class="{kind}" data-claims="{" ".join(claims)}">{inner}</mark>'
    for claim in claims:
        if claim in unanchored and any(role.claim == claim and role.role == "evidence" for role in roles):
            unanchored.discard(claim)
            piece = f'<span id="{claim}-words">{piece}</span>'
    return piece


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
