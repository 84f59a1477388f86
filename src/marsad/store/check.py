"""Is everything there, and is it as it was written? What `marsad store check` asks of a database."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from marsad.model.stored import version_digest
from marsad.store import tables
from marsad.store.articles import article_of_row
from marsad.store.audit import broken
from marsad.store.db import Database
from marsad.store.reviewing_states import state_faults

_AT_ONCE = 500

_NONE_MAY_BE = (
    ("articles without their latest version",
     "SELECT count(*) FROM articles a LEFT JOIN versions v ON v.article = a.id AND v.number = a.version WHERE v.id IS NULL"),
    ("articles whose number of claims is not that of their rows",
     "SELECT count(*) FROM (SELECT a.id FROM articles a LEFT JOIN claims c ON c.article = a.id"
     " GROUP BY a.id, a.claims HAVING count(c.id) <> a.claims) x"),
    ("claims of a version that is not the latest",
     "SELECT count(*) FROM claims c JOIN articles a ON a.id = c.article WHERE a.version <> c.version"),
    ("claims without an article",
     "SELECT count(*) FROM claims c LEFT JOIN articles a ON a.id = c.article WHERE a.id IS NULL"),
    ("articles whose latest version is not the one that was read",
     "SELECT count(*) FROM articles a JOIN versions v ON v.article = a.id AND v.number = a.version WHERE v.digest <> a.digest"),
    ("claims whose data is that of another",
     "SELECT count(*) FROM claims WHERE data NOT LIKE '{\"id\": \"' || id || '\"%'"),
    ("articles that cannot be searched",
     "SELECT count(*) FROM articles a WHERE a.serial NOT IN (SELECT rowid FROM article_words)"),
    ("words of articles that are not there",
     "SELECT count(*) FROM article_words WHERE rowid NOT IN (SELECT serial FROM articles)"),
    ("claims that lists do not show, or not as they are",
     "SELECT count(*) FROM claims c JOIN articles a ON a.id = c.article LEFT JOIN claim_list s ON s.id = c.id"
     " WHERE s.id IS NULL OR s.article <> a.serial OR s.number <> c.number OR s.event <> c.event OR s.modality <> c.modality"
     " OR s.polarity <> c.polarity OR coalesce(s.place_id, '') <> coalesce(c.place_id, '') OR coalesce(s.outlet, '') <> coalesce(a.outlet, '')"),
    ("claims in lists that are not there",
     "SELECT count(*) FROM claim_list WHERE id NOT IN (SELECT id FROM claims)"),
    ("claims of which lists show another incident than the one they are in",
     "SELECT count(*) FROM claim_list s LEFT JOIN incident_claims l ON l.claim = s.id LEFT JOIN incident_list i ON i.id = l.incident"
     " WHERE coalesce(s.incident, 0) <> coalesce(i.serial, 0) OR coalesce(s.status, '') <> coalesce(i.status, '')"),
    ("incidents that lists do not show, or not as they are",
     "SELECT count(*) FROM incidents i LEFT JOIN incident_list s ON s.id = i.id"
     " WHERE s.id IS NULL OR s.claims <> i.claims OR s.roots <> i.roots OR s.event <> i.event OR s.changed <> i.changed"
     " OR coalesce(s.status, '') <> coalesce(i.status, '') OR coalesce(s.place_id, '') <> coalesce(i.place_id, '')"),
    ("incidents in lists that are not there",
     "SELECT count(*) FROM incident_list WHERE id NOT IN (SELECT id FROM incidents)"),
    ("marks of what is held back that name no article or claim",
     "SELECT count(*) FROM sensitive s WHERE s.subject_kind NOT IN ('claim', 'article') OR s.note = '' OR s.who = ''"
     " OR (s.subject_kind = 'article' AND s.subject NOT IN (SELECT id FROM articles))"),
)  # fmt: skip
"""What is wrong, and a query that counts it."""
_WHEN_RECONCILED = (
    ("claims that are in no incident",
     "SELECT count(*) FROM claims c LEFT JOIN incident_claims i ON i.claim = c.id WHERE i.claim IS NULL"),
    ("claims of incidents that are not there",
     "SELECT count(*) FROM incident_claims i LEFT JOIN claims c ON c.id = i.claim WHERE c.id IS NULL"),
    ("claims that are said to be in an incident that is not there",
     "SELECT count(*) FROM incident_claims l LEFT JOIN incidents i ON i.id = l.incident WHERE i.id IS NULL"),
    ("incidents whose number of claims is not that of their rows",
     "SELECT count(*) FROM (SELECT i.id FROM incidents i LEFT JOIN incident_claims l ON l.incident = i.id"
     " GROUP BY i.id, i.claims HAVING count(l.claim) <> i.claims) x"),
)  # fmt: skip
"""The same for what holds only while no article waits to be reconciled."""


def faults(database: Database) -> Iterator[str]:
    """What is wrong, in sentences; nothing where all is well."""
    with database.reading() as connection:
        if database.is_file:
            said = connection.execute(text("PRAGMA integrity_check(20)")).scalars().all()
            yield from (f"SQLite: {one}" for one in said if one != "ok")
            yield from (f"SQLite: a row of {row[0]} names one of {row[2]} that is not there"
                        for row in connection.execute(text("PRAGMA foreign_key_check")).fetchmany(20))  # fmt: skip
        questions = _NONE_MAY_BE if waiting(connection) else (*_NONE_MAY_BE, *_WHEN_RECONCILED)
        for what, sql in questions:
            count = connection.execute(text(sql)).scalar_one()
            if count:
                yield f"{count:,} {what}"
        yield from _altered_versions(connection)
        yield from _altered_incidents(connection)
        yield from state_faults(connection)
        yield from broken(connection)


def _altered_versions(connection: Connection) -> Iterator[str]:
    """Versions whose text or title is not what was stored."""
    query = select(tables.versions).order_by(tables.versions.c.id)
    for row in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        if row.digest != version_digest(article_of_row(row, row.article)):
            yield f"version {row.number} of article {row.article!r} is not what was stored"


def _altered_incidents(connection: Connection) -> Iterator[str]:
    i = tables.incidents.c
    for row in connection.execute(select(i.id, i.digest, i.data), execution_options={"yield_per": _AT_ONCE}):
        try:
            as_stored = hashlib.sha256(zlib.decompress(row.data)).hexdigest() == row.digest
        except zlib.error:
            as_stored = False
        if not as_stored:
            yield f"incident {row.id!r} is not what was stored; `marsad store rebuild` makes it anew"


def waiting(connection: Connection) -> int:
    """How many articles, blocks and places wait to be reconciled."""
    pending = connection.execute(text("SELECT count(*) FROM articles WHERE pending")).scalar_one()
    stale = connection.execute(text("SELECT count(*) FROM stale")).scalar_one()
    return int(pending) + int(stale)


def sizes(connection: Connection) -> dict[str, int]:
    """The number of rows of each table."""
    found = {}
    for table in tables.schema.sorted_tables:
        found[table.name] = connection.execute(text(f"SELECT count(*) FROM {table.name}")).scalar_one()
    return dict(sorted(found.items()))


def statuses(connection: Connection) -> dict[str, int]:
    """How many incidents have each status; ``none`` for those that have none."""
    query = text(
        "SELECT coalesce(status, 'none') AS status, count(*) AS number FROM incidents GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {row.status: row.number for row in connection.execute(query)}


def head(connection: Connection) -> tuple[int, str]:
    """The last row of the audit log and its digest: who writes it down can tell later that nothing before it was changed."""
    audit = tables.audit.c
    row = connection.execute(select(audit.id, audit.digest).order_by(audit.id.desc()).limit(1)).first()
    return (row.id, row.digest) if row else (0, "")
