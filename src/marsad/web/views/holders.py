"""Colours for those who are said to hold places: eight that people with any colour vision tell apart, given by id and by nothing else.

The colour of a holder is the same on every page and for every side. More holders than colours share some; on one page such holders differ by texture and each has a
letter, so colour alone says nothing.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

HUES = 8
TEXTURES = 3
"""Plain, dotted, lined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """How a holder looks on one page.

    Attributes:
        key: Its id in the register, or the words that name it.
        hue: Number of its colour, 0 to 7; the same everywhere.
        texture: 0 plain, 1 dotted, 2 lined: told apart on this page.
        letter: A, B ... Z, AA: of this page.
        label: What to call it.
        spells: How many spells of this page name it.
    """

    key: str
    hue: int
    texture: int
    letter: str
    label: str
    spells: int

    @property
    def pattern(self) -> str:
        """The id of the fill: the same for the same colour and texture."""
        return f"fill-{self.hue}-{self.texture}"


def hue_of(key: str) -> int:
    """The number of a holder's colour."""
    return zlib.crc32(key.encode("utf-8", "replace")) % HUES


def shades(holders: Iterable[str], labels: Mapping[str, str]) -> dict[str, Shade]:
    """How each holder looks on a page, those named most first.

    Args:
        holders: Keys of holders, each as often as it is named.
        labels: What to call them.
    """
    counts = Counter(holders)
    used: Counter[int] = Counter()
    found: dict[str, Shade] = {}
    for (key, spells), letter in zip(
        sorted(counts.items(), key=lambda one: (-one[1], one[0])), letters(), strict=False
    ):
        hue = hue_of(key)
        found[key] = Shade(
            key=key, hue=hue, texture=min(used[hue], TEXTURES - 1), letter=letter, label=labels.get(key) or key, spells=spells
        )  # fmt: skip
        used[hue] += 1
    return found


def letters() -> Iterator[str]:
    """A, B ... Z, AA, AB and so on."""
    size = len(ascii_uppercase)
    number = 0
    while True:
        rest, word = number, ""
        while rest >= 0:
            word = ascii_uppercase[rest % size] + word
            rest = rest // size - 1
        yield word
        number += 1
