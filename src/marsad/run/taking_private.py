"""Names of private persons in what is taken out of a project: which articles quote whom, and incidents and spells without the names.

The names of an article are those of all its claims, also of claims that are not asked for; they are looked up once, for a few thousand of many articles have any.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from marsad.export import ClaimRecord, IncidentRecord, is_private, masked, names_among, within_json, words_for
from marsad.store import tables

_C = tables.claims.c
Json = dict[str, Any]


class Privacy:
    """Who is quoted as a private person where.

    Args:
        connection: A reading connection.
        word: What stands for a name ("[private person]"); "" where names are let out.
    """

    def __init__(self, connection: Connection, word: str) -> None:
        self._connection, self._word = connection, word
        self._found: dict[str, tuple[str, ...]] | None = None if word else {}

    def names(self, article: str) -> tuple[str, ...]:
        """The names that an article quotes."""
        if self._found is None:
            self._found = self._looked_up()
        return self._found.get(article, ())

    def incident(self, record: IncidentRecord, raw: bytes) -> IncidentRecord:
        """An incident without the names that any of its articles quotes; ``stored`` keeps it as it was.

        Args:
            record: The incident.
            raw: Its JSON as it is stored: of most incidents it holds none of the names, and is not gone through.
        """
        if not self._word:
            return record
        own = {name for claim in record.claims for name in names_among(claim.data.get("attribution") or ())}
        names = sorted({name for claim in record.claims for name in claim.head.names} | own)
        if not names:
            return record
        if not any(within_json(name) in raw for name in names):
            claims = tuple(_knowing(claim, tuple(names)) for claim in record.claims)
            return replace(record, claims=claims, stored=record.data)
        data = masked(record.data, words_for(names, self._word))
        rows = {row["id"]: row for row in data["claims"]}
        claims = tuple(_within(claim, tuple(names), rows) for claim in record.claims)
        return replace(record, data=data, claims=claims, stored=record.data)

    def spell(self, data: Json) -> Json:
        """A spell's data without the names of private persons whose word it rests on."""
        if not self._word or not any(not root.isascii() for root in data.get("roots") or ()):
            return data
        links = tables.incident_claims
        query = select(_C.article).join(links, links.c.claim == _C.id)
        where = links.c.incident.in_(data.get("incidents") or ())
        articles = self._connection.execute(query.where(where).distinct()).scalars()
        names = sorted({name for article in articles for name in self.names(article)})
        found: Json = masked(data, words_for(names, self._word)) if names else data
        return found

    def _looked_up(self) -> dict[str, tuple[str, ...]]:
        persons = select(_C.article).where(_C.data.like('%"kind": "person"%'))
        query = select(_C.article, _C.data).where(_C.article.in_(persons))
        links: dict[str, list[Json]] = {}
        for article, data in self._connection.execute(query):
            links.setdefault(article, []).extend(json.loads(data).get("attribution") or ())
        found = {article: tuple(sorted(names_among(some))) for article, some in links.items()}
        return {article: names for article, names in found.items() if names}


def private_spans_of(data: Json, quote: str) -> tuple[tuple[str, int, int], ...]:
    """Where a claim names private persons: their links of the chain, and the same words within the quote."""
    links = [link for link in data.get("attribution") or () if is_private(link)]
    if not links:
        return ()
    first = data["evidence"][0]
    part, start = first.get("in", "text"), first["start"]
    found = {(link.get("in", "text"), link["start"], link["end"]) for link in links}
    for text in {link["text"] for link in links if link["text"]}:
        at = quote.find(text)
        while at >= 0:
            found.add((part, start + at, start + at + len(text)))
            at = quote.find(text, at + len(text))
    return tuple(sorted(found))


def _knowing(claim: ClaimRecord, names: tuple[str, ...]) -> ClaimRecord:
    """A claim with the names that its incident's articles quote."""
    return claim if claim.head.names == names else replace(claim, head=replace(claim.head, names=names))


def _within(claim: ClaimRecord, names: tuple[str, ...], rows: Json) -> ClaimRecord:
    """A claim as part of an incident: the names of the others are hidden in it too."""
    return replace(_knowing(claim, names), told=rows.get(claim.id))
