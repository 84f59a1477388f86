"""Which episodes are reconciled together: whole blocks, several small ones in one task, and large ones cut by days.

What is decided here hangs on how many claims lie in each block on each day and on nothing else: not on shards, nor on how many processes there are.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from marsad.incidents import DAYS_AROUND

UNDATED, PERIOD = -1, -2
"""Slots of episodes that have no day, or a stretch of time of their own; the slot of the others is the proleptic ordinal of their first day."""

_REACH = DAYS_AROUND + 9
"""Days between two stretches over which nothing is compared: an event takes nine at most (`marsad.incidents.index`)."""

Slots = dict[int, list[int]]
"""From a slot to its claims and the digest of its rows."""


@dataclass(slots=True)
class Cells:
    """How many claims lie in each block in each slot, and a digest of them.

    Digests are numbers that are added up, so that they are the same however the rows lie in files.
    """

    held: dict[str, Slots] = field(default_factory=dict)

    def add(self, block: str, slot: int, claims: int, digest: int) -> None:
        """Add rows to a cell."""
        cell = self.held.setdefault(block, {}).setdefault(slot, [0, 0])
        cell[0] += claims
        cell[1] = added(cell[1], digest)

    def rows(self) -> Iterator[dict[str, str | int]]:
        """As rows of the table ``cells``, in a fixed order."""
        for block, slots in sorted(self.held.items()):
            for slot, (claims, digest) in sorted(slots.items()):
                yield {"block": block, "slot": slot, "claims": claims, "digest": digest}


def added(one: int, other: int) -> int:
    """The digest of two sets of rows, from those of each."""
    return (one + other) % (1 << 63)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block, or some of its slots.

    Attributes:
        block: The block's key.
        first: Its first slot, and ``last`` its last, or None both for the whole block.
        cut_before: Whether the slot before the first is in another piece that it may share incidents with; ``cut_after`` the same of the next.
    """

    block: str
    first: int | None = None
    last: int | None = None
    cut_before: bool = False
    cut_after: bool = False

    def holds(self, slot: int) -> bool:
        """Whether a slot of its block is in it."""
        return self.first is None or self.last is None or self.first <= slot <= self.last

    @property
    def name(self) -> str:
        """For names of tasks; different for different pieces."""
        land = re.sub(r"[^A-Za-z0-9]+", ".", self.block).strip(".")
        mark = hashlib.sha256(self.block.encode()).hexdigest()[:6]
        if self.first is None:
            return f"{land}-{mark}"
        slot = {UNDATED: "undated", PERIOD: "periods"}.get(self.first) or day_of(self.first)
        return f"{land}-{slot}-{mark}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What one task reconciles: pieces, their claims, the digest of all their rows."""

    pieces: tuple[Piece, ...]
    claims: int
    digest: str


class Places:
    """In which bucket a slot of a block lies; looked up, since it is asked for all cells of all shards and a block may be cut into hundreds of pieces."""

    def __init__(self, found: Sequence[Bucket]) -> None:
        self._held: dict[str, tuple[list[int], list[int]]] = {}
        pieces = [(piece, number) for number, bucket in enumerate(found) for piece in bucket.pieces]
        for piece, number in sorted(pieces, key=lambda one: PERIOD if one[0].first is None else one[0].first):
            firsts, numbers = self._held.setdefault(piece.block, ([], []))
            firsts.append(PERIOD if piece.first is None else piece.first)
            numbers.append(number)

    def of(self, block: str, slot: int) -> int:
        """The bucket's number: that of the last piece that begins at the slot or before it. No slot is less than `PERIOD`, where whole blocks begin."""
        firsts, numbers = self._held[block]
        return numbers[bisect_right(firsts, slot) - 1]


def day_of(slot: int) -> str:
    """The day of a slot as ISO 8601 writes it."""
    return date.fromordinal(slot).isoformat()


def buckets(cells: Cells, at_once: int) -> list[Bucket]:
    """All blocks, put into tasks of at most so many claims; a day with more is not cut.

    The days of a block that is cut are a task for each stretch of them. All else is put together in the order of the blocks.
    """
    small: list[tuple[Piece, Slots]] = []
    large: list[Bucket] = []
    for block, slots in sorted(cells.held.items()):
        for piece in _pieces(block, slots, at_once):
            inside = {slot: cell for slot, cell in slots.items() if piece.holds(slot)}
            if piece.first is None or piece.first < 0:
                small.append((piece, inside))
            else:
                large.append(_bucket([(piece, inside)]))
    return [_bucket(held) for held in _packed(small, at_once)] + large


def _pieces(block: str, slots: Slots, at_once: int) -> Iterator[Piece]:
    if _claims(slots) <= at_once:
        yield Piece(block=block)
        return
    yield from (Piece(block=block, first=slot, last=slot) for slot in (PERIOD, UNDATED) if slot in slots)
    days = sorted(slot for slot in slots if slot >= 0)
    firsts = _firsts(days, [slots[day][0] for day in days], at_once)
    ends = [*firsts[1:], len(days)] if days else []
    for start, end in zip(firsts, ends, strict=True):
        yield Piece(
            block=block,
            first=days[start],
            last=days[end] - 1 if end < len(days) else days[-1],
            cut_before=start > 0 and days[start] - days[start - 1] <= _REACH,
            cut_after=end < len(days) and days[end] - days[end - 1] <= _REACH,
        )


def _firsts(days: list[int], claims: list[int], at_once: int) -> list[int]:
    """Where the stretches of days begin: each is filled by half at least, and ends where the fewest claims lie on either side."""
    if not days:
        return []
    sums = [0, *accumulate(claims)]
    firsts, start = [0], 0
    for number in range(len(days)):
        if sums[number + 1] - sums[start] <= at_once or number == start:
            continue
        half = sums[start] + at_once // 2
        where = [n for n in range(start + 1, number + 1) if sums[n] >= half] or [number]
        start = min(where, key=lambda n: (_around(days, claims, n), -n))
        firsts.append(start)
        # What is left after an early cut may be too much again with this same day.
        if sums[number + 1] - sums[start] > at_once and start < number:
            start = number
            firsts.append(start)
    return firsts


def _around(days: list[int], claims: list[int], cut: int) -> int:
    """Claims within the days that are compared with each other over a cut before the day of that number."""
    found = 0
    for n in range(cut - 1, -1, -1):
        if days[n] < days[cut] - DAYS_AROUND:
            break
        found += claims[n]
    for n in range(cut, len(days)):
        if days[n] >= days[cut] + DAYS_AROUND:
            break
        found += claims[n]
    return found


def _packed(held: Iterable[tuple[Piece, Slots]], at_once: int) -> Iterator[list[tuple[Piece, Slots]]]:
    together: list[tuple[Piece, Slots]] = []
    claims = 0
    for piece, slots in held:
        more = _claims(slots)
        if together and claims + more > at_once:
            yield together
            together, claims = [], 0
        together.append((piece, slots))
        claims += more
    if together:
        yield together


def _claims(slots: Slots) -> int:
    return sum(cell[0] for cell in slots.values())


def _bucket(held: Sequence[tuple[Piece, Slots]]) -> Bucket:
    digest = hashlib.sha256()
    for piece, slots in held:
        for slot, (claims, mark) in sorted(slots.items()):
            digest.update(f"{piece.block}\t{slot}\t{claims}\t{mark}\n".encode())
    return Bucket(
        pieces=tuple(piece for piece, _ in held),
        claims=sum(_claims(slots) for _, slots in held),
        digest=digest.hexdigest(),
    )
