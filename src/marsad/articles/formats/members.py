"""The members of a gzip file, one after the other, going on after damage.

A web archive has one gzip member for each of its records, so a bad stretch need cost no more than the records it touches. Where a member cannot be
unpacked, the next bytes ``1f 8b 08`` after its beginning are tried as the beginning of the next; they can be accidents, so nothing counts
until a member came to its end with the right checksum.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

MAGIC = b"\x1f\x8b\x08"
_BLOCK = 1 << 16
_KEPT = 1 << 24
"""Bytes of a member that are kept to look for the next one in; records are smaller, by far."""
_TRIES = 50


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

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._bytes = bytearray()
        self._base = 0
        self.place = 0
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


def members(stream: BinaryIO) -> Iterator[Step]:
    """What the members of a gzip file hold, as it comes, with the stretches that are damaged."""
    window = _Window(stream)
    bad, first, tries = -1, "", 0
    while _more(window):
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
    while not unpacking.eof:
        block = unpacking.unconsumed_tail or window.take()
        try:
            data = unpacking.decompress(block, _BLOCK)
        except zlib.error:
            return "bad"
        if data:
            yield Step(kind="data", offset=start, data=data)
        elif not block:
            return "cut"
    window.place -= len(unpacking.unused_data)
    return "whole"
