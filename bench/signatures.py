"""How long the copies of an archive take to find, in how much memory, and how many of known copies are found.

    python bench/signatures.py                      1,000,000 articles, two processes
    python bench/signatures.py --articles 50000     fewer

The articles are made of invented words, signed as `marsad archive` signs them, and laid out as its stage ``read`` leaves them; then its stages ``order``, ``pairs`` and
``families`` run on processes of their own. What is known: a fifth of the articles are copies, made as outlets make them (`WAYS`), lie shards away from their originals and have
at least sixty runs of words, of which three fifths are common to both or four fifths of the shorter one's stand in the longer. Other articles have in common at most three
tenths: formulas that many of them open and close with. Right is a pair of articles in one family if they were made from one original. Needs no ``../shared``.
"""

import argparse
import resource
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from math import comb
from pathlib import Path
from random import Random
from typing import Any

from marsad.archive.engines.local import Local
from marsad.archive.fingerprints import code_of
from marsad.archive.folder import Folder, Parts, read_part
from marsad.archive.plan import Plan
from marsad.archive.schema import GROUPS
from marsad.archive.stages import stage_of
from marsad.archive.task import Record, Task
from marsad.articles import sign

GOAL = "goal: 1,000,000 in under 600 s and 2,000 MB, precision and recall of pairs at least 0.99"
SHARD = 20_000
WORDS, FORMULAS, SENTENCE = 50_000, 200, 12
FIRST_DAY = date(2015, 7, 1)
FEW = 12
COPIED, PRINTED = 0.16, 0.04
"""Share of articles that are copied from one of the last 50,000, and of one that everybody prints."""

Sentences = list[str]


def original(number: int) -> Sentences:
    """The sentences of an article that is nobody's copy."""
    chance = Random(number)
    count = chance.randrange(18, 32)
    words = [str(word) for word in chance.choices(range(WORDS), k=count * SENTENCE)]
    own = [" ".join(words[at : at + SENTENCE]) for at in range(0, len(words), SENTENCE)]
    formulas = [formula(chance.randrange(FORMULAS)) for _ in range(chance.choice([0, 0, 1, 3]))]
    return formulas[:1] + own + formulas[1:]


def formula(number: int) -> str:
    """A sentence that many articles have."""
    return " ".join(str(WORDS + number * SENTENCE + word) for word in range(SENTENCE))


def dateline(sentences: Sentences, chance: Random) -> Sentences:
    """The same with a line before it."""
    return [" ".join(str(chance.randrange(WORDS)) for _ in range(6)), *sentences]


def reordered(sentences: Sentences, chance: Random) -> Sentences:
    """The same sentences in another order."""
    return chance.sample(sentences, len(sentences))


def shortened(sentences: Sentences, chance: Random) -> Sentences:
    """Without a fifth of the sentences."""
    return [sentences[at] for at in sorted(chance.sample(range(len(sentences)), len(sentences) * 4 // 5))]


def begun(sentences: Sentences, chance: Random) -> Sentences:
    """Only its first half."""
    return sentences[: len(sentences) // 2]


WAYS: tuple[Callable[[Sentences, Random], Sentences], ...] = (dateline, reordered, shortened, begun)


def copied_from(number: int) -> int | None:
    """The number of the original that an article is a copy of."""
    chance = Random(-number - 1)
    drawn = chance.random()
    source = number // 5_000 * 5_000 if drawn < PRINTED else number - chance.randrange(1, 50_000)
    if drawn >= PRINTED + COPIED or source < 0 or source == number:
        return None
    return source if copied_from(source) is None else None


def row(number: int, per_day: int) -> dict[str, Any]:
    """An article as it was read."""
    source = copied_from(number)
    root = number if source is None else source
    chance = Random(number + 7)
    sentences = original(root)
    if source is not None:
        sentences = chance.choice(WAYS)(sentences, chance)
    signature = sign(" . ".join(sentences))
    day = FIRST_DAY + timedelta(days=root // per_day + (source is not None and chance.randrange(2)))
    size = len(signature.digest) // GROUPS
    pieces = {f"s{group}": signature.digest[group * size : (group + 1) * size] for group in range(GROUPS)}
    name = f"{root:09}.{number:09}"
    return {"id": name, "outlet": f"outlet {number % 997}", "published": day.isoformat(), "runs": signature.runs, "lands": '{"SY":1}', **pieces}  # fmt: skip


def shard(root: str, number: int, count: int) -> str:
    """Make one shard; its record as a line."""
    task = Task(stage="read", name=f"shard-{number:05}", given={})
    numbers = range(number * SHARD, min(count, (number + 1) * SHARD))
    with Parts(Folder(Path(root)), task) as parts:
        parts.write("read_articles", (row(one, max(1, count // 365)) for one in numbers))
        return parts.record(counts={"articles": len(numbers)}).to_json()


class Memory:
    """The most memory that this process and all under it take, as they share it (PSS): files that are mapped are counted apart."""

    def __init__(self) -> None:
        self.most, self.own = 0, 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.25):
            taken = [megabytes(process) for process in tree(Path("/proc/self").resolve().name)]
            self.most = max(self.most, sum(whole for whole, _ in taken))
            self.own = max(self.own, sum(own for _, own in taken))


def tree(process: str) -> Iterator[str]:
    """A process and all that it began."""
    yield process
    for listed in Path("/proc", process, "task").glob("*/children"):
        for child in listed.read_text().split():
            yield from tree(child)


def megabytes(process: str) -> tuple[int, int]:
    """What a process takes, and what of it is no file."""
    try:
        lines = Path("/proc", process, "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    told = dict(line.split()[:2] for line in lines[1:])
    return int(told["Pss:"]) // 1024, int(told["Pss_Anon:"]) // 1024


def stages(root: Path, read: Sequence[Record], jobs: int) -> dict[str, Sequence[Record]]:
    """Run the three stages, and print what each took."""
    plan = Plan(folder=str(root), inputs=())
    records: dict[str, Sequence[Record]] = {"read": read}
    with Local(jobs) as engine:
        for name in ("order", "pairs", "families"):
            tasks = [replace(task, code=code_of(name), folder=str(root)) for task in stage_of(name).tasks(plan, records)]  # fmt: skip
            began = time.perf_counter()
            with Memory() as memory:
                found = {record.name: record for record in engine.each(tasks) if isinstance(record, Record)}
            records[name] = [found[task.name] for task in tasks]
            processor = sum(record.cost["processor"] for record in records[name])
            print(f"{name:9} {time.perf_counter() - began:7.1f} s  {processor:7.1f} processor s  {memory.most:6,} MB, without mapped files {memory.own:,} MB")  # fmt: skip
    return records


def judged(root: Path, families: Record, count: int) -> None:
    """Print the precision and recall of pairs."""
    found: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for part in families.parts:
        for batch in read_part(Folder(root), part, ["id", "family"]):
            ids, names = (column.to_pylist() for column in batch.columns)
            found.update(names)
            both.update(zip(names, (one[:9] for one in ids), strict=True))
    made = Counter(number if (source := copied_from(number)) is None else source for number in range(count))
    shown("all pairs", both, found, made)
    few = {name for name, size in both.items() if made[int(name[1])] <= FEW}
    shown(
        f"pairs of originals with at most {FEW} printings",
        {name: size for name, size in both.items() if name in few},
        {name: found[name] for name in {name for name, _ in few}},
        {root: size for root, size in made.items() if size <= FEW},
    )


def shown(what: str, both: Mapping[Any, int], found: Mapping[str, int], made: Mapping[int, int]) -> None:
    """Print how many pairs are right: of one original and in one family, in one family, of one original."""
    right, told, known = (sum(comb(size, 2) for size in sizes.values()) for sizes in (both, found, made))
    print(f"{what}: {known:,} known, {told:,} found, precision {right / max(told, 1):.5f}, recall {right / max(known, 1):.5f}")  # fmt: skip


def main() -> None:
    """Make, run and judge."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="signatures."))
    try:
        began = time.perf_counter()
        numbers = range(-(-asked.articles // SHARD))
        with ProcessPoolExecutor(asked.jobs) as pool:
            read = [Record.from_json(line) for line in pool.map(shard, [str(root)] * len(numbers), numbers, [asked.articles] * len(numbers))]  # fmt: skip
        print(f"{asked.articles:,} articles made and signed in {time.perf_counter() - began:.0f} s")
        began = time.perf_counter()
        records = stages(root, read, asked.jobs)
        print(f"copies of {asked.articles:,} articles: {time.perf_counter() - began:.1f} s on {asked.jobs} processes; {GOAL}")  # fmt: skip
        print(", ".join(f"{name} {n:,}" for name, n in records["families"][0].counts.items()))
        judged(root, records["families"][0], asked.articles)
        print(f"(this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB)")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
