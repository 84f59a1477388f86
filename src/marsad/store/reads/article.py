"""What the page of one article asks: its versions, its claims as they stand for whoever looks, and what copies it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from marsad.store import tables
from marsad.store.reviewing import added_claims, review_settings, standings
from marsad.store.reviewing_carry import edit_in
from marsad.store.reviewing_edits import corrected
from marsad.store.reviewing_settings import awaits_second
from marsad.store.reviewing_states import bucket_of, held, reviews_of

_A, _V, _C = tables.articles.c, tables.versions.c, tables.claims.c
_T, _I, _S = tables.incident_claims.c, tables.incidents.c, tables.review_states.c
_CORRECTABLE = ("edited", "agreed", "final", "rejected")
"""States in which a decision may have changed something about a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An article as it stands. ``version`` is the number of its latest version; the other fields are columns of ``articles``."""

    id: str
    version: int
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    reader: str
    exact: str
    family: str | None
    copy_of: str | None
    added: str
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version; ``kept`` says where in the archive the answer lies that it was made from (file, offset, length, sha256), {} where none was kept."""

    number: int
    added: str
    digest: str
    place: str
    kept: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """An article that repeats this one: word for word (``exact``) or nearly."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleClaim:
    """A claim as it stands for whoever looks.

    Attributes:
        claim: Its JSON, with corrections that hold.
        was: Of each field that was corrected what it was before.
        state: What reviewing made of it (`marsad.store.reviewing.STATES`).
        incident: Id of the incident that it is in; None while it is in none.
        status: The incident's.
        added: Whether a person added it.
        hidden: Whether the machine's reading of it is not shown to whoever looks, for they are to read it by themselves.
    """

    id: str
    claim: Mapping[str, Any]
    was: Mapping[str, Any]
    state: str
    incident: str | None = None
    status: str | None = None
    added: bool = False
    hidden: bool = False


def head_of(connection: Connection, article: str) -> Head | None:
    """The article of an id, or None."""
    names = Head.__slots__
    row = connection.execute(select(*(_A[name] for name in names)).where(_A.id == article)).first()
    return None if row is None else Head(**row._mapping)


def version_rows(connection: Connection, article: str) -> list[VersionRow]:
    """All versions of an article, the newest first, without their texts."""
    query = select(_V.number, _V.added, _V.digest, _V.place, _V.kept).where(_V.article == article)
    return [
        VersionRow(number=row.number, added=row.added, digest=row.digest, place=row.place, kept=json.loads(row.kept or "{}"))
        for row in connection.execute(query.order_by(_V.number.desc()))
    ]  # fmt: skip


def copies(connection: Connection, head: Head, most: int = 50) -> tuple[int, list[CopyRow]]:
    """How many other articles repeat this one, and some of them: word for word first, then by day."""
    same = or_(_A.exact == head.exact, _A.family == head.family) if head.family else _A.exact == head.exact
    found = [_A.id, _A.title, _A.outlet, _A.published, (_A.exact == head.exact).label("same")]
    where = (same, _A.id != head.id)
    number = connection.scalar(select(func.count()).where(*where)) or 0
    order = ((_A.exact == head.exact).desc(), _A.day, _A.id)
    rows = connection.execute(select(*found).where(*where).order_by(*order).limit(most))
    return number, [
        CopyRow(id=row.id, title=row.title, outlet=row.outlet, published=row.published, exact=bool(row.same))
        for row in rows
    ]


def claims_of(connection: Connection, article: str, who: str = "") -> list[ArticleClaim]:
    """The claims of an article's latest version in their order, and after them those that people added.

    Nothing of what the first coder decided is in those that wait for ``who`` to code them a second time.
    """
    query = (
        select(_C.id, _C.data, _T.incident, _I.status)
        .outerjoin(tables.incident_claims, _T.claim == _C.id)
        .outerjoin(tables.incidents, _I.id == _T.incident)
        .where(_C.article == article)
        .order_by(_C.number)
    )
    rows = connection.execute(query).all()
    if not reviewed(connection, article):
        return [_plain(row, "machine") for row in rows]
    states = standings(connection, [row.id for row in rows], who)
    edits = _edits(connection, article, [id_ for id_, state in states.items() if state in _CORRECTABLE])
    hidden = awaiting(connection, article, who) if _is_blind(connection) else frozenset()
    found = [_made(row, states[row.id], edits.get(row.id, {}), row.id in hidden) for row in rows]
    for one in added_claims(connection, article, who):
        found.append(ArticleClaim(id=one.id, claim=one.claim, was={}, state=one.state, added=True))
    return found


def reviewed(connection: Connection, article: str) -> bool:
    """Whether anything about an article was decided."""
    found = connection.scalar(select(_S.claim).where(_S.article == article).limit(1))
    return found is not None


def awaiting(connection: Connection, article: str, who: str) -> frozenset[str]:
    """The claims of an article that wait for somebody to code them a second time."""
    settings = review_settings(connection)
    found = reviews_of(connection, [article])
    return frozenset(
        claim
        for claim, rows in found.items()
        if awaits_second(held(rows), bucket_of(rows[0].then), who, settings)
    )


def _is_blind(connection: Connection) -> bool:
    return review_settings(connection).blind == "machine"


def _edits(connection: Connection, article: str, claims: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """What decisions that hold changed about some claims, in the article's latest version."""
    if not claims:
        return {}
    version = connection.scalar(select(_A.version).where(_A.id == article)) or 0
    rows = reviews_of(connection, [article])
    found: dict[str, Mapping[str, Any]] = {}
    for claim in claims:
        result = held(rows.get(claim, [])).result
        edit = edit_in(connection, result, version) if result and result.edit else None
        if edit:
            found[claim] = edit
    return found


def _plain(row: Any, state: str) -> ArticleClaim:  # noqa: ANN401 (a row of the database)
    return ArticleClaim(id=row.id, claim=json.loads(row.data), was={}, state=state, incident=row.incident, status=row.status)  # fmt: skip


def _made(row: Any, state: str, edit: Mapping[str, Any], hidden: bool) -> ArticleClaim:  # noqa: ANN401 (a row of the database)
    plain = _plain(row, state)
    if not edit and not hidden:
        return plain
    claim = plain.claim
    shown = {"id": row.id, "evidence": claim["evidence"]} if hidden else corrected(claim, edit)
    return ArticleClaim(
        id=row.id, claim=shown, was={name: claim.get(name) for name in edit if not hidden}, state=state,
        incident=None if hidden else row.incident, status=None if hidden else row.status, hidden=hidden,
    )  # fmt: skip


def latest_article_day(connection: Connection) -> str | None:
    """The last day of which an article is stored."""
    day: str | None = connection.scalar(select(func.max(_A.day)))
    return day


def readers_of(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """By which reader the claims of some articles were read."""
    return dict(connection.execute(select(_A.id, _A.reader).where(_A.id.in_(ids))).all())
