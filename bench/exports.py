"""How long taking a project away lasts, format by format and all at once: python bench/exports.py PROJECT [--times N]

PROJECT is a folder with an archive in it, such as `marsad ingest --project P ../shared/corpus/articles.jsonl.gz --jobs 2` makes; it is copied first, since every export is noted in
its audit log. Prints for each format the processor's seconds in one process that goes through the project once for all (what several formats need is made for the first of
them) with the size of its file, and what going through costs; then for `marsad export all` the median of the wall time of N runs, the processor's seconds of the last, and the
most memory of each of its processes (PSS).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from ingest import _pss, _tree  # noqa: E402 (the other measurement's own)
from marsad.export import maker_of  # noqa: E402
from marsad.run.exporting import Scope, Wanted, every_format, making_of, patient_collector  # noqa: E402
from marsad.run.taking import Taking  # noqa: E402
from marsad.store import open_store  # noqa: E402
from marsad.store.reads import Filters  # noqa: E402

_EVERY = 0.25
_GOAL = {"seconds": 60.0, "memory": 350.0}


class Run(NamedTuple):
    """One run of all formats: seconds on the wall and of processors, and the most megabytes of each process."""

    wall: float
    processor: float
    memory: list[float]


def exporters_of(wanted: list[Wanted], making: object) -> list[tuple[Wanted, object]]:
    """An exporter for each format, in folders that are there."""
    made = []
    for one in wanted:
        place = one.path if one.form.packs or not one.form.folder else one.path.with_suffix("")
        if place != one.path:
            place.mkdir()
        made.append((one, maker_of(one.form)(place, making, *([one.of] if one.of else []))))
    return made


def each(project: Path, folder: Path) -> dict[str, float]:
    """The processor's seconds of each format, by the name of its file; of going through under ""."""
    spent: dict[str, float] = defaultdict(float)
    store = open_store(f"sqlite:///{project / 'marsad.db'}")
    making = making_of(store, Scope())
    exporters = exporters_of(every_format(folder), making)
    began = time.process_time()

    def timed(name: str, work: object, *values: object) -> None:
        at = time.process_time()
        work(*values)
        spent[name] += time.process_time() - at

    with store.database.reading() as connection:
        kinds = {kind for one, _ in exporters for kind in one.form.takes[one.of]}
        for kind, record in Taking(connection, Filters(), "", making.most).records(kinds):
            for one, exporter in exporters:
                if kind in one.form.takes[one.of]:
                    timed(one.path.name, exporter.feed, record)
    for one, exporter in exporters:
        timed(one.path.name, exporter.finish)
    store.close()
    spent[""] = time.process_time() - began - sum(spent.values())
    return dict(spent)


def together(project: Path, folder: Path) -> Run:
    """`marsad export all`, once."""
    before, began = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "marsad", "export", "all", "--project", str(project), "-o", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    most: dict[int, float] = defaultdict(float)
    watching = threading.Thread(target=_watch, args=(process, most))
    watching.start()
    code = process.wait()
    watching.join()
    if code:
        raise SystemExit(f"marsad export all ended with {code}")
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.perf_counter() - began, processor, sorted(most.values(), reverse=True))


def _watch(process: "subprocess.Popen[bytes]", most: dict[int, float]) -> None:
    while process.poll() is None:
        for one in _tree(process.pid):
            most[one] = max(most[one], _pss(one))
        time.sleep(_EVERY)


def size_of(path: Path) -> int:
    """Bytes of a file or of all files of a folder."""
    return sum(one.stat().st_size for one in (path, *path.rglob("*")) if one.is_file())


def show_each(spent: dict[str, float], folder: Path) -> None:
    """Print a line for each format, the dearest first."""
    print("Each format, seconds of a processor")
    for name, seconds in sorted(spent.items(), key=lambda one: -one[1]):
        path = folder / name if (folder / name).exists() else (folder / name).with_suffix("")
        told = f"{size_of(path) / 1e6:8.1f} MB  {name}" if name else "             (going through)"
        print(f"  {seconds:6.2f}  {told}")
    print(f"  {sum(spent.values()):6.2f}  in all")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("project", type=Path)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="exports") as home:
        project = Path(home) / "project"
        shutil.copytree(asked.project, project, ignore=shutil.ignore_patterns("backup-*"))
        runs = []
        for number in range(asked.times):
            folder = Path(home) / f"all-{number}"
            runs.append(together(project, folder))
            shutil.rmtree(folder)
        folder = Path(home) / "each"
        folder.mkdir()
        patient_collector()
        show_each(each(project, folder), folder)
    memory = ", ".join(f"{one:.0f}" for one in runs[-1].memory)
    wall = statistics.median(run.wall for run in runs)
    print(
        f"\nAll formats: {wall:.1f} s (goal {_GOAL['seconds']:.0f} s), {runs[-1].processor:.1f} s of processors"
    )
    print(f"Most memory of each process: {memory} MB (goal {_GOAL['memory']:.0f} MB)")


if __name__ == "__main__":
    main()
