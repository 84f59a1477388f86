"""The plan of a reconciling: of every article that is new, was read anew or has another family, the blocks that its claims go into.

Near copies are looked for among all signatures, for any article can be the first of a family. The blocks that an article left and those that it enters are
stale: they must be reconciled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from marsad.articles import Copy, Signature, Signed, copies
from marsad.run.forks import forked_map
from marsad.run.tellings import Keyed, Tellings, lands_of
from marsad.store import Store
from marsad.store import tables as t
from marsad.store.db import batches, insert
from marsad.store.incidents import mark_stale

_ARTICLES_AT_ONCE = 250
_WORTH_FORKING = 8
"""Portions from which on other processes are worth their start."""


@dataclass(slots=True)
class Planning:
    """One plan.

    Args:
        store: The store.
        tellings: What its articles tell.
        say: Told of the progress.
        jobs: How many processes do it, where there is much to do.
    """

    store: Store
    tellings: Tellings
    say: Callable[[str, int, int], None]
    jobs: int = 1

    def run(self) -> int:
        """Make it; the number of articles that were new or had changed."""
        with self.store.database.reading() as connection:
            pending = set(connection.scalars(select(t.articles.c.id).where(t.articles.c.pending)))
            if not pending:
                return 0
            families = self._families(connection)
            affected = sorted(_affected(connection, pending, families))
            named = {families[one].family for one in affected if one in families}
            lands = lands_of(connection, named, families)
            states = _states(connection, affected)
        if len(affected) > _ARTICLES_AT_ONCE:
            self._mark(sorted(set(affected) - pending))
        portions = list(batches(affected, _ARTICLES_AT_ONCE))
        jobs = self.jobs if len(portions) >= _WORTH_FORKING else 1
        tellings = self.tellings if jobs == 1 else self.tellings.holding_nothing()

        def told(number: int) -> list[tuple[str, list[Keyed]]]:
            with self.store.database.reading() as connection:
                return list(tellings.episodes_of(connection, portions[number], families, lands))

        self.store.database.about_to_fork()
        done = 0
        for some, episodes in zip(
            portions, forked_map(told, len(portions), jobs, self.store.database.forked), strict=True
        ):
            if jobs > 1:
                self.tellings.hold(episodes, some)
            self._plan_some({one: states[one] for one in some}, families, episodes)
            done += len(some)
            self.say("articles planned", done, len(affected))
        return len(pending)

    def _mark(self, articles: Sequence[str]) -> None:
        """What must be planned for the sake of others waits, too: else a process that is killed after a part of the plan would leave the rest undone."""
        a = t.articles
        with self.store.database.writing() as connection:
            for some in batches(articles):
                connection.execute(update(a).where(a.c.id.in_(some)).values(pending=True))

    def _families(self, connection: Connection) -> dict[str, Copy]:
        a = t.articles.c
        rows = connection.execute(select(a.id, a.signature, a.sequences, a.outlet, a.published))
        signed = [
            Signed(
                article=row.id,
                signature=Signature(row.signature, row.sequences),
                outlet=row.outlet,
                published=row.published,
            )
            for row in rows
        ]
        return copies(signed, self._is_agency)

    def _is_agency(self, outlet: str) -> bool:
        known = self.tellings.knowledge.outlet(outlet)
        return known is not None and known.agency

    def _plan_some(
        self,
        states: Mapping[str, str],
        families: Mapping[str, Copy],
        told: Iterable[tuple[str, list[Keyed]]],
    ) -> None:
        rows: list[dict[str, Any]] = []
        judged: list[dict[str, Any]] = []
        for article, episodes in told:
            for key, episode in episodes:
                rows.append({"article": article, "block": key, "claims": len(episode)})
                judged += [
                    {"id": one.id, "article": article, "block": key}
                    for one in episode
                    if self.tellings.verdicts.tied(one.id)
                ]
        alone = Copy(family="", of=None, known=False)
        copied: list[dict[str, Any]] = [
            {"key": one, "family": copy.family or None, "of": copy.of, "known": copy.known, "state": state}
            for one, state in states.items()
            if (copy := families.get(one, alone))
        ]
        with self.store.database.writing() as connection:
            _write_plan(connection, list(states), (_summed(rows), judged, copied))


def _states(connection: Connection, articles: Sequence[str]) -> dict[str, str]:
    """When each of some articles last changed: what another process changes after families were looked for is pending again."""
    a = t.articles.c
    found: dict[str, str] = {}
    for some in batches(articles):
        rows = connection.execute(select(a.id, a.changed).where(a.id.in_(some)))
        found.update((row.id, row.changed) for row in rows)
    return found


def _affected(connection: Connection, pending: set[str], families: Mapping[str, Copy]) -> set[str]:
    """The articles whose blocks must be found anew: a family stands or falls together, for it goes to one land."""
    a = t.articles.c
    affected = set(pending)
    touched: set[str] = set()
    members: dict[str, set[str]] = {}
    for row in connection.execute(select(a.id, a.family, a.copy_of, a.copy_known)):
        copy = families.get(row.id)
        new = (copy.family, copy.of, copy.known) if copy else (None, None, False)
        for family in {row.family, new[0]} - {None}:
            members.setdefault(family, set()).add(row.id)
        if row.id in pending or new != (row.family, row.copy_of, row.copy_known):
            affected.add(row.id)
            touched |= {row.family, new[0]} - {None}
    return affected.union(*(members[family] for family in touched))


def _summed(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each article and block."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sums[row["article"], row["block"]] += row["claims"]
    return [
        {"article": article, "block": block, "claims": claims} for (article, block), claims in sums.items()
    ]


def _write_plan(
    connection: Connection, articles: Sequence[str], plan: tuple[list[dict[str, object]], ...]
) -> None:
    rows, judged, copied = plan
    b = t.blocks.c
    left = set(connection.scalars(select(b.block).where(b.article.in_(articles)).distinct()))
    mark_stale(connection, "block", left | {str(row["block"]) for row in rows})
    connection.execute(t.blocks.delete().where(b.article.in_(articles)))
    connection.execute(t.tied.delete().where(t.tied.c.article.in_(articles)))
    insert(connection, t.blocks, rows)
    insert(connection, t.tied, judged)
    _write_copies(connection, copied)


def _write_copies(connection: Connection, copied: Sequence[Mapping[str, Any]]) -> None:
    """Note of articles that they are planned, and what they are copies of; what came in anew since it was looked at waits for the next time."""
    a = t.articles.c
    known = {row["key"]: row for row in copied}
    query = select(a.id, a.changed, a.family, a.copy_of, a.copy_known).where(a.id.in_(list(known)))
    there = connection.execute(query.with_for_update()).all()
    as_seen = [row.id for row in there if row.changed == known[row.id]["state"]]
    connection.execute(update(t.articles).where(a.id.in_(as_seen)).values(pending=False))
    others = [
        known[row.id]
        for row in there
        if (row.family, row.copy_of, row.copy_known)
        != tuple(known[row.id][name] for name in ("family", "of", "known"))
    ]
    if others:
        values: dict[str, Any] = {
            "family": bindparam("family"),
            "copy_of": bindparam("of"),
            "copy_known": bindparam("known"),
        }
        statement = update(t.articles).where(a.id == bindparam("key")).values(values)
        connection.execute(
            statement, [{name: row[name] for name in ("key", "family", "of", "known")} for row in others]
        )
