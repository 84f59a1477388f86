"""Memory of a command and of all processes that it starts, seen from outside while it runs: proportional set size, so that what processes share counts once."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_EVERY = 1.0
_WORKER = b"marsad.archive.engines.worker"
_PROC = Path("/proc")


@dataclass(slots=True)
class Memory:
    """What was seen.

    Attributes:
        tree: The most megabytes of all processes together.
        driver: The most of the command's own process.
        worker: The most of one worker of the local engine: the process that does tasks, with the one that reads articles for it.
        done: Set to stop looking.
    """

    tree: float = 0.0
    driver: float = 0.0
    worker: float = 0.0
    done: threading.Event = field(default_factory=threading.Event)

    def look(self, root: int) -> None:
        """Look at a process and all below it once."""
        below = _children()
        size = {one: _megabytes(one) for one in _tree(root, below)}
        self.driver = max(self.driver, size.get(root, 0.0))
        self.tree = max(self.tree, sum(size.values()))
        for one in size:
            if _is_worker(one):
                self.worker = max(self.worker, sum(size.get(each, 0.0) for each in _tree(one, below)))

    def watch(self, root: int) -> None:
        """Look until told to stop."""
        while not self.done.wait(_EVERY):
            self.look(root)


@contextmanager
def watched(root: int) -> Iterator[Memory]:
    """Watch a process as long as this lasts."""
    memory = Memory()
    thread = threading.Thread(target=memory.watch, args=(root,), daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        memory.done.set()
        thread.join(timeout=10 * _EVERY)


def _tree(root: int, below: dict[int, list[int]]) -> list[int]:
    found, left = [], [root]
    while left:
        one = left.pop()
        found.append(one)
        left += below.get(one, ())
    return found


def _children() -> dict[int, list[int]]:
    below: dict[int, list[int]] = defaultdict(list)
    for path in _PROC.glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            after_name = path.read_text().rpartition(")")[2].split()
            below[int(after_name[1])].append(int(path.parent.name))
    return below


def _megabytes(process: int) -> float:
    with suppress(OSError, ValueError, IndexError):
        for line in (_PROC / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _is_worker(process: int) -> bool:
    with suppress(OSError):
        return _WORKER in (_PROC / str(process) / "cmdline").read_bytes()
    return False
