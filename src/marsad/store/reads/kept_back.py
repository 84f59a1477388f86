"""What no file has because people hold it back (`marsad.store.sensitive`): articles, claims, and the incidents that such claims are part of."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from marsad.store import tables
from marsad.store.db import batches
from marsad.store.reads.whole import quotes
from marsad.store.sensitive import Mark, held_back, standing_marks

_A, _C, _I, _S = tables.articles.c, tables.claims.c, tables.incident_claims.c, tables.spells.c
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """Ids: claims are those held back by themselves or with their article; an incident is kept back with any claim of its."""

    articles: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    incidents: frozenset[str] = frozenset()

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.articles or self.claims)


def kept_back(connection: Connection) -> KeptBack:
    """All that is held back now, with what goes with it."""
    found = held_back(connection)
    claims: set[str] = set(found.claims)
    incidents: set[str] = set()
    for some in batches(sorted(found.articles)):
        claims.update(connection.scalars(select(_C.id).where(_C.article.in_(some))))
    for some in batches(sorted(claims)):
        incidents.update(connection.scalars(select(_I.incident).where(_I.claim.in_(some))))
    return KeptBack(articles=found.articles, claims=frozenset(claims), incidents=frozenset(incidents))


def spells_kept_back(connection: Connection) -> frozenset[str]:
    """Ids of the spells of control that rest on an incident which is kept back."""
    incidents = kept_back(connection).incidents
    if not incidents:
        return frozenset()
    rows = connection.execute(select(_S.id, _S.data).execution_options(yield_per=_AT_ONCE))
    return frozenset(
        row.id for row in rows if not incidents.isdisjoint(json.loads(row.data).get("incidents") or ())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedRow:
    """What somebody holds back, with what it is: ``words`` are an article's headline or what a claim rests on ("" where people added the claim), ``article`` is its article."""

    mark: Mark
    article: str | None
    number: int | None
    words: str


def marked_rows(connection: Connection) -> list[MarkedRow]:
    """All marks that stand, the newest first."""
    marks = sorted(standing_marks(connection).values(), key=lambda one: (one.at, one.subject), reverse=True)
    claims = [one.subject for one in marks if one.kind == "claim"]
    articles = [one.subject for one in marks if one.kind == "article"]
    where: dict[str, tuple[str, int]] = {}
    titles: dict[str, str] = {}
    for some in batches(claims):
        found = connection.execute(select(_C.id, _C.article, _C.number).where(_C.id.in_(some)))
        where.update((row.id, (row.article, row.number)) for row in found)
    for some in batches(articles):
        rows = connection.execute(select(_A.id, _A.title).where(_A.id.in_(some)))
        titles.update((row.id, row.title) for row in rows)
    said = titles | quotes(connection, [one for one in claims if one in where])
    return [_row(one, where.get(one.subject), said.get(one.subject, "")) for one in marks]


def _row(mark: Mark, where: tuple[str, int] | None, words: str) -> MarkedRow:
    if mark.kind == "article":
        return MarkedRow(mark=mark, article=mark.subject, number=None, words=words)
    article, number = where or (None, None)
    return MarkedRow(mark=mark, article=article, number=number, words=words)
