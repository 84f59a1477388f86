"""Reconciling a store: only what changed is made anew, and what comes out is what making everything anew would give.

Three steps, each in transactions of its own, so that a process may be killed between any two and the next one goes on:

1. `_plan`: near copies are looked for among all signatures; of every article that is new, was read anew or has another family, the blocks that its
   claims go into are found. Those it left and those it enters are stale.
2. `_tie`: each stale block is reconciled from the claims of its articles, and its incidents take the place of those it had. Ids are kept.
3. `_trace`: each place whose incidents about territory changed gets its spells of control anew.

One process at a time does this to a store (`Turn`); others take articles in meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam, case, false, select, true, update

from marsad.articles import Copy, Signature, Signed, copies
from marsad.control import ControlKit, by_place, trace
from marsad.incidents import Verdicts, episodes, keep_ids, keyed, reconcile, testimonies
from marsad.model import Article
from marsad.model.incident import Incident, Testimony
from marsad.run.knowledge import Knowledge
from marsad.store import Store, claim_of, latest
from marsad.store import tables as t
from marsad.store.db import batches, insert
from marsad.store.feeds import note_change
from marsad.store.incidents import (
    incidents_at,
    mark_done,
    mark_stale,
    places_of_block,
    replace_incidents,
    replace_spells,
    stale_keys,
)
from marsad.store.people import judgements

CLAIMS_AT_ONCE = 150_000
"""Claims that are held in memory at a time, some 1.5 KB each; a block that has more is held alone."""
_ARTICLES_AT_ONCE = 500
_PLACES_AT_ONCE = 200

Say = Callable[[str, int, int], None]
"""Told how far it has come: what is done, how many of how many."""


def _silent(what: str, done: int, of: int) -> None:
    pass


@dataclass(slots=True)
class Tied:
    """What was made anew, and what changed by it.

    Attributes:
        articles: Articles that were new or had changed.
        blocks: Blocks that were reconciled; ``incidents`` is how many of theirs are new or differ.
        statuses: Incidents whose status changed: id, before, after.
        places: Places whose spells were traced; ``control`` those where who holds them now changed: place, before, after.
    """

    articles: int = 0
    blocks: int = 0
    incidents: int = 0
    gone: int = 0
    statuses: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    places: int = 0
    control: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Tying:
    """One reconciling of a store.

    Args:
        store: The store; the caller has its turn.
        knowledge: Who is who and what lies where.
        kit: The names that control is told in.
        say: Told of the progress.
    """

    store: Store
    knowledge: Knowledge
    kit: ControlKit
    say: Say = _silent
    _held: dict[str, list[Testimony]] = field(default_factory=dict)
    _held_claims: int = 0
    _verdicts: Verdicts = field(default_factory=Verdicts)

    def run(self) -> Tied:
        """Make anew what must be; nothing where nothing changed."""
        tied = Tied()
        with self.store.database.reading() as connection:
            self._verdicts = Verdicts(judgements(connection))
        self._plan(tied)
        self._tie(tied)
        self._trace(tied)
        return tied

    # Step 1

    def _plan(self, tied: Tied) -> None:
        with self.store.database.reading() as connection:
            pending = set(connection.scalars(select(t.articles.c.id).where(t.articles.c.pending)))
            if not pending:
                return
            families = self._families(connection)
            affected = sorted(self._affected(connection, pending, families))
            lands = _lands(
                connection, {families[one].family for one in affected if one in families}, families
            )
        tied.articles = len(pending)
        done = 0
        for some in batches(affected, _ARTICLES_AT_ONCE):
            self._plan_some(some, families, lands)
            done += len(some)
            self.say("planned", done, len(affected))

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
        known = self.knowledge.outlet(outlet)
        return known is not None and known.agency

    def _affected(self, connection: Connection, pending: set[str], families: Mapping[str, Copy]) -> set[str]:
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

    def _plan_some(
        self, articles: Sequence[str], families: Mapping[str, Copy], lands: Mapping[str, Counter[str]]
    ) -> None:
        rows: list[dict[str, Any]] = []
        judged: list[dict[str, Any]] = []
        with self.store.database.reading() as connection:
            states = dict(
                connection.execute(
                    select(t.articles.c.id, t.articles.c.changed).where(t.articles.c.id.in_(articles))
                )
                .tuples()
                .all()
            )
            for article, told in self._told(connection, articles):
                for key, episode in self._episodes(told, families.get(article), lands):
                    rows.append({"article": article, "block": key, "claims": len(episode)})
                    judged += [
                        {"id": one.id, "article": article, "block": key}
                        for one in episode
                        if self._verdicts.tied(one.id)
                    ]
        alone = Copy(family="", of=None, known=False)
        copied = [
            {"key": one, "family": copy.family or None, "of": copy.of, "known": copy.known, "state": state}
            for one, state in states.items()
            if (copy := families.get(one, alone))
        ]
        with self.store.database.writing() as connection:
            _write_plan(connection, articles, (_summed(rows), judged, copied))

    def _told(self, connection: Connection, articles: Sequence[str]) -> Iterator[tuple[str, list[Testimony]]]:
        """The testimonies of articles that have claims."""
        missing = [one for one in articles if one not in self._held]
        for some in batches(missing, _ARTICLES_AT_ONCE):
            for article, data in latest(connection, some):
                told = self._testimonies(article, data)
                if self._held_claims < CLAIMS_AT_ONCE:
                    self._held[article.id] = told
                    self._held_claims += len(told)
                if told:
                    yield article.id, told
        for one in set(articles).difference(missing):
            if self._held[one]:
                yield one, self._held[one]

    def _testimonies(self, article: Article, data: Sequence[str]) -> list[Testimony]:
        return testimonies(article, [claim_of(one, article.id) for one in data], self.knowledge)

    def _episodes(
        self, told: list[Testimony], copy: Copy | None, lands: Mapping[str, Counter[str]]
    ) -> Iterator[tuple[str, tuple[Testimony, ...]]]:
        if copy:
            before = copy.of if copy.of and copy.known else ""
            told = [replace(one, family=copy.family, copy_of=before) for one in told]
        return keyed(episodes(told, self._verdicts), lands.get(copy.family) if copy else None)

    # Step 2

    def _tie(self, tied: Tied) -> None:
        with self.store.database.reading() as connection:
            groups = self._groups(connection)
        done, total = 0, len(groups)
        for some in self._portions(groups):
            with self.store.database.reading() as connection:
                found = self._blocks(connection, some)
            for keys in some:
                self._tie_one(keys, found.pop(keys[0], []), tied)
                done += 1
                self.say("blocks", done, total)
            self._held, self._held_claims = {}, CLAIMS_AT_ONCE  # what comes next is not asked for twice
        tied.blocks = total

    def _groups(self, connection: Connection) -> list[tuple[str, ...]]:
        """The stale blocks, with those that judgements tie to them; the first key of each names it."""
        stale = stale_keys(connection, "block")
        if not stale:
            return []
        parents: dict[str, str] = {}

        def first(key: str) -> str:
            while (above := parents.get(key, key)) != key:
                key = above
            return key

        met: dict[str, str] = {}
        for row in connection.execute(select(t.tied.c.id, t.tied.c.block).order_by(t.tied.c.id)):
            if self._verdicts.tied(row.id):
                one, other = (
                    first(row.block),
                    first(met.setdefault(self._verdicts.together(row.id), row.block)),
                )
                parents[max(one, other)] = min(one, other)
        groups: dict[str, set[str]] = {first(key): set() for key in stale}
        for key in {*stale, *parents}:
            if (name := first(key)) in groups:
                groups[name] |= {key, name}
        return [tuple(sorted(keys)) for _, keys in sorted(groups.items())]

    def _portions(self, groups: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
        """Blocks that are held in memory together."""
        with self.store.database.reading() as connection:
            sizes = _sizes(connection)
        portion: list[tuple[str, ...]] = []
        claims = 0
        for keys in groups:
            size = sum(sizes[key] for key in keys)
            if portion and claims + size > CLAIMS_AT_ONCE:
                yield portion
                portion, claims = [], 0
            portion.append(keys)
            claims += size
        if portion:
            yield portion

    def _blocks(
        self, connection: Connection, groups: Sequence[tuple[str, ...]]
    ) -> dict[str, list[tuple[Testimony, ...]]]:
        """The episodes of some blocks, by the block's name."""
        names = {key: keys[0] for keys in groups for key in keys}
        b, a = t.blocks.c, t.articles.c
        ids: set[str] = set()
        for some in batches(list(names)):
            ids.update(connection.scalars(select(b.article).where(b.block.in_(some))))
        copied: dict[str, Copy] = {}
        for some in batches(sorted(ids)):
            query = select(a.id, a.family, a.copy_of, a.copy_known).where(
                a.id.in_(some), a.family.is_not(None)
            )
            for row in connection.execute(query):
                copied[row.id] = Copy(family=row.family, of=row.copy_of, known=row.copy_known)
        lands = _lands(connection, {copy.family for copy in copied.values()}, None)
        found: dict[str, list[tuple[Testimony, ...]]] = {}
        for article, told in self._told(connection, sorted(ids)):
            for key, episode in self._episodes(told, copied.get(article), lands):
                if key in names:
                    found.setdefault(names[key], []).append(episode)
        return found

    def _tie_one(self, keys: tuple[str, ...], block: list[tuple[Testimony, ...]], tied: Tied) -> None:
        made = reconcile(block, self._verdicts, self.knowledge) if block else []
        rows = {one.id: _rows_of_control(one, self.kit) for one in made}
        with self.store.database.writing() as connection:
            kept = self._kept(connection, keys, made)
            places = {new.id: rows[old.id] for new, old in zip(kept, made, strict=True) if rows[old.id]}
            before = places_of_block(connection, keys)
            result = replace_incidents(connection, keys, kept, places)
            touched = before.union(*places.values()) if result.written or result.gone else set()
            mark_stale(connection, "place", touched)
            mark_done(connection, "block", keys)
            note_change(
                connection,
                "status",
                [(one, was or "none", is_now or "none") for one, was, is_now in result.changed],
            )
        tied.incidents += result.written
        tied.gone += len(result.gone)
        tied.statuses += result.changed

    def _kept(self, connection: Connection, keys: Sequence[str], made: list[Incident]) -> list[Incident]:
        """The incidents under the ids that they had."""
        i, links = t.incidents.c, t.incident_claims.c
        query = select(links.claim, links.incident).join(t.incidents, i.id == links.incident)
        before = dict(connection.execute(query.where(i.block.in_(list(keys)))).tuples().all())
        elsewhere: set[str] = set()
        for some in batches([one.id for one in made]):
            taken = select(i.id).where(i.id.in_(some), i.block.not_in(list(keys)))
            elsewhere.update(connection.scalars(taken))
        return keep_ids(made, before, set(), elsewhere) if before or elsewhere else made

    # Step 3

    def _trace(self, tied: Tied) -> None:
        with self.store.database.reading() as connection:
            places = stale_keys(connection, "place")
        for some in batches(places, _PLACES_AT_ONCE):
            with self.store.database.writing() as connection:
                found = by_place(incidents_at(connection, some), self.kit).at
                changed = []
                for place in some:
                    spells = trace(found[place], self.kit) if place in found else []
                    if change := replace_spells(connection, place, spells):
                        changed.append((place, *change))
                note_change(connection, "control", changed)
                mark_done(connection, "place", some)
            tied.control += changed
            tied.places += len(some)
            self.say("places", tied.places, len(places))


def _rows_of_control(incident: Incident, kit: ControlKit) -> list[str]:
    """The places whose control an incident bears on."""
    if not any(event.startswith("territory.") for event in incident.events):
        return []
    return sorted(by_place([incident], kit).at)


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
    b, a = t.blocks.c, t.articles
    left = set(connection.scalars(select(b.block).where(b.article.in_(articles)).distinct()))
    mark_stale(connection, "block", left | {str(row["block"]) for row in rows})
    connection.execute(t.blocks.delete().where(b.article.in_(articles)))
    connection.execute(t.tied.delete().where(t.tied.c.article.in_(articles)))
    insert(connection, t.blocks, rows)
    insert(connection, t.tied, judged)
    # What came in anew since it was looked at waits for the next time.
    still = case((a.c.changed == bindparam("state"), false()), else_=true())
    values: dict[str, Any] = {
        "family": bindparam("family"),
        "copy_of": bindparam("of"),
        "copy_known": bindparam("known"),
    }
    connection.execute(
        update(a).where(a.c.id == bindparam("key")).values({**values, "pending": still}), copied
    )


def _lands(
    connection: Connection, families: set[str], members: Mapping[str, Copy] | None
) -> dict[str, Counter[str]]:
    """How often the claims of all near copies of a family name each country."""
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


def _sizes(connection: Connection) -> Counter[str]:
    b = t.blocks.c
    sizes: Counter[str] = Counter()
    for row in connection.execute(select(b.block, b.claims)):
        sizes[row.block] += row.claims
    return sizes
