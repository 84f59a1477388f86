"""What was decided about claims, and the revision on which a decision is made.

A decision carries the revision of what its maker saw. Where somebody was quicker, or the same form comes twice, the revision is another
one by now and nothing is stored (`Stale`): so two people at once cannot lose a decision. Who waits to code a claim a second time is told nothing of the first
decision by any function here that is given their name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.db import batches
from marsad.store.people import stands_as
from marsad.store.reviewing_carry import edit_in
from marsad.store.reviewing_edits import corrected
from marsad.store.reviewing_settings import ReviewSettings, awaits_second, review_settings
from marsad.store.reviewing_states import Held, Review, bucket_of, held, holding, reviews_of

PARTS = ("first", "second", "adjudication")
_A, _C, _R, _S = tables.articles.c, tables.claims.c, tables.reviews.c, tables.review_states.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What was decided about a claim in one part.

    Attributes:
        claim: The id under which the claim stands now.
        part: In which part.
        decision: ``accept``, ``reject``, ``edit``, ``unsure`` or ``add``; None where nothing holds, or nothing may be told.
        number: The number of the row, by which it can be undone.
        edit: The changed fields, with spans in the article's latest version; None where there are none, or where the text has changed too much.
        revision: What a decision must carry that is made on this; "" where ``hidden``.
        hidden: Whether the claim waits for this person to code it a second time: it is to be decided in the part ``second`` only.
    """

    claim: str
    part: str
    revision: str
    decision: str | None = None
    number: int | None = None
    who: str = ""
    at: str = ""
    edit: Mapping[str, Any] | None = None
    reason: str = ""
    note: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedClaim:
    """A claim that a person added; ``claim`` is its JSON with later corrections, its spans in the article's latest version."""

    id: str
    claim: Mapping[str, Any]
    state: str
    who: str
    at: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is decided about: a claim as it stands now, and all rows about it.

    Attributes:
        data: Its JSON as text: the machine's, or that of the person who added it.
        reader: Which reader read the article.
        added: Whether a person added it.
    """

    id: str
    article: str
    version: int
    reader: str
    data: str
    added: bool
    rows: Sequence[Review]

    @property
    def now(self) -> Held:
        """The decisions that hold."""
        return held(self.rows)

    @property
    def bucket(self) -> int:
        """For which share of second coding it is drawn."""
        return bucket_of(self.rows[0].then if self.rows else self.id)

    def awaits(self, who: str, settings: ReviewSettings) -> bool:
        """Whether it waits to be coded a second time by that person. Claims that people added do not: they are in no queue."""
        return not self.added and awaits_second(self.now, self.bucket, who, settings)

    def revision(self, part: str) -> str:
        """Changes with every row of the part (for who settles: of any part) and with the claim itself."""
        last = max((row.number for row in self.rows if part in (row.part, "adjudication")), default=0)
        return f"{last}.{hashlib.sha256(self.data.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def subject_of(connection: Connection, claim: str) -> Subject:
    """The claim of an id, also of one that it had in an earlier version.

    Raises:
        InputError: there is none, or it was added and that was undone.
    """
    here = stands_as(connection, claim)
    if here is None:
        return _added(connection, claim)
    query = (
        select(_C.article, _C.data, _A.version, _A.reader)
        .join(tables.articles, _A.id == _C.article)
        .where(_C.id == here)
    )
    row = connection.execute(query).one()
    rows = reviews_of(connection, [row.article]).get(here, [])
    return Subject(id=here, article=row.article, version=row.version, reader=row.reader, data=row.data, added=False, rows=rows)  # fmt: skip


def _added(connection: Connection, claim: str) -> Subject:
    query = select(_R.article, _A.version, _A.reader).join(tables.articles, _A.id == _R.article)
    row = connection.execute(query.where(_R.claim == claim, _R.decision == "add").limit(1)).first()
    rows = reviews_of(connection, [row.article]).get(claim, []) if row else []
    add = next((one for one in reversed(holding(rows)) if one.decision == "add"), None)
    if row is None or add is None:
        raise InputError(f"there is no claim {claim!r} in this project")
    data = json.dumps(edit_in(connection, add, row.version) or add.edit, ensure_ascii=True)
    return Subject(id=claim, article=row.article, version=row.version, reader=row.reader, data=data, added=True, rows=rows)  # fmt: skip


def standing(connection: Connection, claim_id: str, part: str = "first", who: str = "") -> Standing:
    """What was decided about a claim in a part, as far as ``who`` may know; with "" all of it.

    Raises:
        InputError: there is no such claim or part.
    """
    one_of(part, PARTS, "a part")
    subject = subject_of(connection, claim_id)
    now = subject.now
    if part != "second" and subject.awaits(who, review_settings(connection)):
        return Standing(claim=subject.id, part=part, revision="", hidden=True)
    row, revision = now.part(part), subject.revision(part)
    if row is None:
        return Standing(claim=subject.id, part=part, revision=revision)
    edit = None if row.edit is None else edit_in(connection, row, subject.version)
    return Standing(
        claim=subject.id, part=part, revision=revision, decision=row.decision, number=row.number, who=row.who, at=row.at,
        edit=edit, reason=row.reason, note=row.note,
    )  # fmt: skip


def standings(connection: Connection, claim_ids: Sequence[str], who: str = "") -> dict[str, str]:
    """The state of each of some claims (`marsad.store.reviewing_states.STATES`), as far as ``who`` may know.

    Args:
        connection: A reading connection.
        claim_ids: Ids under which claims stand now.
        who: Claims that wait for this person to code them a second time are ``machine``; with "" none does.
    """
    settings = review_settings(connection)
    found = dict.fromkeys(claim_ids, "machine")
    for some in batches(list(found)):
        for row in connection.execute(select(tables.review_states).where(_S.claim.in_(some))):
            waits = who and row.first_by not in (None, who) and row.second is None and row.final is None
            if row.added or not (waits and row.bucket < settings.second_share):
                found[row.claim] = row.state
    return found


def shown(connection: Connection, claim_id: str, part: str = "first") -> dict[str, Any]:
    """The claim's JSON as it is shown to whoever decides in a part: without corrections, and where coding is blind to the machine only its id and evidence.

    Raises:
        InputError: there is no such claim.
    """
    subject = subject_of(connection, claim_id)
    claim: dict[str, Any] = json.loads(subject.data)
    if part == "second" and review_settings(connection).blind == "machine":
        return {name: claim[name] for name in ("id", "evidence")}
    return claim


def history(connection: Connection, claim_id: str, who: str = "") -> list[Review]:
    """All rows about a claim, also those that were undone, oldest first; only one's own where the claim waits for one's second coding.

    Raises:
        InputError: there is no such claim.
    """
    subject = subject_of(connection, claim_id)
    waits = subject.awaits(who, review_settings(connection))
    return [row for row in subject.rows if not waits or row.who == who]


def added_claims(connection: Connection, article: str, who: str = "") -> list[AddedClaim]:
    """The claims that people added to an article and that still fit its text, in the order of their words.

    Where a claim of the article waits for ``who`` to code it a second time, only their own.
    """
    settings = review_settings(connection)
    version = connection.scalar(select(_A.version).where(_A.id == article))
    here = set(connection.scalars(select(_C.id).where(_C.article == article)))
    found, waits = [], False
    for claim, rows in reviews_of(connection, [article]).items():
        now = held(rows)
        waits = waits or (claim in here and awaits_second(now, bucket_of(rows[0].then), who, settings))
        add = next((row for row in reversed(holding(rows)) if row.decision == "add"), None)
        base = edit_in(connection, add, version) if add and version and claim not in here else None
        if add and base:
            later = now.result
            edit = (edit_in(connection, later, version) or {}) if later and version else {}
            found.append(AddedClaim(id=claim, claim=corrected(base, edit), state=now.state, who=add.who, at=add.at, number=add.number))  # fmt: skip
    kept = [one for one in found if not waits or one.who == who]
    return sorted(kept, key=lambda one: (one.claim["evidence"][0]["start"], one.id))


def one_of(value: str, allowed: Sequence[str], what: str) -> None:
    """Go on only with one of some values.

    Raises:
        InputError: it is none of them; ``what`` says what it should be.
    """
    if value not in allowed:
        raise InputError(f"{what} is one of {', '.join(allowed)}, not {value!r}")
