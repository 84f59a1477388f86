"""Several processes on one project at once: three times ``marsad ingest`` of inputs that overlap, and ``marsad store rebuild``.

    python bench/together.py                           five times, on SQLite
    python bench/together.py --times 2 --store URL     on a PostgreSQL server

Whoever is first, in the end the project must hold what one holds whose inputs came one after the other. The exit code is 1 where it does not.
"""

import argparse
import os
import random
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from invented import articles, as_lines
from killed import LONGEST, Shelf, run, started
from marsad.run.project import load_project
from marsad.store import faults
from states import difference, state_of

PARTS = ((0.0, 0.6), (0.3, 0.9), (0.2, 1.0))
"""Which stretch of the articles each process is given."""


def inputs(folder: Path, made: list[dict[str, Any]]) -> list[Path]:
    """Three files that overlap, each with the articles in their order."""
    found = []
    for number, (first, last) in enumerate(PARTS):
        file = folder / f"part{number}.jsonl"
        file.write_text(as_lines(made[int(first * len(made)) : int(last * len(made))]), encoding="utf-8")
        found.append(file)
    return found


def at_once(folder: Path, files: list[Path], chance: random.Random) -> list[str]:
    """Run them all at once, a rebuild among them; what went wrong."""
    commands = [("ingest", str(file)) for file in files]
    commands.insert(chance.randrange(4), ("store", "rebuild", "--all"))
    with ExitStack() as stack:
        running = [(one, stack.enter_context(started(folder, one))) for one in commands]
        codes = [(one, process.wait(LONGEST)) for one, process in running]
    found = [f"marsad {' '.join(one)}: exit code {code}" for one, code in codes if code]
    said = (folder / "said").read_text(encoding="utf-8")
    return [*found, *(["a traceback was printed"] if "Traceback" in said else [])]


def main() -> int:
    """Print a line for each time; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=240)
    parser.add_argument("--store", metavar="URL", default="", help="a PostgreSQL server; SQLite if not given")
    chosen = parser.parse_args()
    chance, bad = random.Random(chosen.seed), 0
    with tempfile.TemporaryDirectory(prefix="together") as name:
        os.environ["MARSAD_DATA"] = str(Path(name) / "data")
        shelf = Shelf(Path(name), chosen.store)
        files = inputs(Path(name), _by_turns(articles(chosen.articles, chosen.seed)))
        alone = shelf.fresh()
        for file in files:
            run(alone, "ingest", str(file))
        expected = state_of(alone)
        for number in range(chosen.times):
            folder = shelf.fresh()
            run(folder, "ingest", str(files[0]), "--no-reconcile") if number % 2 else None
            wrong = at_once(folder, files, chance)
            store = load_project(folder).open()
            wrong += faults(store.database)
            store.close()
            found = difference(expected, state_of(folder))
            print(
                f"{number + 1}: lost {found.lost}, doubled {found.doubled}, wrong {found.wrong}, faults {len(wrong)}",
                flush=True,
            )
            print("".join(f"  {line}\n" for line in [*wrong, *found.said]), end="", flush=True)
            bad += bool(found) + len(wrong)
        shelf.clear()
    return 1 if bad else 0


def _by_turns(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The articles with each correction soon after what it corrects, so that several processes meet both at about one time."""
    ids = [row["id"] for row in made]
    return sorted(made, key=lambda row: ids.index(row["id"]))


if __name__ == "__main__":
    sys.exit(main())
