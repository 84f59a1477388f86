"""What an export goes through: which incidents and articles fit, and their whole rows a few hundred at a time.

Only numbers are held of what is still to come, so that going through a large project takes no more memory than through a small one.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypedDict, cast

import msgspec
from sqlalchemy import Connection, and_, func, select

from marsad.store import tables
from marsad.store.db import batches
from marsad.store.list_tables import claim_list, incident_list
from marsad.store.reads.conditions import narrowed
from marsad.store.reads.filters import Filters

_I, _L, _C, _A, _V = incident_list.c, claim_list.c, tables.claims.c, tables.articles.c, tables.versions.c
_F, _S = tables.incidents.c, tables.spells.c
_AFTER_ALL = 1 << 30
_MOMENTS = (
    (tables.articles, _A.changed), (tables.incidents, _F.changed), (tables.reviews, tables.reviews.c.at), (tables.judgements, tables.judgements.c.at),
)  # fmt: skip
Json = dict[str, Any]
_TOLD = (
    "article", "claim", "id", "event", "root", "root_text", "root_label", "root_kind", "side", "outlet", "published", "says", "stance", "actors", "counts",
    "place", "time", "span", "words", "family", "copy_of", "group", "authority", "own_voice", "relays",
)  # fmt: skip
_INCIDENT = (
    "id", "events", "status", "roots", "independent", "counts_differ", "time", "place", "actors", "counts", "reasons", "reasons_ar", "why", "retells",
)  # fmt: skip
_CLAIM = (
    "id", "event", "polarity", "modality", "evidence", "attribution", "actors", "place", "time", "counts"
)  # fmt: skip
# Why a claim was found and why it was tied to others is half of what is stored, and only the JSON lines write it: it is passed on as it is, not taken apart.
_Told = TypedDict("_Told", {**dict.fromkeys(_TOLD, Any), "joined": msgspec.Raw}, total=False)  # type: ignore[misc]
_Incident = TypedDict("_Incident", {**dict.fromkeys(_INCIDENT, Any), "claims": list[_Told]}, total=False)  # type: ignore[misc]
_CLAIM_RAW = {**dict.fromkeys(_CLAIM, Any), "origin": msgspec.Raw, "readers": msgspec.Raw}
_Claim = TypedDict("_Claim", _CLAIM_RAW, total=False)  # type: ignore[misc]
_incident_of = cast("Callable[[bytes], Json]", msgspec.json.Decoder(_Incident).decode)
_claim_of = cast("Callable[[str], Json]", msgspec.json.Decoder(_Claim).decode)


class TakenIncident(NamedTuple):
    """An incident's row: ``data`` as CODEBOOK section 8 has it, ``raw`` the same as it is stored; ``added`` and ``changed`` ISO in UTC."""

    id: str
    data: Json
    added: str
    changed: str
    raw: bytes


class TakenClaim(NamedTuple):
    """A claim's row with what the last reconciling made of it; ``data`` as CODEBOOK section 7 has it."""

    id: str
    article: str
    number: int
    data: Json
    incident: str | None
    status: str | None
    root: str | None
    says: str | None


class TakenArticle(NamedTuple):
    """An article's row with its latest text."""

    id: str
    outlet: str | None
    published: str | None
    day: str | None
    title: str
    url: str | None
    version: int
    digest: str
    kept: str
    added: str
    copy_of: str | None
    reader: str
    text: str
    extra: Json


class TakenSpell(NamedTuple):
    """A spell's row; ``data`` as CODEBOOK section 9 has it."""

    id: str
    place_key: str
    number: int
    country: str | None
    data: Json


def last_change(connection: Connection) -> str:
    """When an article, an incident or a decision of people last came or changed, ISO in UTC; "" for an empty store."""
    found = [connection.scalar(select(func.max(column))) for _, column in _MOMENTS]
    return max((one for one in found if one), default="")


def incident_serials(connection: Connection, filters: Filters) -> array[int]:
    """The incidents that fit, by first day (those without one last) and id."""
    where = narrowed(connection, filters).incidents()
    query = select(_I.serial).where(*where).order_by(func.coalesce(_I.first, _AFTER_ALL), _I.id)
    return array("q", connection.execute(query).scalars())


def article_serials(connection: Connection, filters: Filters) -> array[int]:
    """The articles that fit, by id."""
    where = narrowed(connection, filters).articles()
    return array("q", connection.execute(select(_A.serial).where(*where).order_by(_A.id)).scalars())


def incidents_taken(connection: Connection, serials: Sequence[int]) -> list[TakenIncident]:
    """Incidents by their serials, in the order asked for."""
    query = select(_I.serial, _F.id, _F.data, _F.added, _F.changed).join(tables.incidents, _F.id == _I.id)
    found = {}
    for row in connection.execute(query.where(_I.serial.in_(serials))).all():
        raw = zlib.decompress(row[2])
        found[row[0]] = TakenIncident(row[1], _incident_of(raw), row[3], row[4], raw)
    return [found[one] for one in serials if one in found]


def serials_of(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """From ids of incidents to serials; one that is not there is left out."""
    found: dict[str, int] = {}
    for some in batches(ids):
        found.update(connection.execute(select(_I.id, _I.serial).where(_I.id.in_(some))).all())
    return found


def claims_taken(connection: Connection, ids: Sequence[str]) -> dict[str, TakenClaim]:
    """Claims by id, without what the reconciling made of them; one that is not there is left out."""
    found: dict[str, TakenClaim] = {}
    for some in batches(ids):
        query = select(_C.id, _C.article, _C.number, _C.data).where(_C.id.in_(some))
        for row in connection.execute(query).all():
            data = _claim_of(row[3])
            found[row[0]] = TakenClaim(row[0], row[1], row[2], data, None, None, None, None)
    return found


def claims_of_articles(
    connection: Connection, serials: Sequence[int], filters: Filters
) -> dict[str, list[TakenClaim]]:
    """The claims of some articles that fit, by the article's id in the order of their numbers."""
    where = narrowed(connection, filters).claims()
    links = tables.incident_claims
    query = (
        select(_C.id, _C.article, _C.number, _C.data, links.c.incident, _L.status, links.c.root, links.c.says)
        .join(claim_list, _L.id == _C.id)
        .join(links, links.c.claim == _C.id, isouter=True)
        .where(_L.article.in_(serials), *where)
        .order_by(_C.article, _C.number)
    )
    found: dict[str, list[TakenClaim]] = {}
    for row in connection.execute(query).all():
        found.setdefault(row[1], []).append(TakenClaim(row[0], row[1], row[2], _claim_of(row[3]), *row[4:]))
    return found


def articles_taken(
    connection: Connection, *, ids: Sequence[str] = (), serials: Sequence[int] = ()
) -> dict[str, TakenArticle]:
    """Articles with their latest texts by id, asked for by ids or by serials."""
    found: dict[str, TakenArticle] = {}
    column, wanted = (_A.serial, serials) if serials else (_A.id, ids)
    for some in batches(wanted):
        query = (
            select(
                _A.id, _A.outlet, _A.published, _A.day, _A.title, _A.url, _A.version, _A.digest, func.coalesce(_V.kept, ""), _A.added, _A.copy_of, _A.reader,
                _V.text, _V.extra,
            )
            .join(tables.versions, and_(_V.article == _A.id, _V.number == _A.version))
            .where(column.in_(some))
        )  # fmt: skip
        for row in connection.execute(query):
            found[row[0]] = TakenArticle._make((*row[:13], json.loads(row[13])))
    return found


def spells_taken(connection: Connection, filters: Filters) -> list[TakenSpell]:
    """The spells by place and time, narrowed by place, country and days alone."""
    s, where = _S, []
    if filters.place:
        where.append(s.place_id == filters.place)
    if filters.country:
        where.append(func.coalesce(s.country, "none").in_(filters.country))
    if filters.since:
        where.append(func.coalesce(s.last_day, "9999-12-31") >= filters.since)
    if filters.until:
        where.append(s.first_day <= filters.until)
    query = (
        select(s.id, s.place_key, s.number, s.country, s.data).where(*where).order_by(s.place_key, s.number)
    )
    return [TakenSpell(*row[:4], msgspec.json.decode(row[4])) for row in connection.execute(query)]
