"""All tables as of version 0.1, the index of words, and the guards of what is never changed.

Written out, and not taken from `marsad.store.tables`: that is how tables are now, this is how they were made. A test holds the two against each other.
The index of words holds folded words (`marsad.arabic.search`), in SQLite in an FTS5 table, in PostgreSQL as ``tsvector``.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_FILE = {"serial": "INTEGER", "bytes": "BLOB", "real": "DOUBLE"}
_SERVER = {"serial": "BIGSERIAL", "bytes": "BYTEA", "real": "DOUBLE PRECISION"}
"""The only types that have different names: a number that the database gives, bytes, and numbers with a fraction."""

_TABLES = """\
CREATE TABLE articles (
    serial {serial} NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    outlet TEXT,
    published TEXT,
    day TEXT,
    title TEXT NOT NULL,
    url TEXT,
    characters INTEGER NOT NULL,
    digest TEXT NOT NULL,
    exact TEXT NOT NULL,
    signature {bytes} NOT NULL,
    sequences INTEGER NOT NULL,
    family TEXT,
    copy_of TEXT,
    copy_known BOOLEAN NOT NULL,
    claims INTEGER NOT NULL,
    reader TEXT NOT NULL,
    pending BOOLEAN NOT NULL,
    added TEXT NOT NULL,
    changed TEXT NOT NULL,
    run BIGINT,
    PRIMARY KEY (serial),
    UNIQUE (id)
);
CREATE INDEX articles_added ON articles (added);
CREATE INDEX articles_outlet ON articles (outlet);
CREATE INDEX articles_pending ON articles (pending);
CREATE INDEX ix_articles_day ON articles (day);
CREATE INDEX ix_articles_exact ON articles (exact);
CREATE INDEX ix_articles_family ON articles (family);
CREATE TABLE audit (
    id BIGINT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    data TEXT NOT NULL,
    "before" TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE blocks (
    article TEXT NOT NULL,
    block TEXT NOT NULL,
    claims INTEGER NOT NULL,
    PRIMARY KEY (article, block)
);
CREATE INDEX blocks_block ON blocks (block);
CREATE TABLE changes (
    id {serial} NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    data TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_changes_at ON changes (at);
CREATE TABLE facts (
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE feeds (
    id TEXT NOT NULL,
    outlet TEXT,
    title TEXT,
    added TEXT NOT NULL,
    paused BOOLEAN NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE incident_claims (
    claim TEXT NOT NULL,
    incident TEXT NOT NULL,
    root TEXT NOT NULL,
    says TEXT NOT NULL,
    PRIMARY KEY (claim)
);
CREATE INDEX ix_incident_claims_incident ON incident_claims (incident);
CREATE INDEX ix_incident_claims_root ON incident_claims (root);
CREATE TABLE incident_places (
    incident TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (incident, place)
);
CREATE INDEX incident_places_place ON incident_places (place);
CREATE TABLE incidents (
    id TEXT NOT NULL,
    block TEXT NOT NULL,
    event TEXT NOT NULL,
    events TEXT NOT NULL,
    status TEXT,
    roots INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    counts_differ BOOLEAN NOT NULL,
    claims INTEGER NOT NULL,
    first_day TEXT,
    last_day TEXT,
    place_id TEXT,
    place TEXT,
    country TEXT,
    lat {real},
    lon {real},
    precision TEXT,
    added TEXT NOT NULL,
    changed TEXT NOT NULL,
    digest TEXT NOT NULL,
    data {bytes} NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_incidents_block ON incidents (block);
CREATE INDEX ix_incidents_event ON incidents (event);
CREATE INDEX ix_incidents_first_day ON incidents (first_day);
CREATE INDEX ix_incidents_place_id ON incidents (place_id);
CREATE INDEX ix_incidents_status ON incidents (status);
CREATE TABLE judgements (
    id {serial} NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    verdict TEXT NOT NULL,
    note TEXT NOT NULL,
    undoes BIGINT,
    PRIMARY KEY (id)
);
CREATE INDEX ix_judgements_one ON judgements (one);
CREATE INDEX ix_judgements_other ON judgements (other);
CREATE TABLE reviews (
    id {serial} NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    claim TEXT NOT NULL,
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    decision TEXT NOT NULL,
    machine TEXT,
    edit TEXT,
    note TEXT NOT NULL,
    undoes BIGINT,
    PRIMARY KEY (id)
);
CREATE INDEX ix_reviews_article ON reviews (article);
CREATE INDEX ix_reviews_claim ON reviews (claim);
CREATE TABLE runs (
    id {serial} NOT NULL,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    version TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE seen (
    id TEXT NOT NULL,
    digest TEXT NOT NULL,
    article TEXT NOT NULL,
    added TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_seen_digest ON seen (digest);
CREATE TABLE setaside (
    id {serial} NOT NULL,
    place TEXT NOT NULL,
    digest TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    added TEXT NOT NULL,
    run BIGINT,
    PRIMARY KEY (id),
    UNIQUE (place, digest)
);
CREATE TABLE spells (
    id TEXT NOT NULL,
    place_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    place_id TEXT,
    place TEXT NOT NULL,
    lat {real},
    lon {real},
    country TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT,
    state TEXT NOT NULL,
    holder TEXT,
    claimant TEXT,
    data TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_spells_place_key ON spells (place_key);
CREATE TABLE stale (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE successions (
    id TEXT NOT NULL,
    claim TEXT NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_successions_article ON successions (article);
CREATE TABLE tied (
    id TEXT NOT NULL,
    article TEXT NOT NULL,
    block TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_tied_article ON tied (article);
CREATE TABLE wanted (
    id TEXT NOT NULL,
    feed TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due TEXT NOT NULL,
    added TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_wanted_feed ON wanted (feed);
CREATE TABLE claims (
    id TEXT NOT NULL,
    article TEXT NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    event TEXT NOT NULL,
    polarity TEXT NOT NULL,
    modality TEXT NOT NULL,
    source TEXT,
    source_kind TEXT,
    source_id TEXT,
    stance TEXT,
    place_id TEXT,
    place TEXT,
    country TEXT,
    lat {real},
    lon {real},
    precision TEXT,
    first_day TEXT,
    last_day TEXT,
    data TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(article) REFERENCES articles (id)
);
CREATE INDEX claims_article ON claims (article, number);
CREATE INDEX ix_claims_event ON claims (event);
CREATE INDEX ix_claims_first_day ON claims (first_day);
CREATE INDEX ix_claims_place_id ON claims (place_id);
CREATE INDEX ix_claims_source_id ON claims (source_id);
CREATE TABLE versions (
    id {serial} NOT NULL,
    article TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    published TEXT,
    outlet TEXT,
    url TEXT,
    extra TEXT NOT NULL,
    digest TEXT NOT NULL,
    place TEXT NOT NULL,
    kept TEXT,
    added TEXT NOT NULL,
    run BIGINT,
    PRIMARY KEY (id),
    UNIQUE (article, number),
    FOREIGN KEY(article) REFERENCES articles (id)
)"""

_FILE_WORDS = (
    "CREATE VIRTUAL TABLE article_words USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')",
)
_SERVER_WORDS = (
    "CREATE TABLE article_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX article_words_words ON article_words USING GIN (words)",
)
_NEVER_CHANGED = ("versions", "judgements", "reviews", "audit")
_FILE_GUARD = (
    "CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table} BEGIN"
    " SELECT RAISE(ABORT, 'rows of {table} are never changed nor removed'); END"
)
_SERVER_GUARDS = (
    "CREATE FUNCTION marsad_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'rows of % are never changed nor removed', TG_TABLE_NAME; END $$",
)
_SERVER_GUARD = (
    "CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION marsad_refuse()"
)


def apply(connection: Connection) -> None:
    """Make everything in an empty database."""
    is_file = connection.dialect.name == "sqlite"
    for statement in (*_tables(is_file), *_words_and_guards(is_file)):
        connection.execute(text(statement.replace(":", r"\:")))


def _tables(is_file: bool) -> list[str]:
    return _TABLES.format(**(_FILE if is_file else _SERVER)).split(";\n")


def _words_and_guards(is_file: bool) -> list[str]:
    if is_file:
        guards = [
            _FILE_GUARD.format(table=table, deed=deed)
            for table in _NEVER_CHANGED
            for deed in ("UPDATE", "DELETE")
        ]
        return [*_FILE_WORDS, *guards]
    return [*_SERVER_WORDS, *_SERVER_GUARDS, *(_SERVER_GUARD.format(table=table) for table in _NEVER_CHANGED)]
