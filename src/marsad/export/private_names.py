"""Names of private persons within texts: which they are, how they are found, and what stands in their place.

A name is known where somebody is quoted under it. Within the same article (and within an incident: within all of its articles) it is masked in whatever leaves the project: as a
victim, in a headline, in the reasons of a status, in the key of a root. It is found as a word of its own, also behind a conjunction or a preposition that is written to it. What
is not found: a name that an article mentions and quotes nowhere, another spelling of it, and the address under which an outlet published the article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

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
    """JSON with all names in its texts replaced; identifiers are as they were, and so is what was passed on as bytes and holds none of the names."""
    return _Masking(words).of(value)


class _Masking:
    """What replaces names in JSON of any depth. Most texts hold none, and are told from the others as cheaply as can be: a third of all incidents comes this way."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words, self._pattern = words, pattern_of(tuple(words))
        self._foreign = not any(name.isascii() for name in words)
        self._raw = [within_json(name) for name in words]

    def of(self, value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
        """The same without the names."""
        if isinstance(value, str):
            if self._foreign and value.isascii():
                return value
            return self._pattern.sub(self._word, value)
        if isinstance(value, dict):
            return {name: one if name in _IDS else self.of(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.of(one) for one in value]
        if isinstance(value, msgspec.Raw):
            held = bytes(value)
            return self.of(json.loads(held)) if any(one in held for one in self._raw) else value
        return value

    def _word(self, at: re.Match[str]) -> str:
        return at[0].replace(at["name"], self._words[at["name"]])


@lru_cache(maxsize=4096)
def within_json(name: str) -> bytes:
    """A name as it stands in JSON that is stored: UTF-8, with the escapes that JSON needs."""
    return json.dumps(name, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")


def _numbered(word: str, number: int) -> str:
    return f"{word[:-1]} {number}]"
