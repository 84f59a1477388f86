"""Sums over the whole store, made before anybody asks for them: once the store has rested after a change, and when the workspace is opened.

Pages make them too where they come first (`marsad.web.kept`), so nothing depends on this; it only keeps people from waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from marsad.errors import MarsadError
from marsad.store.lists import mark_of
from marsad.web.kept import Shown
from marsad.web.views.actors import told_about
from marsad.web.views.outlets import listed
from marsad.web.views.places import all_doubts, sums
from marsad.web.workspace import Workspace

_SUMS: tuple[Callable[[Shown, Connection], object], ...] = (listed, told_about, sums, all_doubts)
EVERY = 2.0
"""Seconds between two looks; a store that is the same at two of them rests."""


@dataclass(slots=True)
class Warming:
    """Makes the sums of a workspace in a thread of its own, from `begin` to `end`.

    Args:
        workspace: Whose.
        every: As `EVERY`.
    """

    workspace: Workspace
    every: float = EVERY
    _ends: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start to look."""
        self._thread = threading.Thread(target=self._run, name="warming", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop; what is being made is finished first."""
        self._ends.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        seen = made = None
        while not self._ends.wait(self.every):
            try:
                mark = self._mark()
                if mark == seen and mark != made:
                    self._make()
                    made = mark
                seen = mark
            except MarsadError:
                continue  # a store that cannot be read now: who opens a page is told why

    def _mark(self) -> str:
        with self.workspace.store.database.reading() as connection:
            return mark_of(connection)

    def _make(self) -> None:
        for make in _SUMS:
            if self._ends.is_set():
                return
            with self.workspace.store.database.reading() as connection:
                make(self, connection)
