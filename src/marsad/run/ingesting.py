"""Taking articles into a store: what is known is passed over, the rest is read and stored in small transactions.

A process may be killed at any instant. What was committed stays; what was not is met again by the next run, which passes over the rest by the digests of
its bytes. So nothing is lost and nothing comes twice, and a second run over the same input does no work.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from marsad.articles import RawArticle
from marsad.errors import MarsadError, SetAside
from marsad.model.stored import StoredArticle
from marsad.run.outcome import Crew, Outcome
from marsad.run.storing import StoringWork, piece_of
from marsad.run.workers import outcomes
from marsad.store import Store, known_pieces, put_articles, set_aside
from marsad.store.feeds import touch

_AT_ONCE = 100
_EVERY = 2.0
_LOOKED_UP = 64
_PAGE = "page:"

Refused = Callable[[str, SetAside], None]


@dataclass(slots=True)
class Ingested:
    """What became of everything that came in: it adds up to ``pieces``.

    Attributes:
        pieces: Articles that the input holds.
        fates: How many are new, changed, reread or unchanged.
        dropped: How many were set aside, by reason.
        claims: Claims that were found in what was read.
    """

    pieces: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    characters: int = 0

    @property
    def stored(self) -> int:
        """Articles that were written."""
        return self.fates["new"] + self.fates["changed"] + self.fates["reread"]

    def data(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "pieces": self.pieces,
            **{name: self.fates[name] for name in ("new", "changed", "reread", "unchanged")},
            "set_aside": dict(sorted(self.dropped.items())),
            "claims": self.claims,
        }


@dataclass(slots=True)
class Intake:
    """One run that takes articles into a store.

    Args:
        store: Where they go.
        work: How each is made ready.
        crew: Who does it.
        run: The number of the run.
        refused: Told of each article that is set aside.
        dry: Whether only to say what would be done.
        again: Whether to replace the claims of texts that are stored already.
    """

    store: Store
    work: StoringWork
    crew: Crew
    run: int | None
    refused: Refused
    dry: bool = False
    again: bool = False
    done: Ingested = field(default_factory=Ingested)
    _same: list[str] = field(default_factory=list)
    _trouble: MarsadError | None = None

    def take(self, raws: Iterable[RawArticle]) -> Iterator[Ingested]:
        """Take everything in; after each transaction, and now and then, how far it has come.

        Raises:
            MarsadError: nobody can go on (a model's endpoint is gone); what was read until then is stored.
        """
        batch: list[Outcome] = []
        last = time.monotonic()
        for outcome in self._until_trouble(raws):
            batch.append(outcome)
            now = time.monotonic()
            if len(batch) >= _AT_ONCE or now - last >= _EVERY:
                self._commit(batch)
                batch, last = [], now
                yield self.done
        self._commit(batch)
        yield self.done
        if self._trouble is not None:
            raise self._trouble

    def _until_trouble(self, raws: Iterable[RawArticle]) -> Iterator[Outcome]:
        """The outcomes until the work cannot go on; what came before is stored first."""
        try:
            yield from outcomes(self._unknown(raws), self.work, self.crew)
        except MarsadError as trouble:
            self._trouble = trouble

    def _unknown(self, raws: Iterable[RawArticle]) -> Iterator[RawArticle]:
        """What is not stored already; an article whose document changed is told its id."""
        for some in _portions(raws):
            self.done.pieces += len(some)
            named = [(raw, *piece_of(raw)) for raw in some]
            with self.store.database.reading() as connection:
                known = known_pieces(connection, [(name, digest) for _, name, digest in named])
            for raw, name, digest in named:
                if raw.refusal is None and _is_known(name, digest, known):
                    self.done.fates["unchanged"] += 1
                    if name.startswith(_PAGE):
                        self._same.append(name)
                    continue
                before = known.get(name) if not name.startswith("record:") else None
                if before is not None and raw.about.id is None:
                    yield replace(raw, about=replace(raw.about, id=before[1]))
                else:
                    yield raw

    def _commit(self, batch: list[Outcome]) -> None:
        if not batch and not self._same:
            return
        stored = [outcome.stored for outcome in batch if outcome.stored is not None]
        refused = [_refusal_row(one, one.refusal) for one in batch if one.refusal is not None]
        if self.dry:
            self.done.fates["new"] += len(stored)
        else:
            self._write(stored, refused)
        for outcome in batch:
            if outcome.refusal is not None:
                self.done.dropped[outcome.refusal.reason] += 1
                self.refused(outcome.where, outcome.refusal)
            else:
                self.done.claims += outcome.claims
                self.done.characters += outcome.characters

    def _write(self, stored: list[StoredArticle], refused: list[dict[str, Any]]) -> None:
        with self.store.database.writing() as connection:
            fates = put_articles(connection, stored, self.run, again=self.again)
            taken = [one for one, fate in zip(stored, fates, strict=True) if fate == "taken"]
            set_aside(connection, [*refused, *map(_taken_row, taken)], self.run)
            touch(connection, self._same)
        self._same.clear()
        self.done.fates.update(fate for fate in fates if fate != "taken")
        for one in taken:
            refusal = _taken(one)
            self.done.dropped[refusal.reason] += 1
            self.refused(one.place, refusal)


def _portions(raws: Iterable[RawArticle]) -> Iterator[list[RawArticle]]:
    """Pieces that are looked up together; a page that was fetched just now waits for no other, so that a kill costs few requests."""
    some: list[RawArticle] = []
    for raw in raws:
        some.append(raw)
        if len(some) >= _LOOKED_UP or raw.about.url == raw.file:
            yield some
            some = []
    if some:
        yield some


def _is_known(name: str, digest: str, known: dict[str, tuple[str, str, str]]) -> bool:
    """Whether this very piece was stored: a record by its bytes; a document by its place, or by its bytes under its name where it was moved."""
    if name in known:
        return known[name][0] == digest
    if digest not in known:
        return False
    return name.startswith("record:") or PurePath(known[digest][2]).name == PurePath(name).name


def _refusal_row(outcome: Outcome, refusal: SetAside) -> dict[str, Any]:
    return {
        "place": outcome.where,
        "digest": outcome.digest,
        "reason": refusal.reason,
        "message": refusal.message,
    }


def _taken(one: StoredArticle) -> SetAside:
    return SetAside(
        "id_taken",
        f"the id {one.article.id!r} belongs to another article, of another outlet or address; --prefix keeps two sources apart",
    )


def _taken_row(one: StoredArticle) -> dict[str, Any]:
    refusal = _taken(one)
    return {
        "place": one.place,
        "digest": one.piece_digest,
        "reason": refusal.reason,
        "message": refusal.message,
    }
