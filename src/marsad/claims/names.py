"""Names: the words of a noun phrase as a claim gives them, and whether two of them name the same."""

from __future__ import annotations

from functools import lru_cache

from marsad.arabic import fold_word
from marsad.claims.candidate import Candidate
from marsad.model import Mention, Reading, Span

_LIGHT = frozenset("مدينه بلده قريه محافظه ريف حي منطقه مخيم مطار السيد رييس قوات من في".split())
_PREFIXES = ("وبال", "وال", "بال", "كال", "فال", "لل", "ال")
_TAKEN_OFF = {"و": 1, "ف": 1, "ب": 1, "ل": 1, "ك": 1, "وب": 2, "ول": 2, "فب": 2, "فل": 2}


@lru_cache(maxsize=4096)
def content(name: str) -> frozenset[str]:
    """The folded words of a name that tell it from others: without the article, heads of places and titles."""
    words = set()
    for word in fold_word(name).replace("“", " ").replace("”", " ").replace('"', " ").split():
        plain = word.strip("«»()،.")
        for prefix in _PREFIXES:
            if plain.startswith(prefix) and len(plain) - len(prefix) >= 2:
                plain = plain[len(prefix) :]
                break
        if plain:
            words.add(plain)
    return frozenset(words - _LIGHT) or frozenset(words)


class Names:
    """Names of one reading."""

    def __init__(self, reading: Reading) -> None:
        """For the mentions of that reading."""
        self._reading = reading

    def same(self, left: str, right: str) -> bool:
        """Whether all content words of the shorter name stand in the longer."""
        a, b = content(left), content(right)
        return bool(a) and bool(b) and (a <= b or b <= a)

    def mention(self, candidate: Candidate, mention: Mention) -> str:
        """The raw words of a mention."""
        return self._reading.article.words(name_span(self._reading, mention.first, mention.last))


def name_span(reading: Reading, first: int, last: int) -> Span:
    """The raw span of tokens first:last without the one-letter words written onto the first (ب، ل، و but not ال)."""
    token, end = reading.tokens[first], reading.tokens[last - 1].end
    start = token.start
    raw = reading.article.part(token.part)
    if token.end - token.start == len(token.form) and len(token.form) > 2:
        start += _lead(token.form, [sense.pro for sense in token.word.senses if "v." not in sense.morph])
    del raw
    return Span(start, end, token.part)


def _lead(form: str, pros: list[str]) -> int:
    """How many letters of a form are one-letter words before it."""
    if pros:
        if "" in pros:
            return 0
        pro = pros[0]
        return _TAKEN_OFF.get(pro[:-2] if pro.endswith("ال") else pro, 0) if not pro.endswith("لال") else 0
    if form.startswith(("وال", "بال", "فال", "كال")):
        return 1
    return 2 if form.startswith(("وبال", "فبال")) else 0
