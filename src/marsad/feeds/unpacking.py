"""Undoing gzip and deflate without ever holding more than was agreed.

A megabyte of gzip can stand for a gigabyte of zeros. The data goes through in small pieces, and each piece is told how
much it may give; the first byte over the limit ends it.
"""

from __future__ import annotations

import zlib

from marsad.errors import SetAside

GZIP = b"\x1f\x8b"
_PIECE = 1 << 14
_GZIP_BITS, _ZLIB_BITS, _BARE_BITS = 31, 15, -15
_MOST_MEMBERS = 1_000
"""Gzip files may be strung together; more than this is an attack on the desk's time."""


def decoded(raw: bytes, coding: str, limit: int) -> bytes:
    """A body as its ``Content-Encoding`` says: nothing, gzip or deflate.

    Args:
        raw: As received.
        coding: The value of the header, empty where there was none.
        limit: Bytes that may come out.

    Raises:
        SetAside: ``encoding`` (another coding, or damaged data) or ``too_long``.
    """
    name = coding.strip().lower()
    if name in ("", "identity") or not raw:
        return raw
    if name in ("gzip", "x-gzip"):
        return gunzipped(raw, limit)
    if name == "deflate":
        # Servers mean either of two things by it; the first byte tells zlib's from the bare one.
        return _inflated(raw, _ZLIB_BITS if raw[0] & 0x0F == 8 and _checks(raw) else _BARE_BITS, limit)
    raise SetAside("encoding", f"it came in the encoding {coding[:40]!r}, which was not asked for")


def gunzipped(raw: bytes, limit: int) -> bytes:
    """A gzip file unpacked, also one of several members.

    Raises:
        SetAside: ``encoding``, where it is damaged or cut off; ``too_long``, where it holds more than the limit.
    """
    return _inflated(raw, _GZIP_BITS, limit)


def _checks(raw: bytes) -> bool:
    return int.from_bytes(raw[:2], "big") % 31 == 0


def _inflated(raw: bytes, bits: int, limit: int) -> bytes:
    members, size = 1, 0
    pieces: list[bytes] = []
    unpacker = zlib.decompressobj(bits)
    try:
        for start in range(0, len(raw), _PIECE):
            data = raw[start : start + _PIECE]
            while data:
                if unpacker.eof:
                    if bits != _GZIP_BITS or not data.startswith(GZIP[: len(data)]):
                        return b"".join(pieces)  # padding after the end
                    unpacker, members = zlib.decompressobj(bits), members + 1
                pieces.append(unpacker.decompress(data, limit - size + 1))
                size += len(pieces[-1])
                _check(size, members, limit)
                data = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as error:
        raise SetAside("encoding", f"its compression is damaged: {error}") from None
    if not unpacker.eof:
        raise SetAside("encoding", "its compression is damaged: the end is missing")
    return b"".join(pieces)


def _check(size: int, members: int, limit: int) -> None:
    if size > limit:
        raise SetAside("too_long", f"unpacked it has more than {limit:,} bytes, which is the limit")
    if members > _MOST_MEMBERS:
        raise SetAside("encoding", f"it is made of more than {_MOST_MEMBERS:,} gzip files")
