"""Of each claim in the lists what comparing two readers of its article came to; in stores of before, one reader read everything.

The index of what was compared is empty there: it holds only claims that two readers read, and gives the first rank of the queue of review.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_STATEMENTS = (
    "ALTER TABLE claim_list ADD COLUMN readers TEXT",
    "CREATE INDEX claim_list_readers ON claim_list (article, number, readers) WHERE readers IS NOT NULL",
    "DROP INDEX claim_list_span",
    "CREATE INDEX claim_list_span ON claim_list (first, status, event, country, precision, polarity, modality, stance, outlet, root, place_id,"
    " last, killed_top, lat, lon, article, incident, readers)",
)


def apply(connection: Connection) -> None:
    """Add the column and its index, and let the index of claims by day hold it."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
