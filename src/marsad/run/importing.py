"""Taking the lossless export (`marsad.run.lossless`) back into a store: articles with their claims as they stand in it, nothing is read anew.

What `marsad read` writes can be taken in the same way. A claim must fit its article: its id is worked out anew, its spans must lie in the text; else the article is
set aside with the reason. Incidents are made by reconciling the store afterwards, and keep the ids that the claims name. Each batch is one transaction, and what
is there already is passed over, so a process may be killed at any instant and the same command run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import SetAside
from marsad.model.beside import is_beside
from marsad.model.stored import StoredArticle
from marsad.run.importing_articles import Came, came, stored_versions, with_history
from marsad.run.importing_notes import Notes
from marsad.run.json_rows import json_rows
from marsad.store import Store, put_articles, set_aside, tables
from marsad.store.audit import note
from marsad.store.db import batches, insert
from marsad.store.export_tables import former

_AT_ONCE = 100
_V = tables.versions.c

Refused = Callable[[str, SetAside], None]
Told = Callable[["Imported"], None]
Row = Mapping[str, Any] | SetAside
"""The object of a line, or why there is none."""


def _silent(done: Imported) -> None:
    pass


@dataclass(slots=True)
class Imported:
    """What became of the lines of a file.

    Attributes:
        articles: Lines of articles; they add up to ``fates`` (new, changed, reread, unchanged) and those that were set aside.
        notes: How many judgements, reviews and marks were stored, by what they are; ``known`` those that were there already.
        dropped: Lines that were set aside, by reason.
        claims: Claims of the articles that were written.
    """

    articles: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    claims: int = 0

    def data(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "articles": self.articles, **{name: self.fates[name] for name in ("new", "changed", "reread", "unchanged")},
            "claims": self.claims, **{name: self.notes[name] for name in ("judgement", "review", "sensitive")},
            "known": self.known.total(), "set_aside": dict(sorted(self.dropped.items())),
        }  # fmt: skip


def import_lines(
    store: Store, file: str, run: int | None, refused: Refused, told: Told = _silent
) -> Imported:
    """Take all lines of a file in; what is new waits to be reconciled.

    Args:
        store: The store.
        file: A path, or ``-`` for standard input; gzip is unpacked.
        run: The number of the run, whose end the caller notes; None to have the import itself noted in the audit log.
        refused: Told of each line that is set aside.
        told: Told how far it has come, after each transaction.
    """
    numbered = json_rows(file)
    rows = ((f"{file}:{number}" if number else file, row) for number, row in numbered)
    return import_rows(store, rows, run, (refused, told))


def import_rows(
    store: Store, rows: Iterable[tuple[str, Row]], run: int | None, saying: tuple[Refused, Told]
) -> Imported:
    """The same for lines that come from elsewhere than a file.

    Args:
        store: The store.
        rows: Where each line is, and its object, or why there is none.
        run: As for `import_lines`.
        saying: Told of each line that is set aside, and how far it has come.
    """
    refused, told = saying
    return _Import(store, rows, run, refused, told).done_all()


@dataclass(slots=True)
class _Import:
    store: Store
    rows: Iterable[tuple[str, Row]]
    run: int | None
    refused: Refused
    told: Told
    done: Imported = field(default_factory=Imported)
    notes: Notes = field(default_factory=Notes)
    _batch: list[Came] = field(default_factory=list)
    _beside: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    _aside: list[tuple[str, SetAside]] = field(default_factory=list)

    def done_all(self) -> Imported:
        """Take everything in."""
        for where, row in self.rows:
            try:
                if isinstance(row, SetAside):
                    raise row
                self._line(where, row)
            except SetAside as refusal:
                self._refuse(where, refusal)
        self._commit()
        if self.run is None:  # what a run did is noted when it ends
            with self.store.database.writing() as connection:
                note(connection, "import", "jsonl", self.done.data())
        return self.done

    def _line(self, where: str, row: Mapping[str, Any]) -> None:
        if not is_beside(row):
            if self._beside or len(self._batch) >= _AT_ONCE:
                self._commit()
            self.done.articles += 1
            self._batch.append(came(where, row))
        elif "history" in row:
            self._history(row["history"])
        else:
            if len(self._beside) >= _AT_ONCE:
                self._commit()
            self._beside.append((where, row))

    def _history(self, row: Mapping[str, Any]) -> None:
        """What the article of the line before was; nothing where that was set aside."""
        if not self._batch or self._batch[-1].article.id != row.get("article"):
            return
        try:
            with_history(self._batch[-1], row)
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            del self._batch[-1]
            raise SetAside("bad_history", f"the article's earlier versions cannot be read: {error}") from None

    def _refuse(self, where: str, refusal: SetAside) -> None:
        self.done.dropped[refusal.reason] += 1
        self._aside.append((where, refusal))
        self.refused(where, refusal)

    def _commit(self) -> None:
        batch, beside = self._batch, self._beside
        self._batch, self._beside = [], []
        for some in _unlike(batch):
            with self.store.database.writing() as connection:
                self._put(connection, some)
        if beside:
            with self.store.database.writing() as connection:
                for where, refusal in self.notes.put(connection, beside):
                    self._refuse(where, refusal)
            self.done.notes, self.done.known = self.notes.stored, self.notes.known
        if self._aside:
            rows = [{"place": where, "digest": "", "reason": one.reason, "message": one.message} for where, one in self._aside]  # fmt: skip
            with self.store.database.writing() as connection:
                set_aside(connection, rows, self.run)
            self._aside = []
        self.told(self.done)

    def _put(self, connection: Connection, batch: Sequence[Came]) -> None:
        ids = [one.article.id for one in batch]
        known, readers = _known(connection, ids), _readers(connection, ids)
        stored: list[StoredArticle] = []
        taken: list[Came] = []
        for one in batch:
            mine, theirs = known.get(one.article.id, []), one.digests
            later = len(mine) > len(theirs) and mine[: len(theirs)] == theirs
            if later or (mine == theirs and readers.get(one.article.id) == one.reader):
                self.done.fates["unchanged"] += 1
            elif theirs[: len(mine)] == mine:
                stored += stored_versions(one, len(mine))
                taken.append(one)
            else:
                self._refuse(one.where, SetAside("other_history", f"the project has other versions of article {one.article.id!r}, or another article of that id"))  # fmt: skip
        fates = dict(
            zip(
                (one.article.id for one in stored), put_articles(connection, stored, self.run), strict=True
            )  # the last of several versions is what counts
        )
        for one in taken:
            fate = "new" if one.article.id not in known else fates[one.article.id]
            self.done.fates[fate] += 1
            if fate != "unchanged":
                self.done.claims += len(one.claims)
                _put_names(connection, one)


def _unlike(batch: Sequence[Came]) -> Iterator[list[Came]]:
    """The same in order, cut where an id comes a second time."""
    some: list[Came] = []
    for one in batch:
        if any(one.article.id == other.article.id for other in some):
            yield some
            some = []
        some.append(one)
    if some:
        yield some


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """The digests of the versions that the store has of some articles, oldest first."""
    found: dict[str, list[str]] = {}
    for some in batches(ids):
        query = select(_V.article, _V.digest).where(_V.article.in_(some)).order_by(_V.article, _V.number)
        for row in connection.execute(query):
            found.setdefault(row.article, []).append(row.digest)
    return found


def _readers(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """By whom each of some articles was read."""
    articles = tables.articles.c
    found: dict[str, str] = {}
    for some in batches(ids):
        rows = connection.execute(select(articles.id, articles.reader).where(articles.id.in_(some)))
        found.update((row.id, row.reader) for row in rows)
    return found


def _put_names(connection: Connection, one: Came) -> None:
    insert(connection, former, [{"claim": claim, "incident": named} for claim, named in one.incidents.items()], replace=True)  # fmt: skip
    rows = [{"id": was, "claim": now, "article": one.article.id} for was, now in one.follows.items()]
    insert(connection, tables.successions, rows, replace=True)
