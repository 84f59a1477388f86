"""The tables that lists, facets, maps and timelines are read from: of every incident and claim what they narrow and sort by, in short rows.

``incidents`` and ``claims`` carry their JSON with them, so going through all of them takes seconds; these take milliseconds. They are kept in step by
`marsad.store.lists`, in the same transaction. Days are counted from 1970-01-01. ``killed_min`` and ``killed_max`` are the range as it is told, ``killed_top`` the
highest number in it, also where it is open ("more than 40").

The indexes on one column each are for counting everything by its values, those on a few for sums over everything. What counts a part of the incidents goes through
the rows, and a part of the claims through ``claim_list_span``, which has in the order of days all that they are narrowed by.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Integer, Table, Text, text

from marsad.store.tables import schema

_Serial = BigInteger().with_variant(Integer, "sqlite")

incident_list = Table(
    "incident_list",
    schema,
    Column("serial", _Serial, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("event", Text, nullable=False),
    Column("status", Text),
    Column("roots", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("place_id", Text),
    Column("place", Text),
    Column("country", Text),
    Column("lat", Double),
    Column("lon", Double),
    Column("precision", Text),
    Column("killed_min", Integer),
    Column("killed_max", Integer),
    Column("killed_top", Integer),
    Column("changed", Text, nullable=False),
    Index("incident_list_status", "status"),
    Index("incident_list_country", "country"),
    Index("incident_list_precision", "precision"),
    Index("incident_list_place", "place_id", "place"),
    Index("incident_list_first", "first", "status"),
    sqlite_autoincrement=True,
)
"""An incident in lists; ``serial`` is never given to another one."""

incident_terms = Table(
    "incident_terms",
    schema,
    Column("incident", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Index("incident_terms_value", "kind", "value", "incident"),
    sqlite_with_rowid=False,
)
"""What an incident has several of: ``kind`` is event, family (of events), actor (of the register), outlet or root; ``incident`` is its serial."""

claim_list = Table(
    "claim_list",
    schema,
    Column("serial", _Serial, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("article", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("event", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("stance", Text),
    Column("outlet", Text),
    Column("first", Integer),
    Column("last", Integer),
    Column("place_id", Text),
    Column("place", Text),
    Column("country", Text),
    Column("lat", Double),
    Column("lon", Double),
    Column("precision", Text),
    Column("killed_min", Integer),
    Column("killed_max", Integer),
    Column("killed_top", Integer),
    Column("incident", BigInteger),
    Column("root", Text),
    Column("status", Text),
    Column("readers", Text),
    Index("claim_list_article", "article", "incident"),
    Index("claim_list_incident", "incident", "polarity", "modality", "stance"),
    Index("claim_list_event", "event"),
    Index("claim_list_polarity", "polarity"),
    Index("claim_list_modality", "modality"),
    Index("claim_list_stance", "stance"),
    Index("claim_list_status", "status"),
    Index("claim_list_country", "country"),
    Index("claim_list_precision", "precision"),
    Index("claim_list_place", "place_id", "precision", "place", "country", "lat", "lon", "first"),
    Index(
        "claim_list_span",
        "first",
        "status",
        "event",
        "country",
        "precision",
        "polarity",
        "modality",
        "stance",
        "outlet",
        "root",
        "place_id",
        "last",
        "killed_top",
        "lat",
        "lon",
        "article",
        "incident",
        "readers",
    ),
    Index("claim_list_outlet", "outlet"),
    Index("claim_list_root", "root", "status"),
    Index(
        "claim_list_readers",
        "article",
        "number",
        "readers",
        sqlite_where=text("readers IS NOT NULL"),
        postgresql_where=text("readers IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)
"""A claim in lists; ``article`` and ``incident`` are serials; ``incident``, ``root`` and ``status`` are those of ``incident_claims``, null until it is reconciled.
``readers`` is one of `marsad.model.readers.VERDICTS`, null where one reader read the article."""

claim_actors = Table(
    "claim_actors",
    schema,
    Column("claim", BigInteger, primary_key=True, autoincrement=False),
    Column("actor", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Index("claim_actors_actor", "actor", "role", "claim"),
    sqlite_with_rowid=False,
)
"""Which actors of the register take part in a claim, by its serial."""
