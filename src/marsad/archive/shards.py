"""Sharing the inputs of an archive out to tasks, without reading them.

* Large files are cut where a reader can begin: JSON lines and packed web archives at any byte, Parquet files at a row group.
* Large files of other kinds, or packed ones, are gone through once by stage ``cut``, which writes what is in them to files of the right size.
* Small files are read together. Which of them does not depend on all the others: a file ends its group where its name's hash says so, with a chance that
  makes groups of the right size, so that a file more or less changes one group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

from marsad.archive.inputs import PACKINGS
from marsad.archive.opening import open_input
from marsad.archive.plan import Input, Plan
from marsad.archive.shard import Shard
from marsad.archive.shard_pieces import pieces_of
from marsad.archive.task import Record
from marsad.articles import Job, Limits, form_of, row_groups
from marsad.articles.formats.stretches import Form
from marsad.errors import MarsadError

__all__ = ["Shard", "inputs_to_cut", "pieces_of", "shards_of"]

_PACKED = (*PACKINGS, ".parquet", ".wacz", ".docx")
_TIMES = 4
"""How many times larger news text is unpacked, about."""
_MOST_TIMES = 4
"""How many times the usual size a group of small files may have."""
_MOST_FILES = 1_000
"""Opening a file costs something, so even an empty one counts as that share of a task."""
_AT_A_TIME = 16
_GLANCE = 1 << 18
"""Bytes that are fetched of a file to see what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How a large file is shared out: its form, None where it has to be cut; the rows of each row group."""

    form: Form | None
    rows: tuple[int, ...] = ()


def shards_of(plan: Plan, cut: Sequence[Record] | None) -> list[Shard]:
    """The shards of all inputs, in the order of the inputs and of what is in them.

    Args:
        plan: The inputs and how much of them one task reads.
        cut: The records of stage ``cut``; None before it is done, for a first look: then what it will cut up counts as one shard.

    Raises:
        MarsadError: an input cannot be opened.
    """
    cuts = None if cut is None else {record.name: record for record in cut}
    layouts = _layouts(plan)
    return [shard for one in _grouped(plan, layouts) for shard in _shared(one, plan, layouts, cuts)]


def inputs_to_cut(plan: Plan) -> list[Input]:
    """The inputs that stage ``cut`` has to go through.

    Raises:
        MarsadError: an input cannot be opened.
    """
    return [one for one, layout in _layouts(plan).items() if layout.form is None]


def cut_name(one: Input) -> str:
    """The name of the task that cuts an input."""
    return Shard(form="files", inputs=(one,)).name


def _layouts(plan: Plan) -> dict[Input, _Layout]:
    """The inputs that are too large for one task, with how they are shared out."""
    columns = tuple(sorted(plan.settings.columns.items()))
    large = [one for one in plan.inputs if one.size < 0 or _raw(one) > plan.settings.shard_bytes]
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        return dict(zip(large, pool.map(lambda one: _looked_at(one, columns), large), strict=True))


def _raw(one: Input) -> int:
    """Bytes of what is in it, about."""
    return max(one.size, 0) * (_TIMES if one.address.lower().endswith(_PACKED) else 1)


@lru_cache(maxsize=1 << 16)
def _looked_at(one: Input, columns: Sequence[tuple[str, str]]) -> _Layout:
    """Look at the beginning of a file; of a Parquet file at its end."""
    if one.size < 0:
        return _Layout(form=None)
    with open_input(one.address, _GLANCE) as stream:
        job = Job(file=one.address, stream=stream, limits=Limits(), columns=dict(columns) or None)
        form = form_of(job) if stream.seekable() else None
        if form != "rows":
            return _Layout(form=form)
        stream.seek(0)
        return _Layout(form=form, rows=tuple(row_groups(stream)))


def _grouped(plan: Plan, layouts: Mapping[Input, _Layout]) -> Iterator[tuple[Input, ...]]:
    """Each large input alone, small ones that follow each other together."""
    most = plan.settings.shard_bytes
    group: list[Input] = []
    held = 0
    for one in plan.inputs:
        if one in layouts:
            if group:
                yield tuple(group)
            yield (one,)
            group, held = [], 0
            continue
        weight = max(_raw(one), most // _MOST_FILES, 1)
        group.append(one)
        held += weight
        if held >= _MOST_TIMES * most or _chance(one) < weight / most:
            yield tuple(group)
            group, held = [], 0
    if group:
        yield tuple(group)


def _chance(one: Input) -> float:
    """A number from 0 to 1 that goes with a file's address."""
    digest = hashlib.sha256(one.address.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / (1 << 64)


def _shared(
    group: tuple[Input, ...], plan: Plan, layouts: Mapping[Input, _Layout], cuts: Mapping[str, Record] | None
) -> list[Shard]:
    """The shards of a group of small inputs or of one large one."""
    layout = layouts.get(group[0])
    if layout is None or (layout.form == "rows" and not layout.rows):
        return [Shard(form="files", inputs=group)]
    if layout.form is None:
        return [Shard(form="files", inputs=group)] if cuts is None else _chunks(group[0], cuts)
    form, settings, size = layout.form, plan.settings, group[0].size
    step = settings.shard_bytes if form == "lines" else max(settings.shard_bytes // _TIMES, 1)
    stretches = _of_rows(layout.rows, settings.shard_rows) if form == "rows" else _of_bytes(size, step)
    return [Shard(form=form, inputs=group, start=start, end=end) for start, end in stretches]


def _chunks(one: Input, cuts: Mapping[str, Record]) -> list[Shard]:
    record = cuts.get(cut_name(one))
    if record is None:
        raise MarsadError(f"{one.address}: stage 'cut' has not gone through it")
    return [
        Shard(form="chunk", inputs=(one,), start=number, end=number + 1, part=part)
        for number, part in enumerate(record.parts)
    ]


def _of_bytes(size: int, step: int) -> list[tuple[int, int]]:
    return [(start, min(start + step, size)) for start in range(0, size, step)]


def _of_rows(rows: Sequence[int], most: int) -> list[tuple[int, int]]:
    """Row groups together that have about so many rows."""
    found, start, held = [], 0, 0
    for number, count in enumerate(rows, 1):
        held += count
        if held >= most or number == len(rows):
            found.append((start, number))
            start, held = number, 0
    return found
