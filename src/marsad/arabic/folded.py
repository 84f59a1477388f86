"""Folded text: a string to look words up in, with a map back to raw offsets.

Everything rests on one invariant: ``folded.raw(i)`` is the raw offset of the i-th folded character, so that every
span found in the folded text is exact in the raw one, also under diacritics, tatweel, direction marks and printed
letter shapes. Words that were broken to slip past moderation ("قتـ.ـلى") are read whole: marks of punctuation that stand inside
a word beside a tatweel are dropped from the folded text as the tatweel is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from marsad.arabic.letters import FOLD, INVISIBLE, LETTER, MARKS, PRESENTATION, TATWEEL, fold_letters

_UNPLAIN = re.compile(f"[{MARKS}{TATWEEL}{INVISIBLE}{PRESENTATION}]")
_SKIPPED = re.compile(
    # A break inside a word: punctuation with a tatweel on at least one side, between letters.
    f"(?<=[{LETTER}{MARKS}])(?:{TATWEEL}+[.*\\-_/·•]{{1,3}}{TATWEEL}*|[.*\\-_/·•]{{1,3}}{TATWEEL}+)(?=[{LETTER}])"
    f"|[{MARKS}{TATWEEL}{INVISIBLE}]+"
)
_BROKEN = re.compile(f"{TATWEEL}[.*\\-_/·•]|[.*\\-_/·•]{TATWEEL}")
_PRESENTED = re.compile(f"[{PRESENTATION}]")
_LONG = 100
"""From so many characters on a table is faster"""
_PLANE = 1 << 16
_PLAIN, _LEFT_OUT, _HARD = range(3)
_TRAILING = re.compile(f"[{MARKS}{TATWEEL}]*")


class FoldedText:
    """A raw string, its folded form, and the way back."""

    __slots__ = ("_offsets", "source", "text")

    def __init__(self, source: str, text: str, offsets: list[int] | None) -> None:
        """``offsets[i]`` is the raw offset of folded character i; None where the two run in step."""
        self.source = source
        self.text = text
        self._offsets = offsets

    @property
    def in_step(self) -> bool:
        """Whether folded and raw offsets are the same."""
        return self._offsets is None

    def raw(self, index: int) -> int:
        """The raw offset of a folded character (or of the end, for ``len(text)``)."""
        return index if self._offsets is None else self._offsets[index]

    def raw_spans(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The raw spans of folded ones, none of them empty: ``raw`` of the first and ``raw_end`` of the last character of each."""
        offsets = self._offsets
        if offsets is None:
            return list(spans)
        return [
            (offsets[first], offsets[end] if offsets[end - 1] + 1 == offsets[end] else self.raw_end(end - 1))
            for first, end in spans
        ]

    def raw_end(self, last: int) -> int:
        """The raw offset behind the folded character ``last``, its marks and tatweels included."""
        if self._offsets is None:
            return last + 1
        behind = self._offsets[last] + 1
        if behind == self._offsets[last + 1]:
            return behind
        match = _TRAILING.match(self.source, behind)
        return match.end() if match else behind


def fold(raw: str) -> FoldedText:
    """Fold a raw string; total for any input, and folding twice changes nothing.

    >>> fold("حَمـاة").text
    'حماه'
    """
    return _fold_long(raw) if len(raw) >= _LONG else _fold_any(raw)


def _fold_long(raw: str) -> FoldedText:
    """The same for a long text without broken words, printed shapes and letters beyond the first plane: by table, many times as fast."""
    codes = np.frombuffer(raw.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    kinds = _kinds()[codes]
    hardest = kinds.max()
    if hardest == _HARD or (TATWEEL in raw and _BROKEN.search(raw)):
        return _fold_any(raw)
    if hardest == _PLAIN:
        return FoldedText(raw, _plain_text(codes), None)
    kept = np.flatnonzero(kinds == _PLAIN)
    return FoldedText(raw, _plain_text(codes[kept]), [*kept.tolist(), len(raw)])


def _plain_text(codes: npt.NDArray[np.uint16]) -> str:
    return _letters()[codes].tobytes().decode("utf-16-le")


@cache
def _letters() -> npt.NDArray[np.uint16]:
    """What each letter of the first plane is folded to."""
    table = np.arange(_PLANE, dtype="<u2")
    table[list(FOLD)] = list(FOLD.values())
    return table


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Whether each character of the first plane is kept, left out, or needs a closer look."""
    table = np.full(_PLANE, _PLAIN, dtype=np.uint8)
    every = "".join(map(chr, range(_PLANE)))
    table[[m.start() for m in re.finditer(f"[{MARKS}{TATWEEL}{INVISIBLE}]", every)]] = _LEFT_OUT
    table[[m.start() for m in re.finditer(f"[{PRESENTATION}\\ud800-\\udfff]", every)]] = _HARD
    return table


def _fold_any(raw: str) -> FoldedText:
    if _UNPLAIN.search(raw) is None:
        return FoldedText(raw, fold_letters(raw), None)
    pieces: list[str] = []
    offsets: list[int] = []
    keep = _keep if _PRESENTED.search(raw) is None else _keep_printed
    position = 0
    for match in _SKIPPED.finditer(raw):
        start, end = match.span()
        keep(raw, position, start, pieces, offsets)
        position = end
    keep(raw, position, len(raw), pieces, offsets)
    offsets.append(len(raw))
    return FoldedText(raw, fold_letters("".join(pieces)), offsets)


def _keep(raw: str, start: int, end: int, pieces: list[str], offsets: list[int]) -> None:
    """Add raw[start:end] to the pieces."""
    pieces.append(raw[start:end])
    offsets.extend(range(start, end))


def _keep_printed(raw: str, start: int, end: int, pieces: list[str], offsets: list[int]) -> None:
    """Add raw[start:end] to the pieces; printed letter shapes may become several letters."""
    for offset, character in enumerate(raw[start:end], start):
        plain = character
        if _PRESENTED.match(character):
            plain = _SKIPPED.sub("", unicodedata.normalize("NFKC", character)).replace(" ", "")
        pieces.append(plain)
        offsets.extend([offset] * len(plain))


def fold_word(word: str) -> str:
    """The folded form of a word of a lexicon."""
    return fold(word).text
