"""What an article costs as an archive grows: processor seconds of the stages after reading, from 1,000 to 1,000,000 claims.

    python bench/flat.py                             1,000 to 1,000,000 claims
    python bench/flat.py --claims 1000 100000        other sizes
    python bench/flat.py --read claims.jsonl         the corpus read before with `marsad read`, to save that time

The claims are those of bench/reconcile.py: the corpus read once, and copies of it that are moved to other days and places. Reading an article costs the same however
many others there are, so it is left out; what it writes is written here from the claims. All stages from ``order`` on are done in this process, one task after the other.
"""

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from marsad.archive.fingerprints import code_of
from marsad.archive.folder import Folder, Parts
from marsad.archive.packing import packed
from marsad.archive.plan import Plan, Settings
from marsad.archive.schema import GROUPS
from marsad.archive.stages import STAGES, stage_of
from marsad.archive.task import Record, Task
from marsad.archive.work import done
from marsad.articles import sign
from marsad.incidents import Known, Scene, Verdicts, episodes, testimonies
from marsad.model import Article, Claim
from marsad.run.claim_rows import article_with_claims
from marsad.run.pipeline import load_kit
from marsad.run.reconciling import load_knowledge
from reconcile import corpus, resampled

GOAL = "goal: processor seconds per claim within 25 % of each other"
SIZES = (1_000, 10_000, 100_000, 300_000, 1_000_000)
SHARD = 5_000
"""Articles in a shard."""

Read = tuple[Article, list[Claim]]
Row = dict[str, Any]


def shards(source: Path, size: int) -> Iterator[list[Read]]:
    """Articles with that many claims in all, shard by shard."""
    rows = resampled(source, size)
    while held := [
        (article, list(claims)) for article, claims in map(article_with_claims, islice(rows, SHARD))
    ]:
        yield held


def read(folder: Folder, name: str, articles: Iterable[Read], known: Known) -> Record:
    """The record of ``read`` for a shard, with the tables that the stages after it read."""
    with Parts(folder, Task(stage="read", name=name, given={})) as parts:
        for table in ("read_articles", "read_claims", "read_episodes"):
            parts.write(table, ())
        for held in batches(articles, 500):
            told = [testimonies(article, claims, known) for article, claims in held]
            parts.write("read_articles", map(article_row, held, told))
            parts.write("read_claims", (row for pair in held for row in claim_rows(pair)))
            parts.write(
                "read_episodes", (episode_row(scene) for one in told for scene in episodes(one, Verdicts([])))
            )
        return parts.record(counts={"articles": 0, "claims": 0})


def batches(items: Iterable[Read], many: int) -> Iterator[list[Read]]:
    """Items, so many at once."""
    rest = iter(items)
    while held := list(islice(rest, many)):
        yield held


def article_row(pair: Read, told: list[Any]) -> Row:
    """An article as ``read_articles`` has it."""
    article, claims = pair
    signature = sign(article.text)
    lands = Counter(one.place.country for one in told if one.place and one.place.country)
    wide = len(signature.digest) // GROUPS
    groups = {f"s{n}": signature.digest[n * wide : (n + 1) * wide] or None for n in range(GROUPS)}
    return {
        "id": article.id,
        "outlet": article.outlet,
        "published": article.published,
        "title": article.title,
        "claims": len(claims),
        "lands": json.dumps(lands),
        "runs": signature.runs,
        **groups,
    }


def claim_rows(pair: Read) -> Iterator[Row]:
    """The claims of an article as ``read_claims`` has them, without what no stage looks at."""
    article, claims = pair
    return ({"id": one.id, "article": article.id, "number": n, "event": one.event} for n, one in enumerate(claims))  # fmt: skip


def episode_row(scene: Scene) -> Row:
    """An episode as ``read_episodes`` has it."""
    return {
        "article": scene.told[0].article,
        "group": scene.group,
        "country": scene.spot.country if scene.spot else "",
        "day": scene.when.start.toordinal() if scene.when.start else None,
        "period": scene.period,
        "claims": len(scene.told),
        "data": packed(scene.told),
    }


def spent(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and its processor seconds."""
    began = time.process_time()
    return work(), time.process_time() - began


def measured(source: Path, size: int, at_once: int) -> tuple[int, dict[str, float]]:
    """Claims, and processor seconds by stage."""
    root = Path(tempfile.mkdtemp(prefix="flat."))
    try:
        folder, known = Folder(root), load_knowledge()
        plan = Plan(folder=str(root), inputs=(), settings=Settings(claims_at_once=at_once))
        records: dict[str, list[Record]] = {"cut": []}
        records["read"] = [
            read(folder, f"shard-{number:05}", held, known)
            for number, held in enumerate(shards(source, size))
        ]
        seconds = {}
        for name in list(STAGES)[2:]:
            records[name], seconds[name] = spent(lambda name=name: stage(name, plan, records))
        return sum(record.counts["claims"] for record in records["settle"]), seconds
    finally:
        shutil.rmtree(root)


def stage(name: str, plan: Plan, records: dict[str, list[Record]]) -> list[Record]:
    """Plan a stage and do it."""
    tasks = stage_of(name).tasks(plan, records)
    return [done(replace(task, code=code_of(name), folder=plan.folder)) for task in tasks]


def main() -> None:
    """Measure each size and print the curve."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, nargs="+", default=SIZES, metavar="N", help="sizes")
    parser.add_argument("--read", metavar="FILE", help="output of `marsad read` over the corpus")
    parser.add_argument("--at-once", type=int, default=Settings().claims_at_once, help="claims in a task")
    asked = parser.parse_args()
    source = corpus(asked.read)
    load_kit()
    names = list(STAGES)[2:]
    print(GOAL)
    print(f"{'claims':>10} {'ms/claim':>9} {'MB':>6}  " + " ".join(f"{name:>9}" for name in names))
    for size in asked.claims:
        claims, seconds = measured(source, size, asked.at_once)
        each = [1000 * seconds[name] / claims for name in names]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{claims:>10,} {sum(each):>9.3f} {peak:>6,}  " + " ".join(f"{one:>9.3f}" for one in each),
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
