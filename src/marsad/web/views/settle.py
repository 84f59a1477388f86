"""A claim that two coders decided differently, to be settled: what the machine, the first and the second have, field by field, with the text around it.

Coders are A and B: A decided first, B afterwards and without seeing it. Fields in which both agree are settled by that and come filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.model import Article
from marsad.store import versions_of
from marsad.store.reads.article import ArticleClaim, head_of
from marsad.store.reads.article_queue import Waiting, described
from marsad.store.reviewing import (
    FIELDS,
    Decision,
    Difference,
    Progress,
    Queue,
    Standing,
    corrected,
    differences,
    progress,
    queue,
    standing,
)
from marsad.web.views.chain import chain_of, words_of
from marsad.web.views.review import Around, around_claim

SIDES = ("a", "b", "machine")
"""The columns, in the order of their keys 1, 2 and 3."""
PART = "adjudication"
_LISTED = 20
_KEPT = ("accept", "edit", "add")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one has: ``claim`` is None where they would not have it, or do not know."""

    name: str
    claim: Mapping[str, Any] | None
    decision: str = ""
    who: str = ""
    at: str = ""
    reason: str = ""
    note: str = ""
    edit: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A field of the claim, and whether the coders differ in it."""

    field: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """A claim to be settled, and what waits beside it.

    Attributes:
        claim: Its id; "" where nothing waits.
        settled: What holds where the claim that was asked for is no more in conflict.
        base: The claim as the machine has it; ``merged`` the same with what both coders changed alike.
        standing: What a decision of this part must be made on.
        blind: Never: who settles sees everything.
    """

    progress: Progress
    claim: str = ""
    settled: Standing | None = None
    waiting: Sequence[Waiting] = ()
    others: int = 0
    article: Article | None = None
    around: Around | None = None
    base: Mapping[str, Any] | None = None
    merged: Mapping[str, Any] | None = None
    standing: Standing | None = None
    sides: Sequence[Side] = ()
    lines: Sequence[Line] = ()
    blind: bool = False

    def side(self, name: str) -> Side:
        """The side of a name.

        Raises:
            InputError: there is none.
        """
        found = next((one for one in self.sides if one.name == name), None)
        if found is None:
            raise InputError(f"a claim is settled as one of {', '.join(SIDES)} has it, not {name!r}")
        return found


def settling(connection: Connection, who: str, claim: str = "") -> Settling:
    """A claim in conflict, or the first that waits where none is named.

    Raises:
        InputError: there is no such claim.
    """
    wanted = Queue(who=who, part=PART, most=_LISTED + 1)
    ids = queue(connection, wanted)
    empty = Settling(progress=progress(connection, PART, who))
    if claim:
        stands = standing(connection, claim, PART)
        found = next(iter(differences(connection, [stands.claim])), None)
        if found is None:
            return replace(
                empty, settled=stands, waiting=described(connection, ids)[:_LISTED], others=len(ids)
            )
    else:
        found = next(iter(differences(connection, ids[:1])), None) if ids else None
        if found is None:
            return empty
    waiting = [one for one in described(connection, ids) if one.id != found.claim]
    return _shown(
        connection, replace(empty, waiting=waiting[:_LISTED], others=len(set(ids) - {found.claim})), found
    )


def _shown(connection: Connection, empty: Settling, found: Difference) -> Settling:
    head = head_of(connection, found.article)
    article = next(versions_of(connection, found.article, head.version if head else None))
    sides = [
        _side(connection, found, "a", "first"),
        _side(connection, found, "b", "second"),
        Side(name="machine", claim=found.machine),
    ]
    one = ArticleClaim(id=found.claim, claim=found.merged, was={}, state="conflict")
    differing = {line.field for line in found.fields}
    if "decision" in differing:  # where only one would keep it, what that one changed is what they differ in
        kept = next((side.claim for side in sides[:2] if side.claim is not None), None)
        differing |= {
            name for name in FIELDS if kept is not None and kept.get(name) != found.machine.get(name)
        }
    return replace(
        empty, claim=found.claim, article=article, around=around_claim(article, one, ()), base=found.machine, merged=found.merged,
        standing=standing(connection, found.claim, PART), sides=sides,
        lines=[Line(field=name, differs=name in differing) for name in FIELDS],
    )  # fmt: skip


def _side(connection: Connection, found: Difference, name: str, part: str) -> Side:
    stands = standing(connection, found.claim, part)
    kept = stands.decision in _KEPT
    return Side(
        name=name, claim=corrected(found.machine, stands.edit or {}) if kept else None, decision=stands.decision or "", who=stands.who,
        at=stands.at, reason=stands.reason, note=stands.note, edit=stands.edit if stands.decision == "edit" else None,
    )  # fmt: skip


def as_side(work: Settling, name: str, sent: Decision) -> Decision:
    """The decision that settles a claim as one side has it; ``sent`` says whose decision it is, on which revision and with which note.

    Raises:
        InputError: there is no such side, or its edit does not fit the text any more.
    """
    side = work.side(name)
    if name == "machine" or side.decision in ("accept", "add"):
        return replace(sent, decision="accept")
    if side.decision == "edit" and not side.edit:
        raise InputError("what this coder changed does not fit the article's text any more: write it anew")
    return replace(sent, decision=side.decision, edit=side.edit, reason=side.reason or sent.reason)


def chain(side: Side, article: Article) -> Any:  # noqa: ANN401 (links, as the template draws them)
    """The chain of transmission as one side has it."""
    return chain_of(side.claim, article) if side.claim else []


def quoted(side: Side, article: Article) -> Sequence[str]:
    """The words of the evidence as one side has it."""
    return words_of(side.claim["evidence"], article) if side.claim else ()
