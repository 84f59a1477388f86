"""Text that goes into a cell of a table: no cell of ours is a formula, whatever an article says.

A spreadsheet that opens a CSV takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end for a formula, and a formula can fetch and send. Such text gets an
apostrophe before it; so does text in which apostrophes already stand before one of these, so that `unguarded` gives back what was there. Control characters that XML 1.0
forbids are dropped first (none of them can hide a formula's sign then), in CSV as in XML: readers of tables choke on them.
"""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_GUARDED = re.compile(r"''*[=+\-@＝＋－＠\t\r\n]")
_FIRST = frozenset("'=+-@＝＋－＠")


def legal(text: str) -> str:
    """A text without what XML 1.0 forbids: control characters other than tab and line ends, halves of surrogate pairs."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def encodable(text: str) -> str:
    """A text that UTF-8 can hold: halves of surrogate pairs become replacement characters."""
    return text if text.isprintable() else _HALVES.sub("\ufffd", text)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if text.isprintable():
        return "'" + text if text[:1] in _FIRST and _FORMULA.match(text) else text
    kept = _ILLEGAL.sub("", text)
    return "'" + kept if _FORMULA.match(kept) else kept


def unguarded(text: str) -> str:
    """The text that `guarded` was given, for whoever reads our tables back."""
    return text[1:] if _GUARDED.match(text) else text


def cell(value: object) -> str:
    """A value as a cell of a table of text: "" for None, ``true`` and ``false``, lists with semicolons, and text guarded."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return guarded("; ".join(map(str, value)))
    return guarded(str(value))
