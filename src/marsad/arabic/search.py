"""The words of a text as a search finds them: folded, and without the article that Arabic writes together with a word.

«المدينة», «بالمدينة» and «مدينة» are one word to whoever looks for it. The article can be taken off without doubt, together with what stands before
it; a single letter in front may be the word's own («بغداد», «لبنان», «وزير»). So texts keep such letters, and it is the question that is asked in
all its forms: who looks for «حماة» finds «لحماة» and «وبحماة» too. Endings are left alone: they carry meaning («مقاتل», «مقاتلين»).

>>> search_words("وبالمدينةِ قُتل 3 مدنيين في حماة")
['مدينه', 'قتل', '3', 'مدنيين', 'في', 'حماه']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from marsad.arabic.folded import fold
from marsad.arabic.letters import LETTER

_WORD = re.compile(f"[{LETTER}]+|[A-Za-z\u00c0-\u024f]+|[0-9]+")
_ARTICLE = re.compile("(?:[وف]?(?:[بك]?ال|لل))(?=.{3})")
_LONGEST = 60
_IN_FRONT = ("", "و", "ف", "ب", "ك", "ل", "وب", "ول", "وك", "فب", "فل")
_FEWEST_LETTERS = 2


@lru_cache(maxsize=50_000)
def search_word(word: str) -> str:
    """One folded word as it is kept and looked for.

    >>> [search_word(word) for word in ("والمدينه", "للمدينه", "بغداد", "لبغداد", "BBC")]
    ['مدينه', 'مدينه', 'بغداد', 'لبغداد', 'bbc']
    """
    return _ARTICLE.sub("", word, count=1)[:_LONGEST] if word[:1] >= "\u0600" else word.lower()[:_LONGEST]


def forms_of(word: str) -> tuple[str, ...]:
    """A word of a question in all the forms in which texts may have it, itself first.

    >>> forms_of("حماه")[:4]
    ('حماه', 'وحماه', 'فحماه', 'بحماه')
    """
    if word[:1] < "\u0600" or len(word) < _FEWEST_LETTERS:
        return (word,)
    return tuple(letters + word for letters in _IN_FRONT)


def search_words(text: str) -> list[str]:
    """All words of a text in their order, as they are kept for searching."""
    return [search_word(word) for word in _WORD.findall(fold(text).text)]


def word_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The same words, each with its span in the raw text (code points, end exclusive)."""
    folded = fold(text)
    for found in _WORD.finditer(folded.text):
        yield search_word(found[0]), folded.raw(found.start()), folded.raw_end(found.end() - 1)
