"""What reviewing needs: as what and by which codebook people decided, what their decisions come to, and who may do what.

A row of ``users`` may be changed in one way only, which the database itself sees to: to say when it ended.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_TABLES = """\
ALTER TABLE reviews ADD COLUMN part TEXT NOT NULL DEFAULT 'first';
ALTER TABLE reviews ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN codebook TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN reader TEXT NOT NULL DEFAULT '';
CREATE INDEX reviews_at ON reviews (at);
CREATE TABLE review_states (
    claim TEXT NOT NULL,
    article TEXT NOT NULL,
    state TEXT NOT NULL,
    first BIGINT,
    second BIGINT,
    final BIGINT,
    first_by TEXT,
    second_by TEXT,
    bucket INTEGER NOT NULL,
    added BOOLEAN NOT NULL,
    PRIMARY KEY (claim)
){slim};
CREATE INDEX ix_review_states_article ON review_states (article);
CREATE INDEX ix_review_states_state ON review_states (state);
CREATE TABLE users (
    digest TEXT NOT NULL,
    id TEXT NOT NULL,
    role TEXT NOT NULL,
    added TEXT NOT NULL,
    ended TEXT,
    PRIMARY KEY (digest)
);
CREATE UNIQUE INDEX users_standing ON users (id) WHERE ended IS NULL"""

_ONLY_ENDED = (
    "NEW.digest = OLD.digest AND NEW.id = OLD.id AND NEW.role = OLD.role AND NEW.added = OLD.added"
    " AND OLD.ended IS NULL AND NEW.ended IS NOT NULL"
)
_FILE_GUARDS = (
    f"CREATE TRIGGER users_UPDATE BEFORE UPDATE ON users WHEN NOT ({_ONLY_ENDED})"
    " BEGIN SELECT RAISE(ABORT, 'rows of users are never changed, but to end them'); END",
    "CREATE TRIGGER users_DELETE BEFORE DELETE ON users"
    " BEGIN SELECT RAISE(ABORT, 'rows of users are never removed'); END",
)
_SERVER_GUARDS = (
    "CREATE FUNCTION marsad_only_ended() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN IF {_ONLY_ENDED} THEN RETURN NEW; END IF;"
    " RAISE EXCEPTION 'rows of users are never changed, but to end them'; END $$",
    "CREATE TRIGGER users_ended BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION marsad_only_ended()",
    "CREATE TRIGGER users_guard BEFORE DELETE OR TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION marsad_refuse()",
)


def apply(connection: Connection) -> None:
    """Add to what m0001 made. Claims that were reviewed before have no state yet: `marsad.store.review_states.rebuild_states` gives it."""
    is_file = connection.dialect.name == "sqlite"
    made = _TABLES.format(slim=" WITHOUT ROWID" if is_file else "").split(";\n")
    for statement in (*made, *(_FILE_GUARDS if is_file else _SERVER_GUARDS)):
        connection.execute(text(statement.replace(":", r"\:")))
