"""Every table of a project, in one file; the same on SQLite and on PostgreSQL.

Three kinds of table, and what may happen to each:

* **what came in**: ``articles`` with their ``versions``, what was ``seen`` and what was ``setaside``. A version is never changed; an article's row
  points to its latest.
* **what the machine made of it**: ``claims``, ``incidents``, ``spells`` and what belongs to them. All of it can be made anew at any time from
  articles and judgements, and keeps its ids.
* **what people said**: ``judgements``, ``reviews`` and the ``audit`` log. Rows are added and never changed nor removed; to undo is a new row. What reviews
  come to is in ``review_states``, which can be made anew from them; ``users`` says who may do what.

Texts in ``data`` columns are JSON as CODEBOOK has it; times are ISO, in UTC; days are ISO days.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

schema = MetaData()

_Serial = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives: in SQLite only a plain INTEGER counts by itself."""

facts = Table(
    "facts",
    schema,
    Column("id", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What is known of the store as a whole: its own id, when it was made."""

runs = Table(
    "runs",
    schema,
    Column("id", _Serial, primary_key=True),
    Column("command", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    Column("version", Text, nullable=False),
    Column("data", Text, nullable=False, default="{}"),
)
"""One row for each run that wrote; one without ``ended`` was killed or is still going on."""

articles = Table(
    "articles",
    schema,
    Column("serial", _Serial, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("outlet", Text),
    Column("published", Text),
    Column("day", Text, index=True),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("characters", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("exact", Text, nullable=False, index=True),
    Column("signature", LargeBinary, nullable=False),
    Column("sequences", Integer, nullable=False),
    Column("family", Text, index=True),
    Column("copy_of", Text),
    Column("copy_known", Boolean, nullable=False, default=False),
    Column("claims", Integer, nullable=False),
    Column("reader", Text, nullable=False),
    Column("pending", Boolean, nullable=False, default=True),
    Column("added", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("run", BigInteger),
    Index("articles_pending", "pending"),
    Index("articles_outlet", "outlet"),
    Index("articles_added", "added"),
)
"""An article as it stands: its latest version, what copies it, by which reader it was read (``pending``: not yet reconciled)."""

versions = Table(
    "versions",
    schema,
    Column("id", _Serial, primary_key=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("published", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("extra", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("kept", Text),
    Column("added", Text, nullable=False),
    Column("run", BigInteger),
    UniqueConstraint("article", "number"),
)
"""Every text that an article ever had; ``place`` is the file or address it came from, ``kept`` where the raw response lies in the archive."""

seen = Table(
    "seen",
    schema,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, index=True),
    Column("article", Text, nullable=False),
    Column("added", Text, nullable=False),
)
"""What was read from where: ``id`` is the piece of input (a file, a line, an address), ``digest`` that of its bytes."""

setaside = Table(
    "setaside",
    schema,
    Column("id", _Serial, primary_key=True),
    Column("place", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("run", BigInteger),
    UniqueConstraint("place", "digest"),
)
"""What was refused, and why."""

claims = Table(
    "claims",
    schema,
    Column("id", Text, primary_key=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("event", Text, nullable=False, index=True),
    Column("polarity", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("source", Text),
    Column("source_kind", Text),
    Column("source_id", Text, index=True),
    Column("stance", Text),
    Column("place_id", Text, index=True),
    Column("place", Text),
    Column("country", Text),
    Column("lat", Double),
    Column("lon", Double),
    Column("precision", Text),
    Column("first_day", Text, index=True),
    Column("last_day", Text),
    Column("data", Text, nullable=False),
    Index("claims_article", "article", "number"),
)
"""The claims of each article's latest version."""

successions = Table(
    "successions",
    schema,
    Column("id", Text, primary_key=True),
    Column("claim", Text, nullable=False),
    Column("article", Text, nullable=False, index=True),
)
"""Where an article changed: which claim of the new version says what a claim of the old one said, so that people's decisions follow it."""

blocks = Table(
    "blocks",
    schema,
    Column("article", Text, primary_key=True),
    Column("block", Text, primary_key=True),
    Column("claims", Integer, nullable=False),
    Index("blocks_block", "block"),
)
"""Into which blocks of the reconciling an article's claims go, and how many."""

tied = Table(
    "tied",
    schema,
    Column("id", Text, primary_key=True),
    Column("article", Text, nullable=False, index=True),
    Column("block", Text, nullable=False),
)
"""In which block the claims are that people judged."""

incidents = Table(
    "incidents",
    schema,
    Column("id", Text, primary_key=True),
    Column("block", Text, nullable=False, index=True),
    Column("event", Text, nullable=False, index=True),
    Column("events", Text, nullable=False),
    Column("status", Text, index=True),
    Column("roots", Integer, nullable=False),
    Column("independent", Integer, nullable=False),
    Column("counts_differ", Boolean, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("first_day", Text, index=True),
    Column("last_day", Text),
    Column("place_id", Text, index=True),
    Column("place", Text),
    Column("country", Text),
    Column("lat", Double),
    Column("lon", Double),
    Column("precision", Text),
    Column("added", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Incidents; ``data`` is the line of JSON, packed by zlib: it repeats much."""

incident_claims = Table(
    "incident_claims",
    schema,
    Column("claim", Text, primary_key=True),
    Column("incident", Text, nullable=False, index=True),
    Column("root", Text, nullable=False, index=True),
    Column("says", Text, nullable=False),
)
"""Which incident each claim is in: every claim is in exactly one."""

incident_places = Table(
    "incident_places",
    schema,
    Column("incident", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Index("incident_places_place", "place"),
)
"""For incidents about territory, the rows of control that they bear on."""

spells = Table(
    "spells",
    schema,
    Column("id", Text, primary_key=True),
    Column("place_key", Text, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("place_id", Text),
    Column("place", Text, nullable=False),
    Column("lat", Double),
    Column("lon", Double),
    Column("country", Text),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text),
    Column("state", Text, nullable=False),
    Column("holder", Text),
    Column("claimant", Text),
    Column("data", Text, nullable=False),
)
"""Who is said to hold each place; ``place_key`` is the place's key, ``number`` the order within it."""

stale = Table(
    "stale",
    schema,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
)
"""What must be made anew: blocks of incidents (``block``) and places of control (``place``)."""

changes = Table(
    "changes",
    schema,
    Column("id", _Serial, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("data", Text, nullable=False),
)
"""What changed since: an incident's status (``status``), an incident that is gone (``gone``), who is said to hold a place, a feed gone silent."""

feeds = Table(
    "feeds",
    schema,
    Column("id", Text, primary_key=True),
    Column("outlet", Text),
    Column("title", Text),
    Column("added", Text, nullable=False),
    Column("paused", Boolean, nullable=False, default=False),
    Column("data", Text, nullable=False),
)
"""What is watched, by address; ``data`` holds when it was last asked and what it said."""

wanted = Table(
    "wanted",
    schema,
    Column("id", Text, primary_key=True),
    Column("feed", Text, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("data", Text, nullable=False),
)
"""Pages that feeds named and that have not been fetched yet, by address; so none is lost when the process ends in between."""

judgements = Table(
    "judgements",
    schema,
    Column("id", _Serial, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("one", Text, nullable=False, index=True),
    Column("other", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("undoes", BigInteger),
)
"""What people decided about pairs of claims; of several about one pair by one person the last counts."""

reviews = Table(
    "reviews",
    schema,
    Column("id", _Serial, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("claim", Text, nullable=False, index=True),
    Column("article", Text, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("decision", Text, nullable=False),
    Column("machine", Text),
    Column("edit", Text),
    Column("note", Text, nullable=False),
    Column("undoes", BigInteger),
    Column("part", Text, nullable=False, default="first"),
    Column("reason", Text, nullable=False, default=""),
    Column("codebook", Text, nullable=False, default=""),
    Column("reader", Text, nullable=False, default=""),
    Index("reviews_at", "at"),
)
"""What people decided about single claims, beside the machine's claim as it was then, by which codebook and of which reader; ``part`` says as what:
the first coder, the second, or who settles between them."""

review_states = Table(
    "review_states",
    schema,
    Column("claim", Text, primary_key=True),
    Column("article", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("first", BigInteger),
    Column("second", BigInteger),
    Column("final", BigInteger),
    Column("first_by", Text),
    Column("second_by", Text),
    Column("bucket", Integer, nullable=False),
    Column("added", Boolean, nullable=False, default=False),
    sqlite_with_rowid=False,
)
"""What the reviews of a claim come to, by the id under which it stands now: made from ``reviews``, with the numbers of the rows that hold. A claim without a row
is as the machine has it; ``bucket`` (0 to 99) says for which share of second coding it is drawn, ``added`` that a person added it."""

users = Table(
    "users",
    schema,
    Column("digest", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("ended", Text),
    Index("users_standing", "id", unique=True, sqlite_where=text("ended IS NULL"), postgresql_where=text("ended IS NULL")),
)  # fmt: skip
"""Who may do what: ``digest`` is that of the token. A row is changed only to end it; a person with a new token or role has a new row."""

audit = Table(
    "audit",
    schema,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("digest", Text, nullable=False),
)
"""Who did what when: each row holds the digest of the one before it, so that none can be changed or taken out unseen."""
