"""What people decided about pairs of claims. Rows are added; to undo is a new row that names the one it undoes. `marsad.store.reviewing` is about single claims."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from marsad.errors import InputError
from marsad.model.incident import Judgement
from marsad.store import tables
from marsad.store.audit import note, now, whoever

_J, _C, _F = tables.judgements.c, tables.claims.c, tables.successions.c
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


def current(connection: Connection, claim: str) -> str:
    """The id under which a claim stands in its article's latest version.

    Raises:
        InputError: neither the claim nor one that followed it is in the store.
    """
    known = stands_as(connection, claim)
    if known is None:
        raise InputError(f"there is no claim {claim!r} in this project")
    return known


def stands_as(connection: Connection, claim: str) -> str | None:
    """The same, None where there is none: the claim went with an earlier version, or never was the machine's."""
    known: str | None = claim
    for _ in range(_MOST_STEPS):
        if known is None or connection.scalar(select(_C.id).where(_C.id == known)) is not None:
            return known
        known = connection.scalar(select(_F.claim).where(_F.id == known))
    return None


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
