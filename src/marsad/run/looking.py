"""Looking at a store as a whole: how much there is, what waits, whether what was fetched is still what it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from marsad.errors import MarsadError
from marsad.store import Store, head, sizes, statuses, tables, waiting
from marsad.store.migrations import LATEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What a store holds.

    Attributes:
        name: Its URL, without a password.
        bytes: Its size on disk, 0 for a server.
        version: The version of its schema.
        sizes: Rows by table.
        statuses: Incidents by status.
        exact: Articles whose text another article has word for word; ``near`` those in families of near copies.
        waiting: Articles, blocks and places that must be reconciled.
        readers: Articles by what read them.
        audit: Number and digest of the last row of the audit log.
    """

    name: str
    bytes: int
    version: int
    sizes: dict[str, int]
    statuses: dict[str, int]
    exact: int
    near: int
    waiting: int
    readers: dict[str, int]
    audit: tuple[int, str]

    def data(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "store": self.name,
            "bytes": self.bytes,
            "schema": self.version,
            "rows": self.sizes,
            "incidents": self.statuses,
            "exact_copies": self.exact,
            "near_copies": self.near,
            "waiting": self.waiting,
            "readers": self.readers,
            "audit": {"rows": self.audit[0], "digest": self.audit[1]},
        }


def overview(store: Store) -> Overview:
    """What a store holds, as of now."""
    file = store.database.file
    with store.database.reading() as connection:
        exact = connection.execute(
            text(
                "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM articles GROUP BY exact HAVING count(*) > 1) x"
            )
        ).scalar_one()
        near = connection.execute(text("SELECT count(*) FROM articles WHERE family IS NOT NULL")).scalar_one()
        readers = connection.execute(
            text("SELECT reader, count(*) FROM articles GROUP BY reader ORDER BY 2 DESC, 1")
        )
        return Overview(
            name=store.database.name,
            bytes=sum(one.stat().st_size for one in file.parent.glob(f"{file.name}*")) if file else 0,
            version=LATEST,
            sizes=sizes(connection),
            statuses=statuses(connection),
            exact=int(exact),
            near=near,
            waiting=waiting(connection),
            readers={row[0]: row[1] for row in readers},
            audit=head(connection),
        )


def archive_faults(store: Store, folder: Path) -> Iterator[str]:
    """What is wrong with the raw responses that versions were made of: gone, or not what they were."""
    from marsad.feeds import Kept, read_kept

    v = tables.versions.c
    with store.database.reading() as connection:
        rows = connection.execute(select(v.article, v.number, v.kept).where(v.kept.is_not(None))).all()
    for row in rows:
        try:
            read_kept(folder, Kept(**json.loads(row.kept)))
        except (MarsadError, OSError, TypeError, ValueError) as error:
            yield f"archive: the response of {row.article}, version {row.number}: {error}"
