"""Names of private persons within texts: which they are, how they are found, and what stands in their place.

A name is known where somebody is quoted under it. Within the same article (and within an incident: within all of its articles) it is masked in whatever leaves the project: as a
victim, in a headline, in the reasons of a status, in the key of a root. It is found as a word of its own, also behind a conjunction or a preposition that is written to it. What
is not found: a name that an article mentions and quotes nowhere, another spelling of it, and the address under which an outlet published the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

HIDDEN = "[…]"
_IDS = frozenset({"id", "article", "event", "events", "incident", "incidents"})


@lru_cache(maxsize=512)
def pattern_of(names: Sequence[str]) -> re.Pattern[str]:
    """What finds any of some names, the longest first; the group ``name`` is the name without what is written to it."""
    said = "|".join(re.escape(one) for one in sorted(names, key=lambda one: (-len(one), one)))
    return re.compile(rf"(?<!\w)[وفبلك]{{0,2}}(?P<name>{said})(?!\w)")


def without(text: str, names: Sequence[str], word: str = HIDDEN) -> str:
    """A text with a word in the place of each name.

    >>> without("وسالم وسالمين", ("سالم",))
    'و[…] وسالمين'
    """
    if not names or not text:
        return text
    return pattern_of(names).sub(lambda at: at[0].replace(at["name"], word), text)


def words_for(names: Iterable[str], word: str) -> dict[str, str]:
    """What stands for each of some names: the word, and from the second on with a number, so that two persons stay two."""
    return {name: word if number == 1 else _numbered(word, number) for number, name in enumerate(names, 1)}


def masked(value: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """JSON with all names in its texts replaced; identifiers are as they were."""
    if isinstance(value, str):
        return pattern_of(tuple(words)).sub(lambda at: at[0].replace(at["name"], words[at["name"]]), value)
    if isinstance(value, Mapping):
        return {name: one if name in _IDS else masked(one, words) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(one, words) for one in value]
    return value


def _numbered(word: str, number: int) -> str:
    return f"{word[:-1]} {number}]"
