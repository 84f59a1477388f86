"""What the pages of review, settling and agreement ask beside the queue itself: what claims are, which wait still, how fast somebody goes, what they did last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Select, func, select

from marsad.store import tables
from marsad.store.db import batches
from marsad.store.list_tables import claim_list
from marsad.store.reads.conditions import narrowed
from marsad.store.reads.filters import Filters
from marsad.store.reviewing import Queue, queue, standing

_A, _C, _R, _L = tables.articles.c, tables.claims.c, tables.reviews.c, claim_list.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A claim that waits, as the list beside it shows it."""

    id: str
    article: str
    event: str
    polarity: str
    source: str | None
    source_id: str | None
    place_id: str | None
    place: str | None
    title: str
    outlet: str | None
    day: str | None


def described(connection: Connection, ids: Sequence[str]) -> list[Waiting]:
    """Some claims in their order, as the list beside one shows them; those that people added are in no list."""
    columns = (
        _C.id, _C.article, _C.event, _C.polarity, _C.source, _C.source_id, _C.place_id, _C.place, _A.title, _A.outlet, _A.day
    )  # fmt: skip
    query = select(*columns).join(tables.articles, _A.id == _C.article)
    found: dict[str, Waiting] = {}
    for some in batches(list(ids)):
        found |= {row.id: Waiting(**row._mapping) for row in connection.execute(query.where(_C.id.in_(some)))}
    return [found[one] for one in ids if one in found]


def still_open(connection: Connection, who: str, part: str, ids: Sequence[str]) -> list[str]:
    """Those of some claims that somebody can decide in a part still, in their order."""
    wanted = Queue(who=who, part=part, order="random", ids=tuple(ids), most=len(ids))
    left = set(queue(connection, wanted)) if ids else set()
    return [one for one in ids if one in left]


def within(connection: Connection, filters: Filters) -> Select[tuple[str]] | None:
    """The claims that fit some filters, to narrow a queue; None where nothing is narrowed."""
    if not filters.used:
        return None
    return select(_L.id).where(*narrowed(connection, filters).claims())


def decided_since(connection: Connection, who: str, minutes: int) -> int:
    """How many decisions somebody made in the last so many minutes."""
    since = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
    query = select(func.count()).where(_R.at >= since, _R.who == who, _R.undoes.is_(None))
    return connection.scalar(query) or 0


def claim_of_review(connection: Connection, number: int) -> str | None:
    """The claim that a decision was about, by the id it had then."""
    found: str | None = connection.scalar(select(_R.claim).where(_R.id == number))
    return found


def article_of_claim(connection: Connection, claim: str) -> str | None:
    """The article that a claim of the machine's is in, or one that a person added."""
    found: str | None = connection.scalar(select(_C.article).where(_C.id == claim))
    return found or connection.scalar(select(_R.article).where(_R.claim == claim).limit(1))


def last_settled(connection: Connection, who: str) -> tuple[int, str] | None:
    """The number and claim of what somebody settled last and that still holds; None where there is nothing."""
    rows = connection.execute(
        select(_R.id, _R.claim)
        .where(_R.who == who, _R.part == "adjudication", _R.undoes.is_(None))
        .order_by(_R.id.desc())
    )
    for row in rows:
        if standing(connection, row.claim, "adjudication").number == row.id:
            return row.id, row.claim
    return None
