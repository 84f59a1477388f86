"""Incidents and claims whole, as the codebook has them, and the words that claims rest on."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, select

from marsad.store import tables
from marsad.store.db import batches

_I, _C, _V = tables.incidents.c, tables.claims.c, tables.versions.c


def incident_json(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Incidents as CODEBOOK section 8 has them, by id in the order asked for; one that is not there is left out."""
    found: dict[str, dict[str, Any]] = {}
    for some in batches(ids):
        for row in connection.execute(select(_I.id, _I.data).where(_I.id.in_(some))):
            found[row.id] = json.loads(zlib.decompress(row.data))
    return {one: found[one] for one in ids if one in found}


def claim_json(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Claims as CODEBOOK section 7 has them, by id in the order asked for; one that is not there is left out."""
    found: dict[str, dict[str, Any]] = {}
    for some in batches(ids):
        for row in connection.execute(select(_C.id, _C.data).where(_C.id.in_(some))):
            found[row.id] = json.loads(row.data)
    return {one: found[one] for one in ids if one in found}


def quotes(connection: Connection, claim_ids: Sequence[str]) -> dict[str, str]:
    """The words of each claim's first evidence, cut from the version in which it was found, by id in the order asked for."""
    found: dict[str, str] = {}
    for some in batches(claim_ids):
        claims = connection.execute(
            select(_C.id, _C.article, _C.version, _C.data).where(_C.id.in_(some))
        ).all()
        texts = _texts(connection, sorted({row.article for row in claims}))
        for row in claims:
            span = json.loads(row.data)["evidence"][0]
            title, text = texts[row.article, row.version]
            found[row.id] = (title if span.get("in") == "title" else text)[span["start"] : span["end"]]
    return {one: found[one] for one in claim_ids if one in found}


def _texts(connection: Connection, articles: Sequence[str]) -> dict[tuple[str, int], tuple[str, str]]:
    """Title and text of the latest version of articles, by article and version."""
    a = tables.articles.c
    latest = and_(a.id == _V.article, a.version == _V.number)
    query = select(_V.article, _V.number, _V.title, _V.text).join(tables.articles, latest)
    rows = connection.execute(query.where(_V.article.in_(articles)))
    return {(row.article, row.number): (row.title, row.text) for row in rows}
