"""Work that a page asks for and that takes longer than a page may: each in a process of its own, one after the other.

A chore is the command line's own command (``marsad ingest``, ``marsad store reconcile``), so that it can be stopped at any instant and goes on where it was, and so that the
server stays as small as it is. What is asked for while the same still waits is asked for once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from marsad.store.audit import now

State = Literal["waiting", "running", "done", "some set aside", "failed", "stopped"]
_KEPT = 50
_LINES = 40
_CODES: dict[int, State] = {0: "done", 3: "some set aside"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """One piece of work.

    Attributes:
        id: Counts up.
        command: The words after ``marsad``.
        who: Who asked for it.
        state: What became of it so far.
        asked, began, ended: When, in UTC; "" where not yet.
        said: The last lines that the command wrote to standard error.
    """

    id: int
    command: tuple[str, ...]
    who: str
    state: State = "waiting"
    asked: str = ""
    began: str = ""
    ended: str = ""
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class Chores:
    """The chores of a project.

    Args:
        folder: The project's folder.
        data: The user's folder, handed on to the commands.
    """

    folder: Path
    data: Path | None = None
    _kept: dict[int, Chore] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _thread: threading.Thread | None = None
    _child: subprocess.Popen[str] | None = None
    _closed: bool = False

    def ask(self, *command: str, who: str = "") -> Chore:
        """Have a command run on the project; the chore that will, which may wait already."""
        with self._changed:
            for one in self._kept.values():
                if one.state == "waiting" and one.command == command:
                    return one
            chore = Chore(id=max(self._kept, default=0) + 1, command=command, who=who, asked=now())
            self._kept[chore.id] = chore
            self._forget()
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._work, name="chores", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return chore

    def all(self) -> list[Chore]:
        """What was asked for, newest first."""
        with self._changed:
            return sorted(self._kept.values(), key=lambda one: -one.id)

    def one(self, number: int) -> Chore | None:
        """The chore of a number."""
        with self._changed:
            return self._kept.get(number)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that commands are run with."""
        return {**os.environ, **({"MARSAD_DATA": str(self.data)} if self.data else {})}

    @property
    def busy(self) -> bool:
        """Whether something waits or runs."""
        with self._changed:
            return any(one.state in ("waiting", "running") for one in self._kept.values())

    def settle(self, seconds: float) -> bool:
        """Wait until nothing waits or runs, for at most so many seconds; whether that came to be."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not any(one.state in ("waiting", "running") for one in self._kept.values()), seconds
            )

    def close(self) -> None:
        """Stop what runs; it will go on when the same command is given again."""
        with self._changed:
            self._closed = True
            if self._child is not None:
                self._child.terminate()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _work(self) -> None:
        while (chore := self._next()) is not None:
            self._run(chore)

    def _next(self) -> Chore | None:
        with self._changed:
            while not self._closed:
                waiting = [one for one in self._kept.values() if one.state == "waiting"]
                if waiting:
                    return self._put(replace(waiting[0], state="running", began=now()))
                self._changed.wait()
        return None

    def _run(self, chore: Chore) -> None:
        command = [sys.executable, "-m", "marsad", *self._words(chore)]
        try:
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                encoding="utf-8", errors="replace", env=self.environment,
            )  # fmt: skip
        except (OSError, ValueError) as error:  # a word with a zero in it is a ValueError
            with self._changed:
                self._put(replace(chore, state="failed", ended=now(), said=(str(error),)))
            return
        with self._changed:
            self._child = child
            if self._closed:
                child.terminate()
        said = self._listen(child, chore)
        code = child.wait()
        with self._changed:
            self._child = None
            state: State = "stopped" if self._closed and code else _CODES.get(code, "failed")
            self._put(replace(chore, state=state, ended=now(), said=said))

    def _words(self, chore: Chore) -> list[str]:
        """The words after ``marsad``; those behind ``--`` are no options, so the project is named before it."""
        words = list(chore.command)
        at = words.index("--") if "--" in words else len(words)
        return [*words[:at], "--project", str(self.folder), *words[at:]]

    def _listen(self, child: subprocess.Popen[str], chore: Chore) -> tuple[str, ...]:
        said: deque[str] = deque(maxlen=_LINES)
        assert child.stderr is not None
        with child.stderr:
            for line in child.stderr:
                said.append(line.rstrip())
                with self._changed:
                    self._put(replace(chore, said=tuple(said)))
        return tuple(said)

    def _put(self, chore: Chore) -> Chore:
        self._kept[chore.id] = chore
        self._changed.notify_all()
        return chore

    def _forget(self) -> None:
        ended = [one.id for one in self._kept.values() if one.state not in ("waiting", "running")]
        for number in sorted(ended)[: max(0, len(self._kept) - _KEPT)]:
            del self._kept[number]
