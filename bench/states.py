"""What a store holds, in a form in which two stores can be compared: whatever way it came to be, the same must be in it.

Ids of incidents are left out (they are kept from what was there before, so they tell of the way); of an incident its claims are compared, and
what is said of it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from marsad.run.project import load_project
from marsad.store import Database, faults, waiting

_TABLES = {
    "articles": (
        "SELECT id, version, digest, outlet, published, url, family, copy_of, copy_known, claims, pending FROM articles",
        1,
    ),
    "versions": ("SELECT article, digest, number, title, text FROM versions", 2),
    "claims": ("SELECT id, article, version, number, data FROM claims", 1),
    "spells": (
        "SELECT place_key, number, first_day, last_day, state, holder, claimant FROM spells",
        2,
    ),
    "blocks": ("SELECT article, block, claims FROM blocks", 2),
    "seen": ("SELECT id, digest, article FROM seen", 1),
    "setaside": ("SELECT place, digest, reason FROM setaside", 2),
    "searched": ("SELECT rowid FROM article_words", 1),
    "wanted": ("SELECT id, attempts FROM wanted", 1),
    "stale": ("SELECT id FROM stale", 1),
}
"""Tables, what is compared of them, and how many of the first columns are the key."""

PHASES = ("start", "intake", "planning", "tying", "tracing", "end")
"""Where a run can be: ``planning``, ``tying`` and ``tracing`` are the three steps of the reconciling."""

State = dict[str, Counter[tuple[tuple[Any, ...], tuple[Any, ...]]]]


def state_of(folder: Path) -> State:
    """Everything that must be the same, by table: how often each key with each value is there."""
    database = Database(load_project(folder).url)
    try:
        with database.reading() as connection:
            found: State = {}
            for name, (sql, keys) in _TABLES.items():
                rows = (tuple(row) for row in connection.execute(text(sql)))
                found[name] = Counter((row[:keys], row[keys:]) for row in rows)
            # The numbers of rows tell of the way, too: only how many there are is compared.
            found["searched"] = Counter({((), (found["searched"].total(),)): 1})
            found["incidents"] = _incidents(connection)
    finally:
        database.close()
    return found


def _incidents(connection: Any) -> Counter[tuple[tuple[Any, ...], tuple[Any, ...]]]:  # noqa: ANN401
    members: dict[str, list[str]] = {}
    for claim, incident in connection.execute(text("SELECT claim, incident FROM incident_claims")):
        members.setdefault(incident, []).append(claim)
    sql = (
        "SELECT id, status, roots, independent, counts_differ, claims, first_day, last_day, place, events"
        " FROM incidents"
    )
    rows = [tuple(row) for row in connection.execute(text(sql))]
    return Counter(((tuple(sorted(members.get(row[0], []))),), row[1:]) for row in rows)


@dataclass(slots=True)
class Difference:
    """How a store differs from what it should be; ``said`` names the first of each kind."""

    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    said: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.wrong)


def difference(expected: State, found: State) -> Difference:
    """What was expected and is not there (lost), is there and was not expected (doubled), or is there as something else (wrong)."""
    made = Difference()
    for name in expected:
        gone, more = expected[name] - found[name], found[name] - expected[name]
        keys_gone, keys_more = Counter(key for key, _ in gone), Counter(key for key, _ in more)
        changed = keys_gone & keys_more
        counts = [(keys_gone - changed), (keys_more - changed), changed]
        made.lost += counts[0].total()
        made.doubled += counts[1].total()
        made.wrong += counts[2].total()
        for what, keys in zip(("lost", "doubled", "wrong"), counts, strict=True):
            if keys:
                made.said.append(f"{what}: {keys.total()} of {name}, such as {str(min(keys))[:200]}")
    return made


@dataclass(frozen=True, slots=True)
class Instant:
    """What a store holds at one moment: the articles that were committed (id, version), what is half, and how far the run had come."""

    committed: frozenset[tuple[str, int]]
    faults: tuple[str, ...]
    phase: str


def instant(folder: Path, before: Mapping[str, int], *, look: bool = True) -> Instant:
    """What is there now.

    Args:
        folder: The project.
        before: What was so when the command began: ``runs`` and the number of ``articles`` that there are in the end.
        look: Whether to look for what is half; it takes longer.
    """
    database = Database(load_project(folder).url)
    try:
        with database.reading() as connection:
            rows = connection.execute(text("SELECT article, number FROM versions")).all()
            phase = _phase(connection, before)
        found = tuple(faults(database)) if look else ()
    finally:
        database.close()
    return Instant(frozenset((row[0], row[1]) for row in rows), found, phase)


def _phase(connection: Any, before: Mapping[str, int]) -> str:  # noqa: ANN401
    def one(sql: str) -> int:
        return int(connection.execute(text(sql)).scalar_one())

    run = one("SELECT coalesce(max(id), 0) FROM runs")
    if run <= before["runs"]:
        return "start"
    if before["rebuilds"]:
        taken = one(f"SELECT count(*) FROM articles WHERE run = {run}")
    else:
        taken = one("SELECT count(*) FROM versions")
    if taken < before["versions"]:
        return "intake"
    if one("SELECT count(*) FROM articles WHERE pending"):
        return "planning"
    if one("SELECT count(*) FROM stale WHERE kind = 'block'"):
        return "tying"
    return "tracing" if waiting(connection) else "end"


def numbers(folder: Path) -> dict[str, int]:
    """The number of the last run, of articles and of versions, as they stand."""
    database = Database(load_project(folder).url)
    try:
        with database.reading() as connection:
            row = connection.execute(
                text(
                    "SELECT (SELECT coalesce(max(id), 0) FROM runs), (SELECT count(*) FROM articles),"
                    " (SELECT count(*) FROM versions)"
                )
            ).one()
    finally:
        database.close()
    return {"runs": row[0], "articles": row[1], "versions": row[2]}
