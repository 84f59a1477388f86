"""The lexicon at run time: a folded form in, everything it can stand for out.

The table is compiled at build time (``marsad.arabic.compile``) from the YAML files of all rooms: bare forms, without
clitics, each with the entries it belongs to. Here a form is matched whole first, then with the one-letter words
that Arabic writes onto it (و ف ب ل ك س ال before, pronouns behind) taken off, wherever the rest is in the table and the kind of word
allows it: س only before imperfects, ال only before nouns. The result is made once per form and cached.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from marsad.errors import MarsadError
from marsad.model import Sense, Word

BUILT = Path(__file__).parent.parent / "_built" / "lexicon.marshal"
_CACHE_SIZE = 30_000
_ENCLITICS = ("هما", "كما", "هم", "هن", "ها", "نا", "كم", "ني", "ه", "ك", "ي")
_ENCLITICS_BY_LETTER = {
    last: tuple(enc for enc in _ENCLITICS if enc.endswith(last)) for last in {enc[-1] for enc in _ENCLITICS}
}
_RESTORED = {"ت": ("ه",), "و": ("وا", "ء"), "ي": ("ء",), "ا": ("ي",)}
"""What the last letter of a word was before a pronoun: سيطرتها is سيطرة + ها; قصفوها is قصفوا + ها; أبناؤهم is أبناء + هم."""
_FRONT = frozenset("وفالبكس")
_MAX_FORM = 40

Row = tuple[int, str]
"""Index of an entry, and the form's morphology ("n", "n.pl", "iv.a.3fs|iv.p.3fs" ...)."""


class Lexicon:
    """A compiled table of forms with a cache of analysed words."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """From the compiled form: ``entries`` [(class, key, data)], ``forms`` {form: rows}, ``phrases`` {first word: ...}."""
        self._entries: list[tuple[str, str, dict[str, Any]]] = data["entries"]
        self._forms: dict[str, tuple[Row, ...]] = data["forms"]
        self.known: dict[str, Word] = {}
        """The words that have been analysed, by their form."""
        self.phrases: dict[str, list[tuple[tuple[str, ...], int]]] = data["phrases"]
        self.version: str = data["version"]

    def entry(self, index: int) -> tuple[str, str, dict[str, Any]]:
        """Class, key and data of an entry."""
        return self._entries[index]

    def word(self, form: str) -> Word:
        """The word of a folded form: the same object for the same form while it is cached."""
        word = self.known.get(form)
        if word is None:
            if len(self.known) >= _CACHE_SIZE:
                self.known.clear()
            word = self.known[form] = Word(form, self._senses(form))
        return word

    def _senses(self, form: str) -> tuple[Sense, ...]:
        if len(form) > _MAX_FORM:
            return ()
        senses: list[Sense] = []
        enclitics = _ENCLITICS_BY_LETTER.get(form[-1:], ())
        for pro, rest in _splits(form):
            for base, enc in self._bases(rest, enclitics):
                for index, morph in self._forms[base]:
                    cls, key, data = self._entries[index]
                    if (not (pro or enc) or not data.get("strict")) and _licensed(pro, enc, morph):
                        senses.append(Sense(cls, key, morph, pro, enc, data))
        return tuple(senses)

    def _bases(self, rest: str, enclitics: Sequence[str]) -> list[tuple[str, str]]:
        """The forms of the table that a string without proclitics can be, each with its pronoun."""
        forms = self._forms
        found = [(rest, "")] if rest in forms else []
        for enc in enclitics:
            if not rest.endswith(enc) or len(rest) - len(enc) < 2:
                continue
            base = rest[: -len(enc)]
            if base in forms:
                found.append((base, enc))
            for restored in _RESTORED.get(base[-1], ()):
                if (other := base[:-1] + restored) in forms:
                    found.append((other, enc))
        return found


def _splits(form: str) -> list[tuple[str, str]]:
    """Ways to take one-letter words off the front: (what was taken, the rest)."""
    found = [("", form)]
    first = form[:1]
    if first not in _FRONT:
        return found
    heads = ("", first) if first in ("و", "ف") else ("",)
    for head in heads:
        rest = form[len(head) :]
        if head and len(rest) >= 2:
            found.append((head, rest))
        if rest.startswith("ال") and len(rest) > 3:
            found.append((head + "ال", rest[2:]))
        if rest.startswith("لل") and len(rest) > 3:
            found.append((head + "لال", rest[2:]))
            found.append((head + "لال", "ل" + rest[2:]))
        if rest[:1] in ("ب", "ل", "ك", "س") and len(rest) > 2:
            found.append((head + rest[0], rest[1:]))
            if rest[0] in "بك" and rest.startswith("ال", 1) and len(rest) > 4:
                found.append((head + rest[0] + "ال", rest[3:]))
    return found


def _licensed(pro: str, enc: str, morph: str) -> bool:
    """Whether a word of that morphology can carry those clitics."""
    if not pro and not enc:
        return True
    kind = morph[:2]
    if enc == "ي" and "v." in morph:
        return False
    if "ال" in pro:
        return not enc and kind in ("n", "n.")
    particle = pro[-1:] if pro[-1:] in ("ب", "ل", "ك", "س") else ""
    if particle == "س":
        return "iv." in morph
    if particle == "ل":
        return kind in ("n", "n.") or "iv." in morph
    if particle:
        return kind in ("n", "n.")
    return kind != "x" or not enc


def load_lexicon(path: Path = BUILT) -> Lexicon:
    """The compiled lexicon.

    Raises:
        MarsadError: the table has not been built, or by another version of Python.
    """
    try:
        return Lexicon(marshal.loads(path.read_bytes()))
    except FileNotFoundError:
        raise MarsadError(f"the lexicon is not built ({path.name} is missing): run 'make setup'") from None
    except (ValueError, EOFError, TypeError):
        raise MarsadError(
            f"the lexicon {path.name} cannot be read by this Python: run 'make lexicon'"
        ) from None
