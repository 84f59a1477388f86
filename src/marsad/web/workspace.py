"""What every page needs: the project, its store, who may come in, and what runs in the background. Made once, when the server starts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from anyio import CapacityLimiter
from jinja2 import Environment

from marsad.errors import TryAgain
from marsad.run.chores import Chores
from marsad.run.names import Names
from marsad.run.project import Project
from marsad.store import Store
from marsad.web.kept import Kept
from marsad.web.leases import Leases
from marsad.web.pages import environment
from marsad.web.sessions import Sessions
from marsad.web.words import Words, load_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A project that is being shown.

    Attributes:
        project: Its folder and settings.
        store: Its open store.
        names: Labels of actors and outlets, places by name and id, as the user's registers have them.
        chores: What pages have done by processes of their own.
        pages: The templates.
        words: The interface's words by language.
        sessions: Signs and reads cookies.
        leases: Who has which claim before them in review.
        kept: Sums that take longer than a page may.
        streams: How many lists are being written for somebody at any moment; the others wait for a piece of theirs.
        exports: Whose turn it is to have a file made of the whole project, which takes a processor for up to a minute.
        token: What admits as ``admin`` where the workspace is bound elsewhere than to this machine; "" on loopback, where nobody is asked.
        port: Which port is served; part of the cookies' names, for cookies are shared by all ports of a host.
        begun: When it was opened, by the clock that only goes forward.
        opened: Which file the store was in then; None where it is in none.
    """

    project: Project
    store: Store
    names: Names
    chores: Chores
    pages: Environment = field(default_factory=environment)
    words: Mapping[str, Words] = field(default_factory=load_words)
    sessions: Sessions = field(default_factory=Sessions)
    leases: Leases = field(default_factory=Leases)
    kept: Kept = field(default_factory=Kept)
    streams: CapacityLimiter = field(default_factory=partial(CapacityLimiter, 1))
    exports: CapacityLimiter = field(default_factory=partial(CapacityLimiter, 1))
    token: str = ""
    port: int = 0
    begun: float = field(default_factory=time.monotonic)
    opened: tuple[int, int] | None = None

    @property
    def asks(self) -> bool:
        """Whether people must sign in."""
        return bool(self.token)

    def check(self) -> None:
        """Go on only if the store is the one that was opened: what is written into a file that was replaced is in no store.

        Raises:
            TryAgain: its file is another one, or gone.
        """
        if self.opened is not None and _file_of(self.store) != self.opened:
            raise TryAgain(
                f"{self.store.database.name} was replaced or removed since this workspace was opened: nothing was stored; start `marsad serve` again"
            )

    def close(self) -> None:
        """End what runs in the background, and let go of the store."""
        self.chores.close()
        self.names.close()
        self.store.close()


def open_workspace(project: Project, data: Path | None, *, token: str = "", port: int = 0) -> Workspace:
    """Open a project to be shown.

    Args:
        project: The project.
        data: The user's folder (gazetteer files, actors).
        token: As in `Workspace`.
        port: As in `Workspace`.

    Raises:
        InputError: there is no store, or it must be migrated first.
        MarsadError: the store, a register or a file of words cannot be used.
    """
    store = project.open()
    try:
        return Workspace(
            project=project, store=store, names=Names(data), chores=Chores(project.folder, data), token=token, port=port,
            opened=_file_of(store),
        )  # fmt: skip
    except BaseException:
        store.close()
        raise


def _file_of(store: Store) -> tuple[int, int] | None:
    """Which file a store is in now, by the numbers that the system gives it; None where it is in none."""
    try:
        found = store.database.file and store.database.file.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None
