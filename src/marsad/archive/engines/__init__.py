"""Where the tasks of a stage are done: on the processes of this machine, or by an engine that an organisation has already.

An engine knows nothing of articles. It carries lines of text there and back: each is a task (`marsad.archive.task`), and what comes back is its record.
"""

from marsad.archive.engines.base import Engine, Failed, Outcome

__all__ = ["Engine", "Failed", "Outcome"]
