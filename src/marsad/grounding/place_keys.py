"""Keys of names: how a place is looked up, whatever the spelling of the outlet.

Letters are folded (see `marsad.arabic`), the article of the first word and the spaces are left out: "دير الزور", "ديرالزور" → ``ديرالزور``;
"القصير" → ``قصير``. Directions have one form ("شمالي غربي", "شمال غرب"), countries that are spelled in two ways too (سورية, سوريا).
Latin names lose case, marks, hyphens and a leading "al-".
"""

from __future__ import annotations

import re
import unicodedata

from marsad.arabic import fold_word

_WORDS = re.compile(r"[^\W_]+")
_LATIN_ARTICLE = re.compile("^(?:al|el|ad|ar|as|ash|at|az|an)[- ]+", re.IGNORECASE)
_ONE_FORM = {
    "شمالي": "شمال",
    "جنوبي": "جنوب",
    "شرقي": "شرق",
    "غربي": "غرب",
    "سوريه": "سوريا",
    "الشماليه": "الشمالي",
    "الجنوبيه": "الجنوبي",
    "الشرقيه": "الشرقي",
    "الغربيه": "الغربي",
    "اميركا": "امريكا",
    "بن": "ابن",
    "اوتستراد": "اوتوستراد",
}
"""Words with two spellings in names, folded, to one of them."""


def name_words(text: str) -> list[str]:
    """The folded words of a name, without marks of punctuation, hash signs and low lines."""
    return _WORDS.findall(fold_word(text))


def bare(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def key_of(words: list[str]) -> str:
    """The key of folded words."""
    if not words:
        return ""
    return "".join((bare(_ONE_FORM.get(words[0], words[0])), *(_ONE_FORM.get(w, w) for w in words[1:])))


def place_key(text: str) -> str:
    """The key of a name as written, Arabic or Latin; "" where no letter is in it."""
    if text.isascii() or not any("\u0600" <= c <= "\u06ff" for c in text):
        plain = unicodedata.normalize("NFKD", _LATIN_ARTICLE.sub("", text.strip()))
        return "".join(c for c in plain.casefold() if c.isalnum() and not unicodedata.combining(c))
    return key_of(name_words(text))
