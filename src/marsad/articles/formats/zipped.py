"""Looking into a ZIP file before anything in it is unpacked: what kind of document it is, and whether its sizes are sane.

A few kilobytes can be declared to hold gigabytes (a zip bomb). What is unpacked never exceeds the declared size, so it is enough to look at
what is declared: the size itself, and how many times larger than its packed form it is.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import IO

from marsad.errors import SetAside

MOST_TIMES = 200
"""How many times its packed size a member may be: the XML of documents shrinks to a tenth or a thirtieth, text of one letter to a thousandth."""
_SMALL = 1_000_000
"""Bytes up to which any ratio is harmless."""
FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, LookupError
)  # fmt: skip
"""What `zipfile` raises for damaged or encrypted members, besides odd errors for odd headers."""


def archive_of(stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive.

    Raises:
        SetAside: ``damaged``.
    """
    try:
        return zipfile.ZipFile(stream)
    except FAULTS as error:
        raise SetAside("damaged", f"the ZIP file cannot be read: {error}") from error


def check_sizes(member: zipfile.ZipInfo, most: int) -> None:
    """Refuse a member that would become too large, or says so: `zipfile` makes room for what is declared, packed or not.

    Raises:
        SetAside: ``too_long``.
    """
    largest = max(member.file_size, member.compress_size)
    if largest > most:
        raise SetAside(
            "too_long", f"{member.filename} in it has {largest:,} bytes, and the limit is {most:,}"
        )
    if member.file_size > max(_SMALL, MOST_TIMES * member.compress_size):
        times = member.file_size // max(member.compress_size, 1)
        message = f"{member.filename} in it would grow {times:,} times when unpacked: a zip bomb?"
        raise SetAside("too_long", message)


def is_unsafe(name: str) -> bool:
    """Whether a member's name leads out of the folder that it would be unpacked to."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]
