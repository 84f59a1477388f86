"""What waits to be decided, in an order; and how far it has come.

The order ``risk`` has first what matters most where it is wrong: what two readers read differently; claims of incidents that are disputed, conceded or denied; then
casualties; changes of control; claims without a known place; those without a source; the rest. Within each, and in the other orders, the claims of an article stay together. ``random`` takes the
order of the ids, which are digests and so as good as drawn, from a place that the seed says.

Each rank is a query of its own that ends when there are enough; only where much was decided already, which each of them would have to pass over, all that is left
is sorted at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    true,
    tuple_,
)

from marsad.errors import InputError
from marsad.model.readers import DIFFERENCES
from marsad.store import tables
from marsad.store.list_tables import claim_list
from marsad.store.reviewing_settings import review_settings
from marsad.store.reviewing_standing import PARTS, one_of

ORDERS = ("risk", "oldest", "newest", "random")
_MUCH = 15_000
"""Decided claims from which on it is quicker to sort all that is left (measured with 116,839 claims: 100 ms then, and at most 75 ms before)."""
AT_RISK = ("disputed", "conceded", "denied")
_A, _R, _S, _L = tables.articles.c, tables.reviews.c, tables.review_states.c, claim_list.c
_RANKS: tuple[ColumnElement[bool], ...] = (
    _L.readers.in_(DIFFERENCES),
    func.coalesce(_L.status, "").in_(AT_RISK),
    or_(_L.event.between("harm.", "harm/"), _L.killed_top.is_not(None)),
    _L.event.between("territory.", "territory/"),
    _L.lat.is_(None),
    _L.stance.is_(None),
)
"""What each rank has; what is in none of them comes last. ``/`` is the letter after the full stop; a claim without a source has no stance."""

_RANK = case(*((kind, number) for number, kind in enumerate(_RANKS)), else_=len(_RANKS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Which claims, for whom, in which order.

    Attributes:
        who: Who is to decide them.
        part: ``first``: what nobody has decided; ``second``: of what somebody else has decided first, the share that is coded twice;
            ``adjudication``: what two coders decided differently.
        order: One of `ORDERS`.
        seed: For ``random``: where in the order of ids it begins.
        article: Only claims of this article; ``incident`` likewise.
        ids: Only these claims, where there are any; some thousands at most.
        within: Only claims whose ids this query gives.
        after: Only what comes behind this claim, also where that was decided by now.
        most: How many.
    """

    who: str
    part: str = "first"
    order: str = "risk"
    seed: int | str = 0
    article: str | None = None
    incident: str | None = None
    ids: tuple[str, ...] = ()
    within: Select[tuple[str]] | None = None
    after: str = ""
    most: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Numbers of claims in one part: that wait, were decided, were decided today (in UTC), and by whom one asked for."""

    waiting: int
    done: int
    today: int
    mine: int


def queue(connection: Connection, wanted: Queue) -> list[str]:
    """The ids of the claims that come next.

    Raises:
        InputError: there is no such part or order, or no claim ``after``.
    """
    one_of(wanted.part, PARTS, "a part")
    one_of(wanted.order, ORDERS, "an order")
    share = review_settings(connection).second_share
    among_added = connection.scalar(select(_S.added).where(_S.claim == wanted.after)) or False
    behind = _Place(connection, wanted.after) if wanted.after and not among_added else None
    found: list[str] = []
    for query in () if among_added else _stages(wanted, behind, _is_much(connection, wanted)):
        room = wanted.most - len(found)
        if room <= 0:
            break
        narrowed = query.where(_open(wanted.part, wanted.who, share), *_narrowed(wanted)).limit(room)
        found += connection.scalars(narrowed)
    if wanted.part == "adjudication" and not (wanted.ids or wanted.incident or wanted.within is not None):
        found += _added_in_conflict(connection, wanted, wanted.after if among_added else "")
    return found[: wanted.most]


def _added_in_conflict(connection: Connection, wanted: Queue, after: str) -> Iterator[str]:
    """Claims that a person added and another one would not have: they are in no list of the machine's claims, and come last."""
    query = select(_S.claim).where(_S.state == "conflict", _S.added, _S.claim > after)
    if wanted.article is not None:
        query = query.where(_S.article == wanted.article)
    yield from connection.scalars(query.order_by(_S.claim).limit(wanted.most))


def progress(connection: Connection, part: str, who: str) -> Progress:
    """How far a part has come, and how much of it ``who`` did. Claims that people added count only where they are to be settled.

    Raises:
        InputError: there is no such part.
    """
    one_of(part, PARTS, "a part")
    share = review_settings(connection).second_share
    number = {"first": _S.first, "second": _S.second, "adjudication": _S.final}[part]
    by = {"first": _S.first_by, "second": _S.second_by, "adjudication": _R.who}[part]
    today = datetime.now(UTC).date().isoformat()
    counted = true() if part == "adjudication" else not_(_S.added)
    since = connection.scalar(select(func.min(_R.id)).where(_R.at >= today))
    query = select(
        func.count(),
        func.coalesce(func.sum(case((number >= (since or 1 << 62), 1), else_=0)), 0),
        func.coalesce(func.sum(case((by == who, 1), else_=0)), 0),
    ).where(number.is_not(None), counted)
    if part == "adjudication":
        query = query.select_from(tables.review_states.join(tables.reviews, _R.id == _S.final))
    done, done_today, mine = connection.execute(query).one()
    if part == "first":
        waiting = (connection.scalar(select(func.count()).select_from(claim_list)) or 0) - done
    else:
        states = select(func.count()).select_from(tables.review_states)
        waiting = connection.scalar(states.where(_waits(part, who, share), counted)) or 0
    return Progress(waiting=waiting, done=done, today=done_today, mine=mine)


class _Place:
    """Where in the orders a claim stands."""

    def __init__(self, connection: Connection, claim: str) -> None:
        query = select(_L.id, _L.article, _L.number, _RANK.label("rank"), _A.day).join(
            tables.articles, _A.serial == _L.article
        )
        row = connection.execute(query.where(_L.id == claim)).first()
        if row is None:
            raise InputError(f"there is no claim {claim!r} in this project")
        self.id, self.article, self.number, self.rank, self.day = row


def _is_much(connection: Connection, wanted: Queue) -> bool:
    """Whether much of what a queue goes through was decided already."""
    if wanted.part != "first" or wanted.order != "risk" or wanted.after:
        return False
    return (connection.scalar(select(func.count()).select_from(tables.review_states)) or 0) > _MUCH


def _stages(wanted: Queue, behind: _Place | None, is_much: bool) -> Iterator[Select[tuple[str]]]:
    if wanted.order == "risk":
        at_once = select(_L.id).order_by(_RANK, _L.article.desc(), _L.number)
        return iter([at_once]) if is_much else _by_risk(behind)
    if wanted.order == "random":
        return _drawn(wanted.seed, behind)
    return _by_day(behind, newest=wanted.order == "newest")


def _by_risk(behind: _Place | None) -> Iterator[Select[tuple[str]]]:
    """The ranks one after the other; in each the articles that were stored last come first."""
    for rank in range(len(_RANKS) + 1):
        if behind is not None and rank < behind.rank:
            continue
        query = select(_L.id).where(*_RANKS[rank : rank + 1], *(_not(kind) for kind in _RANKS[:rank]))
        if behind is not None and rank == behind.rank:
            query = query.where(_L.article <= behind.article, not_(and_(_L.article == behind.article, _L.number <= behind.number)))  # fmt: skip
        yield query.order_by(_L.article.desc(), _L.number)


def _not(kind: ColumnElement[bool]) -> ColumnElement[bool]:
    return not_(func.coalesce(kind, False))


def _by_day(behind: _Place | None, *, newest: bool) -> Iterator[Select[tuple[str]]]:
    """By the day of publication; what has none comes last."""
    joined = select(_L.id).join(tables.articles, _A.serial == _L.article)
    order = (_A.day.desc(), _A.serial.desc()) if newest else (_A.day, _A.serial)
    for dated in (True, False):
        if behind is not None and behind.day is None and dated:
            continue
        query = joined.where(_A.day.is_not(None) if dated else _A.day.is_(None))
        if behind is not None and (behind.day is not None) == dated:
            query = query.where(_past(behind, newest, dated), not_(and_(_A.serial == behind.article, _L.number <= behind.number)))  # fmt: skip
        yield query.order_by(*(order if dated else order[1:]), _L.number)


def _past(behind: _Place, newest: bool, dated: bool) -> ColumnElement[bool]:
    here: Any = tuple_(_A.day, _A.serial) if dated else _A.serial
    there: Any = tuple_(behind.day, behind.article) if dated else behind.article
    found: ColumnElement[bool] = here <= there if newest else here >= there
    return found


def _drawn(seed: int | str, behind: _Place | None) -> Iterator[Select[tuple[str]]]:
    start = hashlib.sha256(str(seed).encode("utf-8", "replace")).hexdigest()[:16]
    from_there, from_zero = select(_L.id).where(_L.id >= start), select(_L.id).where(_L.id < start)
    if behind is not None and behind.id >= start:
        from_there = from_there.where(_L.id > behind.id)
    if behind is None or behind.id >= start:
        yield from_there.order_by(_L.id)
    elif behind is not None:
        from_zero = from_zero.where(_L.id > behind.id)
    yield from_zero.order_by(_L.id)


def _open(part: str, who: str, share: int) -> ColumnElement[bool]:
    """That a claim waits in a part."""
    if part == "first":
        taken = or_(_S.first.is_not(None), _S.final.is_not(None), _S.second_by == who)
        return not_(exists().where(_S.claim == _L.id, taken))
    waits = select(_S.claim).where(_waits(part, who, share))
    return _L.id.in_(waits)


def _waits(part: str, who: str, share: int) -> ColumnElement[bool]:
    if part == "adjudication":
        return _S.state == "conflict"
    return and_(_S.first_by != who, _S.second.is_(None), _S.final.is_(None), _S.bucket < share)


def _narrowed(wanted: Queue) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.article is not None:
        found.append(_L.article.in_(select(_A.serial).where(_A.id == wanted.article)))
    if wanted.incident is not None:
        claims = tables.incident_claims.c
        found.append(_L.id.in_(select(claims.claim).where(claims.incident == wanted.incident)))
    if wanted.ids:
        found.append(_L.id.in_(wanted.ids))
    if wanted.within is not None:
        found.append(_L.id.in_(wanted.within))
    return found
