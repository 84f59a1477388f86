"""Ray, by its tasks alone: a task goes to a process of the cluster, its answer comes back, and nothing is kept in Ray's own store that could be lost with a machine.

Every machine needs the same Marsad in the Python that Ray runs there.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from marsad.archive.engines.base import Outcome
from marsad.archive.engines.trying import Answer, attempt, shared_out
from marsad.archive.task import Task
from marsad.errors import InputError, MarsadError

_AHEAD = 2
"""Tasks that are handed over for each core, so that none waits for the driver."""

_COUNTED_ANEW = 5.0
"""Seconds after which it is asked again how many cores the cluster has."""

_STORE = 100 << 20
_LONGEST = 300


@dataclass(slots=True)
class Ray:
    """A Ray cluster that is there already, or one of this machine's own.

    Attributes:
        address: What Ray calls so: ``ray://host:10001``, ``host:6379``, ``auto`` for the cluster that this machine is part of; ``local`` starts one here.
        jobs: Cores that are used, or 0 for as many as the cluster has.
    """

    address: str
    jobs: int = 0
    _ray: Any = None
    _own: bool = False
    _work: Any = None
    _cores: int = 0
    _counted: float = 0.0
    _in_hand: dict[Any, Task] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """For people."""
        return f"Ray at {self.address}"

    def __enter__(self) -> Ray:
        self._ray = _imported(self.address)
        self._own = not self._ray.is_initialized()
        if self._own:
            _connect(self._ray, self.address, self.jobs)
        self._work = self._ray.remote(attempt).options(num_cpus=1, max_retries=0)
        return self

    def __exit__(self, *_: object) -> None:
        for reference in self._in_hand:
            self._ray.cancel(reference, force=True)
        self._in_hand.clear()
        if self._own:
            self._ray.shutdown()

    def each(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Do the tasks; see `marsad.archive.engines.base.Engine`."""
        yield from shared_out(tasks, self)

    def room(self) -> int:
        """How many tasks may be handed over now; a cluster may have grown meanwhile."""
        if self.jobs:
            return self.jobs - len(self._in_hand)
        now = time.monotonic()
        if not self._cores or now - self._counted > _COUNTED_ANEW:
            self._cores, self._counted = int(self._ray.cluster_resources().get("CPU", 1)), now
        return max(1, self._cores) * _AHEAD - len(self._in_hand)

    def busy(self) -> bool:
        """Whether a task is with Ray."""
        return bool(self._in_hand)

    def take(self, task: Task) -> None:
        """Hand a task over. Ray is not to try it again by itself: it would for ever where memory runs out."""
        self._in_hand[self._work.remote(task.to_json())] = task

    def heard(self, seconds: float) -> Iterator[Answer]:
        """What came of tasks that ended."""
        from ray.exceptions import RayError  # type: ignore[import-not-found, unused-ignore]

        ended, _ = self._ray.wait(list(self._in_hand), num_returns=1, timeout=seconds)
        for reference in ended:
            task = self._in_hand.pop(reference)
            try:
                yield Answer(task=task, line=self._ray.get(reference))
            except RayError as error:
                yield Answer(task=task, lost=_short(error))


def _imported(address: str) -> Any:  # noqa: ANN401 (Ray is not there where types are checked)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if address == "local" and "RAY_AUTH_MODE" not in os.environ:
        # A token of this run alone: without one Ray writes its own into the home folder, and clusters that are started later ask for it.
        os.environ["RAY_AUTH_MODE"], os.environ["RAY_AUTH_TOKEN"] = "token", secrets.token_hex(32)
    try:
        import ray  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        raise InputError(f'to work on Ray ({address}): pip install "marsad[ray]"') from None
    return ray


def _connect(ray: Any, address: str, jobs: int) -> None:  # noqa: ANN401
    """Connect to the cluster that was named, and to no other that may run here.

    Raises:
        InputError: nobody answers there, or it wants another token.
    """
    given: dict[str, Any] = {"address": address, "logging_level": "ERROR", "log_to_driver": False}
    if address == "local":
        given |= {"include_dashboard": False, "object_store_memory": _STORE} | ({"num_cpus": jobs} if jobs else {})  # fmt: skip
    try:
        ray.init(**given)
    except ImportError as error:
        raise InputError(f'to work on {address}: pip install "ray[client]" ({error})') from None
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise MarsadError(
            f"Ray at {address} cannot be used: {_short(error)} (a cluster that asks for a token gets it by RAY_AUTH_MODE and RAY_AUTH_TOKEN)"
        ) from error


def _short(error: Exception) -> str:
    text = str(error).strip() or type(error).__name__
    return f"{type(error).__name__}: {text.partition(chr(10))[0]}"[:_LONGEST]
