"""Offsets of other programs as ours: code points of the raw text.

Python and brat count code points. Java (INCEpTION) and browsers (Label Studio) count UTF-16 units, so that every character beyond the basic plane, such as 🚀, counts twice; and a
browser takes the two characters of a Windows line end for one. Where a file does not say which, and quotes the marked words, `counting_of` tries each way of counting and takes
the one by which most quotes stand where they should.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

POINTS, UNITS = "code points", "UTF-16 units"
POINTS_FOLDED, UNITS_FOLDED = "code points with CRLF as one", "UTF-16 units with CRLF as one"
COUNTINGS = (POINTS, UNITS, POINTS_FOLDED, UNITS_FOLDED)
_INSIDE = -1


class Quoted(NamedTuple):
    """Where a file says that words stand, by its own counting; several pairs where they are discontinuous."""

    spans: Sequence[tuple[int, int]]
    words: str


def table(text: str, counting: str) -> Sequence[int]:
    """For each offset of a counting the code point that it is; -1 inside a character. The last entry is the end of the text.

    >>> list(table("a🚀b", UNITS))
    [0, 1, -1, 2, 3]
    """
    wide = counting in (UNITS, UNITS_FOLDED) and not text.isascii() and max(text) > "\uffff"
    folded = counting in (POINTS_FOLDED, UNITS_FOLDED) and "\r\n" in text
    if not wide and not folded:
        return range(len(text) + 1)
    made = []
    for at, character in enumerate(text):
        if folded and character == "\n" and at and text[at - 1] == "\r":
            continue
        made.append(at)
        if wide and character > "\uffff":
            made.append(_INSIDE)
    return [*made, len(text)]


def units(text: str) -> Sequence[int]:
    """For each code point of a text, and its end, its offset in UTF-16 units.

    >>> list(units("a🚀b"))
    [0, 1, 3, 4]
    """
    if text.isascii() or max(text) <= "\uffff":
        return range(len(text) + 1)
    made, at = [], 0
    for character in text:
        made.append(at)
        at += 2 if character > "\uffff" else 1
    return [*made, at]


def moved(pairs: Iterable[tuple[int, int]], offsets: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of offsets as code points.

    Raises:
        ValueError: one lies outside the text, ends before it begins, holds nothing or cuts a character in two; the message says which.
    """
    made = []
    for start, end in pairs:
        if not 0 <= start < end < len(offsets):
            raise ValueError(f"{start} to {end} is no stretch of the text, which ends at {len(offsets) - 1}")
        if _INSIDE in (offsets[start], offsets[end]):
            raise ValueError(f"{start} to {end} cuts a character in two")
        made.append((offsets[start], offsets[end]))
    return made


def fits(text: str, quoted: Quoted, offsets: Sequence[int]) -> bool:
    """Whether the words stand where they should, blanks aside."""
    try:
        found = " ".join(text[start:end] for start, end in moved(quoted.spans, offsets))
    except ValueError:
        return False
    return found == quoted.words or found.split() == quoted.words.split()


def counting_of(text: str, quotes: Sequence[Quoted]) -> str:
    """The way of counting by which most quotes fit; the first of `COUNTINGS` of those that do equally well."""
    best, most = COUNTINGS[0], -1
    for counting in COUNTINGS:
        offsets = table(text, counting)
        good = sum(fits(text, quoted, offsets) for quoted in quotes)
        if good > most:
            best, most = counting, good
        if most == len(quotes):
            break
    return best
