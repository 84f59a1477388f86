"""Storing decisions about claims, and undoing them: each is a new row, with a row of the audit log, in the transaction that the caller opened for writing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from marsad.codebook import load_codebook
from marsad.errors import InputError, Stale
from marsad.model.jsonl import claim_to_json
from marsad.store import tables
from marsad.store.articles import versions_of
from marsad.store.audit import note, now
from marsad.store.reviewing_edits import checked_claim, checked_edit
from marsad.store.reviewing_settings import review_settings
from marsad.store.reviewing_standing import PARTS, Subject, one_of, subject_of
from marsad.store.reviewing_states import Held, Review, held, refresh, reviews_of, same, undone
from marsad.store.users import may

DECISIONS = ("accept", "reject", "edit", "unsure", "add")
REASONS = (
    "not_an_event", "wrong_event", "wrong_source", "wrong_place", "wrong_time", "wrong_parties", "duplicate", "out_of_scope", "other",
)  # fmt: skip
"""Why a claim is rejected."""
MOST_NOTE = 10_000
_ADDED_BY = {"part": "claim", "rule": "added by a person", "words": ""}
_A, _C, _R = tables.articles.c, tables.claims.c, tables.reviews.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decides.

    Attributes:
        who: The person's name.
        decision: One of `DECISIONS`.
        part: As what: ``first``, ``second`` or ``adjudication``.
        claim: The claim's id; "" for ``add``.
        article: For ``add``: the article that the claim is in.
        edit: For ``edit`` the changed fields, for ``add`` the whole claim, as CODEBOOK section 7 has them; else None.
        reason: For ``reject``: one of `REASONS`; a note can stand in its place.
        note: What the person says about it.
        revision: That of the `Standing` on which the person decided; nothing for ``add``.
    """

    who: str
    decision: str
    part: str = "first"
    claim: str = ""
    article: str = ""
    edit: Mapping[str, Any] | None = None
    reason: str = ""
    note: str = ""
    revision: str = ""


def decide(connection: Connection, decision: Decision) -> int:
    """Store a decision; the number of its row.

    Args:
        connection: A writing connection.
        decision: Spans in its edit point into the article's latest version.

    Raises:
        InputError: it cannot be decided so; the message names the field and the value.
        Stale: somebody decided meanwhile, or this was stored already. Nothing was stored now.
    """
    _check(decision)
    if decision.decision == "add":
        return _add(connection, decision)
    subject = subject_of(connection, decision.claim)
    if decision.part != "second" and subject.awaits(decision.who, review_settings(connection)):
        raise Stale(
            "somebody has decided this claim, and it waits for your second coding: nothing was stored"
        )
    _check_fresh(subject, decision)
    _check_turn(subject.now, decision)
    decision = _edited(connection, subject, decision)
    _check_told(subject.now, decision)
    return _stored(connection, decision, subject)


def undo(connection: Connection, who: str, number: int | None = None, role: str = "coder") -> int:
    """Take a decision back by a new row; the number of that row. To undo an undoing gives the decision its place again.

    Args:
        connection: A writing connection.
        who: Who undoes.
        number: Which row; the latest decision of ``who`` that holds where it is None.
        role: The role of ``who``: only an adjudicator or an admin undoes what others decided.

    Raises:
        InputError: there is no such row, it was undone already, or it is another's.
    """
    row = connection.execute(
        select(tables.reviews).where(_R.id == (_last(connection, who) if number is None else number))
    ).first()
    if row is None:
        raise InputError(f"there is no decision {number}" if number else f"{who!r} has no decision to undo")
    if row.who != who and not may(role, "adjudicator"):
        raise InputError(f"decision {row.id} is by {row.who!r}: an adjudicator or an admin can undo it")
    if row.id in undone(_rows(connection, row.article)):
        raise InputError(f"decision {row.id} is undone already")
    made = _insert(connection, {**row._mapping, "at": now(), "who": who, "decision": "undo", "edit": None, "machine": None, "note": "", "reason": "", "undoes": row.id})  # fmt: skip
    note(connection, "review undone", str(row.id), {"claim": row.claim, "part": row.part, "row": made}, who)
    refresh(connection, [row.article])
    return made


def _last(connection: Connection, who: str) -> int | None:
    """The latest decision of a person that holds."""
    query = select(_R.id, _R.article).where(_R.who == who, _R.undoes.is_(None)).order_by(_R.id.desc())
    for row in connection.execute(query):
        if row.id not in undone(_rows(connection, row.article)):
            found: int = row.id
            return found
    return None


def _rows(connection: Connection, article: str) -> list[Review]:
    known = reviews_of(connection, [article]).values()
    return sorted((row for rows in known for row in rows), key=lambda row: row.number)


def _check(decision: Decision) -> None:
    one_of(decision.part, PARTS, "a part")
    one_of(decision.decision, DECISIONS, "a decision")
    if not decision.who.strip():
        raise InputError("a decision needs the name of who decides")
    if (decision.edit is not None) != (decision.decision in ("edit", "add")):
        raise InputError("an edit comes with the decisions 'edit' and 'add', and with no other")
    if len(decision.note) > MOST_NOTE or "\x00" in decision.note:
        raise InputError(f"a note has at most {MOST_NOTE:,} characters, none of them zero")
    if decision.reason:
        one_of(decision.reason, REASONS, "a reason")


def _check_fresh(subject: Subject, decision: Decision) -> None:
    final = subject.now.final
    if decision.part != "adjudication" and final is not None:
        raise Stale(f"{final.who} has settled this claim at {final.at}: nothing was stored")
    if subject.revision(decision.part) == decision.revision:
        return
    rows = [row for row in subject.rows if decision.part in (row.part, "adjudication")]
    seen = decision.revision.partition(".")[0]
    if rows and str(rows[-1].number) != seen:
        last = rows[-1]
        what = "took a decision back" if last.undoes else f"decided {last.decision!r}"
        raise Stale(f"{last.who} {what} about this claim at {last.at}: nothing was stored; look again and decide anew")  # fmt: skip
    raise Stale(
        "the claim is not as it was when it was shown: nothing was stored; look again and decide anew"
    )


def _check_turn(state: Held, decision: Decision) -> None:
    """Nobody is both coders of a claim, and each part has something to go by."""
    who, adds = decision.who, decision.decision == "add"
    if decision.part == "second":
        if state.first is None and not adds:
            raise InputError("a claim is coded a second time after somebody else has decided it")
        if state.first is not None and state.first.who == who:
            raise InputError(f"{who!r} decided this claim first, and cannot be its second coder")
    if decision.part == "first" and state.second is not None and state.second.who == who:
        raise InputError(f"{who!r} is the second coder of this claim, and cannot decide it first")
    if decision.part == "adjudication" and state.first is None and state.second is None and not adds:
        raise InputError("nobody has decided this claim: there is nothing to settle")


def _edited(connection: Connection, subject: Subject, decision: Decision) -> Decision:
    """The decision with its edit as it is stored."""
    if decision.edit is None:
        return decision
    article = next(versions_of(connection, subject.article, subject.version))
    edit = checked_edit(decision.edit, json.loads(subject.data), article)
    if edit:
        return replace(decision, edit=edit)
    if decision.part == "second" and review_settings(connection).blind == "machine":
        return replace(decision, decision="accept", edit=None)  # they could not see that they say the same
    raise InputError("the edit changes nothing: the claim can be accepted as it is")


def _check_told(state: Held, decision: Decision) -> None:
    """What must be said about it."""
    as_review = Review(number=0, at="", who=decision.who, claim="", then="", article="", version=0, part=decision.part,
                       decision=decision.decision, edit=decision.edit)  # fmt: skip
    sides = [one for one in (state.first, state.second) if one is not None and same(one, as_review)]
    if decision.part == "adjudication" and not sides and not decision.note.strip():
        raise InputError("who settles otherwise than both coders says why in a note")
    settled = decision.part == "adjudication" and sides
    if decision.decision == "reject" and not (decision.reason or decision.note.strip() or settled):
        raise InputError(f"a claim is rejected for a reason: one of {', '.join(REASONS)}, or a note")


def _add(connection: Connection, decision: Decision) -> int:
    head = connection.execute(select(_A.version, _A.reader).where(_A.id == decision.article)).first()
    if head is None:
        raise InputError(f"there is no article {decision.article!r} in this project")
    article = next(versions_of(connection, decision.article, head.version))
    claim = checked_claim(decision.edit or {}, article)
    made = {**claim_to_json(claim), "origin": [_ADDED_BY]}
    if connection.scalar(select(_C.id).where(_C.id == claim.id)) is not None:
        raise InputError(f"the machine has this claim already ({claim.id}): accept or edit that one")
    rows = reviews_of(connection, [decision.article]).get(claim.id, [])
    earlier = held(rows).part(decision.part)
    if earlier is not None:
        raise Stale(f"{earlier.who} has added this claim at {earlier.at}: nothing was stored")
    _check_turn(held(rows), decision)
    subject = Subject(id=claim.id, article=article.id, version=head.version, reader=head.reader, data="", added=True, rows=rows)  # fmt: skip
    return _stored(connection, replace(decision, edit=made), subject)


def _stored(connection: Connection, decision: Decision, subject: Subject) -> int:
    number = _insert(
        connection,
        {
            "at": now(), "who": decision.who, "claim": subject.id, "article": subject.article, "version": subject.version,
            "decision": decision.decision, "machine": subject.data or None,
            "edit": None if decision.edit is None else json.dumps(decision.edit, ensure_ascii=True),
            "note": decision.note.encode("utf-8", "replace").decode(), "undoes": None, "part": decision.part,
            "reason": decision.reason, "codebook": str(load_codebook().version), "reader": subject.reader,
        },
    )  # fmt: skip
    told = {"claim": subject.id, "decision": decision.decision, "part": decision.part}
    note(connection, "review", str(number), told, decision.who)
    refresh(connection, [subject.article])
    return number


def _insert(connection: Connection, row: Mapping[str, Any]) -> int:
    values = {name: value for name, value in row.items() if name != "id"}
    number: int = connection.execute(tables.reviews.insert().values(values).returning(_R.id)).scalar_one()
    return number
