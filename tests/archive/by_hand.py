"""The stages before ``settle`` by hand, in this process: what they write, made with the functions that one file goes through."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from marsad.archive.fingerprints import code_of
from marsad.archive.folder import Folder, Parts, read_part
from marsad.archive.packing import packed
from marsad.archive.plan import Plan
from marsad.archive.schema import schema_of
from marsad.archive.stages import stage_of
from marsad.archive.task import Record, Task
from marsad.archive.work import done
from marsad.articles import Signed, copies, sign
from marsad.incidents import Verdicts, episodes, home_of, testimonies
from marsad.run.reconciling import load_knowledge


def read_by_hand(root: Path, shards):
    """The records of ``read`` and ``families`` for shards of articles with claims."""
    folder, known = Folder(root), load_knowledge()
    seen, signed, lands, left_out = set(), [], {}, set()
    records = []
    for number, shard in enumerate(shards):
        with Parts(folder, Task(stage="read", name=f"shard-{number}", given={})) as parts:
            for table in ("read_articles", "read_claims", "read_episodes", "set_aside"):
                parts.write(table, ())
            for row, (article, claims) in enumerate(shard):
                told = testimonies(article, claims, known)
                parts.write("read_articles", [_article(article, claims, (parts.task.name, row))])
                parts.write("read_claims", [{"id": one.id, "article": article.id, "number": n, "data": ""} for n, one in enumerate(claims)])  # fmt: skip
                parts.write("read_episodes", map(_episode, episodes(told, Verdicts([]))))
                if article.id in seen:
                    left_out.add((number, row))
                    continue
                seen.add(article.id)
                lands[article.id] = Counter(one.place.country for one in told if one.place and one.place.country)  # fmt: skip
                signed.append(Signed(article=article.id, signature=sign(article.text), outlet=article.outlet, published=article.published))  # fmt: skip
            records.append(parts.record())
            folder.commit(records[-1])
    copied = copies(signed, lambda name: bool((outlet := known.outlet(name)) and outlet.agency))
    homes = {}
    for article, copy in copied.items():
        homes.setdefault(copy.family, Counter()).update(lands[article])
    with Parts(folder, Task(stage="families", name="all", given={})) as parts:
        for number, shard in enumerate(shards):
            rows = [
                _family((f"shard-{number}", row, article.id), copied.get(article.id), homes, left_out=(number, row) in left_out)
                for row, (article, _) in enumerate(shard)
                if article.id in copied or (number, row) in left_out
            ]  # fmt: skip
            parts.write_whole("families", f"shard-{number}", _table("families", rows))
        told = {f"shard-{number}": number for number in range(len(shards))}
        families = parts.record(told=told)
    return {"read": records, "families": [families]}


def _table(name, rows):
    return pa.Table.from_pylist(rows, schema=schema_of(name))


def _article(article, claims, at):
    shard, row = at
    return {"id": article.id, "outlet": article.outlet, "published": article.published, "title": article.title, "shard": shard, "piece": row,
            "place": f"{shard}:{row}", "claims": len(claims), "text": article.text, "extra": json.dumps(article.extra)}  # fmt: skip


def _episode(scene):
    return {"article": scene.told[0].article, "group": scene.group, "country": scene.spot.country if scene.spot else "", "period": scene.period,
            "day": scene.when.start.toordinal() if scene.when.start else None, "claims": len(scene.told), "data": packed(scene.told)}  # fmt: skip


def _family(at, copy, homes, *, left_out):
    shard, row, identity = at
    if left_out or copy is None:
        return {"shard": shard, "row": row, "id": identity, "left_out": True}
    return {"shard": shard, "row": row, "id": identity, "family": copy.family, "copy_of": copy.of or None, "known": copy.known,
            "home": home_of(homes[copy.family]), "left_out": False}  # fmt: skip


def make(
    root: Path, shards, settings, names=("settle", "reconcile", "stitch", "control")
) -> dict[str, list[Record]]:
    """The records of all stages after it, each task done in this process."""
    plan = Plan(folder=str(root), inputs=(), settings=settings)
    records = read_by_hand(root, shards)
    for name in names:
        todo = [
            replace(task, code=code_of(name), folder=str(root))
            for task in stage_of(name).tasks(plan, records)
        ]
        records[name] = [done(task) for task in todo]
    return records


def rows_of(root, records, table, *stages):
    """The rows of a table, as some stages wrote them."""
    return [
        row
        for stage in stages
        for record in records[stage]
        for part in record.of(table)
        for batch in read_part(Folder(root), part)
        for row in batch.to_pylist()
    ]
