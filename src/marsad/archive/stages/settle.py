"""Stage ``settle``: articles learn what they are copies of, a later article of an id that came before is left out, and episodes go to blocks.

One task for each shard that was read. Testimonies pass through as they are, but for those of articles that have copies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from marsad.archive.blocks_episodes import digest_of
from marsad.archive.folder import Folder, Parts, read_part
from marsad.archive.packing import packed, testimonies_of
from marsad.archive.plan import Plan
from marsad.archive.schema import schema_of
from marsad.archive.slicing import PERIOD, UNDATED, Cells
from marsad.archive.stages import Done
from marsad.archive.task import Part, Record, Task
from marsad.errors import Damaged
from marsad.incidents import Scene, Verdicts, block_key, episodes, home_of

Row = dict[str, Any]
_AT_ONCE = 512


def tasks(plan: Plan, done: Done) -> list[Task]:
    """One for each task of ``read``; it depends on what that wrote and on the families of that shard alone."""
    families = families_by_shard(done)
    return [_task(record, families[record.name], text=plan.settings.text) for record in done["read"]]


def families_by_shard(done: Done) -> dict[str, Part]:
    """The file of each shard's families."""
    return {shard: record.parts[index] for record in done["families"] for shard, index in record.told.items()}


def _task(read: Record, families: Part, *, text: bool) -> Task:
    parts = [*(read.of(table)[0] for table in ("read_articles", "read_claims", "read_episodes")), families]
    return Task(
        stage="settle",
        name=read.name,
        given={"text": text},
        depends=tuple(f"{part.table} {part.sha256}" for part in parts),
        reads=tuple(part.path for part in parts),
    )


@dataclass(frozen=True, slots=True)
class _Article:
    """What is known of an article by its row: its id, how many claims it has, and its row of families, if it has one."""

    id: str
    claims: int
    family: Row

    @property
    def kept(self) -> bool:
        return not self.family.get("left_out")

    @property
    def copied(self) -> Row:
        """Its columns as ``articles`` has them."""
        of = self.family
        return {"family": of.get("family"), "copy_of": of.get("copy_of") or None, "copy_known": of.get("known") if of else None}  # fmt: skip


def run(task: Task, folder: Folder) -> Record:
    """Do a shard: tables ``articles``, ``claims``, ``copies``, ``set_aside``, ``episodes`` and ``cells``.

    Raises:
        Damaged: articles, claims and episodes do not fit each other.
    """
    read_articles, read_claims, read_episodes, families = task.reads
    known = {row["row"]: row for batch in read_part(folder, families) for row in batch.to_pylist()}
    articles = list(_articles(folder, read_articles, known))
    cells = Cells()
    with Parts(folder, task) as parts:
        for table in ("articles", "claims", "copies", "set_aside"):
            parts.write(table, ())
        _write_articles(parts, folder, (read_articles, articles, task.given["text"]))
        _write_claims(parts, folder, (read_claims, articles))
        _write_episodes(parts, _episodes_of(folder, read_episodes, articles), cells)
        parts.write("cells", cells.rows())
        return parts.record(counts=_counts(articles))


def _articles(folder: Folder, path: str, known: dict[int, Row]) -> Iterator[_Article]:
    number = 0
    for batch in read_part(folder, path, ("id", "claims")):
        for row in batch.to_pylist():
            yield _Article(row["id"], row["claims"], known.get(number, {}))
            number += 1


def _counts(articles: list[_Article]) -> dict[str, int]:
    counts: Counter[str] = Counter(articles=0, claims=0, articles_left_out=0, claims_left_out=0)
    for one in articles:
        end = "" if one.kept else "_left_out"
        counts[f"articles{end}"] += 1
        counts[f"claims{end}"] += one.claims
    return dict(counts)


def _write_articles(parts: Parts, folder: Folder, of: tuple[str, list[_Article], bool]) -> None:
    """The articles that are kept with what they are copies of, and the others among those set aside."""
    import pyarrow as pa  # type: ignore[import-untyped]

    path, articles, text = of
    schema = schema_of("articles")
    columns = [name for name in schema.names if name not in _OF_FAMILY and (text or name != "text")]
    start = 0
    for batch in read_part(folder, path, columns, _AT_ONCE):
        here = articles[start : start + batch.num_rows]
        start += batch.num_rows
        kept = pa.array([one.kept for one in here], pa.bool_())
        table = pa.Table.from_batches([batch]).filter(kept)
        copied = pa.Table.from_pylist([one.copied for one in here if one.kept], _copied_schema())
        for name in _OF_FAMILY:
            table = table.append_column(schema.field(name), copied.column(name))
        if not text:
            table = table.append_column(schema.field("text"), pa.nulls(table.num_rows, pa.string()))
        parts.write_table("articles", table.select(schema.names))
        if len(here) > table.num_rows:
            again = pa.Table.from_batches([batch]).select(["id", "place", "shard", "piece"]).filter(pa.compute.invert(kept))  # fmt: skip
            parts.write("set_aside", map(_set_aside, again.to_pylist()))
    parts.write("copies", (_copy(one) for one in articles if one.kept and one.family))


_OF_FAMILY = ("family", "copy_of", "copy_known")


def _copied_schema() -> Any:  # noqa: ANN401 (pyarrow has no types)
    import pyarrow as pa

    schema = schema_of("articles")
    return pa.schema([schema.field(name) for name in _OF_FAMILY])


def _set_aside(row: Row) -> Row:
    return {
        "place": row["place"],
        "reason": "duplicate_id",
        "message": f"an article with the id {row['id']!r} came before it",
        "shard": row["shard"],
        "piece": row["piece"],
    }


def _copy(one: _Article) -> Row:
    copied = one.copied
    return {"article": one.id, "family": copied["family"], "copy_of": copied["copy_of"], "known": copied["copy_known"]}  # fmt: skip


def _write_claims(parts: Parts, folder: Folder, of: tuple[str, list[_Article]]) -> None:
    """The claims of articles that are kept: claims lie in the order of their articles."""
    import pyarrow as pa

    path, articles = of
    kept = pa.array([one.kept for one in articles for _ in range(one.claims)], pa.bool_())
    start = 0
    for batch in read_part(folder, path):
        here = kept[start : start + batch.num_rows]
        start += batch.num_rows
        if len(here) == batch.num_rows:
            parts.write_table("claims", pa.Table.from_batches([batch]).filter(here))
    if start != len(kept):
        raise Damaged(f"{folder.path(path)}: it holds {start:,} claims, and its articles {len(kept):,}")


def _episodes_of(folder: Folder, path: str, articles: list[_Article]) -> Iterator[Row]:
    """The episodes of articles that are kept, each with its block."""
    rows = (row for batch in read_part(folder, path) for row in batch.to_pylist())
    for one in articles:
        held, claims = [], 0
        while claims < one.claims:
            row = next(rows, None)
            if row is None or row["article"] != one.id:
                raise Damaged(f"{folder.path(path)}: episodes of the article {one.id!r} are missing")
            held.append(row)
            claims += row["claims"]
        if one.kept:
            yield from _placed(one, held)


def _placed(article: _Article, held: list[Row]) -> Iterator[Row]:
    """The episodes of an article with their blocks: what has no country goes where most of its article's goes, or of all copies of it."""
    family = article.family.get("family")
    before = (article.family.get("copy_of") or "") if article.family.get("known") else ""
    if family:
        held = _anew(held, family, before)
    home = article.family.get("home") or home_of(Counter(row["country"] for row in held if row["country"]))
    for row in held:
        yield {
            "block": block_key(row["group"], row["country"] or "", home),
            "slot": _slot(row),
            "article": article.id,
            "family": family,
            "copy_of": before or None,
            "claims": row["claims"],
            "data": row["data"],
        }


def _anew(held: list[Row], family: str, before: str) -> list[Row]:
    """The episodes of an article that has copies: claims of one family fit each other better, so they may make other episodes than without it."""
    told = [
        replace(one, family=family, copy_of=before) for row in held for one in testimonies_of(row["data"])
    ]
    return [_episode(scene) for scene in episodes(sorted(told, key=lambda one: one.number), Verdicts([]))]


def _episode(scene: Scene) -> Row:
    return {
        "group": scene.group,
        "country": scene.spot.country if scene.spot else "",
        "day": scene.when.start.toordinal() if scene.when.start else None,
        "period": scene.period,
        "claims": len(scene.told),
        "data": packed(scene.told),
    }


def _slot(row: Row) -> int:
    if row["period"]:
        return PERIOD
    return UNDATED if row["day"] is None else int(row["day"])


def _write_episodes(parts: Parts, episodes: Iterator[Row], cells: Cells) -> None:
    held = list(episodes)
    for row in held:
        cells.add(row["block"], row["slot"], row["claims"], digest_of(row))
    held.sort(key=lambda row: (row["block"], row["slot"], row["article"]))
    parts.write("episodes", ())
    for start in range(0, len(held), _AT_ONCE * 8):
        parts.write("episodes", held[start : start + _AT_ONCE * 8])
