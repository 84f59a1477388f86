"""What people decided: judgements about pairs of claims and reviews of single ones. Rows are added; to undo is a new row that names the one it undoes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update

from marsad.errors import InputError
from marsad.model.incident import Judgement
from marsad.store import tables
from marsad.store.audit import note, now, whoever
from marsad.store.db import batches

_J, _R, _C, _F = tables.judgements.c, tables.reviews.c, tables.claims.c, tables.successions.c
DECISIONS = ("accept", "reject", "edit", "unsure", "undo")
_MOST_STEPS = 100


def add_judgement(
    connection: Connection, judgement: Judgement, *, text: str = "", undoes: int | None = None
) -> int:
    """Store a judgement; the articles of its claims are reconciled anew.

    Raises:
        InputError: a claim is not in the store.
    """
    pair = [current(connection, judgement.one), current(connection, judgement.other)]
    who = judgement.by or whoever()
    number = _added(
        connection,
        tables.judgements.insert().values(
            at=judgement.at or now(), who=who, one=judgement.one, other=judgement.other, verdict=judgement.verdict,
            note=text, undoes=undoes,
        ),
        _J.id,
    )  # fmt: skip
    articles = [_article_of(connection, claim) for claim in pair]
    connection.execute(update(tables.articles).where(tables.articles.c.id.in_(articles)).values(pending=True))
    data = {"one": judgement.one, "other": judgement.other, "verdict": judgement.verdict, "undoes": undoes}
    note(connection, "judgement", str(number), data, who)
    return number


def undo_judgement(connection: Connection, number: int, who: str = "") -> int:
    """Take a judgement back by a new row.

    Raises:
        InputError: there is no judgement of that number.
    """
    row = connection.execute(select(tables.judgements).where(_J.id == number)).first()
    if row is None:
        raise InputError(f"there is no judgement {number}")
    back = Judgement(one=row.one, other=row.other, verdict=row.verdict, by=who or whoever())
    return add_judgement(connection, back, undoes=number)


def judgements(connection: Connection) -> list[Judgement]:
    """All judgements that hold, about the claims as they are called now, oldest first."""
    rows = connection.execute(select(tables.judgements).order_by(_J.id)).all()
    undone = {row.undoes for row in rows if row.undoes is not None}
    follows = dict(connection.execute(select(_F.id, _F.claim)).all())
    return [
        Judgement(
            one=_followed(row.one, follows), other=_followed(row.other, follows), verdict=row.verdict, by=row.who, at=row.at
        )
        for row in rows
        if row.undoes is None and row.id not in undone
    ]  # fmt: skip


def add_review(connection: Connection, review: dict[str, Any], who: str = "") -> int:
    """Store a review of one claim: ``claim``, ``decision`` (one of `DECISIONS`), and ``edit``, ``note``, ``undoes`` where there are any.

    Raises:
        InputError: the claim is not in the store, or the decision is none.
    """
    if review["decision"] not in DECISIONS:
        raise InputError(f"a decision is one of {', '.join(DECISIONS)}, not {review['decision']!r}")
    claim = connection.execute(
        select(tables.claims).where(_C.id == current(connection, review["claim"]))
    ).one()
    by, edit = who or whoever(), review.get("edit")
    number = _added(
        connection,
        tables.reviews.insert().values(
            at=now(), who=by, claim=claim.id, article=claim.article, version=claim.version, decision=review["decision"],
            machine=claim.data, edit=None if edit is None else json.dumps(edit, ensure_ascii=False),
            note=review.get("note", ""), undoes=review.get("undoes"),
        ),
        _R.id,
    )  # fmt: skip
    note(connection, "review", str(number), {"claim": claim.id, "decision": review["decision"]}, by)
    return number


def current(connection: Connection, claim: str) -> str:
    """The id under which a claim stands in its article's latest version.

    Raises:
        InputError: neither the claim nor one that followed it is in the store.
    """
    known = claim
    for _ in range(_MOST_STEPS):
        if connection.scalar(select(_C.id).where(_C.id == known)) is not None:
            return known
        follower = connection.scalar(select(_F.claim).where(_F.id == known))
        if follower is None:
            break
        known = follower
    raise InputError(f"there is no claim {claim!r} in this project")


def judged_articles(connection: Connection, found: Iterable[Judgement]) -> set[str]:
    """The articles of the claims that judgements are about."""
    ids = sorted({claim for one in found for claim in (one.one, one.other)})
    articles: set[str] = set()
    for some in batches(ids):
        articles.update(connection.scalars(select(_C.article).where(_C.id.in_(some))))
    return articles


def _followed(claim: str, follows: dict[str, str]) -> str:
    for _ in range(_MOST_STEPS):
        if claim not in follows:
            break
        claim = follows[claim]
    return claim


def _article_of(connection: Connection, claim: str) -> str:
    found: str = connection.execute(select(_C.article).where(_C.id == claim)).scalar_one()
    return found


def _added(connection: Connection, statement: Any, key: Any) -> int:  # noqa: ANN401 (SQLAlchemy's own)
    number: int = connection.execute(statement.returning(key)).scalar_one()
    return number
