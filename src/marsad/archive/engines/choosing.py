"""Which engine an address means."""

from __future__ import annotations

import os

from marsad.archive.engines.base import Engine
from marsad.archive.engines.here import Here
from marsad.archive.engines.local import Local
from marsad.archive.engines.ray_tasks import Ray
from marsad.archive.engines.spark import Spark
from marsad.errors import InputError

KNOWN = """\
  local              the processes of this machine, as many as it has cores; local:4 is four
  here               this process, one task after the other: for looking for faults
  spark://HOST:7077  a Spark cluster; spark:MASTER any other master that Spark knows (spark:yarn, spark:k8s://..., spark:local[2,4])
  ray://HOST:10001   a Ray cluster by its client's door; ray:HOST:6379 from a machine of the cluster, ray:auto the cluster this machine is part of,
                     ray:local one that is started here"""
"""The forms of an address, for people."""


def engine_of(address: str, jobs: int = 0) -> Engine:
    """The engine of an address; nothing is started or imported before it is entered.

    Args:
        address: One of `KNOWN`.
        jobs: How many processes or cores; 0 is as many as there are.

    Raises:
        InputError: the address is of no known form.
    """
    if address == "here":
        return Here()
    kind, _, rest = address.partition(":")
    if kind == "local" and (not rest or _is_number(rest)):
        return Local(jobs or int(rest or 0) or _cores())
    if kind == "spark" and rest.strip("/"):
        return Spark(address if rest.startswith("//") else rest, jobs)
    if kind == "ray" and rest.strip("/"):
        return Ray(address if rest.startswith("//") else rest, jobs)
    raise InputError(f"no engine has the address {address!r}; known are:\n{KNOWN}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) > 0


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
