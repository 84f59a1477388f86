"""The far end of a worker process of this machine: ``python -m marsad.archive.engines.worker``.

Lines come on standard input and go on standard output, a task each and its answer. When the input ends, whoever gave the work is gone or wants no more: the process
ends at once, whatever it is at, so that no driver, however it was ended, leaves processes behind.
"""

from __future__ import annotations

import os
import sys
from queue import SimpleQueue
from threading import Thread

from marsad.archive.engines.trying import attempt


def main() -> None:
    """Do tasks until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer
    lines: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(lines,), daemon=True).start()
    while True:
        answers.write(attempt(lines.get()) + "\n")
        answers.flush()


def _listen(lines: SimpleQueue[str]) -> None:
    """Take lines in while a task is worked at, so that the end of the input is seen then as well."""
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
