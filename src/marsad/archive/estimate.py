"""What making an archive would take, before anything is read: an estimate from the sizes of files and from what a thousand articles took so far.

Where the folder holds tasks that are done already, what they took is reckoned with; else what Marsad took on its own machine (`DEFAULT`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from marsad.archive.folder import Folder
from marsad.archive.plan import Plan
from marsad.archive.report import costs_of
from marsad.archive.shards import shards_of

DEFAULT = 11.0
"""Processor seconds that a thousand articles take over all stages (100,000 articles of the benchmark, 3.8 KB each, on a cloud machine)."""

_BYTES = {
    ".jsonl.gz": 1_000, ".jsonl.zst": 1_000, ".jsonl.bz2": 900, ".jsonl.xz": 900, ".jsonl": 3_500, ".parquet": 1_500, ".csv": 3_500,
    ".warc.gz": 28_000, ".warc": 120_000, ".wacz": 28_000,
}  # fmt: skip
"""Bytes of a file for each article in it, about."""
_OTHER = 20_000
_HOUR, _PER = 3_600, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a plan would take.

    Attributes:
        files: Inputs, ``bytes`` of them as far as they are known; ``unsized`` is how many do not tell.
        shards: Tasks of reading; packed files that are still to be cut count as one each.
        articles: About how many.
        seconds: Processor seconds for a thousand articles, ``measured`` if they were taken from this folder.
        processes: How many would work; ``hours`` it would take them.
        kinds: Files by their ending.
    """

    files: int
    bytes: int
    unsized: int
    shards: int
    articles: int
    seconds: float
    measured: bool
    processes: int
    hours: float
    kinds: dict[str, int]


def estimate_of(plan: Plan, folder: Folder, processes: int) -> Estimate:
    """Reckon a plan.

    Args:
        plan: The plan.
        folder: Where it would be made; what is there already tells what a thousand articles take.
        processes: How many would work.

    Raises:
        MarsadError: an input cannot be opened.
    """
    sized = [one for one in plan.inputs if one.size >= 0]
    articles = sum(max(1, one.size // _BYTES.get(_kind(one.address), _OTHER)) for one in sized)
    seconds = _measured(costs_of(folder))
    each = DEFAULT if seconds is None else seconds
    return Estimate(
        files=len(plan.inputs),
        bytes=sum(one.size for one in sized),
        unsized=len(plan.inputs) - len(sized),
        shards=len(shards_of(plan, None)),
        articles=articles,
        seconds=round(each, 1),
        measured=seconds is not None,
        processes=processes,
        hours=articles / _PER * each / max(1, processes) / _HOUR,
        kinds=dict(Counter(_kind(one.address) or "other" for one in plan.inputs).most_common()),
    )


def _kind(address: str) -> str:
    """The ending that says how large an article is in it; "" where none is known."""
    return next((ending for ending in _BYTES if address.lower().endswith(ending)), "")


def _measured(costs: list[dict[str, Any]]) -> float | None:
    """What a thousand articles took over all stages, where any were read."""
    known = [one["per_1000"] for one in costs if one["per_1000"] is not None and one["tasks"]]
    return sum(known) if known else None
