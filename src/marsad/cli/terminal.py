"""Arabic on a terminal: isolated so that it cannot reorder its neighbours, wrapped by what it takes to show it.

Letters are never put in visual order: a terminal that knows bidi does that itself, and one that does not would be
right only by accident.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TextIO

FSI, PDI = "\u2068", "\u2069"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"\s+")


def colour_wanted(stream: TextIO) -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR says no (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def printable(text: str) -> str:
    """One line that does nothing to the terminal: no controls, no escape sequences, no stray bidi marks."""
    return _BLANKS.sub(" ", _CONTROL.sub("\ufffd", _BIDI.sub("", text))).strip()


def isolated(text: str) -> str:
    """The text as an island of its own direction."""
    return f"{FSI}{text}{PDI}"


def columns(text: str) -> int:
    """How many columns a terminal takes for it; marks and format characters take none."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most that many columns, broken between words (inside one only where it is longer than a line)."""
    lines, line, used = [], "", 0
    for word in text.split():
        size = columns(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = "", 0
        while size > width:
            head = _head(word, width)
            lines.append(head)
            word = word[len(head) :]
            size = columns(word)
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line] if line else lines


def _head(word: str, width: int) -> str:
    used = 0
    for index, char in enumerate(word):
        used += _columns(char)
        if used > width:
            return word[:index] or char
    return word
