"""Making everything anew that the machine made: claims from the stored texts, incidents and control from the claims. Ids stay, and so does what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import update

from marsad.articles import Defaults, Limits, RawArticle
from marsad.run.ingesting import Ingested, Intake, Refused
from marsad.run.outcome import Crew
from marsad.run.pipeline import load_kit
from marsad.run.storing import StoringWork, raw_of, reader_of
from marsad.store import Store, ids_to_reread, latest, tables
from marsad.store.db import batches
from marsad.store.reviewing import rebuild_states

_AT_ONCE = 200
_NO_LIMITS = Limits(characters=1 << 40, bytes=1 << 40)
"""What was taken in once is not refused later."""


def texts_to_reread(store: Store, data: Path | None, *, everything: bool) -> list[str]:
    """The ids of articles that were read by another reader than this program's; of all where everything is to be read."""
    reader = None if everything else reader_of(load_kit(data).version)
    with store.database.reading() as connection:
        return ids_to_reread(connection, reader)


def reread(
    store: Store, ids: list[str], how: tuple[Path | None, Crew, int], refused: Refused
) -> Iterator[Ingested]:
    """Read stored texts anew; how far it has come, after each transaction.

    Args:
        store: The store.
        ids: Which articles.
        how: The folder of what the user fetched and added, who does the work, and the number of the run.
        refused: Told of an article that could not be read; it keeps the claims that it had.
    """
    data, crew, run = how
    work = StoringWork(defaults=Defaults(), limits=_NO_LIMITS, data=data, remembers=False)
    intake = Intake(store=store, work=work, crew=crew, run=run, refused=refused, again=True)
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
