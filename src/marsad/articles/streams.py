"""Opening an input: gzip and UTF-16 are undone on the way, so that everything after sees bytes of UTF-8 (or a
document in a table of its own) and can read line by line, whatever the size.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from marsad.articles.raw import Meter
from marsad.errors import SetAside

_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PACKED = (_GZIP, *_UTF16)
"""What a file begins with whose bytes are not those of its text."""
_BLOCK = 1 << 16


class _Ahead(io.RawIOBase):
    """A stream with the bytes that were read to look at it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read_some = getattr(self._rest, "read1", self._rest.read)
        data = self._head[: len(buffer)] or read_some(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


class _FromUtf16(io.RawIOBase):
    """UTF-16 (with its mark) as UTF-8; what is not UTF-16 raises UnicodeDecodeError."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._left = stream, b""
        self._decoder = codecs.getincrementaldecoder("utf-16")("strict")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            data = self._stream.read(_BLOCK)
            self._left = self._decoder.decode(data, final=not data).encode("utf-8")
            if not data:
                break
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


class _Metered(io.RawIOBase):
    """A file on disk, whose reading is counted."""

    def __init__(self, raw: io.FileIO, meter: Meter) -> None:
        self._raw, self._meter = raw, meter

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        count = self._raw.readinto(buffer)
        self._meter.read += count or 0
        return count


@contextmanager
def opened(file: str, meter: Meter | None = None) -> Iterator[BinaryIO]:
    """The bytes of a file or of standard input (``-``), unpacked and as UTF-8 where they were UTF-16.

    Args:
        file: A path, or ``-``.
        meter: Told what is read of the file.

    Raises:
        SetAside: as `packed` does.
    """
    with packed(file, meter) as stream:
        yield undone(stream)


@contextmanager
def packed(file: str, meter: Meter | None = None) -> Iterator[BinaryIO]:
    """The bytes of a file or of standard input (``-``) as they are.

    Raises:
        SetAside: ``damaged``, ``undecodable`` or ``unreadable``, also while the stream is read: a gzip file that is cut off,
            bytes that are not UTF-16, a disk that fails.
    """
    try:
        if file == "-":
            yield sys.stdin.buffer
        else:
            with Path(file).open("rb", buffering=0) as raw, _counted(raw, meter or Meter()) as stream:
                yield stream
    except UnicodeDecodeError as error:
        raise SetAside("undecodable", f"not {error.encoding.upper()}, although it has its mark") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SetAside("damaged", f"the gzip file is damaged: {error}") from error
    except OSError as error:
        raise SetAside("unreadable", f"it cannot be read: {error.strerror or error}") from error


@contextmanager
def _counted(raw: io.FileIO, meter: Meter) -> Iterator[BinaryIO]:
    """The file with its reading counted; in the end its size counts, however often or little it was read."""
    before, size = meter.read, os.fstat(raw.fileno()).st_size
    try:
        yield _buffered(_Metered(raw, meter))
    finally:
        meter.read = before + size


def looked_at(stream: BinaryIO, count: int, *, patient: bool = True) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the stream as if they had not been read.

    Args:
        stream: Where to look.
        count: The number of bytes.
        patient: Whether to wait for all of them; whoever writes a text line by line into a pipe is not kept waiting otherwise.
    """
    if stream.seekable():
        place = stream.tell()
        head = stream.read(count)
        stream.seek(place)
        return head, stream
    head = _whole_part(stream, count) if patient else _first_lines(stream, count)
    return head, _buffered(_Ahead(head, stream))


def _whole_part(stream: BinaryIO, count: int) -> bytes:
    """The first bytes, or those before the place where a damaged file breaks off: it breaks off again when that is read on."""
    read_some = getattr(stream, "read1", stream.read)
    head = b""
    try:
        while len(head) < count and (data := read_some(count - len(head))):
            head += data
    except (EOFError, zlib.error):
        if not head:
            raise
    return head


def _first_lines(stream: BinaryIO, count: int) -> bytes:
    """As much of a text as tells what it is; of anything else, as much as is asked for."""
    head = b""
    while len(head) < count and (line := stream.readline(count - len(head))):
        head += line
        if head.startswith(_GZIP) or b"\x00" in line:
            return head + stream.read(count - len(head))
        bare, like_json = line.strip(), head.lstrip().startswith((b"{", b"["))
        if bare and (not like_json or (bare.startswith(b"{") and bare.endswith(b"}"))):
            break
    return head


def undone(stream: BinaryIO) -> BinaryIO:
    """A stream without its gzip, and as UTF-8 where it was UTF-16."""
    stream = _undo_utf16(stream)
    head = stream.read(2)
    ahead = _buffered(_Ahead(head, stream))
    # What a gzip file holds may be UTF-16, but not a further gzip file, which could go on for ever.
    return _undo_utf16(cast("BinaryIO", gzip.GzipFile(fileobj=ahead))) if head == _GZIP else ahead


def _undo_utf16(stream: BinaryIO) -> BinaryIO:
    head = stream.read(2)
    ahead = _buffered(_Ahead(head, stream))
    return _buffered(_FromUtf16(ahead)) if head in _UTF16 else ahead


def _buffered(raw: io.RawIOBase) -> BinaryIO:
    return io.BufferedReader(raw)
