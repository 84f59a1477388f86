"""Articles as people decided them: the annotated form of CODEBOOK section 7, for measuring readers and for training them.

An accepted claim is there as the machine had it when it was accepted, an edited one with its edit, an added one as it was added; a rejected one is not there. What
nobody knows (``unsure``) or has settled (two coders in conflict) is left out and counted. An article that people hold back, or of which they hold back a claim, is left out too:
with a claim missing it would be no gold. Decisions hold for the text that they were made about: in a later version
of an article they are moved to where the same words stand, and counted where that cannot be done.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from marsad.model import Article
from marsad.store import latest, tables, versions_of
from marsad.store.db import batches
from marsad.store.reviewing import Review, carried, corrected, held, reviews_of
from marsad.store.sensitive import Held, held_back

Json = dict[str, Any]
_AT_ONCE = 200
_MACHINE_ONLY = ("id", "origin", "readers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What is wanted: the result of all coding, or what was decided in one ``part`` alone; whether articles in which not every claim was decided, too; and what is held back."""

    part: str = ""
    partial: bool = False
    sensitive: bool = False


@dataclass(slots=True)
class GoldCounts:
    """What was written and what was left out.

    Attributes:
        articles: Articles that were written.
        claims: Their claims, by how they came to be: ``accepted``, ``edited``, ``added``.
        out: Claims of those articles that were left out: ``rejected``, ``unsure``, ``conflict``, ``undecided``, and ``gone`` where the words that
            were decided about are not in the text any more.
        waiting: Articles that were passed over, because not every claim of theirs was decided.
        held: Articles that people decided about and that are left out, because they are held back or a claim of theirs is.
    """

    articles: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    out: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    held: int = 0


def gold_articles(connection: Connection, wanted: Gold, counts: GoldCounts) -> Iterator[Json]:
    """The annotated articles by id, each with its claims in the order of the text.

    Args:
        connection: A reading connection.
        wanted: Which.
        counts: Gets what was written and left out.
    """
    reviewed = select(tables.reviews.c.article).distinct().order_by(tables.reviews.c.article)
    a, back = tables.articles.c, Held() if wanted.sensitive else held_back(connection)
    for every in batches(list(connection.scalars(reviewed)), _AT_ONCE):
        some = _free(connection, every, back)
        counts.held += len(every) - len(some)
        rows = reviews_of(connection, some)
        versions = dict(connection.execute(select(a.id, a.version).where(a.id.in_(some))).all())
        for article, data in latest(connection, some):
            mine = {claim: found for claim, found in rows.items() if found[0].article == article.id}
            decided = _Decided(connection, article, versions[article.id], wanted)
            made = decided.article({json.loads(one)["id"]: one for one in data}, mine)
            if made is not None:
                yield made
            decided.add_to(counts, written=made is not None)


def _free(connection: Connection, articles: Sequence[str], back: Held) -> list[str]:
    """The articles that are not held back, and of which no claim is."""
    out = set(back.articles)
    c, r = tables.claims.c, tables.reviews.c  # a claim that people added is in their reviews only
    for some in batches(sorted(back.claims)):
        out.update(connection.scalars(select(c.article).where(c.id.in_(some))))
        out.update(connection.scalars(select(r.article).where(r.claim.in_(some))))
    return [one for one in articles if one not in out]


class _Decided:
    """One article, and what people decided about its claims."""

    def __init__(self, connection: Connection, article: Article, version: int, wanted: Gold) -> None:
        self._connection, self._article, self._version, self._wanted = connection, article, version, wanted
        self._kept: list[Json] = []
        self._in: Counter[str] = Counter()
        self._out: Counter[str] = Counter()
        self._touched = False

    def article(self, claims: Mapping[str, str], rows: Mapping[str, Sequence[Review]]) -> Json | None:
        """The article as it is written, or None where it is passed over.

        Args:
            claims: The machine's claims as they stand, by id.
            rows: The rows about its claims, also about added ones and such as are gone.
        """
        for claim in (*claims, *(one for one in rows if one not in claims)):
            self._take(claims.get(claim), rows.get(claim, ()))
        open_ = self._out["undecided"] + self._out["conflict"]
        if not self._touched or (open_ and not self._wanted.partial):
            return None
        kept = sorted(self._kept, key=_in_text)
        article = self._article
        return {
            "id": article.id, "published": article.published, "outlet": article.outlet, "title": article.title,
            "text": article.text, "claims": [_annotated(one) for one in kept],
        }  # fmt: skip

    def add_to(self, counts: GoldCounts, *, written: bool) -> None:
        """Count what became of it."""
        if not written:
            counts.waiting += self._touched
            return
        counts.articles += 1
        counts.claims += self._in
        counts.out += self._out

    def _take(self, data: str | None, rows: Sequence[Review]) -> None:
        now = held(rows)
        row = now.part(self._wanted.part) if self._wanted.part else now.result
        if row is None:
            in_conflict = not self._wanted.part and now.state == "conflict"
            self._touched = self._touched or in_conflict
            if data is not None or in_conflict:
                self._out["conflict" if in_conflict else "undecided"] += 1
            return
        self._touched = True
        if row.decision in ("reject", "unsure"):
            self._out["rejected" if row.decision == "reject" else "unsure"] += 1
            return
        claim = self._as_decided(row, data)
        if claim is None:
            self._out["gone"] += 1
            return
        self._kept.append(claim)
        self._in[{"accept": "accepted", "edit": "edited", "add": "added"}[row.decision]] += 1

    def _as_decided(self, row: Review, data: str | None) -> Json | None:
        """The claim as a row has it, its spans in the text as it is now."""
        base = json.loads(row.machine) if row.machine else {}
        if row.version == self._version:
            return corrected(base, row.edit or {})
        old = next(versions_of(self._connection, row.article, row.version), None)
        if old is None:
            return None
        if data is None or not row.machine:
            return carried(corrected(base, row.edit or {}), old, self._article)
        edit = carried(row.edit or {}, old, self._article)
        return None if edit is None else corrected(json.loads(data), edit)


def _in_text(claim: Json) -> tuple[bool, int, int, str, str]:
    first = claim["evidence"][0]
    return (
        first.get("in") != "title",
        first["start"],
        first["end"],
        claim["event"],
        json.dumps(claim, sort_keys=True),
    )


def _annotated(claim: Json) -> Json:
    """A claim without what only the program writes."""
    kept = {name: value for name, value in claim.items() if name not in _MACHINE_ONLY}
    kept["evidence"] = [
        {name: value for name, value in one.items() if name != "trigger"} for one in claim["evidence"]
    ]
    return kept
