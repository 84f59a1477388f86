"""Names: the words of a noun phrase as a claim gives them, and whether two of them name the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from marsad.arabic import fold_word
from marsad.arabic.letters import LETTER
from marsad.model import Mention, Reading, Span

_LIGHT = frozenset("مدينه بلده قريه محافظه ريف حي منطقه مخيم مطار السيد رييس قوات من في".split())
PREFIXES = ("وبال", "وال", "بال", "كال", "فال", "لل", "ال")
_ENDINGS, _LONG = ("ون", "ان"), 5
"""Plurals and duals are the same name in every case: طفلان and طفلين, المتمردون and المتمردين."""
_LETTERS = re.compile(f"[{LETTER}A-Za-z0-9]")


@lru_cache(maxsize=20_000)
def content(name: str) -> frozenset[str]:
    """The folded words of a name that tell it from others: without the article, heads of places and titles."""
    words = set()
    for word in fold_word(name).replace("“", " ").replace("”", " ").replace('"', " ").split():
        plain = word.strip("«»()،.")
        for prefix in PREFIXES:
            if plain.startswith(prefix) and len(plain) - len(prefix) >= 2:
                plain = plain[len(prefix) :]
                break
        if plain.endswith(_ENDINGS) and len(plain) >= _LONG:
            plain = plain[:-2] + "ين"
        if plain:
            words.add(plain)
    return frozenset(words - _LIGHT) or frozenset(words)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: its content words."""

    words: frozenset[str]

    def fits(self, other: Name) -> bool:
        """Whether all content words of the shorter name stand in the longer."""
        return bool(self.words and other.words) and (self.words <= other.words or other.words <= self.words)


class Names:
    """Names of one reading, each worked out once."""

    def __init__(self, reading: Reading) -> None:
        """For the mentions of that reading."""
        self._reading = reading
        self._mentions: dict[tuple[int, int], Name] = {}
        self._names: dict[str, Name] = {}

    def name(self, text: str) -> Name:
        """The name that some words are."""
        found = self._names.get(text)
        if found is None:
            found = self._names[text] = Name(content(text))
        return found

    def mention(self, mention: Mention) -> Name:
        """The name of a mention."""
        key = (mention.first, mention.last)
        found = self._mentions.get(key)
        if found is None:
            span = name_span(self._reading, mention)
            found = self._mentions[key] = self.name(self._reading.article.words(span))
        return found


def name_span(reading: Reading, mention: Mention) -> Span:
    """The raw span of a name without the one-letter words written onto its first word (ب، ل، و but not ال)."""
    token, end = reading.tokens[mention.first], reading.tokens[mention.last - 1].end
    start = token.start
    if mention.cut:
        letters = _LETTERS.finditer(reading.article.part(token.part), token.start, token.end)
        start = next((match.start() for number, match in enumerate(letters) if number == mention.cut), start)
    return Span(start, end, token.part)
