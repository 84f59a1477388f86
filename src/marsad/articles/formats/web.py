"""What a web server sent, as a web archive keeps it: the status, the headers, and the page without its wrappings.

Only what can be an article comes out: an answer with status 200 and a media type of pages or plain text. Archives differ in whether
they keep the wrappings (transfer chunks, compression), and some keep the header but not the wrapping, so a wrapping is taken off
where the bytes show it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from marsad.errors import SetAside

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_LOOKS_LIKE_PAGE = re.compile(rb"[\s\xef\xbb\xbf]*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The bytes of a page or text, and the encoding that its sender states."""

    data: bytes
    charset: str | None = None


def content_of_answer(block: bytes, most: int) -> Content | None:
    """What a server's whole answer holds; None where it is no page or text, or not status 200.

    Args:
        block: Status line, headers, empty line and body.
        most: Bytes that the body may have when it is unpacked.

    Raises:
        SetAside: ``damaged``, ``too_long``, or ``undecodable`` (a compression that is not known).
    """
    status = _STATUS.match(block)
    if status is None or status[1] != b"200":
        return None
    head, body = split_head(block)
    headers = headers_of(head.partition(b"\n")[2])
    if not is_page(headers.get("content-type", ""), body):
        return None
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    body = _unpacked(body, headers.get("content-encoding", ""), most)
    return Content(data=body, charset=charset_of(headers.get("content-type", "")))


def is_page(media_type: str, body: bytes) -> bool:
    """Whether a media type is that of a page or a text; without one, whether the body begins as a page does."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind in _PAGES if kind else _LOOKS_LIKE_PAGE.match(body) is not None


def charset_of(media_type: str) -> str | None:
    """The encoding that a ``Content-Type`` states."""
    found = _CHARSET.search(media_type)
    return found[1] if found else None


def split_head(block: bytes) -> tuple[bytes, bytes]:
    """Headers and body of a message; without an empty line, all is head."""
    found = re.search(rb"\r?\n\r?\n", block)
    return (block[: found.start()], block[found.end() :]) if found else (block, b"")


def headers_of(lines: bytes) -> Mapping[str, str]:
    """Header fields by their names in small letters; of a repeated one the last counts."""
    fields: dict[str, str] = {}
    name = ""
    for line in lines.decode("utf-8", "replace").split("\n"):
        if line[:1] in (" ", "\t") and name:
            fields[name] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if colon and name:
            fields[name] = value.strip()
        else:
            name = ""
    return fields


def _without_chunks(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        part = body[found.end() : found.end() + size]
        parts.append(part)
        if len(part) < size:
            break
        at = found.end() + size
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not parts:
        return body  # the archive took the chunks off and left the header
    raise SetAside("damaged", f"the transfer of the page breaks off at byte {at:,} of {len(body):,}")


def _unpacked(body: bytes, encodings: str, most: int) -> bytes:
    for name in reversed([part.strip().lower() for part in encodings.split(",")]):
        if name in ("gzip", "x-gzip", "deflate"):
            body = _inflated(body, name, most)
        elif name not in ("", "identity", "none", "utf-8") and not _LOOKS_LIKE_PAGE.match(body):
            raise SetAside("undecodable", f"the page is packed with {name[:20]!r}, which cannot be unpacked")
    if len(body) > most:
        raise SetAside("too_long", f"more than {most:,} bytes in one page, which is the limit")
    return body


def _inflated(body: bytes, name: str, most: int) -> bytes:
    if name != "deflate" and not body.startswith(b"\x1f\x8b"):
        return body  # the archive unpacked it and left the header
    windows = (zlib.MAX_WBITS, -zlib.MAX_WBITS) if name == "deflate" else (zlib.MAX_WBITS | 16,)
    for bits in windows:
        unpacking = zlib.decompressobj(bits)
        try:
            data = unpacking.decompress(body, most + 1)
        except zlib.error:
            continue
        if not unpacking.eof and len(data) <= most:
            raise SetAside("damaged", "the packed page breaks off")
        return data
    if name == "deflate" and _LOOKS_LIKE_PAGE.match(body):
        return body
    raise SetAside("damaged", f"the page cannot be unpacked ({name})")
