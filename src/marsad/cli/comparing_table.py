"""A comparison as a table for people: the numbers by area, time and type, then the first lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from marsad.cli.rows import islands
from marsad.cli.terminal import columns, isolated, printable
from marsad.run.comparing import KINDS, Compared, Comparison

_MOST_GROUPS = 15
_MOST_ROWS = 20
_MOST_LANDS = 12
_NAME = 44
_HEADS = {"both": "both", "theirs": "only theirs", "ours": "only ours"}
_PARTS = (("areas", "by area"), ("periods", "by time"), ("types", "by type"))


def table(comparison: Comparison, numbers: dict[str, Any]) -> Iterator[str]:
    """The lines of one layer's table.

    Args:
        comparison: The layer's.
        numbers: Its sums, as `marsad.run.comparing_rows.sums` gives them.
    """
    cover = numbers["covers"]
    lands, more = cover["countries"][:_MOST_LANDS], len(cover["countries"]) - _MOST_LANDS
    where = f"{', '.join(lands) or 'no country known'}{f' and {more} more' if more > 0 else ''}"
    yield f"{comparison.origin.upper()}: {cover['first_day']} to {cover['last_day']}, {where}"
    yield _line("", list(_HEADS.values()))
    yield _line("all", [f"{numbers['kinds'][kind]:,}" for kind in KINDS])
    for part, head in _PARTS:
        yield ""
        yield head
        yield from _groups(numbers[part])
    yield ""
    yield "first lines"
    yield from (row_line(row) for row in comparison.rows[:_MOST_ROWS])
    if len(comparison.rows) > _MOST_ROWS:
        yield f"  and {len(comparison.rows) - _MOST_ROWS:,} more; --format jsonl has all"
    yield ""


def _groups(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    for one in found[:_MOST_GROUPS]:
        name = f"{one['name']} {isolated(printable(one['ar']))}" if one.get("ar") else printable(one["name"])
        yield _line(name, [f"{one[kind]:,}" for kind in KINDS])
    if len(found) > _MOST_GROUPS:
        yield f"  and {len(found) - _MOST_GROUPS:,} more; --summary has all"


def _line(name: str, cells: Sequence[str]) -> str:
    return f"  {name}{' ' * max(1, _NAME - columns(name))}" + "".join(f"{cell:>13}" for cell in cells)


def row_line(row: Compared) -> str:
    """One line of the comparison in short: the kind, the day, the place, what happened, whose ids."""
    head = f"  {_HEADS[row.kind]:<11}  {row.day.isoformat()}  "
    parts = []
    if row.theirs:
        parts += [row.theirs.place or "place not told", row.theirs.type_words, row.theirs.id]
    if row.ours:
        if not row.theirs:
            parts.append(row.ours.row.place or "place not told")
        parts += [row.ours.row.event, row.ours.row.id]
    if row.fit:
        parts.append(f"{row.fit.score:.2f}")
    return head + "  ".join(map(islands, parts))
