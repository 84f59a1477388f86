"""Starting ``marsad`` in a process of its own, killing it at a chosen moment, and looking at what it left behind.

Only the main process is killed, by its number; that its workers end by themselves is one of the things that are looked at.
"""

import os
import random
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from marsad.errors import MarsadError
from marsad.run.project import DATABASE, SETTINGS, load_project, make_project
from shared import MARSAD
from states import PHASES, Instant, instant, numbers

LONGEST = 120.0
"""Seconds after which a command that was not killed counts as stuck."""
OUTLIVES = 5.0
"""Seconds that a worker may take to notice that its main process is gone."""


@dataclass(slots=True)
class Shelf:
    """Makes projects in a folder: with an SQLite file each, or with a database each on the PostgreSQL server of ``url``."""

    folder: Path
    url: str = ""
    databases: list[str] = field(default_factory=list)

    def fresh(self, settings: str = "") -> Path:
        """An empty project; ``settings`` is added to its marsad.toml."""
        folder = self.folder / uuid.uuid4().hex[:12]
        make_project(folder, self._database() if self.url else "")
        with (folder / SETTINGS).open("a", encoding="utf-8") as file:
            file.write(settings)
        return folder

    def copy(self, template: Path) -> Path:
        """A project with everything that another one holds."""
        folder = self.folder / uuid.uuid4().hex[:12]
        shutil.copytree(template, folder)
        if self.url:
            before = load_project(template).url
            after = self._database(str(make_url(before).database))
            said = (folder / SETTINGS).read_text(encoding="utf-8")
            (folder / SETTINGS).write_text(said.replace(before, after), encoding="utf-8")
        return folder

    def drop(self, folder: Path) -> None:
        """Take a project away; what it holds on a server goes with the server, or with `clear`."""
        shutil.rmtree(folder)

    def clear(self) -> None:
        """Drop the databases that were made."""
        for name in self.databases:
            self._say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _database(self, template: str = "template0") -> str:
        name = f"kills_{uuid.uuid4().hex[:12]}"
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.databases.append(name)
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def _say(self, sql: str) -> None:
        engine = create_engine(
            make_url(self.url).set(drivername="postgresql+pg8000"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(sql))
        engine.dispose()


@dataclass(frozen=True, slots=True)
class Step:
    """One command on a project, and how far it comes in the end.

    Attributes:
        arguments: Of ``marsad``.
        versions: How many versions of articles there are when all has come in; for a rebuild how many articles it reads.
        seconds: What it takes when it is left alone.
        rebuilds: Whether it reads what is there.
    """

    arguments: tuple[str, ...]
    versions: int
    seconds: float
    rebuilds: bool = False


@dataclass(slots=True)
class Ended:
    """How one start ended: ``code`` where it came to its end, else what was there when it was killed."""

    code: int | None = None
    at: Instant | None = None
    gone: int = 0
    outlived: int = 0


@contextmanager
def started(folder: Path, arguments: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    """``marsad`` at work on a project, in a group of its own; what it says is added to ``said`` and ``told`` in the folder."""
    with (folder / "said").open("ab") as said, (folder / "told").open("ab") as told:
        process = subprocess.Popen(
            [*MARSAD, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=said,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def run(folder: Path, *arguments: str) -> float:
    """Let a command come to its end; the seconds that it took.

    Raises:
        MarsadError: its exit code is not 0, or it does not end.
    """
    began = time.monotonic()
    with started(folder, arguments) as process:
        try:
            code: int | str = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            code = "none"
    if code != 0:
        said = (folder / "said").read_text(encoding="utf-8")[-2000:]
        raise MarsadError(f"marsad {' '.join(arguments)}: exit code {code}\n{said}")
    return time.monotonic() - began


def run_and_kill(folder: Path, step: Step, chance: random.Random) -> Ended:
    """Start a command, kill it, and look.

    When: at a random moment of its usual time; or then, but when it writes next; or as soon as it is at a phase that is chosen at random.
    """
    before = {**numbers(folder), "versions": step.versions, "rebuilds": int(step.rebuilds)}
    moment = time.monotonic() + chance.uniform(0.3, max(step.seconds, 0.5))
    way, phase = chance.choice(("any", "write", "phase")), chance.choice(PHASES[2:])
    with started(folder, step.arguments) as process:
        if way == "phase":
            reached = _reached(process, folder, before, phase)
        else:
            reached = _alive_until(process, moment)
        if not reached:
            return Ended(code=process.wait())
        held = instant(folder, before, look=False).committed
        if way == "write" and not _wrote(process, folder):
            return Ended(code=process.wait())
        time.sleep(chance.uniform(0.0, 0.02 if way == "phase" else 0.003))
        workers = _workers(process.pid)
        if process.poll() is not None:
            return Ended(code=process.returncode)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    at = instant(folder, before)
    return Ended(at=at, gone=len(held - at.committed), outlived=_outliving(workers))


def _reached(process: subprocess.Popen[bytes], folder: Path, before: Mapping[str, int], phase: str) -> bool:
    """Wait for a phase, or a later one; whether it came and the process lives."""
    wanted = PHASES[PHASES.index(phase) :]
    until = time.monotonic() + LONGEST
    while process.poll() is None and time.monotonic() < until:
        if instant(folder, before, look=False).phase in wanted:
            return True
        time.sleep(0.01)
    return False


def _alive_until(process: subprocess.Popen[bytes], moment: float) -> bool:
    while time.monotonic() < moment:
        if process.poll() is not None:
            return False
        time.sleep(0.005)
    return True


def _wrote(process: subprocess.Popen[bytes], folder: Path) -> bool:
    """Wait until something is written to an SQLite store; whether it was, and the process lives."""
    log = folder / f"{DATABASE}-wal"
    before = _touched(log)
    until = time.monotonic() + 1.0
    while time.monotonic() < until and _touched(log) == before:
        if process.poll() is not None:
            return False
        time.sleep(0.0002)
    return True


def _touched(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _workers(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _outliving(workers: list[int]) -> int:
    """How many workers are still there some seconds later; those are ended."""
    until = time.monotonic() + OUTLIVES
    while (left := [one for one in workers if _is_at_work(one)]) and time.monotonic() < until:
        time.sleep(0.02)
    for one in left:
        os.kill(one, signal.SIGKILL)
    return len(left)


def _is_at_work(process: int) -> bool:
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"
