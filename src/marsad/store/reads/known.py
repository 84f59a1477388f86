"""How much is told of each place and of each actor of the register, and which places could not be told for sure.

Sums over the whole store: they take some hundred milliseconds of a large one, so pages keep them while it does not change.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, case, func, select

from marsad.store import tables
from marsad.store.list_tables import claim_actors, claim_list, incident_list
from marsad.store.lists import day_of

_C, _I, _A = claim_list.c, incident_list.c, claim_actors.c
ROLES = ("agent", "patient", "gainer", "loser", "party")
_RULE = re.compile(
    r"^(?P<how>unresolved|what is around it|gazetteer|what it lies in)(?:: (?P<rest>.*))?$", re.DOTALL
)
_CANDIDATE = re.compile(r"^(?P<name>.*) (?P<id>\S+) (?P<score>-?\d+\.\d+)$")
_SURE = 0.5
"""Points by which the place that was chosen must be ahead of the next one."""
_WORTH = ('"unresolved', '"what is around it', ": the likeliest")
"""What the origin of a claim says where its place was not plain: claims without it need not be looked into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSum:
    """How much is told of a place; days are ISO days, ``precision`` is that of its claims."""

    id: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    claims: int
    incidents: int
    first_day: str | None
    last_day: str | None


@dataclass(slots=True, kw_only=True)
class ActorSum:
    """How often an actor of the register comes up: as root (``said``, by status of the incident ``statuses``), by role, and both together."""

    id: str
    mentions: int = 0
    said: int = 0
    roles: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Doubt:
    """A name of a place, as articles write it, that was not found for sure.

    Attributes:
        text: The words.
        why: ``unknown`` (no place of that name), ``around`` (what is around it was taken), ``narrow`` (another was nearly as likely), ``unresolved`` (none was likely enough).
        claims: How many claims name it so.
        taken: What was taken, by how many claims: (id, name).
        rivals: Ids and names of others that it may be.
        article, number: One of the claims.
        claim: Its id.
    """

    text: str
    why: str
    claims: int = 0
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    rivals: dict[str, str] = field(default_factory=dict)
    article: str = ""
    number: int = 0
    claim: str = ""


def place_sums(connection: Connection) -> list[PlaceSum]:
    """All places that claims name and the gazetteer knows, those with most claims first."""
    counted = select(_I.place_id, func.count()).where(_I.place_id.is_not(None)).group_by(_I.place_id)
    incidents: dict[str, int] = {row[0]: row[1] for row in connection.execute(counted)}
    query = (
        select(
            _C.place_id, _C.precision, func.min(_C.place).label("place"), func.min(_C.country).label("country"),
            func.min(_C.lat).label("lat"), func.min(_C.lon).label("lon"), func.count().label("n"),
            func.min(_C.first).label("first"), func.max(_C.first).label("last"),
        )
        .where(_C.place_id.is_not(None)).group_by(_C.place_id, _C.precision).order_by(func.count().desc(), _C.precision)
    )  # fmt: skip
    groups: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        groups.setdefault(row.place_id, []).append(row)
    found = [_place_sum(rows, incidents.get(identity, 0)) for identity, rows in groups.items()]
    return sorted(found, key=lambda one: (-one.claims, one.id))


def _place_sum(rows: Sequence[Any], incidents: int) -> PlaceSum:
    """A place of which claims know the point to several precisions: it is shown to the one that most of them have."""
    most = rows[0]
    days = [day for row in rows for day in (row.first, row.last) if day is not None]
    return PlaceSum(
        id=most.place_id, name=most.place or most.place_id, country=most.country, lat=most.lat, lon=most.lon,
        precision=most.precision, claims=sum(row.n for row in rows), incidents=incidents,
        first_day=day_of(min(days, default=None)), last_day=day_of(max(days, default=None)),
    )  # fmt: skip


def actor_sums(connection: Connection) -> dict[str, ActorSum]:
    """By id how often each actor comes up; only ids, so no one who is not in the register."""
    found: dict[str, ActorSum] = {}
    query = select(_A.actor, _A.role, func.count().label("n")).group_by(_A.actor, _A.role)
    for row in connection.execute(query):
        one = found.setdefault(row.actor, ActorSum(id=row.actor))
        one.roles[row.role] = row.n
    said = select(_C.root, _C.status, func.count().label("n")).where(_C.root.is_not(None))
    for row in connection.execute(said.group_by(_C.root, _C.status)):
        one = found.setdefault(row.root, ActorSum(id=row.root))
        one.statuses[row.status or "none"] = row.n
    for one in found.values():
        one.said = sum(one.statuses.values())
        one.mentions = one.said + sum(one.roles.values())
    return found


def places_of_actor(connection: Connection, actor: str, most: int = 12) -> list[tuple[str, str, int]]:
    """Where an actor takes part in what is told: id, name and number of claims, most first."""
    query = (
        select(_C.place_id, func.min(_C.place), func.count(func.distinct(_C.serial)))
        .join(claim_actors, _A.claim == _C.serial)
        .where(_A.actor == actor, _C.place_id.is_not(None))
        .group_by(_C.place_id)
        .order_by(func.count(func.distinct(_C.serial)).desc(), _C.place_id)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query.limit(most))]


def incidents_of_root(connection: Connection, root: str) -> dict[str, int]:
    """How many incidents one is a root of, by their status."""
    query = select(_C.status, func.count(func.distinct(_C.incident))).where(_C.root == root)
    return {row[0] or "none": row[1] for row in connection.execute(query.group_by(_C.status))}


def names_of_actor(connection: Connection, actor: str, most: int) -> tuple[Counter[str], int, int]:
    """The words by which articles call an actor, as root or taking part: how often each, in how many claims they were looked for, and in how many there are any.

    Args:
        connection: A reading connection.
        actor: Its id.
        most: Claims that are looked into, the newest first.
    """
    takes_part = select(_C.id).join(claim_actors, _A.claim == _C.serial).where(_A.actor == actor)
    sources = select(tables.claims.c.id).where(tables.claims.c.source_id == actor)
    both = takes_part.union(sources).subquery()
    total = connection.scalar(select(func.count()).select_from(both)) or 0
    query = select(tables.claims.c.data).where(tables.claims.c.id.in_(select(both.c.id).limit(most)))
    words: Counter[str] = Counter()
    looked = 0
    for data in connection.scalars(query):
        whole = json.loads(data)
        looked += 1
        words.update(
            {
                one["text"]
                for one in (*whole["attribution"], *whole["actors"])
                if one.get("id") == actor and one["text"]
            }
        )
    return words, looked, total


def outlets_of_place(connection: Connection, place: str, most: int = 20) -> list[tuple[str, int]]:
    """Which outlets tell of a place, with the number of claims."""
    query = select(_C.outlet, func.count()).where(_C.place_id == place, _C.outlet.is_not(None))
    ordered = query.group_by(_C.outlet).order_by(func.count().desc(), _C.outlet)
    return [(row[0], row[1]) for row in connection.execute(ordered.limit(most))]


def key_of_place(connection: Connection, place: str) -> str | None:
    """The key under which spells of a place are kept, or None where there are none."""
    spells = tables.spells.c
    return connection.scalar(select(spells.place_key).where(spells.place_id == place).limit(1))


def doubts(connection: Connection) -> list[Doubt]:
    """Names of places that were not found for sure, those with most claims first."""
    claims = tables.claims.c
    found: dict[tuple[str, str], Doubt] = {}
    worth = case((claims.place.is_(None), 0), else_=1)
    query = select(claims.id, claims.article, claims.number, claims.data).where(worth == 1)
    for row in connection.execute(query.execution_options(yield_per=2000)):
        if any(sign in row.data for sign in _WORTH):
            _note(found, row, json.loads(row.data))
    return sorted(found.values(), key=lambda one: (-one.claims, one.text, one.why))


def _note(found: dict[tuple[str, str], Doubt], row: Any, whole: Mapping[str, Any]) -> None:  # noqa: ANN401 (a row of the query)
    place = whole.get("place")
    if not place:
        return
    for origin in whole.get("origin", ()):
        if origin.get("part") != "map":
            continue
        why = doubt_of(origin["rule"], origin.get("words", ""))
        if not why:
            return
        text = " ".join(str(place["text"]).split())
        one = found.setdefault((text, why), Doubt(text=text, why=why))
        one.claims += 1
        if place.get("id"):
            one.taken[place["id"], place.get("name") or ""] += 1
        one.rivals.update((identity, name) for identity, name, _ in candidates(origin.get("words", "")))
        if not one.claim:
            one.article, one.number, one.claim = row.article, row.number, row.id
        return


def doubt_of(rule: str, words: str) -> str:
    """What of a choice of place is in doubt, by what the claim's origin says of it; "" where nothing is."""
    said = _RULE.match(rule)
    if said is None:
        return ""
    if "no place of that name is known" in rule:
        return "unknown"
    if said["how"] == "unresolved":
        return "unresolved"
    if said["how"] == "what is around it":
        return "around"
    scores = [score for _, _, score in candidates(words)]
    return "narrow" if len(scores) > 1 and scores[0] - scores[1] < _SURE else ""


def candidates(words: str) -> Iterator[tuple[str, str, float]]:
    """The places that were weighed, with their points: "Riyadh geonames:108410 3.11; ..." as a claim's origin has them."""
    for piece in words.split("; "):
        if said := _CANDIDATE.match(piece):
            yield said["id"], said["name"], float(said["score"])


def narrowed(rows: Sequence[Doubt], why: str) -> list[Doubt]:
    """Those of one kind, or all."""
    return [one for one in rows if not why or one.why == why]
