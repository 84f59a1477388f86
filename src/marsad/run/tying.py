"""Reconciling a store: only what changed is made anew, and what comes out is what making everything anew would give.

Three steps, each in transactions of its own, so that a process may be killed between any two and the next one goes on:

1. `marsad.run.planning`: the blocks that the claims of new and changed articles go into are found; they are stale.
2. `_tie`: each stale block is reconciled from the claims of its articles, and its incidents take the place of those it had. Ids are kept.
3. `_trace`: each place whose incidents about territory changed gets its spells of control anew.

One process at a time does this to a store (`Turn`); others take articles in meanwhile.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from marsad.articles import Copy
from marsad.control import ControlKit, by_place, trace
from marsad.incidents import Verdicts
from marsad.model.incident import Incident, Testimony
from marsad.run.knowledge import Knowledge
from marsad.run.making import Making
from marsad.run.planning import Planning
from marsad.run.tellings import CLAIMS_AT_ONCE, Tellings, lands_of
from marsad.store import Store
from marsad.store import tables as t
from marsad.store.db import batches
from marsad.store.feeds import note_change
from marsad.store.former import any_former, forget_former
from marsad.store.incidents import (
    ids_elsewhere,
    incidents_at,
    incidents_of_claims,
    mark_done,
    mark_stale,
    places_of_block,
    replace_incidents,
    replace_spells,
    stale_keys,
)
from marsad.store.people import judgements
from marsad.store.tombstones import note_gone

_PLACES_AT_ONCE = 200
_AHEAD = 2
"""Blocks that may be made and not yet written."""

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
        jobs: How many processes plan, where there is much to do.
    """

    store: Store
    knowledge: Knowledge
    kit: ControlKit
    say: Say = _silent
    jobs: int = 1

    def run(self) -> Tied:
        """Make anew what must be; nothing where nothing changed."""
        tied = Tied()
        with self.store.database.reading() as connection:
            verdicts = Verdicts(judgements(connection))
        tellings = Tellings(self.knowledge, verdicts)
        tied.articles = Planning(self.store, tellings, self.say, self.jobs).run()
        self._tie(tied, tellings)
        self._end_import()
        self._trace(tied)
        return tied

    def _tie(self, tied: Tied, tellings: Tellings) -> None:
        with self.store.database.reading() as connection:
            groups, sizes = _groups(connection, tellings.verdicts), _sizes(connection)
        # The largest first: while the many small ones are written, nothing waits for one that is long in the making.
        groups.sort(key=lambda keys: (-sum(sizes[key] for key in keys), keys))
        for some in _portions(groups, sizes):
            with self.store.database.reading() as connection:
                making = Making(
                    some,
                    _blocks(connection, some, tellings),
                    incidents_of_claims(connection, [key for keys in some for key in keys]),
                    tellings.verdicts,
                    self.knowledge,
                    self.kit,
                )
            self._make(making, tied, len(groups))
            tellings.let_go()

    def _make(self, making: Making, tied: Tied, of: int) -> None:
        """Make block after block; while one is made, the one before is packed and written by another thread."""
        under_way: deque[Future[None]] = deque()
        with ThreadPoolExecutor(1) as writer:
            for number in range(len(making.groups)):
                made = making.made(number, set())
                under_way.append(writer.submit(self._put, making, number, made, tied))
                if len(under_way) > _AHEAD:
                    under_way.popleft().result()
                    self.say("blocks", tied.blocks, of)
            for one in under_way:
                one.result()
            self.say("blocks", tied.blocks, of)

    def _put(self, making: Making, number: int, made: list[Incident], tied: Tied) -> None:
        keys, rows = making.groups[number], making.prepared(number, made)
        with self.store.database.writing() as connection:
            if taken := ids_elsewhere(connection, keys, [one.id for one in rows]):
                rows = making.prepared(number, making.made(number, taken))
            before = places_of_block(connection, keys)
            result = replace_incidents(connection, keys, rows)
            changed = result.written or result.gone
            mark_stale(connection, "place", before.union(*(one.places for one in rows)) if changed else ())
            mark_done(connection, "block", keys)
            note_change(
                connection,
                "status",
                [(one, was or "none", is_now or "none") for one, was, is_now in result.changed],
            )
            note_gone(connection, result.left)
        tied.blocks += 1
        tied.incidents += result.written
        tied.gone += len(result.gone)
        tied.statuses += result.changed

    def _end_import(self) -> None:
        """Ids that incidents had where they were imported from are needed until nothing waits for them."""
        with self.store.database.reading() as connection:
            if not any_former(connection):
                return
        with self.store.database.writing() as connection:
            forget_former(connection)

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


def _groups(connection: Connection, verdicts: Verdicts) -> list[tuple[str, ...]]:
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
        if verdicts.tied(row.id):
            one, other = (
                first(row.block),
                first(met.setdefault(verdicts.together(row.id), row.block)),
            )
            parents[max(one, other)] = min(one, other)
    groups: dict[str, set[str]] = {first(key): set() for key in stale}
    for key in {*stale, *parents}:
        if (name := first(key)) in groups:
            groups[name] |= {key, name}
    return [tuple(sorted(keys)) for _, keys in sorted(groups.items())]


def _blocks(
    connection: Connection, groups: Sequence[tuple[str, ...]], tellings: Tellings
) -> dict[str, list[tuple[Testimony, ...]]]:
    """The episodes of some blocks, by the block's name."""
    names = {key: keys[0] for keys in groups for key in keys}
    b, a = t.blocks.c, t.articles.c
    ids: set[str] = set()
    for some in batches(list(names)):
        ids.update(connection.scalars(select(b.article).where(b.block.in_(some))))
    copied: dict[str, Copy] = {}
    for some in batches(sorted(ids)):
        query = select(a.id, a.family, a.copy_of, a.copy_known).where(a.id.in_(some), a.family.is_not(None))
        for row in connection.execute(query):
            copied[row.id] = Copy(family=row.family, of=row.copy_of, known=row.copy_known)
    lands = lands_of(connection, {copy.family for copy in copied.values()})
    found: dict[str, list[tuple[Testimony, ...]]] = {}
    for _, told in tellings.episodes_of(connection, sorted(ids), copied, lands):
        for key, episode in told:
            if key in names:
                found.setdefault(names[key], []).append(episode)
    return found


def _portions(groups: Sequence[tuple[str, ...]], sizes: Counter[str]) -> Iterator[list[tuple[str, ...]]]:
    """Blocks that are held in memory together."""
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


def _sizes(connection: Connection) -> Counter[str]:
    b = t.blocks.c
    sizes: Counter[str] = Counter()
    for row in connection.execute(select(b.block, b.claims)):
        sizes[row.block] += row.claims
    return sizes
