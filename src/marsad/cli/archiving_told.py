"""What ``marsad archive plan`` and ``run`` say, in lines for people."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping

from marsad.archive import Folder, Plan, Ran
from marsad.archive.estimate import Estimate
from marsad.archive.failures import set_aside_counts
from marsad.archive.report import left_out
from marsad.archive.stages import STAGES
from marsad.cli.archiving_model import reader_line
from marsad.cli.progress import Progress, span
from marsad.cli.terminal import printable

_WIDTH = 18
_SIZES = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "KB"))
_HOUR = 3_600
_TABLES = {
    "articles": "articles",
    "claims": "claims",
    "incidents": "incidents",
    "spells": "spells of control",
}


def size(number: int) -> str:
    """Bytes for people.

    >>> [size(each) for each in (12, 3_400, 2_100_000_000)]
    ['12 bytes', '3.4 KB', '2.1 GB']
    """
    for unit, name in _SIZES:
        if number >= unit:
            return f"{number / unit:,.1f} {name}"
    return f"{number:,} bytes"


def row(name: str, value: str) -> str:
    """A name and what it is."""
    return f"{name:<{_WIDTH}}{value}"


def plan_lines(plan: Plan, reckoned: Estimate, engine: str) -> Iterator[str]:
    """What would be read, and about how long it would take."""
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in reckoned.kinds.items())
    unsized = f", {reckoned.unsized:,} of which do not tell their size" if reckoned.unsized else ""
    yield row("archive", plan.folder)
    yield row("inputs", f"{reckoned.files:,} files ({kinds}), {size(reckoned.bytes)}{unsized}")
    yield row("tasks of reading", f"{reckoned.shards:,}, of about {size(plan.settings.shard_bytes)} each")
    yield row("engine", engine)
    yield row("articles", f"about {reckoned.articles:,} (an estimate, from the sizes of the files)")
    by = "as measured in this folder" if reckoned.measured else "as Marsad's own measurements have it"
    yield row("time", f"about {span(reckoned.hours * _HOUR)} on {reckoned.processes:,} process{'es' if reckoned.processes != 1 else ''} (an estimate: {reckoned.seconds:,.1f} processor seconds for 1,000 articles, {by})")  # fmt: skip
    filtered = "all" if plan.settings.relevance is None else "those that by their words may be about the conflict (--skip-off-topic)"  # fmt: skip
    yield row("articles read", filtered)
    yield row("read by", printable(reader_line(plan.settings)))
    yield row("texts", "kept" if plan.settings.text else "not kept (--text keeps them)")


class RunTold:
    """Tells how far a run is: a line for each stage that ends, and what moves in between."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._begun: dict[str, int] = {}
        self._since = 0.0

    def told(self, stage: str, done: int, of: int) -> None:
        """As `drive` tells it."""
        if stage not in self._begun:
            self._begun[stage] = done
            self._since = time.monotonic()
        now = done - self._begun[stage]
        if done < of:
            left = f", {span((time.monotonic() - self._since) / now * (of - done))} left" if now else ""
            self._progress.show_line(f"marsad: {stage}: {done:,} of {of:,} tasks{left}")
            return
        self._progress.say(f"marsad: {_stage_line(stage, of, self._begun[stage])}")


def _stage_line(stage: str, tasks: int, before: int) -> str:
    """What is said of a stage that is done."""
    if not tasks:
        return f"{stage}: nothing to do"
    counted = f"{tasks:,} task{'s' if tasks != 1 else ''}"
    if before == tasks:
        return f"{stage}: {counted}, done before"
    told = f", {before:,} of them before" if before else ""
    return f"{stage}: {counted} done{told}; {STAGES[stage]}"


def ran_lines(ran: Ran, folder: Folder) -> Iterator[str]:
    """What came out of a run."""
    counts = ", ".join(f"{_rows(ran, table):,} {name}" for table, name in _TABLES.items())
    yield f"{folder.root}: {counts}"
    left = left_out({"read": _summed(ran, "read")})
    if left:
        yield f"articles not read: {_reasons(left)}"
    aside = set_aside_counts(folder)
    if aside:
        yield f"articles set aside: {_reasons(dict(aside.most_common()))}; `marsad archive failures {folder.root}` lists them"


def _rows(ran: Ran, table: str) -> int:
    return sum(part.rows for records in ran.records.values() for record in records for part in record.of(table))  # fmt: skip


def _summed(ran: Ran, stage: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for record in ran.records.get(stage, ()):
        sums.update(record.counts)
    return sums


def _reasons(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items())
