"""Every answer, kept as it came before anybody reads it: WARC files (version 1.1), one gzip member for each record.

What a claim rests on must still be there when the outlet has changed its page, and it must be possible to show that nobody
has touched it: each record has the SHA-256 of what was received. A file belongs to the process that began it, as the
day, the process and eight random letters in its name say, and no other ever writes to it. So a process that is killed
while it writes leaves at most one torn record, at the end of a file that nobody continues, and never one in the middle.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import secrets
import uuid
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from marsad.errors import SetAside, TryAgain
from marsad.feeds.fetch import Fetched
from marsad.feeds.unpacking import gunzipped

LARGEST_FILE = 1_000_000_000
"""Bytes after which a new file is begun, as archives do."""
_LARGEST_RECORD = 128_000_000
_NAME = re.compile(r"marsad-\d{8}-\d{1,10}-[0-9a-f]{8}-\d{1,6}\.warc\.gz", re.ASCII)
_END = b"\r\n"
_PIECE = 1 << 20
_NOT_AS_KEPT = frozenset({"transfer-encoding"})
"""Headers that say how the body travelled, not what it is: kept under another name, as it is kept without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where an answer is kept: a file of the archive, its place there in bytes, and the SHA-256 of its body as received."""

    file: str
    offset: int
    length: int
    sha256: str


class Keeper:
    """Keeps answers in a folder, for one process; a file is begun with the first answer, each day, and after a gigabyte.

    Args:
        folder: Made where it is missing.
        clock: The time on the wall, for the names of the files.
        software: The name of the program and its version, for the first record of each file.
        largest: Bytes after which a new file is begun.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        software: str = "Marsad",
        largest: int = LARGEST_FILE,
    ) -> None:
        self._folder, self._clock, self._software, self._largest = folder, clock, software, largest
        self._name, self._size, self._answers, self._count = "", 0, 0, 0

    def keep(self, fetched: Fetched) -> Kept:
        """Write an answer to the disk; when this returns, it is there, also if the power goes.

        Raises:
            TryAgain: the disk does not take it (it is full, or the folder cannot be written).
        """
        record = gzip.compress(_record(fetched), 6, mtime=0)
        try:
            self._open_file()
            offset = self._size
            self._append(record)
        except OSError as error:
            self._give_up()
            raise TryAgain(
                f"the answer of {fetched.address} cannot be kept in {self._folder}: {error}"
            ) from error
        self._answers += 1
        return Kept(file=self._name, offset=offset, length=len(record), sha256=fetched.sha256)

    def _give_up(self) -> None:
        """What is in the file now is not known: the next answer begins a new one. One without any answer is not left lying: a full disk would gather them."""
        if self._name and not self._answers:
            with suppress(OSError):
                (self._folder / self._name).unlink(missing_ok=True)
        self._name = ""

    def _open_file(self) -> None:
        """Begin a new file where there is none yet, the day has changed or it is full."""
        begins = f"marsad-{self._clock().astimezone(UTC):%Y%m%d}-{os.getpid()}-"
        if self._name.startswith(begins) and self._size < self._largest:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._count += 1
        self._name = f"{begins}{secrets.token_hex(4)}-{self._count}.warc.gz"
        self._size = self._answers = 0
        with (self._folder / self._name).open("xb"):
            pass
        _to_disk(self._folder)
        self._append(gzip.compress(_first_record(self._name, self._software, self._clock()), 6, mtime=0))

    def _append(self, record: bytes) -> None:
        with (self._folder / self._name).open("r+b") as file:
            file.seek(self._size)
            file.truncate()
            file.write(record)
            file.flush()
            os.fsync(file.fileno())
        self._size += len(record)


def read_kept(folder: Path, kept: Kept) -> bytes:
    """The body of an answer as it was received (still compressed, where it came so).

    Raises:
        SetAside: ``not_kept``, where the archive has no such file; ``damaged``, where what is there is not what was kept.
    """
    if not _NAME.fullmatch(kept.file):
        raise SetAside("not_kept", f"{kept.file!r} is not the name of a file of the archive")
    try:
        with (folder / kept.file).open("rb") as file:
            file.seek(kept.offset)
            data = file.read(kept.length)
    except (OSError, ValueError, OverflowError) as error:
        raise SetAside("not_kept", f"{kept.file} cannot be read: {error}") from error
    payload = _payload(data)
    if payload is None or hashlib.sha256(payload).hexdigest() != kept.sha256:
        raise SetAside("damaged", f"{kept.file} at {kept.offset:,} does not hold what was kept there")
    return payload


def torn_bytes(file: Path) -> int:
    """How many bytes at the end of a WARC file belong to a record that was not finished; 0 for a sound file.

    Raises:
        OSError: the file cannot be read.
    """
    whole = read = 0
    member = zlib.decompressobj(31)
    with file.open("rb") as stream, suppress(zlib.error):
        while data := stream.read(_PIECE):
            read += len(data)
            given = _PIECE
            while data or given == _PIECE:  # a full piece may have more behind it that was read already
                given = len(member.decompress(data, _PIECE))
                data = member.unconsumed_tail
                if member.eof:
                    data, member = member.unused_data, zlib.decompressobj(31)
                    whole = read - len(data)
    return file.stat().st_size - whole


def _payload(data: bytes) -> bytes | None:
    """The body in a record of one answer, or None where it is no such record."""
    try:
        record = gunzipped(data, _LARGEST_RECORD)
    except SetAside:
        return None
    _, found, http = record.partition(_END * 2)
    _, found_too, body = http.partition(_END * 2)
    whole = found and found_too and body.endswith(_END * 2)
    return body[: -len(_END * 2)] if whole else None


def _record(fetched: Fetched) -> bytes:
    http = io.BytesIO()
    http.write(_line(f"HTTP/1.1 {fetched.status} {fetched.reason}", "latin-1"))
    for name, value in fetched.headers:
        kept_as = f"X-Archive-Orig-{name}" if name.lower() in _NOT_AS_KEPT else name
        http.write(_line(f"{kept_as}: {value}", "latin-1"))
    http.write(_END + fetched.raw)
    fields = {
        "WARC-Type": "response",
        "WARC-Target-URI": fetched.final_address,
        "WARC-Date": fetched.at,
        "WARC-IP-Address": fetched.ip or "",
        "WARC-Payload-Digest": f"sha256:{fetched.sha256}",
        "Marsad-Asked-URI": fetched.address if fetched.address != fetched.final_address else "",
        "Content-Type": "application/http; msgtype=response",
    }
    return _warc(fields, http.getvalue())


def _first_record(name: str, software: str, now: datetime) -> bytes:
    fields = {
        "WARC-Type": "warcinfo",
        "WARC-Date": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Filename": name,
        "Content-Type": "application/warc-fields",
    }
    return _warc(
        fields, _line(f"software: {software}", "utf-8") + _line("format: WARC File Format 1.1", "utf-8")
    )


def _warc(fields: dict[str, str], block: bytes) -> bytes:
    fields = {
        **fields,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "Content-Length": str(len(block)),
    }
    head = b"WARC/1.1\r\n" + b"".join(
        _line(f"{name}: {value}", "utf-8") for name, value in fields.items() if value
    )
    return head + _END + block + _END * 2


def _line(text: str, encoding: str) -> bytes:
    """One line of a header: what could begin another line in it is a space."""
    return re.sub(r"[\r\n\x00]+", " ", text).encode(encoding, "replace") + _END


def _to_disk(folder: Path) -> None:
    """Make the name of a new file last; where folders cannot be opened (Windows), the system sees to it."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
