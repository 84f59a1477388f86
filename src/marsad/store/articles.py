"""Articles into the store and out of it: versions that are never changed, and the claims of the latest one.

A batch goes in as one transaction: after a process was killed, an article is there with its text, claims and words, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, text, update

from marsad.model import Article
from marsad.model.stored import Fate, StoredArticle
from marsad.store import tables
from marsad.store.audit import now
from marsad.store.claims import successors
from marsad.store.db import batches, insert
from marsad.store.lists import list_claims, touch
from marsad.store.reviewing_states import refresh_reviewed
from marsad.store.search import put_words

_A, _V, _C = tables.articles.c, tables.versions.c, tables.claims.c


def put_articles(
    connection: Connection, batch: Iterable[StoredArticle], run: int | None, *, again: bool = False
) -> list[Fate]:
    """Take articles in, in their order; what became of each.

    With ``again`` the claims of a text that is stored already are replaced even where the same reader found those that are there.

    An id that is known gets a new version where anything about the article is new, unless another process was quicker: an input that it has stored since, or
    a text that was to be read anew and is not the latest any more, makes none (``unchanged``). Where text, outlet and address all differ it is another
    article that happens to bear the same id (``taken``), and nothing is stored of it.
    """
    fates: list[Fate] = []
    held: list[StoredArticle] = []
    ids: set[str] = set()
    for one in batch:
        if one.article.id in ids:  # its second text must meet the first
            fates += _put(connection, held, run, again)
            held, ids = [], set()
        held.append(one)
        ids.add(one.article.id)
    return fates + _put(connection, held, run, again)


def _put(connection: Connection, batch: Sequence[StoredArticle], run: int | None, again: bool) -> list[Fate]:
    known = _known(connection, [one.article.id for one in batch])
    fates = [_fate(one, known.get(one.article.id), again) for one in batch]
    if "changed" in fates:
        fates = _without_late_ones(connection, batch, fates, again)
    moment = now()
    stored = [
        (one, fate) for one, fate in zip(batch, fates, strict=True) if fate not in ("unchanged", "taken")
    ]
    _put_rows(connection, stored, known, (run, moment))
    _put_claims(connection, stored, known)
    _put_words(connection, [one for one, fate in stored if fate != "reread"])
    taken_in = [one for one, fate in zip(batch, fates, strict=True) if fate != "taken" and one.piece]
    rows = {
        one.piece: {
            "id": one.piece,
            "digest": one.piece_digest,
            "article": one.article.id,
            "added": moment,
        }
        for one in taken_in
    }
    insert(connection, tables.seen, list(rows.values()), replace=True)
    return fates


def _without_late_ones(
    connection: Connection, batch: Sequence[StoredArticle], fates: Sequence[Fate], again: bool
) -> list[Fate]:
    """The fates, where what another process has stored in the meantime makes no new version."""
    pieces = known_pieces(connection, [(one.piece, one.piece_digest) for one in batch if one.piece])
    late = [again or pieces.get(one.piece, ("",))[0] == one.piece_digest for one in batch]
    return [
        "unchanged" if fate == "changed" and is_late else fate
        for fate, is_late in zip(fates, late, strict=True)
    ]


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, Any]:
    columns = (_A.id, _A.version, _A.digest, _A.exact, _A.outlet, _A.url, _A.reader)
    found = {}
    for some in batches(ids):
        for row in connection.execute(select(*columns).where(_A.id.in_(some))):
            found[row.id] = row
    return found


def _fate(one: StoredArticle, known: Any, again: bool) -> Fate:  # noqa: ANN401 (a row of the database)
    if known is None:
        return "new"
    if known.digest == one.digest:
        return "unchanged" if known.reader == one.reader and not again else "reread"
    strange = known.exact != one.exact and (
        _differ(known.outlet, one.article.outlet) or _differ(known.url, one.article.url)
    )
    return "taken" if strange else "changed"


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _put_rows(
    connection: Connection,
    stored: Sequence[tuple[StoredArticle, Fate]],
    known: dict[str, Any],
    when: tuple[int | None, str],
) -> None:
    run, moment = when
    fresh, changed, versions = [], [], []
    for one, fate in stored:
        before = known.get(one.article.id)
        number = 1 if before is None else before.version + (fate == "changed")
        row = {**_article_row(one), "version": number, "run": run, "changed": moment}
        if fate == "new":
            fresh.append({**row, "added": moment, "copy_known": False})
        else:
            changed.append({"key_id" if name == "id" else name: value for name, value in row.items()})
        if fate != "reread":
            versions.append({**_version_row(one), "number": number, "added": moment, "run": run})
    insert(connection, tables.articles, fresh)
    if changed:
        names: dict[str, Any] = {name: bindparam(name) for name in changed[0] if name != "key_id"}
        connection.execute(update(tables.articles).where(_A.id == bindparam("key_id")).values(names), changed)
    insert(connection, tables.versions, versions)


def _article_row(one: StoredArticle) -> dict[str, Any]:
    article = one.article
    return {
        "id": article.id,
        "outlet": article.outlet,
        "published": article.published,
        "day": article.published[:10] if article.published else None,
        "title": article.title,
        "url": article.url,
        "characters": len(article.text),
        "digest": one.digest,
        "exact": one.exact,
        "signature": one.signature,
        "sequences": one.sequences,
        "claims": len(one.claims),
        "reader": one.reader,
        "pending": True,
    }


def _version_row(one: StoredArticle) -> dict[str, Any]:
    article = one.article
    return {
        "article": article.id,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "outlet": article.outlet,
        "url": article.url,
        "extra": json.dumps(dict(article.extra), ensure_ascii=True),
        "digest": one.digest,
        "place": one.place,
        "kept": one.kept or None,
    }


def _put_claims(
    connection: Connection, stored: Sequence[tuple[StoredArticle, Fate]], known: dict[str, Any]
) -> None:
    rows: list[dict[str, Any]] = []
    for one, fate in stored:
        before = known.get(one.article.id)
        number = 1 if before is None else before.version + (fate == "changed")
        if before is not None:
            _follow(connection, one, before.version)
            connection.execute(delete(tables.claims).where(_C.article == one.article.id))
        rows += [{**claim, "version": number} for claim in one.claims]
    insert(connection, tables.claims, rows)
    refresh_reviewed(connection, [one.article.id for one, _ in stored if one.article.id in known])
    told = {one.article.id: (one.article.outlet, one.claims) for one, _ in stored}
    list_claims(connection, told, known=any(one.article.id in known for one, _ in stored))
    if stored:
        touch(connection)


def _follow(connection: Connection, one: StoredArticle, version: int) -> None:
    """Note which new claims say what old ones said, before the old ones go."""
    old = list(connection.scalars(select(_C.data).where(_C.article == one.article.id)))
    former = next(versions_of(connection, one.article.id, version), None)
    if not old or former is None:
        return
    follows = successors(((data, former) for data in old), (one.claims, one.article))
    rows = [{"id": was, "claim": now_is, "article": one.article.id} for was, now_is in follows.items()]
    insert(connection, tables.successions, rows, replace=True)
    back = [row["id"] for row in one.claims]
    for some in batches(back):  # a text that came back: its old claims need no successor
        connection.execute(delete(tables.successions).where(tables.successions.c.id.in_(some)))


def _put_words(connection: Connection, stored: Sequence[StoredArticle]) -> None:
    words = {one.article.id: one.words for one in stored}
    made: list[dict[str, object]] = []
    for some in batches(list(words)):
        for row in connection.execute(select(_A.serial, _A.id).where(_A.id.in_(some))):
            title, body = words[row.id]
            made.append({"serial": row.serial, "title": title, "body": body})
    put_words(connection, made)


def versions_of(connection: Connection, article: str, number: int | None = None) -> Iterator[Article]:
    """The versions of an article, oldest first; only one of them where its number is given."""
    query = select(tables.versions).where(_V.article == article).order_by(_V.number)
    for row in connection.execute(query if number is None else query.where(_V.number == number)):
        yield article_of_row(row, row.article)


def article_of_row(row: Any, identity: str) -> Article:  # noqa: ANN401 (a row of the database)
    """The article of a row of ``versions``."""
    return Article(
        id=identity,
        text=row.text,
        title=row.title,
        published=row.published,
        outlet=row.outlet,
        url=row.url,
        extra=json.loads(row.extra),
    )


def latest(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[Article, list[str]]]:
    """The latest version of each of some articles with the ``data`` of its claims in order; by id."""
    claims: dict[str, list[str]] = {}
    query = select(_C.article, _C.data).where(_C.article.in_(ids)).order_by(_C.article, _C.number)
    for row in connection.execute(query):
        claims.setdefault(row.article, []).append(row.data)
    joined = select(tables.versions).join(tables.articles, (_A.id == _V.article) & (_A.version == _V.number))
    for row in connection.execute(joined.where(_V.article.in_(ids)).order_by(_V.article)):
        yield article_of_row(row, row.article), claims.get(row.article, [])


def ids_to_reread(connection: Connection, reader: str | None) -> list[str]:
    """Articles that were read by another reader than this one, by id; all of them for None."""
    query = select(_A.id).order_by(_A.id)
    return list(connection.scalars(query if reader is None else query.where(_A.reader != reader)))


def known_pieces(
    connection: Connection, pieces: Sequence[tuple[str, str]]
) -> dict[str, tuple[str, str, str]]:
    """What is known of pieces of input: from a piece, or the digest of one, to (digest, article, piece).

    Args:
        connection: A reading connection.
        pieces: For each its name and the SHA-256 of its bytes.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for some in batches(pieces, 200):
        names, digests = [name for name, _ in some], [digest for _, digest in some]
        seen = tables.seen.c
        for row in connection.execute(
            select(seen.id, seen.digest, seen.article).where(seen.id.in_(names) | seen.digest.in_(digests))
        ):
            found[row.id] = found[row.digest] = (row.digest, row.article, row.id)
    return found


def set_aside(connection: Connection, rows: Sequence[dict[str, Any]], run: int | None) -> None:
    """Note what was refused; a second refusal of the same bytes at the same place is the same one, refused again now."""
    moment = now()
    for row in rows:
        connection.execute(
            text(
                "INSERT INTO setaside (place, digest, reason, message, added, run)"
                " VALUES (:place, :digest, :reason, :message, :added, :run)"
                " ON CONFLICT (place, digest) DO UPDATE SET"
                " reason = excluded.reason, message = excluded.message, added = excluded.added"
            ),
            {**row, "added": moment, "run": run},
        )
