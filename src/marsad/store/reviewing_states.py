"""What the reviews of a claim come to: which decisions hold, and the claim's state.

Everything follows from the rows of ``reviews``; ``review_states`` keeps it for lists. A row holds unless a later row that holds undoes it. A claim that
was decided once is ``accepted``, ``edited``, ``rejected`` or ``unsure`` (``added`` where a person added it); decided by two coders it is ``agreed``,
or in ``conflict`` until somebody settles it: then it is ``final``. Decisions follow a claim into the article's later versions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, delete, select

from marsad.store import tables
from marsad.store.db import batches, insert

Part = Literal["first", "second", "adjudication"]
STATES = ("machine", "accepted", "edited", "rejected", "unsure", "added", "conflict", "agreed", "final")
"""What a claim can be; ``machine`` is one that nobody decided."""
_STATE_OF = {
    "accept": "accepted",
    "edit": "edited",
    "reject": "rejected",
    "unsure": "unsure",
    "add": "added",
}
_MOST_STEPS = 100
_R, _S, _C, _F = tables.reviews.c, tables.review_states.c, tables.claims.c, tables.successions.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One row of ``reviews``.

    Attributes:
        number: Its number; later rows have higher ones.
        claim: The id under which the claim stands now; ``then`` is the one it had when it was decided.
        machine: The machine's claim as JSON at that time; None for an added one.
        edit: The changed fields; of an added claim the whole of it.
        undoes: The number of the row that this one undoes.
    """

    number: int
    at: str
    who: str
    claim: str
    then: str
    article: str
    version: int
    part: str
    decision: str
    machine: str | None = None
    edit: Mapping[str, Any] | None = None
    note: str = ""
    reason: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The decisions about a claim that hold, the latest of each part."""

    first: Review | None = None
    second: Review | None = None
    final: Review | None = None

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.final:
            return "final"
        if self.first and self.second:
            return "agreed" if same(self.first, self.second) else "conflict"
        one = self.first or self.second
        return _STATE_OF[one.decision] if one else "machine"

    @property
    def result(self) -> Review | None:
        """The decision that counts; None where there is none, or two that differ and nobody has settled it."""
        return None if self.state == "conflict" else self.final or self.first or self.second

    def part(self, name: str) -> Review | None:
        """The decision of a part."""
        return {"first": self.first, "second": self.second, "adjudication": self.final}[name]


def same(one: Review, other: Review) -> bool:
    """Whether two people decided the same, in the same fields; accepting what the other added is the same, too."""
    if {one.decision, other.decision} == {"add", "accept"}:
        return True
    return one.decision == other.decision and one.edit == other.edit


def undone(rows: Sequence[Review]) -> set[int]:
    """The numbers of those of some rows, in their order, that were undone; also of rows that undo."""
    found: set[int] = set()
    for row in reversed(rows):
        if row.undoes is not None and row.number not in found:
            found.add(row.undoes)
    return found


def holding(rows: Sequence[Review]) -> list[Review]:
    """Those of some rows in their order that hold, without the ones that undo."""
    gone = undone(rows)
    return [row for row in rows if row.undoes is None and row.number not in gone]


def held(rows: Sequence[Review]) -> Held:
    """What holds of the rows about one claim."""
    latest = {row.part: row for row in holding(rows)}
    return Held(latest.get("first"), latest.get("second"), latest.get("adjudication"))


def reviews_of(connection: Connection, articles: Sequence[str]) -> dict[str, list[Review]]:
    """The rows about the claims of some articles, in their order, by the claim's id of now."""
    found: dict[str, list[Review]] = {}
    for some in batches(list(articles)):
        here = set(connection.scalars(select(_C.id).where(_C.article.in_(some))))
        follows = dict(connection.execute(select(_F.id, _F.claim).where(_F.article.in_(some))).all())
        query = select(tables.reviews).where(_R.article.in_(some)).order_by(_R.id)
        for row in connection.execute(query):
            claim = _now(row.claim, here, follows)
            found.setdefault(claim, []).append(_review(row, claim))
    return found


def _now(claim: str, here: set[str], follows: Mapping[str, str]) -> str:
    for _ in range(_MOST_STEPS):
        if claim in here or claim not in follows:
            break
        claim = follows[claim]
    return claim


def _review(row: Any, claim: str) -> Review:  # noqa: ANN401 (a row of the database)
    return Review(
        number=row.id, at=row.at, who=row.who, claim=claim, then=row.claim, article=row.article, version=row.version,
        part=row.part, decision=row.decision, machine=row.machine, edit=None if row.edit is None else json.loads(row.edit),
        note=row.note, reason=row.reason, undoes=row.undoes,
    )  # fmt: skip


def bucket_of(claim: str) -> int:
    """Into which hundredth of all claims one falls, always the same.

    >>> bucket_of("0123456789abcdef")
    21
    """
    return int(hashlib.sha256(claim.encode()).hexdigest()[:8], 16) % 100


def refresh(connection: Connection, articles: Iterable[str]) -> None:
    """Work out anew what the reviews of some articles come to, in the transaction that changed them."""
    for some in batches(sorted(set(articles))):
        connection.execute(delete(tables.review_states).where(_S.article.in_(some)))
        insert(connection, tables.review_states, list(_made(connection, some)))


def refresh_reviewed(connection: Connection, articles: Sequence[str]) -> None:
    """The same for those of some articles that were reviewed at all."""
    for some in batches(list(articles)):
        refresh(connection, connection.scalars(select(_R.article).where(_R.article.in_(some)).distinct()))


def rebuild_states(connection: Connection) -> int:
    """Make all of ``review_states`` anew from ``reviews``; how many rows it has then."""
    connection.execute(delete(tables.review_states))
    refresh(connection, connection.scalars(select(_R.article).distinct()))
    return len(connection.scalars(select(_S.claim)).all())


def state_faults(connection: Connection) -> Iterator[str]:
    """What of ``review_states`` is not as ``reviews`` has it, in sentences."""
    columns = [column.name for column in tables.review_states.columns]
    there = {row.claim: tuple(row) for row in connection.execute(select(tables.review_states))}
    wanted: dict[str, tuple[object, ...]] = {}
    for some in batches(sorted(set(connection.scalars(select(_R.article).distinct())))):
        wanted |= {row["claim"]: tuple(row[name] for name in columns) for row in _made(connection, some)}
    wrong = [claim for claim in there.keys() | wanted.keys() if there.get(claim) != wanted.get(claim)]
    if wrong:
        yield (
            f"{len(wrong):,} claims whose state of review is not what was decided, such as {min(wrong)};"
            " `marsad store rebuild` makes it anew"
        )


def _made(connection: Connection, articles: Sequence[str]) -> Iterator[dict[str, Any]]:
    here = set(connection.scalars(select(_C.id).where(_C.article.in_(articles))))
    for claim, rows in reviews_of(connection, articles).items():
        now, added = held(rows), claim not in here
        if now == Held() or (added and not any(row.decision == "add" for row in holding(rows))):
            continue  # all of it was undone, or it is about a claim that went with an earlier version
        yield {
            "claim": claim, "article": rows[0].article, "state": now.state, "first": _number(now.first), "second": _number(now.second),
            "final": _number(now.final), "first_by": now.first.who if now.first else None,
            "second_by": now.second.who if now.second else None, "bucket": bucket_of(rows[0].then), "added": added,
        }  # fmt: skip


def _number(row: Review | None) -> int | None:
    return row.number if row else None
