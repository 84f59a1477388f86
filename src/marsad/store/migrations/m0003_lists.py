"""The tables that lists, facets, maps and timelines are read from, filled from what a store holds.

Written out, as all steps are: neither the tables nor the filling change with the program.
"""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import Connection, column, insert, table, text

_FILE = {"serial": "INTEGER PRIMARY KEY AUTOINCREMENT", "real": "DOUBLE", "slim": " WITHOUT ROWID"}
_SERVER = {"serial": "BIGSERIAL PRIMARY KEY", "real": "DOUBLE PRECISION", "slim": ""}

_TABLES = """\
CREATE TABLE incident_list (
    serial {serial} NOT NULL,
    id TEXT NOT NULL,
    event TEXT NOT NULL,
    status TEXT,
    roots INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    first INTEGER,
    last INTEGER,
    place_id TEXT,
    place TEXT,
    country TEXT,
    lat {real},
    lon {real},
    precision TEXT,
    killed_min INTEGER,
    killed_max INTEGER,
    killed_top INTEGER,
    changed TEXT NOT NULL,
    UNIQUE (id)
);
CREATE TABLE incident_terms (
    incident BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (incident, kind, value)
){slim};
CREATE TABLE claim_list (
    serial {serial} NOT NULL,
    id TEXT NOT NULL,
    article BIGINT NOT NULL,
    number INTEGER NOT NULL,
    event TEXT NOT NULL,
    polarity TEXT NOT NULL,
    modality TEXT NOT NULL,
    stance TEXT,
    outlet TEXT,
    first INTEGER,
    last INTEGER,
    place_id TEXT,
    place TEXT,
    country TEXT,
    lat {real},
    lon {real},
    precision TEXT,
    killed_min INTEGER,
    killed_max INTEGER,
    killed_top INTEGER,
    incident BIGINT,
    root TEXT,
    status TEXT,
    UNIQUE (id)
);
CREATE TABLE claim_actors (
    claim BIGINT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (claim, actor, role)
){slim}"""

_INDEXES = """\
CREATE INDEX incident_list_status ON incident_list (status);
CREATE INDEX incident_list_country ON incident_list (country);
CREATE INDEX incident_list_precision ON incident_list (precision);
CREATE INDEX incident_list_place ON incident_list (place_id, place);
CREATE INDEX incident_list_first ON incident_list (first, status);
CREATE INDEX incident_terms_value ON incident_terms (kind, value, incident);
CREATE INDEX claim_list_article ON claim_list (article, incident);
CREATE INDEX claim_list_incident ON claim_list (incident);
CREATE INDEX claim_list_event ON claim_list (event);
CREATE INDEX claim_list_polarity ON claim_list (polarity);
CREATE INDEX claim_list_modality ON claim_list (modality);
CREATE INDEX claim_list_stance ON claim_list (stance);
CREATE INDEX claim_list_status ON claim_list (status);
CREATE INDEX claim_list_country ON claim_list (country);
CREATE INDEX claim_list_precision ON claim_list (precision);
CREATE INDEX claim_list_place ON claim_list (place_id, place);
CREATE INDEX claim_list_first ON claim_list (first, status);
CREATE INDEX claim_list_outlet ON claim_list (outlet);
CREATE INDEX claim_list_root ON claim_list (root);
CREATE INDEX claim_actors_actor ON claim_actors (actor, claim)"""

_INCIDENTS = (
    "SELECT id, event, events, status, roots, claims, first_day, last_day, place_id, place, country, lat, lon, precision, changed, data"
    " FROM incidents WHERE id > :after ORDER BY id LIMIT 500"
)
_CLAIMS = (
    "SELECT c.id, c.number, c.event, c.polarity, c.modality, c.stance, c.first_day, c.last_day, c.place_id, c.place, c.country, c.lat, c.lon,"
    " c.precision, c.data, a.serial AS article, a.outlet FROM articles a JOIN claims c ON c.article = a.id"
    " WHERE a.serial > :after AND a.serial <= :upto ORDER BY a.serial, c.number"
)
_TIE = (
    "UPDATE claim_list SET incident = i.serial, root = l.root, status = i.status"
    " FROM incident_claims l JOIN incident_list i ON i.id = l.incident WHERE l.claim = claim_list.id"
)
_AT_ONCE = 200
_ELSEWHERE = ("data", "events", "first_day", "last_day")
_EPOCH = date(1970, 1, 1).toordinal()


def apply(connection: Connection) -> None:
    """Make the tables and fill them."""
    is_file = connection.dialect.name == "sqlite"
    for statement in _TABLES.format(**(_FILE if is_file else _SERVER)).split(";\n"):
        connection.execute(text(statement))
    for rows, terms in _incidents(connection):
        _put(connection, "incident_list", rows)
        _put(connection, "incident_terms", terms)
    for rows, actors in _claims(connection):
        _put(connection, "claim_list", rows)
        _put(connection, "claim_actors", actors)
    connection.execute(text(_TIE))
    for statement in _INDEXES.split(";\n"):
        connection.execute(text(statement))
    if not is_file:
        for name in ("incident_list", "claim_list"):  # the rows came with their numbers
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'serial'), (SELECT coalesce(max(serial), 0) + 1 FROM {name}), false)"
                )
            )
    _put(connection, "facts", [{"id": "mark", "value": uuid.uuid4().hex[:16]}])


def _put(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    columns: list[Any] = [column(one) for one in rows[0]]
    statement: Any = insert(table(name, *columns))
    if connection.dialect.name != "sqlite":
        statement = statement.returning(columns[0])  # then many rows go in one statement
    connection.execute(statement, rows)


def _incidents(connection: Connection) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    after, serials = "", count(1)
    while held := connection.execute(text(_INCIDENTS), {"after": after}).mappings().all():
        rows, terms = [], []
        for row in held:
            serial, made = next(serials), json.loads(zlib.decompress(row["data"]))
            outlets = {told["outlet"] for told in made["claims"] if told.get("outlet")}
            rows.append({"serial": serial, **_row_of(dict(row)), **_toll(made), "outlets": len(outlets)})
            values = {
                "event": set(row["events"].split()),
                "family": {event.partition(".")[0] for event in row["events"].split()},
                "actor": {actor["id"] for actor in made["actors"] if actor.get("id")},
                "outlet": outlets,
                "root": {told["root"] for told in made["claims"]},
            }
            terms += [
                {"incident": serial, "kind": kind, "value": value}
                for kind, some in values.items()
                for value in sorted(some)
            ]
        yield rows, terms
        after = held[-1]["id"]


def _toll(made: Mapping[str, Any]) -> dict[str, int | None]:
    low: int | None = None
    high: int | None = None
    top: int | None = None
    for toll in made["counts"]:
        if toll["kind"] == "killed":
            low, high = toll["min"], toll["max"]
            told = (one for claim in made["claims"] for one in claim.get("counts") or ())
            numbers = [one.get(end) for one in told if one["kind"] == "killed" for end in ("min", "max")]
            top = max([low or 0, *(one for one in numbers if one is not None)]) if high is None else high
    return {"killed_min": low, "killed_max": high, "killed_top": top}


def _claims(connection: Connection) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    last = connection.execute(text("SELECT coalesce(max(serial), 0) FROM articles")).scalar_one()
    serials = count(1)
    for after in range(0, last, _AT_ONCE):
        asked = {"after": after, "upto": after + _AT_ONCE}
        rows, actors = [], []
        for row in connection.execute(text(_CLAIMS), asked).mappings():
            serial, data = next(serials), json.loads(row["data"])
            killed = (one for one in data.get("counts") or () if one["kind"] == "killed")
            toll = _highest((one.get("min"), one.get("max")) for one in killed)
            rows.append({"serial": serial, **_row_of(dict(row)), **toll})
            pairs = {(one["id"], one["role"]) for one in data.get("actors") or () if one.get("id")}
            actors += [{"claim": serial, "actor": actor, "role": role} for actor, role in sorted(pairs)]
        yield rows, actors


def _highest(counts: Iterable[tuple[int | None, int | None]]) -> dict[str, int | None]:
    tolls = [(low if high is None else high, high is None, low, high) for low, high in counts]
    known = [toll for toll in tolls if toll[0] is not None]
    top, _, low, high = max(known, key=lambda toll: toll[:2], default=(None, None, None, None))
    return {"killed_min": low, "killed_max": high, "killed_top": top}


def _row_of(row: Mapping[str, Any]) -> dict[str, Any]:
    made = {name: value for name, value in row.items() if name not in _ELSEWHERE}
    for name in ("first", "last"):
        day = row[f"{name}_day"]
        made[name] = None if day is None else date.fromisoformat(day).toordinal() - _EPOCH
    return made
