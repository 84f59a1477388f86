"""Putting the words of Arabic PDF text back in their order, as far as the text shows what happened to it.

Three things happen, seen on pages that a browser printed:

* `pdftotext` wraps what it takes for left-to-right (a number, but a full stop too) in direction marks, with the space on the wrong side:
  ``أيام⟦ .⟫وقال`` is «أيام. وقال».
* it turns the two letters of a lam-alef round: «ثالثة» for «ثلاثة», «األول» for «الأول». `pypdf` does not, so its words say which is meant.
* `pypdf` gives the words of a line from left to right, the last one first; such lines begin with the full stop.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import product

_EMBEDDED = re.compile("\u202a([^\u202a-\u202e]*)\u202c")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKS = " \t.,:;!?؟،؛…()[]{}«»\"'-–—"
_QUOTES = "\"'"
_AROUND = re.compile(r"^([^\w]*)(.*?)([،؛؟]*)([^\w]*)$")
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_BEFORE_MARK = re.compile(r"\s+(?=[.,:;!?؟،؛…)\]}»])")
_AFTER_OPENING = re.compile(r"(?<=[(\[{«])\s+")
_BEGINS_AT_END = re.compile(r"^\s*[.؟!،؛]", re.MULTILINE)
_ENDS_AT_END = re.compile(r"[.؟!،؛]\s*$", re.MULTILINE)
_WORD = re.compile(r"\w+")
_TURNED_ALEF = re.compile("ا([أإآا])ل")
_MOST_LIGATURES = 4


def undirected(text: str) -> str:
    """Text of `pdftotext` without its direction marks, the spaces and marks around what they wrapped put on their right sides."""
    return _DIRECTIONS.sub("", _EMBEDDED.sub(lambda found: _swapped(found[1]), text))


def mended(text: str, known: Collection[str]) -> str:
    """The text with the letters of a lam-alef turned back in words that are not known, where that makes them known.

    Args:
        text: What `pdftotext` gave.
        known: The words that `pypdf` finds in the same file.
    """
    return _WORD.sub(lambda found: found[0] if found[0] in known else _turned_back(found[0], known), text)


def words_of(texts: Iterable[str]) -> set[str]:
    """The words in some texts."""
    return {word for text in texts for word in _WORD.findall(text)}


def is_from_the_left(text: str) -> bool:
    """Whether more lines of a text begin with the mark that should end them than end with it."""
    return len(_BEGINS_AT_END.findall(text)) > len(_ENDS_AT_END.findall(text))


def from_the_right(line: str) -> str:
    """A line whose words stand from left to right, in the order in which they are read."""
    words = (_AROUND.sub(_facing_left, word) for word in reversed(line.split()))
    return _AFTER_OPENING.sub("", _BEFORE_MARK.sub("", " ".join(words))).strip()


def _facing_left(word: re.Match[str]) -> str:
    """A word with the marks that stood left of it on its right, and brackets the other way; Arabic marks after it are its own."""
    before, core, own, after = (part.translate(_MIRRORED) for part in word.groups())
    return (
        f"{after[::-1]} {core}{own}{before[::-1]}"
        if after.strip(_QUOTES)
        else f"{after}{core}{own}{before[::-1]}"
    )


def _swapped(run: str) -> str:
    """A run with what stood left of it on its right, and the other way round."""
    core = run.strip(_MARKS)
    if not core:
        return run[::-1]
    before, _, after = run.partition(core)
    return after[::-1] + core + before[::-1]


def _turned_back(word: str, known: Collection[str]) -> str:
    word = _TURNED_ALEF.sub(r"ال\1", word)  # no word has two alefs in a row
    return next((other for other in _readings(word) if other in known), word)


def _readings(word: str) -> Iterator[str]:
    parts = re.split("(ال)", word)
    places = [place for place, part in enumerate(parts) if part == "ال"][:_MOST_LIGATURES]
    for turned in product((False, True), repeat=len(places)):
        chosen = list(parts)
        for place, turn in zip(places, turned, strict=True):
            chosen[place] = "لا" if turn else "ال"
        yield "".join(chosen)
