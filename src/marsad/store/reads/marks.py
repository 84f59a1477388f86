"""What changes whenever lists do: the web's ETags."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from marsad.store import tables
from marsad.store.lists import mark_of


def mark(connection: Connection) -> str:
    """What differs from every mark before, once articles, claims, incidents or reviews have changed; two look-ups."""
    number = connection.scalar(select(func.max(tables.reviews.c.id)))
    return f"{mark_of(connection) or 'new'}.{number or 0}"
