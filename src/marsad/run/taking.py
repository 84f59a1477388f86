"""Going through a project for an export: records of what it holds, with people's decisions applied and what is sensitive left out and counted.

A claim that people rejected is left out; one that they corrected is as they corrected it. A claim or article that people hold back is left out, and so is every incident that
such a claim is part of, for its status and tolls would tell of it. Nothing is left out unseen: `Left` has the numbers.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from marsad.export import (
    MACHINE,
    ArticleHead,
    ArticleRecord,
    ChangeRecord,
    ClaimRecord,
    IncidentRecord,
    Record,
    RecordKind,
    SpellRecord,
)
from marsad.run.taking_private import Privacy, private_spans_of
from marsad.store import tables
from marsad.store.db import batches
from marsad.store.reads import Filters
from marsad.store.reads import taken as t
from marsad.store.reads.changed import ChangeRow, changes_since, moment_of
from marsad.store.reviewing import Review, added_claims, corrected, held, reviews_of
from marsad.store.reviewing_carry import edit_in
from marsad.store.sensitive import held_back, incidents_held

_AT_ONCE = 400
_ARTICLES_HELD = 2_000
_EVER = "0001-01-01"
ORDER: tuple[RecordKind, ...] = ("spells", "incidents", "articles", "changes", "news")
"""The order in which kinds of records come."""
Json = dict[str, Any]


@dataclass(slots=True)
class Left:
    """What came out and what was left out: ``taken`` by kind of record (and ``claims``), ``out`` by reason, ``of`` the same for each kind."""

    taken: Counter[str] = field(default_factory=Counter)
    out: Counter[str] = field(default_factory=Counter)
    of: dict[str, Counter[str]] = field(default_factory=dict)


class Taking:
    """One going-through of a project.

    Args:
        connection: A reading connection; all records are of one moment.
        filters: What is wanted.
        since: The moment or day from which changes are told; "" for all.
        most: How many of the last changes are news.
        sensitive: Whether what people hold back is taken too.

    Raises:
        InputError: ``since`` is neither a day nor a moment.
    """

    def __init__(
        self,
        connection: Connection,
        filters: Filters,
        since: str = "",
        most: int = 200,
        *,
        sensitive: bool = False,
    ) -> None:
        self._connection, self._filters, self._since, self._most = connection, filters, since, most
        if since:
            moment_of(since)  # said before anything is begun
        found = held_back(connection)
        self._held = replace(found, claims=frozenset(), articles=frozenset()) if sensitive else found
        self._held_incidents = incidents_held(connection, self._held)
        self._privacy = Privacy(connection, "")
        self._reviewed = connection.scalar(select(tables.reviews.c.id).limit(1)) is not None
        self._articles: OrderedDict[str, tuple[t.TakenArticle, ArticleHead]] = OrderedDict()
        self.left = Left()

    def without_names(self, word: str) -> Taking:
        """This, with a word in the place of each name of a private person in incidents and spells, and the names beside the articles; "" lets them out."""
        self._privacy = Privacy(self._connection, word)
        return self

    def records(self, kinds: Collection[RecordKind]) -> Iterator[tuple[RecordKind, Record]]:
        """The records of some kinds, each with its kind, in `ORDER`; changes since ever come with the incidents that they are about."""
        ways: dict[RecordKind, Callable[[], Iterator[Record]]] = {
            "spells": self._spells, "incidents": self._incidents, "articles": self._all_articles, "changes": self._changes, "news": self._news,
        }  # fmt: skip
        together = "changes" in kinds and "incidents" in kinds and not self._since
        for kind in ORDER:
            if kind not in kinds or (kind == "changes" and together):
                continue
            before = Counter(self.left.out)
            for record in ways[kind]():
                self.left.taken[kind] += 1
                yield kind, record
                if together and isinstance(record, IncidentRecord):
                    self.left.taken["changes"] += 1
                    yield "changes", _added(record)
            self.left.of[kind] = self.left.out - before
            if together and kind == "incidents":
                self.left.of["changes"] = self.left.of[kind]

    def _spells(self) -> Iterator[SpellRecord]:
        for row in t.spells_taken(self._connection, self._filters):
            if not self._held_incidents.isdisjoint(row.data.get("incidents") or ()):
                self.left.out["spells of incidents held back"] += 1
                continue
            data = self._privacy.spell(row.data)
            kept = {**row._asdict(), "data": data}
            yield SpellRecord(**kept, stored=None if data is row.data else row.data)

    def _incidents(self) -> Iterator[IncidentRecord]:
        serials = t.incident_serials(self._connection, self._filters)
        for some in batches(serials, _AT_ONCE):
            yield from self._some_incidents(some)

    def _changes(self) -> Iterator[ChangeRecord]:
        if self._since:
            yield from self._told(list(changes_since(self._connection, self._since)))
        else:  # since ever, all that is there was added
            yield from map(_added, self._incidents())

    def _news(self) -> Iterator[ChangeRecord]:
        rows = list(changes_since(self._connection, self._since or _EVER))
        if not self._filters.used and not self._held.claims and not self._held.articles:
            rows = rows[-self._most :]  # none of them will be left out
        yield from deque(self._told(rows), self._most)

    def _told(self, rows: Sequence[ChangeRow]) -> Iterator[ChangeRecord]:
        fits = {*t.incident_serials(self._connection, self._filters)} if self._filters.used else None
        for some in batches(rows, _AT_ONCE):
            serials = t.serials_of(self._connection, [one.id for one in some])
            wanted = [serial for serial in serials.values() if fits is None or serial in fits]
            there = {one.id: one for one in self._some_incidents(wanted)}
            for one in some:
                if one.id in serials and one.id not in there:
                    continue  # held back, or not asked for
                yield ChangeRecord(
                    id=one.id, what=one.what, at=one.at, into=tuple(into for into in one.into if into not in self._held_incidents), before=one.status_before, now=one.status_now,
                    incident=there.get(one.id),
                )  # fmt: skip

    def _some_incidents(self, serials: Sequence[int]) -> Iterator[IncidentRecord]:
        rows = t.incidents_taken(self._connection, serials)
        ids = [one["id"] for row in rows for one in row.data["claims"]]
        claims = t.claims_taken(self._connection, ids)
        self._fetch({row.article for row in claims.values()})
        decided = _Decided(
            self._connection, {row.article for row in claims.values()} if self._reviewed else ()
        )
        for row in rows:
            made = self._incident(row, claims, decided)
            if made is not None:
                yield made

    def _incident(
        self, row: t.TakenIncident, claims: dict[str, t.TakenClaim], decided: _Decided
    ) -> IncidentRecord | None:
        told = row.data["claims"]
        if row.id in self._held_incidents:
            self.left.out["incidents held back"] += 1
            return None
        kept, rows = [], []
        for one in told:
            claim = claims.get(one["id"])
            record = claim and self._claim(claim, decided, (one, row))
            if record:
                kept.append(record)
                rows.append(one)
        if not kept:
            self.left.out["incidents whose claims were all rejected"] += 1
            return None
        states = Counter(one.review for one in kept)
        rejected = len(told) - len(kept)
        reviewed = rejected + len(kept) - states[MACHINE]
        settled = states[MACHINE] + states["unsure"] + states["conflict"] == 0
        data = row.data if not rejected else {**row.data, "claims": rows}
        if data.get("retells") in self._held_incidents:
            data = {**data, "retells": None}
        made = IncidentRecord(
            id=row.id, data=data, claims=tuple(kept), added=row.added, changed=row.changed, reviewed=reviewed, rejected=rejected,
            review=MACHINE if not reviewed else "reviewed" if settled else "partly",
        )  # fmt: skip
        return self._privacy.incident(made, row.raw)

    def _claim(
        self, row: t.TakenClaim, decided: _Decided, within: tuple[Json, t.TakenIncident] | None = None
    ) -> ClaimRecord | None:
        """The claim as people decided it; None where they rejected it."""
        article, head = self._articles[row.article]
        data, review = decided.claim(row, article.version)
        if data is None:
            if within is None:
                self.left.out["claims rejected"] += 1
            return None
        told, incident = within or (None, None)
        links = (
            row[4:]
            if incident is None or told is None
            else (incident.id, incident.data["status"], told["root"], told["says"])
        )
        if links[0] in self._held_incidents:
            links = (None, None, None, None)
        quote = _quote(data, article)
        return ClaimRecord(
            id=row.id, number=row.number, head=head, data=data, quote=quote, private=private_spans_of(data, quote), review=review,
            incident=links[0], status=links[1], root=links[2], says=links[3], told=told,
        )  # fmt: skip

    def _all_articles(self) -> Iterator[ArticleRecord]:
        narrow = bool(self._filters.used)
        for some in batches(t.article_serials(self._connection, self._filters), _AT_ONCE):
            articles = t.articles_taken(self._connection, serials=some)
            claims = t.claims_of_articles(self._connection, some, self._filters)
            decided = _Decided(self._connection, articles if self._reviewed else ())
            for identity in sorted(articles):
                if identity in self._held.articles:
                    self.left.out["articles held back"] += 1
                    continue
                self._articles[identity] = articles[identity], self._head(articles[identity])
                yield self._article(articles[identity], claims.get(identity, []), decided, narrow=narrow)
                del self._articles[identity]

    def _article(
        self, article: t.TakenArticle, rows: Sequence[t.TakenClaim], decided: _Decided, *, narrow: bool
    ) -> ArticleRecord:
        more = [] if narrow else decided.added(article.id, 1 + max((row.number for row in rows), default=-1))
        kept = []
        for row in (*rows, *more):
            if row.id in self._held.claims:
                self.left.out["claims held back"] += 1
            elif (record := self._claim(row, decided)) is not None:
                kept.append(record)
        self.left.taken["claims"] += len(kept)
        return ArticleRecord(
            head=self._articles[article.id][1], text=article.text, extra=article.extra, claims=tuple(kept)
        )

    def _fetch(self, ids: set[str]) -> None:
        """Have the articles of some claims at hand, and let go of others."""
        missing = [one for one in sorted(ids) if one not in self._articles]
        for identity, article in t.articles_taken(self._connection, ids=missing).items():
            self._articles[identity] = article, self._head(article)
        for one in ids:
            self._articles.move_to_end(one)
        while len(self._articles) > max(_ARTICLES_HELD, len(ids)):
            self._articles.popitem(last=False)

    def _head(self, article: t.TakenArticle) -> ArticleHead:
        return ArticleHead(
            id=article.id, outlet=article.outlet, published=article.published, day=article.day, title=article.title, url=article.url,
            version=article.version, digest=article.digest, kept=article.kept, added=article.added,
            copy_of=None if article.copy_of in self._held.articles else article.copy_of, reader=article.reader, names=self._privacy.names(article.id),
        )  # fmt: skip


class _Decided:
    """What people decided about the claims of some articles."""

    def __init__(self, connection: Connection, articles: Sequence[str] | set[str] | dict[str, Any]) -> None:
        self._connection = connection
        self._rows: dict[str, list[Review]] = reviews_of(connection, sorted(articles)) if articles else {}
        self._with_added = {
            rows[0].article for rows in self._rows.values() if any(row.decision == "add" for row in rows)
        }

    def claim(self, row: t.TakenClaim, version: int) -> tuple[Json | None, str]:
        """A claim with people's corrections (None where they rejected it), and its state."""
        rows = self._rows.get(row.id)
        if not rows:
            return row.data, MACHINE
        now = held(rows)
        result = now.result
        if result is None or result.decision == "add":
            return row.data, now.state
        if result.decision == "reject":
            return None, now.state
        edit = edit_in(self._connection, result, version) if result.edit else None
        return corrected(row.data, edit or {}), now.state

    def added(self, article: str, number: int) -> list[t.TakenClaim]:
        """The claims that people added to an article, numbered on from there."""
        if article not in self._with_added:
            return []
        found = added_claims(self._connection, article)
        return [
            t.TakenClaim(one.id, article, number + n, dict(one.claim), None, None, None, None)
            for n, one in enumerate(found)
        ]


def _added(record: IncidentRecord) -> ChangeRecord:
    return ChangeRecord(
        id=record.id, what="added", at=record.added, now=record.data["status"], incident=record
    )


def _quote(data: Json, article: t.TakenArticle) -> str:
    span = data["evidence"][0]
    whole = article.title if span.get("in") == "title" else article.text
    return whole[span["start"] : span["end"]]
