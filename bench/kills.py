"""Kills ``marsad`` a hundred times, at random moments, and looks whether anything is lost, doubled, half or wrong.

    python bench/kills.py                                100 kills of ingest, rebuild and watch, on SQLite
    python bench/kills.py --kills 30 --seed 7            fewer, at other moments
    python bench/kills.py --store postgresql://...       on a server; each project gets a database of its own there

A project is started on, killed (one to four times), and started again until it comes to its end; then it must hold what one holds that
was never killed. At each kill, what is in the database must be whole. The exit code is 1 where anything is wrong.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from invented import Outlet, articles, as_lines, as_page, serving
from killed import Shelf, Step, run, run_and_kill
from marsad.run.looking import archive_faults
from marsad.run.project import load_project
from marsad.store import faults
from states import PHASES, State, difference, numbers, state_of

ROUNDS = 3
SHARES = {
    "ingest --jobs 2": 0.3,
    "ingest --jobs 1": 0.2,
    "store rebuild --all --jobs 2": 0.25,
    "watch --once": 0.25,
}
"""Which part of the kills each command gets."""


@dataclass(frozen=True, slots=True)
class Course:
    """One command, or several rounds of one, from a project as it is made to what must be in it in the end.

    Attributes:
        name: What is printed.
        make: Makes a project.
        steps: What is run, with what is done before each.
        expected: What a project holds in which nothing was killed.
        often: How often each step is killed before it may end, from and to.
    """

    name: str
    make: Callable[[], Path]
    steps: tuple[tuple[Callable[[Path], None], Step], ...]
    expected: State
    often: tuple[int, int] = (1, 4)


@dataclass(slots=True)
class Tally:
    """What was seen of one course."""

    name: str
    kills: int = 0
    finished: int = 0
    phases: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """One line of the table."""
        phases = "".join(f"{self.phases[phase]:>9}" for phase in PHASES)
        found = "".join(f"{self.faults[kind]:>9}" for kind in FAULTS)
        return f"{self.name:30}{self.kills:>6}{self.finished:>9}{phases}{found}"


FAULTS = ("lost", "doubled", "half", "wrong", "outlived", "untold")
HEAD = f"{'':30}{'kills':>6}{'projects':>9}" + "".join(f"{one:>9}" for one in (*PHASES, *FAULTS))


@dataclass(slots=True)
class Bench:
    """Where the input lies, and how large it is."""

    shelf: Shelf
    lines: Path
    pages: Path
    outlet: Outlet

    def ingest(self, jobs: int) -> Course:
        """`marsad ingest` of lines and of pages."""
        arguments = ("ingest", str(self.lines), str(self.pages), "--jobs", str(jobs))
        folder = self.shelf.fresh()
        seconds = run(folder, *arguments)
        step = Step(arguments, numbers(folder)["versions"], seconds)
        return Course(f"ingest --jobs {jobs}", self.shelf.fresh, ((_nothing, step),), state_of(folder))

    def rebuild(self) -> Course:
        """`marsad store rebuild --all` of a store from which a part of the claims was taken."""
        folder = self.shelf.fresh()
        run(folder, "ingest", str(self.lines), str(self.pages), "--jobs", "2")
        expected = state_of(folder)
        _take_claims(folder)
        run(folder, "ingest", str(self.lines))
        template = self.shelf.copy(folder)
        arguments = ("store", "rebuild", "--all", "--jobs", "2")
        seconds = run(folder, *arguments)
        step = Step(arguments, numbers(folder)["articles"], seconds, rebuilds=True)
        name = "store rebuild --all --jobs 2"
        return Course(name, lambda: self.shelf.copy(template), ((_nothing, step),), expected)

    def watch(self) -> Course:
        """`marsad watch --once`, round after round, of a feed that grows."""
        settings = (
            f'[[feed]]\naddress = "{self.outlet.feed}"\noutlet = "Outlet"\nevery = "1h"\n'
            f'[watch]\ndelay = 0\nallow = ["127.0.0.1:{self.outlet.port}"]\n'
        )

        def make() -> Path:
            folder = self.shelf.fresh()
            said = (folder / "marsad.toml").read_text(encoding="utf-8")
            (folder / "marsad.toml").write_text(said.replace("[watch]\n", settings), encoding="utf-8")
            return folder

        folder = make()
        steps = []
        for number in range(1, ROUNDS + 1):
            prepare = self._shows(len(self.outlet.pages) * number // ROUNDS)
            prepare(folder)
            seconds = run(folder, "watch", "--once")
            step = Step(("watch", "--once"), numbers(folder)["versions"], seconds)
            steps.append((prepare, step))
        return Course("watch --once", make, tuple(steps), state_of(folder))

    def _shows(self, count: int) -> Callable[[Path], None]:
        def prepare(folder: Path) -> None:
            self.outlet.shown = count
            _all_due(folder)

        return prepare


def _nothing(folder: Path) -> None:
    pass


def _take_claims(folder: Path) -> None:
    """As if an older program had read every third article, and found nothing in it."""
    store = load_project(folder).open()
    some = "SELECT id FROM articles WHERE serial % 3 = 0"
    with store.database.writing() as connection:
        shown = f"SELECT serial FROM claim_list WHERE id IN (SELECT id FROM claims WHERE article IN ({some}))"
        connection.execute(text(f"DELETE FROM claim_actors WHERE claim IN ({shown})"))
        connection.execute(text(f"DELETE FROM claim_list WHERE serial IN ({shown})"))
        connection.execute(text(f"DELETE FROM claims WHERE article IN ({some})"))
        connection.execute(
            text("UPDATE articles SET claims = 0, pending = (1 = 1), reader = 'older' WHERE serial % 3 = 0")
        )
    store.close()


def _all_due(folder: Path) -> None:
    """As if an hour had passed."""
    store = load_project(folder).open()
    with store.database.writing() as connection:
        for row in connection.execute(text("SELECT id, data FROM feeds")).all():
            data = json.dumps({**json.loads(row.data), "next_due": None})
            connection.execute(
                text("UPDATE feeds SET data = :data WHERE id = :id"), {"data": data, "id": row.id}
            )
    store.close()


def once(course: Course, tally: Tally, most: int, chance: random.Random) -> Path:
    """One project from its making to its end, killed now and then; what was seen is added to the tally."""
    folder = course.make()
    for prepare, step in course.steps:
        prepare(folder)
        left = min(chance.randint(*course.often), most - tally.kills)
        ended = False
        while left > 0 and not ended:
            left -= 1
            ended = killed(folder, step, tally, chance)
        if not ended:
            run(folder, *step.arguments)
    finished(folder, course, tally)
    return folder


def killed(folder: Path, step: Step, tally: Tally, chance: random.Random) -> bool:
    """Start once and kill; whether it came to its end before."""
    end = run_and_kill(folder, step, chance)
    if end.at is None:
        if end.code != 0:
            tally.faults["wrong"] += 1
            tally.said.append(f"exit code {end.code}: {(folder / 'said').read_text(encoding='utf-8')[-500:]}")
        return True
    tally.kills += 1
    tally.phases[end.at.phase] += 1
    tally.faults["half"] += len(end.at.faults)
    tally.faults["lost"] += end.gone
    tally.faults["outlived"] += end.outlived
    tally.said += [f"half at {end.at.phase}: {fault}" for fault in end.at.faults]
    tally.said += [f"{end.gone} committed versions were gone at {end.at.phase}"] if end.gone else []
    return False


def finished(folder: Path, course: Course, tally: Tally) -> None:
    """Compare a project that came to its end with what it should be."""
    tally.finished += 1
    found = difference(course.expected, state_of(folder))
    tally.faults.update({"lost": found.lost, "doubled": found.doubled, "wrong": found.wrong})
    tally.said += found.said
    project = load_project(folder)
    store = project.open()
    left = [*faults(store.database), *archive_faults(store, project.archive)]
    with store.database.reading() as connection:
        changes = connection.execute(text("SELECT at, kind, subject FROM changes")).all()
    store.close()
    tally.faults["half"] += len(left)
    tally.said += left
    if course.name.startswith("watch"):
        rows = map(json.loads, (folder / "told").read_text(encoding="utf-8").splitlines())
        told = {(row["at"], row["kind"], row["subject"]) for row in rows}
        tally.faults["untold"] += sum(tuple(change) not in told for change in changes)
    if "Traceback" in (folder / "said").read_text(encoding="utf-8"):
        tally.faults["wrong"] += 1
        tally.said.append("a traceback was printed")


def courses(bench: Bench) -> list[Callable[[], Course]]:
    """What is killed, in the order of `SHARES`."""
    return [lambda: bench.ingest(2), lambda: bench.ingest(1), bench.rebuild, bench.watch]


def kill_all(bench: Bench, kills: int, seed: int) -> list[Tally]:
    """All courses, one after the other; a line is printed for each."""
    chance = random.Random(seed)
    tallies = []
    for (name, share), make in zip(SHARES.items(), courses(bench), strict=True):
        course, tally = make(), Tally(name)
        while tally.kills < round(kills * share):
            bench.shelf.drop(once(course, tally, round(kills * share), chance))
        print(tally.line, flush=True)
        tallies.append(tally)
    return tallies


def lay_out(folder: Path, count: int, seed: int) -> tuple[Path, Path]:
    """Articles as lines and as pages; where they lie."""
    made = articles(count, seed)
    lines, pages = folder / "in.jsonl", folder / "pages"
    pages.mkdir()
    apart = {row["id"]: row for row in made[: count // 10]}
    lines.write_text(as_lines([row for row in made if row["id"] not in apart]), encoding="utf-8")
    for name, row in apart.items():
        (pages / f"{name}.html").write_text(as_page(row), encoding="utf-8")
    return lines, pages


def main() -> int:
    """Print the table; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--store", metavar="URL", default="", help="a PostgreSQL server; SQLite if not given")
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kills") as folder:
        os.environ["MARSAD_DATA"] = str(Path(folder) / "data")
        lines, pages = lay_out(Path(folder), chosen.articles, chosen.seed)
        print(HEAD)
        shelf = Shelf(Path(folder), chosen.store)
        with serving(articles(chosen.pages, chosen.seed + 1)[: chosen.pages]) as outlet:
            tallies = kill_all(Bench(shelf, lines, pages, outlet), chosen.kills, chosen.seed)
        shelf.clear()
    wrong = sum(tally.faults.total() for tally in tallies)
    for tally in tallies:
        print("".join(f"{tally.name}: {line}\n" for line in tally.said[:10]), end="")
    print(f"{sum(tally.kills for tally in tallies)} kills, {wrong} faults, {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
