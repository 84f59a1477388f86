"""Rows for people: a name in English and Arabic, then what it says, wrapped; each run of Arabic in a line is an island of its own direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marsad.cli.table import wrapped_islands
from marsad.cli.terminal import columns, isolated, printable, wrapped
from marsad.model import Label

_INDENT = 4
_KEY_WIDTH = 22
_MIN_WIDTH, _MAX_WIDTH = 40, 140
_CODES = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "red": "31", "cyan": "36"}
_ARABIC = re.compile(
    r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff][^\x00-\x7f]*(?:[ \d]+[\u0600-\u06ff][^\x00-\x7f]*)*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How wide, and whether in colour."""

    width: int = 100
    colour: bool = False

    @property
    def columns(self) -> int:
        """The width that is used: lines longer than 140 columns are hard to read."""
        return max(_MIN_WIDTH, min(self.width, _MAX_WIDTH))

    def paint(self, text: str, colour: str) -> str:
        """The text in that colour, if colours are wanted."""
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if self.colour else text

    def rule(self) -> str:
        """A line across."""
        return self.paint("━" * self.columns, "dim")

    def row(self, name: Label, phrases: Iterable[str]) -> Iterator[str]:
        """One line or more for each phrase, the first with its name before it."""
        text = f"{name.en} {isolated(name.ar)}"
        room = self.columns - _INDENT - _KEY_WIDTH
        head = " " * _INDENT + self.paint(text, "dim") + " " * max(1, _KEY_WIDTH - columns(text))
        for phrase in phrases:
            for line in wrapped_islands(phrase, room):
                yield f"{head}{line}"
                head = " " * (_INDENT + _KEY_WIDTH)

    def paragraph(self, text: str) -> Iterator[str]:
        """English with islands of Arabic, wrapped."""
        yield from wrapped_islands(islands(text), self.columns)

    def arabic(self, text: str) -> Iterator[str]:
        """Arabic, wrapped, each line an island."""
        for line in wrapped(printable(text), self.columns):
            yield isolated(line)


def islands(text: str) -> str:
    """A line of English with each run of Arabic in it isolated.

    >>> islands("according to حماة") == "according to \u2068حماة\u2069"
    True
    """
    return _ARABIC.sub(
        lambda found: isolated(found[0].rstrip()) + " " * found[0].endswith(" "), printable(text)
    )
