"""How fast a project takes in an archive, beside bare reading, and how fast it answers then: python bench/ingest.py [--articles N] [--jobs N] [--postgresql]

Prints, for each store: seconds and articles a second of `marsad read` alone and of `marsad ingest` (read, stored and reconciled in one command), the share, the
most memory that all processes had together (PSS), a second run over the same input, one more article, searches, a check. The articles are those of ../shared.
"""

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import postgresql  # noqa: E402 (the tests' own server)

CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl.gz"
MARSAD = [sys.executable, "-m", "marsad"]
QUESTIONS = (
    "حماة",
    "قصف إدلب",
    '"وقف إطلاق النار"',
    "غارة* صنعاء",
    "الجيش -سوريا",
    "مقتل مدنيين حلب",
    "قال",
    "انسحاب القوات",
)
MORE = {
    "id": "one-more",
    "published": "2024-12-06",
    "outlet": "بريد العاصي",
    "text": "أعلن الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة أمس الخميس، وقال المرصد السوري إن خمسة مدنيين قتلوا في قصف على إدلب.",
}


class Spent(NamedTuple):
    """What a command took: seconds, and the most memory of all its processes together in MB."""

    seconds: float
    memory: float


def measured(command: list[str], stdout: object = subprocess.DEVNULL) -> Spent:
    """Run a command and see what it takes; it must not fail."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, text=True)
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(process, most))
    watch.start()
    _, said = process.communicate()
    seconds = time.monotonic() - began
    watch.join()
    if process.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command)} failed:\n{said}")
    return Spent(seconds, most[0])


def _watch(process: "subprocess.Popen[str]", most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(map(_pss, _tree(process.pid))))
        time.sleep(0.5)


def _tree(pid: int) -> list[int]:
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    except OSError:
        pass
    return found


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


@contextmanager
def input_of(count: int, folder: Path) -> Iterator[Path]:
    """The first articles of the corpus, as a gzipped file."""
    file = folder / "articles.jsonl.gz"
    with gzip.open(CORPUS) as source, gzip.open(file, "wb") as target:
        target.writelines(islice(source, count))
    yield file


def searches(project: Path) -> list[float]:
    """Milliseconds of each question, in an open store, the median of nine."""
    from marsad.run.project import load_project
    from marsad.store.search import find

    store = load_project(project).open()
    found = []
    for question in QUESTIONS:
        spent = []
        for _ in range(9):
            began = time.perf_counter()
            with store.database.reading() as connection:
                find(connection, question)
            spent.append((time.perf_counter() - began) * 1000)
        found.append(statistics.median(spent))
    store.close()
    return found


def one_store(name: str, options: list[str], articles: Path, folder: Path, jobs: str) -> float:
    """Take everything into one store and print what it took; the seconds."""
    project = folder / name
    subprocess.run([*MARSAD, "init", str(project), *options], check=True, capture_output=True)
    here = ["--project", str(project)]
    first = measured([*MARSAD, "ingest", *here, str(articles), "--jobs", jobs])
    again = measured([*MARSAD, "ingest", *here, str(articles), "--jobs", jobs])
    more = folder / "more.jsonl"
    more.write_text(json.dumps(MORE, ensure_ascii=False), encoding="utf-8")
    one = measured([*MARSAD, "ingest", *here, str(more)])
    check = measured([*MARSAD, "store", "check", *here])
    asked = searches(project)
    size = sum(file.stat().st_size for file in project.glob("marsad.db*")) / 1e6
    print(
        f"{name}: ingest {first.seconds:.1f} s, {first.memory:.0f} MB; again {again.seconds:.1f} s; one article more {one.seconds:.1f} s;"
    )
    print(
        f"  check {check.seconds:.1f} s; search {statistics.median(asked):.1f} ms, slowest {max(asked):.1f} ms; file {size:.0f} MB"
    )
    return first.seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--postgresql", action="store_true", help="also on a real server")
    options = parser.parse_args()
    if not CORPUS.is_file():
        raise SystemExit("the articles of ../shared are not here: nothing is measured")
    with tempfile.TemporaryDirectory() as name, input_of(options.articles, Path(name)) as articles:
        folder = Path(name)
        bare = measured([*MARSAD, "read", "--format", "jsonl", "--jobs", options.jobs, str(articles)])
        print(
            f"bare reading: {bare.seconds:.1f} s, {options.articles / bare.seconds:.0f} articles a second, {bare.memory:.0f} MB"
        )
        seconds = one_store("sqlite", [], articles, folder, options.jobs)
        print(f"  {bare.seconds / seconds:.0%} of bare reading speed")
        with postgresql.server(safe=True) if options.postgresql else nullcontext() as url:
            if url:
                seconds = one_store("postgresql", ["--store", url], articles, folder, options.jobs)
                print(f"  {bare.seconds / seconds:.0%} of bare reading speed")


if __name__ == "__main__":
    main()
