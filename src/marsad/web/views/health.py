"""What is to be known of a desk that runs: the server itself, what waits, and the copies of the store that lie beside it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from marsad import __version__
from marsad.errors import TryAgain
from marsad.feeds import from_row
from marsad.run.doctor import Finding, Severity
from marsad.run.project import Project
from marsad.store import head, waiting
from marsad.store.feeds import feed_states
from marsad.web.files import missing
from marsad.web.workspace import Workspace

_STATM = Path("/proc/self/statm")
_PATIENCE = 300
_SMALL = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The process that answers: its version, memory in bytes (the most it ever had, where the system tells no other), and for how many seconds it has run."""

    version: str
    memory: int
    seconds: int
    lacking: str

    @property
    def ran(self) -> str:
        """Days, hours and minutes.

        >>> Server(version="1", memory=0, seconds=93_784, lacking="").ran
        '1 d 2 h 3 min'
        """
        days, rest = divmod(self.seconds, 86_400)
        hours, rest = divmod(rest, 3_600)
        return " ".join(f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (rest // 60, "min")) if number or unit == "min")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A backup: its name, size and when it was made, in UTC."""

    name: str
    size: int
    at: str


def server(workspace: Workspace) -> Server:
    """The process as it is now."""
    return Server(
        version=__version__,
        memory=_memory(),
        seconds=int(time.monotonic() - workspace.begun),
        lacking=missing(),
    )


def _memory() -> int:
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def backups(project: Project) -> list[Copy]:
    """The copies of the store in the project's folder, newest first."""
    found = []
    for file in project.folder.glob("backup-*.db"):
        about = file.stat()
        at = datetime.fromtimestamp(about.st_mtime, UTC).isoformat(timespec="seconds")
        found.append(Copy(name=file.name, size=about.st_size, at=at))
    return sorted(found, key=lambda one: (one.at, one.name), reverse=True)


def findings(workspace: Workspace) -> list[Finding]:
    """What ``marsad doctor`` finds, worst first; asked of a process of its own, for it looks at every row and would keep other pages waiting.

    Raises:
        TryAgain: it did not answer in time.
    """
    chores = workspace.chores
    command = [sys.executable, "-m", "marsad", "doctor", "--project", str(chores.folder), "--format", "jsonl"]
    environment = {**os.environ, **({"MARSAD_DATA": str(chores.data)} if chores.data else {})}
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=_PATIENCE, check=False, encoding="utf-8",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TryAgain(
            f"the doctor takes longer than {_PATIENCE} seconds: `marsad doctor` tells it in a terminal"
        ) from None
    found = [Finding(**json.loads(line)) for line in done.stdout.splitlines() if line]
    order = get_args(Severity)
    return sorted(found, key=lambda one: -order.index(one.severity))


def is_small(workspace: Workspace) -> bool:
    """Whether the doctor can be asked without being told to, for it takes a second or two."""
    file = workspace.store.database.file
    return file is not None and file.stat().st_size < _SMALL


def vital(workspace: Workspace) -> Mapping[str, Any]:
    """What whoever watches the desk asks again and again: small and quick. ``status`` is ``ok``, or ``degraded`` where a feed fails, the last chore did, or files are lacking."""
    with workspace.store.database.reading() as connection:
        rows, digest = head(connection)
        left = waiting(connection)
        feeds = [from_row(row) for row in feed_states(connection)]
    failing = sum(bool(one.failures or one.stopped) for one in feeds)
    now, chores = server(workspace), workspace.chores.all()
    ill = bool(now.lacking or failing or (chores and chores[0].state == "failed"))
    return {
        "status": "degraded" if ill else "ok", "version": now.version, "uptime_seconds": now.seconds, "memory_bytes": now.memory,
        "waiting": left, "feeds": len(feeds), "feeds_failing": failing,
        "chores": {state: sum(one.state == state for one in chores) for state in ("waiting", "running", "failed")},
        "audit": {"rows": rows, "digest": digest}, "lacking": now.lacking,
    }  # fmt: skip
