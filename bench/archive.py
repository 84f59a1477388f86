"""What an archive takes, on 100,000 articles that are no copies of each other: speed beside bare single processes, memory, what the port adds, unit costs.

    python bench/archive.py                          100,000 articles on 2 processes; two hours of processor
    python bench/archive.py --articles 5000          fewer, for trying
    python bench/archive.py --articles 5000 --plan   what was measured last at that size, as the tables of docs/explanation/internet-scale.md

The articles are made of ../shared/corpus/bench.jsonl.gz (`archive_articles`). `marsad archive run` reads all of them; then the bare functions (`archive_bare`)
are run on the articles of some of its shards, the very ones, in one process and in as many at once as the archive had, because two processes share caches and memory.
Other work on the machine makes wall-clock figures wrong and those of the processor less so: look at the load that is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archive_articles import made
from archive_memory import Memory, watched
from archive_plan import plan_of, unit_costs
from shared import MARSAD, OUT, need_shared

GOALS = "goals: 90 % of the sum of bare single-process speeds, under 400 MB a worker, the port under 3 %"
_BARE = Path(__file__).with_name("archive_bare.py")
_FOLDER = OUT / "archive"
_SHARDS_A_PROCESS = 12
_LARGEST_SHARD, _SMALLEST_SHARD = 64 << 20, 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run of the command: wall seconds of all and of each stage, and its memory."""

    articles: int
    jobs: int
    seconds: float
    stages: dict[str, float]
    memory: Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """Bare processes at one level: each one's articles, claims, seconds, processor and megabytes."""

    level: str
    each: list[dict[str, float]]

    @property
    def rate(self) -> float:
        """Articles a second of all of them together."""
        return sum(one["articles"] / one["seconds"] for one in self.each)

    @property
    def cost(self) -> float:
        """Processor seconds of an article."""
        return sum(one["processor"] for one in self.each) / sum(one["articles"] for one in self.each)


def run(source: Path, folder: Path, count: int, jobs: int) -> Ran:
    """Make an archive of a file, from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    size = source.stat().st_size // (jobs * _SHARDS_A_PROCESS)
    shard = max(_SMALLEST_SHARD, min(_LARGEST_SHARD, size))
    command = [*MARSAD, "archive", "run", str(source), str(folder), "--jobs", str(jobs), "--every-article", "--shard-size", str(shard)]  # fmt: skip
    began = time.perf_counter()
    process = subprocess.Popen(command)
    with watched(process.pid) as memory:
        code = process.wait()
    seconds = time.perf_counter() - began
    if code not in (0, 3):
        sys.exit(f"{' '.join(command)} ended with {code}")
    return Ran(articles=count, jobs=jobs, seconds=seconds, stages=_stages(folder), memory=memory)


def _stages(folder: Path) -> dict[str, float]:
    """Wall seconds of each stage, from the driver's own notes."""
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    names = list(told["stages"])
    begins = [told["stages"][name]["began"] for name in names]
    ends = [*begins[1:], told["ended"]]
    return {name: end - begin for name, begin, end in zip(names, begins, ends, strict=True)}


def some_of(source: Path, folder: Path, sample: int) -> tuple[Path, float]:
    """A file of the articles of some shards that were read when their process was warm, and what the stage took for one of them."""
    from marsad.archive import Folder

    records = Folder(folder).records("read")
    order = sorted(records.values(), key=lambda one: (folder / "manifest" / "read" / f"{one.name}.json").stat().st_mtime_ns)  # fmt: skip
    warm = order[len(order) // 4 :]
    chosen, articles = [], 0
    for record in sorted(warm, key=lambda one: one.name):
        if articles < sample:
            chosen.append(record)
            articles += record.counts["pieces"]
    names = {name for record in chosen for part in record.of("read_articles") for name in _ids(folder / part.path)}  # fmt: skip
    beside = _FOLDER / "sample.jsonl"
    with source.open("rb") as lines, beside.open("wb") as out:
        out.writelines(line for line in lines if json.loads(line)["id"] in names)
    processor = sum(record.cost["processor"] for record in chosen)
    return beside, processor / sum(record.counts["articles"] for record in chosen)


def _ids(path: Path) -> Iterable[str]:
    from pyarrow import parquet

    found: list[str] = parquet.read_table(path, columns=["id"]).column("id").to_pylist()
    return found


def bare(file: Path, level: str, at_once: int) -> Bare:
    """Run the bare functions in some processes at once, each on the same articles."""
    command = [sys.executable, str(_BARE), str(file), level]
    environment = {"OMP_NUM_THREADS": "1", **os.environ}
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(at_once)]
    answers = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        sys.exit(f"{' '.join(command)} failed")
    return Bare(level=level, each=[json.loads(answer) for answer in answers])


def report(ran: Ran, costs: dict[str, Any], alone: Sequence[Bare], together: Sequence[Bare], shard: float) -> None:  # fmt: skip
    """Print what was measured beside the goals."""
    print(f"\nmarsad archive run, {ran.articles:,} articles, {ran.jobs} processes: {ran.seconds:.0f} s, {ran.articles / ran.seconds:.1f} articles/s")  # fmt: skip
    for name, seconds in ran.stages.items():
        print(f"  {name:12} {seconds:9.1f} s {costs['stages'][name]['ms']:9.3f} ms of processor an article")
    print(f"\n{'bare functions':16} {'articles/s alone':>18} {'times ' + str(ran.jobs):>10} {'at once':>10} {'ms, alone':>10} {'ms, at once':>12} {'MB':>6}")  # fmt: skip
    for one, many in zip(alone, together, strict=True):
        megabytes = max(each["megabytes"] for each in many.each)
        print(f"{one.level:16} {one.rate:18.1f} {ran.jobs * one.rate:10.1f} {many.rate:10.1f} {1000 * one.cost:10.3f} {1000 * many.cost:12.3f} {megabytes:6.0f}")  # fmt: skip
    reading = ran.articles / ran.stages["read"]
    print()
    goal("the stage read, of bare `rows` at once", 100 * reading / _of(together, "rows").rate, "%", ">= 90")
    goal("  of bare `rows` alone, times processes", 100 * reading / ran.jobs / _of(alone, "rows").rate, "%", ">= 90")  # fmt: skip
    goal("the whole run, of bare `whole` at once", 100 * ran.articles / ran.seconds / _of(together, "whole").rate, "%", ">= 90")  # fmt: skip
    goal("  of bare `whole` alone, times processes", 100 * ran.articles / ran.seconds / ran.jobs / _of(alone, "whole").rate, "%", ">= 90")  # fmt: skip
    port = 100 * (shard / _of(together, "rows").cost - 1)
    goal("the port: processor of `read` over bare `rows`", port, "%", "< 3")
    goal("memory of a worker with its reader", ran.memory.worker, "MB", "< 400")
    goal("  of the whole tree, by processes", ran.memory.tree / ran.jobs, "MB", "< 400")
    goal("  of the driver", ran.memory.driver, "MB", "")


def _of(several: Sequence[Bare], level: str) -> Bare:
    return next(one for one in several if one.level == level)


def goal(label: str, value: float, unit: str, wanted: str) -> None:
    """Print a figure beside what it is to reach."""
    print(f"{label:48} {value:9.1f} {unit:3} {f'(goal {wanted})' if wanted else ''}", flush=True)


def measure(options: argparse.Namespace) -> None:
    """Make the articles, archive them, run the bare functions, and keep the figures."""
    print(f"{GOALS}\nload of this machine before the run: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    source, folder = made(options.articles), _FOLDER / f"run-{options.articles}"
    ran = run(source, folder, options.articles, options.jobs)
    costs = unit_costs(folder, source)
    sample, shard = some_of(source, folder, options.sample)
    levels = ("claims", "read", "rows", "whole")
    alone = [bare(sample, level, 1) for level in levels]
    together = [bare(sample, level, options.jobs) for level in levels]
    report(ran, costs, alone, together, shard)
    kept = {"ran": _plain(ran), "costs": costs, "shard": shard, "alone": [asdict(one) for one in alone], "together": [asdict(one) for one in together]}  # fmt: skip
    _kept(options.articles).write_text(json.dumps(kept, indent=1), encoding="utf-8")
    if not options.keep:
        shutil.rmtree(folder)


def _plain(ran: Ran) -> dict[str, Any]:
    memory = {name: getattr(ran.memory, name) for name in ("tree", "driver", "worker")}
    return {"articles": ran.articles, "jobs": ran.jobs, "seconds": ran.seconds, "stages": ran.stages, "memory": memory}  # fmt: skip


def _kept(articles: int) -> Path:
    return _FOLDER / f"figures-{articles}.json"


def main() -> None:
    """Measure, or print what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sample", type=int, default=5_000, help="articles that the bare functions are run on")  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="keep the archive in bench/out")
    parser.add_argument("--plan", action="store_true", help="print the tables of the last run at this size")
    options = parser.parse_args()
    need_shared()
    if options.plan:
        print(plan_of(json.loads(_kept(options.articles).read_text(encoding="utf-8"))["costs"]))
    else:
        measure(options)


if __name__ == "__main__":
    main()
