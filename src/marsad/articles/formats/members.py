"""The members of a gzip file, one after the other, going on after damage.

A web archive has one gzip member for each of its records, so a bad stretch need cost no more than the records it touches. Where a member cannot be
unpacked, the next bytes ``1f 8b 08`` after its beginning are tried as the beginning of the next; they can be accidents, so nothing counts
until a member came to its end with the right checksum.

Several readers can share a file: each begins at the first member at or after an offset that is sound and begins a record, and ends before the one at which the
next begins. Both tell it by the same test, so every member and every damaged stretch falls to one of them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

MAGIC = b"\x1f\x8b\x08"
_BLOCK = 1 << 16
_KEPT = 1 << 24
"""Bytes of a member that are kept to look for the next one in; records are smaller, by far."""
_TRIES = 50
_FIRST = 64
"""Bytes of a member that come at once, so that its beginning can be told."""
_ENOUGH = 1 << 23
"""Bytes of a member, packed or not, after which it is taken for sound though its end is not seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What comes out of a gzip file: a ``start`` of a member at an offset, its ``data``, its ``end``; or ``broken``: what came since
    the start is not to be trusted.

    After that, ``damaged`` tells the bad stretch, from ``offset`` to ``end``, once the next good member is through; a stretch that
    reaches the end of the file is ``truncated`` where no further member began in it.
    """

    kind: Literal["start", "data", "end", "broken", "damaged", "truncated"]
    offset: int
    data: bytes = b""
    end: int = 0


class _Window:
    """The bytes of a file from the beginning of the present member on, as far as they are kept."""

    def __init__(self, stream: BinaryIO, place: int = 0) -> None:
        self._stream = stream
        self._bytes = bytearray()
        self._base = place
        self.place = place
        """Offset in the file of the next byte to be taken."""

    def take(self) -> bytes:
        """The next block of bytes; empty at the end."""
        at = self.place - self._base
        if at >= len(self._bytes):
            self._bytes += self._stream.read(_BLOCK)
        block = bytes(self._bytes[at : at + _BLOCK])
        self.place += len(block)
        if len(self._bytes) > _KEPT:
            self.forget(self.place - _BLOCK)
        return block

    def forget(self, before: int) -> None:
        """Keep no bytes before that offset."""
        gone = max(before - self._base, 0)
        del self._bytes[:gone]
        self._base += gone

    def find(self, after: int) -> bool:
        """Go to the next bytes that a member can begin with; False where there are none."""
        self.place = max(after, self._base)
        while True:
            at = self._bytes.find(MAGIC, self.place - self._base)
            if at >= 0:
                self.place = self._base + at
                self.forget(self.place)
                return True
            # The last two bytes can be the first two of the magic.
            self.place = max(self.place, self._base + len(self._bytes) - len(MAGIC) + 1)
            self.forget(self.place)
            more = self._stream.read(_BLOCK)
            self._bytes += more
            if not more:
                return False


def members(stream: BinaryIO, begin: int = 0, end: int | None = None, begins: bytes = b"") -> Iterator[Step]:
    """What the members of a gzip file hold, as it comes, with the stretches that are damaged.

    Args:
        stream: The file, at the byte ``begin``.
        begin: Where to look for the first member; 0 takes what is there.
        end: The offset from which on the next sound member is another reader's; what is damaged before that one is still told. None reads to the end.
        begins: What a member that a reader can begin at begins with, unpacked.
    """
    window = _Window(stream, begin)
    if not begin or _found(window, begins):
        yield from _members(
            window, lambda: end is not None and window.place >= end and _looked_into(window, begins)[0]
        )


def _members(window: _Window, is_anothers: Callable[[], bool]) -> Iterator[Step]:
    bad, first, tries = -1, "", 0
    while _more(window):
        if is_anothers():
            first = ""
            break
        start = window.place
        outcome = yield from _member(window, start)
        if outcome == "whole":
            if tries:
                yield Step(kind="damaged", offset=bad, end=start)
            tries = 0
            yield Step(kind="end", offset=start)
            window.forget(window.place)
            continue
        yield Step(kind="broken", offset=start)
        if not tries:
            bad, first = start, outcome
        tries += 1
        # Many bad beginnings, one soon after the other, are somebody's trap: then no byte is looked at twice.
        if not window.find(start + 1 if tries < _TRIES else window.place):
            break
    if tries:
        yield Step(kind="truncated" if first == "cut" else "damaged", offset=bad, end=window.place)


def _found(window: _Window, begins: bytes) -> bool:
    """Go to the next member that a reader can begin at; False where there is none."""
    after, tries = window.place, 0
    while window.find(after):
        start = window.place
        sound, came_to = _looked_into(window, begins)
        if sound:
            return True
        # As in `members`: what begins rightly and goes bad later costs time, and many of those are a trap.
        tries += came_to > start
        after = max(came_to, start + 1) if tries >= _TRIES else start + 1
    return False


def _looked_into(window: _Window, begins: bytes) -> tuple[bool, int]:
    """Whether a member stands here that begins so and can be unpacked; and how far it was looked into, where it begins so. The window stays where it is."""
    start, told, head = window.place, 0, b""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    sound = True
    while sound and not unpacking.eof and max(told, window.place - start) < _ENOUGH:
        block = unpacking.unconsumed_tail or window.take()
        try:
            data = unpacking.decompress(block, _BLOCK)
        except zlib.error:
            data, sound = b"", False
        sound = sound and bool(data or block)
        told += len(data)
        head += data[: len(begins) - len(head)]
        if not begins.startswith(head):
            window.place = start
            return False, start
    came_to, window.place = window.place, start
    return sound and head == begins, came_to


def _more(window: _Window) -> bool:
    """Whether anything but padding follows; some writers fill the last block of a file with zeros."""
    while block := window.take():
        rest = block.lstrip(b"\x00")
        window.place -= len(rest)
        window.forget(window.place)
        if rest:
            return True
    return False


def _member(window: _Window, start: int) -> Generator[Step, None, str]:
    """Unpack one member; says whether it was ``whole``, ``bad``, or ``cut`` off by the end of the file."""
    yield Step(kind="start", offset=start)
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    held, least = b"", _FIRST
    while not unpacking.eof:
        block = unpacking.unconsumed_tail or window.take()
        try:
            data = unpacking.decompress(block, _BLOCK)
        except zlib.error:
            return "bad"
        if not data and not block:
            return "cut"
        held += data
        if len(held) >= least or (unpacking.eof and held):
            yield Step(kind="data", offset=start, data=held)
            held, least = b"", 1
    window.place -= len(unpacking.unused_data)
    return "whole"
