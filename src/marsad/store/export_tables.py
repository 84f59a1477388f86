"""The tables that exports and imports need beside the others: what people hold back, and the ids that incidents had in another store."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, Text

from marsad.store.tables import schema

sensitive = Table(
    "sensitive",
    schema,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("held", Boolean, nullable=False),
    Column("note", Text, nullable=False),
)
"""What people hold back from exports: a claim or an article (``subject_kind``). Rows are added and never changed; of several about one subject the last counts."""

former = Table(
    "former",
    schema,
    Column("claim", Text, primary_key=True),
    Column("incident", Text, nullable=False),
)
"""In which incident claims were in the store that they were imported from, so that incidents keep their ids. A row goes when its claim has been reconciled."""
