"""Injects faults into a project, and prints what the program says and whether what was stored stays.

    python bench/faults.py                 all of them, on SQLite (as root: also full disks and a disk that cannot be written)
    python bench/faults.py --only full     those whose name has the word in it

For each: the exit code, the last line of what was said, whether what was stored before is still there (*kept*: yes, no, or cannot be read), and whether the
same command does its work once the fault is gone (*finishes*). No traceback may be printed. The exit code is 1 where anything is not so.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from invented import Outlet, articles, as_lines, serving
from killed import LONGEST, Shelf, run
from marsad.errors import MarsadError
from marsad.run.project import DATABASE
from shared import MARSAD
from states import State, difference, state_of

LEFT_KB = (40, 600, 1500, 3000)
"""How much room is left on a disk that is about to be full."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said last."""

    code: int
    line: str
    traceback: bool


def ask(folder: Path, *arguments: str) -> Said:
    """Run ``marsad`` in a project."""
    done = subprocess.run(
        [*MARSAD, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=2 * LONGEST
    )
    lines = done.stderr.strip().splitlines() or [""]
    return Said(done.returncode, lines[-1], "Traceback" in done.stderr)


@dataclass(slots=True)
class Table:
    """What is printed, and how much of it is not as it should be."""

    bad: int = 0

    def row(self, fault: str, said: Said, codes: tuple[int, ...], kept: str = "", finishes: str = "") -> None:
        """One fault; ``codes`` are the exit codes that it may have."""
        wrong = said.traceback or said.code not in codes or "no" in (kept, finishes)
        self.bad += wrong
        told = f"{'TRACEBACK ' if said.traceback else ''}{said.line}"
        print(
            f"{fault:44}{said.code:>5}  {kept:<7}{finishes:<10}{'WRONG ' if wrong else ''}{told[:300]}",
            flush=True,
        )


@dataclass(slots=True)
class Bench:
    """Where projects are made, what goes in, and what must be in them in the end."""

    shelf: Shelf
    table: Table
    first: Path
    all: Path
    outlet: Outlet
    watched: str

    def project(self) -> Path:
        """A project with the first part of the articles in it."""
        folder = self.shelf.fresh()
        run(folder, "ingest", str(self.first))
        return folder


def kept(before: State, folder: Path) -> str:
    """Whether every version that was there before is there."""
    try:
        found = state_of(folder)
    except MarsadError:
        return "cannot"
    return "no" if before["versions"] - found["versions"] else "yes"


def finishes(folder: Path, expected: State, *arguments: str) -> str:
    """Whether a command now does all of its work."""
    try:
        run(folder, *arguments)
        return "no" if difference(expected, state_of(folder)) else "yes"
    except MarsadError as error:
        print(error)
        return "no"


@contextmanager
def disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A small disk of its own, in memory."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill(place: Path, left: int) -> Path:
    """Fill a disk up to so many kilobytes; the file that does it."""
    filler = place / "filler"
    room = shutil.disk_usage(place).free - left * 1024
    with filler.open("wb") as file:
        file.write(b"\1" * max(room, 0))
    return filler


def full_disk(bench: Bench) -> None:
    """A disk that becomes full during ingest, rebuild and watch, and has room again."""
    expected = {
        "ingest": _whole(bench, ("ingest", str(bench.all))),
        "watch": _whole(bench, ("watch", "--once")),
    }
    commands = {"ingest": ("ingest", str(bench.all)), "watch": ("watch", "--once")}
    for name, command in commands.items():
        for left in LEFT_KB:
            with disk(bench.shelf.folder / "disk", 64) as place:
                folder = _on(bench, place)
                if name == "ingest":
                    run(folder, "ingest", str(bench.first))
                before = state_of(folder)
                filler = fill(place, left)
                said = ask(folder, *command)
                filler.unlink()
                stays, ends = kept(before, folder), finishes(folder, expected[name], *command)
            (bench.shelf.folder / "disk").rmdir()
            # With enough room left, it may come to its end.
            codes = (0, 1, 3) if left == LEFT_KB[-1] else (1, 3)
            bench.table.row(f"full disk, {left:,} KB left: {name}", said, codes, stays, ends)


def _whole(bench: Bench, command: tuple[str, ...]) -> State:
    folder = _on(bench, bench.shelf.folder)
    if command[0] == "ingest":
        run(folder, "ingest", str(bench.first))
    run(folder, *command)
    return state_of(folder)


def _on(bench: Bench, place: Path) -> Path:
    folder = Shelf(place).fresh()
    said = (folder / "marsad.toml").read_text(encoding="utf-8")
    (folder / "marsad.toml").write_text(said.replace("[watch]\n", bench.watched), encoding="utf-8")
    return folder


def full_archive(bench: Bench) -> None:
    """A disk of its own for the archive, which becomes full."""
    expected = _whole(bench, ("watch", "--once"))
    for left in (0, 8, 16):
        folder = _on(bench, bench.shelf.folder)
        (folder / "archive").rmdir()
        with disk(folder / "archive", 8) as place:
            before = state_of(folder)
            filler = fill(place, left)
            said = ask(folder, "watch", "--once")
            filler.unlink()
            stays, ends = kept(before, folder), finishes(folder, expected, "watch", "--once")
        bench.table.row(f"full archive, {left} KB left: watch", said, (1, 3), stays, ends)


def read_only_disk(bench: Bench) -> None:
    """A disk that cannot be written any more."""
    with disk(bench.shelf.folder / "disk", 64) as place:
        folder = _on(bench, place)
        run(folder, "ingest", str(bench.first))
        before = state_of(folder)
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        for command in (
            ("ingest", str(bench.all)),
            ("watch", "--once"),
            ("store", "check"),
            ("store", "search", "مدينة"),
        ):
            said = ask(folder, *command)
            codes = (0, 1) if command[0] == "store" else (1,)
            bench.table.row(f"read-only disk: {' '.join(command[:2])[:14]}", said, codes, "")
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
        expected = _whole(bench, ("ingest", str(bench.all)))
        ends = finishes(folder, expected, "ingest", str(bench.all))
        bench.table.row(
            "read-only disk: writable again", Said(0, "", False), (0,), kept(before, folder), ends
        )
    (bench.shelf.folder / "disk").rmdir()


def locked(bench: Bench) -> None:
    """Another process holds the database for longer than anybody waits."""
    folder = bench.project()
    before = state_of(folder)
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = ask(folder, "ingest", str(bench.all))
        other.execute("ROLLBACK")
    expected = _whole(bench, ("ingest", str(bench.all)))
    bench.table.row(
        "locked database",
        said,
        (1,),
        kept(before, folder),
        finishes(folder, expected, "ingest", str(bench.all)),
    )


def newer(bench: Bench) -> None:
    """A store of a later version."""
    folder = bench.project()
    before = state_of(folder)
    _change(folder, "INSERT INTO migrations VALUES ('m9999_later', '2040-01-01')")
    for command in (
        ("ingest", str(bench.all)),
        ("store", "check"),
        ("store", "migrate"),
        ("watch", "--once"),
    ):
        bench.table.row(
            f"newer version: {' '.join(command)[:14]}", ask(folder, *command), (1,), kept(before, folder)
        )


def truncated(bench: Bench) -> None:
    """The file of the database lost its end."""
    whole = bench.project()
    size = (whole / DATABASE).stat().st_size
    for share in (0.9, 0.5, 0.1, 0.0):
        for command in (
            ("ingest", str(bench.all)),
            ("store", "check"),
            ("store", "info"),
            ("watch", "--once"),
        ):
            folder = bench.shelf.copy(whole)
            with (folder / DATABASE).open("r+b") as file:
                file.truncate(int(size * share))
            codes = (5,) if share else (1, 5)
            name = f"database cut to {share:.0%}: {' '.join(command)[:12]}"
            bench.table.row(name, ask(folder, *command), codes)


def overwritten(bench: Bench) -> None:
    """Something else was written over pages in the middle of the file, or over its beginning."""
    whole = bench.project()
    size = (whole / DATABASE).stat().st_size
    for name, places in (("beginning", [0]), ("middle", range(size // 4, size // 2, 4096))):
        folder = bench.shelf.copy(whole)
        with (folder / DATABASE).open("r+b") as file:
            for place in places:
                file.seek(place)
                file.write(b"\xa5" * 4096)
        for command in (("store", "check"), ("ingest", str(bench.all)), ("store", "rebuild", "--all")):
            bench.table.row(f"noise in the {name}: {' '.join(command)[:14]}", ask(folder, *command), (5,))


def torn_archive(bench: Bench) -> None:
    """A file of the archive lost its end, or is gone."""
    folder = _on(bench, bench.shelf.folder)
    run(folder, "watch", "--once")
    before = state_of(folder)
    [file] = (folder / "archive").iterdir()
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size * 2 // 3)
    bench.table.row("torn archive: store check", ask(folder, "store", "check"), (5,), kept(before, folder))
    bench.table.row("torn archive: watch", ask(folder, "watch", "--once"), (0,), kept(before, folder))
    file.unlink()
    bench.table.row(
        "archive file gone: store check", ask(folder, "store", "check"), (5,), kept(before, folder)
    )


def audit(bench: Bench) -> None:
    """Somebody changed a row of the audit log, or took one out, behind the program's back."""
    for name, deed in (
        ("changed", "UPDATE audit SET who = 'x' WHERE id = 1"),
        ("taken out", "DELETE FROM audit WHERE id = 1"),
    ):
        folder = bench.project()
        before = state_of(folder)
        _change(folder, "DROP TRIGGER audit_UPDATE", "DROP TRIGGER audit_DELETE", deed)
        bench.table.row(
            f"audit row {name}: store check", ask(folder, "store", "check"), (5,), kept(before, folder)
        )
        said = ask(folder, "ingest", str(bench.all))
        bench.table.row(f"audit row {name}: ingest", said, (0,), kept(before, folder))


def _change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)


FAULTS: dict[str, tuple[Callable[[Bench], None], bool]] = {
    "newer version": (newer, False),
    "truncated": (truncated, False),
    "overwritten": (overwritten, False),
    "torn archive": (torn_archive, False),
    "audit": (audit, False),
    "full disk": (full_disk, True),
    "full archive": (full_archive, True),
    "read-only disk": (read_only_disk, True),
    "locked": (locked, False),
}
"""What injects each, and whether it needs a disk of its own (root, on Linux)."""


def main() -> int:
    """Print the table; 1 where anything is not as it should be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="WORD", default="")
    chosen = parser.parse_args()
    table = Table()
    made = articles(160)
    with tempfile.TemporaryDirectory(prefix="faults") as name, serving(articles(30, 2)[:30]) as outlet:
        os.environ["MARSAD_DATA"] = str(Path(name) / "data")
        first, whole = Path(name) / "first.jsonl", Path(name) / "all.jsonl"
        first.write_text(as_lines(made[:60]), encoding="utf-8")
        whole.write_text(as_lines(made), encoding="utf-8")
        outlet.shown = 30
        watched = (
            f'[[feed]]\naddress = "{outlet.feed}"\n[watch]\ndelay = 0\nallow = ["127.0.0.1:{outlet.port}"]\n'
        )
        bench = Bench(Shelf(Path(name)), table, first, whole, outlet, watched)
        print(f"{'fault':44}{'code':>5}  {'kept':<7}{'finishes':<10}what it says last")
        for fault, (inject, needs_disk) in FAULTS.items():
            if chosen.only not in fault:
                continue
            if needs_disk and (os.geteuid() != 0 or sys.platform != "linux"):
                print(f"{fault:44} skipped: only root on Linux can make a disk for it")
                continue
            inject(bench)
    print(f"{table.bad} of them are not as they should be")
    return 1 if table.bad else 0


if __name__ == "__main__":
    sys.exit(main())
