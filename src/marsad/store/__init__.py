"""Rows: a project's articles, claims, incidents, spells and what people decided about them, in SQLite or PostgreSQL."""

from marsad.store import export_tables, tables
from marsad.store.articles import (
    ids_to_reread,
    known_pieces,
    latest,
    put_articles,
    set_aside,
    versions_of,
)
from marsad.store.check import faults, head, sizes, statuses, waiting
from marsad.store.claims import claim_of, claim_row
from marsad.store.db import Database
from marsad.store.store import Store, backup, open_store

__all__ = [
    "Database",
    "Store",
    "backup",
    "claim_of",
    "claim_row",
    "export_tables",
    "faults",
    "head",
    "ids_to_reread",
    "known_pieces",
    "latest",
    "open_store",
    "put_articles",
    "set_aside",
    "sizes",
    "statuses",
    "tables",
    "versions_of",
    "waiting",
]
