"""What incidents were called in the store that their claims were imported from, until these claims have been reconciled here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from marsad.store import tables
from marsad.store.db import batches
from marsad.store.export_tables import former


def formerly(connection: Connection, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each block among some, from the id of a claim to that of the incident that it was in elsewhere, but for ids that incidents bear here already."""
    blocks, claims, was = tables.blocks.c, tables.claims, former.c
    found: dict[str, dict[str, str]] = {}
    if not any_former(connection):
        return found
    query = (
        select(blocks.block, was.claim, was.incident)
        .join(claims, claims.c.article == blocks.article)
        .join(former, was.claim == claims.c.id)
    )
    for some in batches(list(keys)):
        for row in connection.execute(query.where(blocks.block.in_(some))):
            found.setdefault(row.block, {})[row.claim] = row.incident
    stand = _standing(connection, sorted({one for claims in found.values() for one in claims.values()}))
    return {
        key: {claim: one for claim, one in claims.items() if one not in stand}
        for key, claims in found.items()
    }


def _standing(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Which ids incidents bear already: claims that come in later do not take them away."""
    found: set[str] = set()
    for some in batches(ids):
        found.update(connection.scalars(select(tables.incidents.c.id).where(tables.incidents.c.id.in_(some))))
    return found


def any_former(connection: Connection) -> bool:
    """Whether it is known of any claim what its incident was called where it was imported from."""
    return connection.scalar(select(former.c.claim).limit(1)) is not None


def forget_former(connection: Connection) -> None:
    """Where nothing waits to be reconciled, what incidents were called elsewhere is not needed any more."""
    pending = select(tables.articles.c.id).where(tables.articles.c.pending).limit(1)
    stale = select(tables.stale.c.id).where(tables.stale.c.kind == "block").limit(1)
    if connection.scalar(stale) is None and connection.scalar(pending) is None:
        connection.execute(delete(former))
