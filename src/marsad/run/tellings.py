"""The episodes of stored articles, as reconciling needs them: made from the rows of claims, and held while they are asked for again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from marsad.articles import Copy
from marsad.incidents import Verdicts, episodes, keyed, testimonies
from marsad.model.incident import Testimony
from marsad.run.knowledge import Knowledge
from marsad.store import claim_of, latest
from marsad.store import tables as t
from marsad.store.db import batches

CLAIMS_AT_ONCE = 120_000
"""Claims that are held in memory at a time, some 3 KB each with what it costs to make them; a block that has more is held alone."""
_ARTICLES_AT_ONCE = 500

Keyed = tuple[str, tuple[Testimony, ...]]
"""The key of a block, and an episode that goes into it."""


@dataclass(slots=True)
class Tellings:
    """What articles tell.

    Args:
        knowledge: Who is who and what lies where.
        verdicts: What people judged.
    """

    knowledge: Knowledge
    verdicts: Verdicts
    _held: dict[str, list[Keyed]] = field(default_factory=dict)
    _room: int = CLAIMS_AT_ONCE

    def episodes_of(
        self,
        connection: Connection,
        articles: Sequence[str],
        copied: Mapping[str, Copy],
        lands: Mapping[str, Counter[str]],
    ) -> Iterator[tuple[str, list[Keyed]]]:
        """The episodes of those articles that have claims, each with the key of its block.

        Args:
            connection: A reading connection.
            articles: Which articles.
            copied: What of them is a copy of what.
            lands: How often the claims of a family's articles name each country (`lands_of`).
        """
        missing = [one for one in articles if one not in self._held]
        for some in batches(missing, _ARTICLES_AT_ONCE):
            for article, data in latest(connection, some):
                claims = [claim_of(one, article.id) for one in data]
                told = testimonies(article, claims, self.knowledge)
                found = self._keyed(told, copied.get(article.id), lands)
                if self._room > 0:
                    self._held[article.id] = found
                    self._room -= len(told)
                if found:
                    yield article.id, found
        for one in sorted(set(articles).difference(missing)):
            if self._held[one]:
                yield one, self._held[one]

    def hold(self, found: Sequence[tuple[str, list[Keyed]]], articles: Iterable[str]) -> None:
        """Hold what another process made of some articles, as far as there is room."""
        if self._room <= 0:
            return
        self._held |= {one: [] for one in articles} | dict(found)
        self._room -= sum(len(episode) for _, episodes in found for _, episode in episodes)

    def holding_nothing(self) -> Tellings:
        """The same for another process, which hands on what it makes."""
        return Tellings(self.knowledge, self.verdicts, _room=0)

    def let_go(self) -> None:
        """Hold nothing any more, now and later: what comes next is asked for once."""
        self._held, self._room = {}, 0

    def _keyed(
        self, told: list[Testimony], copy: Copy | None, lands: Mapping[str, Counter[str]]
    ) -> list[Keyed]:
        if copy:
            before = copy.of if copy.of and copy.known else ""
            told = [replace(one, family=copy.family, copy_of=before) for one in told]
        return list(keyed(episodes(told, self.verdicts), lands.get(copy.family) if copy else None))


def lands_of(
    connection: Connection, families: set[str], members: Mapping[str, Copy] | None = None
) -> dict[str, Counter[str]]:
    """How often the claims of all near copies of a family name each country.

    Args:
        connection: A reading connection.
        families: Which families.
        members: Which articles belong to a family; as the store has it, where it is not given.
    """
    by_family: dict[str, list[str]] = {family: [] for family in families}
    if members is not None:
        for article, copy in members.items():
            if copy.family in by_family:
                by_family[copy.family].append(article)
    else:
        a = t.articles.c
        for some in batches(sorted(families)):
            for row in connection.execute(select(a.id, a.family).where(a.family.in_(some))):
                by_family[row.family].append(row.id)
    family_of = {article: family for family, articles in by_family.items() for article in articles}
    lands: dict[str, Counter[str]] = {family: Counter() for family in families}
    c = t.claims.c
    for some in batches(sorted(family_of)):
        query = select(c.article, c.country).where(c.article.in_(some), c.country.is_not(None))
        for row in connection.execute(query):
            lands[family_of[row.article]][row.country] += 1
    return lands
