"""One worker process: it gets a list of raw articles, and sends back one outcome for each as it goes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from marsad.articles import RawArticle
from marsad.errors import MarsadError
from marsad.run.outcome import Work
from marsad.run.setaside import attempt

_READY = "ready"
_START_LIMIT = 120.0


class Worker:
    """The near end of a worker process; making one waits until the process is ready to work.

    Args:
        work: What to do with each article.
        method: How the process starts (``fork``, ``spawn`` ...); None is ``fork`` on Linux, which shares the
            loaded lexicons, and the platform's default elsewhere.
        others: The workers that run already.

    Raises:
        MarsadError: the process cannot start, or what the work needs cannot be loaded in it.
    """

    def __init__(self, work: Work, method: str | None, others: Sequence[Worker]) -> None:
        context: Any = multiprocessing.get_context(method or ("fork" if sys.platform == "linux" else None))
        self.connection, far = context.Pipe()
        # A forked child has copies of all pipes; it must close them, or it would keep its siblings' open.
        inherited = [worker.connection for worker in others] + [self.connection]
        forked = context.get_start_method() == "fork"
        self._process = context.Process(
            target=_run, args=(work, far, inherited if forked else []), name="marsad-reader", daemon=True
        )
        self._process.start()
        far.close()
        self.heard = time.monotonic()
        self._expect_ready()

    def _expect_ready(self) -> None:
        greeting = self.receive() if self.connection.poll(_START_LIMIT) else None
        if greeting != _READY:
            self.stop()
            raise MarsadError(f"a worker process could not start: {greeting or self.epitaph()}")

    def take(self, raws: list[RawArticle]) -> None:
        """Send articles to a worker that has none in hand."""
        self.heard = time.monotonic()
        try:
            self.connection.send(raws)
        except OSError:
            # It died while idle: whoever receives from it next will see that.
            return

    def receive(self) -> Any:  # noqa: ANN401 (what a pipe carries)
        """The next outcome, or None where the process has died."""
        self.heard = time.monotonic()
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            return None

    def epitaph(self) -> str:
        """How the process ended."""
        self._process.join(timeout=5)
        code = self._process.exitcode
        if code is not None and code < 0:
            return f"signal {signal.Signals(-code).name}"
        return f"exit code {code}"

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.connection.close()
        self._process.terminate()
        self._process.join(timeout=2)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _run(work: Work, connection: Connection[Any, Any], inherited: list[Connection[Any, Any]]) -> None:
    """The far end: load, say so, then work until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What the parent has not flushed yet must not be written twice.
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (open as long as the process)
    for one in inherited:
        one.close()
    try:
        work.load()
    except Exception as error:  # noqa: BLE001 (the wall: the parent is to say why)
        connection.send(str(error))
        return
    try:
        connection.send(_READY)
        while True:
            for raw in connection.recv():
                connection.send(attempt(work, raw))
    except (EOFError, OSError):
        return
