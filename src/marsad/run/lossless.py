"""A project as JSON lines from which it can be made again: articles with their claims as they are stored, then what people decided.

The lines of articles are those of ``marsad read``; each claim also names the incident that it is in, so that incidents made from them keep their ids. What else stands
in the file is told in `marsad.model.beside`. Nothing in it depends on the clock or on the database: reviews, judgements and marks are numbered in their order, articles
come by id. Left out are where files lay and raw responses, the audit log, feeds, people with their tokens, and settings.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from marsad.model import Article
from marsad.model.jsonl import article_to_json
from marsad.store import tables
from marsad.store.articles import article_of_row
from marsad.store.db import batches
from marsad.store.export_tables import sensitive
from marsad.store.sensitive import Held, marks

_AT_ONCE = 200
_A, _V, _C = tables.articles.c, tables.versions.c, tables.claims.c
_L, _F, _R = tables.incident_claims.c, tables.successions.c, tables.reviews.c
_EVERYTHING = Held()


def lossless_lines(connection: Connection, held: Held = _EVERYTHING) -> Iterator[bytes]:
    """All of a project, a line at a time, each with its end.

    Args:
        connection: A reading connection.
        held: What is left out (`marsad.store.sensitive.held_back`), with what people decided about it; nothing if not given.
    """
    ids = sorted(one for one in connection.scalars(select(_A.id)) if one not in held.articles)
    for some in batches(ids, _AT_ONCE):
        for row in _articles(connection, some, held):
            yield from _article_lines(row)
    gone = _names_of(connection, held)
    yield from _numbered(connection, tables.judgements, "judgement", (gone, "one", "other"))
    yield from _numbered(connection, tables.reviews, "review", (gone, "claim", "article"))
    yield from _numbered(connection, sensitive, "sensitive", (gone, "subject"))


def _articles(connection: Connection, ids: Sequence[str], held: Held) -> Iterator[dict[str, Any]]:
    """What is written of some articles, in their order."""
    rows: dict[str, dict[str, Any]] = {
        one: {"versions": [], "claims": [], "follows": {}, "reader": ""} for one in ids
    }
    heads = select(_A.id, _A.reader).where(_A.id.in_(ids))
    for head in connection.execute(heads):
        rows[head.id]["reader"] = head.reader
    query = select(tables.versions).where(_V.article.in_(ids)).order_by(_V.article, _V.number)
    for version in connection.execute(query):
        rows[version.article]["versions"].append(article_of_row(version, version.article))
    claims = select(_C.id, _C.article, _C.data, _L.incident).join(tables.incident_claims, _L.claim == _C.id, isouter=True)  # fmt: skip
    for claim in connection.execute(claims.where(_C.article.in_(ids)).order_by(_C.article, _C.number)):
        if claim.id not in held.claims:
            rows[claim.article]["claims"].append(_claim(claim.data, claim.incident))
    for row in connection.execute(select(_F.article, _F.id, _F.claim).where(_F.article.in_(ids))):
        if row.claim not in held.claims:
            rows[row.article]["follows"][row.id] = row.claim
    yield from rows.values()


def _claim(data: str, incident: str | None) -> str:
    """A claim as it is stored, with the id of its incident, which is no part of it."""
    return data if incident is None else f'{data[:-1]}, "incident": {json.dumps(incident)}}}'


def _article_lines(row: Mapping[str, Any]) -> Iterator[bytes]:
    *earlier, article = row["versions"]
    head = article_to_json(article, (), row["reader"])
    del head["claims"]
    text = json.dumps(head, ensure_ascii=False)
    yield _line(f'{text[:-1]}, "claims": [{", ".join(row["claims"])}]}}')
    if earlier or row["follows"]:
        history = {
            "article": article.id,
            "versions": [_version(one) for one in earlier],
            "follows": dict(sorted(row["follows"].items())),
        }
        yield _line(json.dumps({"history": history}, ensure_ascii=False))


def _version(article: Article) -> dict[str, Any]:
    named = {
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "outlet": article.outlet,
        "url": article.url,
    }
    return {**named, "extra": dict(article.extra)}


def _numbered(
    connection: Connection, table: Table, name: str, about: tuple[frozenset[str], str, *tuple[str, ...]]
) -> Iterator[bytes]:
    """Rows that people wrote, numbered in their order: numbers of a database may have gaps."""
    gone, *fields = about
    numbers: dict[int, int] = {}
    for row in connection.execute(
        select(table).order_by(table.c.id), execution_options={"yield_per": _AT_ONCE}
    ):
        if any(getattr(row, field) in gone for field in fields):
            continue
        numbers[row.id] = len(numbers) + 1
        said = {**row._mapping, "id": numbers[row.id]}
        if said.get("undoes") is not None:
            said["undoes"] = numbers.get(said["undoes"])
        yield _line(json.dumps({name: {"number": said.pop("id"), **said}}, ensure_ascii=False))


def _names_of(connection: Connection, held: Held) -> frozenset[str]:
    """Everything that what is held back is or was called: articles, their claims, and what their claims were called in earlier versions."""
    if not held.claims and not held.articles:
        return frozenset()
    names = set(held.claims) | set(held.articles)
    for some in batches(sorted(held.articles)):
        names.update(connection.scalars(select(_C.id).where(_C.article.in_(some))))
        names.update(connection.scalars(select(_R.claim).where(_R.article.in_(some))))
        names.update(connection.scalars(select(_F.id).where(_F.article.in_(some))))
    follows = connection.execute(select(_F.id, _F.claim)).all()
    while more := {row.id for row in follows if row.claim in names} - names:
        names |= more
    names.update(one.subject for one in marks(connection).values() if one.held)
    return frozenset(names)


def _line(text: str) -> bytes:
    return text.encode() + b"\n"
