"""How fast Marsad reads and what it needs: the whole program as a user runs it, and its slowest articles.

    python bench/speed.py                       the articles of ../shared/corpus/bench.jsonl.gz
    python bench/speed.py FILE.jsonl --runs 5   any JSONL of articles, gzipped or not

Figures are medians of several runs, each with the spread of all runs behind it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from hard_texts import report_hard_texts, report_slowest
from shared import MARSAD, need_shared, rows, write_rows

GOALS = (
    "goals: 200 articles/s or more, start-up under 0.5 s, under 300 MB, --jobs 2 at 1.8x, no article over 2 s"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall-clock and processor seconds, and the peak of its resident memory."""

    seconds: float
    processor: float
    megabytes: float


def run(*arguments: str) -> Run:
    """Run ``marsad`` with its output thrown away."""
    started = time.perf_counter()
    command = [*MARSAD, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        sys.exit(f"{' '.join(command)} failed with exit code {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def report(label: str, values: list[float], unit: str) -> float:
    """Print the median of several values with their spread, and return it."""
    middle = statistics.median(values)
    print(
        f"{label:44} {middle:10.3f} {unit:12} ({min(values):.3f} to {max(values):.3f}, {len(values)} runs)",
        flush=True,
    )
    return middle


def whole_program(articles: list[dict[str, Any]], runs: int) -> None:
    """Start-up, articles a second in one process, memory, and what a second process brings."""
    with tempfile.TemporaryDirectory() as folder:
        many = str(write_rows(Path(folder) / "many.jsonl", articles))
        none = str(
            write_rows(
                Path(folder) / "one.jsonl", [{"id": "1", "text": "أعلن الجيش انسحابه من المدينة أمس."}]
            )
        )
        report("marsad --version", [run("--version").seconds for _ in range(runs)], "s")
        read = ("read", "--format", "jsonl")
        start = report(
            "start-up (marsad read of one sentence)", [run(*read, none).seconds for _ in range(runs)], "s"
        )
        alone = [run(*read, many) for _ in range(runs)]
        wall = report(f"marsad read of {len(articles)} articles", [r.seconds for r in alone], "s")
        report(
            "  articles a second after start-up",
            [len(articles) / (r.seconds - start) for r in alone],
            "articles/s",
        )
        report(
            "  articles a processor second",
            [len(articles) / (r.processor - start) for r in alone],
            "articles/s",
        )
        report("  peak memory", [r.megabytes for r in alone], "MB")
        # A loaded machine makes wall-clock figures worse than they are: see the load in the first lines.
        pair = [run(*read, "--jobs", "2", many).seconds for _ in range(runs)]
        report(f"marsad read --jobs 2 ({os.cpu_count()} cores here)", pair, "s")
        report("  times as fast as one process", [wall / seconds for seconds in pair], "x")


def floor_of_the_work(articles: list[dict[str, Any]], runs: int) -> None:
    """Folding and tokenising alone: no reader of these texts can be faster than that."""
    from marsad.arabic.folded import fold
    from marsad.arabic.lexicon import load_lexicon
    from marsad.arabic.tokens import tokenise

    lexicon = load_lexicon()
    texts = [article["text"] for article in articles]
    works = (("folding alone", fold), ("folding and tokenising alone", lambda text: tokenise(text, lexicon)))
    for label, work in works:
        report(label, [len(texts) / timed(partial(each, work, texts)) for _ in range(runs)], "articles/s")


def each(work: Callable[[str], object], texts: list[str]) -> None:
    """Do one piece of work on each text."""
    for text in texts:
        work(text)


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Print everything; nothing here fails, the figures are for people to judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=int, default=5000, help="articles to read (default 5000)")
    chosen = parser.parse_args()
    source = chosen.file or need_shared() / "corpus" / "bench.jsonl.gz"
    articles = list(islice(rows(source), chosen.limit))
    print(f"{GOALS}\nload of this machine before the run: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    whole_program(articles, chosen.runs)
    floor_of_the_work(articles, chosen.runs)
    report_slowest(articles)
    report_hard_texts(articles)


if __name__ == "__main__":
    main()
