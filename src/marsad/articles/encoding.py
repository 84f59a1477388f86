"""Bytes to text, without guessing where guessing could invent words.

UTF-8 is the rule (with or without a byte order mark), UTF-16 is read where its mark says so. Text in another
encoding is read where the page declares it; undeclared, windows-1256 and ISO-8859-6 are tried, and believed only
where ordinary Arabic words come out: a wrong table gives letters too, but not «في» and «من».
"""

from __future__ import annotations

import codecs
import re

from marsad.errors import SetAside

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{3,30})""")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ARABIC_TABLES = ("cp1256", "iso8859_6")
_ORDINARY = frozenset(
    ["في", "من", "على", "إلى", "أن", "التي", "الذي", "عن", "مع", "قال", "بعد", "ما", "لا", "هذا", "كان"]
)
_ORDINARY_SHARE = 0.02
"""In Arabic news about one word in five is one of these; in text read with a wrong table, none."""


def decode(data: bytes, *, page: bool = False) -> str:
    """The text of a document, without its byte order mark; nothing else is changed.

    Args:
        data: The bytes of the whole document.
        page: Whether it is HTML, which can declare its encoding.

    Raises:
        SetAside: ``undecodable``, with the place of the first byte that is not UTF-8.
    """
    if data.startswith(_UTF16_MARKS):
        return _strictly(data, "utf-16")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        text = _declared(data) if page else None
        text = text if text is not None else _from_arabic_table(data)
        if text is None:
            raise SetAside("undecodable", _complaint(error)) from None
        return text


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise SetAside("undecodable", _complaint(error)) from None


def _complaint(error: UnicodeDecodeError) -> str:
    byte = error.object[error.start]
    return f"not {error.encoding.upper()}: byte 0x{byte:02X} at {error.start}; save it as UTF-8"


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    if not found:
        return None
    try:
        return data.decode(found[1].decode("ascii"))
    except (LookupError, UnicodeDecodeError):
        return None


def _from_arabic_table(data: bytes) -> str | None:
    """The text in the table that gives the most ordinary Arabic words, or None where none gives enough."""
    best, best_share = None, _ORDINARY_SHARE
    for table in _ARABIC_TABLES:
        try:
            text = data.decode(table)
        except UnicodeDecodeError:
            continue
        words = text[:20_000].split()
        share = sum(word in _ORDINARY for word in words) / max(len(words), 1)
        if share >= best_share:
            best, best_share = text, share
    return best
