"""Indexes of claims that hold all that is asked for in their order, in the place of some that held a column or two.

Claims by their first day are there with all that they are narrowed and counted by: counting and drawing a part of them reads this index from end to end, and no row
of the table. The others hold what sums over all places, roots, actors and incidents are made of.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_INSTEAD = (
    ("claim_list_first", "claim_list_span", "claim_list",
     "first, status, event, country, precision, polarity, modality, stance, outlet, root, place_id, last, killed_top, lat, lon, article, incident"),
    ("claim_list_incident", "claim_list_incident", "claim_list", "incident, polarity, modality, stance"),
    ("claim_list_root", "claim_list_root", "claim_list", "root, status"),
    ("claim_list_place", "claim_list_place", "claim_list", "place_id, precision, place, country, lat, lon, first"),
    ("claim_actors_actor", "claim_actors_actor", "claim_actors", "actor, role, claim"),
)  # fmt: skip
"""An index that goes, the one that comes, its table and columns."""


def apply(connection: Connection) -> None:
    """Exchange the indexes."""
    for old, new, table, columns in _INSTEAD:
        connection.execute(text(f"DROP INDEX {old}"))
        connection.execute(text(f"CREATE INDEX {new} ON {table} ({columns})"))
