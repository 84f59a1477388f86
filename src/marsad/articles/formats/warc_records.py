"""Web archives (WARC) cut into their records, from bytes that come in blocks.

A record is a head of ``WARC/1.x`` and fields, an empty line, and as many bytes as its ``Content-Length`` says. Where no record
begins, what follows is passed over up to the next line that begins one, and the stretch is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from marsad.articles.formats.web import headers_of

_BEGINS = b"WARC/"
_NEXT = re.compile(rb"(?:\A|\n)(?=WARC/[01]\.)")
_BLANK = re.compile(rb"[\r\n]*")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
_MOST_HEAD = 1 << 16
_WANTED = ("response", "resource")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of an archive, or what is amiss (``fault``): ``lost`` (a stretch that is no record), ``truncated`` or ``too_long``.

    ``place`` is where it begins, -1 in an archive that is not packed, and ``inner`` how many unpacked bytes after that.
    """

    place: int
    inner: int
    headers: Mapping[str, str] = field(default_factory=dict)
    block: bytes = b""
    fault: str = ""
    end: int = 0
    """Offset in the file at which a damaged stretch ends, where that is known."""

    @property
    def label(self) -> str:
        """Where it is, for messages: ``@3310``, or ``@0+512`` in a member that holds several records."""
        return (
            f"@{self.place}+{self.inner}"
            if self.inner and self.place >= 0
            else f"@{max(self.place, self.inner)}"
        )


@dataclass(slots=True)
class Records:
    """Takes blocks of bytes and gives the records that are complete; those of no use (requests, metadata) are passed over.

    Args:
        most: Bytes of the longest record that is wanted; of a longer one only a fault comes out.
    """

    most: int
    _held: bytearray = field(default_factory=bytearray)
    _state: str = "head"
    _place: int = -1
    _next_place: int = -1
    _inner: int = 0
    _start: tuple[int, int] = (-1, 0)
    _headers: Mapping[str, str] = field(default_factory=dict)
    _left: int = 0
    _astray: bool = False
    """Whether no record has begun since a stretch was told that is none."""

    @property
    def inside(self) -> bool:
        """Whether a record has begun that is not complete."""
        return self._state in ("block", "skip") or (self._state == "head" and bool(self._held.strip()))

    def begin(self, place: int) -> None:
        """A new member of a packed archive begins at that offset of the file with the next block."""
        self._next_place = place

    def forget(self) -> None:
        """What came since the last record is not to be trusted: go on at the next beginning of a record."""
        self._held.clear()
        self._state = "sought"

    def feed(self, data: bytes) -> Iterator[Record]:
        """The records that are complete with this block."""
        if self._next_place >= 0:
            if data.startswith(_BEGINS):
                # A record begins here, whatever came before: one that was promised more bytes than it has, or none.
                yield from self.finish()
                self._state, self._astray = "head", False
            self._place, self._inner, self._next_place = self._next_place, -len(self._held), -1
        self._held += data
        while True:
            state, left = self._state, self._left
            found = self._step()
            if found is not None:
                yield found
            elif (state, left) == (self._state, self._left) or not self._held:
                return

    def finish(self) -> Iterator[Record]:
        """What is left when no more bytes come: a record that is cut off, or bytes that are none."""
        if self._state == "lost" and not self._astray:
            yield self._fault("lost")
        elif self.inside:
            yield self._fault("truncated")
        self.forget()

    def _step(self) -> Record | None:
        match self._state:
            case "head":
                return self._head()
            case "block":
                return self._block()
            case "skip":
                return self._skip()
            case _:
                return self._seek()

    def _fault(self, fault: str) -> Record:
        place, inner = self._start
        return Record(place=place, inner=inner, fault=fault)

    def _drop(self, count: int) -> None:
        del self._held[:count]
        self._inner += count

    def _head(self) -> Record | None:
        self._drop(_BLANK.match(self._held).end())  # type: ignore[union-attr]
        self._start = (self._place, self._inner)
        if len(self._held) < len(_BEGINS) and _BEGINS.startswith(self._held):
            return None
        end = _HEAD_ENDS.search(self._held, 0, _MOST_HEAD)
        begins = self._held.startswith(_BEGINS)
        if begins and end is None and len(self._held) < _MOST_HEAD:
            return None
        self._headers = headers_of(bytes(self._held[: end.start()]).partition(b"\n")[2]) if end else {}
        length = self._headers.get("content-length", "")
        if end is None or not begins or not _LENGTH.fullmatch(length):
            self._state = "lost"
            # What has no empty line has no record's head either, but for one that begins at its end.
            self._drop(1 if end else max(self._held.rfind(b"\n" + _BEGINS, 0, _MOST_HEAD), 1))
            return None
        self._drop(end.end())
        self._left = int(length)
        return self._begun()

    def _begun(self) -> Record | None:
        self._astray = False
        wanted = self._headers.get("warc-type", "").lower() in _WANTED
        self._state = "block" if wanted and self._left <= self.most else "skip"
        if wanted and self._state == "skip":
            return self._fault("too_long")
        return None

    def _block(self) -> Record | None:
        if len(self._held) < self._left:
            return None
        place, inner = self._start
        block = bytes(self._held[: self._left])
        self._drop(self._left)
        self._state = "head"
        return Record(place=place, inner=inner, headers=self._headers, block=block)

    def _skip(self) -> Record | None:
        count = min(self._left, len(self._held))
        self._drop(count)
        self._left -= count
        if not self._left:
            self._state = "head"
        return None

    def _seek(self) -> Record | None:
        found = _NEXT.search(self._held)
        if found is None:
            self._drop(max(len(self._held) - len(_BEGINS) - 3, 0))
            return None
        is_news = self._state == "lost" and not self._astray
        self._astray = self._astray or is_news
        self._drop(found.end())
        self._state = "head"
        return self._fault("lost") if is_news else None
