"""Names of the overlay that reading may take for a place without a word such as بلدة before them: a list, written when the program is built.

Left out are names that a head noun opens (those are found by it), ordinary words, words that the lexicon knows as something else, and the
names of ``data/places/not_alone.txt``, which mean persons or things more often than places. Reading knows the file, not this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from marsad.arabic import Lexicon, fold_word, load_lexicon
from marsad.grounding.gazetteer_build import COMMON_WORDS, folded_words
from marsad.grounding.place_words import SIDES, sort_of
from marsad.grounding.tables import PLACES, overlay

BUILT = Path(__file__).parent.parent / "_built" / "overlay_names.txt"
NOT_ALONE = PLACES / "not_alone.txt"
_OPENING = frozenset("تل دير جسر جبل عين كفر خان بيت راس وادي".split())
"""First words that are rather part of a name than heads of it."""
_PERSONS = frozenset("ابو ام الشيخ شيخ السيد السيده النبي القايد مار سيدي الحاج بني ال بن ابن".split())
"""First words that open the names of persons and tribes as often."""
_SHORTEST = 4


def build(path: Path = BUILT) -> list[Path]:
    """Write the list, one folded name a line; the files written."""
    names = sorted(set(_names(load_lexicon())))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    return [path]


def _names(lexicon: Lexicon) -> Iterator[str]:
    ordinary = folded_words(COMMON_WORDS)
    not_alone = folded_words(NOT_ALONE)
    for row in overlay():
        for name in row.names:
            words = fold_word(name).split()
            if " ".join(words) not in not_alone and _stands_alone(words, lexicon, ordinary):
                yield " ".join(words)


def _stands_alone(words: list[str], lexicon: Lexicon, ordinary: set[str]) -> bool:
    if len(words) > 1:
        headed = sort_of(words[0]) or words[0] in SIDES
        return words[0] not in _PERSONS and (words[0] in _OPENING or not headed)
    word = words[0]
    forms = {word, f"ال{word}", word.removeprefix("ال")}
    return len(word) >= _SHORTEST and not forms & ordinary and not lexicon.word(word).classes
