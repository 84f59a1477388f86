"""The articles of a finished archive with their claims and the ids of their incidents, as the lines of ``marsad read`` have them: what a project takes in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marsad.archive.folder import Folder
from marsad.archive.manifest import manifest_of
from marsad.archive.plan import Plan
from marsad.archive.query import ask, opened
from marsad.archive.texts import articles_behind
from marsad.errors import SetAside
from marsad.model import Article
from marsad.model.jsonl import article_to_json

_LINES = """
WITH chosen AS (SELECT * FROM articles WHERE {conditions}),
said AS (
    SELECT c.article, list({{'data': c.data, 'incident': i.incident}} ORDER BY c.number) AS told
    FROM claims c LEFT JOIN incident_claims i ON i.claim = c.id
    WHERE c.article IN (SELECT id FROM chosen) GROUP BY c.article
)
SELECT {columns}, said.told FROM chosen LEFT JOIN said ON said.article = chosen.id ORDER BY chosen.shard, chosen.piece
"""
_COLUMNS = ("id", "outlet", "published", "title", "url", "place", "shard", "piece", "digest", "extra", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which articles: published from one day to another, with a claim in a country; all if nothing is said. One without a day is in no stretch of days."""

    since: str | None = None
    until: str | None = None
    country: str | None = None


def count_of(folder: Folder, wanted: Wanted, memory: int) -> int:
    """How many articles are wanted.

    Raises:
        InputError: there is no finished archive.
    """
    conditions, values = _conditions(wanted)
    with opened(folder, memory) as connection:
        answer = ask(connection, f"SELECT count(*) FROM articles WHERE {conditions}", values)
        return int(next(answer.rows)[0])


def lines_of(
    folder: Folder, wanted: Wanted, memory: int
) -> Iterator[tuple[str, Mapping[str, Any] | SetAside]]:
    """Where each article was read, and its line; or why there is none, where its text cannot be had.

    Args:
        folder: The archive.
        wanted: Which articles.
        memory: Megabytes that putting them in order may take.

    Raises:
        InputError: there is no finished archive.
        Damaged: files of it are missing.
    """
    manifest = manifest_of(folder)
    plan = Plan.from_json(manifest["plan"], str(folder.root))
    reader = manifest.get("reader") or f"marsad {manifest['marsad']}"
    conditions, values = _conditions(wanted)
    sql = _LINES.format(conditions=conditions, columns=", ".join(f"chosen.{name}" for name in _COLUMNS))
    with opened(folder, memory) as connection:
        answer = ask(connection, sql, values)
        rows = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
        for row, article in articles_behind(plan, folder, rows):
            yield row["place"], article if isinstance(article, SetAside) else _line(row, article, reader)  # fmt: skip


def _conditions(wanted: Wanted) -> tuple[str, list[str]]:
    """What a row of ``articles`` must fulfil, and the values in it."""
    asked = {
        "published >= ?": wanted.since,
        "published[1:10] <= ?": wanted.until,
        "id IN (SELECT article FROM claims WHERE country = ?)": wanted.country,
    }
    given = {condition: value for condition, value in asked.items() if value}
    return " AND ".join(given) or "true", list(given.values())


def _line(row: Mapping[str, Any], article: Article, reader: str) -> dict[str, Any]:
    claims = [{**json.loads(one["data"]), "incident": one["incident"]} for one in row["told"] or ()]
    return {**article_to_json(article, (), reader), "claims": claims}
