"""Bytes to text, without guessing where guessing could invent words.

UTF-8 is the rule (with or without a byte order mark), UTF-16 is read where its mark says so. Text in another
encoding is read where the page declares it; undeclared, windows-1256 and ISO-8859-6 are tried, and believed only
where ordinary Arabic words come out: a wrong table gives letters too, but not «في» and «من».
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from marsad.errors import SetAside

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{3,30})""")
_ARABIC = re.compile(
    r"utf-?8|(?:windows|cp)-?(?:1256|720|864)|iso[-_]?8859[-_]6(?:-[ei])?|arabic|asmo[-_]708|(?:x-)?mac-?arabic",
    re.IGNORECASE,
)
_WESTERN = re.compile(r"(?:windows|cp)-?125\d|iso[-_]?8859[-_]\d{1,2}|latin-?1", re.IGNORECASE)
_WIDE = re.compile(r"\s*utf-?(?:16|32)(?:-?[lb]e)?\s*", re.IGNORECASE)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ARABIC_TABLES = ("cp1256", "iso8859_6")
_ORDINARY = frozenset(
    ["في", "من", "على", "إلى", "أن", "التي", "الذي", "عن", "مع", "قال", "بعد", "ما", "لا", "هذا", "كان"]
)
_ORDINARY_SHARE = 0.02
"""In Arabic news about one word in five is one of these; in text read with a wrong table, none."""


def decode(data: bytes, *, page: bool = False, charset: str | None = None) -> str:
    """The text of a document, without its byte order mark; nothing else is changed.

    Args:
        data: The bytes of the whole document.
        page: Whether it is HTML, which can declare its encoding.
        charset: What came with the bytes says of their encoding. UTF-16 is believed at once (its Arabic can pass for
            UTF-8), any other name only where the bytes are not UTF-8, which is hardly ever so by accident.

    Raises:
        SetAside: ``undecodable``, with the place of the first byte that is not UTF-8.
    """
    if data.startswith(_UTF16_MARKS):
        return _strictly(data, "utf-16")
    if charset and _WIDE.fullmatch(charset) and (text := _in_table(data, charset)) is not None:
        return text
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        text = _from_tables(data, [charset or "", _declared(data) if page else ""])
        if text is None:
            raise SetAside("undecodable", _complaint(error)) from None
        return text


def encoding_of(sample: bytes) -> str:
    """The name of the encoding of a text that is read piece by piece, told from its beginning.

    Args:
        sample: Whole lines, so that no character is cut.

    Returns:
        ``utf-8``, also where nothing better is found, or one of the tables for Arabic.
    """
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    if sum(map(_is_utf8, lines)) * 2 >= len(lines):
        return "utf-8"  # a line in another encoding among them is the exception
    return _arabic_table(sample) or "utf-8"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise SetAside("undecodable", _complaint(error)) from None


def _complaint(error: UnicodeDecodeError) -> str:
    byte = error.object[error.start]
    return f"not {error.encoding.upper()}: byte 0x{byte:02X} at {error.start}; save it as UTF-8"


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    return found[1].decode("ascii") if found else ""


def _from_tables(data: bytes, named: Sequence[str]) -> str | None:
    """The text in the first table that is named and holds Arabic, in one that shows itself, or in a Western one that is named:
    a page can write its Arabic as ``&#1575;``.
    """
    for name in named:
        if _ARABIC.fullmatch(name.strip()) and (text := _in_table(data, name)) is not None:
            return text
    if table := _arabic_table(data):
        return data.decode(table)
    western = (_in_table(data, name) for name in named if _WESTERN.fullmatch(name.strip()))
    return next((text for text in western if text is not None), None)


def _in_table(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name.strip().lower().removeprefix("x-"))
    except (LookupError, UnicodeDecodeError):
        return None


def _arabic_table(data: bytes) -> str | None:
    """The table that gives the most ordinary Arabic words, or None where none gives enough."""
    best, best_share = None, _ORDINARY_SHARE
    for table in _ARABIC_TABLES:
        try:
            text = data.decode(table)
        except UnicodeDecodeError:
            continue
        words = text[:20_000].split()
        share = sum(word in _ORDINARY for word in words) / max(len(words), 1)
        if share >= best_share:
            best, best_share = table, share
    return best
