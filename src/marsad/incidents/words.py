"""Word lists of this room, and the content words by which two passages are compared."""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

import yaml

from marsad.arabic.letters import LETTER, MARKS, TATWEEL, fold_letters

_MARKS = re.compile(rf"[{MARKS}{TATWEEL}]")
_WORD = re.compile(rf"[{LETTER}]{{3,}}|[0-9]{{2,}}")
_PROCLITIC = re.compile(r"^(?:[وف])?(?:[بكل]?ال|لل)(?=..)|^[وف](?=ال)")
_MOST = 40
_LISTS = Path(__file__).parent / "lists"


@cache
def word_lists(name: str) -> dict[str, frozenset[str]]:
    """The lists of folded words in a file of this room, by their names."""
    with (_LISTS / f"{name}.yml").open(encoding="utf-8") as file:
        rows = cast("dict[str, str]", yaml.safe_load(file))
    return {key: frozenset(fold_letters(words).split()) for key, words in rows.items()}


def content_words(text: str) -> tuple[str, ...]:
    """The words of a passage that can tell it from others, folded, without article, each once: at most 40 of them.

    >>> content_words("قصفت الطائرات مدينة سراقب")
    ('سراقب', 'طايرات', 'قصفت', 'مدينه')
    """
    folded = fold_letters(_MARKS.sub("", text))
    found = {stem for word in _WORD.findall(folded) if (stem := _stem(word))}
    return tuple(sorted(found)[:_MOST])


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    stem = _PROCLITIC.sub("", word)
    return "" if len(stem) < 2 or stem in word_lists("function")["words"] else sys.intern(stem)
