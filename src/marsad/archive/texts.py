"""The articles behind the rows of an archive: from the texts that it keeps, or read anew from where they were read.

An article is known by the digest of what was read of it, so that claims never come to another text: where the input changed since, it is set aside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from marsad.archive.folder import Folder
from marsad.archive.plan import Plan, Settings
from marsad.archive.shards import Shard, pieces_of, shards_of
from marsad.articles import Defaults, Limits, RawArticle, article_of
from marsad.errors import MarsadError, SetAside
from marsad.model import Article
from marsad.model.storable import storable
from marsad.model.stored import version_digest

Row = Mapping[str, Any]
_CHANGED = "input_changed"


def articles_behind(
    plan: Plan, folder: Folder, rows: Iterable[Row]
) -> Iterator[tuple[Row, Article | SetAside]]:
    """Each row with its article, or why it has none.

    Args:
        plan: That the archive was made by: its inputs are opened where texts were not kept.
        folder: The archive.
        rows: Of table ``articles``, those of one shard together.
    """
    shards: dict[str, Shard] | None = None
    for name, group in groupby(rows, key=lambda row: str(row["shard"])):
        some = list(group)
        if all(row["text"] is not None for row in some):
            yield from ((row, _checked(row, _kept(row))) for row in some)
            continue
        if shards is None:
            shards = {one.name: one for one in shards_of(plan, tuple(folder.records("cut").values()))}
        yield from _read(some, shards.get(name), plan, folder)


def _kept(row: Row) -> Article:
    return Article(
        id=row["id"],
        text=row["text"],
        title=row["title"] or "",
        published=row["published"],
        outlet=row["outlet"],
        url=row["url"],
        extra=json.loads(row["extra"] or "{}"),
    )


def _read(
    rows: Sequence[Row], shard: Shard | None, plan: Plan, folder: Folder
) -> Iterator[tuple[Row, Article | SetAside]]:
    """The articles of a shard, which is gone through once, and only as far as is needed."""
    wanted = {row["piece"]: row for row in rows}
    why = "its input is not part of the plan any more"
    if shard is not None:
        try:
            for number, raw in enumerate(pieces_of(shard, folder, Limits(), plan.settings.columns)):
                if (row := wanted.pop(number, None)) is not None:
                    yield row, _opened(row, raw, plan.settings)
                if not wanted:
                    return
            why = "its input has fewer articles now"
        except MarsadError as error:
            why = str(error)
    yield from ((row, _changed(row, why)) for row in wanted.values())


def _opened(row: Row, raw: RawArticle, settings: Settings) -> Article | SetAside:
    try:
        defaults = Defaults(published=settings.published, outlet=settings.outlet)
        return _checked(row, storable(article_of(raw, defaults)))
    except SetAside as refusal:
        return _changed(row, refusal.message)


def _checked(row: Row, article: Article) -> Article | SetAside:
    if article.id != row["id"] or version_digest(article) != row["digest"]:
        return _changed(row, "another text is there now")
    return article


def _changed(row: Row, why: str) -> SetAside:
    return SetAside(_CHANGED, f"article {row['id']!r} cannot be read as it was when the archive was made: {why}")  # fmt: skip
