"""What an archive takes, on 100,000 articles that are no copies of each other: speed beside bare single processes, memory, what the port adds, unit costs.

    python bench/archive.py                          100,000 articles on 2 processes; two hours of processor
    python bench/archive.py --articles 5000          fewer, for trying
    python bench/archive.py --plan                   what was measured last, as the tables of docs/explanation/internet-scale.md
    python bench/archive.py --write                  the same, written into that page

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
from marsad.archive import Folder
from marsad.archive.task import Part
from shared import MARSAD, OUT, ROOT, need_shared

GOALS = "goals: 90 % of the sum of bare single-process speeds, under 400 MB a worker, the port under 3 %"
_BARE = Path(__file__).with_name("archive_bare.py")
_FOLDER = OUT / "archive"
_PAGE = ROOT / "docs" / "explanation" / "internet-scale.md"
_BEGIN, _END = "<!-- python bench/archive.py --write: begin -->", "<!-- end -->"
_SHARDS_A_PROCESS = 12
_LARGEST_SHARD, _SMALLEST_SHARD = 4 << 20, 1 << 20


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
    command = _command(source, folder, jobs)
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


def some_of(source: Path, folder: Path, sample: int) -> Path:
    """A file of the articles of some shards."""
    chosen: list[Part] = []
    for record in Folder(folder).records("read").values():
        if sum(part.rows for part in chosen) < sample:
            chosen += record.of("read_articles")
    names = {name for part in chosen for name in _ids(folder / part.path)}
    beside = _FOLDER / "sample.jsonl"
    with source.open("rb") as lines, beside.open("wb") as out:
        out.writelines(line for line in lines if json.loads(line)["id"] in names)
    return beside


def _ids(path: Path) -> Iterable[str]:
    from pyarrow import parquet

    found: list[str] = parquet.read_table(path, columns=["id"]).column("id").to_pylist()
    return found


def bare(file: Path, level: str, at_once: int) -> Bare:
    """Run the bare functions in some processes at once, each on the same articles."""
    command = [sys.executable, str(_BARE), str(file), level]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, env=_one_thread()) for _ in range(at_once)]
    answers = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        sys.exit(f"{' '.join(command)} failed")
    return Bare(level=level, each=[json.loads(answer) for answer in answers])


def port(sample: Path) -> tuple[float, float]:
    """Processor seconds of an article in the stage ``read`` of one worker, and in a bare process: both from their start, on the same articles and at the same time, so that what
    else the machine does slows both."""
    folder = _FOLDER / "port"
    shutil.rmtree(folder, ignore_errors=True)
    worker = subprocess.Popen(_command(sample, folder, 1), stderr=subprocess.DEVNULL)
    alone = subprocess.run([sys.executable, str(_BARE), str(sample), "rows", "cold"], stdout=subprocess.PIPE, env=_one_thread(), check=True)  # fmt: skip
    if worker.wait() not in (0, 3):
        sys.exit("marsad archive run failed on the sample")
    found = json.loads(alone.stdout)
    processor = sum(record.cost["processor"] for record in Folder(folder).records("read").values())
    shutil.rmtree(folder)
    return processor / found["articles"], found["process"] / found["articles"]


def _one_thread() -> dict[str, str]:
    return {"OMP_NUM_THREADS": "1", **os.environ}


def _command(source: Path, folder: Path, jobs: int) -> list[str]:
    size = source.stat().st_size // (jobs * _SHARDS_A_PROCESS)
    shard = max(_SMALLEST_SHARD, min(_LARGEST_SHARD, size))
    return [*MARSAD, "archive", "run", str(source), str(folder), "--jobs", str(jobs), "--shard-size", str(shard)]  # fmt: skip


def report(ran: Ran, costs: dict[str, Any], alone: Sequence[Bare], together: Sequence[Bare], pair: tuple[float, float]) -> None:  # fmt: skip
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
    goal("the port: processor of `read` over bare `rows`", 100 * (pair[0] / pair[1] - 1), "%", "< 3")
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
    sample = some_of(source, folder, options.sample)
    levels = ("claims", "read", "rows", "whole")
    alone = [bare(sample, level, 1) for level in levels]
    together = [bare(sample, level, options.jobs) for level in levels]
    pair = port(sample)
    report(ran, costs, alone, together, pair)
    kept = {"ran": _plain(ran), "costs": costs, "port": pair, "alone": [asdict(one) for one in alone], "together": [asdict(one) for one in together]}  # fmt: skip
    _kept(options.articles).write_text(json.dumps(kept, indent=1), encoding="utf-8")
    if not options.keep:
        shutil.rmtree(folder)


def _plain(ran: Ran) -> dict[str, Any]:
    memory = {name: getattr(ran.memory, name) for name in ("tree", "driver", "worker")}
    return {"articles": ran.articles, "jobs": ran.jobs, "seconds": ran.seconds, "stages": ran.stages, "memory": memory}  # fmt: skip


def _kept(articles: int) -> Path:
    return _FOLDER / f"figures-{articles}.json"


def fill(tables: str) -> None:
    """Put the tables into the page, in the place of those that stand there."""
    before, begin, rest = _PAGE.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    _PAGE.write_text(f"{before}{begin}\n\n{tables}\n\n{end}{after}", encoding="utf-8")


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
    parser.add_argument("--write", action="store_true", help="put them into the page, too")
    options = parser.parse_args()
    need_shared()
    if options.plan or options.write:
        tables = plan_of(json.loads(_kept(options.articles).read_text(encoding="utf-8"))["costs"])
        print(tables)
        if options.write:
            fill(tables)
    else:
        measure(options)


if __name__ == "__main__":
    main()
