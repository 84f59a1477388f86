"""When two names in two readings of one article are the same.

All content words of the shorter stand in the longer, and are at least a quarter of it: the rule that ``marsad evaluate`` scores names by. It
is told here again because a stage knows neither the other stages nor the run.
"""

from __future__ import annotations

import re
from functools import lru_cache

from marsad.arabic import fold_word

_WORD = re.compile(r"\w+")
_FRONTS = ("وبال", "وال", "بال", "كال", "فال", "لل", "ال")
_LIGHT = frozenset(
    fold_word(word)
    for word in "مدينة بلدة قرية محافظة ريف حي منطقة مخيم مطار السيد الرئيس رئيس قوات من في".split()
)
"""Words that tell no name from another: heads of places, titles, two prepositions."""
_LEAST_SHARE = 0.25


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, whatever their spelling and article; two empty ones are.

    >>> same_name("مدينة حماة", "حماه"), same_name("حماة", "حمص"), same_name(None, "")
    (True, False, True)
    """
    first, second = content(one or ""), content(other or "")
    if not first or not second:
        return not first and not second
    shorter, longer = sorted((first, second), key=len)
    return shorter <= longer and len(shorter) >= _LEAST_SHARE * len(longer)


@lru_cache(maxsize=20_000)
def content(name: str) -> frozenset[str]:
    """The folded words of a name that tell it from others; all of them where none does."""
    words = frozenset(_bare(word) for word in _WORD.findall(fold_word(name)))
    return (words - _LIGHT) or words


def _bare(word: str) -> str:
    front = next((one for one in _FRONTS if word.startswith(one) and len(word) >= len(one) + 2), "")
    return word[len(front) :]
