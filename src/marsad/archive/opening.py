"""Opening an input of an archive: a file of this machine, or one behind an address that fsspec knows.

A disk or a network that fails is told apart from content that is damaged: the first ends the task, which is then tried again, and the second sets an article aside.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from marsad.archive.plan import Input
from marsad.errors import InputError, MarsadError, SetAside, TryAgain

_BLOCK = 1 << 18
_FEW = 1 << 14
_AHEAD = 8 << 20
"""Bytes that are fetched at once of a file that is not on this machine."""
_MARKS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated", "created")
_PACKINGS = {b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
_MISSING = 'to read from fsspec addresses: pip install "marsad[archive]"'


class _Outside(io.RawIOBase):
    """A file whose failures are remembered: readers of formats take an error of a disk for damage of the file."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 (fsspec has no types)
        self._file = file
        self.failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._file.read(len(buffer))
        except Exception as error:
            self.failure = error
            raise OSError(str(error) or type(error).__name__) from error
        buffer[: len(data)] = data
        return len(data)


def is_address(text: str) -> bool:
    """Whether it is an address (``s3://...``) and no path."""
    return "://" in text


@contextmanager
def open_input(address: str, ahead: int = _AHEAD) -> Iterator[BinaryIO]:
    """The bytes of an input as they are; of a file that is not on this machine, ``ahead`` bytes are fetched at once.

    Raises:
        TryAgain: it cannot be opened, or reading it failed for a reason outside of it, whatever came of that meanwhile.
        InputError: there is no such file, or the package for its kind of address is not there.
    """
    try:
        file = _opened(address, ahead)
    except FileNotFoundError:
        raise InputError(f"{address}: there is no such file (any more)") from None
    except OSError as error:
        raise TryAgain(f"{address}: it cannot be opened: {error.strerror or error}") from error
    with file:
        outside = _Outside(file)
        try:
            yield io.BufferedReader(outside, _BLOCK)
        finally:
            if outside.failure is not None:
                raise TryAgain(f"{address}: it cannot be read: {outside.failure}") from outside.failure


def _opened(address: str, ahead: int) -> Any:  # noqa: ANN401 (fsspec has no types)
    if not is_address(address):
        return Path(address).open("rb", buffering=0)
    system, path = system_of(address)
    return system.open(path, "rb", block_size=ahead, cache_type="readahead")


def system_of(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it.

    Raises:
        InputError: the address is of no kind that is known, or the package for it is missing.
    """
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]
    except ImportError:
        raise InputError(_MISSING) from None
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise InputError(f"{address}: a package is missing: {error}") from error
    except ValueError as error:
        raise InputError(f"{address}: {error}") from error
    return system, str(path)


def input_at(address: str) -> Input:
    """A file as it is now.

    Raises:
        InputError: there is no such file.
        TryAgain: it cannot be looked at.
    """
    try:
        if not is_address(address):
            found = Path(address).stat()
            return Input(address=address, size=found.st_size, mark=str(found.st_mtime_ns))
        system, path = system_of(address)
        system.invalidate_cache()
        return told_input(system, path, system.info(path), address)
    except FileNotFoundError:
        raise InputError(f"{address}: there is no such file (any more)") from None
    except OSError as error:
        raise TryAgain(f"{address}: it cannot be looked at: {error.strerror or error}") from error


def told_input(system: Any, path: str, info: Any, address: str = "") -> Input:  # noqa: ANN401 (fsspec has no types)
    """The input that a file system tells of."""
    mark = next((info[name] for name in _MARKS if info.get(name)), None) or system.ukey(path)
    size = info.get("size")
    return Input(
        address=address or str(system.unstrip_protocol(path)),
        size=-1 if size is None else int(size),
        mark=mark.isoformat() if isinstance(mark, datetime) else str(mark).strip('"'),
    )


def check_unchanged(one: Input) -> None:
    """See that a file is what was planned with.

    Raises:
        MarsadError: it is another, or gone.
    """
    now = input_at(one.address)
    if now != one:
        raise MarsadError(
            f"{one.address}: it changed since the run was planned ({one.size:,} bytes, mark {one.mark}; now {now.size:,} bytes, mark {now.mark}): run it again"
        )


@contextmanager
def unpacked(address: str) -> Iterator[BinaryIO]:
    """The bytes of an input without its bzip2, xz or zstd; gzip stays, as web archives are read packed.

    Raises:
        SetAside: ``damaged`` or ``undecodable``, also while it is read.
        TryAgain: as `open_input`; so is InputError.
    """
    packing = "gzip"
    try:
        with open_input(address) as stream:
            packing = _packing(stream)
            yield stream if packing == "gzip" else _undone(stream, packing)
    except UnicodeDecodeError as error:
        raise SetAside("undecodable", f"not {error.encoding.upper()}, although it has its mark") from error
    except (EOFError, zlib.error, lzma.LZMAError, OSError) as error:
        raise SetAside("damaged", f"the {packing} file is damaged: {error}") from error


def _packing(stream: BinaryIO) -> str:
    head = stream.peek(6)[:6] if isinstance(stream, io.BufferedReader) else b""
    return next((name for magic, name in _PACKINGS.items() if head.startswith(magic)), "gzip")


def _undone(stream: BinaryIO, packing: str) -> BinaryIO:
    source: Any
    if packing == "bzip2":
        source = bz2.BZ2File(stream)
    elif packing == "xz":
        source = lzma.LZMAFile(stream)  # noqa: SIM115 (what is under it is closed by whoever opened it)
    else:
        import pyarrow as pa  # type: ignore[import-untyped]

        source = pa.CompressedInputStream(stream, "zstd")
    return io.BufferedReader(_Unpacked(source), _BLOCK)


class _Unpacked(io.RawIOBase):
    """What is unpacked, as a stream that can be read line by line, and from its beginning on only."""

    def __init__(self, source: Any) -> None:  # noqa: ANN401 (pyarrow has no types)
        self._read = source.read1 if isinstance(source, io.BufferedIOBase) else source.read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        # Few at a time, so that where the file breaks off, what came before is there.
        data = self._read(min(len(buffer), _FEW))
        buffer[: len(data)] = data
        return len(data)
