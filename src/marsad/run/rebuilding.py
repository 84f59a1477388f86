"""Making everything anew that the machine made: claims from the stored texts, incidents and control from the claims. Ids stay, and so does what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from marsad.articles import Defaults, Limits, RawArticle
from marsad.run.ingesting import Ingested, Intake, Refused
from marsad.run.outcome import Crew
from marsad.run.readers_rules import Reader, kind_of, rules_reader
from marsad.run.storing import StoringWork, raw_of
from marsad.store import Store, ids_to_reread, latest, tables
from marsad.store.db import batches
from marsad.store.reviewing import rebuild_states

_A = tables.articles.c
_AT_ONCE = 200
_NO_LIMITS = Limits(characters=1 << 40, bytes=1 << 40)
"""What was taken in once is not refused later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """How texts are read anew.

    Attributes:
        data: The folder of what the user fetched and added.
        crew: Who does the work.
        run: The number of the run.
        reader: Who reads; the rules, where it is None.
    """

    data: Path | None
    crew: Crew
    run: int
    reader: Reader | None = None

    @property
    def version(self) -> str:
        """The reader's."""
        return (self.reader or rules_reader(self.data)).version


def texts_to_reread(store: Store, how: Rereading, *, everything: bool) -> tuple[list[str], int]:
    """Which articles are to be read anew, by id: those that another version of the same kind of reader read; all, where everything is to be read.

    Also how many were left alone: what a model read does not become what rules read, nor the other way, without being told.
    """
    with store.database.reading() as connection:
        ids = ids_to_reread(connection, None if everything else how.version)
        if everything:
            return ids, 0
        readers = {
            row.id: row.reader
            for some in batches(ids, _AT_ONCE)
            for row in connection.execute(select(_A.id, _A.reader).where(_A.id.in_(some)))
        }
    alike = [one for one in ids if kind_of(readers[one]) == kind_of(how.version)]
    return alike, len(ids) - len(alike)


def reread(store: Store, ids: list[str], how: Rereading, refused: Refused) -> Iterator[Ingested]:
    """Read stored texts anew; how far it has come, after each transaction.

    Args:
        store: The store.
        ids: Which articles.
        how: By whom, with what, and in which run.
        refused: Told of an article that could not be read; it keeps the claims that it had.
    """
    work = StoringWork(
        defaults=Defaults(), limits=_NO_LIMITS, data=how.data, remembers=False, reader=how.reader
    )
    intake = Intake(store=store, work=work, crew=how.crew, run=how.run, refused=refused, again=True)
    return intake.take(_texts(store, ids))


def _texts(store: Store, ids: list[str]) -> Iterator[RawArticle]:
    for some in batches(ids, _AT_ONCE):
        with store.database.reading() as connection:
            found = [article for article, _ in latest(connection, some)]
        yield from map(raw_of, found)


def reconcile_all(store: Store) -> None:
    """Say that every article must be reconciled anew, and work out what its reviews come to."""
    with store.database.writing() as connection:
        rebuild_states(connection)
        connection.execute(update(tables.articles).values(pending=True))
