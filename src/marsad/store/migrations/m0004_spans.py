"""An index of claims by their first day that holds all that claims are narrowed and counted by, in the place of one that held the day and the status only.

Counting and drawing a part of all claims then reads the index from end to end, and no row of the table.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_STATEMENTS = (
    "DROP INDEX claim_list_first",
    "CREATE INDEX claim_list_span ON claim_list (first, status, event, country, precision, polarity, modality, stance, outlet, root, place_id,"
    " last, killed_top, lat, lon, article, incident)",
)


def apply(connection: Connection) -> None:
    """Exchange the index."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
