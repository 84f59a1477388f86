"""Keys of actors' names: how a name is looked up, whatever its case, article and spelling.

"الحوثيون", "الحوثيين" and "حوثيين" are one key; ميليشيا, مليشيا and ميليشيات one word; marks of quotation, hash signs and brackets are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from marsad.grounding.place_keys import name_words

_ONE_FORM = {
    "مليشيا": "ميليشيا",
    "مليشيه": "ميليشيا",
    "ميليشيه": "ميليشيا",
    "مليشيات": "ميليشيا",
    "ميليشيات": "ميليشيا",
    "امريكي": "اميركي",
    "امريكيه": "اميركيه",
    "امريكيين": "اميركيين",
    "سوريه": "سوريا",
    "عبدالله": "عبد الله",
    "داعشي": "داعش",
    "قوي": "قوات",
}
_LONG = 5


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A folded word as keys have it: without the article, plurals in one case, one spelling."""
    if (word.startswith("ال") and len(word) > 4) or (word.startswith("لل") and len(word) > 4):
        word = word[2:]
    if word.endswith("ون") and len(word) >= _LONG:
        word = word[:-2] + "ين"
    return _ONE_FORM.get(word, word)


def actor_key(words: Sequence[str]) -> str:
    """The key of folded words; one word alone keeps its article (القاعدة is a name, قاعدة none), but for plurals of people."""
    if len(words) == 1:
        alone = plain(words[0])
        return alone if alone.endswith("ين") or not words[0].startswith(("ال", "لل")) else f"ال{alone}"
    return " ".join(map(plain, words))


def key_of_name(name: str) -> str:
    """The key of a name as written."""
    return actor_key(name_words(name))
